"""What looks wrong in a shop's own data, what of the report rests on it, and what a platform does about it."""

from __future__ import annotations

from msgspec import Struct

from shopscore.model.counts import Window
from shopscore.model.metrics import Driver
from shopscore.model.sentences import Words


class Recount(Struct, frozen=True):
    """A metric as it would be, were the suspicious rows counted as a platform counts them once they are found out.

    Attributes:
        metric: the metric's full id.
        rows: its counted rows that are suspicious.
        counted_as: ``miss``, or ``left_out``.
        reported: its value as the files give it.
        value: its value then: the far end, since a suspicious row may be honest. None where nothing is left.
        numerator: the two counts behind that value, weighted where the metric is.
        denominator: likewise.
    """

    metric: str
    rows: int
    counted_as: str
    reported: float | None
    value: float | None
    numerator: float
    denominator: float | None


class Suspicion(Struct, frozen=True):
    """One check that found something; never a verdict on anybody.

    Attributes:
        id: the check's full id.
        title: what was found.
        fact: whose rows were looked at.
        window: the days looked at.
        rows: rows that could be judged.
        suspicious: those of them that look wrong.
        unknown: rows of which the data cannot say.
        examples: a few of them, by order or case; never a buyer.
        where: segments in which they stand thicker than elsewhere, largest excess first.
        affects: metrics that rest on such rows.
        honest: what may lie behind it in good faith.
        risk: what it means otherwise.
        todo: what to do.
        penalty: what the platform does about it, where a source says so.
        source: that source's ids.
        explained_by: another check whose finding explains this one.
        said_elsewhere: whether the report says it already, among the reasons for its trust.
    """

    id: str
    title: Words
    fact: str
    window: Window | None
    rows: int
    suspicious: int
    unknown: int
    examples: tuple[str, ...]
    where: tuple[Driver, ...]
    affects: tuple[Recount, ...]
    honest: Words
    risk: Words
    todo: Words
    penalty: Words | None
    source: tuple[str, ...]
    explained_by: str | None = None
    said_elsewhere: bool = False
