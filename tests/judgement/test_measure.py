from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import Side, counts, definition, numbers

from shopscore.intervals.kinds import shaped, value_of
from shopscore.measure import before_exclusions, measure, own_best
from shopscore.model import Need, Sums, Window, Words

FIRST = dt.date(2026, 10, 24)
WINDOW = Window(FIRST, FIRST + dt.timedelta(days=29), 30)
WEIGHTED = {"": Side(weight_by="buyer_weight")}
HALVES = st.tuples(st.integers(0, 400), st.integers(1, 400)).map(lambda p: (min(p), max(p)))


def test_a_ratio_is_hits_over_rows():
    found = measure(definition(), counts(27, 30), WINDOW)
    assert (found.value, found.numerator, found.denominator, found.rows) == (0.9, 27.0, 30.0, (27, 30))
    assert found.status == "measured"
    assert found.message is None


@given(HALVES, st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1))
def test_the_value_is_numerator_over_denominator_to_the_bit(pair, weights):
    plain = measure(definition(), counts(*pair), WINDOW)
    assert plain.value == plain.numerator / plain.denominator
    sums = Sums(rows=len(weights), hits=sum(hit for _, hit in weights), w=sum(w for w, _ in weights),
                w2=sum(w * w for w, _ in weights), wh=sum(w for w, hit in weights if hit))  # fmt: skip
    heavy = measure(definition(sides=WEIGHTED), sums, WINDOW)
    assert heavy.value == heavy.numerator / heavy.denominator
    assert (heavy.numerator, heavy.denominator) == (sums.wh / 100, sums.w / 100)
    low, high = heavy.interval
    assert low <= heavy.value <= high


def test_weights_move_the_value_and_not_the_plain_counts():
    # One of three rows is a miss and weighs twice.
    sums = Sums(rows=3, hits=2, w=400, w2=60_000, wh=200)
    found = measure(definition(sides=WEIGHTED), sums, WINDOW)
    assert (found.value, found.numerator, found.denominator, found.rows) == (0.5, 2.0, 4.0, (2, 3))
    assert measure(definition(), sums, WINDOW).value == 2 / 3


@given(HALVES)
def test_weights_of_one_change_nothing(pair):
    sums = counts(*pair)
    plain, heavy = measure(definition(), sums, WINDOW), measure(definition(sides=WEIGHTED), sums, WINDOW)
    assert (plain.value, plain.numerator, plain.denominator) == (heavy.value, heavy.numerator, heavy.denominator)
    assert plain.interval == pytest.approx(heavy.interval)


def test_hours_are_seconds_over_3600():
    found = measure(definition("mean", "lower", unit="hours"), numbers([3600, 7200, 3 * 3600]), WINDOW)
    assert (found.value, found.numerator, found.denominator) == (2.0, 6.0, 3.0)
    low, high = found.interval
    # s = 1 h, n = 3: e² = 1/12 of the mean's square, two degrees of freedom at least, t = 4.303: 1.2421 either way of
    # a centre of (1.96² + 1)/24 = 0.2017, and beyond 1 along the tangent.
    assert high == pytest.approx(2 * math.e * (0.2017 + 1.2421), rel=1e-3)
    assert low == pytest.approx(2 * math.exp(0.2017 - 1.2421), rel=1e-3)


def test_seconds_stay_seconds_and_stars_are_hundredths():
    seconds = measure(definition("mean", "lower", unit="seconds"), numbers([10, 20]), WINDOW)
    assert (seconds.value, seconds.numerator) == (15.0, 30.0)
    stars = measure(definition("mean", unit="stars"), numbers([500, 400]), WINDOW)
    assert (stars.value, stars.numerator) == (4.5, 9.0)


def test_a_weighted_mean_weighs():
    # 1 h at weight 1 and 4 h at weight 2: 9 h over 3.
    sums = Sums(rows=2, w=300, w2=50_000, x=5 * 3600, x2=17 * 3600**2, wx=900 * 3600)
    found = measure(definition("mean", "lower", unit="hours", sides=WEIGHTED), sums, WINDOW)
    assert (found.value, found.numerator, found.denominator) == (3.0, 9.0, 3.0)


def test_a_single_row_has_a_mean_and_no_interval():
    found = measure(definition("mean", "lower", unit="seconds"), numbers([10]), WINDOW)
    assert (found.value, found.interval) == (10.0, None)


