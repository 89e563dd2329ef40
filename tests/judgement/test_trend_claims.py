"""The claims of ``docs/evidence.md`` on charts and measures, on fewer shops than its tables."""

from __future__ import annotations

from evidence import trend


def test_charts_find_what_is_planted_with_few_false_alarms():
    ours, usual, strict, plain = trend.alarms(3)
    assert ours.false <= 1
    assert ours.shifts <= 1
    assert ours.false < min(usual.false, plain.false) / 5
    # Plain limits as wide as to be as quiet find no more bad days, and lasting changes later.
    assert ours.bad_day >= strict.bad_day - 0.1
    assert ours.worse > 0.8 > strict.worse


def test_nothing_is_said_to_have_worked_where_nothing_was_done():
    said = trend.judged(trend.PLANS[0], 150)
    assert said.worked + said.harmed <= 0.06
    assert said.worked + said.harmed < (said.plain_worked + said.plain_harmed) / 2
    assert said.held >= 0.92


def test_what_moves_by_itself_is_seldom_put_down_to_a_measure():
    for plan in trend.PLANS[1:3]:
        said = trend.judged(plan, 100)
        assert said.worked < said.plain_worked / 2, plan.name


def test_what_worked_and_what_harmed_is_said_to():
    for plan in trend.PLANS[3:]:
        said = trend.judged(plan, 100)
        assert said.worked >= said.plain_worked - 0.02, plan.name
        assert said.harmed >= said.plain_harmed - 0.08 if plan.after > 1 else said.harmed <= 0.02
        assert said.held >= 0.92, plan.name
