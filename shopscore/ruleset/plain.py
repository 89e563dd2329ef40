"""Rules that were found right ↔ one text of plain values, from which they are made again without the files.

What stands in it are the values of each file, none of its lines. Where a file was is told by the folder it was in, so
that the text holds wherever the folders are moved.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.format import Format, WordList
from shopscore.ruleset.headers import HeaderWords
from shopscore.ruleset.integrity import IntegrityRules
from shopscore.ruleset.pack import Pack
from shopscore.ruleset.rules import LoadedFormat, LoadedPack, Rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import BaseModel

_WHOLE: Mapping[str, type[Any]] = {"machine": StateMachine, "headers": HeaderWords, "integrity": IntegrityRules}
"""What there is one of."""


def written(rules: Rules, dirs: Sequence[Path]) -> str:
    """Rules as a text.

    Args:
        rules: without warnings; those are not written.
        dirs: the folders they were read from.
    """
    packs = [(_place(each.path, dirs), each.sha256, _plain(each.pack)) for each in rules.packs.values()]
    formats = [(_place(each.path, dirs), each.sha256, _plain(each.format)) for each in rules.formats]
    words = {name: _plain(each) for name, each in rules.words.items()}
    whole = {name: _plain(getattr(rules, name)) for name in _WHOLE}
    return json.dumps({"packs": packs, "formats": formats, "words": words, **whole})


def read(text: str, dirs: Sequence[Path]) -> Rules | None:
    """The rules of a text, or None where it is damaged.

    Args:
        text: what was written.
        dirs: the folders they were read from, where these are now.
    """
    try:
        kept: dict[str, Any] = json.loads(text)
        packs = [
            LoadedPack(Pack.model_validate_json(said), dirs[at] / name, sha) for (at, name), sha, said in kept["packs"]
        ]
        return Rules(
            packs={each.pack.platform: each for each in packs},
            formats=tuple(
                LoadedFormat(Format.model_validate_json(said), dirs[at] / name, sha)
                for (at, name), sha, said in kept["formats"]
            ),
            words={name: WordList.model_validate_json(said) for name, said in kept["words"].items()},
            **{name: shape.model_validate_json(kept[name]) for name, shape in _WHOLE.items()},
        )
    except (ValueError, LookupError, TypeError, ValidationError):
        return None


def _place(path: Path, dirs: Sequence[Path]) -> tuple[int, str]:
    """Which folder a file was read from, and where in it."""
    at = next(at for at, folder in enumerate(dirs) if path.is_relative_to(folder))
    return at, path.relative_to(dirs[at]).as_posix()


def _plain(value: BaseModel) -> str:
    return value.model_dump_json(by_alias=True, exclude_unset=True)
