"""Between which exports a step was taken: any split, order or repetition of the exports gives the same bounds."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.readers.folders.stamps import Stamp, exported
from shopscore.readers.shops.merge import Part, merge
from shopscore.readers.shops.sightings import contradicting, contradiction, set_apart, sightings
from shopscore.schema import TABLES
from shopscore.schema.steps import BRACKETS, GONE_ON, REACHED, STEPS, WAITING
from shopscore.tables import table_schema

DAY = dt.datetime(2026, 11, 1)
HOUR = dt.timedelta(hours=1)
LAWS = settings(deadline=None, max_examples=60)
NOW = dt.datetime(2026, 11, 23, 10)


def part(file, rows, time, until=None):
    frame = pl.DataFrame(rows, schema={name: table_schema("orders")[name] for name in rows[0]}, strict=False)
    return Part(file, frame.with_columns(_row=pl.int_range(2, pl.len() + 2)), time, until)


def snapshot(file, hour, reached):
    """An export of some hour of the day, under a name that tells the hour."""
    rows = [{"order_id": number, "created_at": DAY, "reached": word} for number, word in reached]
    return part(file, rows, DAY + hour * HOUR, DAY + (hour + 1) * HOUR - dt.timedelta(seconds=1))


def told(frame):
    """Order → bracket → (after, by) in hours, of the brackets that have a bound."""
    names = [f"{name}_{bound}" for name in BRACKETS for bound in ("after", "by")]
    whole = pl.concat(
        [frame, pl.DataFrame(schema={name: table_schema("sightings")[name] for name in names})], how="diagonal"
    )
    hours = {
        row["order_id"]: {name: (_hours(row[f"{name}_after"]), _hours(row[f"{name}_by"])) for name in BRACKETS}
        for row in whole.to_dicts()
    }
    return {
        number: {name: pair for name, pair in found.items() if pair != (None, None)} for number, found in hours.items()
    }


def _hours(moment):
    return None if moment is None else (moment - DAY + dt.timedelta(seconds=1)) // HOUR


def test_a_step_was_taken_after_the_last_export_without_it_and_by_the_first_with_it():
    files = [
        snapshot(0, 1, [("A", "to_ship")]),
        snapshot(1, 5, [("A", "to_ship")]),
        snapshot(2, 9, [("A", "to_pick_up")]),
        snapshot(3, 13, [("A", "shipped")]),
        snapshot(4, 17, [("A", "shipped")]),
    ]
    assert told(sightings(files)) == {"A": {"shipped": (5, 10), "picked_up": (9, None), "waiting": (9, 14)}}


def test_bounds_are_seconds_of_the_exports_never_of_the_step():
    (row,) = sightings([snapshot(0, 1, [("A", "to_pick_up")])]).drop("_row").to_dicts()
    assert row == {
        "order_id": "A",
        "shipped_by": dt.datetime(2026, 11, 1, 1, 59, 59),
        "picked_up_after": dt.datetime(2026, 11, 1, 1),
        "waiting_after": dt.datetime(2026, 11, 1, 1),
    }


def test_without_a_time_in_its_name_an_export_gives_no_upper_bound_and_without_any_none_at_all():
    rows = [{"order_id": "A", "created_at": DAY, "reached": "to_pick_up"}]
    assert told(sightings([part(0, rows, DAY)])) == {"A": {"picked_up": (0, None), "waiting": (0, None)}}
    assert sightings([part(0, rows, None)]).is_empty()


def test_nothing_follows_from_a_name_that_is_over_before_the_newest_event():
    rows = [{"order_id": "A", "created_at": DAY, "reached": "to_pick_up"}]
    said, doubtful = part(0, rows, DAY, DAY + HOUR), part(1, rows, DAY + 9 * HOUR, DAY + 8 * HOUR)
    assert sightings([doubtful]).is_empty()
    assert told(sightings([said, doubtful])) == told(sightings([said]))


def test_one_row_denies_a_step_and_all_must_say_it_was_taken():
    rows = [
        ("A", "shipped"),
        ("A", "to_ship"),
        ("B", "shipped"),
        ("B", None),
        ("C", "shipped"),
        ("C", "shipped"),
        ("D", None),
    ]
    assert told(sightings([snapshot(0, 4, rows)])) == {
        "A": {"shipped": (4, None), "picked_up": (4, None)},
        "C": {"shipped": (None, 5), "waiting": (None, 5)},
    }


def test_positions_do_not_say_a_step_was_both_taken_and_not():
    for taken, left in REACHED.values():
        assert not set(taken) & set(left)
        assert {*taken, *left} <= set(STEPS)
    assert {WAITING, *GONE_ON} <= set(REACHED)
    assert WAITING not in GONE_ON


def test_exports_that_take_each_other_back_are_named():
    back = sightings(
        [snapshot(0, 4, [("A", "shipped"), ("B", "to_ship")]), snapshot(1, 9, [("A", "to_ship"), ("B", "shipped")])]
    )
    assert contradicting(back).to_list() == ["A"]
    warning = contradiction("店", 1, "A")
    assert "for 1 of the orders, such as A," in warning.en
    assert "A" in warning.zh
    assert contradicting(back.filter(pl.col("order_id") == "B")).is_empty()
    assert contradicting(back.select("order_id")).is_empty()


POSITIONS = st.dictionaries(st.sampled_from("ABC"), st.sampled_from([*REACHED, None]), min_size=1)
SNAPSHOTS = st.lists(st.tuples(st.integers(0, 20), POSITIONS.map(lambda rows: [*rows.items()])), min_size=1, max_size=5)


@LAWS
@given(SNAPSHOTS, st.data())
def test_any_split_order_and_repetition_of_the_exports_gives_the_same_bounds(exports, data):
    files = [snapshot(number, hour, rows) for number, (hour, rows) in enumerate(exports)]
    pieces = [
        snapshot(number, hour, [rows[at]]) for number, (hour, rows) in enumerate(exports) for at in range(len(rows))
    ]
    again = data.draw(st.lists(st.sampled_from(pieces)))
    assert told(sightings(data.draw(st.permutations([*pieces, *again])))) == told(sightings(files))


@LAWS
@given(SNAPSHOTS, st.integers(0, 4))
def test_bounds_saved_between_two_exports_are_the_bounds_of_all_of_them(exports, cut):
    files = [snapshot(number, hour, rows) for number, (hour, rows) in enumerate(exports)]
    some = [sightings(group) for group in (files[:cut], files[cut:]) if group]
    parts = [Part(number, frame, None) for number, frame in enumerate(some) if not frame.is_empty()]
    merged = merge(TABLES["sightings"], [*parts, *parts]) if parts else None
    assert (told(merged.frame) if merged else {}) == told(sightings(files))
    assert merged is None or merged.conflicts.is_empty()


TRUE_LIFE = st.tuples(st.integers(0, 20), st.integers(0, 20), st.sets(st.integers(0, 40), min_size=1, max_size=6))


@LAWS
@given(TRUE_LIFE, st.booleans())
def test_what_really_happened_lies_between_the_bounds(life, cash_on_delivery):
    clicked, wait, hours = life
    picked = clicked + wait
    between = "picked_up" if cash_on_delivery else "shipped"

    def position(hour):
        if hour < clicked:
            return "to_ship"
        return "to_pick_up" if hour < picked else between

    exports = [snapshot(number, hour, [("A", position(hour))]) for number, hour in enumerate(sorted(hours))]
    brackets = told(sightings(exports))["A"]
    for name, moment in {"shipped": clicked, "picked_up": picked, "waiting": picked}.items():
        after, by = brackets.get(name, (None, None))
        assert after is None or after < moment
        assert by is None or moment < by
    assert contradicting(sightings(exports)).is_empty()


def test_what_was_reached_is_not_kept_with_the_order():
    rows = [{"order_id": "A", "created_at": DAY, "reached": "to_ship"}]
    places = set_apart({("1688", "店", "orders"): [part(0, rows, DAY)]}, 7)
    (orders,), (seen,) = places["1688", "店", "orders"], places["1688", "店", "sightings"]
    assert orders.frame.columns == ["order_id", "created_at", "_row"]
    assert (seen.file, seen.time, seen.until) == (7, None, None)


DAYS = [r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:_(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?"]


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("a_20261122", "2026-11-22 00:00:00", "2026-11-22 23:59:59"),
        ("a_20261122_0930", "2026-11-22 09:30:00", "2026-11-22 09:30:59"),
        ("a_20261122_093015", "2026-11-22 09:30:15", "2026-11-22 09:30:15"),
        ("a_20261124", None, None),
        ("a_20261341", None, None),
        ("a", None, None),
    ],
)
def test_a_name_tells_a_day_or_a_minute_whole(name, since, until):
    moments = [None if text is None else dt.datetime.fromisoformat(text) for text in (since, until)]
    assert exported(name, DAYS, NOW) == Stamp(*moments)
