from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import Side, counts, definition, numbers

from shopscore import doubt
from shopscore.doubt import Missing, ratio_band, room, within
from shopscore.doubt.reach import TOUCHES, reach, tables_of
from shopscore.intervals.kinds import meets, value_of
from shopscore.model import Measurement, Sums, Target
from shopscore.schema import FACTS, TABLES
from shopscore.score import verdict
from shopscore.trust import TableLoss

ONE = {"": Side("reviews")}
TWO = {"n": Side("refunds"), "d": Side("reviews")}


def loss(lost=0, **changes):
    return TableLoss(**({"files": 1, "rows": 10_000, "lost": lost} | changes))


def side(fact, *columns):
    return Side(fact, columns_required=frozenset(columns))


def judged(given, sums, goal, lost, whole=None, **changes):
    """The verdict of a value with what was lost."""
    better = given.metric.better
    found = value_of(given, sums)
    value = Measurement("measured", None, value=found.value, interval=changes.get("interval", found.interval))
    return verdict(value, Target(goal, "published"), better, room=room(given, sums, whole or sums, lost))


# ── what depends on what ─────────────────────────────────────────────────────────────────────────────────────────


def test_every_fact_and_table_of_the_reach_is_in_the_dictionary():
    assert TOUCHES.keys() == FACTS.keys()
    assert {table for tables in TOUCHES.values() for table in tables} <= TABLES.keys()


def test_a_side_depends_on_the_tables_its_columns_come_from():
    found = tables_of(side("orders", "pickup_seconds", "first_refund_applied_at", "carrier"))
    assert found.keys() == {"orders", "order_lines", "shipments", "refunds"}
    assert found["refunds"] == {"applied_at"}
    assert found["shipments"] == {"picked_up_at"}
    assert found["orders"] == {"picked_up_at", "carrier"}
    assert tables_of(side("rounds", "reply_seconds", "asked_at")).keys() == {"messages"}


def test_a_column_the_pack_computes_reads_the_clock_of_the_orders():
    found = tables_of(side("refunds", "buyer_weight", "finished_at"))
    assert {"paid_at", "created_at", "buyer_level"} <= found["orders"]
    assert found["refunds"] == {"finished_at"}
    assert "amount" not in found["orders"]


def test_lost_orders_leave_a_chat_metric_alone():
    lost = {"orders": loss(500), "messages": loss(0)}
    assert room(definition(sides={"": side("rounds", "reply_seconds")}), counts(90, 100), counts(90, 100), lost) is None


def test_a_lost_row_may_be_the_first_of_its_buyer_where_each_counts_once():
    lost = {"refunds": loss(3)}
    plain, once = reach(Side("refunds"), lost), reach(Side("refunds", once_per="buyer_id"), lost)
    assert (plain.adds, plain.touches) == (3, ())
    assert (once.adds, once.touches) == (3, ((3, 1),))


def test_a_lost_row_of_a_single_file_adds_one_and_of_several_files_may_change_one():
    assert (
        reach(Side("refunds"), {"refunds": loss(3)}).adds,
        reach(Side("refunds"), {"refunds": loss(3)}).touches,
    ) == (
        3,
        (),
    )
    several = reach(Side("refunds"), {"refunds": loss(3, files=2)})
    assert (several.adds, several.touches) == (0, ((3, 1),))


def test_a_row_more_moves_the_neighbour_it_is_ranked_with():
    found = reach(side("refunds", "is_first_of_order"), {"refunds": loss(3)})
    assert (found.adds, found.touches) == (3, ((3, 1),))


def test_a_chat_line_can_touch_two_rounds():
    assert reach(Side("rounds"), {"messages": loss(4)}).touches == ((4, 2),)


def test_an_order_looked_up_by_its_cases_has_no_bound():
    found = reach(side("refunds", "order_paid_at"), {"refunds": loss(), "orders": loss(1)})
    assert found.unbounded == {"orders": frozenset({"paid_at"})}


def test_unreadable_cells_count_where_their_column_is_read():
    lost = {"orders": loss(cells={"paid_at": 5, "amount": 90}), "shipments": loss(cells={"picked_up_at": 2})}
    assert reach(side("orders", "pickup_seconds", "paid_at"), lost).touches == ((5, 1), (2, 1))


# ── how far a value may be off ───────────────────────────────────────────────────────────────────────────────────


