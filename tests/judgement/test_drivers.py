from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import counts, definition, numbers

from shopscore.diagnosis.chance import benjamini_hochberg, binomial_tail, fisher_tail, welch_tail, widened
from shopscore.diagnosis.drivers import drivers
from shopscore.diagnosis.excess import excess_interval
from shopscore.model import Sums


def whole(parts) -> Sums:
    """The shop as the sum of its segments."""
    total = {name: sum(getattr(part, name) for part in parts) for name in ("rows", "hits", "x", "x2", "w", "w2", "wh")}
    return Sums(**total, values=tuple(pair for part in parts for pair in part.values))


def found(given_, segments, goal=None, dimension="carrier", phi=1.0):
    parts = list(segments.values())
    return drivers(given_, whole(parts), {dimension: segments}, goal, phi)


# ── tails ────────────────────────────────────────────────────────────────────────────────────────────────────────


def hypergeometric(bad, rows, total_bad, total_rows):
    ways = math.comb(total_rows, rows)
    return (
        sum(
            math.comb(total_bad, k) * math.comb(total_rows - total_bad, rows - k)
            for k in range(bad, min(rows, total_bad) + 1)
        )
        / ways
    )


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_fishers_tail_is_the_hypergeometric_sum(rows, others, data):
    total = rows + others
    total_bad = data.draw(st.integers(0, total))
    bad = data.draw(st.integers(max(0, total_bad - others), min(rows, total_bad)))
    tail = fisher_tail(bad, rows, total_bad, total)
    if bad * total <= rows * total_bad:
        assert tail == 1
    else:
        assert tail == pytest.approx(hypergeometric(bad, rows, total_bad, total), rel=1e-9)


def test_fishers_tea_lady():
    assert fisher_tail(4, 4, 4, 8) == pytest.approx(1 / 70)
    assert fisher_tail(3, 4, 4, 8) == pytest.approx(17 / 70)


@given(st.integers(1, 80), st.floats(0.01, 0.99), st.data())
def test_the_binomial_tail_is_its_sum(draws, share, data):
    hits = data.draw(st.integers(0, draws))
    exact = sum(math.comb(draws, k) * share**k * (1 - share) ** (draws - k) for k in range(hits, draws + 1))
    tail = binomial_tail(hits, draws, share)
    assert tail == (1 if hits <= draws * share else pytest.approx(exact, rel=1e-9))


def test_tails_of_large_shops_are_quick_and_small():
    assert fisher_tail(60_000, 100_000, 100_000, 1_000_000) < 1e-250
    assert 1e-6 < fisher_tail(10_300, 100_000, 100_000, 1_000_000) < 1e-2


@pytest.mark.parametrize(
    ("t", "rows", "chance"), [(2.132, 5, 0.05), (1.833, 10, 0.05), (2.821, 10, 0.01), (1.96, 10**6, 0.025)]
)
def test_welchs_tail_agrees_with_students_table(t, rows, chance):
    # The other side has so many rows that only this side's spread is left: n - 1 degrees of freedom.
    tail = welch_tail(t / math.sqrt(rows), (1.0, rows), (1.0, 10**12))
    assert tail == pytest.approx(chance, rel=0.03)


def test_benjamini_and_hochbergs_own_example():
    # The fifteen p-values of their 1995 paper, §3.2: four are kept at 0.05.
    values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
              0.7590, 1.0]  # fmt: skip
    assert benjamini_hochberg(values, 0.05) == [True] * 4 + [False] * 11
    assert benjamini_hochberg([], 0.05) == []


@given(st.floats(1e-200, 0.4), st.floats(1, 30))
def test_clustered_days_make_every_chance_larger(chance, phi):
    assert widened(chance, phi) >= chance * (1 - 1e-9)


# ── planted ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_carrier_that_is_late_is_named_with_its_excess():
    segments = {"slow": counts(60, 100), "one": counts(475, 500), "two": counts(380, 400)}
    (driver,) = found(definition(), segments, 0.97)
    assert (driver.dimension, driver.segment, driver.numerator, driver.denominator) == ("carrier", "slow", 60, 100)
    # The rest misses 45 of 900, so 5 were to be expected of 100.
    assert driver.excess == pytest.approx(35)
    assert driver.share == pytest.approx(35 / 85)


