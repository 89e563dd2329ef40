"""The shape of ``rules/headers.yaml``: words that headers are made of, whatever the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.ruleset.metric import Slug
from shopscore.ruleset.strict import Strict

if TYPE_CHECKING:
    from collections.abc import Mapping


class HeaderColumn(Strict):
    """What fills one canonical column.

    Attributes:
        says: phrases of headers that hold it, the best first.
        weak: phrases that may hold it; what they give is always doubtful.
        against: words that keep a header away from it.
        words: for a closed vocabulary, canonical word → texts of back offices.
        unsure: texts of ``words`` that differ in meaning from platform to platform.
        names: other texts in such columns may be names of persons, which are never shown.
    """

    says: list[str] = []
    weak: list[str] = []
    against: list[str] = []
    words: dict[str, list[str]] = {}
    unsure: list[str] = []
    names: bool = False


class TableWords(Strict):
    """What tells one table from the others, and the columns that mean something else in it."""

    hints: list[str] = []
    columns: dict[str, HeaderColumn] = {}


class HeaderWords(Strict):
    """Everything known about headers.

    Attributes:
        source: where they were seen.
        columns: canonical column → what fills it, in every table without words of its own.
        tables: table → what is its own; tables that are not named are not proposed.
        platforms: platform → sets of headers only it writes.
        persons: phrases of headers that name or reach a person.
        texts: phrases of headers that hold free text.
        lines: headers that tell the lines of an order apart, the best first.
        times: strptime forms that only formats state.
        not_rows: how rows begin that are explanations or totals.
    """

    source: list[str] = []
    columns: dict[str, HeaderColumn] = {}
    tables: dict[str, TableWords] = {}
    platforms: dict[Slug, list[list[str]]] = {}
    persons: list[str] = []
    texts: list[str] = []
    lines: list[str] = []
    times: list[str] = []
    not_rows: list[str] = []

    def of(self, table: str) -> Mapping[str, HeaderColumn]:
        """The words of a table's columns: its own before those of every table."""
        own = self.tables[table].columns if table in self.tables else {}
        return {**self.columns, **own}
