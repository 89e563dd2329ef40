"""What happens to orders: placed, paid, packed, picked up, delivered, confirmed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from making.plan import BUSY_FROM, CAUSE, FIRST, LAST, NOW, PROMOTION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from making.plan import Carrier, Item, Plan

T = TypeVar("T")
HOUR = dt.timedelta(hours=1)
REGIONS = (("浙江", 0.3), ("广东", 0.3), ("江苏", 0.2), ("四川", 0.12), ("山东", 0.08))
LEVELS = (("L0", 0.2), ("L1", 0.22), ("L2", 0.2), ("L3", 0.16), ("L4", 0.12), ("L5", 0.07), ("L6", 0.03))
NUMBERS = {"tmall": "30", "1688": "40", "jd": "28", "pdd": "10"}
"""What order numbers begin with."""
SMALL_WAREHOUSE_ORDERS = {dt.date(2026, 10, 24): 40.0, dt.date(2026, 10, 26): 61.0, dt.date(2026, 11, 3): 55.0,
                          dt.date(2026, 11, 16): 58.0}  # fmt: skip
"""Day → hours to pick-up of the one order the small warehouse ships on it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order; money in fen."""

    line_id: str
    item: Item
    quantity: int
    fen: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel and its scans."""

    tracking_no: str
    picked_up_at: dt.datetime | None
    delivered_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Order:
    """One order with everything that will ever happen to it, also after NOW."""

    order_id: str
    buyer: str
    level: str
    region: str
    warehouse: str
    kind: str
    carrier: Carrier
    lines: tuple[Line, ...]
    created_at: dt.datetime
    paid_at: dt.datetime | None
    promised_at: dt.datetime | None
    promised_hours: int | None
    shipped_at: dt.datetime | None
    parcels: tuple[Parcel, ...]
    finished_at: dt.datetime | None
    cancelled_at: dt.datetime | None
    cancelled_by: str

    @property
    def fen(self) -> int:
        """What the buyer paid."""
        return sum(line.fen for line in self.lines)

    @property
    def clock_at(self) -> dt.datetime:
        """Payment, or for cash on delivery the order itself."""
        return self.paid_at if self.paid_at is not None and self.kind != "cod" else self.created_at

    @property
    def delivered_at(self) -> dt.datetime | None:
        """When the last parcel is signed for."""
        times = [parcel.delivered_at for parcel in self.parcels if parcel.delivered_at is not None]
        return max(times) if self.parcels and len(times) == len(self.parcels) else None


def seen(time: dt.datetime | None, now: dt.datetime = NOW) -> dt.datetime | None:
    """The time as an export of the moment ``now`` shows it."""
    return time if time is not None and time <= now else None


def pick(rng: Random, options: Sequence[tuple[T, float]]) -> T:
    """One option by its share."""
    mark = rng.random() * sum(share for _, share in options)
    for option, share in options:
        mark -= share
        if mark < 0:
            return option
    return options[-1][0]


def between(rng: Random, low: float, high: float) -> dt.timedelta:
    """A duration of ``low`` to ``high`` hours, in whole seconds."""
    return dt.timedelta(seconds=round((low + (high - low) * rng.random()) * 3600))


def make_orders(rng: Random, plan: Plan) -> list[Order]:
    """All orders of a shop, oldest first."""
    orders: list[Order] = []
    day = FIRST
    while day <= LAST:
        usual = plan.orders_a_day * (1.0 if day >= BUSY_FROM else 0.45)
        count = plan.promotion_orders if day == PROMOTION else round(usual * (0.85 + 0.3 * rng.random()))
        times = sorted(_moment(rng, day) for _ in range(count))
        for at, moment in enumerate(times):
            small = SMALL_WAREHOUSE_ORDERS.get(day) if at == count // 2 else None
            orders.append(_order(rng, plan, len(orders), moment, small))
        day += dt.timedelta(days=1)
    return [order for order in orders if order.created_at <= NOW]