def test_lower_is_better_counts_hits_as_bad():
    segments = {"broken": counts(30, 100), "one": counts(9, 900)}
    (driver,) = found(definition(better="lower"), segments, 0.02)
    assert driver.segment == "broken"
    assert driver.excess == pytest.approx(29)


def test_a_refund_rate_names_the_product_with_more_refunds_than_its_orders_explain():
    segments = {"p1": counts(40, 100), "p2": counts(45, 900), "p3": counts(50, 1000)}
    (driver,) = found(definition("ratio_of", "lower"), segments, 0.05, "product_id")
    assert driver.segment == "p1"
    assert driver.excess == pytest.approx(40 - 5)


def test_a_ratio_of_counts_that_should_be_high_names_who_lacks():
    segments = {"late": counts(40, 100), "one": counts(855, 900)}
    (driver,) = found(definition("ratio_of", "higher"), segments, 0.95)
    assert driver.segment == "late"
    assert driver.excess == pytest.approx(95 - 40)


def test_a_slow_agent_is_named_in_units():
    luck = random.Random(1)  # noqa: S311
    slow = numbers([luck.randint(200, 400) for _ in range(40)])
    rest = numbers([luck.randint(10, 90) for _ in range(400)])
    (driver,) = found(definition("mean", "lower", unit="seconds"), {"A7": slow, "A1": rest}, 60.0, "agent_id")
    assert driver.segment == "A7"
    assert driver.excess == pytest.approx(slow.x - 40 * rest.x / 400)
    assert driver.share == pytest.approx(driver.excess / (slow.x + rest.x))


def test_low_stars_are_named_where_higher_is_better():
    luck = random.Random(2)  # noqa: S311
    bad = numbers([luck.choice((100, 300, 500)) for _ in range(60)])
    good = numbers([luck.choice((400, 500, 500)) for _ in range(600)])
    (driver,) = found(definition("mean", unit="stars"), {"p": bad, "q": good}, 4.8, "product_id")
    assert driver.segment == "p"
    assert driver.excess > 0


def test_a_quantile_names_whose_values_are_worse_by_their_mean():
    slow, fast = numbers([9000] * 40 + [60] * 10), numbers([60] * 480 + [9000] * 20)
    (driver,) = found(definition("quantile", "lower", unit="hours", quantile=0.9), {"s": slow, "f": fast}, 1.0)
    assert (driver.segment, driver.numerator, driver.denominator) == ("s", slow.x / 3600, 50)
    assert driver.excess == pytest.approx((slow.x - 50 * fast.x / 500) / 3600)


def test_reasons_are_told_against_an_even_split():
    segments = {"quality": counts(60, 0), "price": counts(10, 0), "late": counts(20, 0), "": counts(9, 0)}
    given_ = definition("ratio_of", "lower")
    (driver,) = drivers(given_, counts(99, 1000), {"reason_class": segments}, 0.05)
    assert (driver.segment, driver.numerator, driver.denominator) == ("quality", 60, 90)
    assert driver.excess == pytest.approx(30)
    # That is where they lie; of a carrier's orders it is known how many there were.
    orders = {"slow": counts(60, 500), "fast": counts(39, 500)}
    assert driver.even
    assert [each.even for each in drivers(given_, counts(99, 1000), {"carrier": orders}, 0.05)] == [False]
    counted = {name: Sums(rows=rows) for name, rows in (("slow", 136), ("fast", 90), ("third", 87))}
    (driver,) = drivers(definition("count", "lower", unit="count"), Sums(rows=313), {"carrier": counted}, 200.0)
    assert (driver.segment, driver.even) == ("slow", True)


def test_the_larger_excess_comes_first():
    segments = {"bad": counts(20, 100), "worse": counts(100, 400), "one": counts(4900, 5000)}
    assert [driver.segment for driver in found(definition(), segments, 0.97)] == ["worse", "bad"]


# ── decoys ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_three_of_four_bad_by_chance_is_not_named():
    segments = {f"p{n}": counts(45, 50) for n in range(30)} | {"few": counts(1, 4)}
    assert found(definition(), segments, 0.95, "product_id") == ()


def test_big_volume_at_the_common_rate_is_not_named():
    segments = {"big": counts(8100, 9000), "small": counts(90, 100), "other": counts(45, 50)}
    assert found(definition(), segments, 0.97) == ()


