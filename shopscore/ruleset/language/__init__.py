"""The rule language: one expression over the columns of one fact, in words every engine reads alike.

``parse`` reads a text and types it, ``to_sql`` writes it for Polars and DuckDB, ``evaluate`` answers it for one row in
plain Python. The three agree (``tests/ruleset/test_language_laws.py``); what could not be made to agree is refused:

- months and years as lengths of time, quoted names, casts, parts of a time, text building, regular expressions;
- ``IS TRUE``, ``= NULL``, ``a < b < c``, flags compared with text, times compared with numbers or text;
- ``/`` by what may be zero.

What remains different: ``LOWER``, ``UPPER`` and ``ILIKE`` on letters whose other case is not one letter (``ß``, ``İ``,
Greek with iota); engines follow different Unicode tables there. Numbers are 64-bit floats once they are calculated
with, so integers beyond 2**53 are not exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.ruleset.language import grammar
from shopscore.ruleset.language.evaluate import deciding, evaluate
from shopscore.ruleset.language.source import Source
from shopscore.ruleset.language.sql import to_sql
from shopscore.ruleset.language.tokens import tokenize
from shopscore.ruleset.language.tree import LanguageError, Node, Parsed, Type, caret_column, one_line
from shopscore.ruleset.language.words import TYPE_NAMES
from shopscore.schema import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LanguageError",
    "Node",
    "Parsed",
    "Type",
    "caret_column",
    "deciding",
    "evaluate",
    "one_line",
    "parse",
    "to_sql",
]


def parse(
    text: str,
    columns: Mapping[str, Column] | Mapping[str, Kind],
    parameters: Mapping[str, float] | None = None,
    *,
    wanted: Type | None = None,
) -> Parsed:
    """Read one expression.

    Args:
        text: what a person wrote.
        columns: the columns it may use, by name: the dictionary's columns, or their kinds alone.
        parameters: numbers it may use by name.
        wanted: the type it must have.

    Raises:
        LanguageError: at the first thing that does not belong to the language or to these columns.
    """
    known = {name: Column(name, found, "") if isinstance(found, str) else found for name, found in columns.items()}
    source = Source(text, tokenize(text), known, parameters or {})
    tree = grammar.whole(source)
    names = frozenset(_names(tree))
    if not names:
        hint = "leave the key out to count every row" if tree.type == "flag" else "name at least one column"
        raise LanguageError("this names no column, so it is the same for every row", text, tree.at, hint)
    if wanted and tree.type != wanted:
        message = f"{TYPE_NAMES[wanted]} is wanted here; this is {TYPE_NAMES[tree.type]}"
        raise LanguageError(message, text, tree.at, _CONVERSIONS.get((wanted, tree.type), ""))
    return Parsed(text, tree.type, names, tree)


_CONVERSIONS: dict[tuple[Type, Type], str] = {
    ("flag", "number"): "compare it: pickup_seconds <= ship_allowed_seconds",
    ("flag", "text"): "compare it: kind = 'spot'",
    ("flag", "time"): "compare it: paid_at IS NOT NULL",
    ("flag", "interval"): "compare it: delivered_at - paid_at > INTERVAL '48 hours'",
    ("number", "flag"): "write CASE WHEN condition THEN 1 ELSE 0 END",
    ("number", "interval"): "use a _seconds column",
}


def _names(node: Node) -> set[str]:
    if node.op == "column":
        return {str(node.value)}
    return set().union(*(_names(arg) for arg in node.args))
