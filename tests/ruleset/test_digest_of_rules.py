"""The smallest edit that changes what a rule file says changes the digest of the rules; a comment does not."""

from __future__ import annotations

import random
import shutil

import pytest
import yaml

from shopscore.errors import RuleError
from shopscore.ruleset.calendar import calendar
from shopscore.ruleset.cells import cells
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.shared import shared_digest

FILES = ("aftersale.yaml", "integrity.yaml", "calendar.yaml", "cells.yaml", "words/pdd_reasons.yaml")
EDITS = 24


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "rules"
    shutil.copytree(default_rules_dir(), folder)
    return folder


def digest(folder):
    for read_once_a_process in (calendar, cells):
        read_once_a_process.cache_clear()
    return shared_digest(load_rules([folder]), folder)


def edits(text, luck):
    """The text with one character replaced, here and there, by one of its kind; what is no word stays."""
    for _ in range(EDITS):
        at = luck.randrange(len(text))
        kinds = {"0123456789": str.isdecimal, "aeimnrst": lambda sign: sign.isascii() and sign.isalpha()}
        near = next(
            (signs for signs, fits in kinds.items() if fits(text[at])), "" if text[at].isascii() else "甲乙丙丁"
        )
        if near:
            yield text[:at] + luck.choice(near) + text[at + 1 :]


@pytest.mark.parametrize("name", FILES)
def test_one_character_that_changes_what_is_said_changes_the_digest(own, name):
    path, first = own / name, digest(own)
    text, changed = path.read_text(encoding="utf-8"), 0
    try:
        for edited in edits(text, random.Random(name)):  # noqa: S311 - where to edit is no secret
            # Read as a new file: what was read is remembered by size and time.
            path.unlink()
            path.write_text(edited, encoding="utf-8")
            try:
                found = digest(own)
            except (RuleError, yaml.YAMLError):
                continue
            same = yaml.safe_load(edited) == yaml.safe_load(text)
            assert (found == first) == same, edited
            changed += not same
    finally:
        path.write_text(text, encoding="utf-8")
    assert changed, "no edit was let through"


@pytest.mark.parametrize("name", FILES)
def test_a_comment_changes_nothing(own, name):
    path, first = own / name, digest(own)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n# looked at\n", encoding="utf-8")
    try:
        assert digest(own) == first
    finally:
        path.write_text(text, encoding="utf-8")


def test_cells_that_are_no_yaml_are_refused_with_their_place_and_have_no_digest(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(default_rules_dir(), folder)
    (folder / "cells.yaml").write_text("empty:\n  - [\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"cells\.yaml:\d"):
        digest(folder)
