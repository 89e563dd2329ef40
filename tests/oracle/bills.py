"""Entries of the money account: what Tmall shops paid in penalties, and entries to draw."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from oracle.edges import TIMES, maybe, moments, one_of
from oracle.fate import Result, count, number
from oracle.windows import days

KINDS = ("penalty", "penalty", "penalty", "deposit", "sale", "refund", None)
PAID = (None, Decimal("0.00"), Decimal("0.01"), Decimal("5.00"), Decimal("1299.55"))


def penalised_cases(shop):
    """Penalties that moved money, by the day they were booked."""
    return number(shop.rows("bills"), days(shop.as_of, 30), at=_booked, where=_penalty)


def penalty_amount(shop):
    """What they add up to."""
    tally = count(shop.rows("bills"), days(shop.as_of, 30), at=_booked, where=_penalty, of=_cents)
    return Result("count", *days(shop.as_of, 30), (tally,), tally.x / 100, None)


def _booked(entry):
    return entry["booked_at"]


def _penalty(entry):
    """Nothing was paid: none, whatever it is for; something was and nobody says for what: unknown."""
    if not entry.get("expense"):
        return False
    return None if entry.get("kind") is None else entry["kind"] == "penalty"


def _cents(entry):
    return int(entry["expense"] * 100)


@st.composite
def bill_tables(draw, today, _):
    """The money account that a Tmall shop has besides."""
    return {"bills": [draw(entry(number, today)) for number in range(draw(st.integers(0, 6)))]}


@st.composite
def entry(draw, number, today):
    """One entry, most of them around the edges of the window."""
    return {
        "entry_id": draw(maybe(st.just(f"e{number}"))),
        "booked_at": draw(moments(today, TIMES, (1, 2, 29, 30, 31, 0))),
        "kind": draw(one_of(*KINDS)),
        "expense": draw(one_of(*PAID)),
    }
