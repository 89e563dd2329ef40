"""A pack with slips of the pen, read as it was meant, so that its conditions are checked in the same pass."""

from __future__ import annotations

import copy
import difflib
from typing import Any

from pydantic import ValidationError

from shopscore.ruleset.pack import Pack


def salvaged(data: object) -> Pack | None:
    """The pack as it would be with unknown keys put right or left out; None where more than keys is wrong.

    Args:
        data: the file's plain values; they are not changed.
    """
    meant: Any = copy.deepcopy(data)
    try:
        return Pack.model_validate(meant)
    except ValidationError as error:
        mistakes = error.errors()
    missing = [each["loc"] for each in mistakes if each["type"] == "missing"]
    for each in mistakes:
        if each["type"] == "extra_forbidden":
            _put_right(meant, each["loc"], [str(place[-1]) for place in missing if place[:-1] == each["loc"][:-1]])
    try:
        return Pack.model_validate(meant)
    except ValidationError:
        return None


def _put_right(data: Any, place: tuple[int | str, ...], missing: list[str]) -> None:  # noqa: ANN401 (YAML's values)
    """Give an unknown key the name of the nearest one that is missing beside it, else leave it out."""
    for step in place[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            # A step that names a shape and not a key: the place cannot be followed.
            return
    wrong = str(place[-1])
    if isinstance(data, dict) and wrong in data:
        value = data.pop(wrong)
        near = difflib.get_close_matches(wrong, missing, 1)
        if near:
            data[near[0]] = value
