"""A metric on one day for one shop: which version, which reading, which numbers; and what it needs."""

from __future__ import annotations

import datetime as dt

import pytest

from shopscore.errors import RuleError
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.needs import needs
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile

PACK = "tmall.yaml"
OLD, NEW = dt.date(2024, 12, 31), dt.date(2025, 1, 1)


@pytest.fixture
def pack(rules_dir):
    return load_rules([rules_dir()]).packs["tmall"].pack


def ship(pack, day=NEW, shop=None):
    return define(pack, day, shop or ShopFile())[0]


def test_both_ends_of_a_version_are_in(pack):
    assert ship(pack, OLD).window == "30 days"
    assert ship(pack, NEW).window == "T-33..T-4"
    assert ship(pack, OLD).sides[""].where == "kind IN ('spot', 'custom')"
    assert ship(pack, NEW).sides[""].where == "kind = 'spot'"


def test_a_metric_without_a_version_for_the_day_is_not_in_force(rules_dir):
    pack = load_rules([rules_dir({PACK: [("valid_from: 2025-01-01", "valid_from: 2025-02-01")]})]).packs["tmall"].pack
    assert not ship(pack, NEW).in_force
    assert ship(pack, OLD).in_force


def test_of_two_versions_the_one_that_began_last_wins(rules_dir):
    folder = rules_dir({PACK: [("      - valid_to: 2024-12-31\n", "      - note: {en: always, zh: 一直}\n")]})
    assert ship(load_rules([folder]).packs["tmall"].pack, NEW).window == "T-33..T-4"


def test_a_metric_without_versions_is_always_in_force(pack):
    assert all(define(pack, day, ShopFile())[1].in_force for day in (dt.date(2001, 1, 1), OLD, NEW))


def test_each_side_names_its_columns_by_role(pack):
    side = ship(pack, OLD).sides[""]
    assert side.columns_required == {
        "clock_at", "kind", "pickup_state", "is_due", "pickup_seconds", "ship_allowed_seconds",
    }  # fmt: skip
    assert side.columns_optional == {"cancelled_by", "buyer_weight"}
    assert side.exclude == (("buyer_cancelled", "cancelled_by = 'buyer'"),)
    assert (side.fact, side.at, side.weight_by) == ("orders", "clock_at", "buyer_weight")


def test_two_facts_have_two_sides_and_know_what_cannot_be_rewound(pack):
    rate = define(pack, NEW, ShopFile())[1]
    assert {name: (side.fact, side.at) for name, side in rate.sides.items()} == {
        "n": ("refunds", "applied_at"),
        "d": ("orders", "paid_at"),
    }
    assert rate.frozen
    assert rate.id == "tmall.refund_rate"


def test_a_switch_of_the_shop_replaces_what_it_names_and_takes_the_shops_number(pack):
    shop = ShopFile(switches={"ship_fulfil_rate": {"clicks": "clicks"}}, parameters={"b_weight": 4.0})
    chosen = ship(pack, NEW, shop)
    assert chosen.sides[""].numerator == "click_seconds <= CAST(ship_allowed_seconds AS DOUBLE) / 4.0e0"
    assert chosen.switches == (("clicks", "clicks"),)
    assert ship(pack).switches == (("clicks", "scans"),)


@pytest.mark.parametrize(
    ("shop", "where", "hint"),
    [
        ({"switches": {"ship_rate": {"clicks": "clicks"}}}, "switches.ship_rate", ""),
        ({"switches": {"ship_fulfil_rate": {"click": "clicks"}}}, "switches.ship_fulfil_rate.click", "clicks"),
        ({"switches": {"ship_fulfil_rate": {"clicks": "x"}}}, "switches.ship_fulfil_rate.clicks", "scans, clicks"),
        ({"parameters": {"weight": 2.0}}, "parameters.weight", "b_weight"),
        (
            {"parameters": {"b_weight": 0.0}, "switches": {"ship_fulfil_rate": {"clicks": "clicks"}}},
            "parameters",
            "",
        ),
    ],
)
def test_what_a_shop_asks_for_and_the_pack_has_not_is_a_mistake(pack, shop, where, hint):
    with pytest.raises(RuleError) as caught:
        define(pack, NEW, ShopFile.model_validate(shop))
    assert caught.value.problems[0].where == where
    assert hint in caught.value.problems[0].hint


