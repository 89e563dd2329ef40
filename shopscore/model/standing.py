"""What the platform makes of a shop: its score, how it is put together, and what it opens or closes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from shopscore.model.metrics import Origin
from shopscore.model.sentences import Words

ScoreBasis = Literal["published", "cutoffs", "advisory", "none"]
GateState = Literal["met", "missed", "not_entered"]


class Lost(Struct, frozen=True):
    """What the platform's score lacks for one of its items, by what the platform shows.

    Attributes:
        title: what the item is called.
        points: the points it lacks.
        full: its full marks.
    """

    title: Words
    points: float
    full: float


class Score(Struct, frozen=True):
    """The platform's composite, as far as it can be known.

    Attributes:
        lost: items short of their full marks, those that lack most first; where points of items are added up only.
    """

    value: float | None
    basis: ScoreBasis
    band: str | None
    next_band: str | None
    coverage: float
    text: Words | None = None
    lost: tuple[Lost, ...] = ()


class EnteredScore(Struct, frozen=True):
    """A score or rank by its name under ``scores:``.

    Attributes:
        origin: None where it was not entered.
        title: what it is called, where anything says so.
        unit: ``rate`` for a share of one, ``switch`` for 1 where something is on and 0 where not; nothing for a score.
    """

    name: str
    value: float | None
    origin: Origin | None
    title: Words | None = None
    unit: str = ""


class FactorResult(Struct, frozen=True):
    """One part of a platform's structure: its entered score and the metrics in it."""

    title: Words
    score: EnteredScore
    metrics: tuple[str, ...]
    weight: float | None


class StructureResult(Struct, frozen=True):
    """How the platform puts its score together on T."""

    id: str
    title: Words
    factors: tuple[FactorResult, ...]
    note: Words | None
    source: tuple[str, ...]


class GateResult(Struct, frozen=True):
    """What an entered score or rank opens or closes.

    Attributes:
        state: ``missed`` as soon as one of its scores is on the wrong side; ``not_entered`` while one is not known.
        limit: the score that is asked for.
        bound: on which side of the limit the scores must be.
        missed_by: how far the worst of them is on the wrong side.
        opens: what is gained where the gate is met, and lost where it is not.
    """

    id: str
    title: Words
    state: GateState
    limit: float
    bound: Literal["at_least", "at_most"]
    scores: tuple[EnteredScore, ...]
    missed_by: float | None
    opens: Words
    note: Words | None
    source: tuple[str, ...]

    @property
    def missing(self) -> tuple[EnteredScore, ...]:
        """The scores on the wrong side of the limit."""
        low = self.bound == "at_least"
        return tuple(
            each
            for each in self.scores
            if each.value is not None and (each.value < self.limit if low else each.value > self.limit)
        )
