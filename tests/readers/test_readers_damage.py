"""Damage is found, named and refused; what merely looks like it is not accused."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_world import HEADER, KEY, NOW, order, workbook

from shopscore.readers import plan, read_unit
from shopscore.render.words import WORDS
from shopscore.ruleset.format import Format, WordList

ROOT = Path(__file__).parents[2]
TABLE_OF_REASONS = re.compile(r"^\| (`[a-z_<>]+`(?:, `[a-z_<>]+`)*) \|", re.MULTILINE)


def csv(*rows, header=HEADER):
    return "\n".join([header, *rows]) + "\n"


def found(account):
    """Reason → count of the rows left out, note → count, column → count of refused cells."""
    return (
        {each.reason: each.count for each in account.refusals},
        {each.reason: each.count for each in account.notes},
        {each.column: each.count for each in account.cells_refused},
    )


NOTHING = ({}, {}, {})

# ── identifiers that a spreadsheet rounded ───────────────────────────────────────────────────────────────────────────


def long_id(number):
    """A sound number of nineteen digits."""
    return str(2738461928374650000 + 7919 * 104729 * number + 1)


def rounded(number):
    """What a spreadsheet makes of it."""
    return long_id(number)[:15] + "0000"


def test_rounded_ids_are_refused_and_the_file_is_noted_once(orders_of):
    rows, account = orders_of(csv(*(order(rounded(number)) for number in range(40))))
    assert rows == []
    assert found(account) == ({"damaged_id": 40}, {"excel_rounded_ids": 40}, {})
    assert (account.refusals[0].examples[0].row, account.refusals[0].examples[0].shape) == (2, "…0000")


def test_of_a_file_joined_from_a_sound_and_a_rounded_one_exactly_the_rounded_rows_are_refused(orders_of):
    rows, account = orders_of(csv(*(order((rounded if number % 3 else long_id)(number)) for number in range(60))))
    assert [row["order_id"] for row in rows] == sorted(long_id(number) for number in range(0, 60, 3))
    assert found(account)[0] == {"damaged_id": 40}


def test_two_rows_that_are_both_rounded_are_no_chance(orders_of):
    assert found(orders_of(csv(order(rounded(1)), order(rounded(2))))[1])[0] == {"damaged_id": 2}


def test_rows_of_different_moments_that_became_one_number_give_a_few_away(orders_of):
    one, other = "2738461928374650", "2738461928374650"
    rows, account = orders_of(csv(order(one), order(other, created="2026-11-05 09:00:00"), order("2738461928374651")))
    assert [row["order_id"] for row in rows] == ["2738461928374651"]
    assert found(account)[0] == {"damaged_id": 2}


def test_rounded_tracking_numbers_are_blank_and_their_orders_stay(orders_of):
    rows, account = orders_of(csv(*(order(f"{number}", tracking=rounded(number)) for number in range(1, 9))))
    assert {row["tracking_no"] for row in rows} == {None}
    assert found(account) == ({}, {"excel_rounded_ids": 8}, {"tracking_no": 8})


@pytest.mark.parametrize(
    "ids",
    [
        [rounded(0), *map(long_id, range(1, 30))],
        # a buyer whose orders all end alike
        [*(f"{2738461928374650 + number}0000"[-19:] for number in range(4)), *map(long_id, range(200))],
        # numbered in hundred thousands
        [f"2026{number:010}00000" for number in range(100, 160)],
        [f"{number:03}000000000000" for number in range(100, 160)],
        [f"SF{number}0000000000000000" for number in range(60)],
        # one in ten of sixteen digits
        [f"{2738461928374650 + 7 * number}" for number in range(100)],
        [rounded(1)],
    ],
    ids=["one by chance", "one buyer", "by design", "fifteen digits", "with letters", "sixteen digits", "alone"],
)
def test_ids_that_may_end_in_zeros_are_not_accused(orders_of, ids):
    rows, account = orders_of(csv(*(order(each) for each in ids)))
    assert len(rows) == len(ids)
    assert found(account) == NOTHING


# ── rows whose cells have moved ──────────────────────────────────────────────────────────────────────────────────────

SOUND = [order(f"{1001 + number}") for number in range(5)]


@pytest.mark.parametrize(
    "row",
    [
        "2,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明,",
        "2,甲,,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1",
        "2,甲,交易成功,2026-11-03 10:00:00,12.50,SF1,王小明,",
        "交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明,13800000000,",
        "2,甲,交易成功,2026-11-03 10:00:00,12.50元,SF1,王小明,",
        "2,甲,交易成功,2026-11-03 10:00:00,,2026-11-03 10:05:00,12.50,SF1",
        "2,甲,交易成功,2026-11-03 10:00:00,2738461928374650001,,1.00,",
        "2,甲,2026-11-03,2026-11-03 10:00:00,2026-11-03 10:05:00,2026-11-03,SF1,王小明",
        "2,甲,交易成功2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明",
        "2,甲,交易成功,2026-11-03 10:00:00,No:78000001,王小明,",
    ],
)
def test_a_row_with_cells_of_other_columns_is_refused_whole(orders_of, row):
    rows, account = orders_of(csv(*SOUND, row))
    assert len(rows) == 5
    assert found(account) == ({"shifted_row": 1}, {}, {})
    (example,) = account.refusals[0].examples
    assert example.row == 7
    assert not re.search("王|小|明|1380", example.shape)


@pytest.mark.parametrize(
    ("row", "refused", "blank"),
    [
        ("2,甲,交易成功,soon,,1.00,SF1,王小明", {"unreadable_created_at": 1}, {}),
        (order("2", amount="about ten"), {}, {"amount": 1}),
        (order("2", paid="未付款"), {}, {"paid_at": 1}),
        (order("2", paid="45963.41"), {}, {"paid_at": 1}),
        (order("2", paid="45963"), {}, {"paid_at": 1}),
        (order("2", paid="17"), {}, {"paid_at": 1}),
        (order("2", amount="2026-11-03"), {}, {"amount": 1}),
        (order("2", status="未知状态"), {}, {"status": 1}),
        (order("2", status="交易成功 2026-11-03 10:00:00"), {}, {"status": 1}),
        (order("2", tracking="12.50"), {}, {}),
        (order("2", buyer="2026-11-03"), {}, {}),
        (order("2", paid="未付款", amount="面议", status="新状态"), {}, {"status": 1, "paid_at": 1, "amount": 1}),
    ],
)
def test_an_odd_cell_is_no_shifted_row(orders_of, row, refused, blank):
    _, account = orders_of(csv(*SOUND, row))
    assert found(account) == (refused, {}, blank)


def test_a_column_of_another_kind_is_a_wrong_column_and_no_row_is_to_blame(orders_of):
    rows, account = orders_of(csv(*(order(f"{number}", amount="2026-11-03 10:00:00") for number in range(9))))
    assert [row["amount"] for row in rows] == [None] * 9
    assert found(account) == ({}, {"wrong_kind": 9}, {"amount": 9})
    assert account.notes[0].examples[0].shape == "9×4-9×2-9×2 9×2:9×2:9×2"


def test_a_wrong_column_that_every_row_needs_refuses_them_by_that_name(orders_of):
    rows = [order(f"2026-11-0{number} 10:00:00") for number in range(1, 9)]
    assert found(orders_of(csv(*rows))[1]) == ({"wrong_kind": 8}, {"wrong_kind": 8}, {})


def shipped(name):
    return yaml.safe_load((ROOT / "rules" / name).read_text(encoding="utf-8"))


TMALL = SimpleNamespace(
    formats=[SimpleNamespace(format=Format.model_validate(shipped("formats/tmall_orders.yaml")))],
    words={"tmall_order_status": WordList.model_validate(shipped("words/tmall_order_status.yaml"))},
    digest="",
    packs={"tmall": SimpleNamespace(pack=SimpleNamespace(timezone="Asia/Shanghai"))},
)


def read_alone(content, rules):
    """The orders and the account of one file."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.csv").write_bytes(content)
        (unit,) = plan([Path(folder)], rules.packs)
        reading = read_unit(unit, rules, key=KEY, now=NOW)
    (account,) = reading.accounts
    return [row for shop in reading.shops for row in shop.tables["orders"].to_dicts()], account


