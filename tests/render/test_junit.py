"""JUnit XML, read by a library that build servers' users read it with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import junitparser
import pytest
from hostile_names import renamed
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore import saved
from shopscore.model import Report, SetAside, Words
from shopscore.render import junit

GOLDEN = Path(__file__).parents[1] / "end_to_end" / "golden" / "report.json"
EMPTY = Report("1.0.0", "0.1.0", "a1", (), (), ())
NASTY = "]]><a b=\"'&\x00\x1b[31m\u202e\ufffe\ud800"


@pytest.fixture(scope="module")
def report():
    """The report of two sample shops."""
    return saved.read(GOLDEN.read_text(encoding="utf-8"), GOLDEN.name)


def read(text):
    return junitparser.JUnitXml.fromstring(text.encode())


def with_metric(report, **changed):
    """The report of one shop with one metric, which differs from what it was."""
    shop = report.shops[0]
    metric = replace(next(each for each in shop.metrics if each.id == shop.shortfalls[0]), **changed)
    return replace(report, shops=(replace(shop, metrics=(metric,), set_aside=()),))


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_suites_are_shops_and_cases_are_metrics(report, lang):
    found = read(junit.render(report, lang))
    assert [suite.name for suite in found] == [f"{shop.platform}/{shop.shop}" for shop in report.shops]
    for suite, shop in zip(found, report.shops, strict=True):
        assert [case.name for case in suite] == [metric.id for metric in shop.metrics]
        failing = {metric.id for metric in shop.metrics if metric.verdict == "fail" and metric.counts}
        assert {case.name for case in suite if isinstance(_result(case), junitparser.Failure)} == failing
        counts = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert counts == (suite.tests, suite.failures, suite.errors, suite.skipped)
    assert found.failures == sum(suite.failures for suite in found)


def _result(case):
    return next(iter(case.result), None)


def test_a_failure_names_value_target_and_gap_and_properties_are_exact(report):
    shop = report.shops[0]
    metric = next(each for each in shop.metrics if each.id == shop.shortfalls[0])
    case = next(case for suite in read(junit.render(report, "en")) for case in suite if case.name == metric.id)
    assert _result(case).type == "fail"
    assert "target" in _result(case).message
    assert f"short by {metric.shortfall.fixes} events" in _result(case).message
    held = {each.name: each.value for found in case.iterchildren(junitparser.Properties) for each in found}
    assert float(held["value"]) == pytest.approx(metric.measurement.value, rel=1e-14)
    assert (held["numerator"], held["n"]) == (
        f"{metric.measurement.numerator:.15g}",
        f"{metric.measurement.denominator:.15g}",
    )
    assert float(held["target"]) == metric.target.value


@pytest.mark.parametrize(
    ("changed", "kind", "type_"),
    [
        ({"verdict": "fail"}, junitparser.Failure, "fail"),
        ({"verdict": "likely_fail"}, junitparser.Skipped, "likely_fail"),
        ({"verdict": "undecided"}, junitparser.Skipped, "undecided"),
        ({"verdict": "likely_pass"}, type(None), None),
        ({"verdict": "pass"}, type(None), None),
        ({"verdict": "fail", "suppressed": "moving"}, junitparser.Skipped, "set_aside"),
    ],
)
def test_a_build_turns_red_by_evidence_only(report, changed, kind, type_):
    case = next(iter(next(iter(read(junit.render(with_metric(report, **changed), "en"))))))
    assert type(_result(case)) is kind
    assert getattr(_result(case), "type", None) == type_


@pytest.mark.parametrize(
    ("status", "kind"),
    [("error", junitparser.Error), ("no_table", junitparser.Skipped), ("too_few", junitparser.Skipped)],
)
def test_what_could_not_be_measured_says_why(report, status, kind):
    measurement = replace(report.shops[0].metrics[0].measurement, status=status, message=Words("a reason", "原因"))
    changed = with_metric(report, verdict="not_measured", measurement=measurement, suppressed=None)
    case = next(iter(next(iter(read(junit.render(changed, "en"))))))
    assert (type(_result(case)), _result(case).message) == (kind, "a reason")


def test_what_is_set_aside_says_by_whom_and_until_when(report):
    found = with_metric(report, suppressed="moving")
    shop = found.shops[0]
    aside = (SetAside(shop.metrics[0].id, "moving", "Li", dt.date(2026, 12, 31)),)
    case = next(iter(next(iter(read(junit.render(replace(found, shops=(replace(shop, set_aside=aside),)), "en"))))))
    assert _result(case).message == "set aside: moving (Li, 2026-12-31)"


def test_a_shop_that_failed_is_an_error(report):
    warning = Words("1688/x: failed, other shops are not touched: OSError: no", "1688/x：失败")
    found = read(junit.render(replace(report, failed=("1688/x",), warnings=(warning,)), "en"))
    assert [case.name for suite in found if suite.name == "1688/x" for case in suite] == ["audit"]
    assert found.errors == 1


def test_names_made_to_hurt_stay_text(report):
    text = junit.render(renamed(report, NASTY), "en")
    assert {element.tag for element in ET.fromstring(text).iter()} == {  # noqa: S314 - our own
        "testsuites", "testsuite", "testcase", "properties", "property", "failure", "skipped",
    }  # fmt: skip
    assert read(text)


@given(st.text())
def test_any_name_makes_a_file_that_can_be_read(name):
    found = ET.fromstring(junit.render(replace(EMPTY, failed=(name,)), "en"))  # noqa: S314 - our own
    assert found.get("errors") == "1"
