"""Laws of the ledger: every row has one fate, merging is adding, order says nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_stand_ins import DAY, Rules, facts, fate_of, metric, moment

from shopscore.ledger.cells import by_day_sums, by_segment, frame, merge, sliding, totals
from shopscore.ledger.kernel import choose, run, split

FLAGS = ("is_paid", "is_due", "has_refund", "no_logistics", "is_exempt")
WEIGHTS = st.sampled_from([None, 0.5, 1.0, 2.25])
SECONDS = st.one_of(st.none(), st.integers(0, 5))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            **{name: st.sampled_from([True, False, None]) for name in FLAGS},
            "order_id": st.uuids().map(str),
            "clock_at": st.sampled_from([None, 0, 1, 2, 3]).map(moment),
            "created_at": st.sampled_from([0, 1, 5]).map(moment),
            "carrier": st.sampled_from([None, *"abcdefghijklmnopq"]),
            "hour": st.sampled_from([None, 0, 9, 23]),
            "pickup_seconds": SECONDS,
            "buyer_weight": WEIGHTS,
        }
    ),
    max_size=30,
)
FULL = {
    "where": "is_paid",
    "exclude": (("refunded", "has_refund"), ("exempt", "is_exempt")),
    "unknown": "no_logistics",
    "pending": "NOT is_due",
    "numerator": "pickup_seconds <= 2",
}
RATIO = metric("ratio", segments=["carrier", "hour"], **FULL)
WEIGHTED = metric("weighted", segments=["carrier"], weight_by="buyer_weight", **FULL)
MEAN = metric("mean", kind="mean", unit="seconds", of="pickup_seconds", segments=["hour"], pending="NOT is_due")
QUANTILE = metric("quantile", kind="quantile", unit="hours", of="pickup_seconds", exclude=(("exempt", "is_exempt"),))
COUNT = metric("count", kind="count", unit="count", at="created_at")
RATIO_OF = metric(
    "ratio_of",
    kind="ratio_of",
    segments=["carrier"],
    sides={
        "n": Rules(at="created_at", where="has_refund", exclude=(("exempt", "is_exempt"),)),
        "d": Rules(where="is_paid", pending="NOT is_due", exclude=(("exempt", "is_exempt"),)),
    },
)
ALL = [RATIO, WEIGHTED, MEAN, QUANTILE, COUNT, RATIO_OF]
WINDOW = (DAY, DAY + dt.timedelta(days=2))


def negated(flag):
    return None if flag is None else not flag


def expected(row, numbers=()):
    seconds = row["pickup_seconds"]
    return fate_of(
        row["is_paid"],
        [("refunded", row["has_refund"]), ("exempt", row["is_exempt"])],
        row["no_logistics"],
        negated(row["is_due"]),
        None if seconds is None else seconds <= 2,
        numbers,
    )


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_every_row_that_meets_where_has_the_fate_the_documentation_gives(rows):
    cells = frame(run(facts(orders=rows), [RATIO, WEIGHTED]))
    for definition, numbers in ((RATIO, ()), (WEIGHTED, ("buyer_weight",))):
        fates = [(row, expected(row, [row[name] for name in numbers])) for row in rows]
        wanted = Counter(
            (None if row["clock_at"] is None else row["clock_at"].date(), fate) for row, fate in fates if fate
        )
        found = cells.filter(pl.col("metric") == definition.id, pl.col("dimension") == "")
        counted = {
            (day, fate): rows for day, fate, rows in found.group_by("day", "fate").agg(pl.col("rows").sum()).iter_rows()
        }
        assert counted == wanted


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_a_window_accounts_for_every_row_that_meets_where(rows):
    ledger = run(facts(orders=rows), [RATIO])
    sums = totals(ledger, {RATIO.id: WINDOW})[RATIO.id]
    meant = [row for row in rows if row["is_paid"] is not False]
    dated = [row for row in meant if row["clock_at"] and WINDOW[0] <= row["clock_at"].date() <= WINDOW[1]]
    left_out = sum(rows for rows, _, _ in sums.excluded.values())
    assert sums.rows + sums.pending + sums.unknown + left_out == len(dated)
    assert sums.undated == sum(row["clock_at"] is None for row in meant)
    assert sums.hits == sum(expected(row) == "hit" for row in dated)
    would_have = sum(
        (expected(row) or "").startswith("excluded")
        and row["pickup_seconds"] is not None
        and row["pickup_seconds"] <= 2
        for row in dated
    )
    assert sum(hits for _, hits, _ in sums.excluded.values()) == would_have


@settings(deadline=None, max_examples=30)
@given(ROWS, st.data())
def test_the_ledgers_of_any_split_add_up_to_the_ledger_of_the_whole(rows, data):
    cut = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    pieces = [[row for row, at in zip(rows, cut, strict=True) if at == which] for which in range(3)]
    choice = choose(facts(orders=rows), ALL)
    whole = run(facts(orders=rows), ALL)
    merged = merge(run(facts(orders=piece), ALL, choice) for piece in pieces)
    assert frame(merged).equals(frame(whole))
    assert merged.values.equals(whole.values)
    windows = {definition.id: WINDOW for definition in ALL}
    assert totals(merged, windows) == totals(whole, windows)
    assert by_segment(merged, windows) == by_segment(whole, windows)
    assert by_day_sums(merged, windows) == by_day_sums(whole, windows)
    assert sliding(merged, MEAN.id, 2) == sliding(whole, MEAN.id, 2)


@settings(deadline=None, max_examples=30)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(rows, random):
    shuffled = random.sample(rows, len(rows))
    one, other = run(facts(orders=rows), ALL), run(facts(orders=shuffled), list(reversed(ALL)))
    assert frame(one).equals(frame(other))
    assert one.values.equals(other.values)


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_the_segments_of_a_dimension_add_up_to_the_whole(rows):
    ledger = run(facts(orders=rows), ALL)
    windows = {definition.id: WINDOW for definition in ALL}
    whole, split = totals(ledger, windows), by_segment(ledger, windows)
    fields = ("rows", "hits", "pending", "unknown", "undated", "w", "w2", "wh", "x", "x2", "wx")
    for definition in ALL:
        for dimension in definition.metric.segments:
            mine = [sums for (metric, name, _), sums in split.items() if (metric, name) == (definition.id, dimension)]
            for each in fields:
                assert sum(getattr(sums, each) for sums in mine) == getattr(whole[definition.id], each)


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_weights_and_numbers_are_exact_sums_over_settled_rows(rows):
    ledger = run(facts(orders=rows), [WEIGHTED, MEAN, QUANTILE])
    sums = totals(ledger, {definition.id: WINDOW for definition in (WEIGHTED, MEAN, QUANTILE)})
    dated = [row for row in rows if row["clock_at"] and WINDOW[0] <= row["clock_at"].date() <= WINDOW[1]]
    settled = [row for row in dated if expected(row, [row["buyer_weight"]]) in ("hit", "miss")]
    weights = [round(100 * row["buyer_weight"]) for row in settled]
    hits = [weight for row, weight in zip(settled, weights, strict=True) if expected(row) == "hit"]
    weighted = sums[WEIGHTED.id]
    assert (weighted.w, weighted.w2, weighted.wh) == (sum(weights), sum(w * w for w in weights), sum(hits))
    seconds = [row["pickup_seconds"] for row in dated if row["is_due"] and row["pickup_seconds"] is not None]
    mean = sums[MEAN.id]
    assert (mean.rows, mean.x, mean.x2) == (len(seconds), sum(seconds), sum(x * x for x in seconds))
    assert (mean.w, mean.wx) == (100 * len(seconds), 100 * sum(seconds))
    kept = [row["pickup_seconds"] for row in dated if row["is_exempt"] is False and row["pickup_seconds"] is not None]
    assert sums[QUANTILE.id].values == tuple(sorted(Counter(kept).items()))


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_a_ratio_of_two_counts_puts_both_sides_into_one(rows):
    ledger = run(facts(orders=rows), [RATIO_OF])
    sums = totals(ledger, {RATIO_OF.id: WINDOW})[RATIO_OF.id]
    above = [row for row in rows if row["has_refund"] is not False and row["created_at"].date() <= WINDOW[1]]
    below = [row for row in rows if row["is_paid"] is not False]
    dated = [row for row in below if row["clock_at"] and row["clock_at"].date() <= WINDOW[1]]

    def tell(row, flag, pending):
        return fate_of(row[flag], [("exempt", row["is_exempt"])], False, pending, "absent")

    n = Counter(tell(row, "has_refund", False) for row in above)
    d = Counter(tell(row, "is_paid", negated(row["is_due"])) for row in dated)
    assert (sums.hits, sums.rows) == (n["counted"], d["counted"])
    assert (sums.pending, sums.unknown) == (d["pending"], n["unknown"] + d["unknown"])
    exempt = n["excluded.exempt"] + d["excluded.exempt"]
    assert sums.excluded == ({"exempt": (exempt, n["excluded.exempt"], 0)} if exempt else {})
    assert sums.undated == sum(row["clock_at"] is None for row in below)


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_what_is_counted_whole_and_split_afterwards_is_what_is_split_at_once(rows):
    found = facts(orders=rows)
    whole = run(found, [COUNT], unsplit=[RATIO, WEIGHTED, MEAN, RATIO_OF])
    windows = {each.id: WINDOW for each in ALL}
    at_once = run(found, ALL)
    assert by_segment(whole, windows) == {}
    assert totals(whole, windows).items() <= totals(at_once, windows).items()
    assert by_segment(split(whole, [RATIO, WEIGHTED, MEAN, RATIO_OF]), windows) == by_segment(at_once, windows)
