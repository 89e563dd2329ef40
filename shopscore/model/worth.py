"""What acting is worth: how much hangs on one event, and what closing several gaps together gains."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from shopscore.model.sentences import Words

Crossing = Literal["misses", "meets"]
Way = Literal["fix", "act", "wait"]
"""What brings a metric back to its target: what is open is made good; better days; the days as they are now."""


class OneEvent(Struct, frozen=True):
    """What one event of a window weighs, the window's volume staying as it is.

    Attributes:
        one_more: by how much one more bad event changes the value, in its unit; for a mean one unit more
            (a star less) of one row. None where there is none left to turn bad.
        one_fewer: the same for one bad event fewer.
        per: ``event``, or the unit of a mean.
        rows: how many rows the value is made of.
        fact: of what.
        crosses: whether one more bad event ``misses`` the target, or one fewer ``meets`` it.
        matters: whether it should be told: one event crosses the target, the evidence is not decisive, or one event of
            a share is a point or more.
    """

    one_more: float | None
    one_fewer: float | None
    per: str
    rows: int
    fact: str
    crosses: Crossing | None
    matters: bool


class Worth(Struct, frozen=True):
    """What acting on a shortfall is worth, part by part: unlike things are never added up.

    Attributes:
        score_points: what reaching the target gains on the platform's own score, where that is made of the metric.
        item_points: what it gains on the metric's own item.
        gates: ids of the missed gates that its score, or its factor's score, keeps shut.
        at_risk: money that can still be saved.
        effort: the least effort of the advice that fits.
        way: what brings it back.
        acting: for which part of the coming window acting makes the difference, 0 to 1.
        lacking: points of the platform's own score that its item lacks to full marks, by what the platform shows:
            the most there is to gain where nobody says which value is worth which points.
    """

    score_points: float | None = None
    item_points: float | None = None
    gates: tuple[str, ...] = ()
    at_risk: float = 0.0
    effort: str | None = None
    way: Way = "act"
    acting: float = 1.0
    lacking: float = 0.0


class Outcome(Struct, frozen=True):
    """What a platform makes of some item scores.

    Attributes:
        score: the overall composite; None where it cannot be computed from what is known.
        band: the highest step it reaches.
        gates: ids of the gates that are met.
    """

    score: float | None
    band: str | None
    gates: tuple[str, ...]


class Step(Struct, frozen=True):
    """One gap closed, after those before it.

    Attributes:
        metric: the metric brought to its target.
        alone: events it takes by itself; None where they cannot be counted.
        events: events it takes after the steps before it, which have made good some of its own.
        needed: whether the outcome of all is missed without it.
        after: the outcome once it and those before it are done.
    """

    metric: str
    alone: int | None
    events: int | None
    needed: bool
    after: Outcome


class Taken(Struct, frozen=True):
    """What closing some gaps at once takes.

    Attributes:
        metrics: the gaps whose events can be counted.
        events: the fewest events that would have to be otherwise for all of them.
        apart: the sum of what each takes by itself.
    """

    metrics: tuple[str, ...]
    events: int
    apart: int


class Together(Struct, frozen=True):
    """Several gaps closed at once: what counts in two of them is not done twice.

    Attributes:
        steps: the gaps in the order in which to close them.
        taken: what all of them take; None where their events cannot be counted.
        before: what the platform makes of the shop now.
        after: what it would make of it.
        gates: title and gain of each gate that opens.
        sharing: the gaps among the first that share events; None where doing one spares nothing of another.
    """

    steps: tuple[Step, ...]
    taken: Taken | None
    before: Outcome
    after: Outcome
    gates: tuple[tuple[Words, Words], ...] = ()
    sharing: Taken | None = None
