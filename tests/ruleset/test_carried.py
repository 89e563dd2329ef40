"""Rules that a build carries are the rules, until the smallest edit of them or of what checks them."""

from __future__ import annotations

import shutil

import pytest

from shopscore.cache import Cache
from shopscore.errors import RuleError
from shopscore.ruleset import carried, checked
from shopscore.ruleset.checked import load_checked
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(default_rules_dir(), folder)
    return folder


@pytest.fixture
def built(tmp_path, own):
    file = tmp_path / "checked.json"
    carried.build(file, own)
    return file


def test_carried_rules_are_what_was_read(built, own):
    assert carried.carried(built, own) == load_rules([own])


def test_they_hold_wherever_they_are_moved(built, own, tmp_path):
    moved = own.rename(tmp_path / "elsewhere")
    assert carried.carried(built, moved) == load_rules([moved])


def test_the_smallest_edit_is_seen(built, own):
    with (own / "words" / "pdd_reasons.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert carried.carried(built, own) is None


def test_a_file_that_came_or_went_is_seen(built, own):
    (own / "words" / "pdd_reasons.yaml").rename(own / "words" / "other_reasons.yaml")
    assert carried.carried(built, own) is None


def test_other_code_checks_anew(built, own, monkeypatch):
    monkeypatch.setattr(carried, "_CODE", ("schema",))
    assert carried.carried(built, own) is None


@pytest.mark.parametrize("damage", ["{text:.0}", "{text:.5000}", "0{text}"])
def test_a_damaged_file_is_as_if_there_were_none(built, own, damage):
    built.write_text(damage.format(text=built.read_text(encoding="utf-8")), encoding="utf-8")
    assert carried.carried(built, own) is None


def test_no_file_is_no_mistake(own, tmp_path):
    assert carried.carried(tmp_path / "nowhere.json", own) is None


def test_rules_with_a_mistake_are_not_built(own, tmp_path):
    (own / "jd.yaml").write_text("mistake: yes\n", encoding="utf-8")
    with pytest.raises(RuleError, match="mistake"):
        carried.build(tmp_path / "checked.json", own)
    assert not (tmp_path / "checked.json").exists()


def test_a_run_takes_them_and_reads_nothing(built, own, tmp_path, monkeypatch):
    ours = carried.carried(built, own)
    monkeypatch.setattr(carried, "carried", lambda: ours)
    monkeypatch.setattr(checked, "load_rules", lambda dirs: pytest.fail(f"{dirs} were read"))
    kept = Cache(tmp_path / "cache")
    assert load_checked([default_rules_dir()], None).digest == ""
    assert load_checked([default_rules_dir()], kept).digest == checked.digest([default_rules_dir()])
    assert not kept.folder.exists()


def test_rules_of_one_s_own_are_read_with_those_that_are_carried(tmp_path, monkeypatch):
    monkeypatch.setattr(carried, "carried", lambda: pytest.fail("these are not all the rules"))
    (tmp_path / "more").mkdir()
    assert load_checked([default_rules_dir(), tmp_path / "more"], None) == load_rules([default_rules_dir()])
