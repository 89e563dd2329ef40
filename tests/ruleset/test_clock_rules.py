"""Clocks of a pack beyond one mistake at a time: ids, price lists, and what they are for a shop."""

from __future__ import annotations

import pytest

from shopscore.errors import RuleError
from shopscore.ruleset.clocks import define_clocks
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.shopfile import ShopFile

PACK = "tmall.yaml"
PRICED = """segments: [carrier, hour]
    stake:
      of: amount
      currency: CNY
      what: {en: A fine, zh: 罚款}
      source: [guide]"""


def problems(folder):
    with pytest.raises(RuleError) as caught:
        load_rules([folder])
    return [(each.where, each.what) for each in caught.value.problems]


def test_an_id_stands_once(rules_dir):
    text = (rules_dir() / PACK).read_text(encoding="utf-8")
    block = text[text.index("  - id: ship\n") : text.index("advice:\n  - id: SHIP-01")]
    assert ("clocks.ship", "the id 'ship' stands here 2 times") in problems(rules_dir({PACK: [(block, block + block)]}))


def test_a_price_list_needs_a_clock_to_say_what_is_at_risk(rules_dir):
    load_rules([rules_dir({PACK: [("segments: [carrier, hour]", PRICED)]})])
    without = [
        ("segments: [carrier, hour]", PRICED),
        ("metrics: [ship_fulfil_rate]\n    steps", "metrics: []\n    steps"),
    ]
    ((where, what),) = problems(rules_dir({PACK: without}))
    assert where == "metrics.ship_fulfil_rate.stake"
    assert "nothing is ever at risk" in what


def test_a_clock_for_a_shop_has_its_parameters_and_knows_what_it_needs(rules_dir):
    changes = [("due: ship_deadline_at", "due: CASE WHEN item_count > b_weight THEN ship_deadline_at END")]
    pack = load_rules([rules_dir({PACK: changes})]).packs["tmall"].pack
    (clock,) = define_clocks(pack, ShopFile(parameters={"b_weight": 7.0}))
    assert "7" in clock.due
    assert clock.id == "tmall.ship"
    assert clock.metrics == ("tmall.ship_fulfil_rate",)
    assert clock.subject == "order_id"
    assert (clock.over_at, clock.over_if) == (("cancelled_at",), ("status = 'closed'",))
    assert clock.columns_required == {"kind", "clock_at", "item_count", "ship_deadline_at", "picked_up_at"}
    assert [step.since for step in clock.steps] == [None, "shipped_at"]


def test_every_pack_names_clocks_of_its_own_metrics_in_both_languages():
    for loaded in load_rules([default_rules_dir()]).packs.values():
        clocks = define_clocks(loaded.pack, ShopFile())
        assert clocks, loaded.pack.platform
        for clock in clocks:
            for words in (clock.title, *(step.todo for step in clock.steps)):
                assert words.en
                assert words.zh.encode("gbk")
