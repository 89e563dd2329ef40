"""Bad rows by the metrics in which they are bad: the same row of the same fact once, whatever the order of rows."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from ledger_stand_ins import DAY, Rules, facts, metric, moment

from shopscore.ledger import kernel
from shopscore.ledger.shared import shared as of_ledger

WINDOW = (DAY, DAY + dt.timedelta(days=2))
FAST = metric("fast", numerator="pickup_seconds <= 10")
SLOW = metric("slow", numerator="pickup_seconds <= 100")
LATE = metric("late", numerator="pickup_seconds > 50", better="lower")
WINDOWS = dict.fromkeys(("test.fast", "test.slow", "test.late", "test.cases"), WINDOW)


def shared(given_, definitions, windows):
    return of_ledger(kernel.run(given_, definitions), definitions, windows)


def order(name, seconds, at=0):
    return {"order_id": name, "clock_at": moment(at), "pickup_seconds": seconds}


def test_a_late_order_counts_in_every_metric_it_is_late_in():
    given_ = facts(
        orders=[order("in time", 5), order("a bit", 20), order("more", 70), order("never", None), order("old", 999, 40)]
    )
    found = shared(given_, [FAST, SLOW, LATE], WINDOWS)
    # Never picked up: a miss of both shares; whether it took more than 50 seconds the file does not say.
    assert found == {(True, False, False): 1, (True, False, True): 1, (True, True, False): 1}
    assert shared(given_, [FAST, SLOW], {"test.fast": WINDOW}) == {}


def test_rows_of_two_facts_are_not_the_same():
    cases = metric(
        "cases", kind="count", unit="count", better="lower", sides={"": Rules(fact="refunds", at="applied_at")}
    )
    given_ = facts(orders=[order("a", 20)], refunds=[{"refund_id": "a", "applied_at": moment(0)}])
    assert shared(given_, [FAST, cases], WINDOWS) == {}
    assert shared(given_, [FAST, cases, SLOW], WINDOWS) == {(True, False, False): 1}


def test_without_a_window_or_the_fact_there_is_nothing():
    assert shared(facts(orders=[order("a", 20)]), [FAST], {}) == {}
    cases = metric("cases", sides={"": Rules(fact="refunds", at="applied_at", numerator="pickup_seconds <= 1")})
    assert shared(facts(orders=[order("a", 20)]), [cases], WINDOWS) == {}


@given(st.lists(st.one_of(st.none(), st.integers(0, 150)), min_size=1, max_size=12), st.randoms())
def test_the_kinds_add_up_to_each_metrics_misses(seconds, rng):
    rows = [order(f"o{at}", each) for at, each in enumerate(seconds)]
    found = shared(facts(orders=rows), [FAST, SLOW], WINDOWS)
    misses = [sum(each is None or each > limit for each in seconds) for limit in (10, 100)]
    assert [sum(count for flags, count in found.items() if flags[at]) for at in (0, 1)] == misses
    rng.shuffle(rows)
    assert shared(facts(orders=rows), [FAST, SLOW], WINDOWS) == found
