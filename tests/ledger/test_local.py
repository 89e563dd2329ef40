"""Many shops: order kept, failures are values, few in flight."""

from __future__ import annotations

import operator
import os
import time
from functools import partial
from threading import Thread

import pytest
from ledger_stand_ins import (
    dies_of_its_name,
    is_told_to_stop_while_the_engine_works,
    sleeps_and_says_where,
    takes_its_worker_down_at_zero,
    takes_its_worker_down_once,
)

from shopscore.ledger import local
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
    assert "division by zero" in failure.message.en


def test_one_worker_takes_a_unit_only_when_its_result_is_asked_for():
    taken = []
    results = alone((taken.append(unit) or unit for unit in range(5)), str)
    assert next(results) == "0"
    assert taken == [0]


def test_processes_give_the_same_in_the_same_order(two):
    results = each([3, 0, 4, 6, 2, 1], HALVES, two)
    kinds = [result.kind if isinstance(result, Failure) else result for result in results]
    assert kinds == [4.0, "ZeroDivisionError", 3.0, 2.0, 6.0, 12.0]


def test_a_shop_that_takes_its_process_down_takes_no_other_shop_with_it(two):
    results = list(each([3, 0, 4], takes_its_worker_down_at_zero, two))
    assert [results[0], results[2]] == [4.0, 3.0]
    assert isinstance(results[1], Failure)
    assert (results[1].unit, results[1].kind) == (0, "WorkerLost")


def test_one_process_and_one_more_give_the_same_in_the_same_order(one):
    results = beside([3, 0, 4, 6, 2, 1], HALVES, one, size=abs)
    kinds = [result.kind if isinstance(result, Failure) else result for result in results]
    assert kinds == [4.0, "ZeroDivisionError", 3.0, 2.0, 6.0, 12.0]


def test_a_shop_that_takes_the_other_process_down_takes_no_other_shop_with_it(one):
    results = list(beside([3, 4, 6, 2, 0], takes_its_worker_down_at_zero, one, size=abs))
    assert results[:4] == [4.0, 3.0, 2.0, 6.0]
    assert results[4].kind == "WorkerLost"


def test_this_process_begins_with_the_largest_shop_and_the_other_with_the_smallest(one):
    assert list(each([0], sleeps_and_says_where, one)) != [os.getpid()]  # it is there
    where = list(beside([20, 10, 60, 30], sleeps_and_says_where, one, size=abs))
    assert where[2] == os.getpid()
    assert where[1] == where[0] != os.getpid()


def test_a_shop_whose_process_the_system_kills_is_said_to_want_memory_and_the_rest_goes_on(two):
    results = list(each([3, "SIGKILL", 4, "SIGSEGV", 2, 1], dies_of_its_name, two))
    assert [results[at] for at in (0, 2, 4, 5)] == [4.0, 3.0, 6.0, 12.0]
    assert "want of memory" in results[1].message.en
    assert "SIGSEGV" in results[3].message.en
    assert "内存不足" in results[1].message.zh
    assert "崩溃（SIGSEGV）" in results[3].message.zh


def test_a_shop_that_was_killed_for_its_neighbour_is_run_again_alone(two, tmp_path):
    results = list(each([3, 4, tmp_path / "tried", 2], takes_its_worker_down_once, two))
    assert results == [4.0, 3.0, "again", 6.0]


def test_a_shop_that_hangs_is_stopped_and_the_rest_goes_on(two):
    first, hung, last = each([3, "hang", 4], dies_of_its_name, two, patience=2)
    assert (first, last) == (4.0, 3.0)
    assert hung.kind == "TookTooLong"
    assert "minutes; it was stopped" in hung.message.en


def test_who_stops_asking_waits_for_nothing_that_is_under_way(two):
    begun = time.monotonic()
    results = each([3, "hang", "hang", 1], dies_of_its_name, two)
    assert next(results) == 4.0
    results.close()
    assert time.monotonic() - begun < 20


def test_ctrl_c_is_not_for_the_crew_also_while_the_engine_listens(two):
    assert list(each([3, 4], is_told_to_stop_while_the_engine_works, two)) == [1, 1]


def test_no_lost_process_is_replaced_by_a_run_that_was_stopped_while_its_threads_began(monkeypatch):
    begun = []

    class Begun(Thread):
        def start(self):
            if begun:
                raise KeyboardInterrupt
            super().start()
            begun.append(self)

    monkeypatch.setattr(local, "Thread", Begun)
    hired = []
    monkeypatch.setattr(local, "hire", lambda **_: hired.append(1))
    with pytest.raises(KeyboardInterrupt), started(2) as crew:
        list(each([3, "hang", "hang"], dies_of_its_name, crew))
    begun[0].join(10)
    assert (begun[0].is_alive(), hired) == (False, [])


def test_a_crew_leaves_no_process_behind(two):
    list(each([3, 4], HALVES, two))
    processes = [worker.process for worker in two.workers]
    with started(1) as other:
        processes += [worker.process for worker in other.workers]
    assert not processes[-1].is_alive()
    assert all(process.is_alive() for process in processes[:-1])
