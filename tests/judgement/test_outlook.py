from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stand_ins import Side, counts, definition, numbers

from shopscore.intervals.kinds import meets
from shopscore.measure import measure
from shopscore.model import Sums, Target, Window
from shopscore.outlook import dilute, outlook, present_pace, spare, turning_day
from shopscore.shortfall import exact

FIRST = dt.date(2026, 10, 24)
TODAY = dt.date(2026, 11, 23)
WINDOW = Window(FIRST, TODAY - dt.timedelta(days=1), 30)
GOALS = st.integers(1, 99).map(lambda n: n / 100)
HALVES = st.tuples(st.integers(0, 300), st.integers(1, 300)).map(lambda p: (min(p), max(p)))


def dated(sums):
    return [(FIRST + dt.timedelta(days=at), each) for at, each in enumerate(sums)]


def added(sums):
    return Sums(
        **{
            name: sum(getattr(each, name) for each in sums)
            for name in ("rows", "hits", "w", "w2", "wh", "x", "x2", "wx")
        }
    )


def seen(given_, sums, goal, running=0, special=()):
    days = dated(sums)
    found = measure(given_, added(sums), WINDOW, days)
    return outlook(given_, found, days, Target(goal, "published"), TODAY, running=running, special=special)


def measured(given_, sums):
    return measure(given_, sums, WINDOW)


# ── waiting ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bad_days_leave_one_by_one_and_the_day_is_named():
    """Ten days of 20 late in 40, then twenty of 1 in 40; the limit allows 5 %, which 36 late of 1200 first keep."""
    found = seen(definition(), [counts(20, 40)] * 10 + [counts(39, 40)] * 20, 0.95)
    # After k days 10 - k bad days are left: 20(10 - k) + 20 + k late in 1200, at most 60.
    late = [20 * (10 - k) + 20 + k for k in range(11)]
    assert found.meets_on == TODAY + dt.timedelta(days=next(k for k, each in enumerate(late) if each <= 60))
    assert (found.since, found.pace) == (FIRST + dt.timedelta(days=10), pytest.approx(0.975))
    assert found.budget is None


def test_buyers_who_count_once_a_window_have_no_days_to_add():
    days = [counts(20, 40)] * 10 + [counts(39, 40)] * 20
    assert seen(replace(definition(), days_add_up=False), days, 0.95) is None


def test_what_is_still_bad_does_not_leave():
    found = seen(definition(), [counts(30, 40)] * 30, 0.95)
    assert (found.meets_on, found.budget) == (None, None)


def test_a_budget_runs_out_when_good_days_leave():
    found = seen(definition(), [counts(40, 40)] * 23 + [counts(36, 40)] * 7, 0.95)
    # 28 late of 1200 so far, 60 allowed; each further day brings 4 and takes none away for 23 days.
    assert found.budget.left == 32
    assert found.budget.runs_out_on == TODAY + dt.timedelta(days=9)
    assert (found.meets_on, found.dilute) == (None, None)


def test_days_whose_rows_are_still_pending_say_nothing_of_the_volume():
    """Ten orders a day, 2 of them late since day 20; of the last two days none is due yet, and the same comes."""
    days = [counts(10, 10)] * 20 + [counts(8, 10)] * 8 + [Sums(pending=10)] * 2
    found = seen(definition(), days, 0.9)
    # 16 late of 280 so far; after k days 16 + 2k of 280, while good days leave: 28 are allowed.
    assert found.budget.runs_out_on == TODAY + dt.timedelta(days=7)
    pace = present_pace(definition(), dated(days))
    assert (pace.numerator, pace.denominator) == (pytest.approx(8), pytest.approx(10))
    # Where rows of every day are pending there is no better week.
    assert present_pace(definition(), dated([replace(counts(8, 10), pending=1)] * 30)).denominator == pytest.approx(10)


def test_a_steady_shop_that_meets_its_target_has_no_end_of_its_budget():
    assert seen(definition(), [counts(39, 40)] * 30, 0.95).budget.runs_out_on is None