def test_quantiles_are_durations_some_row_really_had():
    sums = Sums(rows=10, values=tuple((600 * n, 1) for n in range(10, 0, -1)))
    p90 = measure(definition("quantile", "lower", unit="seconds", quantile=0.9), sums, WINDOW)
    assert (p90.value, p90.denominator) == (5400.0, 10.0)
    median = measure(definition("quantile", "lower", unit="hours"), sums, WINDOW)
    assert median.value == 3000 / 3600
    low, high = median.interval
    assert low < median.value < high


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), min_size=1, unique_by=lambda p: p[0]))
def test_a_quantile_leaves_its_part_below_or_at_it(values):
    sums = Sums(rows=sum(n for _, n in values), values=tuple(values))
    found = value_of(definition("quantile", "lower", unit="seconds", quantile=0.8), sums)
    upto = sum(n for x, n in values if x <= found.value)
    under = sum(n for x, n in values if x < found.value)
    assert under < 0.8 * sums.rows + 1e-9
    assert upto >= 0.8 * sums.rows - 1e-9
    assert found.interval[0] <= found.value <= found.interval[1]


def test_a_count_counts_and_no_rows_are_a_measured_zero():
    found = measure(definition("count", "lower", unit="count", minimum=5), Sums(), WINDOW)
    assert (found.status, found.value, found.denominator, found.interval) == ("measured", 0.0, None, None)
    points = measure(definition("count", "lower", unit="points", sides={"": Side(of="points")}),
                     Sums(rows=2, x=1250), WINDOW)  # fmt: skip
    assert (points.value, points.numerator) == (12.5, 12.5)


def test_a_ratio_of_two_counts_may_exceed_one_unless_capped():
    sums = counts(30, 20)
    assert measure(definition("ratio_of", "lower"), sums, WINDOW).value == 1.5
    capped = measure(definition("ratio_of", "lower", cap=1.0), sums, WINDOW)
    assert (capped.value, capped.numerator, capped.denominator) == (1.0, 30.0, 20.0)
    assert capped.interval == (pytest.approx(0.86, abs=0.05), 1.0)


def test_damping_is_b_over_damp_b_plus_n():
    found = measure(definition("ratio_of", "lower", damp=100.0), counts(5, 1000), WINDOW)
    assert found.value == pytest.approx(5 / (100 * 5 + 1000))


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500), st.floats(0.5, 100))
def test_damping_and_capping_never_turn_the_order_around(one, two, rows, damp):
    for given_ in (definition("ratio_of", "lower", damp=damp), definition("ratio_of", "lower", cap=0.5)):
        low, high = sorted((one, two))
        assert shaped(given_, low / rows) <= shaped(given_, high / rows)


def test_trusted_buyers_cases_weigh_three_times_and_are_less_sure():
    sums = Sums(rows=1000, hits=10, w=100_000, w2=10 * 300**2, wh=3000)
    heavy = measure(definition("ratio_of", "lower", sides={"n": Side(weight_by="w"), "d": Side()}), sums, WINDOW)
    assert (heavy.value, heavy.numerator, heavy.rows) == (0.03, 30.0, (10, 1000))
    plain = measure(definition("ratio_of", "lower"), counts(30, 1000), WINDOW)
    assert heavy.interval[1] > plain.interval[1]


# ── statuses ─────────────────────────────────────────────────────────────────────────────────────────────────────


NEED = Need("refunds", ("applied_at",), (Words("Trade > Refunds > Export", "交易 > 退款管理 > 导出"),), 30)


@pytest.mark.parametrize(
    ("given_", "sums", "window", "status", "says"),
    [
        (definition("none"), None, None, "no_definition", "dashboard"),
        (definition(in_force=False), counts(1, 1), WINDOW, "not_applicable", "in force"),
        (definition(), None, None, "no_table", "Trade > Refunds > Export"),
        (definition(), counts(1, 1), Window(FIRST, WINDOW.last, 0), "not_covered", "2026-10-24"),
        (definition(minimum=20), counts(9, 10), WINDOW, "too_few", "fewer than the 20"),
        (definition(), counts(0, 0), WINDOW, "too_few", "divide"),
        (definition(), counts(9, 10, unknown=11), WINDOW, "too_unknown", "11 rows"),
        (definition(), counts(9, 10), Window(FIRST, WINDOW.last, 12), "measured", "covers 12 of 30 days"),
    ],
)
def test_each_status_says_what_to_do(given_, sums, window, status, says):
    found = measure(given_, sums, window, needs=(NEED,))
    assert found.status == status
    assert says in found.message.en
    assert found.message.zh
    assert "{" not in found.message.en + found.message.zh


def test_too_few_and_too_unknown_still_show_the_value():
    assert measure(definition(minimum=20), counts(9, 10), WINDOW).value == 0.9
    assert measure(definition(), counts(9, 10, unknown=11), WINDOW).value == 0.9
    assert measure(definition(), counts(9, 10, unknown=10), WINDOW).status == "measured"
    assert measure(definition(), counts(0, 0), WINDOW).value is None


