"""The metric cases: rows in YAML, the fates and values they must have."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import yaml

from shopscore import facts, window
from shopscore.intervals.kinds import value_of
from shopscore.ledger import cells, kernel
from shopscore.measure import measure
from shopscore.ruleset.diagnosis_columns import diagnosis_columns
from shopscore.ruleset.language import evaluate, parse
from shopscore.ruleset.load import default_rules_dir, load_rules
from shopscore.ruleset.resolve import define, fact_settings
from shopscore.ruleset.shopfile import ShopFile
from shopscore.score import known_scores
from shopscore.tables import ShopTables, table_schema

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.glob("*/*.yaml") if path.stem != "advice")
OWN_PACKS = ("1688", "tmall")
SETTLED = ("hit", "miss", "counted", "pending", "unknown", "undated")
OTHER = ("excluded", "numerator", "denominator", "value", "in_force", "minimum", "better")
DIAGNOSIS = {
    "value": 0.5,
    "target": 0.5,
    "gap": 0.0,
    "numerator": 0,
    "denominator": 1000,
    "unknown": 0,
    "pending": 0,
    "unknown_share": 0.0,
    "previous_value": 0.5,
    "status": "measured",
    "verdict": "pass",
    "worse": False,
}
"""A metric that is where it should be."""


@cache
def rules():
    return load_rules([default_rules_dir()])


@cache
def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def moment(value):
    """Dates without a time are their first second."""
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else value


def frame(table, rows):
    """A canonical table of the columns its rows name."""
    schema = table_schema(table)
    names = [name for name in schema if any(name in row for row in rows)]
    assert not {name for row in rows for name in row} - set(schema), f"{table}: no such column"
    filled = [{name: moment(row.get(name)) for name in names} for row in rows]
    return pl.DataFrame(filled, schema={name: schema[name] for name in names}, strict=True)


def shop_tables(platform, file, case, as_of):
    """The shop of a case: its own rows and the file's background, the defaults under each row."""
    background = case.get("background", file.get("background", {}))
    found = {}
    for table in {**background, **case.get("tables", {})}:
        defaults = file.get("defaults", {}).get(table, {}) | case.get("defaults", {}).get(table, {})
        # What a case changes for its own rows does not move the background.
        behind = [file.get("defaults", {}).get(table, {}) | row for row in background.get(table, [])]
        rows = behind + [defaults | row for row in case.get("tables", {}).get(table, [])]
        if rows:
            found[table] = frame(table, rows)
    until = {name: moment(case.get("seen_until", {}).get(name, as_of)) for name in found}
    return ShopTables(platform, "case", found, until)


def outcome(platform, short, file, case):
    """What became of the rows of a case, in the words of ``expect``."""
    as_of = moment(case.get("as_of", file["as_of"]))
    loaded = rules().packs[platform].pack
    shop = ShopFile.model_validate(case.get("shop", {}))
    definition = next(each for each in define(loaded, as_of.date(), shop) if each.metric.id == short)
    declared = {
        "in_force": definition.in_force,
        "minimum": definition.minimum,
        "better": definition.metric.better,
    }
    if definition.metric.kind == "composite":
        found = measure(definition, None, None, scores=known_scores([], shop, loaded.bands))
        return declared | {"value": found.value}
    if not definition.in_force:
        return declared
    settings = fact_settings(loaded, as_of.date(), shop, rules().machine)
    built = facts.build(shop_tables(platform, file, case, as_of), settings, as_of)
    ledger = kernel.run(built, (definition,))
    assert not ledger.errors
    assert not ledger.missing
    days = window.bounds(definition.window, as_of.date())
    return declared | counted(definition, cells.totals(ledger, {definition.id: days})[definition.id])


def counted(definition, sums):
    """The sums of a window in the words of ``expect``."""
    value = value_of(definition, sums)
    found = {
        "pending": sums.pending,
        "unknown": sums.unknown,
        "undated": sums.undated,
        "excluded": {name: counts[0] for name, counts in sums.excluded.items() if counts[0]},
        "value": value.value,
        "numerator": value.numerator,
        "denominator": value.denominator,
    }
    match definition.metric.kind:
        case "ratio":
            return found | {"hit": sums.hits, "miss": sums.rows - sums.hits}
        case "ratio_of":
            return found
        case _:
            return found | {"counted": sums.rows}


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
    needed, exclusions = sides(metric)
    wanted = {"ratio": {"hit", "miss"}, "ratio_of": {"numerator", "denominator"}}.get(metric.kind, {"counted"})
    assert wanted | {name for name, given in needed.items() if given} <= met
    assert exclusions == excluded
    assert any("first and last day in" in case["name"] or "window" in case["name"] for case in read(path)["cases"])