def test_the_days_to_come_are_no_promotion():
    """Three days of a promotion, with five times the orders and 30 of 200 late, end the window; 2 of 40 are usual."""
    sums = [counts(39, 40)] * 27 + [counts(170, 200)] * 3
    sale = {FIRST + dt.timedelta(days=at) for at in (27, 28, 29)}
    # 117 late of 1680 so far: as if every day were a promotion the next but one would take it past 92 %.
    told = seen(definition(), sums, 0.92)
    assert told.budget.runs_out_on is not None
    known = seen(definition(), sums, 0.92, special=sale)
    assert (known.budget.left, known.budget.runs_out_on) == (told.budget.left, None)
    assert (known.since, known.pace) == (FIRST, pytest.approx(0.975))
    # They leave the window like other days, their 90 late ones and 600 orders with them.
    short = seen(definition(), sums, 0.95, special=sale)
    left = [(27 + 90 - 30 * max(k - 27, 0), 1680 - 160 * max(k - 27, 0)) for k in range(31)]
    assert short.meets_on == TODAY + dt.timedelta(days=next(k for k, (late, n) in enumerate(left) if late <= 0.05 * n))
    # A window of special days only is what there is to go by.
    every = {FIRST + dt.timedelta(days=at) for at in range(30)}
    assert seen(definition(), sums, 0.92, special=every) == told


def test_clocks_that_still_run_are_handed_through():
    assert seen(definition(), [counts(30, 40)] * 30, 0.95, running=7).running == 7


def test_a_mean_waits_too_and_is_not_diluted():
    slow, quick = numbers([36_000] * 20), numbers([3600, 7200] * 10)
    found = seen(definition("mean", "lower", unit="hours"), [slow] * 15 + [quick] * 15, 2.0)
    assert found.meets_on is not None
    assert (found.dilute, found.since) == (None, FIRST + dt.timedelta(days=15))


def test_nothing_is_said_of_what_is_not_measured_or_has_no_target():
    days = dated([counts(1, 2)] * 30)
    small = definition(minimum=1000)
    whole = added([sums for _, sums in days])
    assert outlook(small, measured(small, whole), days, Target(0.9, "published"), TODAY) is None
    assert outlook(definition(), measured(definition(), whole), days, Target(None, "none"), TODAY) is None
    assert (
        outlook(definition("count"), measured(definition("count"), whole), days, Target(1, "published"), TODAY) is None
    )


def test_a_week_of_the_calendar_leaves_whole_when_the_next_one_is_over():
    """Of the week before, 20 of 40 were late until Wednesday and 1 of 40 since; today is a Friday."""
    friday = dt.date(2026, 11, 6)
    week = [counts(20, 40)] * 3 + [counts(39, 40)] * 4
    days = [(dt.date(2026, 10, 26) + dt.timedelta(days=at), each) for at, each in enumerate(week)]
    weekly = replace(definition(), window="previous week")
    found = outlook(weekly, measured(weekly, added(week)), days, Target(0.95, "published"), friday)
    # 64 of 280 until Sunday, whatever is shipped; on Monday another week is judged.
    assert (found.meets_on, found.soonest) == (dt.date(2026, 11, 9), dt.date(2026, 11, 9))
    kept = outlook(weekly, measured(weekly, added(week)), days, Target(0.75, "published"), friday)
    assert kept.budget.runs_out_on is None
    # Nothing that happens from now on comes into a week that is over: it is neither diluted nor used up.
    assert (found.dilute, kept.budget.left) == (None, None)
    bad = [counts(39, 40)] * 3 + [counts(20, 40)] * 4
    days = [(day, each) for (day, _), each in zip(days, bad, strict=True)]
    used = outlook(weekly, measured(weekly, added(bad)), days, Target(0.7, "published"), friday)
    assert used.budget.runs_out_on == dt.date(2026, 11, 9)


def test_a_month_stays_until_the_next_one_is_over():
    february = [counts(30, 40)] * 14 + [counts(40, 40)] * 14
    days = [(dt.date(2026, 2, 1) + dt.timedelta(days=at), each) for at, each in enumerate(february)]
    monthly = replace(definition(), window="calendar month")
    found = outlook(monthly, measured(monthly, added(february)), days, Target(0.98, "published"), dt.date(2026, 3, 1))
    assert (found.meets_on, found.soonest) == (dt.date(2026, 4, 1), dt.date(2026, 4, 1))


