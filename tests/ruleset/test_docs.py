"""docs/rule-language.md says what the code does, and all of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from shopscore.ruleset.conditions import CHANGEABLE
from shopscore.ruleset.diagnosis_columns import COMMON
from shopscore.ruleset.guidebook import Gate, Guide, Structure
from shopscore.ruleset.language import parse
from shopscore.ruleset.language.words import FUNCTIONS, KEYWORDS, UNITS
from shopscore.ruleset.lint_metrics import NEEDS
from shopscore.ruleset.metric import Metric, Refused, Stake
from shopscore.ruleset.pack import Pack
from shopscore.ruleset.strict import Strict, Text
from shopscore.schema import FACTS

PAGE = (Path(__file__).parents[2] / "docs" / "rule-language.md").read_text(encoding="utf-8")
EXAMPLES = re.search(r"```sql\n(.*?)```", PAGE, re.DOTALL)[1].splitlines()


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_a_condition(text):
    assert parse(text, FACTS["orders"].by_name, wanted="flag").names


def row(name):
    return next(line for line in PAGE.splitlines() if line.startswith(f"| {name} |"))


def test_the_vocabulary_is_whole():
    assert set(re.findall(r"`([A-Z]+)`", row("words"))) == KEYWORDS
    assert set(re.findall(r"`([A-Z]+)`", row("functions"))) == set(FUNCTIONS)
    assert all(f"{unit}s" in row("lengths of time") for unit in UNITS)


def test_each_kind_needs_and_takes_what_the_page_says():
    for kind, (needed, taken) in NEEDS.items():
        cells = row(f"`{kind}`").split("|")
        assert needed <= set(re.findall(r"`(\w+)`", cells[2]))
        if kind != "ratio_of":
            assert taken - needed == set(re.findall(r"`(\w+)`", cells[3]))
    assert set(NEEDS) == set(get_args(Metric.model_fields["kind"].annotation))


def shapes(model):
    """A model and every model inside it."""
    found = {model}
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            each = waiting.pop()
            if isinstance(each, type) and issubclass(each, Strict) and each not in found:
                found |= shapes(each)
            waiting += get_args(each)
    return found


def test_every_key_of_a_pack_is_named():
    known = shapes(Pack) - {Text}
    assert {Stake, Refused, Gate, Structure, Guide} <= known
    for model in sorted(known, key=lambda each: each.__name__):
        own = {field.alias or name for name, field in model.model_fields.items()}
        assert [name for name in sorted(own) if f"`{name}`" not in PAGE and f".{name}`" not in PAGE] == [], (
            model.__name__
        )


def test_keys_and_columns_are_all_named():
    for name in (*CHANGEABLE, *(column.name for column in COMMON)):
        assert f"`{name}`" in PAGE
    own = {field.alias or name for name, field in Metric.model_fields.items()}
    assert [name for name in sorted(own) if f"`{name}`" not in PAGE] == []
