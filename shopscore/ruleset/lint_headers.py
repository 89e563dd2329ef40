"""Cross-checks of header words: tables and columns that exist, a phrase for one column, a text for one word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.shape import problem_at
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shopscore.errors import Problem
    from shopscore.ruleset.headers import HeaderColumn, HeaderWords
    from shopscore.ruleset.yamlfile import Document, Keys
    from shopscore.schema import Table


def check_headers(headers: HeaderWords, document: Document) -> Iterator[Problem]:
    """Everything header words must hold to beyond their shape."""
    known = _vocabularies(TABLES.values())
    for name, spec in headers.columns.items():
        yield from _column(document, ("columns", name), name, spec, known)
    for name, words in headers.tables.items():
        if name not in TABLES:
            yield problem_at(
                document, ("tables", name), f"there is no table {name!r}", did_you_mean(name, TABLES, "tables")
            )
            continue
        here = _vocabularies([TABLES[name]])
        for column, spec in words.columns.items():
            yield from _column(document, ("tables", name, "columns", column), column, spec, here)
        yield from _once(headers, document, name)


def _vocabularies(tables: Iterable[Table]) -> dict[str, set[str]]:
    """Column → the words it may take in any of some tables."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for column in table.columns:
            found.setdefault(column.name, set()).update(column.words)
    return found


def _column(
    document: Document, keys: Keys, name: str, spec: HeaderColumn, known: Mapping[str, set[str]]
) -> Iterator[Problem]:
    if name not in known:
        yield problem_at(document, keys, f"there is no column {name!r}", did_you_mean(name, known, "columns"))
        return
    seen: dict[str, str] = {}
    for word, texts in spec.words.items():
        if word not in known[name]:
            hint = did_you_mean(word, known[name], "allowed")
            yield problem_at(document, (*keys, "words", word), f"{name} is never {word!r}", hint)
        for n, text in enumerate(texts):
            if text in seen:
                what = f"{text!r} stands for {seen[text]!r} already"
                yield problem_at(document, (*keys, "words", word, n), what, "leave one out")
            seen.setdefault(text, word)
    for n, text in enumerate(spec.unsure):
        if text not in seen:
            what = f"{text!r} stands for no word"
            yield problem_at(document, (*keys, "unsure", n), what, "write it under words too")


def _once(headers: HeaderWords, document: Document, table: str) -> Iterator[Problem]:
    """In one table a phrase says one column; where it may be another, it is weak there."""
    seen: dict[str, str] = {}
    own = headers.tables[table].columns
    for name, spec in headers.of(table).items():
        if name not in TABLES[table].by_name:
            continue
        keys: Keys = ("tables", table, "columns", name) if name in own else ("columns", name)
        for n, phrase in enumerate(spec.says):
            if phrase in seen:
                what = f"in {table} {phrase!r} says {seen[phrase]} already"
                yield problem_at(document, (*keys, "says", n), what, "write it under weak, or leave it out")
            seen.setdefault(phrase, name)
