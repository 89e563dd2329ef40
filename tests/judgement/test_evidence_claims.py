"""The claims of ``docs/evidence.md``, on fewer shops than its tables."""

from __future__ import annotations

from evidence import causes, waiting


def test_a_date_on_which_bad_days_have_left_is_better_than_a_plain_guess():
    ours, naive = waiting.again(60)
    assert ours.close > 0.85
    assert ours.off < naive.off / 4
    assert ours.dated > 0.6 * ours.reports


def test_a_budget_that_runs_out_is_said_where_it_is_likelier_than_always():
    said, base = waiting.turns(60)
    assert said.true > 1.3 * base.true
    assert said.reports > 30


def test_planted_causes_are_named_first_and_innocent_ones_are_not():
    for found in causes.measured(4):
        assert found.first == (0 if found.plan.startswith("nothing") else 1), found.plan
        assert found.all_of == 1, found.plan
        assert found.innocent <= 0.25, found.plan
