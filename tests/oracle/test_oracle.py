"""For random shops the engine and the oracle agree on every metric and every count, to the last integer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from oracle import engine
from oracle.aliexpress_shops import aliexpress_tables
from oracle.bills import bill_tables
from oracle.conftest import PROFILE
from oracle.jd_shops import jd_tables
from oracle.metrics import METRICS
from oracle.pdd_shops import pdd_tables
from oracle.strategies import shops

FROM_TABLES = ("refunds", "disputes", "reviews", "messages", "sessions")


def expected(result):
    """The oracle's counts in the shape of the engine's sums."""
    one = result.sides[0]
    if len(result.sides) == 1:
        return {
            **{name: getattr(one, name) for name in ("rows", "hits", "pending", "unknown", "excluded", "undated")},
            **{name: getattr(one, name) for name in ("w", "wh", "x", "wx")},
        }
    top, bottom = result.sides
    both = {name: getattr(top, name) + getattr(bottom, name) for name in ("pending", "unknown", "excluded", "undated")}
    return {"rows": bottom.rows, "hits": top.rows, **both, "w": bottom.w, "wh": top.w, "x": top.x, "wx": top.wx}


def counted(sums):
    """The engine's sums, the excluded rows added up."""
    names = ("rows", "hits", "pending", "unknown", "undated", "w", "wh", "x", "wx")
    excluded = sum(rows for rows, _, _ in sums.excluded.values())
    return {**{name: getattr(sums, name) for name in names}, "excluded": excluded}


def disagreements(shop):
    """What the two say differently, by metric."""
    measured, found = engine.measure(shop), {}
    for metric, compute in METRICS.items():
        if metric not in measured:
            continue
        result, theirs = compute(shop), measured[metric]
        if expected(result) != counted(theirs.sums):
            ours, others = expected(result), counted(theirs.sums)
            found[metric] = {name: (ours[name], others[name]) for name in ours if ours[name] != others[name]}
        else:
            names = ("value", "numerator", "denominator")
            pairs = {name: (getattr(result, name), getattr(theirs.measurement, name)) for name in names}
            if differing := {name: pair for name, pair in pairs.items() if not _equal(*pair)}:
                found[metric] = differing
    return found


def _equal(ours, theirs):
    if ours is None or theirs is None:
        return ours is theirs
    return math.isclose(ours, theirs, rel_tol=1e-12)


@settings(PROFILE)
@given(shops("tmall", bill_tables))
def test_tmall_to_the_last_row(shop):
    assert disagreements(shop) == {}


@settings(PROFILE)
@given(shops("1688"))
def test_1688_to_the_last_row(shop):
    assert disagreements(shop) == {}


@settings(PROFILE)
@given(shops("pdd", pdd_tables))
def test_pinduoduo_to_the_last_row(shop):
    assert disagreements(shop) == {}


@settings(PROFILE)
@given(shops("jd", jd_tables))
def test_jd_to_the_last_row(shop):
    assert disagreements(shop) == {}


@settings(PROFILE)
@given(shops("aliexpress", aliexpress_tables))
def test_aliexpress_to_the_last_row(shop):
    assert disagreements(shop) == {}


@pytest.mark.parametrize("platform", ["aliexpress", "jd", "tmall", "1688", "pdd"])
def test_every_metric_the_pack_computes_is_known_to_the_oracle(platform):
    pack = engine.rules().packs[platform].pack
    computed = {
        f"{platform}.{metric.id}"
        for metric in pack.metrics
        if metric.definition in ("published", "derived") and metric.kind not in ("composite", "none")
    }
    assert computed <= METRICS.keys()
    assert {metric for metric in METRICS if metric.startswith(platform)} <= {
        f"{platform}.{metric.id}" for metric in pack.metrics
    }
