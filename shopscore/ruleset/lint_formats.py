"""Cross-checks of formats and word lists: columns and words that exist, rows that can be told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopscore.ruleset.format import FormatColumn
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.lint_cells import check_cells
from shopscore.ruleset.lint_patterns import check_pattern, check_tells, check_transcript
from shopscore.ruleset.shape import problem_at
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shopscore.errors import Problem
    from shopscore.ruleset.format import Format, Rule, WordList
    from shopscore.ruleset.yamlfile import Document, Keys
    from shopscore.schema import Column, Table


def check_format(
    form: Format, document: Document, words: Mapping[str, WordList], *, own: bool = False
) -> Iterator[Problem]:
    """Everything a format must hold to beyond its shape.

    Args:
        form: the format.
        document: where it is written.
        words: the word lists it may name.
        own: it lies beside the files it is for, and its file may have any name.
    """
    if not own and form.id != document.path.stem:
        yield problem_at(document, ("id",), f"the id is {form.id!r}, the file is not", f"name the file {form.id}.yaml")
    table = TABLES.get(form.table)
    if table is None:
        hint = did_you_mean(form.table, TABLES, "tables")
        yield problem_at(document, ("table",), f"there is no table {form.table!r}", hint)
        return
    yield from _columns(form, document, table)
    yield from check_cells(form, document, table)
    for name, text in form.constants.items():
        if name in table.by_name:
            yield from _word(document, ("constants", name), text, table.by_name[name])
    yield from _of_names(form, document, table)
    yield from check_tells(form, document)
    if form.transcript is not None:
        yield from check_transcript(form.transcript, document)
    for name, rule in form.columns.items():
        if isinstance(rule, FormatColumn) and name in table.by_name:
            yield from _rules(document, ("columns", name), rule, table.by_name[name], words)


def _columns(form: Format, document: Document, table: Table) -> Iterator[Problem]:
    named: Iterable[tuple[Keys, str]] = (
        *((("columns", name), name) for name in form.columns),
        *((("constants", name), name) for name in form.constants),
        *((("fill_down", n), name) for n, name in enumerate(form.fill_down)),
        *((("from_name", name), name) for name in form.from_name),
        *((("lacks", name), name) for name in form.lacks),
    )
    for keys, name in named:
        if name not in table.by_name:
            hint = did_you_mean(name, table.by_name, "columns")
            yield problem_at(document, keys, f"the table {table.name!r} has no column {name!r}", hint)
    given = {*form.columns, *form.constants, *form.from_name, *form.lacks}
    for column in table.columns:
        if column.needed and column.name not in given:
            what = f"the table {table.name!r} needs the column {column.name!r}"
            yield problem_at(document, ("columns",), what, "say which header holds it")
    one_of = table.either
    if one_of and not given & set(one_of):
        what = f"the table {table.name!r} needs one of the columns {', '.join(one_of)}"
        yield problem_at(document, ("columns",), what, "say which header holds it")


def _of_names(form: Format, document: Document, table: Table) -> Iterator[Problem]:
    """Days that a file's name tells must be days, and its patterns must name them."""
    for name, patterns in form.from_name.items():
        if name in table.by_name and table.by_name[name].kind != "time":
            yield problem_at(document, ("from_name", name), f"{name} is no day", "a file's name tells days only")
        for n, pattern in enumerate(patterns):
            try:
                groups = set(re.compile(pattern).groupindex)
            except re.error as error:
                yield problem_at(document, ("from_name", name, n), f"not a regular expression: {error.msg}")
                continue
            if not groups >= {"year", "month", "day"}:
                hint = "(?P<year>20\\d\\d)(?P<month>\\d\\d)(?P<day>\\d\\d)"
                yield problem_at(document, ("from_name", name, n), "the pattern names no year, month and day", hint)


def _rules(
    document: Document, keys: Keys, rule: FormatColumn, column: Column, words: Mapping[str, WordList]
) -> Iterator[Problem]:
    yield from _rule(document, keys, rule, column, words)
    for n, other in enumerate(rule.then):
        yield from _rule(document, (*keys, "then", n), other, column, words)


def _rule(
    document: Document, keys: Keys, rule: FormatColumn | Rule, column: Column, words: Mapping[str, WordList]
) -> Iterator[Problem]:
    yield from _texts(document, keys, rule, column)
    if rule.find is not None:
        yield from check_pattern(document, (*keys, "find"), rule.find)
    elif rule.every:
        yield problem_at(document, (*keys, "every"), "there is nothing to find", "say in `find` what is looked for")
    if rule.word_list is None:
        return
    at: Keys = (*keys, "word_list")
    if rule.word_list not in words:
        hint = did_you_mean(rule.word_list, words, "word lists")
        yield problem_at(document, at, f"there is no word list {rule.word_list!r}", hint)
        return
    listed = words[rule.word_list]
    for text in dict.fromkeys((*listed.words, *listed.contains)):
        yield from _word(document, at, text, column)


def _texts(document: Document, keys: Keys, rule: FormatColumn | Rule, column: Column) -> Iterator[Problem]:
    for key, texts in (("words", rule.words), ("contains", rule.contains)):
        for cell, text in texts.items():
            yield from _word(document, (*keys, key, cell), text, column)
    if rule.default is not None:
        yield from _word(document, (*keys, "default"), rule.default, column)


def _word(document: Document, keys: Keys, text: str, column: Column) -> Iterator[Problem]:
    if column.words and text and text not in column.words:
        hint = did_you_mean(text, column.words, "allowed")
        yield problem_at(document, keys, f"{column.name} is never {text!r}", hint)


def check_words(listed: WordList, document: Document) -> Iterator[Problem]:
    """Everything a word list must hold to beyond its shape."""
    if listed.id != document.path.stem:
        hint = f"name the file {listed.id}.yaml"
        yield problem_at(document, ("id",), f"the id is {listed.id!r}, the file is not", hint)
    for key, lists in (("words", listed.words), ("contains", listed.contains)):
        seen: dict[str, str] = {}
        for word, texts in lists.items():
            for n, text in enumerate(texts):
                if text in seen:
                    what = f"{text!r} stands for {seen[text]!r} already"
                    yield problem_at(document, (key, word, n), what, "leave one out")
                seen.setdefault(text, word)
