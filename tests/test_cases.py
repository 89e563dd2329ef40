"""The metric cases: rows in YAML, the fates and values they must have."""

from __future__ import annotations

import pytest
from case_files import CASES, FILES, OWN_PACKS, outcome, read, rules

SETTLED = ("hit", "miss", "counted", "pending", "unknown", "undated")
OTHER = ("excluded", "numerator", "denominator", "value", "in_force", "minimum", "better", "still_open")


def metric_cases():
    for path in FILES:
        for case in read(path)["cases"]:
            yield pytest.param(path, case, id=f"{path.parent.name}.{path.stem}: {case['name']}")


@pytest.mark.parametrize(("path", "case"), list(metric_cases()))
def test_rows_meet_their_fate(path, case):
    file = read(path)
    platform, _, short = file["metric"].partition(".")
    expect = case["expect"]
    assert not set(expect) - {*SETTLED, *OTHER}
    found = outcome(platform, short, file, case)
    assert "value" in found or "in_force" in expect
    for name in SETTLED:
        if name in found or name in expect:
            assert found.get(name) == expect.get(name, 0), name
    if "excluded" in found:
        assert found["excluded"] == expect.get("excluded", {})
    if set(found) >= {"numerator"} and not {"hit", "miss", "counted"} & set(found):
        assert found["numerator"] == pytest.approx(expect.get("numerator", 0))
        assert found["denominator"] == pytest.approx(expect.get("denominator", 0))
    for name in ("numerator", "denominator", "value"):
        if name in expect:
            assert found[name] == (None if expect[name] is None else pytest.approx(expect[name])), name
    for name in ("in_force", "minimum", "better"):
        if name in expect:
            assert found[name] == expect[name], name
    if "still_open" in expect:
        assert found["still_open"] == set(expect["still_open"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_a_file_is_named_after_its_metric(path):
    assert read(path)["metric"] == f"{path.parent.name}.{path.stem}"


def measurable():
    for platform in OWN_PACKS:
        for metric in rules().packs[platform].pack.metrics:
            if metric.kind != "none":
                yield pytest.param(platform, metric, id=f"{platform}.{metric.id}")


def sides(metric):
    """The conditions a metric's own sides name, versions and all."""
    given = [side for side in (metric, metric.numerator, metric.denominator) if hasattr(side, "exclude")]
    found = {name: any(getattr(side, name) for side in given) for name in ("unknown", "pending")}
    excluded = {name for side in given for name in side.exclude}
    for version in metric.versions:
        excluded |= set(version.changes.get("exclude", {}))
    for switch in metric.switches.values():
        for option in switch.options.values():
            excluded |= set(option.changes.get("exclude", {}))
    return found, excluded


@pytest.mark.parametrize(("platform", "metric"), list(measurable()))
def test_every_condition_of_a_metric_is_met_by_a_case(platform, metric):
    path = CASES / platform / f"{metric.id}.yaml"
    assert path.is_file(), "every measurable metric has its cases"
    expected = [case["expect"] for case in read(path)["cases"]]
    met = {name for expect in expected for name in expect}
    excluded = {name for expect in expected for name in expect.get("excluded", {})}
    if metric.kind == "composite":
        assert any(expect.get("value") is not None for expect in expected)
        return
    open_ones = any(each.still_open for each in (metric, metric.numerator) if hasattr(each, "still_open"))
    assert open_ones == any(expect.get("still_open") for expect in expected)
    needed, exclusions = sides(metric)
    wanted = {"ratio": {"hit", "miss"}, "ratio_of": {"numerator", "denominator"}}.get(metric.kind, {"counted"})
    assert wanted | {name for name, given in needed.items() if given} <= met
    assert exclusions == excluded
    assert any("first and last day in" in case["name"] or "window" in case["name"] for case in read(path)["cases"])


def options():
    for platform in OWN_PACKS:
        for metric in rules().packs[platform].pack.metrics:
            for name, switch in metric.switches.items():
                for option in sorted(set(switch.options) - {switch.default}):
                    yield pytest.param(platform, metric.id, name, option, id=f"{platform}.{metric.id}.{name}.{option}")


@pytest.mark.parametrize(("platform", "metric", "switch", "option"), list(options()))
def test_every_other_reading_has_a_case(platform, metric, switch, option):
    chosen = [case.get("shop", {}).get("switches", {}) for case in read(CASES / platform / f"{metric}.yaml")["cases"]]
    assert {metric: {switch: option}} in chosen
