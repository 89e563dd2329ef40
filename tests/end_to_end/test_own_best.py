"""A value that is past the shop's own best and still undecided says why, wherever its verdict is explained."""

from __future__ import annotations

import pytest
from end_to_end_world import SAMPLES, run
from msgspec.structs import replace

from shopscore import saved
from shopscore.render import html, markdown, own_best, text
from shopscore.render.words import say

LANGUAGES = ("en", "zh-Hans")


@pytest.fixture(scope="module")
def report(json_text):
    return saved.read(json_text, "report")


def doubted(report):
    """Metrics whose whole interval is past the own best, and whose verdict is not sure."""
    return [
        metric
        for shop in report.shops
        for metric in shop.metrics
        if metric.target.basis == "own"
        and metric.target.interval
        and metric.measurement.interval
        and not metric.measurement.interval[0] <= metric.target.value <= metric.measurement.interval[1]
        and metric.verdict in ("likely_fail", "undecided", "likely_pass")
    ]


def squeezed(page):
    return "".join(page.split()).replace("&#39;", "'").replace("\\", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_details_say_why_a_value_past_the_own_best_is_not_sure(report, lang):
    metrics = doubted(report)
    assert {metric.id.partition(".")[0] for metric in metrics} >= {"tmall", "aliexpress"}
    lines = " ".join(line.text for line in text.render(report, lang, 10_000, whole=True))
    pages = [squeezed(page) for page in (lines, markdown.render(report, lang), html.render(report, lang))]
    for metric in metrics:
        told = own_best.doubted(metric, lang)
        assert say(lang, metric.verdict) in told
        ranked = any(metric.id in shop.shortfalls for shop in report.shops)
        assert all((squeezed(told) in page) == ranked for page in pages), metric.id


def test_an_interval_around_the_target_and_a_target_of_others_need_no_such_sentence(report):
    told = [metric.id for shop in report.shops for metric in shop.metrics if own_best.doubted(metric, "en")]
    assert sorted(told) == sorted(metric.id for metric in doubted(report))
    metric = doubted(report)[0]
    goal = metric.target.value
    around = replace(metric, measurement=replace(metric.measurement, interval=(goal - 1, goal + 1)))
    published = replace(metric, target=replace(metric.target, basis="published", interval=None))
    assert [own_best.doubted(each, "en") for each in (around, published, replace(metric, verdict="fail"))] == [""] * 3


@pytest.mark.parametrize(("lang", "said"), [("en", "luckiest of several windows"), ("zh-Hans", "其中有运气")])
def test_an_explanation_says_it_under_the_verdict(lang, said):
    done = run("explain", "tmall.refund_only_hours", SAMPLES / "tmall", "--lang", lang, "--width", 400)
    lines = done.out.splitlines()
    at = next(at for at, line in enumerate(lines) if line.endswith(say(lang, "undecided")))
    assert said in lines[at + 1]
