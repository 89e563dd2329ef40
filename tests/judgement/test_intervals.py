from __future__ import annotations

import math
import random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore import intervals
from shopscore.intervals.scatter import EVEN, Scatter, scatter, scatter_of_counts, scatter_of_shares

SCATTERS = st.builds(Scatter, st.floats(1, 20), st.floats(1, 1000))
shares = st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda p: (min(p), max(p)))


@pytest.mark.parametrize(
    ("hits", "rows", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_newcombes_table(hits, rows, low, high):
    assert intervals.wilson(hits / rows, rows) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(shares, SCATTERS)
def test_wilson_contains_its_share_inside_zero_and_one(share, phi):
    hits, rows = share
    low, high = intervals.wilson(hits / rows, rows, phi)
    assert 0 <= low <= hits / rows <= high <= 1


@given(shares, st.integers(2, 50))
def test_wilson_shrinks_with_rows_and_grows_with_dispersion(share, factor):
    hits, rows = share
    narrow = intervals.wilson(hits / rows, rows * factor)
    wide = intervals.wilson(hits / rows, rows)
    wider = intervals.wilson(hits / rows, rows, Scatter(factor, 29))
    assert narrow[1] - narrow[0] < wide[1] - wide[0] < wider[1] - wider[0]


def test_wilson_of_nothing_says_nothing():
    assert intervals.wilson(0.5, 0) == (0.0, 1.0)


@given(st.floats(0, 1), st.floats(0.1, 1e6))
def test_as_many_rows_have_an_interval_as_it_was_made_of(share, n):
    assert intervals.rows_of(share, intervals.wilson(share, n)) == pytest.approx(n, rel=1e-3)


def test_a_row_of_either_tells_as_much_as_of_the_surer_of_two():
    sure, wide = intervals.wilson(0.2, 300), intervals.wilson(0.3, 100)
    assert intervals.as_sure((0.2, 300, sure), (0.3, 400, wide)) == [
        pytest.approx(sure),
        pytest.approx(intervals.wilson(0.3, 400)),
    ]


@given(st.lists(st.integers(1, 1000), min_size=1))
def test_kish_never_exceeds_the_rows_and_meets_them_for_equal_weights(weights):
    n = intervals.kish(sum(weights), sum(w * w for w in weights))
    assert 1 - 1e-9 <= n <= len(weights) + 1e-9
    assert intervals.kish(100 * len(weights), 10_000 * len(weights)) == len(weights)
    assert intervals.kish(0, 0) == 0


@given(st.integers(0, 2000), st.integers(1, 5000), SCATTERS)
def test_a_ratio_of_counts_contains_its_value_and_stays_finite(top, bottom, phi):
    low, high = intervals.ratio_of_counts(top, bottom, None, phi)
    assert 0 <= low <= top / bottom <= high < float("inf")
    near = intervals.ratio_of_counts(top * 4, bottom * 4, None, phi)
    assert near[1] - near[0] < high - low


def test_a_rare_ratio_is_close_to_poissons_score_interval():
    low, high = intervals.ratio_of_counts(9, 1_000_000)
    centre, half = 9 + intervals.Z**2 / 2, intervals.Z * (9 + intervals.Z**2 / 4) ** 0.5
    assert low * 1e6 == pytest.approx(centre - half, rel=1e-4)
    assert high * 1e6 == pytest.approx(centre + half, rel=1e-4)


def test_heavy_events_make_a_ratio_less_sure():
    # 30 events of weight 3 sum to 90, and say as much as 30 events do.
    low, high = intervals.ratio_of_counts(90, 1000, (30, 1000))
    light = intervals.ratio_of_counts(90, 1000)
    assert low < light[0] < 0.09 < light[1] < high


@given(st.integers(0, 500), st.integers(1, 500), st.integers(2, 900))
def test_the_unit_of_a_sum_does_not_matter_to_its_interval(top, bottom, unit):
    plain = intervals.ratio_of_counts(top, bottom)
    money = intervals.ratio_of_counts(top * unit, bottom * unit, (top, bottom))
    if top:
        assert money == pytest.approx(plain)


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980), (1e9, 1.960)],
)
def test_students_quantile_agrees_with_the_table(freedom, quantile):
    assert intervals.student(freedom) == pytest.approx(quantile, rel=4e-3)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.integers(2, 10_000), SCATTERS)
def test_a_mean_stands_in_the_middle_of_its_interval(value, variance, n, phi):
    low, high = intervals.mean(value, variance, n, phi)
    assert low <= value <= high
    narrow = intervals.mean(value, variance, 4 * n, phi)
    assert narrow[1] - narrow[0] <= high - low


