"""What packs, formats and word lists must hold to together."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from shopscore import listings
from shopscore.errors import RuleError
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.lint_across import contradictions, idle, packless
from shopscore.ruleset.load import load_rules
from shopscore.schema import FACTS

TODAY = dt.date(2026, 11, 27)
PACK = "tmall.yaml"


def second_pack(home, *changes):
    """The small pack once more, as another platform's."""
    text = (home / PACK).read_text(encoding="utf-8").replace("platform: tmall", "platform: other")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (home / "other.yaml").write_text(text, encoding="utf-8")
    return load_rules([home])


def test_one_id_has_one_unit_and_one_direction_everywhere(rules_dir):
    home = rules_dir()
    assert list(idle(second_pack(home), TODAY)) == []
    rules = second_pack(
        home, ("better: lower", "better: higher"), ("kind: ratio_of", "kind: ratio_of\n    unit: times")
    )
    found = list(contradictions(rules, ()))
    assert [(each.where, each.what) for each in found] == [
        ("metrics.refund_rate.unit", "refund_rate has unit: rate here and unit: times in the pack of other"),
        ("metrics.refund_rate.better", "refund_rate has better: lower here and better: higher in the pack of other"),
    ]
    assert found[1].place.startswith(f"{home / PACK}:")


def test_a_format_is_of_a_platform_with_a_pack_or_of_one_known_to_have_none(rules_dir):
    home = rules_dir({"formats/tmall_orders.yaml": [("platform: tmall", "platform: tmal")]})
    (found,) = contradictions(load_rules([home]), [home])
    assert (found.where, found.hint) == ("platform", "did you mean 'tmall'?")
    (home / "platforms.yaml").write_text("packless:\n  tmal: {en: Tmal, zh: 猫}\n", encoding="utf-8")
    assert packless(home) == ("tmal",)
    assert list(contradictions(load_rules([home]), [home])) == []


def test_a_word_list_that_no_format_names_is_idle(rules_dir):
    home = rules_dir()
    assert list(idle(load_rules([home]), TODAY)) == []
    text = (home / "words" / "tmall_status.yaml").read_text(encoding="utf-8")
    (home / "words" / "spare.yaml").write_text(text.replace("id: tmall_status", "id: spare"), encoding="utf-8")
    assert [each.where for each in idle(load_rules([home]), TODAY)] == ["spare"]


def test_a_column_that_no_table_can_give_is_told(rules_dir, monkeypatch):
    home = rules_dir()
    orders = FACTS["orders"]
    columns = tuple(
        replace(each, sources=("orders.never",)) if each.name == "kind" else each for each in orders.columns
    )
    monkeypatch.setitem(FACTS, "orders", replace(orders, columns=columns))
    found = list(idle(load_rules([home]), TODAY))
    assert [each.where for each in found] == ["metrics.ship_fulfil_rate"]
    assert "orders.kind: there is no orders.never" in found[0].what


def test_the_rules_shipped_agree_and_the_check_shows_what_is_of_no_use(rules_dir):
    rules = load_rules([default_rules_dir()])
    assert list(contradictions(rules, [default_rules_dir()])) == []
    assert not any("nothing can give" in each.what for each in idle(rules, TODAY))
    spare = rules_dir({PACK: None, "formats/tmall_orders.yaml": None})
    assert "no format names this word list" in listings.check_rules((spare,), TODAY).note.en


def test_the_check_refuses_what_contradicts(rules_dir):
    home = rules_dir({"formats/tmall_orders.yaml": [("platform: tmall", "platform: tmal")]})
    with pytest.raises(RuleError, match="there is no pack for 'tmal'"):
        listings.check_rules((home,), TODAY)
