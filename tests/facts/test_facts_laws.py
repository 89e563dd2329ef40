"""What holds for any data: the order of rows, cut data, and rounds as a plain loop would count them."""

from __future__ import annotations

import datetime as dt
import itertools

from facts_world import Settings, chat, shop, table
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.facts import build
from shopscore.schema import FACTS, TABLES

START = dt.datetime(2026, 11, 1, 22)
END = START + dt.timedelta(days=40)
HOURS = st.integers(0, 30)
SOON = st.sampled_from([0, 0, 1, 1, 2, 59, 60, 3600, 7199, 7200, 7201, 86400]).map(
    lambda seconds: f"{START + dt.timedelta(seconds=seconds):%m-%d %H:%M:%S}"
)
NUMBERS = {
    "refunds": "refund_id",
    "disputes": "dispute_id",
    "sessions": "session_id",
    "reviews": "review_id",
    "products": "product_id",
}
WORDS = {
    "order_id": ["1", "2", "3", "4"],
    "line_id": ["a", "b", None],
    "buyer_id": ["x", "y"],
    "agent_id": ["m", "n", None],
    "tracking_no": ["T1", "T2", "T1,T2", "T3", None],
    "session_id": ["0", "1", None],
}
KINDS = {
    "time": [None, *range(30)],
    "flag": [True, False, None],
    "integer": [0, 1, 2, None],
    "number": [24.0, 48.0, None],
    "money": ["1.00", "2.50", None],
}
NAMES = (
    *("orders", "sightings", "shipments", "refunds", "order_lines", "sessions", "messages", "reviews", "disputes"),
    *("products", "traffic", "violations", "agent_stats", "bills", "platform_scores"),
)


def hour(hours):
    return None if hours is None else f"{START + dt.timedelta(hours=hours):%m-%d %H:%M:%S}"


def cell(column, random):
    usual = [*column.words, None] if column.words else KINDS.get(column.kind, ["p", "q", None])
    choices = WORDS.get(column.name, usual)
    value = random.choice([choice for choice in choices if choice is not None] if column.needed else choices)
    return hour(value) if column.kind == "time" else value


def some_table(name, random):
    """A few rows with some of the table's columns, no key twice."""
    spec = TABLES[name]
    columns = [column for column in spec.columns if column.needed or random.random() < 0.6]
    rows = [{column.name: cell(column, random) for column in columns} for _ in range(random.randint(1, 8))]
    rows = [{**row, NUMBERS[name]: str(place)} if name in NUMBERS else row for place, row in enumerate(rows)]
    by_key = {tuple(row.get(key) for key in spec.key) if spec.key else place: row for place, row in enumerate(rows)}
    return table(name, list(by_key.values()))


def some_shop(names, random):
    return {name: some_table(name, random) for name in sorted(names)}


SHOPS = st.builds(some_shop, st.sets(st.sampled_from(NAMES), min_size=1), st.randoms(use_true_random=True))
RULES = st.sampled_from(
    [
        Settings(),
        Settings(chat=chat(answers=["human", "assist_bot"], rejoin_minutes=90, session_gap_minutes=60)),
        Settings(chat=chat(ignored=["is_recalled"], rejoin_minutes=5), exempted_orders=frozenset({"1"})),
    ]
)


def collected(tables, rules, as_of=END, seen_until=None):
    built = build(shop(seen_until, **tables), rules, as_of)
    frames = {}
    for name, frame in built.frames.items():
        rows = frame.collect()
        assert rows.columns == [column.name for column in FACTS[name].columns]
        frames[name] = sorted(map(repr, rows.rows()))
    return frames, built.judged


@settings(deadline=None, max_examples=25)
@given(SHOPS, RULES, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(tables, rules, random):
    shuffled = {}
    for name, frame in tables.items():
        order = list(range(frame.height))
        random.shuffle(order)
        shuffled[name] = frame[order]
    assert collected(tables, rules) == collected(shuffled, rules)


def cut(name, frame, as_of):
    """The rows and cells a file exported at ``as_of`` would have had."""
    spec = TABLES[name]
    kept = []
    for row in frame.to_dicts():
        if spec.born and (row.get(spec.born) or as_of) > as_of:
            continue
        later = [c.name for c in spec.columns if (c.event or c.bound) and (row.get(c.name) or as_of) > as_of]
        kept.append({**row, **dict.fromkeys(later)})
    return frame.clear() if not kept else frame.clear().vstack(type(frame)(kept, schema=frame.schema))


@settings(deadline=None, max_examples=25)
@given(SHOPS, RULES, HOURS)
def test_an_earlier_moment_is_the_data_cut_at_it(tables, rules, hours):
    as_of = START + dt.timedelta(hours=hours)
    then = {name: cut(name, frame, as_of) for name, frame in tables.items()}
    assert collected(tables, rules, as_of) == collected(then, rules, as_of)


@settings(deadline=None, max_examples=25)
@given(SHOPS, RULES)
def test_subjects_are_neither_lost_nor_made_up(tables, rules):
    frames, _ = collected(tables, rules)
    for fact in ("refunds", "reviews"):
        assert len(frames.get(fact, ())) == (tables[fact].height if fact in tables else 0)
    known = {number for name in ("orders", "order_lines") if name in tables for number in tables[name]["order_id"]}
    assert len(frames.get("orders", ())) == len(known)
    assert len(frames.get("parcels", ())) >= len(known)
    assert len(frames.get("lines", ())) >= len(known)


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "buyer_id": st.sampled_from("xy"),
            "sender": st.sampled_from(["buyer", "buyer", "human", "bot", "auto", "official", "system"]),
            "sent_at": SOON,
            "bot_mode": st.sampled_from(["assist", "auto", None]),
            "is_recalled": st.sampled_from([True, False, None]),
            "is_blocked": st.sampled_from([True, None]),
        }
    ),
    min_size=1,
    max_size=14,
)
READINGS = [
    chat(),
    chat(answers=["human", "assist_bot"]),
    chat(ignored=["is_recalled"]),
    chat(answers=["human", "assist_bot"], ignored=["is_recalled", "is_blocked"]),
]
ORDER = {"buyer": 0, "bot": 1, "auto": 1, "human": 2}


