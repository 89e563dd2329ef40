"""What became of a metric between two audits: worse, better, or within chance; and from what."""

from __future__ import annotations

import datetime as dt

import pytest
from compared_audits import DAY, LATER, compared, metric, names
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore import became
from shopscore.diagnosis.effects import difference_interval
from shopscore.model import (
    Cells,
    Control,
    ControlDay,
    Day,
    SegmentCount,
    SpecialDay,
    Target,
    Words,
)


def test_a_share_that_doubled_is_worse_and_its_halving_better():
    low, high = metric(value=0.05), metric(value=0.1, first=LATER)
    worse = compared([low], [high])
    assert (names(worse.regressions), worse.improvements, worse.same) == (["p.late"], (), 0)
    assert worse.regressions[0].because == ("value",)
    assert worse.regressions[0].difference == pytest.approx(0.05)
    better = compared([metric(value=0.1)], [metric(value=0.05, first=LATER)])
    assert (better.regressions, names(better.improvements)) == ((), ["p.late"])


def test_where_higher_is_better_the_sides_change():
    ends = [metric(value=value, first=first, better="higher") for value, first in ((0.05, DAY), (0.1, LATER))]
    assert names(compared([ends[0]], [ends[1]]).improvements) == ["p.late"]


def test_a_step_within_chance_is_neither():
    shop = compared([metric(value=0.1)], [metric(value=0.104, first=LATER)])
    assert (shop.regressions, shop.improvements, shop.unsure, shop.same) == ((), (), (), 1)


def test_a_verdict_that_turns_within_chance_is_told_but_is_no_regression():
    shop = compared([metric(value=0.1, verdict="undecided")], [metric(value=0.104, verdict="likely_fail", first=LATER)])
    assert (shop.regressions, names(shop.unsure), shop.same) == ((), ["p.late"], 0)
    raised = replace(metric(verdict="fail"), target=Target(0.01, "cutoff"))
    assert names(compared([metric()], [raised]).unsure) == ["p.late"]


def test_a_verdict_that_fails_needs_only_its_own_evidence():
    # 24 further metrics make the level for values alone strict; the failing one is confirmed at its own 95 %.
    others = [metric(f"p.m{number}") for number in range(24)]
    one, other = metric(value=0.1), metric(value=0.131, first=LATER)
    assert names(compared([*others, one], [*others, other]).regressions) == []
    failing = replace(other, verdict="fail")
    assert names(compared([*others, one], [*others, failing]).regressions) == ["p.late"]


def test_what_is_counted_without_an_interval_is_what_it_is():
    count = {"kind": "count", "unit": "count"}
    one, other, limited = (
        replace(each, measurement=replace(each.measurement, value=value, interval=None))
        for each, value in zip(
            (metric(verdict=verdict, **count) for verdict in ("pass", "fail", "fail")), (6.0, 7.0, 6.0), strict=True
        )
    )
    assert compared([one], [other]).regressions[0].because == ("verdict",)
    assert compared([other], [one]).improvements[0].because == ("verdict",)
    # The same count against another limit is told apart.
    shop = compared([one], [limited])
    assert (shop.regressions, names(shop.unsure)) == ((), ["p.late"])


def counted(daily, verdict, first=DAY):
    """A count of events, with the shop's own best as its target."""
    found = metric(first=first, verdict=verdict, kind="count", unit="count", target=Target(42.0, "own"))
    days = tuple(Day(first + dt.timedelta(days=at), float(each), 1.0) for at, each in enumerate(daily))
    total = float(sum(daily))
    told = replace(
        found.measurement, value=total, interval=None, numerator=total, denominator=None, rows=None, trend=days
    )
    return replace(found, measurement=told)


def test_a_count_that_only_the_own_best_limits_is_worse_where_its_new_days_are_so_beyond_chance():
    usual, next_day = [1, 2, 1, 0, 3] * 6, DAY + dt.timedelta(days=1)
    one = counted(usual, "pass")
    for last, verdict, worse in ((3, "fail", []), (2, "likely_fail", []), (12, "fail", ["p.late"])):
        shop = compared([one], [counted([*usual[1:], last], verdict, next_day)])
        assert names(shop.regressions) == worse, last
    # An export that comes after a week without one: the window speaks of more days than that of before.
    fewer = counted(usual[:-6], "pass")
    known = replace(fewer.measurement, window=replace(fewer.measurement.window, covered_days=24))
    shop = compared([replace(fewer, measurement=known)], [counted([*usual[1:], 2], "fail", next_day)])
    assert (shop.regressions, names(shop.unsure)) == ((), ["p.late"])
    # A month later no day is in both: 42 and 49 are chance, 42 and 84 are not.
    assert compared([one], [counted([*usual[:-7], *([2] * 7)], "fail", LATER)]).regressions == ()
    twice = compared([one], [counted([2 * each for each in usual], "fail", LATER)])
    assert twice.regressions[0].because == ("verdict", "value")
    assert (twice.regressions[0].difference, twice.regressions[0].movement) == (42.0, None)


RATES = st.floats(0.01, 0.99)


@given(RATES, RATES, st.integers(0, 30), st.sampled_from(["higher", "lower"]))
def test_turning_two_audits_around_turns_the_answer_around(first, second, apart, better):
    one = metric(value=first, better=better)
    other = metric(value=second, first=DAY + dt.timedelta(days=apart), better=better)
    there, back = compared([one], [other]), compared([other], [one])
    assert names(there.regressions) == names(back.improvements)
    assert names(there.improvements) == names(back.regressions)


