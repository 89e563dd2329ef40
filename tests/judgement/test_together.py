from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from stand_ins import WORDS

from shopscore.model import Outcome, Taken
from shopscore.worth.together import Gap, fewest, together

FLAGS = [flags for flags in product((False, True), repeat=3) if any(flags)]
SHARED = st.dictionaries(st.sampled_from(FLAGS), st.integers(1, 6), min_size=1, max_size=7)
NOTHING = Outcome(None, None, ())


def gaps_of(shared, wanted):
    bad = [sum(count for flags, count in shared.items() if flags[at]) for at in range(3)]
    return [Gap(f"m{at}", min(each, bad[at])) for at, each in enumerate(wanted)]


def by_trying(gaps, shared):
    kinds = sorted(shared.items())
    return min(
        sum(used)
        for used in product(*(range(count + 1) for _, count in kinds))
        if all(
            sum(many for (flags, _), many in zip(kinds, used, strict=True) if flags[at]) >= (gap.fixes or 0)
            for at, gap in enumerate(gaps)
        )
    )


@given(SHARED, st.tuples(*[st.integers(0, 12)] * 3))
def test_the_whole_is_no_more_than_its_parts_and_no_less_than_the_largest(shared, wanted):
    gaps = gaps_of(shared, wanted)
    whole, parts = fewest(gaps, range(3), shared), [gap.fixes for gap in gaps]
    assert max(parts) <= whole <= sum(parts)
    assert fewest(gaps, [0, 1], shared) <= whole + max(parts)
    assert fewest(gaps, [2, 0, 1], shared) == whole


@given(SHARED, st.tuples(*[st.integers(0, 5)] * 3))
def test_it_is_the_least_there_is_or_one_more(shared, wanted):
    gaps = gaps_of({flags: min(count, 3) for flags, count in shared.items()}, wanted)
    stock = {flags: min(count, 3) for flags, count in shared.items()}
    least = by_trying(gaps, stock)
    assert least <= fewest(gaps, range(3), stock) <= least + 1


def test_orders_that_are_late_in_three_metrics_are_counted_once():
    gaps = [Gap("24h", 451), Gap("48h", 194), Gap("promised", 120)]
    shared = {(True, True, True): 180, (True, True, False): 40, (True, False, False): 306}
    assert fewest(gaps, range(3), shared) == 451
    found = together(gaps, shared, lambda _: NOTHING, {})
    assert found.taken == found.sharing == Taken(("24h", "48h", "promised"), 451, 765)
    assert [(step.metric, step.events) for step in found.steps] == [("promised", 120), ("48h", 74), ("24h", 257)]
    assert not any(step.needed for step in found.steps)


def test_gaps_without_shared_events_add_up():
    gaps = [Gap("a", 5), Gap("b", 7)]
    assert fewest(gaps, range(2), {(True, False): 9, (False, True): 9}) == 12
    assert fewest(gaps, range(2), {}) == 12


def score_of(needed, top=4.5, below=4.0):
    """A platform that gives its next step, and opens a gate, only where all of some metrics are at their targets."""

    def outcome(done):
        reached = needed <= done
        return Outcome(top if reached else below, str(top if reached else below), ("weak",) if reached else ())

    return outcome


def test_a_step_that_needs_two_of_three_names_the_two_and_each_is_needed():
    gaps = [Gap("a", 5), Gap("b", 7), Gap("c", 1)]
    found = together(gaps, {}, score_of({"a", "c"}), {"weak": (WORDS, WORDS)})
    assert [step.metric for step in found.steps] == ["c", "a"]
    assert [step.needed for step in found.steps] == [True, True]
    assert [step.after.score for step in found.steps] == [4.0, 4.5]
    assert (found.before.score, found.after.score, found.taken.events) == (4.0, 4.5, 6)
    assert found.sharing is None
    assert found.gates == ((WORDS, WORDS),)


def test_one_gap_that_does_it_alone_needs_no_plan():
    assert together([Gap("a", 5), Gap("b", 7)], {}, score_of({"b"}), {}) is None
    assert together([Gap("a", 5)], {}, score_of({"a"}), {}) is None


def test_what_changes_the_outcome_at_once_comes_first():
    def outcome(done):
        return Outcome(None, None, tuple(name for name in ("a", "b", "c") if name in done))

    gaps = [Gap("a", 50), Gap("b", None), Gap("c", 2)]
    found = together(gaps, {}, outcome, {})
    assert [step.metric for step in found.steps] == ["b", "c", "a"]
    assert found.taken == Taken(("a", "c"), 52, 52)
    assert [step.events for step in found.steps] == [None, 2, 50]


def test_gaps_that_cannot_be_counted_are_not_summed():
    found = together([Gap("a", None), Gap("b", None)], {}, score_of({"a", "b"}), {})
    assert (found.taken, found.sharing) == (None, None)


def test_gaps_that_share_nothing_and_change_nothing_are_not_told_together():
    gaps = [Gap("a", 5), Gap("b", 7), Gap("c", None)]
    assert together(gaps, {(True, False, True): 9, (False, True, False): 9}, lambda _: NOTHING, {}) is None


@given(SHARED, st.tuples(*[st.integers(0, 9)] * 3), st.sets(st.sampled_from(["m0", "m1", "m2"]), min_size=1))
def test_the_set_named_is_enough_and_none_of_it_is_idle(shared, wanted, needed):
    found = together(gaps_of(shared, wanted), shared, score_of(needed), {})
    if found is None or found.before == found.after:
        return
    assert {step.metric for step in found.steps} == needed
    assert all(step.needed for step in found.steps)
    assert sum(step.events for step in found.steps) == found.taken.events <= found.taken.apart
