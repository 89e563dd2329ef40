"""Folders of rules that were read and found right before → the same rules, without reading them again.

What people write is read with every line remembered and checked for every mistake; once that is done, all that is left
of a file are its values. They are kept as JSON under a digest of every file's name and bytes, so that the smallest edit
is read and checked anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from shopscore import cache
from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.format import Format, WordList
from shopscore.ruleset.headers import HeaderWords
from shopscore.ruleset.integrity import IntegrityRules
from shopscore.ruleset.load import LoadedFormat, LoadedPack, Rules, load_rules
from shopscore.ruleset.pack import Pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from shopscore.cache import Cache


_WHOLE: Mapping[str, type[Any]] = {"machine": StateMachine, "headers": HeaderWords, "integrity": IntegrityRules}
"""What there is one of."""


def load_checked(dirs: Sequence[Path], kept: Cache | None) -> Rules:
    """The rules of some folders (see `load_rules`), as they were kept or read and kept.

    Raises:
        RuleError: with every problem of every file.
    """
    if kept is None:
        return load_rules(dirs)
    known = digest(dirs)
    name = f"rules/{known}.json"
    path = cache.found(kept, name)
    rules = _read(path) if path is not None else None
    if rules is None:
        rules = load_rules(dirs)
        if not rules.warnings:
            text = _written(rules)
            cache.keep(kept, name, lambda part: part.write_text(text, encoding="utf-8"))
    return replace(rules, digest=known)


def digest(dirs: Sequence[Path]) -> str:
    """SHA-256 over the program, the folders, and every file of rules by name and content."""
    found = hashlib.sha256(cache.program().encode())
    for folder in dirs:
        found.update(f"\n{folder} ".encode())
        for path in sorted(folder.rglob("*.yaml")):
            found.update(f"\n{path} ".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _written(rules: Rules) -> str:
    packs = [(str(each.path), each.sha256, _plain(each.pack)) for each in rules.packs.values()]
    formats = [(str(each.path), each.sha256, _plain(each.format)) for each in rules.formats]
    words = {name: _plain(each) for name, each in rules.words.items()}
    whole = {name: _plain(getattr(rules, name)) for name in _WHOLE}
    return json.dumps({"packs": packs, "formats": formats, "words": words, **whole})


def _plain(value: BaseModel) -> str:
    return value.model_dump_json(by_alias=True, exclude_unset=True)


def _read(path: Path) -> Rules | None:
    """The rules kept in a file, or None where it cannot be read."""
    try:
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        packs = [LoadedPack(Pack.model_validate_json(text), Path(at), sha) for at, sha, text in kept["packs"]]
        return Rules(
            packs={each.pack.platform: each for each in packs},
            formats=tuple(
                LoadedFormat(Format.model_validate_json(text), Path(at), sha) for at, sha, text in kept["formats"]
            ),
            words={name: WordList.model_validate_json(text) for name, text in kept["words"].items()},
            **{name: shape.model_validate_json(kept[name]) for name, shape in _WHOLE.items()},
        )
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None