TAOBAO = "订单编号,买家实际支付金额,订单状态,订单创建时间,订单付款时间,预约门店,确认收货时间,打款商家金额,配送类型"


@pytest.mark.parametrize(
    "moved",
    ["是,2026-11-07 10:00:00,12.34元,快递,", "2026-11-07 10:00:00,12.34元,快递,", ",,2026-11-07 10:00:00,12.34元"],
    ids=["it stays", "a value is missing before it", "a value is too much before it"],
)
def test_the_receipt_time_and_payout_of_taobao_that_move(moved):
    ordinary = "…,12.34,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,,2026-11-07 10:00:00,12.34元,快递"
    rows = [ordinary.replace("…", f"{number}") for number in range(5)]
    rows.append(f"9,12.34,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,{moved}")
    rows, account = read_alone(csv(*rows, header=TAOBAO).encode("gb18030"), TMALL)
    if moved.startswith("是"):
        assert (len(rows), found(account)) == (6, NOTHING)
    else:
        assert found(account) == ({"shifted_row": 1}, {}, {})
        assert sorted(row["order_id"] for row in rows) == ["0", "1", "2", "3", "4"]
    assert "打款商家金额" in account.columns_ignored


# ── days and months that changed places ──────────────────────────────────────────────────────────────────────────────


