"""What a file states of itself is compared with what its rows add up to."""

from __future__ import annotations

import pytest
from readers_world import HEADER, order

BILL = r"""
id: bill
platform: tmall
table: traffic
title: {en: bill, zh: 账单}
must: [[账务流水号, 发生时间]]
columns:
  date: 发生时间
  campaign: 账务流水号
  amount: 收入金额（+元）
  spend: 支出金额（-元）
drop: {账务流水号: ["#", "*3个月前"]}
totals:
  - '支出合计：(?P<spend_rows>\d+)笔，共(?P<spend>-?[\d.,]+)元'
  - '收入合计：(?P<amount_rows>\d+)笔，共(?P<amount>-?[\d.,]+)元'
  - '^(?P<rows>\d+),record\(s\) downloaded'
untotalled: [MORE]
export:
  menu: {en: there, zh: 那里}
  confidence: low
  source: [invented]
"""
PREAMBLE = [
    "#支付宝账务明细查询",
    "#账号：[20880000000000000156]",
    "#起始日期：[2026年11月01日 00:00:00]   终止日期：[2026年11月30日 00:00:00]",
    "#----------------账务明细列表----------------",
]
COLUMNS = "账务流水号,发生时间,收入金额（+元）,支出金额（-元）"
ROWS = [
    '"\t9001",2026-11-03 10:00:00,"1,200.10",',
    '"\t9002",2026-11-03 11:00:00,0.20,0.00',
    '"\t9003",2026-11-04 10:00:00,,-540.30',
]
FOOTER = [
    "#----------------账务明细列表结束----------------",
    "#支出合计：1笔，共-540.30元",
    "#收入合计：2笔，共1200.30元",
    "#导出时间：[2026年11月05日 10:00:00]",
]


@pytest.fixture
def bill(read):
    def run(*lines, untotalled="", encoding="gb18030", text=BILL):
        content = "\r\n".join([*PREAMBLE, COLUMNS, *lines]).encode(encoding)
        files = {"bill.format.yaml": text.replace("MORE", untotalled), "bill.csv": content}
        return read(files).accounts["bill.csv"]

    return run


def test_footers_that_agree_are_counted_quietly(bill):
    account = bill(*ROWS, *FOOTER)
    assert (account.format, account.encoding) == ("bill", "gb18030")
    assert (account.rows_read, account.rows_accepted, account.rows_refused) == (7, 3, 4)
    assert {refusal.reason: refusal.count for refusal in account.refusals} == {"total_row": 4}
    assert (account.totals_agree, account.notes) == (4, ())


def test_a_row_that_was_removed_is_noted_with_what_is_stated_and_what_is_there(bill):
    account = bill(*ROWS[1:], *FOOTER)
    assert account.totals_agree == 2
    (note,) = account.notes
    assert (note.reason, note.count) == ("control_total", 2)
    assert {(example.row, example.column, example.shape) for example in note.examples} == {
        (10, "amount", "1200.30 ≠ 0.20"),
        (10, "amount_rows", "2 ≠ 1"),
    }


def test_a_total_that_counts_something_else_is_not_compared(bill):
    account = bill(*ROWS[1:], *FOOTER, untotalled="amount")
    assert (account.totals_agree, account.notes) == (2, ())


def test_the_number_of_rows_may_be_stated_across_cells(bill):
    assert bill(*ROWS, "", "3,record(s) downloaded,", encoding="utf-8-sig").totals_agree == 1
    assert [e.shape for e in bill(*ROWS, "4,record(s) downloaded,").notes[0].examples] == ["4 ≠ 3"]


def test_a_note_among_the_ids_is_no_row(bill):
    account = bill(*ROWS, "以下为3个月前的账单,,,")
    assert (account.rows_accepted, account.rows_refused) == (3, 1)


def test_a_row_of_sums_is_compared_and_one_of_means_is_not(read):
    text = """
id: service
platform: tmall
table: agent_stats
title: {en: service, zh: 客服}
must: [[旺旺昵称, 接待]]
columns: {date: 日期, agent_id: 旺旺昵称, sessions: 接待, enquirers: 询单, avg_reply_seconds: 平均响应时长（秒）}
drop: {旺旺昵称: [汇总值, 平均值, 全店汇总值, 全店平均值, 同行同层优秀, 同行同层均值]}
export: {menu: {en: there, zh: 那里}, confidence: low, source: [invented]}
"""
    rows = [
        *("日期,旺旺昵称,接待,询单,平均响应时长（秒)", "2026-11-03,店:甲,10,4,31.5", "2026-11-03,店:乙,6,2,28.5"),
        *(",汇总值,16,7,60.0", ",平均值,8,3,30.0", ",全店汇总值,40,9,30.0", ",全店平均值,8,3,30.0"),
        *(",同行同层优秀,99,50,10.0", ",同行同层均值,50,25,30.0"),
    ]
    account = read({"s.format.yaml": text, "客服绩效20261103.csv": "\n".join(rows)}).accounts["客服绩效20261103.csv"]
    assert (account.rows_accepted, account.refusals[0].reason, account.refusals[0].count) == (2, "total_row", 6)
    assert account.totals_agree == 1
    assert [(e.column, e.shape) for e in account.notes[0].examples] == [("enquirers", "7 ≠ 6")]


def test_cells_of_a_total_row_that_hold_no_number_state_nothing(orders_of):
    rows = [order("1", amount="1.50"), order("2", amount="2.50"), "总计,-,-,-,-,¥4.00,-,"]
    _, account = orders_of("\n".join([HEADER, *rows]))
    assert (account.totals_agree, account.notes) == (1, ())


def test_sums_are_exact(orders_of):
    rows = [order(str(number), amount="0.10") for number in range(1, 31)]
    _, account = orders_of("\n".join([HEADER, *rows, "总计,,,,,3.00,,"]))
    assert account.totals_agree == 1


def test_an_amount_repeated_on_every_line_is_compared_once_an_order(read):
    text = """
id: lines
platform: tmall
table: orders
title: {en: lines, zh: 行}
must: [[单号, 货]]
columns: {order_id: 单号, created_at: 时, amount: 应付, item_count: 件}
once: [amount]
line_key: [货]
drop: {单号: [合计]}
export: {menu: {en: there, zh: 那里}, confidence: low, source: [invented]}
"""
    at = "2026-11-03 10:00:00"
    rows = ["单号,货,时,应付,件", f"1,甲,{at},30,1", f"1,乙,{at},30,2", f"2,甲,{at},5,1", "合计,,,35,4"]
    account = read({"x.format.yaml": text, "导出.csv": "\n".join(rows)}).accounts["导出.csv"]
    assert (account.totals_agree, account.notes) == (2, ())


UNSIGNED = BILL.replace("spend: 支出金额（-元）", "spend: {column: [支出金额（-元）], unsigned: true}")


@pytest.mark.parametrize("spent", ["-540.30", "540.30"])
def test_money_out_is_the_same_with_a_minus_and_without_one(read, spent):
    content = "\r\n".join([*PREAMBLE, COLUMNS, *ROWS[:2], ROWS[2].replace("-540.30", spent), *FOOTER])
    reading = read({"bill.format.yaml": UNSIGNED.replace("MORE", ""), "bill.csv": content.encode("gb18030")})
    spends = reading.shops[0].tables["traffic"].get_column("spend").drop_nulls().to_list()
    assert sorted(map(str, spends)) == ["0.00", "540.30"]
    assert (reading.accounts["bill.csv"].totals_agree, reading.accounts["bill.csv"].notes) == (4, ())
