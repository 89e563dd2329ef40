"""Headers → which kind of export a file is, and in which row its header stands."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.readers import sentences
from shopscore.readers.cells.conventions import conventions, fold_header
from shopscore.ruleset.format import Export, Format, FormatColumn
from shopscore.ruleset.strict import Text
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from shopscore.model import Words
    from shopscore.ruleset.format import Rule
    from shopscore.schema import Table

PLATFORM_HEADER = "platform"
SHOP_HEADER = "shop"


class Known(Struct, frozen=True):
    """A format with its headers folded.

    Attributes:
        format: the format.
        must: header sets, one of which must be there whole.
        must_not: headers that rule it out.
        headers: every header it names.
        telling: one header of each set of ``must``: no row is its header that has none of them.
        rank: 0 for what comes with shopscore, more for a user's own; the greatest wins where several fit.
    """

    format: Format
    must: tuple[frozenset[str], ...]
    must_not: frozenset[str]
    headers: frozenset[str]
    telling: frozenset[str]
    rank: int = 0

    @property
    def canonical(self) -> bool:
        """Whether it is a canonical table rather than an export."""
        return self.format.id.startswith(CANONICAL)


class Match(Struct, frozen=True):
    """Where a file's header was found, and of which format it is.

    Attributes:
        known: the format.
        row: the header's place among the file's first rows.
        header: its cells as written.
        at: folded header → its first place.
    """

    known: Known
    row: int
    header: tuple[str, ...]
    at: Mapping[str, int]

    def place(self, names: Iterable[str]) -> int | None:
        """The place of the first of some headers that is there."""
        return next((self.at[folded] for folded in map(fold_header, names) if folded in self.at), None)


CANONICAL = "canonical_"


def catalogue(formats: Iterable[Format]) -> tuple[Known, ...]:
    """All formats and the canonical tables, ready to be compared."""
    return (*_canonical(), *(_known(item) for item in sorted(formats, key=lambda item: item.id)))


def owned(formats: Iterable[Format]) -> tuple[Known, ...]:
    """A user's own formats, the nearest last: each outranks those before it and everything shipped."""
    return tuple(replace(_known(item), rank=rank) for rank, item in enumerate(formats, 1))


@cache
def _canonical() -> tuple[Known, ...]:
    return tuple(_known(canonical_format(table)) for table in TABLES.values())


def header_words(known: Iterable[Known]) -> frozenset[str]:
    """Every folded header any format names."""
    return frozenset().union(*(item.headers for item in known))


def find(rows: Sequence[Sequence[str]], known: Sequence[Known], stem: str) -> Match | None:
    """The first row that is the header of a format.

    Args:
        rows: the first rows of a file, as text.
        known: the catalogue.
        stem: the file's name without its ending; canonical tables are told by it.

    Returns:
        The match of highest rank, of those the one with most columns known to its format (ties: the format's id);
        or None.
    """
    table = table_of(stem)
    eligible = [item for item in known if not item.canonical or item.format.table == table]
    telling = frozenset[str]().union(*(item.telling for item in eligible))
    for number, row in enumerate(rows):
        at = _places(row)
        cells = frozenset(at)
        if telling.isdisjoint(cells):
            continue
        fits = [item for item in eligible if not item.telling.isdisjoint(cells) and _fits(item, cells)]
        if fits:
            return Match(max(fits, key=lambda item: _fit(item, cells)), number, tuple(row), at)
    return None


_DOTTED = re.compile(r"/?\w+(?:\.\w+)+")
"""A name of JSON, led to by the names of what it stands in."""


def _places(row: Sequence[str]) -> dict[str, int]:
    """Folded header → its first place; blank headers name nothing.

    Answers of a platform's interface wrap one record in layers that differ from call to call. So a dotted name is known
    by each of its ends too (``response.trade.tid`` by ``trade.tid`` and ``tid``), where no other column is called that.
    """
    found: dict[str, int] = {}
    ends: dict[str, list[int]] = {}
    for number, name in enumerate(row):
        found.setdefault(fold_header(name), number)
        if _DOTTED.fullmatch(name):
            parts = name.split(".")
            for start in range(1, len(parts)):
                ends.setdefault(fold_header(".".join(parts[start:])), []).append(number)
    found.pop("", None)
    return {end: at[0] for end, at in ends.items() if len(at) == 1} | found


