"""The names under which packs leave rows out → the same in words, of ``rules/exclusions.yaml``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shopscore.model import Words
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.yamlfile import plain_values

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "exclusions.yaml"


def called(name: str) -> Words:
    """What rows left out under a name are called; a pack of somebody's own may have names without words."""
    return names().get(name) or Words(name, name)


@cache
def names() -> Mapping[str, Words]:
    """Name → words.

    Raises:
        RuleError: with every mistake of the file and its place.
    """
    said = plain_values(default_rules_dir() / FILE)
    return {name: Words(each["en"], each["zh"]) for name, each in said.items()}
