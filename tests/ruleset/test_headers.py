"""The words of headers: what is checked about them."""

from __future__ import annotations

import pytest

from shopscore.errors import RuleError
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

WORDS = """\
source: [invented]
columns:
  order_id:
    says: [order id]
  status:
    says: [order status]
    words: {closed: [cancelled], finished: [done]}
    unsure: [done]
tables:
  orders: {}
  refunds:
    columns:
      status: {says: [refund status]}
"""


def mistakes(rules_dir, text):
    folder = rules_dir()
    (folder / "headers.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules([folder])
    return str(caught.value)


def test_a_table_s_own_words_replace_those_of_every_table(rules_dir):
    folder = rules_dir()
    (folder / "headers.yaml").write_text(WORDS, encoding="utf-8")
    headers = load_rules([folder]).headers
    assert headers.of("orders")["status"].says == ["order status"]
    assert headers.of("refunds")["status"].says == ["refund status"]
    assert headers.of("refunds")["order_id"].says == ["order id"]


def test_rules_without_words_of_headers_are_rules(rules_dir):
    assert dict(load_rules([rules_dir()]).headers.columns) == {}


def test_a_later_folder_replaces_the_words(rules_dir):
    mine = rules_dir({}, "mine")
    (mine / "headers.yaml").write_text("tables: {orders: {}}\n", encoding="utf-8")
    assert list(load_rules([default_rules_dir(), mine]).headers.tables) == ["orders"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  order_id:", "  order_ids:", "headers.yaml:3: columns.order_ids: there is no column 'order_ids'"),
        ("  orders: {}", "  order: {}", "headers.yaml:10: tables.order: there is no table 'order'"),
        ("closed: [", "shut: [", "columns.status.words.shut: status is never 'shut'"),
        ("[cancelled]", "[done]", "'done' stands for 'closed' already"),
        ("unsure: [done]", "unsure: [lost]", "'lost' stands for no word"),
        ("[order status]", "[order id]", "in orders 'order id' says order_id already"),
        ("says: [order id]", "say: [order id]", "unknown key 'say'"),
    ],
)
def test_a_mistake_has_its_place(rules_dir, old, new, said):
    assert old in WORDS
    assert said in mistakes(rules_dir, WORDS.replace(old, new, 1))
