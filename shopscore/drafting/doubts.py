"""One chosen header → why a person should look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.drafting import sentences
from shopscore.drafting.phrases import PLAIN
from shopscore.readers.cells.times import SERIAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.drafting.candidates import Candidate
    from shopscore.model import Words
    from shopscore.schema import Column

_NEAR = 15
"""A header whose words speak for it nearly as much as the chosen one's may be meant instead."""
_MOST = 0.95
"""Below this share of cells that read as its kind, a person should look."""


def doubts(
    column: Column,
    found: Mapping[tuple[str, int], Candidate],
    chosen: Mapping[str, int],
    header: Mapping[int, str],
) -> tuple[Words, ...]:
    """Why the line of a column is doubtful; nothing where it is sure.

    Args:
        column: the canonical column.
        found: all candidates of the table.
        chosen: column → place.
        header: place → header.
    """
    candidate = found[column.name, chosen[column.name]]
    said = (*_words(candidate), *_rivals(column.name, found, chosen, header), *_cells(column, candidate))
    return tuple(dict.fromkeys(said))


def _words(candidate: Candidate) -> Iterator[Words]:
    if candidate.evidence.how == "weak":
        yield sentences.WEAK
    elif candidate.evidence.score < PLAIN:
        yield sentences.PARTLY


def _rivals(
    column: str, found: Mapping[tuple[str, int], Candidate], chosen: Mapping[str, int], header: Mapping[int, str]
) -> Iterator[Words]:
    best = found[column, chosen[column]].evidence.score
    taken = set(chosen.values())
    names = [
        header[place]
        for (name, place), other in found.items()
        if name == column and place not in taken
        if other.evidence.score >= best - _NEAR
    ]
    if names:
        yield sentences.rivals(names)


def _cells(column: Column, candidate: Candidate) -> Iterator[Words]:
    seen = candidate.look
    if seen.order in {"unknown", "mixed"}:
        yield sentences.DAY_OR_MONTH
    elif seen.filled and seen.share < _MOST:
        yield sentences.cells_differ(seen.filled - seen.fitting, seen.filled, column.kind, seen.odd)
    if seen.form == SERIAL:
        yield sentences.DAYS
    if seen.unclear:
        yield sentences.POINT_OR_GROUP
    if not seen.filled and candidate.evidence.how != "says":
        yield sentences.EMPTY
    if candidate.vocabulary is not None and (candidate.vocabulary.unknown or candidate.vocabulary.hidden):
        yield sentences.UNKNOWN_WORDS
    if candidate.vocabulary is not None and candidate.vocabulary.unsure:
        yield sentences.UNSURE_WORDS
