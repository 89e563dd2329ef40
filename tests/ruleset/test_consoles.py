"""What packs and formats say in Chinese can be shown on a Chinese Windows console."""

from __future__ import annotations

import pytest
import yaml

from shopscore.render.words import WORDS
from shopscore.ruleset.home import default_rules_dir

RULES = sorted(default_rules_dir().rglob("*.yaml"))


def chinese(value):
    """Every ``zh`` text inside."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from [inside] if key == "zh" and isinstance(inside, str) else chinese(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from chinese(inside)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rules_are_written_in_characters_of_gbk(path):
    for text in chinese(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert text.encode("gbk", "replace").decode("gbk") == text


def test_the_renderers_words_are_too():
    for _, text in WORDS.values():
        assert text.encode("gbk", "replace").decode("gbk") == text
