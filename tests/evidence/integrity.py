"""Shops with planted fakes among innocent lookalikes → how much of them the checks find, and whom they accuse.

Planted are clicks of parcels that never leave, numbers of other buyers' parcels, machines under persons' names, and
tables of another time zone. Beside each check stands the plain rule that people use.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from evidence.shifted_clocks import told
from evidence.tables import Table
from shopscore import facts
from shopscore.ledger.integrity import suspicious
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.integrity import suspects
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.shopfile import ShopFile
from shopscore.tables import ShopTables, table_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.facts import Facts
    from shopscore.ruleset.resolve import Definition
    from shopscore.ruleset.rules import Rules

AS_OF = dt.datetime(2026, 11, 23, 10)
FIRST = dt.datetime(2026, 10, 24)
DAYS = 29
ORDERS = 1200
CARRIERS = {"yto": (3, 10), "zto": (2, 14), "sto": (4, 20), "overseas": (20, 90)}
"""Hours within which each scans a parcel that lies ready; the overseas one takes days."""
OUTAGE = ("sto", 12)
"""A carrier and a day of which no scan was handed over."""
FAKE, BORROWED = 25, 12
CHATS = 900

Row = dict[str, object]


@dataclass
class World:
    """A shop's rows, and what is planted in them: order ids and round questions (buyer, moment)."""

    orders: list[Row] = field(default_factory=list)
    refunds: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    fake: set[str] = field(default_factory=set)
    borrowed: set[str] = field(default_factory=set)
    machine: set[tuple[str, dt.datetime]] = field(default_factory=set)


def _hours(number: float) -> dt.timedelta:
    return dt.timedelta(seconds=round(3600 * number))


def shop(seed: int) -> World:
    """A shop in which things are planted among innocent rows that look alike."""
    luck = random.Random(seed)  # noqa: S311 - invented orders are no secret
    world = World()
    _sell(world, luck)
    _fake(world, luck)
    _borrow(world, luck)
    _talk(world, luck)
    return world


def _sell(world: World, luck: random.Random) -> None:
    """Honest orders: lost or late scans, parcels that hold several orders, refunds before the carrier comes."""
    for number in range(ORDERS):
        day = luck.randrange(DAYS)
        paid = FIRST + dt.timedelta(days=day) + _hours(min(luck.gauss(15, 5) % 24, 23.9))
        carrier = luck.choices(list(CARRIERS), (5, 3, 2, 1))[0]
        clicked = paid + _hours(luck.uniform(1, 20))
        scanned = clicked + _hours(luck.uniform(*CARRIERS[carrier]) * (3 if luck.random() < 0.02 else 1))
        signed = scanned + _hours(luck.uniform(30, 90))
        outage = carrier == OUTAGE[0] and (clicked - FIRST).days == OUTAGE[1]
        lost = outage or luck.random() < 0.01
        row = {
            "order_id": f"O{number:05d}",
            "buyer_id": f"B{number:05d}",
            "status": "shipped",
            "created_at": paid - _hours(0.05),
            "paid_at": paid,
            "shipped_at": _past(clicked),
            "picked_up_at": None if lost else _past(scanned),
            # A parcel whose scan is lost is signed for all the same; of one in twenty nobody says so.
            "delivered_at": None if lost and luck.random() < 0.05 else _past(signed),
            "carrier": carrier,
            "region": luck.choice(("浙江", "广东", "江苏", "四川", "山东")),
            "tracking_no": f"T{number:05d}",
        }
        if clicked <= AS_OF and luck.random() < 0.02:
            row |= {"picked_up_at": None, "delivered_at": None}
            asked = min(clicked + _hours(1), AS_OF)
            world.refunds.append(
                {"refund_id": f"R{number}", "order_id": row["order_id"], "status": "success", "applied_at": asked}
            )
        world.orders.append(row)
        _merged(world, row, luck, number)


def _merged(world: World, row: Row, luck: random.Random, number: int) -> None:
    """Further orders in the same parcel: of the same buyer, of one household, or a surcharge paid days later."""
    chance = luck.random()
    again = {**row, "order_id": f"M{number:05d}"}
    if chance < 0.03:
        world.orders.append(again)
    elif chance < 0.04:
        world.orders.append({**again, "buyer_id": f"H{number:05d}"})
    elif chance < 0.055 and row["shipped_at"] is not None:
        later = row["shipped_at"] + _hours(luck.uniform(30, 150))
        if later <= AS_OF:
            world.orders.append({**again, "created_at": later, "paid_at": later, "shipped_at": later + _hours(0.1)})


def _past(moment: dt.datetime) -> dt.datetime | None:
    return moment if moment <= AS_OF else None


def _fake(world: World, luck: random.Random) -> None:
    """Orders called shipped that never leave; one in five buyers asks for the money back."""
    old = AS_OF - dt.timedelta(days=6)
    sent = [row for row in world.orders if row["shipped_at"] is not None and row["order_id"][0] == "O"]
    able = [row for row in sent if row["shipped_at"] < old]
    for row in luck.sample(able, FAKE):
        row |= {"picked_up_at": None, "delivered_at": None}
        world.fake.add(str(row["order_id"]))
        if luck.random() < 0.2:
            asked = row["shipped_at"] + _hours(80)
            world.refunds.append(
                {"refund_id": f"F{row['order_id']}", "order_id": row["order_id"], "status": "open", "applied_at": asked}
            )


def _borrow(world: World, luck: random.Random) -> None:
    """Orders that carry the number and the scan of another buyer's parcel."""
    able = [row for row in world.orders if row["picked_up_at"] is not None and row["order_id"][0] == "O"]
    for row, other in zip(*[iter(luck.sample(able, 2 * BORROWED))] * 2, strict=True):
        row |= {"tracking_no": other["tracking_no"], "picked_up_at": other["picked_up_at"]}
        world.borrowed |= {str(row["order_id"]), str(other["order_id"])}


