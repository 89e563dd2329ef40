"""Rules that are kept are the rules, until the smallest edit."""

from __future__ import annotations

import shutil

import pytest
from msgspec.structs import replace

from shopscore.cache import Cache
from shopscore.errors import RuleError
from shopscore.ruleset import checked
from shopscore.ruleset.checked import load_checked
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(default_rules_dir(), folder)
    return folder


@pytest.fixture
def kept(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.fixture
def loads(monkeypatch):
    """How often rules were read from what people wrote."""
    seen = []
    monkeypatch.setattr(checked, "load_rules", lambda dirs: seen.append(dirs) or load_rules(dirs))
    return seen


def test_kept_rules_are_what_was_read(own, kept, loads):
    first, second = load_checked([own], kept), load_checked([own], kept)
    assert len(loads) == 1
    assert first == second == replace(load_rules([own]), digest=first.digest)


def test_the_smallest_edit_is_read_and_checked(own, kept, loads):
    load_checked([own], kept)
    pack = own / "jd.yaml"
    pack.write_text(pack.read_text(encoding="utf-8") + "\nmistake: yes\n", encoding="utf-8")
    with pytest.raises(RuleError, match="mistake"):
        load_checked([own], kept)
    with pytest.raises(RuleError, match="mistake"):
        load_checked([own], kept)
    assert len(loads) == 3


@pytest.mark.parametrize("damage", ["", "{", '{"packs": 3}', '{"packs": [["a", "b", "{}"]]}'])
def test_a_damaged_entry_is_read_anew(own, kept, loads, damage):
    known = load_checked([own], kept)
    (entry,) = (kept.folder / "rules").iterdir()
    entry.write_text(damage)
    assert load_checked([own], kept) == known
    assert len(loads) == 2


def test_a_folder_that_is_not_there_is_still_a_mistake(own, kept, tmp_path):
    load_checked([own], kept)
    with pytest.raises(RuleError, match="no such folder"):
        load_checked([own, tmp_path / "nowhere"], kept)


def test_without_a_cache_nothing_is_kept(own, kept):
    assert load_checked([own], None) == load_rules([own])
    assert not kept.folder.exists()