def test_fact_settings_take_the_chat_rules_of_the_day_and_the_shops_hours(rules_dir):
    rules = load_rules([rules_dir()])
    pack = rules.packs["tmall"].pack
    old = fact_settings(pack, dt.date(2025, 5, 31), ShopFile(), rules.machine)
    new = fact_settings(pack, dt.date(2025, 6, 1), ShopFile(exempted_orders=["1"]), rules.machine)
    assert old.service_hours.closes == "24:00"
    assert new.chat.answers == ["human", "assist_bot"]
    assert new.exempted_orders == {"1"}
    assert list(new.columns) == ["clock_at", "ship_deadline_at", "buyer_weight"]
    assert new.columns["buyer_weight"] == "CASE WHEN buyer_level = 'L6' THEN 2.0e0 ELSE 1.0e0 END"
    shop = ShopFile.model_validate({"service_hours": {"opens": "10:00", "closes": "20:00"}})
    assert fact_settings(pack, OLD, shop, rules.machine).service_hours.opens == "10:00"


def test_needs_name_tables_columns_menus_and_days(rules_dir):
    rules = load_rules([rules_dir()])
    found = {need.table: need for need in needs(ship(rules.packs["tmall"].pack), rules)}
    assert set(found) == {"orders", "shipments"}
    assert {need.days for need in found.values()} == {33}
    assert "picked_up_at" in found["shipments"].columns
    assert found["orders"].exports[0].en == "Trade > Sold items > Export"
    assert "shipments.csv" in found["shipments"].exports[-1].en
    assert "shipments.csv" in found["shipments"].exports[-1].zh


def test_of_a_table_that_is_there_the_menu_says_what_to_choose():
    rules = load_rules([default_rules_dir()])
    metrics = define(rules.packs["pdd"].pack, dt.date(2026, 11, 23), ShopFile())
    refunds = next(each for each in metrics if each.id == "pdd.success_refund_rate")

    def menus(*given):
        (need,) = (each for each in needs(refunds, rules, frozenset(given)) if each.table == "refunds")
        return need.exports

    menu = "Pinduoduo > after-sale > export"
    assert menus()[0].en == menus("orders.order_id")[0].en == menu
    there = ("refunds.refund_id", "refunds.order_id", "refunds.applied_at", "refunds.status")
    assert menus(*there)[0].en == f"{menu}, with 退款成功时间 or 售后完成时间 chosen"
    assert menus(*there)[0].zh.endswith("（勾选退款成功时间或售后完成时间）")
    assert menus(*there, "refunds.finished_at")[0].en == menu


def test_every_metric_of_the_rules_shipped_resolves_and_says_what_it_needs():
    rules = load_rules([default_rules_dir()])
    for loaded in rules.packs.values():
        for definition in define(loaded.pack, dt.date(2026, 11, 23), ShopFile()):
            assert bool(definition.sides) == bool(needs(definition, rules))
            snapshot = definition.window == "T-0..T-0"
            assert all(need.exports and (need.days > 0) != snapshot for need in needs(definition, rules))


def test_what_exports_of_several_days_show_is_had_by_exporting_orders():
    rules = load_rules([default_rules_dir()])
    metrics = define(rules.packs["1688"].pack, dt.date(2026, 11, 23), ShopFile())
    worst = next(each for each in metrics if each.id == "1688.ship_fulfil_worst_case")
    seen = next(need for need in needs(worst, rules) if need.table == "sightings")
    assert [text.en for text in seen.exports] == ["1688 order export", "canonical sightings.csv (waiting_after)"]
