"""Moments, gaps and words around the edges of definitions, and how random values are drawn of them."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

HOUR = 3600
DAY = 24 * HOUR

NEAR = (1, 2, 3, 4, 5, 7, 0)
FAR = (27, 28, 29, 30, 31, 32, 33, 34)
HALF_YEAR = (181, 182, 183, 184, 185)
DAYS_BACK = (*NEAR, 10, 12, 15, 20, *FAR, 89, 90, 91, *HALF_YEAR)
TIMES = tuple(
    dt.time(*clock) for clock in ((12, 0, 0), (0, 0, 0), (0, 0, 1), (8, 0, 0), (9, 0, 0), (20, 59, 59), (23, 59, 59))
)
CHAT_TIMES = tuple(
    dt.time(*clock)
    for clock in (
        *((12, 0, 0), (7, 59, 59), (8, 0, 0), (8, 59, 59), (9, 0, 0), (20, 59, 59), (21, 0, 0)),
        *((22, 59, 59), (23, 0, 0), (23, 57, 0), (23, 58, 30), (23, 59, 59), (0, 0, 0), (8, 58, 30)),
    )
)
PICKUPS = tuple(hours * HOUR + more for hours in (24, 48, 12, 72, 96) for more in (0, -1, 1))
SIGNINGS = tuple(hours * HOUR + more for hours in (72, 100) for more in (0, -1, 1))
STEPS = (HOUR, 0, 1, 59, 20 * HOUR, 3 * DAY, 40 * DAY)
GAPS = (0, 1, 29, 179, 180, 181, 599, 600, 601, 2 * HOUR)
BUYERS = ("b1", "b2")
LEVELS = (None, "L0", "L1", "L2", "L3", "L4", "L5", "L6")
KINDS = (
    *("spot", "spot", "spot", None, "cod", "presale", "custom", "custom", "virtual", "reserved", "service", "o2o"),
    *("crowdfunding", "lottery"),
)
REFUND_KINDS = (*("refund_only", "return_refund") * 3, "exchange", "repair", "resend", None)
PARTIES = (None, "buyer", "seller", "system", "platform")
CLASSES = (None, "quality", "quality", "description", "damage", "no_reason", "late", "other")
STARS = (None, 1, 2, 3, 4, 5, 4.5)


def one_of(*values):
    return st.sampled_from(values)


def maybe(strategy):
    """Mostly there, sometimes blank."""
    return st.integers(0, 3).flatmap(lambda number: strategy if number else st.none())


def rarely(strategy):
    """Mostly blank."""
    return st.integers(0, 3).flatmap(lambda number: strategy if number == 1 else st.none())


def moments(today, times=TIMES, days_back=DAYS_BACK):
    return st.builds(
        lambda back, time: dt.datetime.combine(today - dt.timedelta(days=back), time),
        one_of(*days_back),
        one_of(*times),
    )


def later(moment, delays):
    """A moment some seconds after another; blank after a blank."""
    return st.none() if moment is None else one_of(*delays).map(lambda s: moment + dt.timedelta(seconds=s))


def flags():
    return one_of(None, False, True)
