"""Money, gates and differences as sentences: the one that matters is told, the rest is counted."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from shopscore.model import (
    Displayed,
    EnteredScore,
    FactorResult,
    GateResult,
    Lost,
    Measurement,
    MetricResult,
    Report,
    Score,
    ShopReport,
    StakeResult,
    StructureResult,
    Target,
    Words,
)
from shopscore.render import beside, text

WORDS = Words("Late orders", "延迟发货")
METRIC = MetricResult("pdd.late", WORDS, WORDS, "logistics", "published", "penalty", "ratio", "rate", "lower",
                      Measurement("measured", None, value=0.0412), Target(None, "none"), "not_measured", None, "final",
                      )  # fmt: skip
SHOP = ShopReport("pdd", WORDS, "店", dt.datetime(2026, 11, 20), "Asia/Shanghai", (), (),
                  Score(None, "none", None, None, 0.0), (METRIC,), (), (), ())  # fmt: skip


def lines(shop, lang):
    return [line.text for line in beside.blocks(shop, lang, 100) if line.text]


def with_metric(**changes):
    return replace(SHOP, metrics=(replace(METRIC, **changes),))


def gate(number, state, value, **changes):
    score = EnteredScore(f"rank_{number}", value, "shop.yaml" if value is not None else None)
    given = GateResult(f"g{number}", Words(f"gate {number}", f"门槛{number}"), state, 0.3, "at_least", (score,),
                       None, Words("campaigns", "活动"), None, ())  # fmt: skip
    return replace(given, **changes)


def test_without_anything_to_say_nothing_is_said():
    assert lines(SHOP, "en") == []


def test_what_open_orders_would_cost_is_told_with_their_number():
    stake = StakeResult(7.5, 36.0, "CNY", Words("3 a late order", "每单赔 3 元"), 2, 12)
    assert lines(with_metric(stake=stake), "zh-Hans") == [
        "涉及金额",
        "  - 延迟发货：未完成 12 单，逾期将赔 ￥36.00，已超时的按规定赔 ￥7.50，2 单算不出金额，每单赔 3 元",
    ]
    assert "12 still to be done, " in lines(with_metric(stake=stake), "en")[1]
    assert lines(with_metric(stake=replace(stake, open=0, missed=0.0, at_risk=0.0)), "en") == []


def test_missed_gates_are_told_and_met_ones_counted():
    gates = (
        gate(1, "missed", 0.25, missed_by=0.05),
        gate(2, "met", 0.5),
        gate(3, "met", 0.6),
        gate(4, "not_entered", None),
    )
    assert lines(replace(SHOP, gates=gates), "en")[1:] == [
        "  - missed: gate 1 (rank_1 0.25; needs >= 0.3, short by 0.05), what hangs on it: campaigns",
        "  - not entered (scores: in shop.yaml): rank_4",
        "  - 2 gates met",
    ]


def test_the_first_lines_say_which_gates_are_missed_and_the_block_by_which_scores_only():
    def first(*gates, lang="en"):
        found = text.render(Report("1", "1", "a" * 64, (), (), (replace(SHOP, gates=gates),)), lang, 200)
        return next(line.text for line in found if line.text.startswith(("Platform score", "平台评分"))).split(" | ")

    fine, weak = EnteredScore("fine", 4.2, "shop.yaml"), EnteredScore("weak", 3.8, "shop.yaml")
    items = gate(1, "missed", None, scores=(fine, weak, EnteredScore("blank", None, None)), limit=4.0, missed_by=0.2)
    others = [gate(number, "missed", 0.25, missed_by=0.05) for number in (2, 3, 4)]
    assert first(items, gate(9, "met", 0.5))[-1] == "missed: gate 1"
    assert first(items, lang="zh-Hans")[-1] == "未达到：门槛1"
    assert first(items, *others)[-1] == "missed: gate 1, gate 2, 2 more"
    assert not any("missed" in part for part in first(gate(9, "met", 0.5)))
    (told,) = lines(replace(SHOP, gates=(items,)), "en")[1:]
    assert told == "  - missed: gate 1 (weak 3.8; needs >= 4, short by 0.2), what hangs on it: campaigns"


def test_the_first_line_of_a_score_of_which_all_is_measured_does_not_say_so():
    shop = replace(SHOP, score=Score(4.0, "published", None, None, 1.0))
    assert "100% of the scored" in text.score(shop, "en")
    assert "100%" not in text.score(shop, "en", brief=True)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "77, as entered | furthest from full marks: a 6 of 15, b 24 of 30, c -3 of 10 | 0%"),
        ("zh-Hans", "77 分（按后台填写） | 离满分最远：甲 6/15，乙 24/30，丙 -3/10 | 计分"),
    ],
)
def test_the_first_lines_say_on_which_items_the_platforms_points_are_lost(lang, told):
    lost = (
        Lost(Words("a", "甲"), 9, 15),
        Lost(Words("b", "乙"), 6, 30),
        Lost(Words("c", "丙"), 13, 10),
        Lost(WORDS, 1, 10),
    )
    assert told in text.score(replace(SHOP, score=Score(77.0, "published", None, None, 0.0, None, lost)), lang)


def test_a_share_is_told_in_percent_and_a_switch_in_words_by_the_names_they_have():
    rank = EnteredScore("rank_overall", 0.29, "shop.yaml", Words("Rank", "排名率"), "rate")
    switch = EnteredScore("invoice", 0.0, "shop.yaml", Words("E-invoice", "电子发票"), "switch")
    blank = EnteredScore("rank_goods", None, None, Words("Goods", "商品质量"), "rate")
    gates = (
        gate(1, "missed", None, scores=(rank,), missed_by=0.01),
        gate(2, "missed", None, scores=(switch,), missed_by=1.0, limit=1.0),
        gate(3, "not_entered", None, scores=(blank,)),
    )
    factors = tuple(FactorResult(each.title, each, (), None) for each in (rank, switch, blank))
    shop = replace(SHOP, gates=gates, structure=StructureResult("s", Words("Stars", "星级"), factors, None, ()))
    assert lines(shop, "en")[1:] == [
        "  - Stars: Rank 29.0%, E-invoice: no",
        "  - missed: gate 1 (Rank 29.0%; needs >= 30.0%, short by 1 point), what hangs on it: campaigns",
        "  - missed: gate 2 (E-invoice: no), what hangs on it: campaigns",
        "  - not entered (scores: in shop.yaml): Goods (rank_goods)",
    ]
    assert lines(shop, "zh-Hans")[2:4] == [
        "  - 未达到：门槛1（排名率 29.0%；需 >= 30.0%，差 1 个百分点），关系到：活动",
        "  - 未达到：门槛2（电子发票：否），关系到：活动",
    ]


def test_figures_that_print_alike_and_differ_get_digits_enough():
    shown = Displayed(0.04124, dt.date(2026, 11, 19), None, None, "platform_scores", differs=True)
    (_, text) = lines(with_metric(displayed=shown, measurement=Measurement("measured", None, value=0.041201)), "en")
    assert "the platform shows 4.124% (2026-11-19), the exports give 4.1201%" in text


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_a_hundred_figures_take_a_few_lines(lang):
    shown = Displayed(0.9, None, None, None, "shop.yaml", differs=True)
    many = tuple(replace(METRIC, id=f"pdd.m{number}", displayed=shown) for number in range(100))
    found = lines(replace(SHOP, metrics=many), lang)
    assert len(found) < 20
    assert "92" in found[-1]
