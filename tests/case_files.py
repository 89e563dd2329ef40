"""Reading the case files: rows in YAML, made into a shop, counted, and told in the words of ``expect``."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import polars as pl
import yaml

from shopscore import facts, window
from shopscore.intervals.kinds import value_of
from shopscore.ledger import cells, evidence, kernel
from shopscore.ledger.open_cases import open_cases
from shopscore.measure import measure
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile
from shopscore.score import known_scores
from shopscore.tables import ShopTables, table_schema

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.glob("*/*.yaml") if path.stem != "advice")
OWN_PACKS = ("1688", "aliexpress", "jd", "pdd", "tmall")


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
    sums = cells.totals(ledger, {definition.id: days})[definition.id]
    if any(side.once_per for side in definition.sides.values()):
        # What `explain` shows is counted on another way.
        funnels = {each.side: each for each in evidence.funnel(built, definition, days)}
        below, above = (funnels.get(side) or funnels[""] for side in ("d", "n"))
        assert below.hit + below.miss == sums.rows
        assert above.hit == sums.hits or definition.metric.kind not in ("ratio", "ratio_of")
    open_ones = {case.subject for case in open_cases(built, (definition,), ()).get(definition.id, ())}
    return declared | counted(definition, sums) | {"still_open": open_ones}


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
