"""Conversations: questions, answers, automatic replies, and silence in the evening."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from making.orders import pick
from making.plan import BAD_HOURS, CHAT_FIRST, LAST, NOW

if TYPE_CHECKING:
    from random import Random

    from making.plan import Plan

SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Message:
    """One chat line, without its text."""

    session_id: str
    buyer: str
    agent: str
    sender: str
    sent_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation; 0 stars mean it was not rated."""

    session_id: str
    buyer: str
    agent: str
    started_at: dt.datetime
    closed_at: dt.datetime
    rating: int


def make_talk(rng: Random, plan: Plan) -> tuple[list[Message], list[Session]]:
    """All chat lines and conversations, oldest first."""
    messages: list[Message] = []
    sessions: list[Session] = []
    day = CHAT_FIRST
    while day <= LAST:
        for _ in range(round(plan.chats_a_day * (0.85 + 0.3 * rng.random()))):
            start = _start(rng, plan, day)
            agent = pick(rng, plan.agents)
            names = (f"S{len(sessions):06d}", f"示例买家{rng.randrange(6000):04d}", agent)
            chat = _chat(rng, plan, names, start)
            chat = [line for line in chat if line.sent_at <= NOW]
            if chat:
                sessions.append(_session(rng, chat))
                messages.extend(chat)
        day += dt.timedelta(days=1)
    for chat in _curious(plan):
        sessions.append(_session(rng, chat))
        messages.extend(chat)
    messages.sort(key=lambda line: (line.sent_at, line.session_id))
    return messages, sorted(sessions, key=lambda session: (session.started_at, session.session_id))


def _start(rng: Random, plan: Plan, day: dt.date) -> dt.datetime:
    rest = [(hour, 0.1 if hour < 8 or hour == 23 else 1.0) for hour in range(24) if hour not in BAD_HOURS]
    total = sum(share for _, share in rest)
    bad = [(hour, plan.evening_share * total / (1 - plan.evening_share) / len(BAD_HOURS)) for hour in BAD_HOURS]
    return dt.datetime.combine(day, dt.time(pick(rng, [*rest, *bad]), rng.randrange(50), rng.randrange(60)))


def _chat(rng: Random, plan: Plan, names: tuple[str, str, str], start: dt.datetime) -> list[Message]:
    """Two rounds on average: question, perhaps an automatic reply at once, then a person sooner or later or never."""
    session, buyer, agent = names
    lines: list[Message] = []
    clock = start
    for at in range(pick(rng, ((1, 0.4), (2, 0.4), (3, 0.2)))):
        lines.append(Message(session, buyer, agent, "buyer", clock))
        evening = clock.hour in BAD_HOURS
        fate = pick(rng, (("soon", 0.42), ("slow", 0.3), ("auto", 0.16), ("never", 0.12)) if evening
                    else (("soon", 0.975), ("slow", 0.015), ("auto", 0.005), ("never", 0.005)))  # fmt: skip
        if rng.random() < 0.2:
            lines.append(Message(session, buyer, agent, "buyer", clock + SECOND * rng.randrange(3, 8)))
        if fate == "auto" or (at == 0 and rng.random() < 0.2):
            lines.append(Message(session, buyer, agent, "auto", clock + SECOND))
        if fate in {"auto", "never"}:
            break
        wait = rng.randrange(8, plan.quick_seconds) if fate == "soon" else rng.randrange(240, 1500)
        clock += SECOND * wait
        lines.append(Message(session, buyer, agent, "human", clock))
        clock += SECOND * rng.randrange(20, 200)
    return lines


def _session(rng: Random, chat: list[Message]) -> Session:
    first, last = chat[0], chat[-1]
    answered = any(line.sender == "human" for line in chat)
    rating = pick(rng, ((5, 0.8), (4, 0.15), (2, 0.05)) if answered else ((1, 0.6), (3, 0.4)))
    rated = rng.random() < 0.25
    return Session(
        first.session_id,
        first.buyer,
        first.agent,
        first.sent_at,
        min(last.sent_at + SECOND * 60, NOW),
        rating if rated else 0,
    )


def _curious(plan: Plan) -> list[list[Message]]:
    """What breaks naive readers: an answer in the second of the question, and a conversation across midnight."""
    agent = plan.agents[1][0]
    noon = dt.datetime(2026, 11, 17, 12, 0, 0)
    night = dt.datetime(2026, 11, 17, 23, 58, 30)
    same, across = "S900001", "S900002"
    return [
        [Message(same, "示例买家9001", agent, "buyer", noon), Message(same, "示例买家9001", agent, "human", noon)],
        [
            Message(across, "示例买家9002", agent, "buyer", night),
            Message(across, "示例买家9002", agent, "human", night + SECOND * 60),
            Message(across, "示例买家9002", agent, "buyer", night + SECOND * 80),
            Message(across, "示例买家9002", agent, "human", night + SECOND * 150),
        ],
    ]
