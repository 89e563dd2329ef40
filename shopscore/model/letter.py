"""What is sent of an audit: titles of metrics, counts and verdicts; no order, no product, no person, no file."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Event = Literal["regression", "change", "audit"]
Mood = Literal["bad", "doubtful", "good", "unknown"]


class Told(Struct, frozen=True):
    """One thing that is another than in the audit before.

    Attributes:
        kind: ``metric``, ``gate``, ``score``, ``band`` or ``trust``.
        fate: ``worse`` and ``better`` are beyond chance, ``turned`` is another verdict and no more.
        before: its verdict then; None where there was none.
        value_before: its value then, in ``unit``; None where it has none.
    """

    kind: str
    id: str
    title: str
    fate: Literal["worse", "better", "turned"]
    before: str | None
    after: str | None
    value_before: float | None = None
    value_after: float | None = None
    unit: str | None = None


class ShopLetter(Struct, frozen=True):
    """One shop of a letter.

    Attributes:
        as_of: the moment judged, RFC 3339 with its offset.
        verdict: the worst verdict of its ranked metrics.
        trust: how far its data can be trusted.
        head: its name and what it is judged as of.
        lines: what is said of it, the answer first.
        changes: what became of it since the audit before.
        counts: how many metrics were judged, fall short, and how many clocks run out within a day.
    """

    platform: str
    shop: str
    as_of: str
    verdict: str
    trust: str
    head: str
    lines: tuple[str, ...]
    changes: tuple[Told, ...]
    counts: tuple[tuple[str, int], ...]


class Letter(Struct, frozen=True):
    """What is sent of one audit to one place.

    Attributes:
        event: the most that happened to one of its shops.
        mood: how it looks, for those who colour it.
        title: the answer in a few words.
        shops: those something is said of, the worst first.
        foot: where the full report is, and what else holds for all.
    """

    event: Event
    audit_id: str
    lang: str
    mood: Mood
    title: str
    shops: tuple[ShopLetter, ...]
    foot: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it below the title, line by line, an empty one between shops."""
        told = [line for shop in self.shops for line in ("", shop.head, *(f"- {text}" for text in shop.lines))]
        return (*told[1:], "", *self.foot)
