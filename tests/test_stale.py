"""What in the packs may have aged: every kind of it, worst first, each with what to do."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from shopscore import listings
from shopscore.catalog.stale import stale
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

TODAY = dt.date(2026, 11, 27)


@pytest.fixture
def rules_with(tmp_path):
    """The shipped rules with some texts of the 1688 pack replaced."""

    def made(*changes):
        home = tmp_path / "rules"
        shutil.copytree(default_rules_dir(), home)
        text = (home / "1688.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        (home / "1688.yaml").write_text(text, encoding="utf-8")
        return load_rules([home])

    return made


def told(rules, day=TODAY, months=12, folders=()):
    return {each.what: each for each in stale(rules, day, months, folders)}


def test_a_source_is_told_by_its_worst_sign_with_what_rests_on_it(rules_with):
    rules = rules_with()
    found = told(rules)
    guide = rules.packs["1688"].pack.sources["guide-1688-2021"]
    assert guide.status == "dated"
    line = found["1688: guide-1688-2021"]
    assert "2021-01-09" in line.why.en
    assert "on it rest ship_fulfil_rate, " in line.why.en
    assert line.todo.en == "look for a newer text"


@pytest.mark.parametrize(
    ("status", "weight", "todo"),
    [("superseded", 3, "rest on the new text"), ("undated", 5, "look for a dated text"), ("dated", 6, "newer text")],
)
def test_each_status_has_its_remedy_and_its_place(rules_with, status, weight, todo):
    pack = (default_rules_dir() / "1688.yaml").read_text(encoding="utf-8")
    start = pack.index("  guide-1688-2021:\n")
    entry = pack[start : pack.index("status: dated", start) + len("status: dated")]
    rules = rules_with((entry, entry.replace("status: dated", f"status: {status}")))
    line = told(rules)["1688: guide-1688-2021"]
    assert line.weight == weight
    assert todo in line.todo.en


def test_what_nobody_has_read_for_long_is_to_be_read_again(rules_with):
    rules = rules_with()
    assert not any("last read on" in each.why.en for each in stale(rules, TODAY, 12))
    later = told(rules, dt.date(2028, 3, 1))
    assert "read it again" in later["1688: guide-1688-2021"].todo.en
    # The younger limit finds what the older one lets pass, and never the other way round.
    few, many = (
        {each.what for each in stale(rules, dt.date(2027, 3, 1), months) if each.weight == 4} for months in (12, 2)
    )
    assert few < many


def test_a_metric_that_rests_on_aged_texts_only_is_named_and_one_with_a_current_text_is_not(rules_with):
    rules = rules_with()
    found = told(rules)
    for loaded in rules.packs.values():
        for metric in loaded.pack.metrics:
            names = {*metric.source, *(name for version in metric.versions for name in version.source)}
            fresh = any(loaded.pack.sources[name].status == "current" for name in names)
            line = found.get(f"{loaded.pack.platform}.{metric.id}")
            if fresh:
                assert line is None or line.weight == 0


def test_versions_that_ended_with_nothing_after_them_come_first(rules_with):
    found = stale(rules_with(), TODAY, 12)
    ended = [each for each in found if each.weight == 0]
    assert "1688.ww_3min_rate_before_202211" in {each.what for each in ended}
    assert list(found[: len(ended)]) == ended
    assert all("2022-10-31" in each.why.zh for each in ended if each.what == "1688.ww_3min_rate_before_202211")
    assert not any(each.what == "tmall.ww_3min_rate" for each in ended)


def test_a_calendar_is_told_a_year_before_it_ends(rules_with):
    rules = rules_with()
    assert "calendar.yaml" not in told(rules)
    near = told(rules, dt.date(2028, 5, 1))["calendar.yaml"]
    over = told(rules, dt.date(2040, 5, 1))["calendar.yaml"]
    assert (near.weight, over.weight) == (1, 0)
    assert "holidays" in near.todo.en


def test_the_list_says_how_much_there_is():
    listing = listings.list_stale((), TODAY, 12)
    assert listing.note.en.startswith(f"{len(listing.rows)} to look at")
    assert all(row[1].en and row[1].zh for row in listing.rows)