def test_rows_that_did_not_count_are_carried_along():
    sums = counts(9, 10, pending=3, unknown=2, undated=1, excluded={"b": (4, 1, 0), "a": (2, 2, 0)})
    found = measure(definition(), sums, WINDOW)
    assert (found.pending, found.unknown, found.undated, found.excluded) == (3, 2, 1, (("a", 2), ("b", 4)))
    assert found.before_exclusions == (12 / 16, 12.0, 16.0)


def test_excluded_rows_of_two_facts_stand_on_one_side_each():
    # Three cases above the line and five orders below it.
    sums = counts(10, 100, excluded={"case": (3, 3, 0), "order": (5, 0, 0)})
    assert before_exclusions(definition("ratio_of", "lower"), sums) == (13 / 105, 13.0, 105.0)


def test_a_share_of_money_divides_sums():
    # 12.50 refunded in two cases of 500.00 sold in forty orders; a share is kept in ten-thousandths.
    sums = Sums(rows=40, hits=2, w=50_000, x=125_000, x2=2 * 62_500**2)
    found = measure(
        definition("ratio_of", "lower", sides={"n": Side(of="amount"), "d": Side(of="amount")}), sums, WINDOW
    )
    assert (found.value, found.numerator, found.denominator, found.rows) == (0.025, 12.5, 500.0, (2, 40))
    # Nothing is known of how the amounts below the line scatter.
    assert found.interval is None


def a_day(number, above, below):
    return dt.date(2026, 11, 1) + dt.timedelta(days=number), Sums(rows=1, hits=1, w=100 * below, x=100 * above)


def test_two_sums_of_the_same_rows_are_sure_as_far_as_their_days_agree():
    both = definition("ratio_of", unit="times", sides={"n": Side(of="amount"), "d": Side(of="spend")})
    uneven = [a_day(at, 3 + at % 2, 2) for at in range(12)]
    steady = [a_day(at, 3 * (1 + at % 2), 2 * (1 + at % 2)) for at in range(12)]
    whole = Sums(rows=12, hits=12, w=2400, x=4200)
    found = measure(both, whole, WINDOW, uneven)
    assert found.value == 1.75
    # Each day is 1 off 3.5; R ± t(11)·√(12 · (12 · 0.5² / 11)) / 24.
    half = 2.201 * (12 * 3 / 11) ** 0.5 / 24
    assert found.interval == pytest.approx((1.75 - half, 1.75 + half), rel=1e-3)
    # Days that differ in size only do not make the ratio less sure.
    assert measure(both, Sums(rows=12, hits=12, w=3600, x=5400), WINDOW, steady).interval == pytest.approx((1.5, 1.5))
    assert measure(both, whole, WINDOW, uneven[:9]).interval is None
    other = definition("ratio_of", sides={"n": Side(of="amount"), "d": Side(fact="lines", of="amount")})
    assert measure(other, whole, WINDOW, uneven).interval is None


def test_days_are_made_of_seconds_and_money_of_cents():
    days = measure(definition("mean", "lower", unit="days"), numbers([86_400, 2 * 86_400]), WINDOW)
    assert (days.value, days.numerator) == (1.5, 3.0)
    assert 0 < days.interval[0] < 1.5 < days.interval[1]
    money = measure(
        definition("count", "lower", unit="money", currency="CNY", sides={"": Side(of="amount")}),
        Sums(rows=3, x=123_450),
        WINDOW,
    )
    assert money.value == 1234.5
    share = measure(
        definition("ratio_of", sides={"n": Side(of="replied_3min * sessions"), "d": Side(of="sessions")}),
        Sums(rows=1, hits=1, w=15_200, x=round(0.8734 * 152 * 10_000)),
        WINDOW,
    )
    assert share.value == pytest.approx(0.8734, abs=1e-9)


def test_without_exclusions_there_is_no_other_value():
    assert before_exclusions(definition(), counts(9, 10)) is None
    assert before_exclusions(definition("mean", unit="seconds"), numbers([1, 2], excluded={"a": (1, 0, 5)})) is None


def test_weights_are_not_mixed_with_plain_counts_before_exclusions():
    sums = Sums(rows=3, hits=2, w=400, w2=60_000, wh=200, excluded={"a": (1, 0, 0)})
    assert before_exclusions(definition(sides=WEIGHTED), sums) is None
    even = counts(2, 3, excluded={"a": (1, 0, 0)})
    assert before_exclusions(definition(sides=WEIGHTED), even) == (0.5, 2.0, 4.0)


