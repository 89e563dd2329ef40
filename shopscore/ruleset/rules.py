"""Everything people wrote down, as it is once it is checked: packs, formats and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from shopscore.ruleset.headers import HeaderWords
from shopscore.ruleset.integrity import IntegrityRules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shopscore.errors import Problem
    from shopscore.ruleset.aftersale import StateMachine
    from shopscore.ruleset.format import Format, WordList
    from shopscore.ruleset.pack import Pack


class LoadedPack(Struct, frozen=True):
    """A rule pack, where it was read and what its bytes hash to."""

    pack: Pack
    path: Path
    sha256: str


class LoadedFormat(Struct, frozen=True):
    """A format, where it was read and what its bytes hash to."""

    format: Format
    path: Path
    sha256: str


class Rules(Struct, frozen=True):
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
