"""The fate of a row and what is counted of it (design: "The fate of a row, in this order").

``where`` (blank: unknown) → an exclusion that holds → a blank exclusion: unknown → ``unknown`` → ``pending`` → hit
or miss.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """Counts of one side of one metric. Weights are hundredths; ``x`` is in whole seconds (stars: hundredths)."""

    rows: int = 0
    hits: int = 0
    pending: int = 0
    unknown: int = 0
    excluded: int = 0
    undated: int = 0
    w: int = 0
    wh: int = 0
    x: int = 0
    wx: int = 0


@dataclass(frozen=True)
class Result:
    """One metric: its sides, and the number ``numerator / denominator`` in its unit."""

    kind: str
    first: object
    last: object
    sides: tuple[Tally, ...]
    numerator: float
    denominator: float | None
    cap: float | None = None

    @property
    def value(self):
        if self.denominator is None:
            return self.numerator
        if not self.denominator:
            return None
        value = self.numerator / self.denominator
        return value if self.cap is None else min(value, self.cap)


def fate(row, *, where, exclude, unknown, pending):
    """What becomes of a row before anybody asks whether it hit."""
    meant = True if where is None else where(row)
    if meant is not True:
        return "unknown" if meant is None else "out"
    answers = [condition(row) for condition in exclude]
    if True in answers:
        return "excluded"
    if None in answers:
        return "unknown"
    if unknown is not None and unknown(row) is not False:
        return "unknown"
    running = False if pending is None else pending(row)
    return {True: "pending", False: "counted", None: "unknown"}[running]


def count(  # noqa: PLR0913
    rows, window, *, at, where=None, exclude=(), unknown=None, pending=None, hit=None, of=None, weight=None, once=None
):
    """Tally the rows whose day lies in the window (both ends in).

    ``once``: the column of which each value counts once, with the column that tells rows of one moment apart.
    """
    first, last = window
    sums, seen = dict.fromkeys(Tally.__dataclass_fields__, 0), set()
    for row in rows if once is None else sorted(rows, key=lambda row: (str(at(row)), row[once[1]])):
        what = fate(row, where=where, exclude=exclude, unknown=unknown, pending=pending)
        if what == "out":
            continue
        moment = at(row)
        if moment is None:
            sums["undated"] += 1
            continue
        if not first <= moment.date() <= last:
            continue
        amounts = [1 if weight is None else weight(row), 0 if of is None else of(row)]
        if what == "counted":
            what = _kept([*amounts, row[once[0]]] if once else amounts, seen if once else None)
        if what != "counted":
            sums[what] = sums.get(what, 0) + 1
            continue
        _add(sums, *amounts, hits=hit is not None and hit(row) is True)
    sums.pop("again", None)
    return Tally(**sums)


def _kept(cells, seen):
    """A settled row with a blank among what it counts by is unknown; one whose key was seen does not count again."""
    if None in cells:
        return "unknown"
    if seen is not None and cells[-1] in seen:
        return "again"
    if seen is not None:
        seen.add(cells[-1])
    return "counted"


def _add(sums, share, amount, *, hits):
    hundredths = round(100 * share)
    sums["rows"] += 1
    sums["w"] += hundredths
    sums["x"] += amount
    sums["wx"] += hundredths * amount
    if hits:
        sums["hits"] += 1
        sums["wh"] += hundredths


def ratio(rows, window, **rules):
    """Hits among the rows."""
    tally = count(rows, window, **rules)
    return Result("ratio", *window, (tally,), tally.wh / 100, tally.w / 100)


def mean(rows, window, *, unit=1, **rules):
    """The (weighted) mean of ``of``, ``unit`` whole steps making one unit of the metric."""
    tally = count(rows, window, **rules)
    return Result("mean", *window, (tally,), tally.wx / 100 / unit, tally.w / 100)


def number(rows, window, *, unit=1, **rules):
    """How many rows, or the sum of ``of``, ``unit`` whole steps making one unit of the metric."""
    tally = count(rows, window, **rules)
    return Result("count", *window, (tally,), tally.x / unit if "of" in rules else tally.rows, None)


def ratio_of(window, numerator, denominator, *, unit=1, cap=None):
    """Rows of one kind over rows of another, each side by its own day; shown as ``cap`` where it is above.

    A numerator with ``of`` is the sum of it, ``unit`` whole steps making one unit; a denominator's sum are its weights.
    """
    summed = "of" in numerator
    top = count(numerator.pop("rows"), window, **numerator)
    bottom = count(denominator.pop("rows"), window, **denominator)
    above = top.x / unit if summed else top.w / 100
    return Result("ratio_of", *window, (top, bottom), above, bottom.w / 100, cap)
