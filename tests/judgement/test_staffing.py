"""What a reply metric's hours say of who should be there, and when they say nothing."""

from __future__ import annotations

import datetime as dt

from evidence import agents
from evidence import staffing as simulated
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.diagnosis.spare import spare
from shopscore.diagnosis.staffing import staffing
from shopscore.model.staffing import DutyHours, Hour

MONDAY = dt.date(2026, 1, 5)
EVENING = DutyHours(1, 7, 20, 2)
SLOTS = st.dictionaries(
    st.tuples(st.integers(0, 20).map(lambda day: MONDAY + dt.timedelta(days=day)), st.integers(0, 23)),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 20), st.integers(0, 3), st.integers(0, 5)).map(
        lambda each: Hour(each[0], min(each[:2]), *each[2:])
    ),
    max_size=60,
)


def week(**hours):
    """Three weeks of days, each hour the same on all of them: ``h9=Hour(…)``."""
    days = [MONDAY + dt.timedelta(days=at) for at in range(21)]
    return {(day, int(name[1:])): hour for day in days for name, hour in hours.items()}


@settings(max_examples=30, deadline=None)
@given(SLOTS)
def test_the_grid_adds_up_and_every_rate_is_a_share(slots):
    found = staffing("demo.reply", slots, list, 180)
    for grid, of in ((found.rows, 0), (found.misses, 1), (found.questions, 2)):
        assert sum(map(sum, grid)) == sum(hour[of] for hour in slots.values())
    assert all(rate is None or 0 <= rate <= 1 for day in found.rates for rate in day)
    assert found.peak is None or found.peak.waiting == max(hour.peak for hour in slots.values())


def test_two_weeks_and_twenty_misses_are_the_least():
    bad = week(h9=Hour(10, 0), h20=Hour(10, 6))
    short = {slot: hour for slot, hour in bad.items() if slot[0] < MONDAY + dt.timedelta(days=13)}
    assert staffing("demo.reply", short, list, 180).reason_not == "few_days"
    assert staffing("demo.reply", week(h9=Hour(10, 0)), list, 180).reason_not == "few_misses"


def test_without_agents_hours_are_named_and_no_effect_is():
    bad = week(h9=Hour(10, 0), h20=Hour(10, 6, 10), h21=Hour(10, 5, 10))
    (window,) = staffing("demo.reply", bad, list, 180).windows
    assert (window.shift, window.removed, window.reason_not) == (EVENING, None, "no_agents")
    assert (window.rows, window.misses, window.share) == (420, 231, 1.0)


def test_the_effect_is_part_of_all_misses_and_the_same_whoever_asks_first():
    lines = agents.month(agents.SHORT[3], 1)
    asked, slots = agents.asked(lines), agents.slots(lines)
    found = staffing("demo.reply", slots, lambda: asked, agents.LIMIT)
    again = staffing("demo.reply", dict(reversed(slots.items())), lambda: asked[::-1], agents.LIMIT)
    assert found == again
    (window,) = found.windows
    low, high = window.interval
    assert 0 <= low < window.removed < high <= 1
    assert window.removed < window.share


def test_an_agent_is_moved_out_of_quiet_hours_only_if_those_who_stay_can_bear_it():
    served = Hour(10, 0, 10, 2)
    slots = week(h9=Hour(2, 0, 2, 2), h14=served, h15=served, h20=Hour(10, 6, 30, 2))
    assert spare(slots, DutyHours(1, 7, 20, 1)).shift == DutyHours(1, 7, 9, 1)
    alone = {slot: hour._replace(agents=1) for slot, hour in slots.items()}
    assert spare(alone, DutyHours(1, 7, 20, 1)) is None
    busy = {slot: hour._replace(questions=10) for slot, hour in slots.items()}
    assert spare(busy, DutyHours(1, 7, 20, 1)) is None


# ── the claims of docs/evidence.md, on fewer shops ───────────────────────────────────────────────────────────────


def test_planted_hours_are_named_hold_in_the_week_after_and_beat_the_busiest_hours():
    for shop in (agents.SHORT[3], agents.SHORT[6]):
        found = simulated.naming(shop, 2)
        assert (found.named, found.right, found.held) == (1, 1, 1), shop.name
        assert found.share >= found.busiest
    assert found.share > 1.5 * found.busiest


def test_the_effect_said_is_nearer_to_the_truth_than_that_all_falls_away():
    found = simulated.sizing(agents.SHORT[3], 2)
    assert found.off < found.plain / 3
    assert found.holds == 1


def test_shops_without_a_shortage_of_their_own_hours_are_left_alone():
    assert [simulated.alarms(shop, 1) for shop in agents.FLAT] == [0] * len(agents.FLAT)
