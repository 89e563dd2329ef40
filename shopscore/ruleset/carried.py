"""The rules that come with shopscore, checked when it was built → the same rules, without checking them again.

The build writes them into the package (`hatch_build.py`), with a digest of every file they were read from and of the
code that read and checked them. One edit of either and they are read from what people wrote.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from shopscore.ruleset import plain
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

if TYPE_CHECKING:
    from shopscore.ruleset.rules import Rules

_PACKAGE = Path(__file__).resolve().parents[1]
FILE = _PACKAGE / "_checked.json"
_CODE = ("ruleset", "schema")
"""What reads and checks rules."""


def carried(file: Path = FILE, folder: Path | None = None) -> Rules | None:
    """The rules as they were built, or None where there are none of these very files.

    Args:
        file: what the build wrote.
        folder: of the rules; those that come with shopscore when not given.
    """
    home = folder or default_rules_dir()
    try:
        digest, _, text = file.read_text(encoding="utf-8").partition("\n")
        return plain.read(text, [home]) if digest == _digest(home) else None
    except (OSError, ValueError):
        return None


def build(file: Path = FILE, folder: Path | None = None) -> None:
    """Check the rules and write them for `carried`.

    Raises:
        RuleError: with every problem of every file.
    """
    home = folder or default_rules_dir()
    rules = load_rules([home])
    text = "" if rules.warnings else plain.written(rules, [home])
    file.write_text(f"{_digest(home)}\n{text}", encoding="utf-8")


def _digest(folder: Path) -> str:
    """SHA-256 over every file of rules, by name and content, and over the code."""
    told = [(path.relative_to(folder), path) for path in sorted(folder.rglob("*.yaml"))]
    told += [(path.relative_to(_PACKAGE), path) for name in _CODE for path in sorted((_PACKAGE / name).rglob("*.py"))]
    digests = [(where.as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for where, path in told]
    return hashlib.sha256(json.dumps(digests).encode()).hexdigest()
