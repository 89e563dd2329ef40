"""Laws of drafting: what is proposed loads as it is, whatever stands in a file; the assignment is the best one."""

from __future__ import annotations

from itertools import permutations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopscore.catalog import load
from shopscore.drafting.assignment import assign
from shopscore.drafting.candidates import Knowledge
from shopscore.drafting.phrases import evidence, holds, phrases, plain
from shopscore.drafting.proposal import Proposal, propose
from shopscore.drafting.writing import write
from shopscore.readers.formats import catalogue
from shopscore.ruleset.headers import HeaderColumn
from shopscore.ruleset.own_files import load_own_format

RULES = load()
KNOWLEDGE = Knowledge(RULES.headers, catalogue(loaded.format for loaded in RULES.formats), RULES.words)
TELLING = [
    "Order ID",
    "created_at",
    "订单编号",
    "Order Status",
    "Paid at",
    "Total",
    "SKU",
    "退款编号",
    "申请时间",
    "Phone",
]
CELLS = ["", "1", "2026-09-01 10:00:00", "03/04/2026", "12.50", "1.234,56", "Completed", "=1+1", "王小明", "a" * 300]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
headers = st.lists(st.sampled_from(TELLING) | texts, min_size=1, max_size=8)


@given(headers, st.lists(st.lists(st.sampled_from(CELLS) | texts, min_size=8, max_size=8), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_a_proposal_loads_as_it_is_written(tmp_path, header, rows):
    cells = pl.DataFrame(
        {f"c{place}": pl.Series([row[place] for row in rows], dtype=pl.String()) for place in range(len(header))}
    )
    proposal = propose(header, cells, KNOWLEDGE)
    if not isinstance(proposal, Proposal):
        assert proposal.en
        assert proposal.zh
        return
    path = tmp_path / "x.format.yaml"
    path.write_text(write(proposal, "x: '\"\n#\u2028", header[0], "en"), encoding="utf-8", newline="\n")
    form = load_own_format(path, RULES.words).format
    assert form.id == "x: '\"\n#\u2028"
    assert [line.header for line in proposal.lines] == [
        spec if isinstance(spec, str) else spec.column[0] for spec in form.columns.values()
    ]
    assert {*form.must[0], *form.ignored, *form.line_key} <= set(header)


@given(st.dictionaries(st.tuples(st.sampled_from("abcd"), st.integers(0, 3)), st.integers(1, 100), min_size=1))
@settings(deadline=None)
def test_an_assignment_scores_as_much_as_the_best_of_all(scores):
    found = assign(scores)
    assert len(set(found.values())) == len(found)
    columns = sorted({column for column, _ in scores})
    places = [*range(4), *[None] * len(columns)]
    best = max(
        sum(scores.get(pair, 0) for pair in zip(columns, order, strict=True))
        for order in set(permutations(places, len(columns)))
    )
    assert sum(scores[pair] for pair in found.items()) == best


def test_of_equal_assignments_the_headers_further_left_are_taken():
    assert assign({("a", 0): 5, ("a", 1): 5}) == {"a": 0}
    assert assign({("a", 1): 5, ("a", 0): 5}) == {"a": 0}


def test_a_header_that_fits_two_columns_goes_where_all_together_score_most():
    scores = {("shipped_at", 0): 100, ("shipped_at", 1): 95, ("picked_up_at", 1): 40}
    assert assign(scores) == {"shipped_at": 0, "picked_up_at": 1}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("orderItemId", "order item id"),
        ("amazon-order-id", "amazon order id"),
        ("No. Pesanan", "no pesanan"),
        ("Address 1&2 (Billing)", "address 1 2 billing"),
        ("RTS Time", "rts time"),
        ("実付款（元）", "実付款"),
        ("下单帐号", "下单账号"),
        ("  ", ""),
    ],
)
def test_headers_are_compared_as_words(written, words):
    assert plain(written) == words


def test_a_phrase_stands_in_a_header_as_whole_words():
    assert holds("order paid time", "paid time")
    assert not holds("unpaid times", "paid time")
    assert holds("买家付款时间", "付款时间")


SPEC = phrases(HeaderColumn(says=["paid at", "payment date"], weak=["date"], against=["next"]), {"我的"}, ["phone"])


@pytest.mark.parametrize(
    ("header", "how"),
    [
        ("Paid at", "says"),
        ("payment-date", "says"),
        ("Order paid at", "within"),
        ("Date", "weak"),
        ("Some date", "weak"),
        ("Next payment date", None),
        ("Phone paid at", None),
        ("Amount", None),
        ("我的", "known"),
    ],
)
def test_what_words_say(header, how):
    found = evidence(header, SPEC)
    assert (found.how if found else None) == how


def test_better_phrases_weigh_more():
    assert evidence("paid at", SPEC).score > evidence("payment date", SPEC).score > evidence("date", SPEC).score
