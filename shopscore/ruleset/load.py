"""Folders of rules → ``Rules``, or every mistake in them at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.errors import Problem, RuleError
from shopscore.ruleset import lint, lint_formats, lint_integrity
from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.format import Format, WordList
from shopscore.ruleset.headers import HeaderWords
from shopscore.ruleset.integrity import IntegrityRules
from shopscore.ruleset.one_file import Shape, read_file
from shopscore.ruleset.pack import Pack
from shopscore.ruleset.rules import LoadedFormat, LoadedPack, Rules
from shopscore.ruleset.shape import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.ruleset.yamlfile import Document

MACHINE = "aftersale.yaml"
HEADERS = "headers.yaml"
PLATFORMS = "platforms.yaml"
INTEGRITY = "integrity.yaml"
OTHERS = frozenset(
    {MACHINE, HEADERS, PLATFORMS, INTEGRITY, "calendar.yaml", "cells.yaml", "exclusions.yaml", "services.yaml"}
)
"""Files beside the packs that are no packs."""


class _Read(Struct, frozen=True):
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
        raise RuleError(in_order(problems))
    return Rules(
        packs={name: LoadedPack(pack, doc.path, doc.sha256) for name, (pack, doc) in sorted(read.packs.items())},
        formats=tuple(LoadedFormat(form, doc.path, doc.sha256) for _, (form, doc) in sorted(read.formats.items())),
        machine=read.machines[MACHINE][0],
        words=words,
        headers=read.headers[HEADERS][0] if read.headers else HeaderWords(),
        integrity=_integrity(read),
        warnings=tuple(in_order(found for pack, doc in read.packs.values() for found in lint.warnings_of(pack, doc))),
    )


def _read_folder(folder: Path, read: _Read) -> None:
    if not folder.is_dir():
        read.problems.append(Problem(str(folder), "rules", "there is no such folder", zh="没有这个文件夹"))
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
        document, value, mistakes = read_file(model, path)
        problems.extend(mistakes)
        if value is None:
            continue
        name = str(getattr(value, "platform" if isinstance(value, Pack) else "id", path.name))
        if name in here:
            what = f"{name!r} is described in {here[name].name} already"
            problems.append(Problem(f"{path}:1", name, what, hint="keep one of the two files"))
        here[name] = path
        found[name] = (value, document)


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