def _moment(rng: Random, day: dt.date) -> dt.datetime:
    hour = pick(rng, [(hour, 0.15 if hour < 8 else 1.0) for hour in range(24)])
    return dt.datetime.combine(day, dt.time(hour, rng.randrange(60), rng.randrange(60)))


def _order(rng: Random, plan: Plan, number: int, created: dt.datetime, small: float | None) -> Order:
    kinds = (("spot", 0.94), ("presale", 0.025), ("custom", 0.025), ("cod", 0.01))
    kind = "spot" if small else pick(rng, kinds)
    carrier = plan.carriers[0] if small else pick(rng, [(each, each.share) for each in plan.carriers])
    unpaid = small is None and kind != "cod" and rng.random() < 0.02
    paid = None if unpaid or kind == "cod" else created + between(rng, 0.01, 0.2)
    start = paid or created
    withdrawn = small is None and not unpaid and rng.random() < 0.02
    hours = small or _pickup_hours(rng, plan, carrier, kind, start)
    promised_at, promised_hours = _promise(kind, start)
    picked = None if unpaid or withdrawn else start + dt.timedelta(seconds=round(hours * 3600))
    parcels = _parcels(rng, carrier, number, picked)
    shipped = picked - between(rng, 0.3, 2.5) if picked is not None else None
    delivered = max((p.delivered_at for p in parcels if p.delivered_at), default=None)
    finished = delivered + between(rng, 10, 150) if delivered is not None else None
    if kind == "cod":
        paid = delivered
    cancelled = created + between(rng, 24, 24) if unpaid else start + between(rng, 1, 14) if withdrawn else None
    return Order(
        order_id=f"{NUMBERS[plan.platform]}00{created:%y%m%d}{number:08d}",
        buyer=f"示例买家{rng.randrange(6000):04d}",
        level=pick(rng, LEVELS),
        region=pick(rng, REGIONS),
        warehouse=plan.small_warehouse if small else pick(rng, plan.warehouses),
        kind=kind,
        carrier=carrier,
        lines=_lines(rng, plan, number),
        created_at=created,
        paid_at=paid,
        promised_at=promised_at,
        promised_hours=promised_hours,
        shipped_at=shipped,
        parcels=parcels,
        finished_at=finished,
        cancelled_at=cancelled,
        cancelled_by="system" if unpaid else "buyer" if withdrawn else "",
    )


def _promise(kind: str, start: dt.datetime) -> tuple[dt.datetime | None, int | None]:
    if kind == "presale":
        return dt.datetime.combine(start.date() + dt.timedelta(days=10), dt.time(23, 59, 59)), None
    return (None, 168) if kind == "custom" else (None, None)


def _pickup_hours(rng: Random, plan: Plan, carrier: Carrier, kind: str, start: dt.datetime) -> float:
    if kind in {"presale", "custom"}:
        return 90 + 60 * rng.random()
    late = carrier.late_since_cause if start.date() >= CAUSE else carrier.late
    if start.date() == PROMOTION:
        late = max(late, plan.promotion_late)
    return 50 + 36 * rng.random() if rng.random() < late else 5 + plan.usual_hours * rng.random()


def _parcels(rng: Random, carrier: Carrier, number: int, picked: dt.datetime | None) -> tuple[Parcel, ...]:
    if picked is None:
        return ()
    count = 2 if rng.random() < 0.05 else 1
    transit = carrier.transit_hours
    return tuple(
        Parcel(
            f"{carrier.prefix}{number:08d}{at}",
            picked - at * between(rng, 0.1, 3),
            picked + between(rng, 0.7 * transit, 1.3 * transit),
        )
        for at in range(count)
    )


def _lines(rng: Random, plan: Plan, number: int) -> tuple[Line, ...]:
    count = pick(rng, list(enumerate(plan.lines, start=1)))
    rest = list(plan.items)
    lines = []
    for at in range(count):
        item = pick(rng, [(each, each.share) for each in rest])
        rest.remove(item)
        quantity = rng.randrange(10, 80) if plan.platform == "1688" else rng.randrange(1, 3)
        lines.append(Line(f"50{number:010d}{at}", item, quantity, item.price * quantity * 100))
    return tuple(lines)
