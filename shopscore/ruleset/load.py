"""Folders of rules → ``Rules``, or every mistake in them at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from shopscore.errors import Problem, RuleError
from shopscore.ruleset import lint, lint_formats, lint_headers, lint_integrity, lint_machine
from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.conditions import check_conditions
from shopscore.ruleset.fleetfile import FleetFile
from shopscore.ruleset.format import Format, WordList
from shopscore.ruleset.headers import HeaderWords
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.integrity import IntegrityRules
from shopscore.ruleset.pack import Pack
from shopscore.ruleset.salvage import salvaged
from shopscore.ruleset.shape import shaped
from shopscore.ruleset.shopfile import ShopFile
from shopscore.ruleset.yamlfile import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "LoadedFormat",
    "LoadedPack",
    "Rules",
    "default_rules_dir",
    "load_own_format",
    "load_rules",
    "load_shop_file",
]

MACHINE = "aftersale.yaml"
HEADERS = "headers.yaml"
PLATFORMS = "platforms.yaml"
INTEGRITY = "integrity.yaml"
OTHERS = frozenset({MACHINE, HEADERS, PLATFORMS, INTEGRITY, "calendar.yaml", "cells.yaml", "services.yaml"})
"""Files beside the packs that are no packs."""

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A rule pack, where it was read and what its bytes hash to."""

    pack: Pack
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class LoadedFormat:
    """A format, where it was read and what its bytes hash to."""

    format: Format
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything people wrote down.

    Attributes:
        packs: platform → pack, in the order of their names.
        formats: in the order of their ids.
        machine: the after-sale guide.
        words: id → word list.
        headers: what headers are made of.
        integrity: the checks of a shop's own data.
        warnings: what is allowed but of no use.
        digest: of all files of rules, where somebody asked for it.
    """

    packs: Mapping[str, LoadedPack]
    formats: tuple[LoadedFormat, ...]
    machine: StateMachine
    words: Mapping[str, WordList]
    headers: HeaderWords = field(default_factory=HeaderWords)
    integrity: IntegrityRules = field(default_factory=IntegrityRules)
    warnings: tuple[Problem, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """The files of all folders that stand, later folders in place of earlier ones."""

    packs: dict[str, tuple[Pack, Document]]
    formats: dict[str, tuple[Format, Document]]
    words: dict[str, tuple[WordList, Document]]
    machines: dict[str, tuple[StateMachine, Document]]
    headers: dict[str, tuple[HeaderWords, Document]]
    integrity: dict[str, tuple[IntegrityRules, Document]]
    problems: list[Problem]


def load_rules(dirs: Sequence[Path]) -> Rules:
    """Read folders of rules; what a later folder holds adds to the earlier ones or replaces what has the same id.

    Args:
        dirs: folders with ``<platform>.yaml``, ``formats/``, ``words/`` and ``aftersale.yaml``, each optional.

    Raises:
        RuleError: with every problem of every file.
    """
    read = _Read({}, {}, {}, {}, {}, {}, [])
    for folder in dirs:
        _read_folder(Path(folder), read)
    words = {name: listed for name, (listed, _) in sorted(read.words.items())}
    problems = [*read.problems, *_cross_checks(read, words)]
    if not read.machines and not problems:
        problems.append(Problem(f"{dirs[-1]}:1" if dirs else MACHINE, MACHINE, "no folder holds the after-sale guide"))
    if problems:
        raise RuleError(_in_order(problems))
    return Rules(
        packs={name: LoadedPack(pack, doc.path, doc.sha256) for name, (pack, doc) in sorted(read.packs.items())},
        formats=tuple(LoadedFormat(form, doc.path, doc.sha256) for _, (form, doc) in sorted(read.formats.items())),
        machine=read.machines[MACHINE][0],
        words=words,
        headers=read.headers[HEADERS][0] if read.headers else HeaderWords(),
        integrity=_integrity(read),
        warnings=tuple(_in_order(found for pack, doc in read.packs.values() for found in lint.warnings_of(pack, doc))),
    )


def load_shop_file(path: Path) -> ShopFile:
    """Read one ``shop.yaml``; an empty file is a shop that says nothing of itself.

    Raises:
        RuleError: with every problem of the file.
    """
    if _is_empty(document := read_yaml(path)):
        return ShopFile()
    shop, problems = shaped(ShopFile, document, document.data)
    if shop is None or document.problems:
        raise RuleError(_in_order([*document.problems, *problems]))
    return shop


def load_fleet_file(path: Path) -> FleetFile:
    """Read one ``fleet.yaml``; an empty file names no shop.

    Raises:
        RuleError: with every problem of the file.
    """
    if _is_empty(document := read_yaml(path)):
        return FleetFile()
    fleet, problems = shaped(FleetFile, document, document.data)
    if fleet is None or document.problems:
        raise RuleError(_in_order([*document.problems, *problems]))
    return fleet


def load_own_format(path: Path, words: Mapping[str, WordList]) -> LoadedFormat:
    """Read one format that a person keeps beside the files it is for.

    Args:
        path: the file.
        words: the word lists it may name.

    Raises:
        RuleError: with every problem of the file.
    """
    document, form, problems = _read(Format, path)
    if form is not None:
        problems += lint_formats.check_format(form, document, words, own=True)
    if form is None or problems:
        raise RuleError(_in_order(problems))
    return LoadedFormat(form, path, document.sha256)


def _is_empty(document: Document) -> bool:
    return document.data is None and all("empty" in problem.what for problem in document.problems)


def _read_folder(folder: Path, read: _Read) -> None:
    if not folder.is_dir():
        read.problems.append(Problem(str(folder), "rules", "there is no such folder"))
        return
    packs = [path for path in _yaml_files(folder) if path.name not in OTHERS]
    _gather(Pack, packs, read.packs, read.problems)
    _gather(Format, _yaml_files(folder / "formats"), read.formats, read.problems)
    _gather(WordList, _yaml_files(folder / "words"), read.words, read.problems)
    _gather(StateMachine, _yaml_files(folder, MACHINE), read.machines, read.problems)
    _gather(HeaderWords, _yaml_files(folder, HEADERS), read.headers, read.problems)
    _gather(IntegrityRules, _yaml_files(folder, INTEGRITY), read.integrity, read.problems)


def _yaml_files(folder: Path, pattern: str = "*.yaml") -> list[Path]:
    return sorted(folder.glob(pattern)) if folder.is_dir() else []


def _gather(
    model: type[Shape], paths: Iterable[Path], found: dict[str, tuple[Shape, Document]], problems: list[Problem]
) -> None:
    """Read files of one shape under the name each gives itself; two of one name in one folder are a mistake."""
    here: dict[str, Path] = {}
    for path in paths:
        document, value, mistakes = _read(model, path)
        problems.extend(mistakes)
        if value is None:
            continue
        name = str(getattr(value, "platform" if isinstance(value, Pack) else "id", path.name))
        if name in here:
            what = f"{name!r} is described in {here[name].name} already"
            problems.append(Problem(f"{path}:1", name, what, hint="keep one of the two files"))
        here[name] = path
        found[name] = (value, document)


def _read(model: type[Shape], path: Path) -> tuple[Document, Shape | None, list[Problem]]:
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


def _cross_checks(read: _Read, words: Mapping[str, WordList]) -> Iterable[Problem]:
    """What one file must hold to in the company of others."""
    if not any(problem.place.rpartition(":")[0].endswith(INTEGRITY) for problem in read.problems):
        for pack, document in read.packs.values():
            yield from lint_integrity.check_platform(_integrity(read), pack, document)
    broken = {Path(problem.place.rpartition(":")[0]).stem for problem in read.problems}
    for form, document in read.formats.values():
        for problem in lint_formats.check_format(form, document, words):
            if not (
                problem.what.startswith("there is no word list") and broken & set(re.findall(r"\w+", problem.what))
            ):
                yield problem


def _integrity(read: _Read) -> IntegrityRules:
    return read.integrity[INTEGRITY][0] if read.integrity else IntegrityRules()


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, each once."""

    def key(problem: Problem) -> tuple[str, int, str]:
        path, _, line = problem.place.rpartition(":")
        return (path, int(line), problem.where) if line.isdigit() else (problem.place, 0, problem.where)

    return sorted(dict.fromkeys(problems), key=key)
