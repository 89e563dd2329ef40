"""Random conversations and sessions of a shop."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from oracle.edges import BUYERS, CHAT_TIMES, GAPS, HOUR, NEAR, flags, later, maybe, moments, one_of, rarely


@st.composite
def conversation(draw, number, today):
    """Lines that follow each other by the gaps that matter, in any order of speakers."""
    moment = draw(moments(today, CHAT_TIMES, (*NEAR[:3], 30, 31, 0)))
    buyer = draw(one_of(*BUYERS))
    result = []
    for _ in range(draw(st.integers(1, 5))):
        sender = draw(one_of("buyer", "buyer", "human", "human", "bot", "auto", "official", "system"))
        result.append(
            {
                "session_id": f"s{number}",
                "buyer_id": buyer,
                "sender": sender,
                "sent_at": moment,
                "bot_mode": draw(one_of("assist", "auto", None)) if sender == "bot" else None,
                "agent_online": draw(rarely(flags())),
                "is_blocked": draw(rarely(flags())),
                "is_recalled": draw(rarely(flags())),
                "no_reply_needed": draw(rarely(flags())),
            }
        )
        moment += dt.timedelta(seconds=draw(one_of(*GAPS)))
    return result


@st.composite
def session_row(draw, number, today):
    started = draw(maybe(moments(today)))
    return {
        "session_id": f"s{number}",
        "buyer_id": draw(one_of(*BUYERS)),
        "started_at": started,
        "closed_at": draw(maybe(later(started, (0, HOUR)))),
        "rating": draw(one_of(None, 1, 3, 3.5, 4, 5)),
    }
