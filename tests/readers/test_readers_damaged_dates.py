"""Days and months that changed places are refused, moments to come are noted; other dates are not accused."""

from __future__ import annotations

import datetime as dt

import pytest
from damage_world import NOTHING, SOUND, found
from readers_world import csv, order, workbook


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