def test_rows_added_are_all_misses_or_all_hits():
    assert ratio_band(90, 100, Missing(adds=20)) == (90 / 120, pytest.approx(110 / 120))


def test_rows_touched_are_otherwise_than_they_look():
    assert ratio_band(90, 100, Missing(touched=4)) == (0.86, pytest.approx(0.94))
    assert ratio_band(2, 100, Missing(touched=4)) == (0.0, pytest.approx(0.06))


def test_all_lost_rows_may_lie_in_the_window_and_their_share_is_likely_to():
    found = room(definition(sides=ONE), counts(90, 100), counts(900, 1000), {"reviews": loss(100)})
    # A tenth of them on average; 10 + 1.96 · √(100 · 0.1 · 0.9) = 15.9 at the most.
    assert found.certain == (90 / 200, pytest.approx(190 / 200))
    assert found.likely == (90 / 116, pytest.approx(106 / 116))
    assert (found.lost, found.tables, found.level) == (100, ("reviews",), "good")


def test_a_window_that_holds_all_rows_holds_all_lost_ones():
    assert [within(lost, 1.0) for lost in (0, 1, 100)] == [0, 1, 100]
    assert [within(lost, 0.0) for lost in (0, 1, 100)] == [0, 0, 0]
    assert within(3, 0.9) == 3


def test_weighted_rows_are_taken_at_kishs_number():
    sums = Sums(rows=100, hits=90, w=20_000, w2=8_000_000, wh=18_000)
    found = room(definition(sides={"": Side("reviews", weight_by="2")}), sums, sums, {"reviews": loss(10)})
    assert found.certain == (pytest.approx(45 / 60), pytest.approx(55 / 60))


def test_a_ratio_of_two_counts_moves_on_both_sides():
    sums = Sums(rows=1000, hits=20, w=100_000, wh=2_000)
    lost = {"refunds": loss(2), "reviews": loss(10)}
    assert room(definition("ratio_of", sides=TWO), sums, sums, lost).certain == (20 / 1010, 22 / 1000)
    gone = {"refunds": loss(), "reviews": loss(1000, files=2)}
    assert room(definition("ratio_of", sides=TWO), sums, sums, gone).certain is None


def test_stars_end_at_one_and_five():
    sums = numbers([450] * 90)
    stars = definition("mean", unit="stars", sides=ONE)
    found = room(stars, sums, sums, {"reviews": loss(10)}).certain
    assert found == (pytest.approx((405 + 10) / 100), pytest.approx((405 + 50) / 100))


def test_a_count_has_what_it_has_and_at_most_all_that_was_lost():
    assert room(definition("count", sides=ONE), counts(0, 3), counts(0, 3), {"reviews": loss(2)}).certain == (3, 5)


def test_durations_and_sums_have_no_bound():
    hours = definition("mean", "lower", unit="hours", sides=ONE)
    assert room(hours, numbers([3600] * 90), numbers([3600] * 90), {"reviews": loss(2)}).certain is None
    money = definition("count", sides={"": Side("reviews", of="amount")})
    assert room(money, numbers([5, 6]), numbers([5, 6]), {"reviews": loss(2)}).certain is None


# ── the verdict ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_verdict_degrades_as_far_as_what_was_lost_could_take_it():
    given = definition(sides=ONE)
    year = counts(9_800, 10_000)
    sums = counts(980, 1000)
    assert [
        judged(given, sums, 0.95, {"reviews": loss(lost)}, year) for lost in (0, 15, 30, 90, 200)
    ] == ["pass", "pass", "likely_pass", "likely_pass", "undecided"]  # fmt: skip


def test_lost_rows_that_cannot_matter_leave_the_verdict():
    assert judged(definition(sides=ONE), counts(500, 1000), 0.97, {"reviews": loss(100)}) == "fail"
    assert judged(definition("ratio", "lower", sides=ONE), counts(5, 1000), 0.1, {"reviews": loss(20)}) == "pass"


@pytest.mark.parametrize(
    ("lost", "expected"), [(5, "fail"), (200, "likely_fail"), (900, "undecided")], ids=["good", "fair", "low"]
)
def test_what_has_no_bound_follows_the_trust_in_its_tables(lost, expected):
    hours = definition("mean", "lower", unit="hours", sides=ONE)
    sums = numbers([36_000] * 400)
    assert judged(hours, sums, 5.0, {"reviews": loss(lost)}) == expected