def by_hand(lines, rules):
    """Rounds as (buyer, asked, answered), one line after another."""
    taken = [line for line in lines if line["sender"] in ORDER and not any(line[flag] for flag in rules.ignored)]
    taken.sort(key=lambda line: (line["buyer_id"], line["sent_at"], ORDER[line["sender"]]))
    rounds = []
    for (buyer, _), day in itertools.groupby(taken, key=lambda line: (line["buyer_id"], line["sent_at"].date())):
        asked = None
        for line in day:
            assisted = line["sender"] == "bot" and line["bot_mode"] == "assist" and "assist_bot" in rules.answers
            if line["sender"] == "buyer":
                asked = asked or line["sent_at"]
            elif asked and (line["sender"] == "human" or assisted):
                rounds.append((buyer, asked, line["sent_at"]))
                asked = None
        if asked:
            rounds.append((buyer, asked, None))
    return rounds


@settings(deadline=None, max_examples=60)
@given(LINES, st.sampled_from(READINGS))
def test_rounds_and_buyer_days_agree_with_a_plain_loop(lines, rules):
    messages = table("messages", lines)
    frames = build(shop(messages=messages), Settings(chat=rules), END).frames
    expected = by_hand(messages.to_dicts(), rules)
    rounds = frames["rounds"].select("buyer_id", "asked_at", "answered_at").collect().rows()
    assert sorted(rounds, key=repr) == sorted(expected, key=repr)
    days = {}
    for buyer, asked, answered in expected:
        days.setdefault((buyer, asked.date()), []).append((asked, answered))
    columns = ("buyer_id", "asked_at", "answered_at", "round_count", "slowest_reply_seconds", "unanswered_count")
    counted = frames["buyer_days"].select(columns).collect().rows()
    waits = {key: [int((b - a).total_seconds()) for a, b in day if b] for key, day in days.items()}
    assert sorted(counted, key=repr) == sorted(
        (
            (key[0], *day[0], len(day), max(waits[key], default=None), len(day) - len(waits[key]))
            for key, day in days.items()
        ),
        key=repr,
    )


SCANS = st.lists(st.none() | HOURS.map(hour), min_size=1, max_size=4)


@settings(deadline=None, max_examples=25)
@given(SCANS)
def test_an_orders_parcels_may_be_listed_in_any_of_three_ways(scans):
    placed = {"order_id": "1", "created_at": "11-01 08:00", "paid_at": "11-01 09:00"}
    numbers = [f"T{n}" for n in range(len(scans))]
    parcels = [{"tracking_no": n, "picked_up_at": s} for n, s in zip(numbers, scans, strict=True)]
    named = [{**parcel, "order_id": "1"} for parcel in parcels]
    in_one_cell = [{**placed, "tracking_no": ",".join(numbers)}]
    as_lines = [{**placed, "line_id": n, "tracking_no": n} for n in numbers]
    ways = [([placed], named), (in_one_cell, parcels), (as_lines, parcels)]
    seen = []
    for orders, shipments in ways:
        rows = build(shop(orders=orders, shipments=shipments), Settings(), END).frames["orders"].collect()
        seen.append(rows.select("picked_up_at", "parcel_count").row(0))
    moments = table("shipments", parcels)["picked_up_at"].to_list()
    last = None if None in moments else max(moments)
    assert seen == [(last, len(scans))] * 3


@settings(deadline=None, max_examples=20)
@given(st.lists(HOURS.map(hour), min_size=1, max_size=3))
def test_splitting_a_parcel_listed_once_changes_nothing_but_the_count(scans):
    placed = {"order_id": "1", "created_at": "11-01 08:00", "paid_at": "11-01 09:00"}
    whole = [{"order_id": "1", "tracking_no": f"T{n}", "picked_up_at": scan} for n, scan in enumerate(scans)]
    split = [{**parcel, "tracking_no": f"{parcel['tracking_no']},{parcel['tracking_no']}b"} for parcel in whole]
    rows = [
        build(shop(orders=[placed], shipments=shipments), Settings(), END).frames["orders"].collect().to_dicts()[0]
        for shipments in (whole, split)
    ]
    assert [row.pop("parcel_count") for row in rows] == [len(scans), 2 * len(scans)]
    assert rows[0] == rows[1]
