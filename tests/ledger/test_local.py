"""Many shops: order kept, failures are values, few in flight."""

from __future__ import annotations

import operator
from functools import partial

import pytest
from ledger_stand_ins import takes_its_worker_down_at_zero

from shopscore.ledger.crew import started
from shopscore.ledger.local import Failure, alone, beside, each

HALVES = partial(operator.truediv, 12)


@pytest.fixture
def two():
    with started(2) as crew:
        yield crew


@pytest.fixture
def one():
    with started(1) as crew:
        yield crew


def test_results_come_in_order_and_a_failure_takes_its_own_place_only():
    first, failure, last = alone([3, 0, 4], HALVES)
    assert (first, last) == (4.0, 3.0)
    assert isinstance(failure, Failure)
    assert (failure.unit, failure.kind) == (0, "ZeroDivisionError")
    assert "division by zero" in failure.message


def test_one_worker_takes_a_unit_only_when_its_result_is_asked_for():
    taken = []
    results = alone((taken.append(unit) or unit for unit in range(5)), str)
    assert next(results) == "0"
    assert taken == [0]


def test_processes_give_the_same_and_hold_few_units_at_once(two):
    taken = []
    units = (taken.append(unit) or unit for unit in [3, 0, 4, 6, 2, 1])
    results = each(units, HALVES, two, ahead=1)
    assert next(results) == 4.0
    assert len(taken) <= 2
    kinds = [result.kind if isinstance(result, Failure) else result for result in results]
    assert kinds == ["ZeroDivisionError", 3.0, 2.0, 6.0, 12.0]


def test_a_shop_that_takes_its_process_down_takes_no_other_shop_with_it(two):
    results = list(each([3, 0, 4], takes_its_worker_down_at_zero, two))
    assert [results[0], results[2]] == [4.0, 3.0]
    assert isinstance(results[1], Failure)
    assert (results[1].unit, results[1].kind) == (0, "WorkerLost")


def test_one_process_and_one_more_give_the_same_in_the_same_order(one):
    kinds = [each.kind if isinstance(each, Failure) else each for each in beside([3, 0, 4, 6, 2, 1], HALVES, one)]
    assert kinds == [4.0, "ZeroDivisionError", 3.0, 2.0, 6.0, 12.0]


def test_a_shop_that_takes_the_other_process_down_takes_no_other_shop_with_it(one):
    results = list(beside([3, 4, 6, 2, 0], takes_its_worker_down_at_zero, one))
    assert results[:4] == [4.0, 3.0, 2.0, 6.0]
    assert results[4].kind == "WorkerLost"
