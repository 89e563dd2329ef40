"""Folders of rules that were read and found right before → the same rules, without reading them again.

What people write is read with every line remembered and checked for every mistake; once that is done, all that is left
of a file are its values. They are kept as JSON under a digest of every file's name and bytes, so that the smallest edit
is read and checked anew.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import cache
from shopscore.ruleset import carried, plain
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shopscore.cache import Cache
    from shopscore.ruleset.rules import Rules


def load_checked(dirs: Sequence[Path], kept: Cache | None) -> Rules:
    """The rules of some folders (see `load_rules`), as they were built, as they were kept, or read and kept.

    Raises:
        RuleError: with every problem of every file.
    """
    ours = carried.carried() if list(dirs) == [default_rules_dir()] else None
    if kept is None:
        return ours or load_rules(dirs)
    known = digest(dirs)
    return replace(ours or _kept(dirs, kept, known), digest=known)


def _kept(dirs: Sequence[Path], kept: Cache, known: str) -> Rules:
    name = f"rules/{known}.json"
    path = cache.found(kept, name)
    rules = _read(path, dirs) if path is not None else None
    if rules is None:
        rules = load_rules(dirs)
        if not rules.warnings:
            text = plain.written(rules, dirs)
            cache.keep(kept, name, lambda part: part.write_text(text, encoding="utf-8"))
    return rules


def _read(path: Path, dirs: Sequence[Path]) -> Rules | None:
    try:
        return plain.read(path.read_text(encoding="utf-8"), dirs)
    except (OSError, ValueError):
        return None


def digest(dirs: Sequence[Path]) -> str:
    """SHA-256 over the program, the folders, and every file of rules by name and content."""
    found = hashlib.sha256(cache.program().encode())
    for folder in dirs:
        found.update(f"\n{folder} ".encode())
        for path in sorted(folder.rglob("*.yaml")):
            found.update(f"\n{path} ".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
