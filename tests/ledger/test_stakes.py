"""What misses cost by a price list: exact to the cent, open clocks apart, and blank amounts no zeros."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from ledger_stand_ins import DAY, Rules, clock, facts, metric, moment
from msgspec.structs import replace

from shopscore.ledger.clocks import watch
from shopscore.ledger.stakes import Cost
from shopscore.ledger.stakes import cost as cost_by

WINDOW = (DAY, DAY + dt.timedelta(days=2))
CLOCK = clock(metrics=["late"])
PRICE = "CASE WHEN amount <= 300 THEN 3 WHEN amount > 300 THEN LEAST(amount * 0.01, 30) ELSE NULL END"


def staked(better="higher", price=PRICE, kind="ratio", **rules):
    definition = metric("late", kind=kind, pending="NOT is_due", **rules)
    definition.sides[""] = replace(definition.sides[""], stake=price)
    shape = SimpleNamespace(**{**vars(definition.metric), "stake": SimpleNamespace(of=price), "better": better})
    return replace(definition, metric=shape)


LATE = staked(numerator="pickup_seconds <= 10", exclude=(("exempt", "is_exempt"),))


def cost(given, definition, window):
    return cost_by(given, definition, window, [CLOCK])


def order(name, amount, at=0, **cells):
    given = {"is_due": True, "is_exempt": False, "judged_at": moment(2), "ship_deadline_at": moment(3)}
    return {"order_id": name, "amount": amount, "clock_at": moment(at), **given, **cells}


def test_misses_of_the_window_cost_by_the_list_and_open_clocks_are_told_apart():
    rows = [
        order("small", 300.0),
        order("large", 350.50),
        order("capped", 9000.0),
        order("in time", 500.0, pickup_seconds=3),
        order("excused", 500.0, is_exempt=True),
        order("other day", 500.0, 9),
        order("undated", 500.0, None),
        order("open", 1234.0, is_due=False),
        order("open long ago", 100.0, -40, is_due=False),
        order("done", 800.0, is_due=False, pickup_seconds=3, picked_up_at=moment(0, 3)),
    ]
    given = facts(orders=rows)
    # 3.00 + 3.51 (half a cent is rounded up) + 30.00; 12.34 + 3.00.
    assert cost(given, LATE, WINDOW) == Cost(3651, 1534, 0, 2)
    (watched,) = watch(given, [CLOCK], [LATE])
    assert {each.subject for each in watched.running} >= watched.stakes["test.late"].keys() == {"open", "open long ago"}
    assert watched.stakes["test.late"]["open"] == (1.0, pytest.approx(12.34))


def test_an_amount_that_is_not_given_is_no_zero():
    rows = [order("a", None), order("b", 100.0), order("c", None, is_due=False), order("d", None, pickup_seconds=1)]
    assert cost(facts(orders=rows), LATE, WINDOW) == Cost(300, 0, 2, 1)
    assert cost(facts(orders=rows[:1]), LATE, WINDOW) is None
    assert cost(facts(orders=[order("d", None, pickup_seconds=1)]), LATE, WINDOW) == Cost(0, 0, 0, 0)


def test_where_lower_is_better_the_hits_cost_and_what_is_open_may():
    """Late is what was picked up after ten seconds: picked up in time is safe, not picked up yet is at risk."""
    late = staked("lower", "amount", numerator="pickup_seconds > 10")
    rows = [
        order("late", 10.0, pickup_seconds=11),
        order("in time", 20.0, pickup_seconds=10),
        order("late already", 30.0, is_due=False, pickup_seconds=11, picked_up_at=moment(0, 11)),
        order("in time already", 40.0, is_due=False, pickup_seconds=10, picked_up_at=moment(0, 10)),
        order("not yet", 50.0, is_due=False, pickup_seconds=None),
    ]
    assert cost(facts(orders=rows), late, WINDOW) == Cost(1000, 5000, 0, 1)


def test_every_row_of_a_count_costs():
    late = staked("lower", "amount", kind="count")
    assert cost(facts(orders=[order("a", 1.1), order("b", 2.2)]), late, WINDOW) == Cost(330, 0, 0, 0)


def test_cents_are_added_exactly():
    rows = [order(str(at), 0.1 * at) for at in range(1000)]
    assert cost(facts(orders=rows), staked(price="amount", numerator="is_exempt"), WINDOW) == Cost(4_995_000, 0, 0, 0)


@pytest.mark.parametrize("without", [{"orders.picked_up_at", "shipments.picked_up_at"}])
def test_without_the_data_or_a_list_there_is_no_cost(without):
    every = facts(orders=[order("a", 10.0)])
    assert cost(replace(every, present=every.present - without), LATE, WINDOW) is None
    assert cost(every, replace(LATE, metric=SimpleNamespace(**{**vars(LATE.metric), "stake": None})), WINDOW) is None


def test_a_buyer_who_counts_once_costs_once():
    once = staked(numerator="is_exempt", once_per="buyer_id")
    rows = [order("a", 10.0, buyer_id="x"), order("b", 20.0, 1, buyer_id="x")]
    assert cost(replace(facts(orders=rows), as_of=moment(3)), once, WINDOW) == Cost(300, 0, 0, 0)


def test_rules_without_a_price_have_none():
    assert Rules().stake is None