def day(number, hour=10):
    return dt.datetime(2026, 9, 1, hour) + dt.timedelta(days=number)


def as_spreadsheets_do(moment):
    """A spreadsheet that expects the month first turns what it can into a date of its own, and leaves the rest."""
    return moment.replace(month=moment.day, day=moment.month) if moment.day <= 12 else f"{moment:%d/%m/%Y %H:%M}"


def test_dates_a_spreadsheet_made_of_some_texts_of_a_column_are_refused(orders_of):
    days = [day(number) for number in range(30)]
    sheet = [["订单编号", "订单创建时间", "订单付款时间", "实付款(元)"]]
    sheet += [[f"{1000 + n}", as_spreadsheets_do(each), None, "1.00"] for n, each in enumerate(days)]
    rows, account = orders_of(workbook(sheet), name="export.xlsx")
    # The ninth of September is the same whichever number is the day.
    assert [row["created_at"] for row in rows] == [days[8], *days[12:]]
    assert found(account) == ({"swapped_dates": 11}, {"swapped_dates": 11}, {})
    assert account.notes[0].examples[0].shape == "2026-01-09 10:00:00"


def test_of_two_orders_of_day_and_month_only_what_is_certain_is_read(orders_of):
    created = ["13/11/2026 10:00", "11/14/2026 10:00", "03/11/2026 10:00", "11/11/2026 10:00"]
    rows, account = orders_of(csv(*(order(f"{n}", created=each) for n, each in enumerate(created))))
    assert [(row["order_id"], row["created_at"].day) for row in rows] == [("0", 13), ("1", 14), ("3", 11)]
    assert found(account) == ({"swapped_dates": 1}, {"swapped_dates": 1}, {})


def test_cells_nobody_needs_are_blank_and_their_rows_stay(orders_of):
    paid = ["13/11/2026 10:00", "11/14/2026 10:00", "03/11/2026 10:00"]
    rows, account = orders_of(csv(*(order(f"{n}", paid=each) for n, each in enumerate(paid))))
    assert [row["paid_at"] and row["paid_at"].day for row in rows] == [13, 14, None]
    assert found(account) == ({}, {"swapped_dates": 1}, {"paid_at": 1})


