"""The claims of ``docs/evidence.md``, on fewer shops than its tables."""

from __future__ import annotations

import pytest
from evidence import causes, changes, clocks, intervals, waiting


def test_a_date_on_which_bad_days_have_left_is_better_than_a_plain_guess():
    ours, naive = waiting.again(60)
    assert ours.close > 0.85
    assert ours.off < naive.off / 4
    assert ours.dated > 0.6 * ours.reports


def test_a_budget_that_runs_out_is_said_where_it_is_likelier_than_always():
    said, base = waiting.turns(60)
    assert said.true > 1.3 * base.true
    assert said.reports > 30


SURE = [plan for plan in causes.PLANS if plan.name not in causes.HARD]


def test_what_is_named_because_it_looks_large_is_not_told_too_large():
    told, counted = [], []
    for plan in (each for each in causes.PLANS if each.name == "one product of 5 %, 10 points"):
        found = causes.found_of(plan, 100)
        told.append(found.told)
        counted.append(found.counted)
    assert abs(sum(told) / len(told) - 1) < 0.12
    assert sum(counted) / len(counted) > sum(told) / len(told) + 0.05


def test_a_small_cause_is_found_nearly_as_often_as_by_who_knows_all_but_its_name():
    (plan,) = [each for each in causes.PLANS if each.name == "one product of 5 %, 10 points"]
    ours, most = causes.found_of(plan, 30).first, causes.possible(plan, 40)
    assert 0.7 < ours < most + 0.1
    assert most < 1


def test_a_segment_that_looks_bad_by_its_mix_only_is_not_named():
    for plan in (each for each in causes.PLANS if each.decoy):
        found = causes.found_of(plan, 4)
        assert (found.first, found.decoy) == (1, 0), plan.name


def test_planted_causes_are_named_first_and_innocent_ones_are_not():
    held = []
    for found in [causes.found_of(plan, 4) for plan in SURE]:
        assert found.first == (0 if found.plan.startswith("nothing") else 1), found.plan
        assert found.all_of == 1, found.plan
        assert found.innocent <= 0.25, found.plan
        held += [found.held] if found.held is not None else []
    assert sum(held) / len(held) >= 0.9


@pytest.mark.parametrize(
    ("name", "naive"),
    [
        ("a share, days that differ, a week", 0.88),
        ("a share of buyers, each once", 0.88),
        ("a ratio of counts, days that differ", 0.88),
        ("a mean, days that differ", 0.85),
        ("a mean of stars", 0.92),
        ("a 90 % quantile, days that differ", 0.92),
    ],
)
def test_an_interval_holds_the_truth_where_a_plain_one_does_not(name, naive):
    case = next(each for each in intervals.CASES if each.name == name)
    found = intervals.covered(case, 400)
    # Of 400 shops a coverage of 95 % is seen as 92 to 98 %.
    assert found.held >= 0.92
    assert found.naive <= naive


def test_bad_days_that_come_together_are_held_nearly_as_often_as_by_who_knows_how_they_do():
    alone, known = [intervals.possible(each, 400) for each in intervals.CASES if each.name in intervals.LASTING]
    assert known.ours >= 0.9
    assert alone.ours >= 0.85
    assert abs(known.ours - known.shaped) <= 0.03
    assert abs(alone.ours - alone.shaped) <= 0.03
    assert min(known.knowing, alone.knowing) >= 0.92


def test_a_fail_is_seldom_said_of_a_shop_that_meets_its_target():
    told = intervals.verdicts(400)
    (passed, good, _), (failed, not_bad, _) = told["pass"], told["fail"]
    assert min(passed, failed) > 30
    assert good >= 0.95 * passed
    assert not_bad <= 0.05 * failed


@pytest.mark.parametrize("name", ["nothing", "one carrier got worse by 15 points", "more went by the slow carrier"])
def test_a_change_is_explained_by_what_was_planted_and_else_by_nothing(name):
    found = changes.measured(next(turn for turn in changes.TURNS if turn.name == name), 4)
    assert found.right == 1
    assert found.said == (name != "nothing")


def test_chances_of_a_late_parcel_beat_the_usual_share_and_come_as_often_as_said():
    found = [clocks.measured(plan, 6) for plan in ("rounds and a slow carrier", "heavy tails")]
    for each in found:
        assert each.shown >= 4, each.plan
        assert each.skill > 0.05, each.plan
    for _, _, count, said, came in clocks.calibration(found):
        assert abs(said - came) < 0.05 + 3 * (said * (1 - said) / count) ** 0.5


def test_where_nothing_tells_no_chance_is_said():
    assert clocks.measured("nothing tells", 10).shown <= 1


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("nothing", None),
        ("one carrier got worse by 15 points", "carrier"),
        ("more went by the slow carrier", "carrier"),
    ],
)
def test_what_a_history_keeps_says_what_a_change_between_two_audits_came_from(name, dimension):
    turn = next(each for each in changes.TURNS if each.name == name)
    found = changes.measured_since(turn, 30, 4)
    assert found.right == 1
    assert found.said == (dimension is not None)
    assert found.off is None or found.off < 0.006