def test_the_trend_has_every_day_in_order():
    days = [(FIRST, counts(1, 2)), (FIRST + dt.timedelta(days=1), Sums())]
    found = measure(definition(), counts(1, 2), WINDOW, days)
    assert [(day.day, day.numerator, day.denominator) for day in found.trend] == [
        (days[0][0], 1.0, 2.0),
        (days[1][0], 0.0, 0.0),
    ]


def test_clustered_days_widen_the_interval():
    days = [(FIRST + dt.timedelta(days=n), counts(0 if n < 3 else 10, 10)) for n in range(30)]
    alone = measure(definition(), counts(270, 300), WINDOW)
    clustered = measure(definition(), counts(270, 300), WINDOW, days)
    assert clustered.value == alone.value
    assert clustered.interval[0] < alone.interval[0]
    assert clustered.interval[1] > alone.interval[1]


def test_the_own_best_is_of_windows_with_rows_enough():
    history = [counts(95, 100), counts(3, 3), counts(80, 100), counts(0, 0)]
    assert own_best(definition(minimum=20), history).value == 0.95
    assert own_best(definition(better="lower", minimum=20), history).value == 0.8
    assert own_best(definition(minimum=200), history) is None
    assert own_best(definition(), [counts(99, 100, unknown=101), counts(90, 100, unknown=100)]).value == 0.9


def test_the_best_of_several_is_known_less_surely_than_a_window_alone():
    alone, several = (own_best(definition(), [counts(95, 100)] * times) for times in (1, 12))
    plain = measure(definition(), counts(95, 100), WINDOW).interval
    assert alone.interval == pytest.approx(plain)
    # Each of twelve holds with 0.975^(1/12): 2.86 standard errors for 1.96.
    assert [(end - 0.95) / (other - 0.95) for end, other in zip(several.interval, plain, strict=True)] == pytest.approx(
        [1.4609, 1.4609], abs=1e-3
    )


def test_days_that_differ_today_make_the_best_of_before_less_sure_too():
    days = [counts(*each) for each in ((50, 50), (10, 50))] * 5
    even, uneven = (own_best(definition(), [counts(475, 500)], some) for some in ((), days))
    assert uneven.interval[0] < even.interval[0] < even.interval[1] < uneven.interval[1]


def test_the_best_of_counts_stands_off_by_what_another_window_like_it_may_hold():
    events = definition("count", "lower", unit="count", minimum=0)
    (best,) = (own_best(events, [Sums(rows=rows) for rows in each]) for each in ((42, 60),))
    assert best.value == 42.0
    low, high = best.interval
    # 49 of a window that follows is chance, and so is 60 where two windows were looked at; twice as many is not.
    assert low < 30
    assert 60 < high < 84
    one = own_best(events, [Sums(rows=42)]).interval
    assert low < one[0] < one[1] < high
    # By hand: 42 + 1.92 ± √(2·3.84·42 + 3.69).
    assert one == pytest.approx((25.86, 61.98), abs=0.01)
    assert own_best(events, [Sums(rows=42)], [Sums(rows=rows) for rows in (0, 9) * 15]).interval[1] > one[1] + 5
    # What is added up is what it is: how large one event is no sum tells.
    assert own_best(definition("count", "lower", sides={"": Side(of="points")}), [Sums(rows=1, x=200)]).interval is None


# ── composites ───────────────────────────────────────────────────────────────────────────────────────────────────


INPUTS = [{"score": name, "weight": w, "title": {"en": name, "zh": name}} for name, w in (("a", 0.25), ("b", 0.75))]


def test_points_add_up_where_all_are_entered():
    scores = {"a": 12.5, "b": -30.0}
    found = measure(definition("composite", inputs=INPUTS, adds_up=True), None, None, scores=scores)
    assert (found.value, found.numerator, found.denominator) == (-17.5, -17.5, None)
    assert measure(definition("composite", inputs=INPUTS, adds_up=True), None, None, scores={"a": 12.5}).value is None


def test_a_composite_is_the_weighted_mean_of_entered_scores():
    found = measure(definition("composite", inputs=INPUTS), None, None, scores={"a": 5.0, "b": 4.0})
    assert (found.status, found.value, found.denominator) == ("measured", 4.25, 1.0)


def test_a_lacking_score_is_left_out_or_makes_it_null():
    nothing = measure(definition("composite", inputs=INPUTS), None, None, scores={"a": 5.0})
    assert (nothing.status, nothing.value) == ("no_table", None)
    assert nothing.message.en.endswith("scores: b.")
    partly = measure(definition("composite", inputs=INPUTS, missing="leave_out"), None, None, scores={"b": 4.0})
    assert partly.value == 4.0
    assert measure(definition("composite", inputs=INPUTS, missing="leave_out"), None, None).status == "no_table"