def test_one_row_has_no_interval():
    assert intervals.mean(5.0, 0.0, 1) is None


@given(st.floats(0.01, 0.99), st.integers(1, 5000), SCATTERS)
def test_ranks_of_a_quantile_are_ordered_and_real(q, n, phi):
    low, rank, high = intervals.quantile_ranks(q, n, phi)
    assert 1 <= low <= rank <= high <= n
    assert rank >= q * n - 1e-6 > rank - 1 - 1e-5 or rank == 1


def test_the_ends_of_a_quantile_lie_between_the_textbooks_ranks():
    # Whole ranks would be 40 and 61: 50.5 ± 1.96 · 5; at 0.9, 90.5 - 0.8 · (1.96² - 1)/6 = 90.121, ± 1.96 · 3.
    assert intervals.quantile_ranks(0.5, 100) == (pytest.approx(40.70, abs=5e-3), 50, pytest.approx(60.30, abs=5e-3))
    assert intervals.quantile_ranks(0.9, 100) == (pytest.approx(84.24, abs=5e-3), 90, pytest.approx(96.00, abs=5e-3))
    assert intervals.quantile_ranks(0.9, 10)[1] == 9


def test_interval_covers_the_truth_about_as_often_as_it_says():
    luck = random.Random(7)  # noqa: S311
    held = 0
    for _ in range(600):
        hits = sum(luck.random() < 0.9 for _ in range(120))
        low, high = intervals.wilson(hits / 120, 120)
        held += low <= 0.9 <= high
    assert 0.92 <= held / 600 <= 0.98


def days_of(*counts):
    return [(hits, rows, rows) for hits, rows in counts]


def test_even_days_do_not_widen_and_clustered_days_do():
    assert scatter_of_shares(days_of(*[(9, 10)] * 27)) == EVEN
    clustered = scatter_of_shares(days_of(*([(10, 10)] * 8 + [(0, 10)]) * 3))
    # Rows of a day that all go the same way say no more than their day does; seven weekdays leave 20 days to differ.
    assert clustered == Scatter(pytest.approx(10), pytest.approx(20))


def test_a_rhythm_that_repeats_is_no_scatter_and_needs_three_weeks():
    week = [(1, 50)] * 5 + [(9, 50)] * 2
    assert scatter_of_shares(days_of(*week * 3)) == EVEN
    # Of 700 rows 46 hit, 3.286 a day: ten days off by 2.286 and four by 5.714, each one of fourteen alike.
    share, off = 46 / 700, 10 * (46 / 14 - 1) ** 2 + 4 * (9 - 46 / 14) ** 2
    two = scatter_of_shares(days_of(*week * 2))
    assert two == Scatter(pytest.approx(off / (13 / 14) / (700 * share * (1 - share))), pytest.approx(13))


def test_days_that_differ_as_chance_has_it_are_even_unless_by_half_a_standard_error():
    # Ten days of 100 rows, half of which hit: (2a²)·10/9 over 100/4, known to √((2 + 10/500)/9) = 0.474.
    near, beyond = ([(50 + a, 100), (50 - a, 100)] * 5 for a in (5, 6))
    assert scatter_of_shares(days_of(*near)) == EVEN
    assert scatter_of_shares(days_of(*beyond)) == Scatter(pytest.approx(36 * 10 / 9 / 25), pytest.approx(9))


def test_from_four_weeks_on_bad_days_that_come_together_say_less_than_as_many_that_do_not():
    together, apart = days_of(*([(4, 100)] * 7 + [(10, 100)] * 7) * 6), days_of(*[(4, 100), (10, 100)] * 42)
    window = days_of(*[(4, 100)] * 7)
    assert scatter_of_shares(window, together).phi > 2 * scatter_of_shares(window, apart).phi
    assert scatter_of_shares(together).freedom == math.inf
    assert scatter_of_shares(together[:27]).freedom < 27


