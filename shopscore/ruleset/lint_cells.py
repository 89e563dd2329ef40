"""Cross-checks of what a format says of its cells: forms of times, repeated amounts, stated totals."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from shopscore.ruleset.format import FormatColumn
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.shape import problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.errors import Problem
    from shopscore.ruleset.format import Format
    from shopscore.ruleset.yamlfile import Document, Keys
    from shopscore.schema import Table

SERIAL = "serial"
"""The form of times that count days as a spreadsheet does."""
EPOCHS = frozenset({"epoch", "epoch_ms"})
"""The forms of times that count seconds or milliseconds since 1970 (UTC)."""
COUNTED = "rows"
"""The group of a footer's pattern that states how many rows there are."""
COUNTED_IN = "_rows"
"""After a column's name: the group that states in how many rows it is neither blank nor zero."""
SUMMED = frozenset({"money", "integer"})
"""The kinds of columns whose values add up."""
_BACKTRACKS = re.compile(r"\(\?(?:<?[=!]|[>(]|P=)|\\[1-9Z]|[*+?}]\+")
"""What a matcher that reads a text once cannot do: look around or back, keep what it has taken."""
_DIRECTIVES = frozenset("YymbBdHIMSpfz")
_SAMPLE = dt.datetime(2026, 11, 23, 14, 5, 9, tzinfo=dt.UTC)


def check_cells(form: Format, document: Document, table: Table) -> Iterator[Problem]:
    """What a format says of its cells must be something that can be read."""
    for n, text in enumerate(form.times):
        problem = _form_problem(text)
        if problem:
            hint = "such as '%d/%m/%Y %H:%M', 'serial' for a spreadsheet's count of days, or 'epoch_ms'"
            yield problem_at(document, ("times", n), f"{text!r} {problem}", hint)
    yield from _repeated(form, document, table)
    yield from _melted(form, document)
    yield from _names(document, "untotalled", form.untotalled, _summed(table))
    for n, pattern in enumerate(form.totals):
        yield from _pattern(document, ("totals", n), pattern, table)


def _form_problem(form: str) -> str | None:
    """Why a text is no form of a moment, or nothing."""
    if form == SERIAL or form in EPOCHS:
        return None
    named = set(re.findall(r"%(.)", form.replace("%.f", "%f")))
    if strange := named - _DIRECTIVES:
        return f"holds the unknown directive %{min(strange)}"
    lacks = [what for what, any_of in (("year", "Yy"), ("month", "mbB"), ("day", "d")) if not named & set(any_of)]
    if lacks:
        return f"says no {' and no '.join(lacks)}"
    try:
        plain = form.replace("%.f", ".%f")
        dt.datetime.strptime(_SAMPLE.strftime(plain), plain)
    except ValueError:
        return "cannot be read back"
    return None


def _repeated(form: Format, document: Document, table: Table) -> Iterator[Problem]:
    yield from _names(document, "once", form.once, _summed(table))
    for n, name in enumerate(form.fill_down):
        if name in _summed(table):
            what = f"{name!r} would be counted on every line"
            yield problem_at(document, ("fill_down", n), what, "an amount on an order's first line stays there")
    if form.once and table.key != ("order_id", "line_id"):
        what = f"the table {table.name!r} has no lines on which an order's amount could be repeated"
        yield problem_at(document, ("once",), what, "leave `once:` out")
    if form.split_orders is not None and "order_id" not in table.by_name:
        what = f"the table {table.name!r} has no orders that could share a row"
        yield problem_at(document, ("split_orders",), what, "leave `split_orders:` out")


def _melted(form: Format, document: Document) -> Iterator[Problem]:
    """What becomes of figures side by side must be asked for, and is dealt out one way only."""
    if form.melt is None:
        return
    asked = {header for spec in form.columns.values() for header in _headers(spec)}
    for key, header in (("name", form.melt.name), ("value", form.melt.value)):
        if header not in asked:
            what = f"no column is filled from {header!r}"
            yield problem_at(document, ("melt", key), what, "name it as the header of a column")
    if form.split_orders is not None:
        yield problem_at(document, ("melt",), "rows are dealt out by orders already", "leave `split_orders:` out")


def _headers(spec: str | list[str] | FormatColumn) -> list[str]:
    if isinstance(spec, FormatColumn):
        return [*spec.column, *(header for rule in spec.then for header in rule.column)]
    return [spec] if isinstance(spec, str) else spec


def _summed(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.columns if column.kind in SUMMED)


def _names(document: Document, key: str, names: list[str], allowed: frozenset[str]) -> Iterator[Problem]:
    for n, name in enumerate(names):
        if name not in allowed:
            hint = did_you_mean(name, allowed, "columns of money and counts")
            yield problem_at(document, (key, n), f"{name!r} is no column of money or counts", hint)


def _pattern(document: Document, keys: Keys, pattern: str, table: Table) -> Iterator[Problem]:
    try:
        groups = set(re.compile(pattern).groupindex)
    except re.error as error:
        yield problem_at(document, keys, f"not a regular expression: {error.msg}", "see Python's re")
        return
    if _BACKTRACKS.search(pattern):
        yield problem_at(
            document, keys, "the pattern looks around or back", "rows are matched in one pass; say it plainly"
        )
    summed = _summed(table)
    allowed = {COUNTED, *summed, *(f"{name}{COUNTED_IN}" for name in summed)}
    if not groups:
        hint = "name what it states: (?P<rows>…), (?P<amount>…)"
        yield problem_at(document, keys, "the pattern names no total", hint)
    for name in sorted(groups - allowed):
        yield problem_at(document, keys, f"{name!r} is no total", did_you_mean(name, allowed, "totals"))
