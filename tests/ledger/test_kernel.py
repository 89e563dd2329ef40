"""What the kernel does with absent tables, failing expressions, blanks and many segments."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from ledger_stand_ins import DAY, EVERYTHING, Given, Rules, fact_frame, facts, metric, moment

from shopscore.ledger import count
from shopscore.ledger.cells import by_day, by_day_sums, by_segment, frame, sliding, totals
from shopscore.ledger.kernel import run
from shopscore.ledger.parts import REST, K

WINDOW = (DAY, DAY + dt.timedelta(days=9))
ON_TIME = metric("on_time", numerator="pickup_seconds <= 10")


def order(at=0, **cells):
    return {"order_id": f"o{at}", "clock_at": moment(at), **cells}


def only(ledger, definition, window=WINDOW):
    return totals(ledger, {definition.id: window})[definition.id]


def test_exactly_the_limit_is_a_hit_and_a_blank_numerator_is_a_miss():
    rows = [order(pickup_seconds=10), order(pickup_seconds=11), order(pickup_seconds=None)]
    sums = only(run(facts(orders=rows), [ON_TIME]), ON_TIME)
    assert (sums.hits, sums.rows, sums.unknown) == (1, 3, 0)


def test_the_first_exclusion_that_is_true_names_the_row_even_after_a_blank_one():
    definition = metric("m", exclude=(("a", "is_due"), ("b", "is_paid"), ("c", "has_refund")), numerator="no_logistics")
    rows = [
        order(is_due=None, is_paid=True, has_refund=True, no_logistics=True),
        order(is_due=None, is_paid=False, has_refund=False),
        order(is_due=True, is_paid=True, has_refund=None),
    ]
    sums = only(run(facts(orders=rows), [definition]), definition)
    assert sums.excluded == {"a": (1, 0, 0), "b": (1, 1, 0)}
    assert (sums.unknown, sums.rows) == (1, 0)


def test_unknown_comes_before_pending_and_pending_before_a_blank_number():
    definition = metric(
        "m", kind="mean", unit="seconds", of="pickup_seconds", unknown="no_logistics", pending="NOT is_due"
    )
    rows = [
        order(no_logistics=True, is_due=False),
        order(no_logistics=False, is_due=False, pickup_seconds=None),
        order(no_logistics=False, is_due=True, pickup_seconds=None),
        order(no_logistics=False, is_due=True, pickup_seconds=7),
    ]
    sums = only(run(facts(orders=rows), [definition]), definition)
    assert (sums.unknown, sums.pending, sums.rows, sums.x) == (2, 1, 1, 7)


def test_stars_are_kept_in_hundredths_and_hours_in_seconds():
    stars = metric("stars", kind="mean", unit="stars", fact="reviews", at="created_at", of="stars")
    hours = metric("hours", kind="mean", unit="hours", of="pickup_seconds")
    given = facts(
        reviews=[{"review_id": "r", "created_at": moment(0), "stars": 4.35}], orders=[order(pickup_seconds=5400)]
    )
    ledger = run(given, [stars, hours])
    assert only(ledger, stars).x == 435
    assert only(ledger, hours).x == 5400


def test_shares_are_kept_finer_and_what_stands_below_the_line_like_a_weight():
    days = metric("days", kind="mean", unit="days", of="pickup_seconds")
    sides = {"n": Rules(of="pickup_seconds * 0.8734"), "d": Rules(of="pickup_seconds")}
    share = metric("share", kind="ratio_of", sides=sides)
    hours = metric("hours", kind="ratio_of", unit="hours", sides=sides)
    ledger = run(facts(orders=[order(pickup_seconds=152)]), [days, share, hours])
    assert only(ledger, days).x == 152
    assert (only(ledger, share).x, only(ledger, share).w) == (1_327_568, 15_200)
    assert (only(ledger, hours).x, only(ledger, hours).w) == (133, 15_200)


def test_large_squares_do_not_overflow():
    definition = metric("m", kind="mean", unit="seconds", of="pickup_seconds")
    rows = [order(pickup_seconds=3_000_000_000)] * 5
    assert only(run(facts(orders=rows), [definition]), definition).x2 == 5 * 9 * 10**18


def test_rows_without_a_day_are_undated_unless_where_leaves_them_out():
    definition = metric("m", where="is_paid", numerator="is_due")
    rows = [order(None, is_paid=True), order(None, is_paid=False), order(None, is_paid=None), order(0, is_paid=True)]
    sums = only(run(facts(orders=rows), [definition]), definition)
    assert (sums.undated, sums.rows) == (2, 1)


def test_an_absent_fact_and_absent_columns_are_named():
    reply = metric("reply", fact="rounds", at="asked_at", numerator="reply_seconds <= 180")
    given = facts(EVERYTHING - {"orders.picked_up_at", "shipments.picked_up_at"}, orders=[order()])
    ledger = run(given, [ON_TIME, reply])
    assert ledger.missing == {"test.on_time": ("orders.pickup_seconds",), "test.reply": ("rounds",)}
    assert totals(ledger, {"test.on_time": WINDOW, "test.reply": WINDOW}) == {}


def test_one_source_of_a_column_is_enough_and_exclusions_may_go_without():
    definition = metric("m", numerator="pickup_seconds <= 10", exclude=(("refunded", "has_refund"),))
    ledger = run(facts({"shipments.picked_up_at"}, orders=[order(has_refund=False)]), [definition])
    assert ledger.missing == {}
    assert only(ledger, definition).rows == 1


def test_a_metric_that_fails_on_the_data_leaves_the_others_alone():
    broken = metric("broken", numerator="no_such_column <= 10")
    endless = metric("endless", kind="mean", unit="seconds", of="pickup_seconds / (hour - hour)")
    rows = [order(pickup_seconds=5, hour=1)]
    ledger = run(facts(orders=rows), [broken, ON_TIME, endless])
    assert set(ledger.errors) == {"test.broken", "test.endless"}
    assert "no_such_column" in ledger.errors["test.broken"]
    assert "\n" not in ledger.errors["test.endless"]
    assert only(ledger, ON_TIME).hits == 1
    assert set(totals(ledger, {"test.broken": WINDOW, "test.on_time": WINDOW})) == {"test.on_time"}


def test_a_ratio_of_two_facts_fails_whole():
    both = metric("both", kind="ratio_of", sides={"n": Rules(where="nothing = 1"), "d": Rules()})
    ledger = run(facts(orders=[order()]), [both])
    assert set(ledger.errors) == {"test.both"}
    assert frame(ledger).is_empty()


def test_metrics_not_in_force_and_composites_are_passed_over():
    skipped = [metric("old", in_force=False), metric("score", kind="composite"), metric("text", kind="none")]
    ledger = run(facts(orders=[order()]), skipped)
    assert (ledger.parts, ledger.sides, ledger.missing, ledger.errors) == ((), {}, {}, {})


def test_a_metric_without_rows_is_measured_as_nothing():
    ledger = run(facts(orders=[]), [ON_TIME])
    assert only(ledger, ON_TIME).rows == 0
    assert by_segment(ledger, {ON_TIME.id: WINDOW}) == {}


def test_a_metric_without_any_condition_counts_every_row():
    definition = metric("orders", kind="count", unit="count")
    assert only(run(facts(orders=[order(), order(1)]), [definition]), definition).rows == 2


def test_only_the_largest_segments_stand_alone_and_blank_is_one_of_its_own():
    definition = metric("m", segments=["carrier", "hour", "weekday"], numerator="is_due")
    carriers = [f"c{each:02}" for each in range(K + 3) for _ in range(1 + (each < K))]
    rows = [order(carrier=name, hour=at % 24, is_due=True) for at, name in enumerate(carriers)] + [order(is_due=True)]
    split = by_segment(run(facts(orders=rows), [definition]), {definition.id: WINDOW})
    found = {segment: sums.rows for (_, dimension, segment), sums in split.items() if dimension == "carrier"}
    assert found == {"": 1, REST: 3, **{f"c{each:02}": 2 for each in range(K)}}
    hours = {segment for _, dimension, segment in split if dimension == "hour"}
    assert hours == {"", *(str(at) for at in range(24))}


def test_segments_of_equal_size_are_chosen_by_name():
    definition = metric("m", segments=["carrier"], numerator="is_due")
    rows = [order(carrier=chr(ord("z") - at)) for at in range(20)]
    split = by_segment(run(facts(orders=rows), [definition]), {definition.id: WINDOW})
    alone = sorted(segment for _, _, segment in split if segment != REST)
    assert alone == sorted(row["carrier"] for row in rows)[:K]


def test_both_facts_of_a_ratio_keep_the_same_segments():
    sides = {"n": Rules("refunds", "applied_at"), "d": Rules("orders")}
    definition = metric("m", kind="ratio_of", sides=sides, segments=["carrier"])
    orders = [order(carrier=f"c{at:02}") for at in range(K + 1) for _ in range(2 if at else 1)]
    refunds = [{"refund_id": str(at), "applied_at": moment(0), "carrier": "c00"} for at in range(5)]
    split = by_segment(run(facts(orders=orders, refunds=refunds), [definition]), {definition.id: WINDOW})
    assert split[definition.id, "carrier", REST].hits == 5
    assert split[definition.id, "carrier", REST].rows == 1


def test_days_and_sliding_windows():
    rows = [order(at, pickup_seconds=20 * (at == 1)) for at in (0, 1, 1, 3)]
    ledger = run(facts(orders=rows), [ON_TIME])
    days = by_day(ledger, {ON_TIME.id: (DAY, DAY + dt.timedelta(days=3))})[ON_TIME.id]
    assert [(day.numerator, day.denominator) for day in days] == [(1, 1), (0, 2), (0, 0), (1, 1)]
    assert [sums.rows for _, sums in by_day_sums(ledger, {ON_TIME.id: (DAY, DAY)})[ON_TIME.id]] == [1]
    windows = [(last, sums.hits, sums.rows) for last, sums in sliding(ledger, ON_TIME.id, 2)]
    assert windows == [
        (DAY + dt.timedelta(days=1), 1, 3),
        (DAY + dt.timedelta(days=2), 0, 2),
        (DAY + dt.timedelta(days=3), 1, 1),
    ]
    assert sliding(ledger, "test.other", 2) == ()


def test_windows_include_both_ends_and_nothing_else():
    ledger = run(facts(orders=[order(at, pickup_seconds=1) for at in range(5)]), [ON_TIME])
    one, three = (DAY + dt.timedelta(days=each) for each in (1, 3))
    assert only(ledger, ON_TIME, (one, three)).rows == 3


def test_a_shop_counted_in_chunks_has_the_same_ledger(monkeypatch):
    definition = metric("m", segments=["carrier"], numerator="pickup_seconds <= 10", weight_by="buyer_weight")
    rows = [order(at % 4, carrier="ab"[at % 2], pickup_seconds=at, buyer_weight=1.5) for at in range(50)]
    whole = run(facts(orders=rows), [definition])
    monkeypatch.setattr(count, "CHUNK", 7)
    chunked = run(facts(orders=rows), [definition])
    assert frame(chunked).equals(frame(whole))
    assert totals(chunked, {definition.id: WINDOW}) == totals(whole, {definition.id: WINDOW})


@pytest.mark.parametrize("metrics", [1, 60])
def test_counts_never_run_into_each_other_however_many_share_a_word(metrics):
    definitions = [metric(f"m{at}", numerator=f"pickup_seconds < {at}") for at in range(metrics)]
    given = facts(orders=[order(at % 3, pickup_seconds=at) for at in range(metrics)])
    found = totals(run(given, definitions), {each.id: WINDOW for each in definitions})
    assert [found[each.id].hits for each in definitions] == list(range(metrics))


def test_a_failing_fact_is_an_error_of_its_metrics_only():
    late = fact_frame("refunds", [{"refund_id": "r", "applied_at": moment(0), "status": "open"}])
    given = Given(
        {"orders": fact_frame("orders", [order()]), "refunds": late.with_columns(pl.col("status").cast(pl.Int64))},
        EVERYTHING,
    )
    refunds = metric("refunds", kind="count", unit="count", fact="refunds", at="applied_at", where="is_success")
    status = metric("status", fact="refunds", at="applied_at", numerator="status = 'open'")
    ledger = run(given, [ON_TIME, refunds, status])
    assert "test.status" in ledger.errors
    assert only(ledger, ON_TIME).rows == 1
