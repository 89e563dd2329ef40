"""Which days of a window a shop's tables speak of, where rows have no moment of their own."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import polars as pl
import pytest

from shopscore.covered import counted_days, first_day, window_of
from shopscore.model import Sums

TODAY = dt.date(2026, 12, 1)
NOON = dt.datetime(2026, 12, 1, 12)


def shop(judged, **tables):
    frames = {name: pl.DataFrame({born: [dt.datetime.fromisoformat(text)]}) for name, (born, text) in tables.items()}
    made = SimpleNamespace(tables=frames, gaps={})
    return SimpleNamespace(tables=made, day=TODAY, facts=SimpleNamespace(judged=judged))


def over(fact, window="30 days", at="created_at"):
    return SimpleNamespace(window=window, sides={"": SimpleNamespace(fact=fact, at=at)})


@pytest.mark.parametrize(
    ("until", "days"),
    [("2026-12-01 00:00", 30), ("2026-12-01 09:00", 30), ("2026-11-30 00:00", 29), ("2026-11-30 23:59", 30)],
)
@pytest.mark.parametrize(("fact", "table"), [("traffic", "traffic"), ("agent_days", "agent_stats")])
def test_a_daily_table_speaks_of_the_days_that_are_over(fact, table, until, days):
    made = shop({fact: dt.datetime.fromisoformat(until)}, **{table: ("date", "2026-11-01")})
    assert window_of(made, over(fact)).covered_days == days


def test_days_before_the_first_violation_are_quiet_ones():
    made = shop({"violations": NOON}, violations=("date", "2026-11-20"), orders=("created_at", "2026-10-01"))
    assert window_of(made, over("violations")).covered_days == 30
    assert first_day(made, over("violations"), seen=True) == dt.date(2026, 11, 20)


def test_listings_are_there_today_however_old_they_are():
    made = shop({"listings": NOON}, products=("published_at", "2020-01-01"))
    assert window_of(made, over("listings", "T-0..T-0")).covered_days == 1
    unpublished = SimpleNamespace(tables={"products": pl.DataFrame({"product_id": ["P"]})}, gaps={})
    made = SimpleNamespace(tables=unpublished, day=TODAY, facts=SimpleNamespace(judged={"listings": NOON}))
    assert window_of(made, over("listings", "T-0..T-0")).covered_days == 1


def test_no_listings_no_days():
    assert window_of(shop({}), over("listings", "T-0..T-0")).covered_days == 0


def test_days_of_signatures_begin_with_the_table_that_tells_them():
    """Orders of months, and scans of three weeks: nothing is known to have been signed for before these."""
    made = shop({"orders": NOON}, orders=("created_at", "2026-07-01"), shipments=("delivered_at", "2026-11-14 08:00"))
    assert first_day(made, over("orders")) == dt.date(2026, 7, 1)
    assert first_day(made, over("orders", at="delivered_at")) == dt.date(2026, 11, 14)
    assert window_of(made, over("orders", at="delivered_at")).covered_days == 17
    own = made.tables.tables["orders"].with_columns(delivered_at=dt.datetime(2026, 7, 4))
    made.tables.tables["orders"] = own
    assert first_day(made, over("orders", at="delivered_at")) == dt.date(2026, 7, 1)
    made.tables.tables["orders"] = own.with_columns(delivered_at=pl.lit(None, pl.Datetime))
    assert first_day(made, over("orders", at="delivered_at")) == dt.date(2026, 11, 14)


NOVEMBER = [dt.date(2026, 11, day) for day in range(1, 31)]
ABOVE, BELOW = SimpleNamespace(fact="refunds", at="applied_at"), SimpleNamespace(fact="orders", at="created_at")


def counted_over(events, orders="2026-10-01", refunds="2026-10-01", until=NOON, **more):
    """The days a rate of refunds to orders is counted over, with so many refunds on each day of November."""
    made = shop({"orders": NOON, "refunds": until}, orders=("created_at", orders), refunds=("applied_at", refunds))
    rate = SimpleNamespace(window="30 days", sides={"n": ABOVE, "d": BELOW}, **{"days_add_up": True, **more})
    first, last = counted_days(made, rate, [(day, Sums(100, events.get(day.day, 0))) for day in NOVEMBER])
    return first.day, last.day


def test_events_are_counted_over_the_days_there_is_anything_to_divide_by():
    """Refunds of a month over two weeks of orders: those of these two weeks."""
    daily = dict.fromkeys(range(1, 31), 1)
    assert counted_over(daily) == (1, 30)
    assert counted_over(daily, orders="2026-11-17") == (17, 30)
    assert counted_over(daily, orders="2026-11-17", days_add_up=False) == (1, 30)


def test_a_silence_that_is_no_chance_is_not_divided_by():
    late = dict.fromkeys(range(17, 31), 1)
    assert counted_over(late, refunds="2026-11-17") == (17, 30)
    assert counted_over({18: 1, 19: 1}, refunds="2026-11-18") == (1, 30), "one refund in two weeks leaves room for it"
    assert counted_over({20: 5}, refunds="2026-10-01") == (1, 30), "the files go back further"
    ended = dict.fromkeys(range(1, 12), 2)
    assert counted_over(ended, until=dt.datetime(2026, 11, 11, 22)) == (1, 11)
    assert counted_over({3: 1, 11: 1}, until=dt.datetime(2026, 11, 11, 22)) == (1, 30)


def test_one_fact_keeps_its_window():
    made = shop({"orders": NOON}, orders=("created_at", "2026-11-17"))
    alone = over("orders")
    alone.days_add_up = True
    assert counted_days(made, alone, [(day, Sums(0 if day.day < 17 else 9)) for day in NOVEMBER])[0].day == 1
