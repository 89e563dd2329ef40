"""What is asked of an audit, and what of it fails: gates by level, evidence, metric, regression, error and trust."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore import gates
from shopscore.model import (
    Change,
    Measurement,
    MetricResult,
    Report,
    Score,
    ShopComparison,
    ShopReport,
    Standing,
    Target,
    Trust,
    Words,
)

W = Words("late", "迟")
AT = dt.datetime(2026, 11, 23)


def metric(name, verdict, status="measured", **changes):
    given = MetricResult(name, W, W, "d", "published", "score", "ratio", "rate", "lower", Measurement(status, None),
                         Target(0.1, "published"), verdict, None, "final")  # fmt: skip
    return replace(given, **changes)


def report(*metrics, ranked=None, **changes):
    ranked = [each.id for each in metrics] if ranked is None else ranked
    shop = ShopReport(
        "p", W, "s", AT, "UTC", (), (), Score(None, "none", None, None, 0.0), metrics, tuple(ranked), (), ()
    )
    return Report("1", "1", "a", (), (), (replace(shop, **changes),))


def fired(found, *asked, since=None):
    return [(each.gate, each.about) for each in gates.fired(found, gates.parse(asked), since or {})]


def test_gates_may_be_repeated_joined_and_short():
    asked = ["fail, error", "level:fail", "metric:1688.*", ""]
    assert gates.parse(asked) == ("level:fail", "error", "metric:1688.*")
    assert gates.parse([]) == ()


@pytest.mark.parametrize("text", ["bad", "level:pass", "metric:", "evidence:sure", "fail;error"])
def test_what_is_no_gate_is_refused_with_those_there_are(text):
    with pytest.raises(ValueError, match=r"not known; write one of level:fail, level:likely_fail, evidence:likely"):
        gates.parse(["error", text])


VERDICTS = ("pass", "likely_pass", "undecided", "likely_fail", "fail", "not_measured")


@pytest.mark.parametrize(
    ("gate", "verdicts"),
    [
        ("level:fail", {"fail"}),
        ("level:likely_fail", {"fail", "likely_fail"}),
        ("evidence:likely", {"fail", "likely_fail", "undecided"}),
        ("metric:p.*", {"fail", "likely_fail"}),
        ("metric:p.late", {"fail", "likely_fail"}),
        ("metric:late", {"fail", "likely_fail"}),
        ("metric:l*", {"fail", "likely_fail"}),
        ("metric:p", set()),
        ("metric:q.*", set()),
        ("error", set()),
        ("regression", set()),
        ("low_trust", set()),
    ],
)
def test_which_verdicts_a_gate_fails_on(gate, verdicts):
    for verdict in VERDICTS:
        expected = [(gate, ("p.late",))] if verdict in verdicts else []
        assert fired(report(metric("p.late", verdict)), gate) == expected
        aside = report(metric("p.late", verdict, suppressed="moving (Li, 2026-12-01)"))
        assert fired(aside, gate) == []


def test_levels_look_at_what_is_ranked_and_metrics_at_what_is_named():
    found = report(metric("p.shown", "fail"), ranked=[])
    assert fired(found, "fail") == []
    assert fired(found, "metric:p.shown") == [("metric:p.shown", ("p.shown",))]
    assert fired(report(metric("p.shown", "fail", purpose="display"), ranked=[]), "evidence:likely") == []


def test_errors_and_trust():
    assert fired(report(metric("p.late", "not_measured", "error")), "error") == [("error", ("p.late",))]
    assert fired(report(trust=Trust("low", 1, 1, 1)), "low_trust") == [("low_trust", ())]
    assert fired(report(trust=Trust("fair", 1, 1, 1)), "low_trust") == []


def test_the_worst_to_fix_is_named_first():
    found = report(metric("p.a", "fail"), metric("p.b", "fail"), ranked=["p.b", "p.a"])
    assert fired(found, "fail") == [("level:fail", ("p.b", "p.a"))]


def test_a_regression_is_one_of_the_shop_it_is_of():
    standing = Standing(0.2, None, 0.1, "fail")
    change = Change("metric", "p.late", W, "rate", None, "lower", standing, standing, 0.1, None, ("value",))
    since = ShopComparison("p", W, "s", "UTC", AT, AT, (), (change,), (), (), 0, ())
    found = report(metric("p.late", "fail"))
    assert fired(found, "regression", since={"p/s": since}) == [("regression", ("p.late",))]
    assert fired(found, "regression", since={"p/t": since}) == []
    assert fired(found, "regression", since={"p/s": replace(since, regressions=())}) == []


def test_a_shop_may_ask_for_something_of_its_own():
    bad = metric("p.late", "fail")
    assert fired(report(bad, fail_on=()), "fail") == []
    assert fired(report(bad, fail_on=("metric:p.late",)), "error") == [("metric:p.late", ("p.late",))]
    assert fired(report(bad, fail_on=("level:fail",))) == [("level:fail", ("p.late",))]


def test_a_metric_nobody_has_is_found_also_where_it_is_set_aside():
    found = report(metric("p.late", "fail", suppressed="x"))
    assert gates.unknown(found, ("metric:p.late", "metric:p.l*", "error")) is None
    assert gates.unknown(found, ("error", "metric:p.lat")) == "metric:p.lat"
    assert gates.unknown(report(fail_on=("metric:x",)), ()) == "metric:x"


@given(st.lists(st.sampled_from(VERDICTS), max_size=6), st.lists(st.sampled_from(gates.GATES[:3]), max_size=3))
def test_a_stricter_gate_fires_where_a_milder_one_does(verdicts, asked):
    found = report(*(metric(f"p.m{at}", verdict) for at, verdict in enumerate(verdicts)))
    gates_that = {gate for gate, _ in fired(found, *gates.GATES[:3])}
    order = ["level:fail", "level:likely_fail", "evidence:likely"]
    assert gates_that in [set(order[at:]) for at in range(4)]
    assert {gate for gate, _ in fired(found, *asked)} == gates_that & set(asked)
