from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from stand_ins import Side as Rules
from stand_ins import counts, definition, numbers, result

from shopscore.diagnosis.change import Side, change
from shopscore.diagnosis.changed_by import compared, explained
from shopscore.diagnosis.split import Window, parts
from shopscore.model import Control, SpecialDay, Sums, Words
from shopscore.render.change import sentence

LATE = definition("ratio", "lower")
FIRST = dt.date(2026, 9, 1)
DAYS = 30

windows = st.dictionaries(
    st.sampled_from(["", "a", "b", "c", "rest"]),
    st.builds(Window, st.integers(0, 50).map(float), st.integers(0, 90).map(float), st.just(1.0)),
    min_size=1,
)


def ratio(side):
    return math.fsum(each.above for each in side.values()) / math.fsum(each.below for each in side.values())


def divisible(*sides):
    assume(all(sum(each.below for each in side.values()) for side in sides))


# ── the split ────────────────────────────────────────────────────────────────────────────────────────────────────


@given(windows, windows)
def test_mix_and_rate_add_up_to_the_change_also_where_segments_come_and_go(before, now):
    divisible(before, now)
    split = parts(before, now)
    whole = math.fsum(part.mix + part.rate for part in split.values())
    assert whole == pytest.approx(ratio(now) - ratio(before), abs=1e-9)
    assert set(split) == {*before, *now}


@given(windows, windows)
def test_looked_at_backwards_every_part_changes_its_sign(before, now):
    divisible(before, now)
    there, back = parts(before, now), parts(now, before)
    for name, part in there.items():
        assert back[name].mix == pytest.approx(-part.mix, abs=1e-9)
        assert back[name].rate == pytest.approx(-part.rate, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 40), st.integers(1, 40)), min_size=2, max_size=5))
def test_segments_that_keep_their_value_only_mix(segments):
    before = {str(at): Window(float(value * first), float(first), 1) for at, (value, first, _) in enumerate(segments)}
    now = {str(at): Window(float(value * second), float(second), 1) for at, (value, _, second) in enumerate(segments)}
    assert all(part.rate == pytest.approx(0, abs=1e-9) for part in parts(before, now).values())


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 40)), min_size=2, max_size=5))
def test_segments_that_keep_their_share_only_change_their_value(segments):
    before = {str(at): Window(float(first), float(rows), 1) for at, (first, _, rows) in enumerate(segments)}
    now = {str(at): Window(float(second), 3.0 * rows, 1) for at, (_, second, rows) in enumerate(segments)}
    assert all(part.mix == pytest.approx(0, abs=1e-9) for part in parts(before, now).values())


def test_a_segment_that_is_new_mixes_and_changes_no_value():
    split = parts({"a": Window(5, 100, 100)}, {"a": Window(5, 100, 100), "b": Window(50, 100, 100)})
    assert split["b"].rate == 0
    assert split["a"].rate == 0
    assert split["a"].mix + split["b"].mix == pytest.approx(55 / 200 - 0.05)


def test_nothing_to_divide_by_has_no_parts():
    assert parts({"a": Window(0, 0, 0)}, {"a": Window(1, 2, 2)}) == {}


# ── a change ─────────────────────────────────────────────────────────────────────────────────────────────────────


