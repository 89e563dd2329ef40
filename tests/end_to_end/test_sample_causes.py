"""The report finds what was planted in the sample shops, and does not blame what was planted as innocent."""

from __future__ import annotations

import re

import pytest
from end_to_end_world import PLANTED, SHOPS, metrics, shop_of

from shopscore.render.words import segment_name


def planted(key):
    return [
        pytest.param(shop, entry["metric"], entry["dimension"], entry["segment"], id="-".join(map(str, entry.values())))
        for shop in SHOPS
        for entry in PLANTED[shop][key]
    ]


def drivers(report, shop, metric):
    return {(each["dimension"], each["segment"]) for each in metrics(shop_of(report, shop))[metric]["drivers"]}


_WHOLE = re.MULTILINE | re.DOTALL


def why(text, metric):
    """What the text report says of one metric under "why", without the breaks of its lines."""
    block = re.search(rf"^ *\d+  [^\n]*\({re.escape(metric)}\).*?(?=^ *\d+  |^$)", _unfolded(text), _WHOLE)
    assert block, f"{metric} is not explained"
    return re.sub(r"\s", "", block.group())


def _unfolded(text):
    """A title may be so long that its id stands on the next line."""
    return re.sub(r"\n    (?=[^ -])", "", text)


def test_the_samples_hold_a_shop_of_every_platform(report):
    assert sorted(f"{shop['platform']}/{shop['shop']}" for shop in report["shops"]) == sorted(SHOPS)


@pytest.mark.parametrize(
    ("shop", "metric", "verdict"),
    [
        (shop, name, verdict)
        for shop in SHOPS
        for verdict in ("fail", "likely_fail")
        for name in PLANTED[shop].get(f"must_{verdict}", ())
    ],
)
def test_what_must_fail_fails_and_is_ranked(report, shop, metric, verdict):
    found = shop_of(report, shop)
    assert metrics(found)[metric]["verdict"] == verdict
    assert metric in found["shortfalls"]


@pytest.mark.parametrize(("shop", "metric", "dimension", "segment"), planted("must_name"))
def test_a_planted_cause_is_named(report, shop, metric, dimension, segment):
    assert (dimension, segment) in drivers(report, shop, metric)


@pytest.mark.parametrize(("shop", "metric", "dimension", "segment"), planted("must_not_name"))
def test_an_innocent_segment_is_not_blamed(report, shop, metric, dimension, segment):
    assert (dimension, segment) not in drivers(report, shop, metric)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("shop", SHOPS)
def test_planted_causes_stand_in_the_text_report(texts, language, shop):
    assert shop.split("/")[1] in texts[language]
    for cause in PLANTED[shop]["must_name"]:
        name = segment_name(cause["dimension"], cause["segment"], language)
        assert re.sub(r"\s", "", name) in why(texts[language], cause["metric"]), cause
