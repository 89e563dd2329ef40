"""What goes wrong after the sale: refunds, disputes, reviews."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from making.orders import between, pick
from making.plan import NOW

if TYPE_CHECKING:
    from random import Random

    from making.orders import Line, Order
    from making.plan import Plan

QUALITY = (("质量问题", 0.5), ("做工粗糙/有瑕疵", 0.5))
NO_REASON = (("7天无理由退换货", 0.6), ("不喜欢/不想要", 0.4))
OTHERS = (
    ("少件/漏发", 0.3),
    ("颜色/图案/款式不符", 0.3),
    ("收到商品破损", 0.2),
    ("快递/物流一直未送到", 0.2),
)
BEFORE_SHIP = (("多拍/拍错/不想要", 0.7), ("协商一致退款", 0.3))


@dataclass(frozen=True, slots=True)
class Refund:
    """One refund case; blank times have not come and will not."""

    refund_id: str
    order: Order
    line: Line
    kind: str
    stage: str
    reason: str
    applied_at: dt.datetime
    agreed_at: dt.datetime | None
    refused_at: dt.datetime | None
    returned_at: dt.datetime | None
    signed_at: dt.datetime | None
    finished_at: dt.datetime | None
    succeeds: bool
    last_actor: str
    escalated_at: dt.datetime | None = None
    liability: str = ""

    def status(self, now: dt.datetime = NOW) -> str:
        """How the case stands at a moment: open, success or closed."""
        if self.finished_at is None or self.finished_at > now:
            return "open"
        return "success" if self.succeeds else "closed"


@dataclass(frozen=True, slots=True)
class Review:
    """One review with its part ratings."""

    order: Order
    line: Line
    created_at: dt.datetime
    stars: int
    description: int
    service: int
    logistics: int


def make_refunds(rng: Random, plan: Plan, orders: list[Order]) -> list[Refund]:
    """All refund cases, in the order of their orders, the planned number of them lost before the platform."""
    refunds: list[Refund] = []
    for order in orders:
        if order.cancelled_by == "buyer":
            refunds.append(_before_ship(rng, order, len(refunds)))
        elif order.delivered_at is not None:
            for line, reason in _reasons(rng, order):
                refunds.append(_after_delivery(rng, order, line, len(refunds), reason))
    return _escalate(rng, plan, refunds)


def _reasons(rng: Random, order: Order) -> list[tuple[Line, str]]:
    found = []
    for line in order.lines:
        mark = rng.random()
        if mark < line.item.quality:
            found.append((line, pick(rng, QUALITY)))
        elif mark < line.item.quality + line.item.no_reason:
            found.append((line, pick(rng, NO_REASON)))
        elif mark < line.item.quality + line.item.no_reason + 0.012:
            found.append((line, pick(rng, OTHERS)))
    return found


def _before_ship(rng: Random, order: Order, number: int) -> Refund:
    assert order.cancelled_at is not None  # noqa: S101 - the caller asked for withdrawn orders
    applied = order.cancelled_at - between(rng, 0.1, 0.5)
    return Refund(
        refund_id=f"6000{number:012d}",
        order=order,
        line=order.lines[0],
        kind="refund_only",
        stage="before_ship",
        reason=pick(rng, BEFORE_SHIP),
        applied_at=applied,
        agreed_at=order.cancelled_at,
        refused_at=None,
        returned_at=None,
        signed_at=None,
        finished_at=order.cancelled_at,
        succeeds=True,
        last_actor=pick(rng, (("seller", 0.6), ("system", 0.4))),
    )


def _after_delivery(rng: Random, order: Order, line: Line, number: int, reason: str) -> Refund:
    delivered = order.delivered_at
    assert delivered is not None  # noqa: S101 - the caller asked for delivered orders
    applied = delivered + between(rng, 3, 70)
    returns = rng.random() < 0.7
    withdrawn = rng.random() < 0.05
    agreed = applied + between(rng, 0.2, 20)
    returned = agreed + between(rng, 6, 48) if returns and not withdrawn else None
    signed = returned + between(rng, 40, 90) if returned is not None else None
    finished = (signed or agreed) + between(rng, 0.2, 30)
    return Refund(
        refund_id=f"6000{number:012d}",
        order=order,
        line=line,
        kind="return_refund" if returns else "refund_only",
        stage="received",
        reason=reason,
        applied_at=applied,
        agreed_at=None if withdrawn else agreed,
        refused_at=None,
        returned_at=returned,
        signed_at=signed,
        finished_at=finished,
        succeeds=not withdrawn,
        last_actor="buyer" if withdrawn else pick(rng, (("seller", 0.85), ("system", 0.15))),
    )


def _escalate(rng: Random, plan: Plan, refunds: list[Refund]) -> list[Refund]:
    """The planned disputes of the last weeks: refused, called in, most judged against the seller."""
    since = NOW - dt.timedelta(days=28)
    fit = [
        at
        for at, refund in enumerate(refunds)
        if refund.stage == "received" and since <= refund.applied_at <= NOW - dt.timedelta(days=8)
    ]
    outcomes = ["seller"] * plan.seller_liable + ["buyer"] * 5
    rng.shuffle(outcomes)
    changed = list(refunds)
    for outcome, place in zip(outcomes, rng.sample(fit, len(outcomes)), strict=True):
        refund = refunds[place]
        refused = refund.applied_at + between(rng, 2, 24)
        called = refused + between(rng, 1, 20)
        changed[place] = replace(
            refund,
            agreed_at=None,
            returned_at=None,
            signed_at=None,
            kind="refund_only",
            refused_at=refused,
            escalated_at=called,
            liability=outcome,
            finished_at=called + between(rng, 30, 110),
            succeeds=outcome == "seller",
            last_actor="platform",
        )
    return changed


def make_reviews(rng: Random, orders: list[Order], refunds: list[Refund]) -> list[Review]:
    """Reviews of a part of the finished deals; bad ones mostly where quality was refunded."""
    bad = {refund.line.line_id for refund in refunds if refund.reason in dict(QUALITY)}
    reviews = []
    for order in orders:
        if order.finished_at is None or order.finished_at > NOW or rng.random() > 0.3:
            continue
        line = order.lines[0]
        stars = 1 if line.line_id in bad else pick(rng, ((5, 0.93), (4, 0.02), (3, 0.03), (1, 0.02)))
        logistics = 3 if order.carrier.transit_hours > 100 else 5
        created = order.finished_at + between(rng, 0.1, 60)
        if created <= NOW:
            reviews.append(Review(order, line, created, stars, max(stars - 1, 1) if stars < 5 else 5, 5, logistics))
    return reviews
