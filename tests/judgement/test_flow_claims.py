"""The claims of ``docs/evidence.md`` about refunds, on fewer shops than its tables."""

from __future__ import annotations

from evidence import flow


def test_the_slow_stage_is_named_first_also_where_its_cases_are_still_open():
    for told in flow.slow(5):
        assert told.first == 1, told.plan
        if "open" in told.plan:
            assert told.guess == 0, told.plan
            assert told.off < told.guess_off / 3, told.plan


def test_rounds_are_promised_only_where_they_keep_it():
    for found in flow.promises(4):
        if found.shown:
            assert found.off < found.naive_off, found.habit
            assert found.came < found.now, found.habit
            assert abs(found.said - found.came) < 1, found.habit
    shown = {found.habit: found.shown for found in flow.promises(2)}
    assert shown["once, in the evening"] == shown["twice, on weekdays only"] == 1
    assert not any(share for habit, share in shown.items() if "put off" in habit and "hour" in habit)
    assert shown["morning, noon and evening already"] == 0


def test_a_product_that_comes_back_more_is_named_and_innocent_ones_are_not():
    found = {each.goods: each for each in flow.goods(60)}
    assert found["a product of 3 %, 15 points more"].first > 0.9
    assert found["a product of 3 %, 15 points more"].reason > 0.9
    assert all(each.innocent <= 0.1 for each in found.values())
    assert all(each.off < each.raw_off / 2 for each in found.values())
