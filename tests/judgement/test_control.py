from __future__ import annotations

import datetime as dt
import math
import random
from statistics import NormalDist

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stand_ins import counts, definition, numbers

from shopscore.diagnosis.chance import binomial_tail
from shopscore.diagnosis.change_points import Count, levels, present_level
from shopscore.diagnosis.chart import chart
from shopscore.diagnosis.control import FAR, side_of, signal, usual
from shopscore.diagnosis.daily import series
from shopscore.diagnosis.limits import limits
from shopscore.diagnosis.weekdays import f_tail, lifted, pattern
from shopscore.model import SpecialDay, Sums, Words

START = dt.date(2026, 1, 5)
DAY = dt.timedelta(days=1)
LATE = definition("ratio", "lower")
SHOWN = (START + 54 * DAY, START + 83 * DAY)


def luck(seed):
    return random.Random(seed)  # noqa: S311 - invented days are no secret


def events(rng, n, share):
    return sum(rng.random() < share for _ in range(n))


def days(seed=1, share=0.05, n=60, length=84, week=None):
    """(day, late, orders) with shares by weekday."""
    rng, found = luck(seed), []
    for at in range(length):
        rows = max(1, round(n * rng.uniform(0.7, 1.3)))
        found.append((START + at * DAY, events(rng, rows, share * (week[at % 7] if week else 1)), rows))
    return found


def sums(found):
    return [(day, counts(late, rows)) for day, late, rows in found]


def charted(found, special=None, what=LATE, shown=SHOWN):
    return chart(what, sums(found), shown, special or {})


def bad(found, at, late):
    return [(day, late if place == at else here, rows) for place, (day, here, rows) in enumerate(found)]


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.floats(0.001, 0.999), st.integers(1, 400), st.floats(1, 4))
def test_limits_hold_their_level_and_nothing_impossible(level, n, phi):
    low, high = limits("share", level, n, (FAR, phi))
    assert 0 <= low <= level + 1 / n
    assert level - 1 / n <= high <= 1
    assert low <= high


@given(st.floats(0.01, 0.4), st.integers(2, 60))
def test_few_events_have_exact_tails(level, n):
    low, high = limits("share", level, n, (FAR, 1.0))
    tail = 0.5 * math.erfc(FAR / math.sqrt(2))
    most, least = round(high * n), round(low * n)
    assert most == n or binomial_tail(most + 1, n, level) <= tail
    if most > n * level:
        assert binomial_tail(most, n, level) > tail
    assert least == 0 or binomial_tail(n - least + 1, n, 1 - level) <= tail


@given(st.floats(0.01, 0.99), st.integers(1, 500), st.floats(1, 3))
def test_what_is_good_and_what_is_bad_may_be_exchanged(level, n, phi):
    low, high = limits("share", level, n, (FAR, phi))
    assert limits("share", 1 - level, n, (FAR, phi)) == pytest.approx((1 - high, 1 - low), abs=1.01 / n)


@given(st.floats(1, 1000), st.integers(1, 200), st.floats(0.01, 100), st.sampled_from([60.0, 3600.0]))
def test_limits_of_times_follow_their_unit(level, n, spread, unit):
    plain = limits("duration", level, n, (FAR, 1.0), spread)
    assert limits("duration", level * unit, n, (FAR, 1.0), spread * unit**2) == pytest.approx(
        tuple(end * unit for end in plain), rel=1e-6, abs=1e-6
    )


def test_limits_of_stars_are_those_of_what_they_lack():
    low, high = limits("duration", 0.4, 60, (FAR, 1.0), 0.8)
    assert limits("stars", 4.6, 60, (FAR, 1.0), 0.8) == pytest.approx((5 - high, 5 - low))


@given(st.integers(1, 40), st.floats(0.05, 0.95), st.integers(1, 4))
def test_a_day_of_nothing_but_five_stars_is_usual_where_chance_may_well_give_it(rows, full, lacks):
    assume(full**rows > 1.001 * NormalDist().cdf(-FAR))
    level, spread = 5 - (1 - full) * lacks, (1 - full) * full * lacks**2
    assert limits("stars", level, rows, (FAR, 1.0), spread)[1] == 5


def test_many_rows_without_a_star_lacking_are_out_of_the_ordinary():
    assert limits("stars", 4.4, 200, (FAR, 1.0), 0.8)[1] < 4.9


@given(st.floats(0.001, 0.5), st.floats(1, 300), st.floats(1, 5), st.floats(1, 5))
def test_more_scatter_never_narrows_limits(level, n, phi, more):
    narrow, wide = (limits("rate", level, n, (FAR, each)) for each in (phi, phi * more))
    assert wide[0] <= narrow[0] + 1e-9
    assert wide[1] >= narrow[1] - 1e-9


