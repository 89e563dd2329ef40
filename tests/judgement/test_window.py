from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.window import bounds, covered, earlier, months_before, previous

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
windows = st.one_of(
    st.integers(1, 400).map(lambda n: f"{n} days"),
    st.integers(1, 24).map(lambda n: f"{n} months"),
    st.tuples(st.integers(1, 60), st.integers(0, 60)).map(lambda p: f"T-{p[1] + p[0]}..T-{p[1]}"),
    st.sampled_from(["previous week", "calendar month", "1 day", "1 month"]),
)


@pytest.mark.parametrize(
    ("window", "today", "first", "last"),
    [
        ("30 days", "2026-11-23", "2026-10-24", "2026-11-22"),
        ("1 day", "2026-11-23", "2026-11-22", "2026-11-22"),
        ("T-33..T-4", "2026-11-23", "2026-10-21", "2026-11-19"),
        ("T-2..T-0", "2026-11-23", "2026-11-21", "2026-11-23"),
        ("6 months", "2026-11-23", "2026-05-23", "2026-11-22"),
        ("6 months", "2026-08-31", "2026-02-28", "2026-08-30"),
        ("6 months", "2024-08-31", "2024-02-29", "2024-08-30"),
        ("1 month", "2024-03-31", "2024-02-29", "2024-03-30"),
        ("12 months", "2024-02-29", "2023-02-28", "2024-02-28"),
        ("previous week", "2026-11-23", "2026-11-16", "2026-11-22"),
        ("previous week", "2026-11-22", "2026-11-09", "2026-11-15"),
        ("calendar month", "2026-11-01", "2026-10-01", "2026-10-31"),
        ("calendar month", "2024-03-31", "2024-02-01", "2024-02-29"),
        ("calendar month", "2026-01-15", "2025-12-01", "2025-12-31"),
        ("30 days", "2024-03-01", "2024-01-31", "2024-02-29"),
    ],
)
def test_a_window_has_these_two_ends(window, today, first, last):
    assert bounds(window, dt.date.fromisoformat(today)) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("window", ["", "30", "thirty days", "0 days", "0 months", "T-4..T-33", "next week", "-3 days"])
def test_what_is_no_window_is_refused(window):
    with pytest.raises(ValueError, match=r"window|no day"):
        bounds(window, dt.date(2026, 11, 23))


@given(st.integers(1, 1000), days)
def test_counted_days_have_that_length_and_end_yesterday(number, today):
    first, last = bounds(f"{number} days", today)
    assert (last - first).days + 1 == number
    assert last == today - DAY


@given(st.integers(1, 60), st.integers(0, 60), days)
def test_a_lag_keeps_the_length(length, lag, today):
    first, last = bounds(f"T-{lag + length - 1}..T-{lag}", today)
    assert (last - first).days + 1 == length
    assert (today - last).days == lag


@given(days)
def test_a_week_is_monday_to_sunday_and_over(today):
    first, last = bounds("previous week", today)
    assert (first.weekday(), last.weekday(), (last - first).days) == (0, 6, 6)
    assert 1 <= (today - last).days <= 7


@given(days)
def test_a_calendar_month_is_whole_and_over(today):
    first, last = bounds("calendar month", today)
    assert first.day == 1
    assert (last + DAY).day == 1
    assert last + DAY == today.replace(day=1)


@given(st.integers(1, 24), days)
def test_months_keep_the_day_or_take_the_last(months, today):
    first = months_before(today, months)
    assert first.day == today.day or (first + DAY).day == 1
    assert (today.year - first.year) * 12 + today.month - first.month == months


@given(windows, days)
def test_the_previous_window_ends_the_day_before_this_one(window, today):
    first, _ = bounds(window, today)
    assert previous(window, today)[1] == first - DAY


@given(st.integers(1, 90), days, st.integers(0, 400))
def test_earlier_windows_touch_and_stay_inside_the_data(length, today, back):
    first_day = today - back * DAY
    found = [bounds(f"{length} days", today), *earlier(f"{length} days", today, first_day)]
    assert all(older[1] == newer[0] - DAY for newer, older in itertools.pairwise(found))
    assert all(first >= first_day for first, _ in found[1:])
    assert len(found) - 1 == max(back // length - 1, 0)


def test_earlier_months_keep_to_the_calendar():
    found = list(earlier("calendar month", dt.date(2024, 4, 10), dt.date(2024, 1, 1)))
    assert found == [(dt.date(2024, 2, 1), dt.date(2024, 2, 29)), (dt.date(2024, 1, 1), dt.date(2024, 1, 31))]


@given(windows, days, days, days)
def test_covered_days_are_the_days_one_can_count(window, today, first_event, judged):
    first, last = bounds(window, today)
    if (last - first).days > 400:
        return
    each = [first + n * DAY for n in range((last - first).days + 1)]
    assert covered(first, last, first_event, judged) == sum(first_event <= day <= judged for day in each)


def test_nothing_known_covers_nothing():
    day = dt.date(2026, 11, 1)
    assert covered(day, day, None, day) == 0
    assert covered(day, day, day, None) == 0
    assert covered(day, day, day, day) == 1


@given(windows, days, days, days, st.lists(st.tuples(days, st.integers(0, 9)), max_size=3))
def test_days_of_which_rows_must_be_missing_are_not_covered(window, today, first_event, judged, holes):
    first, last = bounds(window, today)
    if (last - first).days > 400:
        return
    gaps = [(start, start + more * DAY) for start, more in holes]
    each = [first + n * DAY for n in range((last - first).days + 1)]
    there = [day for day in each if not any(start <= day <= end for start, end in gaps)]
    assert covered(first, last, first_event, judged, gaps) == sum(first_event <= day <= judged for day in there)
