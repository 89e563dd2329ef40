"""The claims of ``docs/evidence.md``, on fewer shops than its tables."""

from __future__ import annotations

from evidence import waiting


def test_a_date_on_which_bad_days_have_left_is_better_than_a_plain_guess():
    ours, naive = waiting.again(60)
    assert ours.close > 0.85
    assert ours.off < naive.off / 4
    assert ours.dated > 0.6 * ours.reports


def test_a_budget_that_runs_out_is_said_where_it_is_likelier_than_always():
    said, base = waiting.turns(60)
    assert said.true > 1.3 * base.true
    assert said.reports > 30