def test_days_that_know_the_months_of_the_others_only_when_changed_back_are_refused(orders_of):
    days = [day(number) for number in range(60)]
    written = [each.replace(month=each.day, day=each.month) if each.day <= 12 else each for each in days]
    rows, account = orders_of(csv(*(order(f"{1000 + n}", created=str(each)) for n, each in enumerate(written))))
    # 9 September and 10 October are the same in both orders.
    assert found(account) == ({"swapped_dates": 22}, {"swapped_dates": 22}, {})
    assert [row["created_at"] for row in rows] == [each for each in days if each.day > 12 or each.day == each.month]


def test_a_moment_to_come_that_lies_among_the_others_when_changed_back_is_refused(orders_of):
    rows = [order(f"{number}", created=f"2026-11-{number:02} 10:00:00") for number in range(1, 23)]
    read, account = orders_of(csv(*rows, order("99", created="2026-12-11 10:00:00")))
    assert found(account) == ({"swapped_dates": 1}, {"swapped_dates": 1}, {})
    assert len(read) == 22


def test_a_payment_before_its_order_that_follows_it_when_changed_back_is_refused(orders_of):
    late = order("2", created="2026-10-11 10:00:00", paid="2026-11-10 10:05:00")
    early = order("3", created="2026-11-05 10:00:00", paid="2026-05-11 10:05:00")
    rows, account = orders_of(csv(*SOUND, late, early, order("4", paid="2026-10-30 10:00:00")))
    assert [(row["order_id"], row["paid_at"]) for row in rows if row["order_id"] in {"2", "3", "4"}] == [
        ("2", dt.datetime(2026, 11, 10, 10, 5)),
        ("4", dt.datetime(2026, 10, 30, 10)),
    ]
    assert found(account)[0] == {"swapped_dates": 1}


@pytest.mark.parametrize(
    "created",
    [
        [day(number) for number in range(80)],
        [day(number) for number in range(12)],
        [dt.datetime(2026, month, 5, 10) for month in range(1, 12)],
        [dt.datetime(2026, month, number, 10) for month in range(1, 12) for number in (10, 20)],
        [dt.datetime(2026, 9, number, 10) for number in range(13, 31)] + [dt.datetime(2026, 10, 9, 10)] * 9,
        [dt.datetime(2025, 11, number, 10) for number in range(20, 31)]
        + [dt.datetime(2025, 12, number, 10) for number in range(1, 13)],
        [f"{day(number):%d/%m/%Y %H:%M}" for number in range(40)],
        [f"{day(number):%Y/%-m/%-d %H:%M}" for number in range(40)],
        # a second export that follows in another form
        [*(f"{day(n):%d/%m/%Y}" for n in range(12, 30)), *(f"{day(n):%Y-%m-%d}" for n in range(30, 41))],
        # two exports joined: the days that begin with the year go beyond the twelfth
        [*(f"{day(n):%d/%m/%Y}" for n in range(20)), *(f"{day(n):%Y-%m-%d}" for n in range(20, 40))],
    ],
)
def test_dates_in_their_own_order_are_not_accused(orders_of, created):
    rows, account = orders_of(csv(*(order(f"{1000 + n}", created=str(each)) for n, each in enumerate(created))))
    assert len(rows) == len(created)
    assert found(account) == NOTHING


# ── moments to come ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_events_after_the_export_are_noted_and_kept(orders_of):
    late = order("9", created="2026-11-28 10:00:00", paid="2026-11-28 10:05:00")
    rows, account = orders_of(csv(*SOUND, late))
    assert len(rows) == 6
    assert found(account) == ({}, {"future_times": 1}, {})
    assert (account.notes[0].examples[0].row, account.notes[0].examples[0].shape) == (7, "2026-11-28 10:00:00")


def test_the_moment_of_the_export_is_the_one_in_the_files_name(orders_of):
    content = csv(*SOUND, order("9", created="2026-11-18 10:00:00"))
    assert found(orders_of(content, name="x202611150900.csv")[1])[1] == {"future_times": 1}
    assert found(orders_of(content, name="x202611180900.csv")[1]) == NOTHING


def test_a_name_that_most_rows_contradict_is_no_moment_of_export(orders_of):
    assert found(orders_of(csv(*SOUND), name="x202610010000.csv")[1]) == NOTHING


