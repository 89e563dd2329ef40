"""Gauges for Prometheus, read by its own parser and held to the grammar of its text format."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hostile_names import renamed
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families

from shopscore import saved
from shopscore.model import Report
from shopscore.render import prometheus

GOLDEN = Path(__file__).parents[1] / "end_to_end" / "golden" / "report.json"
EMPTY = Report("1.0.0", "0.1.0", "a1", (), (), ())
NASTY = 'x"} 1\n# TYPE y counter\\\x1b\u202e\r{'
LINE = re.compile(
    r"# (HELP|TYPE) [a-z_]+ .+"
    r'|(?P<name>[a-z_]+)(\{(?P<labels>[a-z]+="(?:[^"\\\n]|\\["\\n])*"(,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*)\})?'
    r" -?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?"
)


@pytest.fixture(scope="module")
def report():
    """The report of two sample shops."""
    return saved.read(GOLDEN.read_text(encoding="utf-8"), GOLDEN.name)


def read(text):
    """(name, labels) → value, as Prometheus reads them."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in found
            assert sample.timestamp is None
            found[key] = sample.value
    return found


def of(shop, metric=None):
    labels = {"platform": shop.platform, "shop": shop.shop} | ({"metric": metric.id} if metric else {})
    return tuple(sorted(labels.items()))


def test_every_line_keeps_the_grammar_and_the_file_ends_its_last_line(report):
    text = prometheus.render(renamed(report, NASTY), "en")
    assert text.endswith("\n")
    assert [line for line in text[:-1].split("\n") if not LINE.fullmatch(line)] == []


def test_names_are_of_base_units_and_labels_are_few(report):
    found = read(prometheus.render(report, "en"))
    assert {name for name, _ in found} <= set(prometheus.FAMILIES)
    assert {label for _, labels in found for label, _ in labels} == {"platform", "shop", "metric"}
    for name in prometheus.FAMILIES:
        assert re.fullmatch(r"shopscore(_[a-z]+)+", name)
        assert not name.endswith(("_total", "_count", "_sum", "_bucket", "_info", "_hours", "_days", "_percent"))


def test_shares_are_numerator_and_denominator_and_times_are_seconds(report):
    found = read(prometheus.render(report, "en"))
    seen = set()
    for shop in report.shops:
        for metric in shop.metrics:
            value, labels = metric.measurement.value, of(shop, metric)
            if value is None:
                assert not any(each == labels for _, each in found)
            elif metric.unit == "rate":
                names = ("numerator", "denominator", "value_ratio")
                above, below, shaped = (found.get((f"shopscore_metric_{name}", labels)) for name in names)
                assert (shaped if above is None else above / below) == pytest.approx(value)
                seen.add("rate")
            elif metric.unit == "hours":
                assert found["shopscore_metric_value_seconds", labels] == pytest.approx(3600 * value)
                seen.add("hours")
    assert seen == {"rate", "hours"}


def test_verdicts_and_trust_are_ordered_numbers(report):
    found = read(prometheus.render(report, "en"))
    for shop in report.shops:
        assert found["shopscore_data_trust", of(shop)] == {"low": 0, "fair": 1, "good": 2}[shop.trust.level]
        for metric in shop.metrics:
            if metric.verdict == "fail":
                assert found["shopscore_metric_verdict", of(shop, metric)] == -2


def test_the_moment_judged_is_the_shops_own_not_the_clocks(report):
    shop = replace(report.shops[0], timezone="America/Los_Angeles")
    found = read(prometheus.render(replace(report, shops=(shop,)), "en"))
    moment = found["shopscore_as_of_timestamp_seconds", of(shop)]
    assert dt.datetime.fromtimestamp(moment, tz=dt.UTC).replace(tzinfo=None) - shop.as_of.replace(
        microsecond=0
    ) == dt.timedelta(hours=8)


def test_no_order_is_named_and_both_languages_are_the_same(report):
    text = prometheus.render(report, "en")
    assert text == prometheus.render(report, "zh-Hans")
    for shop in report.shops:
        assert shop.due
        assert not any(each.subject in text for each in shop.due)


def test_shops_that_look_alike_are_kept_apart(report):
    shop = report.shops[0]
    twins = replace(report, shops=tuple(replace(shop, shop=name) for name in ("a\x00", "a\x01")))
    assert {dict(labels)["shop"] for name, labels in read(prometheus.render(twins, "en")) if "trust" in name} == {
        "a\u00b7", "a\u00b7 (2)",
    }  # fmt: skip


def test_a_report_of_nothing_is_a_file_all_the_same():
    assert read(prometheus.render(EMPTY, "en")) == {("shopscore_shops_failed", ()): 0}
