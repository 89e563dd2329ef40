from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.flow import flow_stages, held, length, ordered, share_interval
from shopscore.ledger.case_time import StageTime
from shopscore.model import Stage

SECONDS = st.lists(st.integers(0, 10**6), max_size=30)
VISITS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from(["applied", "agreed", "returned"]),
        st.sampled_from([("seller",), ("buyer",), ("buyer", "seller")]),
        st.integers(1, 10**6),
    ),
    min_size=1,
)


def told(visits):
    """Visits of cases (case, state, holders, seconds) as the rows tell them, and the cases with their squares."""
    whole, stages = {}, {}
    for case, state, holders, seconds in visits:
        whole[case] = whole.get(case, 0) + seconds
        stages.setdefault((state, holders), {}).setdefault(case, []).append(seconds)
    times = [
        StageTime(
            (state,),
            holders,
            len(cases),
            sum(map(sum, cases.values())),
            float(sum(sum(each) ** 2 for each in cases.values())),
            float(sum(sum(each) * whole[case] for case, each in cases.items())),
            tuple(sorted(seconds for each in cases.values() for seconds in each)),
            (),
        )
        for (state, holders), cases in stages.items()
    ]
    return times, len(whole), float(sum(each**2 for each in whole.values()))


@given(VISITS, st.randoms())
def test_shares_add_up_to_one_whoever_holds_the_clock_and_in_any_order(visits, luck):
    times, cases, squares = told(visits)
    found = flow_stages(times, cases, squares)
    holders, unsplit = held(found)
    assert math.fsum(stage.share for stage in found) == pytest.approx(1)
    assert math.fsum(share for _, share in holders) + unsplit == pytest.approx(1)
    luck.shuffle(times)
    assert flow_stages(times, cases, squares) == found


@given(VISITS)
def test_an_interval_holds_its_share_and_few_cases_have_none(visits):
    for stage in flow_stages(*told(visits)):
        assert (stage.interval is None) == (stage.cases < 5)
        if stage.interval is not None:
            assert 0 <= stage.interval[0] <= stage.share <= stage.interval[1] <= 1


def test_one_case_says_nothing_of_a_share():
    assert share_interval(0.4, (1.0, 1.0, 1.0), 10.0, 1) == (0.0, 1.0)


def test_a_share_that_every_case_has_alike_is_known_exactly():
    whole = [3, 5, 9, 4, 6, 7]
    part = [2 * each / 3 for each in whole]
    sums = (sum(y * y for y in part), sum(y * x for y, x in zip(part, whole, strict=True)), sum(x * x for x in whole))
    low, high = share_interval(2 / 3, sums, sum(whole), 6)
    assert low == pytest.approx(2 / 3, abs=1e-6)
    assert high == pytest.approx(2 / 3, abs=1e-6)


# ── how long a stay takes ────────────────────────────────────────────────────────────────────────────────────────


@given(SECONDS.filter(bool))
def test_without_open_ones_the_median_is_the_nearest_rank(ended):
    assert length(ended, []).median == sorted(ended)[math.ceil(len(ended) / 2) - 1]
    assert length(ended, []).p90 == sorted(ended)[math.ceil(0.9 * len(ended) - 1e-9) - 1]


@given(SECONDS, SECONDS)
def test_what_goes_on_never_makes_a_stage_look_quicker_than_if_it_ended_now(ended, running):
    open_still, over = length(ended, running), length([*ended, *running], [])
    if open_still.median is not None:
        assert open_still.median >= over.median
    if open_still.p90 is not None:
        assert open_still.p90 >= over.p90


@given(SECONDS, SECONDS, st.randoms())
def test_lengths_do_not_depend_on_the_order(ended, running, luck):
    found = length(ended, running)
    luck.shuffle(ended)
    luck.shuffle(running)
    assert length(ended, running) == found


@given(SECONDS, SECONDS)
def test_the_interval_of_a_median_holds_it(ended, running):
    found = length(ended, running)
    if found.interval is not None:
        low, high = found.interval
        assert low <= (found.median if found.median is not None else math.inf)
        assert high is None or found.median is not None
        assert high is None or found.median <= high


def test_where_half_go_on_no_median_is_made_up():
    assert length([10, 20], [30, 30, 30]) == (None, None, (10, None))
    assert length([], [30] * 9).median is None


def test_hops_are_told_longest_first_and_equal_ones_by_name():
    hops = [Stage("b", "c", None, 1, 5, 5, 5), Stage("a", "c", "x", 1, 5, 5, 5), Stage("z", "c", None, 1, 9, 9, 9)]
    assert [hop.from_state for hop in ordered(hops)] == ["z", "a", "b"]
    assert ordered(hops[::-1]) == ordered(hops)