@given(st.lists(HALVES, min_size=8, max_size=40), GOALS, st.sampled_from(["higher", "lower"]))
def test_the_turning_day_is_the_first_on_the_other_side(pairs, goal, better):
    given_, days = definition(better=better), dated([counts(*pair) for pair in pairs])
    pace = present_pace(given_, days)
    turn = turning_day(given_, days, pace, goal, TODAY)

    def side(ahead):
        left = pairs[ahead:]
        hits = sum(pair[0] for pair in left) + ahead * pace.numerator
        return meets(hits / (sum(pair[1] for pair in left) + ahead * pace.denominator), goal, better)

    sides = [side(ahead) for ahead in range(len(pairs) + 1)]
    assert turn == next((ahead for ahead, each in enumerate(sides) if each != sides[0]), None)


# ── events ───────────────────────────────────────────────────────────────────────────────────────────────────────


@given(HALVES, GOALS)
def test_diluting_hits_are_enough_and_one_fewer_is_not(pair, goal):
    hits, rows = pair
    need = dilute(definition(), measured(definition(), counts(hits, rows)), goal)
    assert Fraction(hits + need, rows + need) >= exact(goal)
    assert need == 0 or Fraction(hits + need - 1, rows + need - 1) < exact(goal)


@given(HALVES, GOALS)
def test_a_share_that_should_be_low_takes_rows_that_do_not_hit(pair, goal):
    hits, rows = pair
    lower = definition(better="lower")
    need = dilute(lower, measured(lower, counts(hits, rows)), goal)
    assert Fraction(hits, rows + need) <= exact(goal)
    assert need == 0 or Fraction(hits, rows + need - 1) > exact(goal)


def test_what_no_number_of_good_events_can_reach():
    assert dilute(definition(), measured(definition(), counts(9, 10)), 1.0) is None
    lower = definition(better="lower")
    assert dilute(lower, measured(lower, counts(1, 10)), 0.0) is None


def test_a_damped_ratio_of_counts_is_diluted_below_the_line():
    given_ = definition("ratio_of", "lower", sides={"n": Side("refunds"), "d": Side()}, damp=100.0)
    found = measured(given_, Sums(rows=1000, hits=10, w=100_000, wh=1000, w2=100_000))
    need = dilute(given_, found, 0.004)
    assert 10 / (100 * 10 + 1000 + need) <= 0.004 < 10 / (100 * 10 + 1000 + need - 1)


@given(HALVES, GOALS, st.sampled_from(["higher", "lower"]))
def test_the_budget_is_what_the_window_can_bear_and_not_one_more(pair, goal, better):
    hits, rows = pair
    given_ = definition(better=better)
    left = spare(given_, measured(given_, counts(hits, rows)), goal)
    worse = -1 if better == "higher" else 1

    def good(more):
        value = Fraction(hits + worse * more, rows)
        return value >= exact(goal) if better == "higher" else value <= exact(goal)

    assert (left == 0 and not good(1)) or (good(left) and not good(left + 1))


# ── the soonest ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda p: (min(p), max(p))), min_size=30,
             max_size=30),
    GOALS,
    st.sampled_from(["higher", "lower"]),
)  # fmt: skip
def test_no_window_meets_its_target_sooner_than_with_good_events_only(pairs, goal, better):
    found = seen(definition(better=better), [counts(*pair) for pair in pairs], goal)
    if found is None or found.soonest is None:
        return
    assert found.soonest > TODAY
    assert found.meets_on is None or found.soonest <= found.meets_on


def test_the_soonest_day_is_when_good_events_have_diluted_and_bad_days_have_left():
    """Thirty days of 4 late in 40, the limit 5 %: after k good days 4(30 - k) late in 1200, at most 60."""
    found = seen(definition(better="lower"), [counts(4, 40)] * 30, 0.05)
    assert (found.meets_on, found.soonest) == (None, TODAY + dt.timedelta(days=15))
    hours = seen(definition("mean", "lower", unit="hours"), [numbers([7200, 7200])] * 30, 1.0)
    # No time at all is the best there is: after fifteen days half of the window took nothing.
    assert hours.soonest == TODAY + dt.timedelta(days=15)
    stars = seen(definition("mean", unit="stars"), [numbers([450, 450])] * 30, 4.75)
    assert stars.soonest == TODAY + dt.timedelta(days=15)
    assert seen(definition("mean", "higher", unit="points"), [numbers([450, 450])] * 30, 4.75).soonest is None
