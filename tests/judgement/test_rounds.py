from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.rounds import by_hour, by_weekday, night_share, rounds
from shopscore.ledger.case_hours import DayReplay, HourCount, Hours

COUNTS = st.lists(
    st.builds(
        HourCount, st.integers(1, 7), st.integers(0, 23), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9000)
    ),
    unique_by=lambda each: each[:2],
)
DAYS = st.lists(st.builds(DayReplay, st.integers(1, 9), st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1)


@given(COUNTS)
def test_every_hour_of_the_day_is_there_and_nothing_is_lost(counts):
    found = by_hour(counts, 30)
    assert [each.at for each in found] == list(range(24))
    assert sum(each.came for each in found) == sum(each.came for each in counts)
    assert sum(each.waiting for each in found) * 3600 * 30 == pytest.approx(sum(each.waited for each in counts))


@given(COUNTS)
def test_a_weekday_is_told_by_how_often_it_came(counts):
    found = by_weekday(counts, dict.fromkeys(range(1, 8), 4))
    assert [each.at for each in found] == list(range(1, 8))
    assert sum(each.decided for each in found) == sum(each.decided for each in counts)
    assert sum(each.waiting for each in found) * 86_400 * 4 == pytest.approx(sum(each.waited for each in counts))


@given(COUNTS)
def test_night_and_day_make_the_whole(counts):
    night, day = night_share(counts, (22, 8), ()), night_share(counts, (8, 22), ())
    assert (night is None) == (day is None) == (not sum(each.waited for each in counts))
    if night is not None and day is not None:
        assert night + day == pytest.approx(1)
        assert night <= night_share(counts, (22, 8), (6, 7)) <= 1


@given(DAYS)
def test_the_difference_lies_in_its_interval(days):
    found = rounds(Hours((), tuple(days), 9, 3), ("09:00",))
    assert found.cases == sum(day.cases for day in days)
    assert (found.saved is None) == (sum(any((day.now - day.then, day.cases)) for day in days) < 10)
    if found.saved is not None:
        assert found.saved[0] <= found.now_seconds - found.then_seconds <= found.saved[1]


def test_it_pays_only_where_sittings_are_seen():
    days = tuple(DayReplay(4, 40_000 + 10 * day, 20_000) for day in range(20))
    assert rounds(Hours((), days, 80, 20), ()).pays()
    assert not rounds(Hours((), days, 80, 79), ()).pays()
    assert not rounds(Hours((), days, 80, 79), ()).seen()
    assert not rounds(Hours((), tuple(DayReplay(4, 20_000, 20_000 + day) for day in range(20)), 80, 20), ()).pays()


def test_without_requests_there_is_nothing_to_replay():
    assert rounds(Hours((), (), 0, 0), ()) is None
