"""Which clock first: what is worth most, then what runs out first; and what a list says of old data."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore.diagnosis.due import by_deadline, by_worth, expected, likelihood
from shopscore.model import Breach, Due, Words

NOW = dt.datetime(2026, 11, 23, 10)
WORDS = Words("Ship", "发货")

breaches = st.builds(
    Breach,
    metric=st.sampled_from(["demo.a", "demo.b"]),
    title=st.just(WORDS),
    crosses=st.booleans(),
    points=st.none() | st.sampled_from([0.0, 0.5, 1.0]),
    money=st.none() | st.sampled_from([0.0, 3.0, 30.0]),
)
clocks = st.builds(
    Due,
    clock=st.sampled_from(["demo.ship", "demo.reply"]),
    subject=st.sampled_from("abcdef"),
    deadline=st.integers(0, 5).map(lambda hours: NOW + dt.timedelta(hours=hours)),
    hours_left=st.just(1.0),
    title=st.just(WORDS),
    holder=st.just("seller"),
    todo=st.just(WORDS),
    since=st.just(NOW),
    seen=st.just(NOW),
    chance=st.none() | st.sampled_from([0.0, 0.25, 0.5, 1.0]),
    usual=st.none() | st.sampled_from([0.1, 0.9]),
    weight=st.sampled_from([1.0, 2.0]),
    breaches=st.lists(breaches, max_size=2).map(tuple),
    first=st.none() | st.just(WORDS),
)
several = st.lists(clocks, max_size=8, unique_by=lambda each: (each.deadline, each.clock, each.subject))


@given(several, st.randoms())
def test_the_order_of_rows_changes_nothing(found, random):
    shuffled = random.sample(found, len(found))
    assert by_worth(shuffled) == by_worth(found)
    assert by_deadline(shuffled) == by_deadline(found)
    assert sorted(by_worth(found), key=id) == sorted(found, key=id)


@given(several)
def test_what_is_expected_to_cost_more_comes_first_and_equals_go_by_deadline(found):
    ordered = by_worth(found)
    for one, other in itertools.pairwise(ordered):
        assert expected(one) >= expected(other)
        if expected(one) == expected(other):
            places = [(each.deadline, each.clock, each.subject) for each in (one, other)]
            assert places == sorted(places)


@given(clocks, st.sampled_from([0.6, 0.8, 1.0]))
def test_a_likelier_miss_is_never_worth_less(one, more):
    assert expected(replace(one, chance=more)) >= expected(replace(one, chance=min(one.chance or 0.0, more)))


@given(
    st.integers(0, 10),
    st.tuples(*[st.floats(-0.0499, 0.0499)] * 2),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.tuples(*[st.floats(0, 30).map(lambda money: round(money, 2))] * 2),
    st.booleans(),
)
def test_where_chances_are_alike_money_decides_whatever_points_and_targets_are_at_stake(
    tenths, off, points, money, crosses
):
    one, other = (
        Due("demo.ship", subject, NOW, 1.0, WORDS, "seller", WORDS, NOW, NOW, chance=min(max(tenths / 10 + by, 0), 1))
        for subject, by in zip("ab", off, strict=True)
    )
    breach = Breach("demo.a", WORDS, points=points, crosses=crosses)
    one, other = (
        replace(each, breaches=(replace(breach, money=amount),))
        for each, amount in zip((one, other), money, strict=True)
    )
    dearer = [round(likelihood(each) * each.breaches[0].money, 2) for each in (one, other)]
    if dearer[0] != dearer[1]:
        assert by_worth([one, other])[0] == (one if dearer[0] > dearer[1] else other)


def test_a_hair_of_chance_does_not_lift_three_yuan_above_six():
    breach = Breach("demo.a", WORDS, points=0.5, money=3.0)
    cheap = Due("demo.ship", "a", NOW, 1.0, WORDS, "seller", WORDS, NOW, NOW, chance=0.9987, breaches=(breach,))
    dear = replace(cheap, subject="b", chance=0.9985, breaches=(replace(breach, money=6.58),))
    assert by_worth([cheap, dear]) == (dear, cheap)
    # What is much likelier to be lost comes first all the same: half a point weighs more than any money.
    assert by_worth([cheap, replace(dear, chance=0.6)])[0] == cheap


@given(clocks)
def test_the_buyers_weight_decides_among_equals(one):
    heavy, light = replace(one, subject="z", weight=2.0), replace(one, subject="a", weight=1.0)
    first = by_worth([light, heavy])[0]
    counts = bool(one.breaches) and likelihood(one) > 0
    assert first == (heavy if counts else light)


@given(clocks, clocks)
def test_who_comes_first_does_so_where_no_points_money_or_targets_speak_against(one, other):
    b_level, plain = replace(one, first=WORDS), replace(other, first=None)
    if expected(b_level)[:3] == expected(plain)[:3]:
        assert by_worth([plain, b_level])[0] == b_level


def test_unknown_chances_are_the_usual_share_else_certain():
    due = Due("demo.ship", "a", NOW, 1.0, WORDS, "seller", WORDS, NOW, NOW)
    assert likelihood(due) == 1.0
    assert likelihood(replace(due, usual=0.2)) == 0.2
    assert likelihood(replace(due, usual=0.2, chance=0.7)) == 0.7
