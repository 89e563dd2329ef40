"""A file that people write → its shape, and every mistake that can be told from it alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from shopscore.ruleset import lint, lint_formats, lint_headers, lint_integrity, lint_machine
from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.conditions import check_conditions
from shopscore.ruleset.format import WordList
from shopscore.ruleset.headers import HeaderWords
from shopscore.ruleset.integrity import IntegrityRules
from shopscore.ruleset.pack import Pack
from shopscore.ruleset.salvage import salvaged
from shopscore.ruleset.shape import shaped
from shopscore.ruleset.yamlfile import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shopscore.errors import Problem

Shape = TypeVar("Shape", bound=BaseModel)


def read_file(model: type[Shape], path: Path) -> tuple[Document, Shape | None, list[Problem]]:
    """One file as a shape, its own mistakes with it; a file that has not changed is read once a process."""
    try:
        stamp = path.stat().st_mtime_ns, path.stat().st_size
    except OSError:
        stamp = (0, 0)
    document, value, problems = _read_once(model, path, stamp)
    return document, value, list(problems)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def _read_once(
    model: type[BaseModel], path: Path, stamp: tuple[int, int]
) -> tuple[Document, BaseModel | None, tuple[Problem, ...]]:
    del stamp  # part of the key only
    document = read_yaml(path)
    if document.data is None:
        return document, None, document.problems
    value, mistakes = shaped(model, document, document.data)
    # A mistyped key must not hide a mistyped condition.
    meant = salvaged(document.data) if value is None and model is Pack else None
    more = check_conditions(meant, document) if meant is not None else ()
    return document, value, (*document.problems, *mistakes, *more, *_own_checks(value, document))


def _own_checks(value: BaseModel | None, document: Document) -> Iterable[Problem]:
    """What one file alone must hold to."""
    if isinstance(value, Pack):
        yield from check_conditions(value, document)
        yield from lint.check_pack(value, document)
    if isinstance(value, StateMachine):
        yield from lint_machine.check_machine(value, document)
        yield from lint.check_sources(document, value.sources)
    if isinstance(value, WordList):
        yield from lint_formats.check_words(value, document)
    if isinstance(value, HeaderWords):
        yield from lint_headers.check_headers(value, document)
    if isinstance(value, IntegrityRules):
        yield from lint_integrity.check_integrity(value, document)
