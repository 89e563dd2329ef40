"""Pinduoduo's conversations: a buyer's whole day, message by message."""

from __future__ import annotations

import datetime as dt

from oracle.chat import conversations
from oracle.fate import ratio
from oracle.windows import days

OPENS, CLOSES = dt.time(8), dt.time(23)
THREE_MINUTES = dt.timedelta(minutes=3)
HOUR = dt.timedelta(hours=1)


def buyer_days(shop):
    """One row per buyer and day on which he wrote: his lines inside the hours, and when a person answered each."""
    result = []
    for by_day in conversations(shop).values():
        for day, lines in by_day.items():
            asked = [(place, line) for place, line in enumerate(lines) if line["sender"] == "buyer"]
            if asked:
                inside = [(place, line) for place, line in asked if OPENS <= line["sent_at"].time() < CLOSES]
                result.append(
                    {
                        "asked_at": asked[0][1]["sent_at"],
                        "waits": [_wait(lines[place:]) for place, _ in inside],
                        "served": _bot_served(lines),
                        "closes_at": dt.datetime.combine(day, CLOSES),
                    }
                )
    return result


def _wait(lines):
    """How long the first of these lines waited for a person; None where nobody answered that day."""
    answers = [line["sent_at"] for line in lines if line["sender"] == "human"]
    return answers[0] - lines[0]["sent_at"] if answers else None


def _bot_served(lines):
    """No person wrote, and the bot (an automatic phrase is none) spoke after the buyer's last line."""
    if any(line["sender"] == "human" for line in lines):
        return False
    heard = [line["sender"] for line in lines if line["sender"] in ("buyer", "bot")]
    return heard[-1] == "bot"


def _answered(shop, back, limit, *, without_bots):
    rows = buyer_days(shop)
    judged = shop.judged_at("buyer_days")
    return ratio(
        rows,
        days(shop.as_of, back),
        at=lambda row: row["asked_at"],
        exclude=[lambda row: not row["waits"], lambda row: without_bots and row["served"]],
        pending=lambda row: row["closes_at"] + limit >= judged,
        hit=lambda row: all(wait is not None and wait <= limit for wait in row["waits"]),
    )


def manual_reply_3min_rate(shop):
    """Buyers without one message that waited over three minutes for a person ÷ buyers who needed one; 30 days."""
    return _answered(shop, 30, THREE_MINUTES, without_bots=True)


def manual_reply_3min_rate_day(shop):
    """The same of yesterday."""
    return _answered(shop, 1, THREE_MINUTES, without_bots=True)


def effective_reply_rate_old(shop):
    """Buyers without one message that waited over an hour ÷ buyers who wrote, of yesterday."""
    return _answered(shop, 1, HOUR, without_bots=False)
