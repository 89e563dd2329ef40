"""Bills of Taobao shops, AliExpress' orders and products that come damaged, cut, moved or several to a number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from shopscore.readers import plan, read_unit
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

DATA = Path(__file__).parent / "data"
NOW = dt.datetime(2026, 12, 23, 10, 0)
BILL = "tmall_alipay_bill.csv"


@pytest.fixture(scope="module")
def rules():
    return load_rules([default_rules_dir()])


@pytest.fixture
def read(tmp_path, rules):
    """One file of a shop: its tables and its account."""

    def run(name, content, platform="tmall"):
        (tmp_path / "shop.yaml").write_text(f"name: 示例店\nplatform: {platform}\n", encoding="utf-8")
        (tmp_path / name).write_bytes(content)
        (unit,) = plan([tmp_path])
        reading = read_unit(unit, rules, key=b"k" * 32, now=NOW)
        (account,) = reading.accounts
        return reading.shops[0].tables if reading.shops else {}, account

    return run


def changed(old, new):
    """The bill with some of its text changed."""
    text = (DATA / BILL).read_bytes().decode("gb18030")
    assert old in text
    return text.replace(old, new).encode("gb18030")


@pytest.mark.parametrize("name", [BILL, "tmall_alipay_bill_shifted.csv"])
def test_the_sums_below_a_bill_agree_with_its_rows(read, name):
    tables, account = read(name, (DATA / name).read_bytes())
    assert (account.totals_agree, account.notes) == (2, ())
    assert tables["bills"].select("income", "expense").sum().row(0) == (Decimal("166.92"), Decimal("65.43"))


def test_a_bill_of_which_a_row_is_missing_is_found_out_by_its_sums(read):
    lines = (DATA / BILL).read_bytes().split(b"\r\n")
    _, account = read(BILL, b"\r\n".join(lines[:5] + lines[6:]))
    (note,) = [note for note in account.notes if note.reason == "control_total"]
    assert [example.shape for example in note.examples] == ["166.92 ≠ 20"]


def test_a_top_up_with_a_reason_is_a_penalty_and_one_without_is_none(read):
    tables, _ = read(BILL, (DATA / BILL).read_bytes())
    booked = tables["bills"].filter(tables["bills"]["kind"].is_in(["penalty", "deposit"])).sort("entry_id")
    assert booked.select("kind", "reason", "expense").rows() == [
        ("penalty", "延迟发货", Decimal("5.00")),
        ("deposit", "其它-保证金", Decimal("10.01")),
    ]


@pytest.mark.parametrize("reason", ["缺货", "物流轨迹超时", "邮费争议", "未按时开具发票", "退货邮费"])
@pytest.mark.parametrize("brackets", ["（{}）", "({})"])
def test_whatever_reason_stands_behind_a_top_up_is_kept(read, reason, brackets):
    told = f"充值{brackets.format('代扣')}-{reason}"
    tables, _ = read(BILL, changed("充值（代扣）-延迟发货", told))
    assert tables["bills"].filter(tables["bills"]["kind"] == "penalty").get_column("reason").to_list() == [reason]


def test_of_notes_nothing_is_kept_that_a_person_may_have_written(read):
    tables, account = read(BILL, changed(",交易付款,示例,", ",交易付款,请打给示例人10000000000,"))
    assert "示例人" not in str(tables["bills"].to_dicts()) + str(account)
    assert tables["bills"].sort("entry_id").row(0, named=True)["kind"] == "sale"


def test_an_entry_nobody_explained_has_no_kind_and_is_named(read):
    _, account = read(BILL, (DATA / BILL).read_bytes())
    assert [(each.column, each.count) for each in account.cells_refused] == [("kind", 1)]


def test_an_entry_without_its_time_is_refused(read):
    _, account = read(BILL, changed("2026-11-13 09:16:28", "2026-11-13 25:16:28"))
    assert {each.reason: each.count for each in account.refusals} == {"total_row": 3, "unreadable_booked_at": 1}


def test_the_variants_of_a_product_are_one_product(read):
    lines = [
        "商品id,发布时间,商品名称,商品价格,颜色分类",
        "9001,2026-03-01,示例,10.00,红",
        "9001,2026-03-01,示例,12.00,蓝",
    ]
    tables, account = read("products.csv", "\r\n".join(lines).encode())
    assert tables["products"].select("product_id", "title").rows() == [("9001", "示例")]
    assert (account.rows_accepted, account.rows_duplicate) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "carrier", "numbers"),
    [
        ("EMS:EA0001CN", "EMS", "EA0001CN"),
        ("EMS: EA0001CN\nChina Post：RB0002CN", "EMS", "EA0001CN,RB0002CN"),
        ("LP00000001", None, "LP00000001"),
        ("EMS:", "EMS", None),
        ("-", None, None),
    ],
)
def test_carrier_and_numbers_of_aliexpress_are_parted_at_the_colon(read, cell, carrier, numbers):
    row = f'8100000000000001,等待买家收货,2026-11-01 10:00:00,2026-11-08 10:00:00,"{cell}"\r\n'
    header = "订单号,订单状态,下单时间,发货期限,实际发货物流:运单号\r\n"
    tables, _ = read("orders.csv", (header + row).encode(), "aliexpress")
    assert tables["orders"].select("carrier", "tracking_no").rows() == [(carrier, numbers)]


@pytest.mark.parametrize(
    ("amount", "said"), [("US $1,012.34", "USD"), ("€5.00", "EUR"), ("5.00", None), ("R$5.00", None)]
)
def test_an_amount_of_aliexpress_has_the_currency_it_is_written_in(read, amount, said):
    row = f'8100000000000001,等待您发货,2026-11-01 10:00:00,10.00,"{amount}",EMS\r\n'
    header = "订单号,订单状态,下单时间,产品总金额,订单金额,买家选择物流\r\n"
    tables, _ = read("orders.csv", (header + row).encode(), "aliexpress")
    assert tables["orders"].get_column("currency").to_list() == [said]