def test_blank_and_rest_are_counted_and_never_named():
    segments = {"": counts(10, 100), None: counts(5, 50), "rest": counts(10, 100), "one": counts(950, 1000)}
    assert found(definition(), segments, 0.97) == ()


def test_an_excess_below_two_events_or_a_tenth_of_the_gap_is_not_named():
    one = {"p": counts(3, 5), "q": counts(100_000, 100_000)}
    assert len(found(definition(), one, 0.999)) == 1
    assert found(definition(), {"p": counts(4, 5), "q": counts(100_000, 100_000)}, 0.999) == ()


def test_a_segment_of_fewer_than_five_rows_is_not_named():
    assert found(definition(), {"p": counts(0, 4), "q": counts(100_000, 100_000)}, 0.999) == ()


@given(st.integers(5, 400), st.integers(5, 4000), st.data(), st.floats(1, 9))
def test_an_interval_holds_its_excess_and_grows_with_the_scatter_of_days(rows, others, data, phi):
    here = counts(data.draw(st.integers(0, rows)), rows)
    there = counts(data.draw(st.integers(0, others)), others)
    excess = (rows - here.hits) - rows * (others - there.hits) / others
    low, high = excess_interval(definition(), here, there, 1)
    wide = excess_interval(definition(), here, there, phi)
    room = 1e-6 * rows
    assert low - room <= excess <= high + room
    assert wide[0] <= low + room
    assert wide[1] >= high - room


def test_an_excess_without_rows_beside_it_has_no_interval():
    assert excess_interval(definition(), counts(1, 10), counts(0, 0), 1) is None
    flood = {"few": counts(0, 5), "one": counts(9_500, 10_000)}
    assert found(definition(), flood, 0.99) == ()


def test_a_single_segment_has_nothing_to_be_compared_with():
    assert found(definition(), {"only": counts(1, 100)}, 0.97) == ()
    assert drivers(definition("ratio_of", "lower"), counts(9, 100), {"reason": {"a": counts(9, 0)}}, 0.01) == ()


def test_scattered_days_take_the_name_back():
    segments = {"maybe": counts(80, 100), "one": counts(900, 1000)}
    assert len(found(definition(), segments, 0.97)) == 1
    assert found(definition(), segments, 0.97, phi=10.0) == ()


def test_a_composite_has_no_segments_of_its_own():
    assert found(definition("composite"), {"a": counts(1, 100), "b": counts(99, 100)}, 4.5) == ()


def test_an_empty_window_has_no_drivers():
    assert drivers(definition(), Sums(), {"carrier": {"a": Sums()}, "hour": {}}, 0.9) == ()


@pytest.mark.parametrize("kind", ["ratio", "ratio_of", "mean"])
def test_equal_segments_are_seldom_named(kind):
    luck = random.Random(20261123)  # noqa: S311
    named = 0
    for _ in range(200):
        sizes = [luck.randint(3, 120) for _ in range(12)]
        if kind == "mean":
            segments = {
                f"s{n}": numbers([int(luck.lognormvariate(5, 1)) for _ in range(size)]) for n, size in enumerate(sizes)
            }
        else:
            segments = {
                f"s{n}": counts(sum(luck.random() < 0.2 for _ in range(size)), size) for n, size in enumerate(sizes)
            }
        named += bool(found(definition(kind, "lower", unit="seconds" if kind == "mean" else "rate"), segments))
    assert named / 200 < 0.10


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_drivers_are_few_sorted_and_true_to_their_segments(drawn):
    segments = {name: counts(min(pair), max(pair)) for name, pair in drawn.items()}
    named = found(definition(), segments)
    assert [-driver.excess for driver in named] == sorted(-driver.excess for driver in named)
    for driver in named:
        assert (driver.numerator, driver.denominator) == (segments[driver.segment].hits, segments[driver.segment].rows)
        assert driver.excess >= 2
        assert 0 < driver.share <= 1


@given(st.permutations(["a", "b", "c", "d"]))
def test_order_of_segments_changes_nothing(names):
    sizes = {"a": counts(50, 100), "b": counts(90, 100), "c": counts(50, 100), "d": counts(300, 310)}
    assert found(definition(), {name: sizes[name] for name in names}) == found(definition(), sizes)