def test_what_is_known_of_more_days_is_carried_over_by_the_size_of_the_windows():
    known = days_of(*[(0, 20), (10, 20), (5, 20), (5, 20)] * 6)
    whole = scatter_of_shares(known)
    small = scatter_of_shares(days_of(*[(1, 5)] * 7), known + days_of(*[(0, 0)] * 7))
    assert whole.phi > 1
    assert small.phi == pytest.approx(1 + (whole.phi - 1) * 5 / 20)
    assert scatter_of_shares(days_of(*[(0, 0)] * 7), known) == whole


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=60))
def test_days_never_make_rows_worth_more_nor_less_than_the_days(days):
    rows, squares = sum(day[1] for day in days), sum(day[1] ** 2 for day in days)
    shares, counts = scatter_of_shares(days_of(*days)), scatter_of_counts(days)
    means = scatter([(hits, n, n) for hits, n in days], 4.0)
    assert 1 <= shares.phi <= max(squares / max(rows, 1), 1) * (1 + 1e-9)
    # Days that hang together may say less than their number, never less than one row.
    assert 1 <= scatter_of_shares(days_of(*days), days_of(*days)).phi <= max(rows, 1) * (1 + 1e-9)
    assert min(counts.phi, means.phi) >= 1
    assert all(each.freedom >= 1 for each in (shares, counts, means))


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)).map(sorted), min_size=5, max_size=60), st.integers(2, 9)
)
def test_days_scatter_alike_in_any_order_and_in_any_unit_of_weight(days, unit):
    first = scatter_of_shares(days_of(*days))
    assert scatter_of_shares(days_of(*reversed(days))).phi == pytest.approx(first.phi)
    heavier = scatter_of_shares([(hits * unit, rows * unit, rows * unit**2) for hits, rows in days])
    assert heavier.phi == pytest.approx(first.phi)


def test_few_days_or_no_events_say_nothing_of_scatter():
    assert scatter_of_shares(days_of(*[(10, 10), (0, 10)] * 2)) == EVEN
    assert scatter_of_shares(days_of(*[(10, 10)] * 30)) == EVEN
    assert scatter_of_counts([(0, 10)] * 30) == EVEN
    assert scatter([(10, 1, 1), (90, 1, 1)] * 2, 1.0) == EVEN


def test_a_ratio_on_two_clocks_is_not_called_scattered_because_orders_are():
    quiet, busy = (2, 10), (2, 400)
    assert scatter_of_counts([quiet, busy] * 15) == EVEN


def test_days_that_differ_widen_a_mean():
    # Twenty days of fifty rows, means 10 and 14 about 12: 20/19 · 20 · (50 · 2)² over 1000 rows of variance 100.
    found = scatter([(500, 50, 50), (700, 50, 50)] * 10, 100.0)
    assert found == Scatter(pytest.approx(4000 / 19 / 100), 19)
    assert scatter([(10 * 50, 50, 50)] * 20, 100.0) == EVEN


def test_a_busy_day_counts_for_more_than_one_and_leaves_fewer_that_can_differ():
    even, uneven = days_of(*[(2, 10), (0, 10)] * 13), days_of(*[(2, 10), (0, 10)] * 13, (150, 300))
    assert scatter_of_shares(uneven).freedom < scatter_of_shares(even).freedom


@given(st.floats(0.01, 1e6), st.floats(0, 1e9), st.integers(2, 10_000), SCATTERS)
def test_a_mean_of_what_is_never_negative_has_an_interval_above_zero_that_reaches_farther_up(value, variance, n, found):
    low, high = intervals.mean(value, variance, n, found, positive=True)
    assert 0 <= low <= value * (1 + 1e-9)
    assert value * (1 - 1e-9) <= high
    assert high - value >= (value - low) * (1 - 1e-9) - 1e-9 * value


def test_a_mean_of_25_rows_with_a_long_tail_by_hand():
    # e = 10/√25/10 = 0.2; 24/(1 + 3 · 0.04 · 25) = 6 degrees of freedom, t = 2.447; centre 0.04 · (1.96² + 1)/2.
    low, high = intervals.mean(10.0, 100.0, 25, positive=True)
    assert low == pytest.approx(10 * math.exp(0.09683 - 0.4894), rel=1e-3)
    assert high == pytest.approx(10 * math.exp(0.09683 + 0.4894), rel=1e-3)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=200), SCATTERS)
def test_a_mean_of_stars_stays_between_one_and_five_and_is_never_beyond_doubt(ratings, found):
    mean = sum(ratings) / len(ratings)
    spread = sum((each - mean) ** 2 for each in ratings) / (len(ratings) - 1)
    low, high = intervals.stars(mean, spread, len(ratings), found)
    assert 1 <= low <= mean + 1e-9
    assert mean - 1e-9 <= high <= 5 + 1e-9
    assert high - low > 0


def test_the_level_is_ninety_five():
    assert NormalDist().cdf(intervals.Z) == pytest.approx(0.975)
