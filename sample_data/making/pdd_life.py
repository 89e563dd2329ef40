"""What is otherwise on Pinduoduo: numbers, groups, returning buyers, refunds on the way, a bot, days of traffic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from making.cases import Refund
from making.orders import between, pick
from making.plan import CAUSE, CHAT_FIRST, FIRST, LAST, NOW
from making.talk import Message, Session

if TYPE_CHECKING:
    from random import Random

    from making.orders import Order
    from making.plan import Plan

BUYERS = 620
ON_THE_WAY = (("多拍/拍错/不想要", 0.6), ("快递/物流一直未送到", 0.4))
CHANNELS = (("搜索", 5200), ("推荐", 7400), ("活动", 2600))
"""Where visitors come from, and how often goods are shown there a day."""


@dataclass(frozen=True, slots=True)
class TrafficDay:
    """One channel's day; money in fen."""

    date: dt.date
    channel: str
    exposures: int
    clicks: int
    visitors: int
    orders: int
    fen: int
    spend: int


@dataclass(frozen=True, slots=True)
class AgentDay:
    """One agent's day."""

    date: dt.date
    agent: str
    enquirers: int
    payers: int


def renumbered(orders: list[Order]) -> list[Order]:
    """Orders as Pinduoduo numbers them, of fewer buyers who come back; none is paid on delivery."""
    return [
        replace(
            order,
            order_id=f"{order.created_at:%y%m%d}-{number:015d}",
            buyer=f"示例买家{int(order.buyer[-4:]) % BUYERS:04d}",
            lines=tuple(replace(line, line_id=f"{number:012d}") for line in order.lines),
        )
        for number, order in enumerate(orders, start=1)
        if order.kind != "cod"
    ]


def groups(rng: Random, orders: list[Order]) -> dict[str, dt.datetime]:
    """When each paid order's group was formed: at once, or when the second buyer came."""
    return {
        order.order_id: order.paid_at + between(rng, 0, 1.5 if rng.random() < 0.3 else 0.02)
        for order in orders
        if order.paid_at is not None
    }


def on_the_way(rng: Random, orders: list[Order], refunds: list[Refund]) -> tuple[list[Order], list[Refund]]:
    """Every fiftieth order is refunded on its way and never signed for."""
    known = {refund.order.order_id for refund in refunds}
    changed, more = [], []
    for order in orders:
        picked = order.parcels[0].picked_up_at if order.parcels else None
        if picked is None or order.order_id in known or rng.random() > 0.02:
            changed.append(order)
            continue
        lost = replace(
            order, parcels=tuple(replace(each, delivered_at=None) for each in order.parcels), finished_at=None
        )
        changed.append(lost)
        more.append(_intercepted(rng, lost, picked + between(rng, 2, 20), len(more)))
    return changed, [*refunds, *more]


def _intercepted(rng: Random, order: Order, applied: dt.datetime, number: int) -> Refund:
    agreed = applied + between(rng, 0.1, 9)
    return Refund(
        refund_id=f"7100{number:012d}",
        order=order,
        line=order.lines[0],
        kind="refund_only",
        stage="in_transit",
        reason=pick(rng, ON_THE_WAY),
        applied_at=applied,
        agreed_at=agreed,
        refused_at=None,
        returned_at=None,
        signed_at=None,
        finished_at=agreed + between(rng, 0.01, 0.4),
        succeeds=True,
        last_actor="seller",
    )


def with_bot(
    rng: Random, plan: Plan, messages: list[Message], sessions: list[Session]
) -> tuple[list[Message], list[Session]]:
    """Add conversations the bot ends alone: three a day."""
    lines, talks, day = list(messages), list(sessions), CHAT_FIRST
    while day <= LAST:
        for at in range(3):
            start = dt.datetime.combine(day, dt.time(9 + 4 * at, rng.randrange(60), rng.randrange(60)))
            name, buyer, agent = f"B{day:%m%d}{at}", f"示例买家8{day:%d}{at}", plan.agents[0][0]
            for sender, later in (("buyer", 0), ("bot", 1), ("buyer", 40), ("bot", 42)):
                lines.append(Message(name, buyer, agent, sender, start + dt.timedelta(seconds=later)))
            talks.append(Session(name, buyer, agent, start, start + dt.timedelta(seconds=100), 0))
        day += dt.timedelta(days=1)
    lines.sort(key=lambda line: (line.sent_at, line.session_id))
    return [line for line in lines if line.sent_at <= NOW], sorted(
        talks, key=lambda each: (each.started_at, each.session_id)
    )


def traffic(rng: Random) -> list[TrafficDay]:
    """Days of three channels; since CAUSE the recommended goods are shown as often and clicked half as much."""
    found, day = [], FIRST
    while day <= LAST:
        for channel, shown in CHANNELS:
            exposures = round(shown * (0.9 + 0.2 * rng.random()))
            rate = 0.031 if channel != "推荐" or day < CAUSE else 0.014
            clicks = round(exposures * rate * (0.95 + 0.1 * rng.random()))
            orders = round(clicks * 0.05)
            spend = 0 if channel == "搜索" else clicks * 35
            found.append(TrafficDay(day, channel, exposures, clicks, round(clicks * 0.9), orders, orders * 3390, spend))
        day += dt.timedelta(days=1)
    return found


def agent_days(rng: Random, plan: Plan) -> list[AgentDay]:
    """Enquirers and payers of every agent's day."""
    found, day = [], CHAT_FIRST
    while day <= LAST:
        for agent, share in plan.agents:
            enquirers = round(plan.chats_a_day * share * (0.6 + 0.3 * rng.random()))
            found.append(AgentDay(day, agent, enquirers, round(enquirers * (0.35 + 0.2 * rng.random()))))
        day += dt.timedelta(days=1)
    return found
