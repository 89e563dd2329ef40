"""What a seller has to export so that a metric can be measured: tables, columns, back-office menus, days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopscore.model import Need, Words
from shopscore.schema import FACTS, TABLES
from shopscore.window import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from shopscore.ruleset.format import Format, FormatColumn
    from shopscore.ruleset.resolve import Definition, SideRules
    from shopscore.ruleset.rules import LoadedFormat, Rules

_ANY_DAY = dt.date(2026, 11, 23)
"""A Monday; windows of days reach equally far back from any day, those of months by a day or three."""

_NAMED = 2
"""Headers named of one column; older ones are no use to who exports today."""


def needs(definition: Definition, rules: Rules, given: AbstractSet[str] = frozenset()) -> tuple[Need, ...]:
    """One need a table: the columns a metric cannot do without, and the files that bring them.

    Args:
        definition: the metric on its day.
        rules: whose formats bring what.
        given: ``table.column`` names that a shop's files give. Of a table that is there, the menus name what to choose
            besides: who has exported it once is not helped by its name alone.

    Returns:
        Sorted by the dictionary's order of tables. ``days`` is how far back from T the files must reach. Where no
        known export brings the columns, the canonical file is named.
    """
    wanted: dict[str, set[str]] = {}
    platform = definition.id.partition(".")[0]
    brought = {
        (each.format.table, column)
        for each in rules.formats
        if is_of(each.format, platform)
        for column in (*each.format.columns, *each.format.constants)
    }
    for side in definition.sides.values():
        for table, column in _sources(side, brought):
            wanted.setdefault(table, set()).add(column)
    days = days_back(definition.window)
    return tuple(
        Need(
            table,
            tuple(sorted(wanted[table])),
            tuple(_exports(table, wanted[table], platform, rules.formats, _missing(table, wanted[table], given))),
            days,
        )
        for table in TABLES
        if table in wanted
    )


def days_back(window: str) -> int:
    """How many days before T a window begins."""
    return (_ANY_DAY - bounds(window, _ANY_DAY)[0]).days


def _sources(side: SideRules, brought: AbstractSet[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """``table``, ``column`` of what a side needs: its own rows, and for each other column the source most at hand.

    Where several tables can give a column, the last named is the one made for it (scans come with parcels); where
    several columns of its own table can, the one that an export of the platform brings.
    """
    fact = FACTS[side.fact]
    table = TABLES[fact.table]
    yield from ((table.name, column.name) for column in table.columns if column.needed)
    for name in side.columns_required:
        column = fact.by_name.get(name)
        if column is None or not column.sources:
            continue
        own = [source for source in column.sources if source.startswith(f"{fact.table}.")]
        own.sort(key=lambda source: tuple(source.split(".", 1)) not in brought)
        chosen = column.sources[-1] if "shipments" in column.sources[-1] or not own else own[0]
        found, _, part = chosen.partition(".")
        yield found, part


def _missing(table: str, columns: Iterable[str], given: AbstractSet[str]) -> tuple[str, ...]:
    """What a table that is there lacks; nothing of one that is not."""
    if not any(name.startswith(f"{table}.") for name in given):
        return ()
    return tuple(sorted(name for name in columns if f"{table}.{name}" not in given))


def _exports(
    table: str, columns: Iterable[str], platform: str, formats: Sequence[LoadedFormat], missing: Sequence[str]
) -> Iterable[Words]:
    """The menus of this platform's files that bring the columns, and what to choose there; then the canonical file."""
    given = sorted(columns)
    for each in sorted(formats, key=lambda item: item.format.id):
        if _brings(each.format, table, given, platform):
            yield _menu(each.format, missing)
    yield Words(f"canonical {table}.csv ({', '.join(given)})", f"标准表 {table}.csv（{'、'.join(given)}）")


def _menu(form: Format, missing: Sequence[str]) -> Words:
    menu = form.export.menu
    chosen = [_headers(form.columns[name])[:_NAMED] for name in missing if name in form.columns]
    if not chosen:
        return Words(menu.en, menu.zh)
    english = ", ".join(" or ".join(names) for names in chosen)
    return Words(
        f"{menu.en}, with {english} chosen", f"{menu.zh}（勾选{'、'.join('或'.join(names) for names in chosen)}）"
    )


def _headers(spec: str | list[str] | FormatColumn) -> list[str]:
    """The headers a column is read from, the newest first."""
    if isinstance(spec, str):
        return [spec]
    if isinstance(spec, list):
        return spec
    return list(dict.fromkeys([*spec.column, *(header for rule in spec.then for header in rule.column)]))


def is_of(form: Format, platform: str) -> bool:
    """Whether shops of a platform have files of a format."""
    if form.platform is not None:
        return form.platform == platform
    return not form.platforms or platform in form.platforms


def _brings(form: Format, table: str, columns: Sequence[str], platform: str) -> bool:
    if not is_of(form, platform):
        return False
    if table == "sightings":
        # They are made of what several exports of orders say.
        return "reached" in form.columns
    if form.table != table:
        return False
    known = {*form.columns, *form.constants, *form.from_name}
    # A parcel is known by its order or by its tracking number.
    return all(name in known for name in columns if name not in ("order_id", "tracking_no") or table != "shipments")
