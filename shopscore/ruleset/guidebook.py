"""The shape of what a platform's guide asks: its indicators, its advice, its structures and what they open or close."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shopscore.ruleset.strict import Strict, Text

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]


class Indicator(Strict):
    """Something the guide names: the metrics that measure it, or why none can and what would be needed."""

    area: Text | None = None
    name: Text
    metrics: list[Name] = []
    missing: Text | None = None


class GuideAdvice(Strict):
    """A piece of the guide's advice: where it is matched, or why it is refused."""

    text: Text
    advice: list[str] = []
    refused: Text | None = None


class GuideConsequence(Strict):
    """Something the guide says a number leads to: the metrics and gates beside which it stands."""

    text: Text
    metrics: list[Name] = []
    gates: list[Name] = []
    refused: Text | None = None


class Guide(Strict):
    """One guide as a whole system; ``reading`` says in words how to go about its score."""

    title: Text
    source: list[str] = Field(min_length=1)
    reading: Text | None = None
    indicators: list[Indicator] = []
    advice: list[GuideAdvice] = []
    consequences: list[GuideConsequence] = []


class EnteredName(Strict):
    """What a name under ``scores:`` in ``shop.yaml`` is called and how its numbers are shown.

    ``rate`` is a share of one; ``switch`` is 1 where something is on or true, else 0; a score without a unit is shown
    as it is typed. Without a title a name has that of its metric, its factor or its composite's input.
    """

    title: Text | None = None
    unit: Literal["rate", "switch"] | None = None


class Factor(Strict):
    """One part of a platform's structure: the score or rank the seller types in, and the metrics in it."""

    score: Name
    title: Text
    metrics: list[Name] = []
    weight: float | None = None


class Structure(Strict):
    """How a platform put its score together in some years; weights only where they were published."""

    id: Name
    title: Text
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    factors: list[Factor] = Field(min_length=1)
    note: Text | None = None
    source: list[str] = Field(min_length=1)


class Gate(Strict):
    """What an entered score or rank opens or closes.

    Attributes:
        scores: names under ``scores:`` in ``shop.yaml``; each of them must hold.
        at_least, at_most: the limit, ends in; one of the two.
        opens: what is gained where it holds, and lost where it does not.
    """

    id: Name
    title: Text
    scores: list[Name] = Field(min_length=1)
    at_least: float | None = None
    at_most: float | None = None
    opens: Text
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: Text | None = None
    source: list[str] = Field(min_length=1)
