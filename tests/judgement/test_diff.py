"""Two audits of shops: which are alike, which metrics are held against each other, gates and scores that turn."""

from __future__ import annotations

import datetime as dt

import pytest
from compared_audits import AT, DAY, LATER, W, compared, metric, names, report
from evidence import regressions
from msgspec.structs import replace

from shopscore import diff
from shopscore.model import (
    EnteredScore,
    GateResult,
    Score,
    Window,
)


def test_what_is_measured_for_the_first_time_and_fails_is_new_and_no_regression():
    unmeasured = metric(verdict="not_measured")
    for before, verdict in (([], "fail"), ([unmeasured], "likely_fail")):
        shop = compared(before, [metric(verdict=verdict)])
        assert (names(shop.new), shop.new[0].because, shop.regressions, shop.same) == (["p.late"], ("new",), (), 0)
    for verdict in ("pass", "undecided"):
        shop = compared([unmeasured], [metric(verdict=verdict)])
        assert (shop.new, shop.regressions, shop.improvements, shop.same) == ((), (), (), 1)


def test_what_is_new_is_no_regression_the_night_after_either():
    shop = compared([metric(verdict="fail")], [metric(verdict="fail", first=LATER)])
    assert (shop.new, shop.regressions, shop.same) == ((), (), 1)


def test_what_is_set_aside_or_no_longer_measured_is_named_and_not_compared():
    aside = metric("p.a", 0.5, "fail", first=LATER, suppressed="moving (Li, 2026-12-01)")
    gone = metric("p.b", verdict="not_measured")
    shop = compared([metric("p.a"), metric("p.b")], [aside, gone])
    assert (shop.regressions, shop.same) == ((), 0)
    assert [(each.id, each.why) for each in shop.not_compared] == [
        ("p.a", "suppressed"),
        ("p.b", "no_longer_measured"),
    ]


def test_the_worst_to_fix_comes_first():
    bad = [metric(name, 0.2, "fail", first=LATER) for name in ("p.a", "p.b", "p.c")]
    good = [metric(each.id) for each in bad]
    (shop,) = diff.compare(report(*good), report(*bad, shortfalls=("p.c", "p.a"))).shops
    assert names(shop.regressions) == ["p.c", "p.a", "p.b"]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"platform": "q"}, "platform"),
        ({"shop": "t"}, "shop"),
        ({"rules_as_of": dt.date(2020, 1, 1)}, "rules"),
    ],
)
def test_other_shops_platforms_and_rules_are_not_alike(changes, kind):
    found = diff.compare(report(metric()), report(metric(), **changes))
    assert [each.kind for shop in found.shops for each in shop.unlike] == [kind]


def test_other_versions_readings_and_windows_are_not_alike():
    def kinds(one, other):
        (shop,) = diff.compare(one, other).shops
        return [each.kind for each in shop.unlike]

    assert kinds(report(version="1"), report(version="2")) == ["rules"]
    assert kinds(report(metric()), report(metric(switches=(("limit", "h24"),)))) == ["reading"]
    week = replace(metric().measurement, window=Window(DAY, DAY + dt.timedelta(days=6), 7))
    assert kinds(report(metric()), report(metric(measurement=week))) == ["window"]
    february = replace(metric().measurement, window=Window(dt.date(2026, 2, 1), dt.date(2026, 2, 28), 28))
    assert kinds(report(metric()), report(metric(measurement=february))) == []
    same_day = report(metric(), rules_as_of=AT.date())
    assert kinds(report(metric()), same_day) == []


def test_shops_of_one_report_only_are_named():
    one, other = report(metric()), report(metric(), shop="t")
    both = replace(one, shops=(*one.shops, *other.shops))
    found = diff.compare(one, both)
    assert ([shop.shop for shop in found.shops], found.only_before, found.only_after) == (["s"], (), ("p/t",))


def gate(state):
    score = EnteredScore("rank", 0.5, "shop.yaml")
    return GateResult("g", W, state, 0.3, "at_least", (score,), None, W, None, ())


def test_gates_and_scores_that_turn_are_told():
    score = Score(4.5, "published", None, None, 1.0)
    one, other = (
        report(gates=(gate("met"),), score=score),
        report(gates=(gate("missed"),), score=replace(score, value=4)),
    )
    (shop,) = diff.compare(one, other).shops
    assert [change.kind for change in shop.regressions] == ["gate", "score"]
    (back,) = diff.compare(other, one).shops
    assert [change.kind for change in back.improvements] == ["gate", "score"]
    (blank,) = diff.compare(report(gates=(gate("not_entered"),)), other).shops
    assert blank.regressions == ()


def test_changes_are_found_and_chance_is_not_called_one():
    """A small version of the table in docs/evidence.md."""
    found = regressions.counts(60, 30)
    alarms, hits, innocent = found["`diff`"]
    assert hits >= 48
    assert alarms <= 10
    assert innocent <= 15
    assert alarms < found["interval of 95 %, overlap ignored"][0]
    assert alarms < found["what began to fail"][0] < found["any worse verdict"][0] < found["any worse value"][0]
