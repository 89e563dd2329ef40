"""How cells are written, whatever the platform: ``rules/cells.yaml`` and the comparisons it allows."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.yamlfile import plain_values

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    return _parse(plain_values(default_rules_dir() / "cells.yaml"))


def fold(text: str) -> str:
    """A text as it is compared: width, spaces, look-alike characters and case do not matter."""
    return _folded(text, conventions().look_alikes)


def _folded(text: str, look_alikes: Mapping[str, str]) -> str:
    folded = unicodedata.normalize("NFKC", text)
    for seen, meant in look_alikes.items():
        folded = folded.replace(seen, meant)
    return "".join(folded.split()).replace("\ufeff", "").replace("\x00", "").casefold()


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """A header as it is compared: :func:`fold`, and a unit some layouts leave out is dropped."""
    folded = fold(text)
    for unit in conventions().header_units:
        folded = folded.replace(unit, "")
    return folded


def _parse(data: Mapping[str, Any]) -> Cells:
    return Cells(
        empty=frozenset(data["empty"]),
        empty_time_length=data["empty_time_length"],
        masked_persons="|".join(data["masked_persons"]),
        flags={word: value == "true" for value, words in data["flags"].items() for word in words},
        times=tuple(data["times"]),
        times_with_offset=tuple(data["times_with_offset"]),
        times_of_either_order=tuple(data["times_of_either_order"]),
        times_without_year=tuple(data["times_without_year"]),
        period_marks=tuple(data["period_marks"]),
        number_marks=tuple(data["number_marks"]),
        minus_signs=tuple(data["minus_signs"]),
        id_prefixes=tuple(data["id_prefixes"]),
        copy_marks=tuple(data["copy_marks"]),
        total_words=tuple("".join(word.split()) for word in data["total_words"]),
        look_alikes=data["look_alikes"],
        header_units=tuple(data["header_units"]),
        names={
            column: {
                _folded(each, data["look_alikes"]): name for name, others in names.items() for each in (name, *others)
            }
            for column, names in data["names"].items()
        },
    )
