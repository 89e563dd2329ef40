"""JD's consultation figures: conversations put together by hand, and the rounds inside them."""

from __future__ import annotations

import datetime as dt

from oracle.blank import at_most, either, least, there
from oracle.chat import RANK, conversations, midnight, rounds
from oracle.fate import mean, ratio
from oracle.jd_ship import in_holiday
from oracle.windows import calendar_month, days

OPENS, CLOSES = dt.time(9), dt.time(23)
REJOINS = dt.timedelta(minutes=10)
IN_TIME = 30
SILENCE_COUNTS = dt.date(2025, 9, 1)
"""From then on a round nobody answers counts in the mean."""


def _lines(shop):
    heard = [line for line in shop.rows("messages") if line["sender"] in RANK]
    return sorted(heard, key=lambda line: (line["sent_at"], RANK[line["sender"]]))


def _heads(shop):
    """The conversations of their table; without one those the lines name."""
    if "sessions" in shop.tables:
        return shop.rows("sessions")
    named = {}
    for line in _lines(shop):
        named.setdefault(line["session_id"], []).append(line)
    return [
        {
            "session_id": name,
            "buyer_id": min(line["buyer_id"] for line in lines),
            "started_at": lines[0]["sent_at"],
            "closed_at": lines[-1]["sent_at"],
            "queued_at": None,
            "is_offline": None,
        }
        for name, lines in named.items()
    ]


def sessions(shop):
    """Conversations; back within ten minutes of the close, the buyer goes on with the old one."""
    result, last = [], {}
    for head in sorted(_heads(shop), key=_in_order):
        ends_at, buyer = either(head["closed_at"], head["started_at"]), head["buyer_id"]
        old = last.get(buyer)
        if old is not None and head["started_at"] is not None and head["started_at"] - old["ends_at"] < REJOINS:
            old["parts"].append(head)
            old["ends_at"] = max(old["ends_at"], ends_at)
        else:
            result.append({"parts": [head], "ends_at": ends_at})
            if old is not None and ends_at is not None:
                result[-1]["ends_at"] = max(ends_at, old["ends_at"])
            if buyer is not None and ends_at is not None:
                last[buyer] = result[-1]
    by_number = {}
    for line in _lines(shop):
        by_number.setdefault(line["session_id"], []).append(line)
    return [_told(shop, each["parts"], by_number) for each in result]


def _in_order(head):
    started = head["started_at"]
    return (either(head["buyer_id"], "~"), started is None, "" if started is None else str(started), head["session_id"])


def _told(shop, parts, by_number):
    numbers = [head["session_id"] for head in parts]
    lines = [line for number in numbers for line in by_number.get(number, [])]
    lines.sort(key=lambda line: (line["sent_at"], RANK[line["sender"]]))
    asks = [line for line in lines if line["sender"] == "buyer"]
    first = asks[0] if asks else None
    answers = [line["sent_at"] for line in lines if line["sender"] == "human" and first is not None]
    later = [moment for moment in answers if moment >= first["sent_at"]]
    closed = [head["closed_at"] for head in parts if head["closed_at"] is not None]
    nobody_there = first is not None and first["agent_online"] is False
    return {
        "numbers": numbers,
        "started_at": least(head["started_at"] for head in parts),
        "queued_at": least(head["queued_at"] for head in parts),
        "closed_at": max(closed, default=None) if "sessions" in shop.tables else None,
        "is_offline": bool(parts[0]["is_offline"]) if shop.gives("sessions", "is_offline") else nobody_there,
        "asked_at": None if first is None else first["sent_at"],
        "answered_at": later[0] if later else None,
    }


def _outside(session):
    """By the start of the conversation: the opening second is in, the closing one out."""
    started = session["started_at"]
    return None if started is None else not OPENS <= started.time() < CLOSES


# ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────


def first_30s_reply_rate(shop):
    """First questions answered by a person within 30 s of the queue ÷ conversations with a question."""

    def queue(session):
        return either(session["queued_at"], session["asked_at"])

    def waited(session):
        if session["answered_at"] is None:
            return None
        return (session["answered_at"] - queue(session)).total_seconds()

    judged = shop.judged_at("sessions")
    return ratio(
        sessions(shop),
        days(shop.as_of, 35, 6),
        at=lambda session: session["started_at"],
        where=lambda session: there(session["asked_at"]),
        exclude=[_outside, lambda session: session["is_offline"]],
        pending=lambda session: queue(session) + dt.timedelta(seconds=IN_TIME) >= judged,
        hit=lambda session: at_most(waited(session), IN_TIME),
    )


def leave_message_rate(shop):
    """Conversations that found nobody online ÷ conversations of the last finished month."""
    return ratio(
        sessions(shop),
        calendar_month(shop.as_of),
        at=lambda session: session["started_at"],
        hit=lambda session: session["is_offline"],
    )


# ── rounds ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _rounds(shop):
    """Rounds with the conversation their question stands in."""
    homes = {number: session for session in sessions(shop) for number in session["numbers"]}
    asked_in = {}
    for line in _lines(shop):
        if line["sender"] == "buyer":
            key = (line["buyer_id"], line["sent_at"])
            asked_in[key] = min(asked_in.get(key, line["session_id"]), line["session_id"])
    return [
        {**each, "session": homes.get(asked_in[each["buyer_id"], each["asked_at"]])}
        for each in rounds(conversations(shop), assist=False)
    ]


def _ends_at(each):
    """Where no answer comes: the recorded close after the question, at the latest midnight."""
    closed = None if each["session"] is None else each["session"]["closed_at"]
    ends = midnight(each["asked_at"])
    return min(closed, ends) if closed is not None and closed > each["asked_at"] else ends


def _wait(each):
    return round((either(each["answered_at"], _ends_at(each)) - each["asked_at"]).total_seconds())


def _mean_reply(shop, window):
    judged, counts = shop.judged_at("rounds"), shop.as_of.date() >= SILENCE_COUNTS

    def silent(each):
        return not counts and each["answered_at"] is None and midnight(each["asked_at"]) < judged

    def running(each):
        return each["answered_at"] is None and (not counts or _ends_at(each) >= judged)

    return mean(
        _rounds(shop),
        window,
        at=lambda each: each["asked_at"],
        exclude=[
            lambda each: None if each["session"] is None else _outside(each["session"]),
            lambda each: each["session"] is not None and each["session"]["is_offline"],
            lambda each: in_holiday(each["asked_at"]),
            silent,
        ],
        pending=running,
        of=_wait,
    )


def avg_response_s(shop):
    """Σ wait ÷ rounds, T-35..T-6."""
    return _mean_reply(shop, days(shop.as_of, 35, 6))


def avg_response_month_s(shop):
    """The same of the last finished month."""
    return _mean_reply(shop, calendar_month(shop.as_of))