@given(st.integers(0, 40), st.integers(0, 40))
def test_more_events_are_never_less_of_a_signal(one, more):
    order = {"below": 0, None: 1, "above": 2}
    ends = limits("share", 0.2, 80, (FAR, 1.0))
    assert order[side_of(Count(one, 80), ends)] <= order[side_of(Count(one + more, 80), ends)]


# ── what is usual ────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=15)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_days_does_not_matter(seed, shuffler):
    found = days(seed)
    mixed = list(found)
    shuffler.shuffle(mixed)
    assert charted(mixed) == charted(found)


def test_a_bad_day_is_out_of_the_ordinary_and_does_not_hide_another():
    found = bad(bad(days(3), 70, 22), 76, 20)
    told = charted(found)
    assert [day.day for day in told.signals] == [found[70][0], found[76][0]]
    first = told.signals[0]
    assert (first.signal, first.compared_with, first.numerator) == ("above", "usual", 22)
    assert first.low < 0.05 < first.high < first.value
    assert told.centre == pytest.approx(0.05, abs=0.01)


def test_where_high_is_good_a_bad_day_is_below():
    flipped = [(day, rows - late, rows) for day, late, rows in bad(days(3), 70, 22)]
    told = charted(flipped, what=definition("ratio", "higher"))
    assert [day.signal for day in told.signals] == ["below"]
    assert told.centre == pytest.approx(0.95, abs=0.01)
    mirrored = charted(bad(days(3), 70, 22))
    assert told.signals[0].low == pytest.approx(1 - mirrored.signals[0].high)


def test_five_bad_days_do_not_make_themselves_usual():
    found = days(5)
    for at in (60, 64, 65, 69, 74):
        found = bad(found, at, 24)
    assert len(charted(found).signals) == 5


def test_a_level_that_lasts_is_a_shift_and_no_row_of_signals():
    found = days(2, length=70) + [(day + 70 * DAY, late, rows) for day, late, rows in days(9, share=0.2, length=14)]
    told = charted(found)
    assert not told.signals
    assert abs((told.shift.day - START).days - 70) <= 2
    assert told.shift.before == pytest.approx(0.05, abs=0.02)
    assert told.shift.interval[0] < told.shift.after - told.shift.before < told.shift.interval[1]
    assert told.shift.interval[0] > 0
    # What is usual now is the level since then, not that of all the days before.
    assert told.centre == pytest.approx(told.shift.after, rel=0.3)
    assert told.baseline_days <= 84 - (told.shift.day - START).days


def test_a_short_incident_is_held_against_what_was_usual_before():
    found = days(4)
    for at in (80, 81, 82, 83):
        found = bad(found, at, 25)
    told = charted(found)
    assert [day.day for day in told.signals] == [START + at * DAY for at in (80, 81, 82, 83)]
    assert told.shift.day == START + 80 * DAY
    assert told.centre == pytest.approx(0.05, abs=0.02)


WEEK = (0.5, 0.5, 1, 1, 1, 2.5, 2.5)


def test_weekends_that_are_always_worse_are_a_pattern_and_no_alarm():
    told = charted(days(6, n=100, week=WEEK))
    levels_of = dict(told.weekday_pattern)
    assert not told.signals
    assert told.shift is None
    assert levels_of[6] > 2 * levels_of[2]


def test_a_known_pattern_makes_a_bad_monday_visible():
    found = bad(days(6, n=100, week=WEEK), 77, 19)
    assert [day.day for day in charted(found).signals] == [found[77][0]]
    ends = next(day for day in charted(found).days if day.day == found[82][0])
    assert ends.high > charted(found).signals[0].high


def test_weekdays_that_are_alike_have_no_pattern():
    assert sum(bool(charted(days(seed)).weekday_pattern) for seed in range(20)) <= 1
    assert pattern([], [], 0.0, "share") is None
    assert pattern([(1, Count(1, 2))] * 5, [0.5] * 5, 0.0, "share") is None


@given(st.floats(0.01, 0.99), st.floats(-3, 3))
def test_a_weekday_never_leads_out_of_what_is_possible(level, effect):
    assert 0 < lifted(level, effect, "share") < 1
    assert lifted(level, effect, "rate") > 0
    assert lifted(lifted(level, effect, "share"), -effect, "share") == pytest.approx(level)


@pytest.mark.parametrize(
    ("ratio", "above", "below", "chance"), [(3.0, 6, 70, 0.0112), (2.23, 6, 70, 0.05), (1.0, 6, 70, 0.432)]
)
def test_the_tail_of_f_is_that_of_the_tables(ratio, above, below, chance):
    assert f_tail(ratio, above, below) == pytest.approx(chance, rel=0.05)


