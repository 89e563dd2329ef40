"""Segments of a metric → what is kept of an audit; and of two audits, what a change came from: mix and rate.

What is kept is bounded: so many segments a dimension, the largest; small ones, and those of few buyers, stand together
as the rest. It has no days of its segments. So a segment's value is taken to be as unsure as the days of the whole
metric differ, and what both windows share is taken out of that as a correlation, as it is out of the difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.diagnosis.changed_by import FEWEST_NAMED, SPLIT, asked_of, believed, split_by
from shopscore.diagnosis.drivers import NUMERATOR_ONLY, REST
from shopscore.diagnosis.echoes import WEEKDAY
from shopscore.diagnosis.split import Window, together
from shopscore.diagnosis.split import window as window_of
from shopscore.intervals.dispersion import dispersion
from shopscore.model import Cells, SegmentCount

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from shopscore.diagnosis.changed_by import Pick
    from shopscore.model import Movement, Sums
    from shopscore.ruleset.resolve import Definition


MOST_SEGMENTS = 24
"""Segments kept of a dimension: all hours of a day."""
_LONGEST = 100
"""Characters of a segment's name; a longer one is no name, and stands with the rest."""


def kept(
    definition: Definition,
    sums: Sums,
    days: Sequence[Sums],
    segments: Mapping[str, Mapping[str | None, Sums]],
    few: Collection[Pick] = (),
) -> Cells:
    """What is kept of a metric.

    Args:
        definition: the metric.
        sums: its window.
        days: the window's days.
        segments: dimension → segment → sums; a dimension's segments hold all of the window's rows.
        few: segments that too few buyers stand behind to be named.
    """
    return Cells(dispersion(definition, sums, days), tuple(_dimensions(definition, segments, few)))


def _dimensions(
    definition: Definition, split: Mapping[str, Mapping[str | None, Sums]], few: Collection[Pick]
) -> Iterator[tuple[str, tuple[SegmentCount, ...]]]:
    for dimension, segments in sorted(split.items()):
        if definition.metric.kind != "ratio_of" or dimension not in NUMERATOR_ONLY:
            hidden = {segment for each, segment in few if each == dimension}
            yield dimension, tuple(_largest(definition, segments, hidden))


def _largest(
    definition: Definition, segments: Mapping[str | None, Sums], hidden: Collection[str]
) -> Iterator[SegmentCount]:
    """The largest segments by name, then the rest."""
    windows = {name or "": window_of(definition, sums) for name, sums in segments.items()}
    large = [
        name
        for name, each in windows.items()
        if name not in ("", REST, *hidden) and each.rows >= FEWEST_NAMED and len(name) <= _LONGEST
    ]
    named = sorted(sorted(large, key=lambda name: (-windows[name].below, name))[:MOST_SEGMENTS])
    blank = [""] if "" in windows else []
    others = [each for name, each in sorted(windows.items()) if name not in named and name]
    for name, each in (
        *((name, windows[name]) for name in (*blank, *named)),
        *([(REST, together(others))] if others else []),
    ):
        yield SegmentCount(name, each.above, each.below, each.rows, each.spread)


# ── two audits ───────────────────────────────────────────────────────────────────────────────────────────────────────


def changed_since(  # noqa: PLR0913 - two audits' segments and what they share
    kind: str, found: Movement, before: Cells, now: Cells, correlation: float, *, like: bool = True
) -> Movement:
    """A change with the dimension that explains most of it; as it was where none does beyond chance.

    Args:
        kind: the metric's kind.
        found: the change, beyond chance.
        before: the segments of the earlier window.
        now: those of the later one.
        correlation: of the two values, since both count the rows of the days they share.
        like: whether weekdays may explain it: neither window holds a promotion that the other does not, nor do a few
            days set the two apart; the weekday of such a day would be told for it.
    """
    if kind not in SPLIT:
        return found
    sides = [{name: _windows(counts) for name, counts in side.dimensions} for side in (before, now)]
    phi, apart = max(before.phi, now.phi), 1 - correlation
    splits = {
        name: split
        for name in sorted({*sides[0]} & {*sides[1]} - (set() if like else {WEEKDAY}))
        if (split := split_by(found.difference, *_alike(sides[0][name], sides[1][name])))
    }
    asked = [
        each
        for name, split in splits.items()
        for each in asked_of(kind, name, split, found.difference, phi, phi * apart, apart)
    ]
    return believed(found, asked, splits)


def _windows(counts: tuple[SegmentCount, ...]) -> dict[str, Window]:
    return {each.segment: Window(each.above, each.below, each.rows, each.spread) for each in counts}


def _alike(before: Mapping[str, Window], now: Mapping[str, Window]) -> tuple[dict[str, Window], dict[str, Window]]:
    """Both sides with the same names: what one of them holds under the rest only, the other does too."""
    return _with_names_of(now, before), _with_names_of(before, now)


def _with_names_of(other: Mapping[str, Window], own: Mapping[str, Window]) -> dict[str, Window]:
    if REST not in other:
        return dict(own)
    folded = [each for name, each in own.items() if name == REST or (name and name not in other)]
    named = {name: each for name, each in own.items() if not name or (name != REST and name in other)}
    return named | {REST: together(folded)} if folded else named
