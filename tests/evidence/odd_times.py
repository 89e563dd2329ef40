"""Shops with refunds closed to start the clock anew and with times that cannot be → who names them, and whom else.

Planted are refunds that the shop closed and the buyer applied for again, orders with a time before its cause, and
refunds asked for before the order was paid. Innocent among them: buyers who withdrew and applied again, two refunds of
an order's two lines, an exchange after a refund, clocks that differ by minutes, goods paid on delivery. Beside each
check stands the plain rule that people use.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from evidence.integrity import AS_OF, FIRST, Row, built_of, checks_of
from evidence.tables import Table
from shopscore.ledger.integrity import suspicious

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDERS = 1500
CHECKS = {
    "refund_reopened": "any second refund of an order",
    "impossible_times": "any time before its cause",
    "refund_before_order": "any refund before the payment",
}


@dataclass
class World:
    """A shop's rows; what is planted and what a plain rule names, by check: order ids."""

    orders: list[Row] = field(default_factory=list)
    refunds: list[Row] = field(default_factory=list)
    planted: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in CHECKS})
    plain: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in CHECKS})


def _hours(number: float) -> dt.timedelta:
    return dt.timedelta(seconds=round(3600 * number))


def shop(seed: int) -> World:
    """A month of orders, most of them innocent."""
    luck = random.Random(f"{seed} odd")  # noqa: S311 - invented orders are no secret
    world = World()
    for number in range(ORDERS):
        row = _order(luck, number)
        world.orders.append(row)
        _times(world, row, luck)
        if luck.random() < 0.12:
            _refunds(world, row, luck)
    for row in world.orders:
        moments = [row[name] for name in ("created_at", "picked_up_at", "delivered_at")]
        if any(one > other for one, other in pairwise(moments)) or row["paid_at"] < moments[0]:
            world.plain["impossible_times"].add(str(row["order_id"]))
    return world


def _order(luck: random.Random, number: int) -> Row:
    created = FIRST + dt.timedelta(days=luck.randrange(20)) + _hours(luck.uniform(7, 24))
    cod = luck.random() < 0.04
    picked = created + _hours(luck.uniform(1, 40))
    delivered = picked + _hours(luck.uniform(20, 90))
    return {
        "order_id": f"O{number:05d}",
        "buyer_id": f"B{number:05d}",
        "status": "shipped",
        "kind": "cod" if cod else "normal",
        "created_at": created,
        "paid_at": delivered if cod else created + _hours(luck.uniform(0.01, 0.4)),
        "shipped_at": picked - _hours(luck.uniform(0.1, 0.9)),
        "picked_up_at": picked,
        "delivered_at": delivered,
    }


def _times(world: World, row: Row, luck: random.Random) -> None:
    """Clocks of carriers that differ by minutes; now and then a time that cannot be."""
    if row["kind"] != "cod" and luck.random() < 0.03:
        # Handed over at once, to a carrier whose clock is behind.
        row["picked_up_at"] = row["paid_at"] + _hours(luck.uniform(0.05, 0.3) - luck.uniform(0, 0.9))
    elif luck.random() < 0.012:
        world.planted["impossible_times"].add(str(row["order_id"]))
        which = luck.choice(("picked_up_at", "delivered_at"))
        cause = row["created_at" if which == "picked_up_at" else "picked_up_at"]
        row[which] = cause - _hours(luck.choice((0.5, 2, 8, 30)) * luck.uniform(0.9, 1.5))


STORIES = {"one": 60, "closed": 6, "withdrawn": 8, "two lines": 6, "exchange": 4, "early": 5, "skew": 5}
"""What becomes of an order's refund, and how often."""
SECOND = {
    "closed": ("refund_only", 1),
    "withdrawn": ("return_refund", 1),
    "two lines": ("refund_only", 2),
    "exchange": ("exchange", 1),
}
"""Of what kind the second refund is, and of which line."""


def _refunds(world: World, row: Row, luck: random.Random) -> None:
    """A refund of an order, perhaps a second one, for reasons of all kinds."""
    order, story = str(row["order_id"]), luck.choices(list(STORIES), list(STORIES.values()))[0]
    applied = _applied(row, story, luck)
    finished = applied + _hours(luck.uniform(2, 40))
    closed = story in ("closed", "withdrawn")
    first = {"status": "closed" if closed else "success", "kind": "refund_only", "line_id": f"{order}-1"}
    _file(world, order, first | {"withdrawn": story == "withdrawn"}, applied, finished)
    if story in SECOND:
        kind, line = SECOND[story]
        again = finished + _hours(luck.uniform(0.5, 60))
        second = {"status": "success", "kind": kind, "line_id": f"{order}-{line}", "withdrawn": False}
        _file(world, order, second, again, again + _hours(luck.uniform(2, 40)))
        world.plain["refund_reopened"] |= {order} if again <= AS_OF else set()
        world.planted["refund_reopened"] |= {order} if again <= AS_OF and story == "closed" else set()
    if applied < row["paid_at"]:
        world.plain["refund_before_order"].add(order)
    if story == "early" and row["kind"] != "cod":
        world.planted["refund_before_order"].add(order)


def _applied(row: Row, story: str, luck: random.Random) -> dt.datetime:
    """When a refund is asked for: after the parcel came, before it was paid, or nearly so."""
    if story == "early":
        return row["paid_at"] - _hours(luck.choice((0.7, 3, 8, 40)) * luck.uniform(0.9, 1.5))
    if story == "skew":
        # Goods paid on delivery are given back before they are paid; other clocks differ by minutes.
        on_the_way = row["created_at"] + _hours(luck.uniform(1, 10))
        return on_the_way if row["kind"] == "cod" else row["paid_at"] - _hours(luck.uniform(0.0, 0.8))
    return row["delivered_at"] + _hours(luck.uniform(1, 100))


def _file(world: World, order: str, refund: Row, since: dt.datetime, end: dt.datetime) -> None:
    """A refund as it is known when the files are made."""
    if since <= AS_OF:
        known = refund | ({"finished_at": end} if end <= AS_OF else {"status": "open", "finished_at": None})
        name = f"{order}-R{len(world.refunds)}"
        world.refunds.append(known | {"refund_id": name, "order_id": order, "applied_at": since})


def named(world: World) -> dict[str, set[str]]:
    """The orders that each check names."""
    built = built_of({"orders": world.orders, "refunds": world.refunds})
    checks = checks_of()
    return {
        name: {str(key) for key in suspicious(built, checks[name], ["order_id"]).get_column("order_id")}
        for name in CHECKS
    }


def tables(seeds: int) -> Iterator[Table]:
    """For the page; one shop in twenty-five."""
    seeds = max(seeds // 25, 1)
    hits: Counter[str] = Counter()
    innocent: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    for seed in range(seeds):
        world = shop(seed)
        for name, keys in named(world).items():
            for who, found in ((name, keys), (CHECKS[name], world.plain[name])):
                hits[who] += len(found & world.planted[name])
                innocent[who] += len(found - world.planted[name])
            planted[name] += len(world.planted[name])
    yield Table(
        "odd_times",
        ("who says", "planted a shop", "of the planted named", "innocent orders a shop"),
        tuple(
            (label, f"{planted[name] / seeds:.1f}", f"{hits[who] / planted[name]:.0%}", f"{innocent[who] / seeds:.1f}")
            for name, plain in CHECKS.items()
            for label, who in ((f"`{name}`", name), (plain, plain))
        ),
    )
