"""Numbers that a spreadsheet rounded are refused; those that may end in zeros are not accused."""

from __future__ import annotations

import pytest
from damage_world import NOTHING, found, long_id, rounded
from readers_world import csv, order


def test_rounded_ids_are_refused_and_the_file_is_noted_once(orders_of):
    rows, account = orders_of(csv(*(order(rounded(number)) for number in range(40))))
    assert rows == []
    assert found(account) == ({"damaged_id": 40}, {"excel_rounded_ids": 40}, {})
    assert (account.refusals[0].examples[0].row, account.refusals[0].examples[0].shape) == (2, "…0000")


def test_of_a_file_joined_from_a_sound_and_a_rounded_one_exactly_the_rounded_rows_are_refused(orders_of):
    rows, account = orders_of(csv(*(order((rounded if number % 3 else long_id)(number)) for number in range(60))))
    assert [row["order_id"] for row in rows] == sorted(long_id(number) for number in range(0, 60, 3))
    assert found(account)[0] == {"damaged_id": 40}


def test_two_rows_that_are_both_rounded_are_no_chance(orders_of):
    assert found(orders_of(csv(order(rounded(1)), order(rounded(2))))[1])[0] == {"damaged_id": 2}


def test_rows_of_different_moments_that_became_one_number_give_a_few_away(orders_of):
    one, other = "2738461928374650", "2738461928374650"
    rows, account = orders_of(csv(order(one), order(other, created="2026-11-05 09:00:00"), order("2738461928374651")))
    assert [row["order_id"] for row in rows] == ["2738461928374651"]
    assert found(account)[0] == {"damaged_id": 2}


def test_rounded_tracking_numbers_are_blank_and_their_orders_stay(orders_of):
    rows, account = orders_of(csv(*(order(f"{number}", tracking=rounded(number)) for number in range(1, 9))))
    assert {row["tracking_no"] for row in rows} == {None}
    assert found(account) == ({}, {"excel_rounded_ids": 8}, {"tracking_no": 8})


@pytest.mark.parametrize(
    "ids",
    [
        [rounded(0), *map(long_id, range(1, 30))],
        # a buyer whose orders all end alike
        [*(f"{2738461928374650 + number}0000"[-19:] for number in range(4)), *map(long_id, range(200))],
        # numbered in hundred thousands
        [f"2026{number:010}00000" for number in range(100, 160)],
        [f"{number:03}000000000000" for number in range(100, 160)],
        [f"SF{number}0000000000000000" for number in range(60)],
        # one in ten of sixteen digits
        [f"{2738461928374650 + 7 * number}" for number in range(100)],
        [rounded(1)],
    ],
    ids=["one by chance", "one buyer", "by design", "fifteen digits", "with letters", "sixteen digits", "alone"],
)
def test_ids_that_may_end_in_zeros_are_not_accused(orders_of, ids):
    rows, account = orders_of(csv(*(order(each) for each in ids)))
    assert len(rows) == len(ids)
    assert found(account) == NOTHING