@given(
    st.lists(
        st.integers(0, 30).flatmap(lambda n: st.builds(Count, st.integers(0, n), st.just(n), st.just(0.0))), max_size=40
    )
)
def test_levels_begin_at_the_first_day_and_end_with_the_present_one(found):
    begins = levels(found, "share")
    assert begins[0] == 0
    assert begins == sorted(set(begins))
    assert begins[-1] == present_level(found, "share")


def test_too_few_days_have_nothing_usual():
    assert usual([(START + at * DAY, Count(1, 10)) for at in range(19)], "share") is None
    assert usual([(START + at * DAY, Count(0, 0)) for at in range(60)], "share") is None
    assert charted(days(1, length=10)) is None


def test_what_never_happened_is_not_impossible():
    found = usual([(START + at * DAY, Count(0, 30)) for at in range(60)] + [(START + 60 * DAY, Count(1, 30))], "share")
    assert signal(found, 60) is None


# ── special days ─────────────────────────────────────────────────────────────────────────────────────────────────

SALE = SpecialDay("sale", Words("sale", "大促"), promotion=True)
OTHER = SpecialDay("other", Words("other", "另一大促"), promotion=True)
HOLIDAY = SpecialDay("holiday", Words("holiday", "节日"), promotion=False)


def test_a_promotion_is_no_usual_day_and_raises_no_alarm():
    found = bad(days(3), 70, 40)
    told = charted(found, {found[70][0]: SALE})
    day = next(each for each in told.days if each.day == found[70][0])
    assert (day.signal, day.compared_with, day.low, day.special) == (None, "none", None, SALE)
    assert told.centre == charted([each for each in found if each[0] != day.day]).centre


def test_a_promotion_is_held_against_its_earlier_edition():
    last_year = START - 300 * DAY
    found = [(last_year, 100, 300), *bad(days(3), 70, 20)]
    special = {last_year: SALE, found[71][0]: SALE}
    day = next(each for each in charted(found, special).days if each.special)
    assert (day.compared_with, day.signal) == ("same", None)
    worse = charted([(last_year, 3, 300), *found[1:]], special)
    assert [(each.compared_with, each.signal) for each in worse.signals] == [("same", "above")]


def test_a_new_promotion_is_held_against_others_and_a_holiday_against_none_but_its_own():
    found = [(START - 90 * DAY, 100, 300), *bad(days(3), 70, 20)]
    special = {found[0][0]: OTHER, found[71][0]: SALE}
    assert next(each for each in charted(found, special).days if each.special).compared_with == "other"
    special = {found[0][0]: OTHER, found[71][0]: HOLIDAY}
    assert next(each for each in charted(found, special).days if each.special).compared_with == "none"


def test_days_of_the_same_edition_are_not_held_against_each_other():
    found = days(3)
    special = {found[at][0]: SALE for at in (70, 71, 72)}
    assert {each.compared_with for each in charted(found, special).days if each.special} == {"none"}


# ── kinds ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_means_and_counts_have_charts_too():
    rng = luck(8)
    slow = definition("mean", "lower", unit="seconds")
    values = [(START + at * DAY, [rng.expovariate(1 / 50) for _ in range(30)]) for at in range(84)]
    values[75] = (values[75][0], [each * 4 for each in values[75][1]])
    told = chart(slow, [(day, numbers([round(each) for each in here])) for day, here in values], SHOWN, {})
    assert [day.day for day in told.signals] == [values[75][0]]
    assert told.centre == pytest.approx(50, rel=0.1)
    cases = definition("count", "lower", unit="count")
    found = [(START + at * DAY, Sums(rows=12 if at == 75 else rng.randint(0, 3))) for at in range(84)]
    assert [day.numerator for day in chart(cases, found, SHOWN, {}).signals] == [12]


def test_a_ratio_of_counts_takes_the_denominator_that_explains_more():
    rng = luck(4)
    what = definition("ratio_of", "lower")
    busy = [(START + at * DAY, 400 if at % 10 == 0 else 40) for at in range(84)]
    paired = [(day, Sums(rows=n, hits=events(rng, n, 0.1), w=100 * n)) for day, n in busy]
    even = [(day, Sums(rows=n, hits=events(rng, 76, 0.1), w=100 * n)) for day, n in busy]
    assert [count.n for count in series(what, paired).counts.values()] == [n for _, n in busy]
    assert series(what, even).counts[busy[80][0]].n != 400
    told = chart(what, even, SHOWN, {})
    assert not told.signals
    for day in told.days:
        assert day.low <= day.value <= day.high


def test_sums_of_money_and_quantiles_have_none():
    assert chart(definition("quantile", "lower", quantile=0.9), [], SHOWN, {}) is None
    assert series(definition("quantile", "lower", quantile=0.9), [(START, Sums(rows=3))]) is None
