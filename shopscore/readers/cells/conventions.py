"""How cells are written, whatever the platform: ``rules/cells.yaml`` and the comparisons it allows."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.ruleset.cells import cells, folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.cells import CellRules


class Cells(Struct, frozen=True):
    """The conventions of ``rules/cells.yaml``.

    Attributes:
        empty: texts that stand for nothing.
        empty_time_length: times no longer than this say nothing.
        masked_persons: how buyers look from whom nobody can be told.
        flags: folded text → true or false.
        times: strptime forms without an offset, the most frequent first.
        times_with_offset: strptime forms with one.
        times_of_either_order: strptime forms, day first, in which day and month may change places.
        times_without_year: strptime forms without a year.
        period_marks: what stands between the ends of a period.
        number_marks: signs and units around a number that do not change it.
        minus_signs: what stands for a minus once width is folded.
        id_prefixes: what stands before an identifier and is not part of it.
        copy_marks: folded words that mark a file's name as that of a copy.
        total_words: how a total row that states sums begins, folded.
        look_alikes: characters that count as one.
        header_units: folded units that headers carry in some layouts only.
        names: column → folded spelling → the name that it counts as.
    """

    empty: frozenset[str]
    empty_time_length: int
    masked_persons: str
    flags: Mapping[str, bool]
    times: tuple[str, ...]
    times_with_offset: tuple[str, ...]
    times_of_either_order: tuple[str, ...]
    times_without_year: tuple[str, ...]
    period_marks: tuple[str, ...]
    number_marks: tuple[str, ...]
    minus_signs: tuple[str, ...]
    id_prefixes: tuple[str, ...]
    copy_marks: tuple[str, ...]
    total_words: tuple[str, ...]
    look_alikes: Mapping[str, str]
    header_units: tuple[str, ...]
    names: Mapping[str, Mapping[str, str]]


@cache
def conventions() -> Cells:
    """The conventions as shipped."""
    return _parse(cells())


def fold(text: str) -> str:
    """A text as it is compared: width, spaces, look-alike characters and case do not matter."""
    return folded(text, conventions().look_alikes)


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """A header as it is compared: :func:`fold`, and a unit some layouts leave out is dropped."""
    header = fold(text)
    for unit in conventions().header_units:
        header = header.replace(unit, "")
    return header


def _parse(said: CellRules) -> Cells:
    names: dict[str, dict[str, str]] = {}
    for group in said.names:
        spelled = names.setdefault(group.column, {})
        for name, others in group.spelled.items():
            spelled |= dict.fromkeys((folded(each, said.look_alikes) for each in (name, *others)), name)
    return Cells(
        empty=frozenset(said.empty),
        empty_time_length=said.empty_time_length,
        masked_persons="|".join(said.masked_persons),
        flags={word: value == "true" for value, words in said.flags.items() for word in words},
        times=tuple(said.times),
        times_with_offset=tuple(said.times_with_offset),
        times_of_either_order=tuple(said.times_of_either_order),
        times_without_year=tuple(said.times_without_year),
        period_marks=tuple(said.period_marks),
        number_marks=tuple(said.number_marks),
        minus_signs=tuple(said.minus_signs),
        id_prefixes=tuple(said.id_prefixes),
        copy_marks=tuple(said.copy_marks),
        total_words=tuple("".join(word.split()) for word in said.total_words),
        look_alikes=said.look_alikes,
        header_units=tuple(said.header_units),
        names=names,
    )