def table_of(stem: str) -> str | None:
    """The canonical table a file name stands for: ``refunds``, ``refunds-1``, ``refunds_2026-11``, ``refunds (1)``."""
    name = unicodedata.normalize("NFKC", stem).lower()
    for mark in conventions().copy_marks:
        name = name.replace(mark, "")
    name = name.strip(" -_")
    names = sorted(TABLES, key=len, reverse=True)
    return next((table for table in names if re.fullmatch(rf"{table}([-_. (].*)?", name)), None)


def missing_columns(stem: str) -> Words | None:
    """A sentence for a file that is named after a table and lacks its columns."""
    name = table_of(stem)
    if name is None:
        return None
    sets = " or ".join(", ".join(names) for names in _needed(TABLES[name]))
    return sentences.columns_missing(name, sets)


_STAMP = (
    r"(?<!\d)(?P<year>20\d\d)-?(?P<month>[01]\d)-?(?P<day>[0-3]\d)"
    r"(?:[T_ -]?(?P<hour>[0-2]\d)-?(?P<minute>[0-5]\d))?(?!\d)"
)
"""``disputes_20261122.csv``, ``disputes_2026-11-22_0930.csv``: the day, or the moment, a canonical file was written."""


def canonical_format(table: Table) -> Format:
    """A canonical table as a format: headers are the dictionary's column names."""
    return Format(
        id=f"{CANONICAL}{table.name}",
        table=table.name,
        title=Text(en=f"table {table.name}", zh=f"标准表 {table.name}"),
        must=[list(names) for names in _needed(table)],
        columns={column.name: FormatColumn(column=[column.name]) for column in table.columns},
        shop=[SHOP_HEADER],
        export_time=[_STAMP],
        export=Export(menu=Text(en="docs/reading.md", zh="docs/reading.md"), confidence="high", source=["dictionary"]),
    )


def _needed(table: Table) -> list[tuple[str, ...]]:
    needed = tuple(column.name for column in table.columns if column.needed)
    return [needed] if needed else [(name,) for name in table.either]


def _known(item: Format) -> Known:
    named = [name for spec in item.columns.values() for name in source_headers(spec)]
    platform = [PLATFORM_HEADER] if item.id.startswith(CANONICAL) else []
    alone = item.transcript.words if item.transcript else []
    figures = item.melt.headers if item.melt else []
    every = (
        *named,
        *item.shop,
        *item.line_key,
        *item.drop,
        *item.ignored,
        *item.watched,
        *platform,
        *alone,
        *figures,
        *(h for s in item.must for h in s),
    )
    must = tuple(frozenset(map(fold_header, names)) for names in item.must)
    return Known(
        item,
        must,
        frozenset(map(fold_header, item.must_not)),
        frozenset(map(fold_header, every)),
        frozenset(min(names) for names in must),
    )


def source_headers(spec: str | list[str] | FormatColumn) -> tuple[str, ...]:
    """Every header a canonical column may be filled from."""
    if isinstance(spec, str):
        return (spec,)
    if isinstance(spec, list):
        return tuple(spec)
    rules: tuple[FormatColumn | Rule, ...] = (spec, *spec.then)
    # What a rule looks at comes first; then what says in which rows it does.
    return (
        *(name for rule in rules for name in rule.column),
        *(name for rule in rules for name in (*rule.same_as, *rule.when)),
        *spec.spread,
    )


def _fits(item: Known, cells: AbstractSet[str]) -> bool:
    return any(names <= cells for names in item.must) and not (item.must_not & cells)


def _fit(item: Known, cells: AbstractSet[str]) -> tuple[int, bool, int, tuple[int, ...]]:
    return item.rank, item.canonical, len(item.headers & cells), _last_first(item.format.id)


def _last_first(text: str) -> tuple[int, ...]:
    """A key under which the alphabetically first text is the greatest."""
    return (*(-ord(char) for char in text), 0)