def _talk(world: World, luck: random.Random) -> None:
    """Two agents, one of them quick with canned phrases; a greeting under an agent's name; a machine under another."""
    for number in range(CHATS):
        buyer, agent = f"C{number:05d}", luck.choices(("human", "canned", "greeted", "machine"), (5, 3, 2, 1))[0]
        asked = FIRST + dt.timedelta(days=luck.randrange(DAYS)) + _hours(luck.uniform(9, 21))
        for turn in range(luck.choice((1, 2, 3))):
            waits = {
                "human": luck.lognormvariate(3.5, 0.8),
                "canned": luck.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 9)) if turn == 0 else luck.lognormvariate(2.6, 0.9),
                "greeted": luck.choice((0, 1)) if turn == 0 else luck.lognormvariate(3.5, 0.8),
                "machine": luck.choice((0, 1, 1, 2)),
            }
            wait = round(waits[agent])
            if agent == "machine" or (agent == "greeted" and turn == 0):
                world.machine.add((buyer, asked))
            world.messages.append({"buyer_id": buyer, "sender": "buyer", "sent_at": asked})
            answered = asked + dt.timedelta(seconds=wait)
            world.messages.append({"buyer_id": buyer, "sender": "human", "agent_id": agent, "sent_at": answered})
            asked = answered + dt.timedelta(seconds=luck.randrange(20, 200))


@cache
def _rules() -> Rules:
    return load_rules([default_rules_dir()])


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    schema = table_schema(table)
    names = [name for name in schema if any(name in row for row in rows)]
    return pl.DataFrame([{name: row.get(name) for name in names} for row in rows], {n: schema[n] for n in names})


def built_of(tables: dict[str, list[Row]]) -> Facts:
    """The facts of a shop's rows."""
    rules = _rules()
    frames = {name: _frame(name, rows) for name, rows in tables.items()}
    settings = fact_settings(rules.packs["tmall"].pack, AS_OF.date(), ShopFile(), rules.machine)
    return facts.build(ShopTables("tmall", "s", frames, dict.fromkeys(frames, AS_OF)), settings, AS_OF)


def checks_of() -> dict[str, Definition]:
    """The checks of the data, by id."""
    rules = _rules()
    return {each.check.id: each.definition for each in suspects(rules.integrity, rules.packs["tmall"].pack, ShopFile())}


def found(world: World) -> dict[str, set[object]]:
    """What the checks name, and what a plain rule would: check → the planted kind of key."""
    built = built_of({"orders": world.orders, "refunds": world.refunds, "messages": world.messages})
    checks = checks_of()
    parcels = built.frames["parcels"].select("order_id", "clicked_at", "picked_up_at", "tracking_order_count").collect()
    rounds = built.frames["rounds"].select("buyer_id", "asked_at", "reply_seconds").collect()
    clicked = suspicious(built, checks["click_without_scan"], ["order_id"]).get_column("order_id")
    reused = suspicious(built, checks["tracking_reused"], ["order_id"]).get_column("order_id")
    instant = suspicious(built, checks["instant_replies"], ["buyer_id", "asked_at"]).select("buyer_id", "asked_at")
    never = parcels.filter(pl.col("clicked_at").is_not_null() & pl.col("picked_up_at").is_null())
    return {
        "clicks": set(clicked),
        "clicks, plain": set(never.get_column("order_id")),
        "numbers": set(reused),
        "numbers, plain": set(parcels.filter(pl.col("tracking_order_count") > 1).get_column("order_id")),
        "replies": set(instant.iter_rows()),
        "replies, plain": set(rounds.filter(pl.col("reply_seconds") <= 2).select("buyer_id", "asked_at").iter_rows()),
    }


@dataclass(frozen=True)
class Score:
    """Of some shops: the share of what is planted that is named, and innocent rows named a shop."""

    rule: str
    recall: float
    innocent: float


PLAIN = {
    "clicks": "any click without a scan is fake",
    "numbers": "any number used twice is fraud",
    "replies": "any answer within 2 seconds is a machine's",
}


def scores(seeds: int) -> list[Score]:
    """Checks and plain rules, one line each."""
    hits: Counter[str] = Counter()
    innocent: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    for seed in range(seeds):
        world = shop(seed)
        truth = {"clicks": world.fake, "numbers": world.borrowed, "replies": world.machine}
        for rule, named in found(world).items():
            wanted = truth[rule.partition(",")[0]]
            hits[rule] += len(named & wanted)
            innocent[rule] += len(named - wanted)
            planted[rule] += len(wanted)
    return [Score(rule, hits[rule] / planted[rule], innocent[rule] / seeds) for rule in planted]


def tables(seeds: int) -> Iterator[Table]:
    """The tables of the page."""
    by_rule = {each.rule: each for each in scores(max(seeds // 25, 1))}
    named = [
        (label, by_rule[rule])
        for kind, plain in PLAIN.items()
        for label, rule in ((f"`integrity`: {kind}", kind), (plain, f"{kind}, plain"))
    ]
    yield Table(
        "integrity.rows",
        ("who says", "of the planted named", "innocent rows a shop"),
        tuple((label, f"{each.recall:.0%}", f"{each.innocent:.1f}") for label, each in named),
    )
    yield Table(
        "integrity.clocks",
        ("who says", "right clocks accused", "wrong clocks told, with their hours"),
        tuple((each.sign, f"{each.accused:.1%}", f"{each.right:.0%}") for each in told(max(seeds // 100, 1))),
    )
