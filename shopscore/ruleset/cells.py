"""``rules/cells.yaml`` → how cells of exports are written, and which names they spell in several ways."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.lint import check_sources
from shopscore.ruleset.pack import Confidence, Source
from shopscore.ruleset.shape import problem_at, required
from shopscore.ruleset.strict import Strict
from shopscore.ruleset.yamlfile import read_yaml
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from shopscore.errors import Problem
    from shopscore.ruleset.yamlfile import Document

FILE = "cells.yaml"


class Spellings(Strict):
    """Names of one column that files and platforms spell in several ways.

    Attributes:
        column: the canonical column, in whatever table.
        source: where the spellings were read.
        confidence: how sure it is that they mean one thing.
        spelled: the name that stands in reports → its other spellings.
    """

    column: str
    source: Annotated[list[str], Field(min_length=1)]
    confidence: Confidence
    spelled: dict[str, list[str]]


class CellRules(Strict):
    """Everything ``cells.yaml`` says; what each key means stands in the file.

    Attributes:
        sources: where what is a fact of the outside world was read.
        names: spellings, as many groups a column as there are sources for it.
    """

    sources: dict[str, Source]
    empty: list[str]
    empty_time_length: int
    masked_persons: list[str]
    flags: dict[Literal["true", "false"], list[str]]
    times: list[str]
    times_with_offset: list[str]
    times_of_either_order: list[str]
    times_without_year: list[str]
    period_marks: list[str]
    number_marks: list[str]
    minus_signs: list[str]
    copy_marks: list[str]
    id_prefixes: list[str]
    total_words: list[str]
    look_alikes: dict[str, str]
    header_units: list[str]
    names: list[Spellings]

    def facts(self) -> Iterator[tuple[str, Spellings]]:
        """Every group of spellings, by the name of what it tells."""
        return ((f"names.{group.column}", group) for group in self.names)


@cache
def cells(path: Path | None = None) -> CellRules:
    """How cells are written.

    Args:
        path: the file; the one that comes with shopscore when not given.

    Raises:
        RuleError: with every mistake of the file and its place.
    """
    return required(CellRules, read_yaml(path or default_rules_dir() / FILE), _checked)


def folded(text: str, look_alikes: Mapping[str, str]) -> str:
    """A text as it is compared: width, spaces, look-alike characters and case do not matter."""
    found = unicodedata.normalize("NFKC", text)
    for seen, meant in look_alikes.items():
        found = found.replace(seen, meant)
    return "".join(found.split()).replace("\ufeff", "").replace("\x00", "").casefold()


def _checked(found: CellRules, document: Document) -> Iterator[Problem]:
    """Sources that are not described or that nothing rests on, columns no table has, spellings of two names."""
    yield from check_sources(document, found.sources)
    used = {source for _, fact in found.facts() for source in fact.source}
    for name in found.sources:
        if name not in used:
            yield problem_at(document, ("sources", name), f"nothing rests on the source {name!r}", "leave it out")
    columns = {column.name for table in TABLES.values() for column in table.columns if column.kind == "text"}
    meant: dict[tuple[str, str], str] = {}
    for number, group in enumerate(found.names):
        if group.column not in columns:
            what, hint = f"no table has a column {group.column!r}", did_you_mean(group.column, columns, "columns")
            yield problem_at(document, ("names", number, "column"), what, hint)
        for name, others in group.spelled.items():
            for each in (name, *others):
                first = meant.setdefault((group.column, folded(each, found.look_alikes)), name)
                if first != name:
                    what = f"{each!r} is a spelling of {first!r} already"
                    yield problem_at(document, ("names", number, "spelled", name), what, "keep it once")
