"""What chat services take is data: every number with its source, every mistake in the file told with its line."""

from __future__ import annotations

import datetime as dt

import pytest

from shopscore.catalog.stale import stale
from shopscore.errors import RuleError
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.services import FILE, services

TEXT = (default_rules_dir() / FILE).read_text(encoding="utf-8")


def test_every_number_says_where_it_comes_from():
    found = services()
    told = dict(found.facts())
    assert {name.partition(".")[0] for name in told} == {"dingtalk", "wecom", "feishu"}
    assert all(source in found.sources for each in told.values() for source in each.source)
    assert all(sum(each.too_many for each in service.refusals) == 1 for service in found.by_name.values())
    assert found.refusal("wecom", 40058) == told["wecom.40058"]
    assert found.refusal("wecom", 1) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("most: 4096", 'most: "4096"', "wecom.markdown_bytes.most"),
        ("most: 4096", "most: 0", "wecom.markdown_bytes.most"),
        ("  request_bytes:", "  request_byte:", "feishu"),
        ("number: 19022", "number: 19021", "19021 stands here twice"),
        ("source: [dingtalk-met], confidence", "source: [], confidence", "dingtalk.message_bytes.source"),
        ("source: [feishu-bots], confidence", "source: [feishu], confidence", "unknown source 'feishu'"),
        ("source: [wecom-numbers, ", "source: [wecom-robots, ", "nothing rests on the source 'wecom-numbers'"),
        ("retrieved: 2026-11-27", "retrieved: lately", "sources.dingtalk-robots.retrieved"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, said):
    assert old in TEXT
    times = -1 if "numbers" in old else 1
    (tmp_path / FILE).write_text(TEXT.replace(old, new, times), encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        services(tmp_path / FILE)
    assert said in str(refused.value)
    assert f"{FILE}:" in str(refused.value)


def test_a_text_nobody_has_read_for_a_year_is_stale_with_what_rests_on_it():
    rules = load_rules([default_rules_dir()])
    fresh, aged = (
        {each.what: each.why.en for each in stale(rules, day, 12) if each.what.startswith("services: ")}
        for day in (dt.date(2026, 11, 28), dt.date(2028, 1, 1))
    )
    assert fresh.keys() == {"services: dingtalk-met", "services: wecom-met"}
    assert aged["services: feishu-bots"] == (
        "last read on 2026-11-27; on it rest feishu.a_minute, feishu.request_bytes, feishu.9499, feishu.11232 "
        "and 4 more"
    )
