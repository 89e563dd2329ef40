"""Conversations: rounds and days of buyers, built line by line; ratings of sessions."""

from __future__ import annotations

import datetime as dt

from oracle.blank import at_most, is_in, no, there
from oracle.fate import mean, ratio
from oracle.trade import orders
from oracle.windows import days

IN_TIME = 180
CAP = 600
RANK = {"buyer": 0, "auto": 1, "bot": 1, "human": 2}
"""Who speaks first in the same second; who is not here (official accounts, the system) is not heard."""
TMALL_HOURS_2025 = dt.date(2025, 6, 2)
"""08:00-23:00 from then on, and lines of blocked buyers, advertising and fraud are not heard; before, 08:00-24:00."""


def conversations(shop, *, hears_blocked=True):
    """Buyer → day → lines in order."""
    lines = [line for line in shop.rows("messages") if line["sender"] in RANK]
    if not hears_blocked:
        lines = [line for line in lines if not line["is_blocked"]]
    result = {}
    for line in sorted(lines, key=lambda line: (line["sent_at"], RANK[line["sender"]])):
        result.setdefault(line["buyer_id"], {}).setdefault(line["sent_at"].date(), []).append(line)
    return result


def _is_answer(line, *, assist):
    return line["sender"] == "human" or (assist and line["sender"] == "bot" and line["bot_mode"] == "assist")


def rounds(conversations, *, assist):
    """A round: from the buyer's first unanswered line to the first valid answer; midnight ends it unanswered.

    Further lines of the buyer before the answer open nothing and reset nothing.
    """
    result = []
    for buyer, by_day in conversations.items():
        for lines in by_day.values():
            asked = None
            for line in lines:
                if line["sender"] == "buyer" and asked is None:
                    asked = line["sent_at"]
                elif asked is not None and _is_answer(line, assist=assist):
                    result.append({"buyer_id": buyer, "asked_at": asked, "answered_at": line["sent_at"]})
                    asked = None
            if asked is not None:
                result.append({"buyer_id": buyer, "asked_at": asked, "answered_at": None})
    return result


def buyer_days(conversations, *, assist):
    """A buyer's day: the first line he sends on it, and the first valid answer from then on, on that day."""
    result = []
    for buyer, by_day in conversations.items():
        for lines in by_day.values():
            asked = [line["sent_at"] for line in lines if line["sender"] == "buyer"]
            if not asked:
                continue
            answers = [line["sent_at"] for line in lines if _is_answer(line, assist=assist)]
            later = [moment for moment in answers if moment >= asked[0]]
            result.append({"buyer_id": buyer, "asked_at": asked[0], "answered_at": later[0] if later else None})
    return result


def _asked_at(row):
    return row["asked_at"]


def _reply_seconds(row):
    return None if row["answered_at"] is None else round((row["answered_at"] - row["asked_at"]).total_seconds())


def midnight(moment):
    """The end of that day."""
    return dt.datetime.combine(moment.date() + dt.timedelta(days=1), dt.time())


def _outside(opens, closes):
    """Asked outside the service hours: the opening second is in, the closing one out."""
    return lambda row: not opens <= row["asked_at"].time() or (closes is not None and row["asked_at"].time() >= closes)


def _three_minutes(rows, window, judged, *exclude):
    """Answered within three minutes ÷ asked; no answer is a miss once the three minutes are over."""
    return ratio(
        rows,
        window,
        at=_asked_at,
        exclude=exclude,
        pending=lambda row: row["asked_at"] + dt.timedelta(seconds=IN_TIME) >= judged,
        hit=lambda row: at_most(_reply_seconds(row), IN_TIME),
    )


def _unanswered(shop, rows, judged, outside):
    return ratio(
        rows,
        days(shop.as_of, 30),
        at=_asked_at,
        exclude=[outside],
        pending=lambda row: midnight(row["asked_at"]) >= judged,
        hit=lambda row: row["answered_at"] is None,
    )


# ── 1688 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def ww_3min_rate_1688(shop):
    """Judged on the buyer's first message of the day, 09:00-21:00; only people answer."""
    return _three_minutes(
        buyer_days(conversations(shop), assist=False),
        days(shop.as_of, 30),
        shop.judged_at("buyer_days"),
        _outside(dt.time(9), dt.time(21)),
    )


def professional_days(shop):
    """The buyers' days, and which are of no professional buyer: of no level from L1 to L6 on the newest order."""
    levels = {}
    for order in sorted(orders(shop), key=lambda order: (order["created_at"], order["order_id"])):
        if order["buyer_id"] is not None and order["buyer_level"] is not None:
            levels[order["buyer_id"]] = order["buyer_level"]
    rows = buyer_days(conversations(shop), assist=False)
    return rows, lambda row: no(is_in(levels.get(row["buyer_id"]), "L1", "L2", "L3", "L4", "L5", "L6"))


def ww_3min_rate_before_202211(shop):
    """The older badge rule: 08:00-23:00, professional buyers L1 to L6."""
    rows, not_professional = professional_days(shop)
    return _three_minutes(
        rows,
        days(shop.as_of, 30),
        shop.judged_at("buyer_days"),
        _outside(dt.time(8), dt.time(23)),
        not_professional,
    )


def unanswered_rate_1688(shop):
    """Of the same first messages, those nobody answered until midnight."""
    rows = buyer_days(conversations(shop), assist=False)
    return _unanswered(shop, rows, shop.judged_at("buyer_days"), _outside(dt.time(9), dt.time(21)))


# ── Tmall ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tmall_rounds(shop):
    new = shop.as_of.date() >= TMALL_HOURS_2025
    outside = _outside(dt.time(8), dt.time(23) if new else None)
    return rounds(conversations(shop, hears_blocked=not new), assist=True), outside


def ww_3min_rate(shop):
    """Rounds answered within three minutes ÷ rounds; people answer, and bots in assist mode."""
    rows, outside = _tmall_rounds(shop)
    return _three_minutes(rows, days(shop.as_of, 30), shop.judged_at("rounds"), outside)


def unanswered_rate(shop):
    """Of the rounds, those nobody answered until midnight."""
    rows, outside = _tmall_rounds(shop)
    return _unanswered(shop, rows, shop.judged_at("rounds"), outside)


def ww_manual_seconds(shop):
    """Σ reply time of answered rounds, at most ten minutes each ÷ those rounds; answers in 0 s are robots'.

    A round that stays unanswered until midnight is left out; before midnight its answer may still come.
    """
    rows, outside = _tmall_rounds(shop)
    judged = shop.judged_at("rounds")
    return mean(
        rows,
        days(shop.as_of, 30),
        at=_asked_at,
        exclude=[
            outside,
            lambda row: _reply_seconds(row) == 0,
            lambda row: row["answered_at"] is None and midnight(row["asked_at"]) < judged,
        ],
        pending=lambda row: row["answered_at"] is None,
        of=lambda row: None if row["answered_at"] is None else min(_reply_seconds(row), CAP),
    )


# ── both ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def satisfaction(shop):
    """Satisfied and very satisfied (4 and 5) ÷ ratings received."""
    return ratio(
        shop.rows("sessions"),
        days(shop.as_of, 30),
        at=lambda session: session["started_at"],
        where=lambda session: there(session["rating"]),
        hit=lambda session: session["rating"] >= 4,
    )