def test_a_file_cut_off_leaves_no_verdict_and_a_gap_a_likely_one():
    given, sums = definition(sides=ONE), counts(990, 1000)
    assert judged(given, sums, 0.9, {"reviews": loss(open="low")}) == "undecided"
    assert judged(given, sums, 0.9, {"reviews": loss(open="fair")}) == "likely_pass"
    assert judged(given, sums, 0.9, {"orders": loss(open="low")}) == "pass"


def test_a_table_without_losses_changes_no_verdict():
    assert judged(definition(sides=ONE), counts(990, 1000), 0.9, {"reviews": loss()}) == "pass"


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────

rates = st.tuples(st.integers(1, 40), st.floats(0.0, 1.0)).map(lambda pair: (round(pair[0] * pair[1]), pair[0]))


def few(most):
    """(hits, misses), no more than so many together."""
    return [(hits, misses) for hits in range(most + 1) for misses in range(most + 1 - hits)]


def futures(hits, rows, adds, touched):
    """Every count there may have been: lost rows added, rows there gone or otherwise, others counted after all."""
    for new, gone, now in itertools.product(few(adds), few(touched), few(touched)):
        if gone[0] <= hits and gone[1] <= rows - hits:
            yield hits + new[0] - gone[0] + now[0], rows + sum(new) - sum(gone) + sum(now)


@given(rates, st.integers(0, 6), st.integers(0, 3), st.floats(0.01, 0.99), st.sampled_from(["higher", "lower"]))
def test_nothing_lost_rows_can_have_held_contradicts_a_verdict_that_was_kept(rate, adds, touched, goal, better):
    hits, rows = rate
    band = ratio_band(hits, rows, Missing(adds, touched))
    given = doubt.Room(band, band, "good", adds + touched, ("orders",))
    interval = value_of(definition(better=better), counts(hits, rows)).interval
    value = Measurement("measured", None, value=hits / rows, interval=interval)
    said = verdict(value, Target(goal, "published"), better, room=given)
    for hits_then, rows_then in futures(hits, rows, adds, touched):
        if rows_then:
            assert band[0] - 1e-12 <= hits_then / rows_then <= band[1] + 1e-12
            if said in ("pass", "fail"):
                assert meets(hits_then / rows_then, goal, better) == (said == "pass")


@given(rates, st.integers(0, 200), st.integers(1, 200), st.floats(0.01, 0.99), st.sampled_from(["higher", "lower"]))
def test_losing_more_never_makes_a_verdict_stronger(rate, lost, more, goal, better):
    sums, whole = counts(*rate), counts(rate[0] * 5, rate[1] * 5)
    strength = {"pass": 2, "fail": 2, "likely_pass": 1, "likely_fail": 1, "undecided": 0}
    given = definition(better=better, sides=ONE)
    before, after = (
        strength[judged(given, sums, goal, {"reviews": loss(count)}, whole)] for count in (lost, lost + more)
    )
    assert after <= before


@given(rates, st.integers(0, 200), st.floats(0.01, 0.99), st.sampled_from(["higher", "lower"]))
def test_losses_never_turn_a_verdict_around(rate, lost, goal, better):
    given, sums = definition(better=better, sides=ONE), counts(*rate)
    sign = {"pass": 1, "likely_pass": 1, "undecided": 0, "likely_fail": -1, "fail": -1}
    alone, then = (sign[judged(given, sums, goal, {"reviews": loss(count)})] for count in (0, lost))
    assert then in (alone, 0)


def test_an_order_more_moves_every_later_one_of_its_buyer():
    found = reach(side("orders", "buyer_order_number"), {"orders": loss(1)})
    assert found.unbounded == {"orders": frozenset({"buyer_id", "paid_at"})}
    assert reach(side("orders", "previous_paid_at"), {"orders": loss(1)}).touches == ((1, 2),)


def test_a_column_depends_on_what_may_change_it_beside_what_gives_it():
    found = tables_of(side("reviews", "order_fully_refunded"))
    assert (found["refunds"], found["orders"]) == ({"status", "kind", "amount"}, {"amount"})
    assert "sessions" in tables_of(side("rounds", "wait_seconds"))
    assert {"replied_at", "reply_due_at"} <= tables_of(side("disputes", "timeout_count"))["disputes"]
