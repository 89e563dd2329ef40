"""How cells are written is data: facts of the world among it have a source, every mistake is told with its line."""

from __future__ import annotations

import datetime as dt

import pytest

from shopscore.catalog.stale import stale
from shopscore.errors import RuleError
from shopscore.listings import check_rules
from shopscore.readers.cells.conventions import _parse
from shopscore.ruleset.cells import FILE, cells
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

TEXT = (default_rules_dir() / FILE).read_text(encoding="utf-8")
MORE = """
  - column: carrier
    source: [carrier-codes]
    confidence: low
    spelled:
      {}
"""


def written(folder, text):
    (folder / FILE).write_text(text, encoding="utf-8")
    return cells(folder / FILE)


def test_every_group_of_names_says_where_it_was_read_and_how_sure_it_is():
    found = cells()
    assert {group.column: group.confidence for group in found.names} == {"carrier": "medium", "region": "high"}
    assert {source for group in found.names for source in group.source} == found.sources.keys()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    source: [carrier-codes]\n", "", "the key 'source' is missing"),
        ("source: [carrier-codes]", "source: []", "names.0.source"),
        ("source: [carrier-codes]", "source: [carrier-code]", "unknown source 'carrier-code'"),
        ("source: [provinces]", "source: [carrier-codes]", "nothing rests on the source 'provinces'"),
        ("    confidence: medium\n    spelled", "    spelled", "the key 'confidence' is missing"),
        ("confidence: high\n    spelled", "confidence: sure\n    spelled", "names.1.confidence"),
        ("retrieved: 2026-11-28", "retrieved: lately", "sources.carrier-codes.retrieved"),
        ("column: region", "column: regions", "no table has a column 'regions'"),
        ("column: region", "column: paid_at", "no table has a column 'paid_at'"),
        ("极兔速递: [极兔,", "极兔速递: [yt O,", "'yt O' is a spelling of '圆通速递' already"),
        ("极兔速递: [极兔,", "极兔速递: [韵达快递,", "'韵达快递' is a spelling of '韵达快递' already"),
        ("河北: [河北省]", "河北: 河北省", "names.1.spelled.河北"),
        ("empty_time_length: 1", 'empty_time_length: "1"', "empty_time_length"),
        ('"false": [', '"never": [', "flags"),
        ("period_marks:", "period_mark:", "unknown key 'period_mark'"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, said):
    assert old in TEXT
    with pytest.raises(RuleError) as refused:
        written(tmp_path, TEXT.replace(old, new, 1))
    assert said in str(refused.value)
    assert f"{FILE}:" in str(refused.value)


def test_another_group_adds_to_a_name_of_the_first(tmp_path):
    names = _parse(written(tmp_path, TEXT + MORE.format("极兔速递: [J T Exp]"))).names["carrier"]
    assert {names[each] for each in ("jtexp", "jtexpress", "极兔速递")} == {"极兔速递"}
    assert names["圆通"] == "圆通速递"


def test_another_group_takes_no_spelling_of_another_name(tmp_path):
    with pytest.raises(RuleError, match="'极兔' is a spelling of '极兔速递' already"):
        written(tmp_path, TEXT + MORE.format("极兔国际: [极兔]"))


def test_the_check_of_rules_reads_it(monkeypatch):
    def refused():
        raise RuleError([])

    monkeypatch.setattr("shopscore.listings.cells", refused)
    with pytest.raises(RuleError):
        check_rules((), dt.date(2026, 11, 28))


def test_what_rests_on_a_list_nobody_has_read_for_a_year_is_told():
    rules = load_rules([default_rules_dir()])
    fresh, aged = (
        {each.what: each.why.en for each in stale(rules, day, 12) if each.what.startswith("cells: ")}
        for day in (dt.date(2026, 11, 28), dt.date(2028, 1, 1))
    )
    assert fresh["cells: carrier-codes"] == "it says no day; on it rest names.carrier"
    assert aged["cells: provinces"] == "last read on 2026-11-28; on it rest names.region"