def test_promises_and_due_times_may_lie_ahead(read):
    text = "order_id,created_at,promised_ship_at,platform\n1,2026-11-20 10:00:00,2026-12-24 10:00:00,tmall\n"
    assert found(read({"orders.csv": text}).accounts["orders.csv"]) == NOTHING


def test_rows_left_out_are_not_noted_as_well(orders_of):
    _, account = orders_of(csv(*SOUND, order("1.5E+18", created="2026-11-28 10:00:00")))
    assert found(account) == ({"damaged_id": 1}, {}, {})


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), NOW - dt.timedelta(days=2)).map(
    lambda each: each.replace(microsecond=0)
)
SOUND_CELLS = st.fixed_dictionaries(
    {
        "number": st.integers(10**17, 10**19).map(str),
        "buyer": st.sampled_from(["甲", "tb_88", "2026", "张三", "12.5"]),
        "status": st.sampled_from(["交易成功", "买家已付款，等待卖家发货", "", "已关闭"]),
        "created": MOMENTS,
        "later": st.timedeltas(dt.timedelta(), dt.timedelta(hours=20)),
        "amount": st.sampled_from(["12.50", "￥3", '"1,234.00"', "", "-", "17元"]),
        "tracking": st.sampled_from(["", "SF0001", "78900000000", "No:778000111"]),
    }
)


def sound(cells):
    created = cells["created"]
    rest = {name: cells[name] for name in ("buyer", "status", "amount", "tracking")}
    return order(cells["number"], created=str(created), paid=str(created + cells["later"]), **rest)


@given(st.lists(SOUND_CELLS, min_size=1, max_size=40, unique_by=lambda cells: cells["number"]))
@settings(deadline=None)
def test_sound_files_are_never_accused(rules, rows):
    assert found(read_alone(csv(*map(sound, rows)).encode(), rules)[1]) == NOTHING


DAMAGED = [
    *(order(rounded(number)) for number in range(6)),
    *(order(long_id(number)) for number in range(6)),
    "2,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明,",
    "3,甲,交易成功,2026-11-03 10:00:00,12.50元,SF1,王小明,",
    order("4", created="13/11/2026 10:00"),
    order("5", created="11/14/2026 10:00"),
    order("6", created="03/11/2026 10:00"),
    order("7", created="2026-11-28 10:00:00"),
]


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_nothing(rules, luck):
    def said(rows):
        kept, account = read_alone(csv(*rows).encode(), rules)
        return sorted(kept, key=lambda row: row["order_id"]), found(account)

    assert said(luck.sample(DAMAGED, len(DAMAGED))) == said(DAMAGED)
    assert said(DAMAGED)[1] == (
        {"shifted_row": 2, "damaged_id": 6, "swapped_dates": 1},
        {"excel_rounded_ids": 6, "swapped_dates": 1, "future_times": 1},
        {},
    )


# ── what a person reads ──────────────────────────────────────────────────────────────────────────────────────────────


def documented():
    """Kind → the names in the tables of docs/reading.md, without the column."""
    text = (ROOT / "docs/reading.md").read_text(encoding="utf-8")
    rows, _, rest = text.partition("| note | meaning |")
    notes = rest.partition("\n\n")[0]
    named = {"reason": rows[rows.index("| reason | meaning |") :], "note": notes}
    return {
        kind: {
            re.sub(r"_<.*", "", name)
            for line in TABLE_OF_REASONS.findall(part)
            for name in re.findall(r"`([^`]+)`", line)
        }
        for kind, part in named.items()
    }


@pytest.mark.parametrize("kind", ["reason", "note"])
def test_every_reason_of_the_account_is_documented_and_says_what_to_do(kind):
    names = {name.removeprefix(f"{kind}_") for name in WORDS if name.startswith(f"{kind}_")} - {"class"}
    assert documented()[kind] == names, "docs/reading.md and render/words/ name different reasons"
    for name in names:
        en, zh = WORDS[f"{kind}_{name}"]
        assert re.search(": |; |, nothing to do", en), name
        assert re.search("：|，无需处理", zh), name
