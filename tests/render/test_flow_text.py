"""The section about refunds: a few lines, the most important first, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from shopscore.model import (
    FlowLoop,
    FlowLoops,
    FlowProduct,
    FlowReason,
    FlowReasons,
    FlowRounds,
    FlowStage,
    FlowTimeouts,
    ProductReason,
    RefundFlow,
    Score,
    ShopReport,
    Words,
)
from shopscore.render import flow

DAY = dt.date(2026, 11, 1)
BAY = FlowStage(("received",), ("seller",), 61, 3, 42, 0.42, (0.35, 0.49), 136_800, 259_200, (130_000, 150_000))
WAY = FlowStage(("returned",), ("carrier",), 61, 0, 40, 0.4, (0.3, 0.5), 36_000, None, None)
BOTH = FlowStage(("returned", "received"), ("carrier", "seller"), 4, 0, 18, 0.18, None, None, None, None)
FLOW = RefundFlow(DAY, DAY, 61, 100, 0, (BAY, WAY, BOTH), (("seller", 0.42), ("carrier", 0.4)), 0.18)
SHOP = ShopReport("tmall", Words("Tmall", "天猫"), "店", dt.datetime(2026, 11, 20), "Asia/Shanghai", (), (),
                  Score(None, "none", None, None, 0.0), (), (), (), (), refund_flow=FLOW)  # fmt: skip
ROUNDS = FlowRounds(("09:00", "14:00", "20:00"), 50, 43_200.0, 21_600.0, (18_000.0, 25_200.0), 3.0)
PRODUCT = FlowProduct(
    "123", 90, 90, None, 30, 0.3, (0.2, 0.4), 0.05, 20.0, True, (ProductReason("damage", 20, 30, 15.0),)
)
LATE = FlowTimeouts(100, 4, 2, 12, 1, 0, 0, 0.125, (0.1, 0.2), 432_000)
AGAIN = FlowLoops(100, 8, 0.08, (0.04, 0.15), 288_000, (FlowLoop("refused_then_agreed", 8, 288_000, 0),))


def said(lang, shop=SHOP, width=100):
    return [line.text for line in flow.section(shop, lang, width)]


def test_the_sentence_that_matters_comes_first():
    first, whose = said("en")
    assert first == (
        "  - 42% (35..49) of the time: parcels waiting in your receiving bay; 61 cases, median 38 h, p90 72 h"
    )
    assert whose == "  - whose turn it was: yours 42%, the carrier's 40%, not recorded 18%"
    assert said("zh")[0] == "  - 42%（35..49）的时间：退货已签收、等你验货退款；61 笔，中位 38 小时，九成在 72 小时内"


def test_where_another_holds_the_clock_the_sellers_own_stage_follows():
    shop = replace(SHOP, refund_flow=replace(FLOW, stages=(WAY, BAY, BOTH)))
    first, own, _ = said("en", shop, 120)
    assert "parcels on their way back; 61 cases, median 10 h" in first
    assert own.startswith("  - most of yours: parcels waiting in your receiving bay, 42% (35..49)")


def test_what_no_file_tells_apart_is_said_to_be_so():
    assert flow.in_words(BOTH, "en") == (
        "18% of the time: parcels on their way back or parcels waiting in your receiving bay"
        " (no file tells which); 4 cases"
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_few_lines_however_much_there_is_and_what_is_left_out_is_counted(lang):
    whole = replace(FLOW, stages=(WAY, BAY), rounds=ROUNDS, products=(PRODUCT,), timeouts=LATE, loops=AGAIN)
    shop = replace(SHOP, refund_flow=whole)
    sentences = len(list(flow.sentences(whole, lang)))
    for width, most in ((60, 10), (80, 8), (100, 6), (160, 6)):
        lines = said(lang, shop, width)
        assert len(lines) <= most
        assert all(cell_len(line) <= width for line in lines)
        shown = sum(line.startswith("  - ") for line in lines)
        left = [line for line in lines if "--format json" in line]
        assert [f" {sentences - shown} " in line for line in left] == ([True] if shown < sentences else [])
    wide = " ".join(said(lang, shop, 200))
    assert ("09:00 / 14:00 / 20:00" in wide, "123" in wide, "12" in wide) == (True, True, True)


def test_few_cases_are_not_named_and_uncertain_rounds_not_promised():
    unsure = replace(ROUNDS, a_sitting=1.2)
    few = replace(FLOW, rounds=unsure, timeouts=replace(LATE, seller=4), loops=replace(AGAIN, cases=4))
    assert said("en", replace(SHOP, refund_flow=few)) == said("en")


def test_without_refunds_there_is_nothing():
    assert said("en", replace(SHOP, refund_flow=None)) == []
    assert flow.as_json(None) is None


def test_the_json_has_all_of_it():
    told = flow.as_json(replace(FLOW, rounds=ROUNDS, products=(PRODUCT,), timeouts=LATE, loops=AGAIN))
    assert told["holders"] == {"seller": 0.42, "carrier": 0.4}
    assert told["stages"][0]["median_seconds"] == 136_800
    assert told["timeouts"]["seller"] == 12
    assert told["rounds"]["then_seconds"] == 21_600


# ── what comes back, and why ─────────────────────────────────────────────────────────────────────────────────────


def test_what_comes_back_is_told_with_the_day_it_is_counted_from():
    whole = replace(FLOW, products=(PRODUCT,), sold_from=dt.date(2026, 8, 22))
    shop = replace(SHOP, refund_flow=whole)
    assert "product 123 comes back most: 30 of 90 sold since 08-22 (33.3%, the rest 5.0%)" in " ".join(said("en", shop))
    assert "商品 123 比其他的退得多：08-22 以来售出 90 笔退 30 笔" in " ".join(said("zh", shop))
    # A report of before does not say from when.
    assert "30 of 90 sold (33.3%" in " ".join(said("en", replace(SHOP, refund_flow=replace(whole, sold_from=None))))


@pytest.mark.parametrize(("excess", "told"), [(20.5, "SKU A-2"), (20.0, "product 123"), (3.0, "product 123")])
def test_a_variant_is_named_where_it_alone_has_more_of_it_than_its_product(excess, told):
    variant = replace(PRODUCT, product="A-2", lines=40, refunded=28, excess=excess)
    shop = replace(SHOP, refund_flow=replace(FLOW, products=(PRODUCT,), skus=(variant,)))
    assert [line for line in said("en", shop) if f"{told} comes back most" in line]


def reasons(*cases, unknown=0):
    total = sum(count for _, count, _ in cases)
    found = (FlowReason(name, n, 0.0, 0, n / total, 0.0, 0.0, ("cases",) if few else ()) for name, n, few in cases)
    return FlowReasons(tuple(found), unknown, (), 0)


def test_the_few_reasons_of_most_requests_are_told():
    found = reasons(("quality", 57, True), ("no_reason", 48, True), ("damage", 9, False))
    shop = replace(SHOP, refund_flow=replace(FLOW, reasons=found))
    assert "  - most of the requests (92%) are quality, change of mind" in said("en", shop)
    assert "  - 申请中 92% 是质量问题，无理由" in said("zh", shop)


def test_reasons_are_not_told_where_most_requests_give_none_or_there_is_only_one():
    for found in (reasons(("quality", 9, True), ("late", 1, False), unknown=10), reasons(("quality", 9, True))):
        assert said("en", replace(SHOP, refund_flow=replace(FLOW, reasons=found))) == said("en")