def side(hits, rows, first=FIRST):
    """A window whose days are as alike as whole numbers allow."""
    days = [counts(hits * (at + 1) // DAYS - hits * at // DAYS, rows // DAYS) for at in range(DAYS)]
    return Side(first, first + dt.timedelta(days=DAYS - 1), counts(hits, rows // DAYS * DAYS), days)


def of(segments, dimension="carrier"):
    return {dimension: {name: counts(*pair) for name, pair in segments.items()}}


def even(hits, rows):
    return [
        counts(hits * (at + 1) // DAYS - hits * at // DAYS, rows * (at + 1) // DAYS - rows * at // DAYS)
        for at in range(DAYS)
    ]


def told(before, now, kind=LATE):
    """The change of two windows given by carrier."""
    sides = tuple(side(*map(sum, zip(*each.values(), strict=True))) for each in (before, now))
    found = change(kind, *sides)
    by = compared(kind, found, sides, of(before), of(now))
    days = {pick: (even(*before.get(pick[1], (0, 0))), even(*now.get(pick[1], (0, 0)))) for pick in by.suspects}
    return explained(kind, found, sides, by, days)


def test_a_carrier_that_got_worse_is_named_with_what_it_did():
    found = told({"a": (60, 1500), "b": (60, 1500)}, {"a": (60, 1500), "b": (240, 1500)})
    assert (found.dimension, found.beyond_chance, found.simpson) == ("carrier", True, False)
    assert found.rate == pytest.approx(0.06)
    assert found.mix == pytest.approx(0)
    assert [each.segment for each in found.segments if each.striking] == ["b"]
    assert "6.0 points because carrier b got worse (4.0% -> 16.0%)" in sentence(late(), found, "en")


def test_more_of_a_slow_carrier_is_mix():
    found = told({"fast": (54, 2700), "slow": (90, 300)}, {"fast": (36, 1800), "slow": (360, 1200)})
    assert found.dimension == "carrier"
    assert found.rate == pytest.approx(0)
    assert found.mix == pytest.approx(found.difference)
    assert "because carrier slow took a larger part (10.0% -> 40.0%)" in sentence(late(), found, "en")


def test_what_several_slow_carriers_did_together_is_told_of_none_alone():
    before = {"fast": (54, 2700), "slow": (45, 150), "slower": (50, 150)}
    two = told(before, {"fast": (36, 1800), "slow": (180, 600), "slower": (200, 600)})
    text = sentence(late(), two, "en")
    assert "because larger parts fell on carrier slower (5.0% -> 20.0%), carrier slow (5.0% -> 20.0%)" in text
    assert "快递「slower」（5.0% → 20.0%），快递「slow」（5.0% → 20.0%）占比上升，共占" in sentence(
        late(), two, "zh-Hans"
    )
    # One that rose by little is not worth naming beside the one that did it.
    one = told(before, {"fast": (36, 1800), "slow": (50, 165), "slower": (345, 1035)})
    assert "because carrier slower took a larger part (5.0% -> 34.5%)" in sentence(late(), one, "en")


def test_what_rows_without_a_name_did_is_told_of_no_named_segment():
    # Nobody answered these questions, so that they have no agent: more of them are no smaller part of an agent's.
    found = told({"": (60, 60), "a": (29, 1470), "b": (29, 1470)}, {"": (180, 180), "a": (28, 1410), "b": (28, 1410)})
    assert (found.beyond_chance, found.dimension) == (True, None)
    both = told(
        {"": (60, 60), "fast": (20, 2640), "slow": (90, 300)}, {"": (180, 180), "fast": (13, 1620), "slow": (360, 1200)}
    )
    text = sentence(late(), both, "en")
    assert both.mix + both.rate == pytest.approx(both.difference)
    assert "9.2 points because carrier slow took a larger part (10.0% -> 40.0%)" in text
    assert text.endswith("3.5 points elsewhere")


def test_more_than_two_are_counted():
    slow, fast = ("a", "b", "c", "d"), [f"fast{n}" for n in range(8)]
    before = {**dict.fromkeys(fast, (6, 300)), **dict.fromkeys(slow, (45, 150))}
    found = told(before, {**dict.fromkeys(fast, (3, 150)), **dict.fromkeys(slow, (135, 450))})
    assert "carrier a (5.0% -> 15.0%), carrier b (5.0% -> 15.0%), 2 more" in sentence(late(), found, "en")


def test_every_carrier_better_and_the_shop_worse_is_said():
    found = told({"fast": (81, 2700), "slow": (105, 300)}, {"fast": (36, 1800), "slow": (360, 1200)})
    assert found.simpson
    assert found.difference > 0 > found.rate
    text = sentence(late(), found, "en")
    assert "every larger carrier got better, and the shop worse all the same" in text
    assert "all else took" in text
    assert "单独看都变好了，全店却变差" in sentence(late(), found, "zh-Hans")


def test_what_got_worse_alike_everywhere_is_explained_by_nothing():
    found = told({"a": (60, 1500), "b": (60, 1500)}, {"a": (150, 1500), "b": (150, 1500)})
    assert found.beyond_chance
    assert found.dimension is None
    assert "no single carrier" in sentence(late(), found, "en")


def test_a_promotion_in_one_window_only_is_said():
    found = told({"a": (60, 1500), "b": (60, 1500)}, {"a": (150, 1500), "b": (150, 1500)})
    sale = SpecialDay("double_11", Words("11.11", "双 11"), promotion=True)
    unlike = replace(late(), control=Control(0.04, (), (), None, 20, (sale,)))
    assert "(4.0% -> 10.0%), 11.11 in one of the two only:" in sentence(unlike, found, "en")
    assert "只有其中一期含双 11" in sentence(unlike, found, "zh-Hans")
    assert "11.11" not in sentence(late(), found, "en")


def test_a_difference_within_chance_is_not_explained():
    found = told({"a": (60, 1500), "b": (60, 1500)}, {"a": (60, 1500), "b": (75, 1500)})
    assert not found.beyond_chance
    assert (found.dimension, found.segments) == (None, ())
    assert "within chance" in sentence(late(), found, "en")


def test_segments_too_small_to_be_named_are_told_together():
    small = {f"s{at}": (0, 2) for at in range(15)}
    found = told({"a": (60, 1500), "b": (60, 1470), **small}, {"a": (60, 1500), "b": (300, 1470), **small})
    assert {each.segment for each in found.segments} == {"a", "b", "rest"}
    assert math.fsum(each.mix for each in found.segments) == pytest.approx(found.mix)
    assert math.fsum(each.rate for each in found.segments) == pytest.approx(found.rate)


def test_a_segment_of_few_buyers_is_told_with_the_rest():
    before, now = {"a": (60, 1500), "b": (60, 1500)}, {"a": (60, 1500), "b": (300, 1500)}
    sides = side(120, 3000), side(360, 3000, first=FIRST + dt.timedelta(days=DAYS))
    found = change(LATE, *sides)
    plain = compared(LATE, found, sides, of(before), of(now))
    hidden = compared(LATE, found, sides, of(before), of(now), {("carrier", "b"), ("hour", "a")})
    assert {*plain.splits["carrier"]} == {"a", "b"}
    assert plain.suspects == (("carrier", "b"),)
    assert {*hidden.splits["carrier"]} == {"a", "rest"}
    assert hidden.suspects == ()


def test_rows_that_lost_their_name_are_no_explanation():
    found = told({"a": (60, 1500), "b": (60, 1500)}, {"a": (60, 900), "": (240, 2100)})
    assert found.dimension is None


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(40, 900)), min_size=2, max_size=5),
    st.lists(st.tuples(st.integers(0, 40), st.integers(40, 900)), min_size=2, max_size=5),
)
def test_what_is_told_adds_up(first, second):
    names = "abcde"
    found = told(dict(zip(names, first, strict=False)), dict(zip(names, second, strict=False)))
    if found.dimension is not None:
        assert found.mix + found.rate == pytest.approx(found.difference)
        assert math.fsum(each.mix for each in found.segments) == pytest.approx(found.mix)
        assert math.fsum(each.rate for each in found.segments) == pytest.approx(found.rate)
        assert math.fsum(each.share[1] for each in found.segments) == pytest.approx(1)
    assert found.interval[0] <= found.difference <= found.interval[1]


def test_a_capped_ratio_splits_what_is_left_of_the_change():
    capped = definition("ratio_of", "lower", cap=0.2, unit="rate")
    found = told({"a": (60, 1500), "b": (60, 1500)}, {"a": (60, 1500), "b": (1500, 1500)}, capped)
    assert found.difference == pytest.approx(0.2 - 0.04)
    assert found.mix + found.rate == pytest.approx(found.difference)


def test_weighted_rows_are_split_by_weight():
    heavy = definition("ratio", "lower", sides={"": Rules(weight_by="buyer_weight")})
    light = Sums(rows=1500, hits=60, w=150_000, w2=15_000_000, wh=6000)
    sides = side(120, 3000), side(300, 3000)
    three = Sums(rows=1500, hits=240, w=450_000, w2=135_000_000, wh=72_000)
    before, now = ({"carrier": {"a": light, "b": each}} for each in (replace(three, hits=60, wh=18_000), three))
    wholes = [
        replace(of_days, sums=Sums(3000, each.hits + 60, w=600_000, w2=150_000_000, wh=each.wh + 6000))
        for of_days, each in zip(sides, (before["carrier"]["b"], three), strict=True)
    ]
    found = change(heavy, *wholes)
    by = compared(heavy, found, tuple(wholes), before, now)
    assert math.fsum(each.rate for each in by.splits["carrier"].values()) == pytest.approx(0.75 * (0.16 - 0.04))
    assert found.difference == pytest.approx(0.75 * (0.16 - 0.04))


def test_a_mean_is_split_too():
    mean = definition("mean", "lower", unit="hours")
    quick, slow = numbers([3600, 7200] * 400), numbers([36_000, 72_000] * 100)
    later = numbers([36_000, 72_000] * 400)
    days = [numbers([3600, 7200])] * DAYS

    def whole(*some):
        names = ("rows", "w", "w2", "x", "x2", "wx")
        return Side(FIRST, FIRST, Sums(**{name: sum(getattr(each, name) for each in some) for name in names}), days)

    sides = whole(quick, slow), whole(quick, later)
    found = change(mean, *sides)
    by = compared(mean, found, sides, {"carrier": {"a": quick, "b": slow}}, {"carrier": {"a": quick, "b": later}})
    split = by.splits["carrier"]
    assert math.fsum(part.mix for part in split.values()) == pytest.approx(found.difference)
    assert all(part.rate == pytest.approx(0) for part in split.values())


def test_too_few_rows_or_no_value_are_not_compared():
    few = definition("ratio", "lower", minimum=50)
    assert change(few, side(1, 30), side(5, 300)) is None
    assert change(LATE, side(0, 0), side(5, 300)) is None


def test_counts_differ_by_chance_too():
    count = definition("count", "lower", unit="count")
    fewer, more = side(0, 30), side(0, 300)
    found = change(count, fewer, more)
    assert (found.difference, found.beyond_chance) == (270, True)
    assert not change(count, side(0, 30), side(0, 60 - 30)).beyond_chance


def late():
    return result(better="lower", unit="rate")
