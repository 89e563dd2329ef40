"""Rows counted by the segments they stand in are the rows that `evidence` lists, segment by segment."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from ledger_stand_ins import DAY, Rules, facts, metric, moment

from shopscore.ledger import evidence, kernel
from shopscore.ledger.crossings import crossings

WINDOW = (DAY, DAY + dt.timedelta(days=1))
SPLIT = ("carrier", "region")
PICKS = [("carrier", "中通"), ("region", "浙江"), ("day", DAY.isoformat()), ("carrier", "nobody")]
FAST = metric("fast", numerator="pickup_seconds <= 10", segments=SPLIT, exclude=(("held", "status = 'held'"),))
SPENT = metric("spent", kind="mean", unit="seconds", of="pickup_seconds", segments=SPLIT)
CASES = metric(
    "cases",
    kind="ratio_of",
    segments=("carrier",),
    sides={"n": Rules(fact="refunds", at="applied_at"), "d": Rules()},
)
ROW = st.fixed_dictionaries(
    {
        "carrier": st.sampled_from(["中通", "圆通", "", None]),
        "region": st.sampled_from(["浙江", "广东", None]),
        "status": st.sampled_from(["held", "shipped"]),
        "pickup_seconds": st.one_of(st.none(), st.integers(0, 20)),
        "day": st.integers(0, 2),
    }
)


def orders(rows):
    return [
        {"order_id": f"o{at}", "clock_at": moment(row["day"]), **{name: row[name] for name in row if name != "day"}}
        for at, row in enumerate(rows)
    ]


def by_hand(given_, definition, rows):
    """Flags of the picks → rows and hits, from the rows themselves."""
    by_id = {row["order_id"]: row for row in rows}
    found = {}
    for fate in ("hit", "miss", "counted"):
        for name in evidence.rows(given_, definition, fate, WINDOW).get_column("order_id").to_list():
            row = by_id[name]
            flags = tuple(
                row["clock_at"].date() == DAY if dimension == "day" else row[dimension] == segment
                for dimension, segment in PICKS
            )
            counts, seconds = found.setdefault(flags, [0, 0, 0]), row["pickup_seconds"] or 0
            found[flags] = [counts[0] + 1, counts[1] + (fate == "hit"), counts[2] + seconds]
    return found


@given(st.lists(ROW, min_size=1, max_size=15), st.randoms())
def test_every_settled_row_stands_in_its_segments(rows, rng):
    rows = orders(rows)
    given_ = facts(orders=rows)
    ledger = kernel.run(given_, [FAST, SPENT])
    for definition in (FAST, SPENT):
        found = crossings(ledger, definition, WINDOW, PICKS)
        expected = by_hand(given_, definition, rows)
        assert {flags: (each.rows, each.hits) for flags, each in found.items()} == {
            flags: tuple(counts[:2]) for flags, counts in expected.items()
        }
    rng.shuffle(rows)
    again = kernel.run(facts(orders=rows), [FAST, SPENT])
    assert crossings(again, FAST, WINDOW, PICKS) == crossings(ledger, FAST, WINDOW, PICKS)


@given(st.lists(ROW, min_size=1, max_size=15))
def test_what_is_added_up_is_added_up_by_segment(rows):
    rows = orders(rows)
    given_ = facts(orders=rows)
    found = crossings(kernel.run(given_, [SPENT]), SPENT, WINDOW, PICKS)
    assert {flags: each.x for flags, each in found.items()} == {
        flags: counts[2] for flags, counts in by_hand(given_, SPENT, rows).items()
    }


def test_two_facts_meet_in_their_segments():
    bought = orders([{"carrier": "中通", "day": 0}, {"carrier": "圆通", "day": 0}])
    given_ = facts(orders=bought, refunds=[{"refund_id": "r", "applied_at": moment(1), "carrier": "中通"}])
    found = crossings(kernel.run(given_, [CASES]), CASES, WINDOW, [("carrier", "中通")])
    assert {flags: (each.rows, each.hits) for flags, each in found.items()} == {(True,): (1, 1), (False,): (1, 0)}
    assert crossings(kernel.run(facts(orders=bought), [CASES]), CASES, WINDOW, PICKS) != found