def options():
    for platform in OWN_PACKS:
        for metric in rules().packs[platform].pack.metrics:
            for name, switch in metric.switches.items():
                for option in set(switch.options) - {switch.default}:
                    yield pytest.param(platform, metric.id, name, option, id=f"{platform}.{metric.id}.{name}.{option}")


@pytest.mark.parametrize(("platform", "metric", "switch", "option"), list(options()))
def test_every_other_reading_has_a_case(platform, metric, switch, option):
    chosen = [case.get("shop", {}).get("switches", {}) for case in read(CASES / platform / f"{metric}.yaml")["cases"]]
    assert {metric: {switch: option}} in chosen


# ── advice ───────────────────────────────────────────────────────────────────────────────────────────────────────


def advice():
    for platform in OWN_PACKS:
        for piece in rules().packs[platform].pack.advice:
            yield pytest.param(platform, piece, id=f"{platform}.{piece.id}")


@pytest.mark.parametrize(("platform", "piece"), list(advice()))
def test_advice_appears_where_it_fits_and_nowhere_else(platform, piece):
    columns = diagnosis_columns(rules().packs[platform].pack)
    rows = read(CASES / platform / "advice.yaml")[piece.id]
    condition = parse(piece.when, columns)
    for asked, wanted in (("fits", True), ("not", False)):
        for given in rows[asked] if isinstance(rows[asked], list) else [rows[asked]]:
            row = dict.fromkeys(columns) | DIAGNOSIS | given
            assert set(row) == set(columns), "a row names columns of the diagnosis"
            assert (evaluate(condition, row) is True) is wanted


def test_no_case_is_about_advice_that_is_gone():
    for platform in OWN_PACKS:
        ids = {piece.id for piece in rules().packs[platform].pack.advice}
        assert set(read(CASES / platform / "advice.yaml")) == ids


def test_a_healthy_shop_gets_no_advice():
    for platform in OWN_PACKS:
        pack = rules().packs[platform].pack
        columns = diagnosis_columns(pack)
        row = dict.fromkeys(columns) | DIAGNOSIS
        assert [piece.id for piece in pack.advice if evaluate(parse(piece.when, columns), row)] == []


# ── traps that are no matter of rows ─────────────────────────────────────────────────────────────────────────────


def test_trap_37_no_star_or_rank_stands_in_a_pack():
    for platform in OWN_PACKS:
        for metric in rules().packs[platform].pack.metrics:
            if metric.kind == "composite":
                assert {each.score for each in metric.inputs}.isdisjoint(
                    other.id for other in rules().packs[platform].pack.metrics
                ), "a composite is made of entered scores, never of raw values"


def test_trap_42_forbidden_practices_are_only_warned_against():
    forbidden = ("好评返现", "买好评", "刷单", "提前录单号", "先打单录号", "虚假发货")
    for platform in OWN_PACKS:
        warned = set()
        for piece in rules().packs[platform].pack.advice:
            named = {word for word in forbidden if word in piece.do.zh}
            warned |= named
            if named:
                assert piece.compliance == "prohibited"
                assert "不要" in piece.do.zh
                assert "not" in piece.do.en.lower()
            if piece.compliance != "ok":
                assert piece.compliance_reason is not None
        assert warned


def test_trap_43_the_80_percent_of_the_general_guide_is_no_limit():
    for platform in OWN_PACKS:
        for metric in rules().packs[platform].pack.metrics:
            for limit in (metric.targets.published, metric.targets.advisory):
                assert limit is None or limit.value not in {0.8, 80}
                assert limit is None or "guide-general" not in limit.source


# ── the page of traps ────────────────────────────────────────────────────────────────────────────────────────────

TRAP = re.compile(r"trap (\d+): (.*)")
ROW = re.compile(r"\| (\d+) \| [^|]+ \| (.*) \|")


def trap_cases():
    """Trap → metric → the names of its cases, as the case files have them."""
    found = defaultdict(lambda: defaultdict(list))
    for path in FILES:
        for case in read(path)["cases"]:
            if match := TRAP.fullmatch(case["name"]):
                found[int(match[1])][read(path)["metric"]].append(match[2])
    return found


def test_the_page_of_traps_tells_what_is_tested():
    page = (CASES.parents[1] / "docs" / "traps.md").read_text(encoding="utf-8")
    told = {int(match[1]): match[2].split("<br>") for line in page.splitlines() if (match := ROW.fullmatch(line))}
    assert sorted(told) == list(range(1, 44))
    tested = trap_cases()
    for trap, parts in told.items():
        lines = {f"`{metric}`: {' · '.join(names)}" for metric, names in tested[trap].items()}
        assert {part for part in parts if part.startswith(("`1688.", "`tmall."))} == lines, f"trap {trap}"


def test_the_page_of_traps_names_tests_that_exist():
    page = (CASES.parents[1] / "docs" / "traps.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    assert named
    assert named <= set(globals())