@given(RATES, st.sampled_from(["pass", "fail", "undecided"]))
def test_an_audit_is_no_worse_than_itself(value, verdict):
    one = metric(value=value, verdict=verdict)
    shop = compared([one], [one])
    assert (shop.regressions, shop.improvements, shop.unsure, shop.unlike) == ((), (), (), ())


@given(RATES, RATES, st.floats(0, 1), st.floats(0, 1))
def test_the_more_two_windows_share_the_surer_their_difference(first, second, less, more):
    less, more = sorted((less, more))
    ends = [(first - 0.05, first + 0.04), (second - 0.03, second + 0.06)]
    wide, narrow = (difference_interval(first, ends[0], second, ends[1], each) for each in (less, more))
    assert wide[0] - 1e-12 <= narrow[0] <= second - first <= narrow[1] <= wide[1] + 1e-12


def test_what_began_within_a_window_does_not_hide_itself():
    # Ten days on, as many days are late as make the days of the later window differ, and its interval thrice as wide.
    one, other = metric(value=0.05), metric(value=0.08, first=DAY + dt.timedelta(days=10))
    ends = [0.08 + 3 * (end - 0.08) for end in other.measurement.interval]
    wide = replace(other, measurement=replace(other.measurement, interval=tuple(ends)))
    assert names(compared([one], [wide]).regressions) == ["p.late"]
    assert names(compared([wide], [one]).improvements) == ["p.late"]
    # Of a month after it that shares no day with it, it is not known to be a change and no scatter.
    apart = replace(wide, measurement=replace(wide.measurement, trend=metric(first=LATER).measurement.trend))
    assert compared([one], [apart]).same == 1


def test_a_share_of_which_nothing_is_known_is_compared_by_nothing():
    one, other = metric(value=0.05), metric(value=0.08)
    bare = replace(other, measurement=replace(other.measurement, interval=None, denominator=None))
    assert compared([one], [bare]).same == 1


def test_windows_share_what_their_days_share():
    one = metric().measurement
    for apart, expected in ((0, 1.0), (10, 2 / 3), (30, 0.0)):
        other = metric(first=DAY + dt.timedelta(days=apart)).measurement
        assert became.shared(one, other) == pytest.approx(expected)


# ── promotions that only one window holds ────────────────────────────────────────────────────────────────────────


SALE = SpecialDay("double_11", Words("11.11", "双 11"), promotion=True)
REST = SpecialDay("national_day", Words("National Day", "国庆"), promotion=False)


def charted(made, special, segments):
    """A metric with its chart, some of whose days are special, and its segments by weekday and carrier."""
    days = tuple(
        ControlDay(each.day, None, 0.0, 0.0, None, None, None, "none", special.get(at))
        for at, each in enumerate(made.measurement.trend)
    )
    cells = Cells(1.0, tuple((name, tuple(SegmentCount(*each) for each in counted)) for name, counted in segments))
    return replace(made, control=Control(0.05, days, (), None, 20), cells=cells)


def weekdays(third):
    even = [(str(day), 6.0, 140.0, 140.0, 0.1) for day in (1, 2, 4, 5, 6, 7)]
    return ("weekday", [*even, ("3", *third)])


BEFORE = charted(metric(value=0.05), {}, [weekdays((14.0, 160.0, 160.0, 0.1))])
AFTER = [weekdays((104.0, 160.0, 160.0, 0.2))]


def test_the_weekday_of_a_promotion_is_not_told_for_it():
    usual = compared([BEFORE], [charted(metric(value=0.14, first=LATER), {}, AFTER)]).regressions[0]
    assert (usual.special, usual.movement.dimension) == ((), "weekday")
    sale = compared([BEFORE], [charted(metric(value=0.14, first=LATER), {10: SALE}, AFTER)]).regressions[0]
    assert (sale.special, sale.movement.dimension) == ((SALE.title,), None)


def test_a_day_that_is_new_is_not_told_as_its_weekday():
    # After a night or a week each weekday is one day; after two weeks it is two.
    for days, dimension in ((1, None), (7, None), (13, None), (14, "weekday")):
        later = metric(value=0.14, first=DAY + dt.timedelta(days=days))
        change = compared([BEFORE], [charted(later, {}, AFTER)]).regressions[0]
        assert (change.special, change.movement.dimension) == ((), dimension), days
    carriers = [
        ("carrier", [(name, bad, 500.0, 500.0, 0.1) for name, bad in (("a", 10.0), ("b", late))]) for late in (15, 95)
    ]
    before, after = (
        charted(metric(value=value, first=DAY + dt.timedelta(days=at)), {}, [*told, each])
        for value, at, told, each in zip(
            (0.05, 0.14), (0, 1), ([weekdays((14.0, 160.0, 160.0, 0.1))], AFTER), carriers, strict=True
        )
    )
    assert compared([before], [after]).regressions[0].movement.dimension == "carrier"


def test_what_both_windows_hold_and_holidays_make_them_no_less_alike():
    before = charted(metric(value=0.05), {3: SALE}, [weekdays((14.0, 160.0, 160.0, 0.1))])
    after = charted(metric(value=0.14, first=LATER), {10: SALE, 12: REST}, AFTER)
    assert compared([before], [after]).regressions[0].special == ()
