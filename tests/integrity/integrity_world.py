"""Rows of a shop in YAML → what the checks of its own data say of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from case_files import moment, read, rules, shop_tables

from shopscore import facts, window
from shopscore.ledger import cells, kernel
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.integrity import suspects
from shopscore.ruleset.shopfile import ShopFile

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.yaml"))


def built(file, case):
    """The facts of a case's shop, and its checks by their short ids."""
    platform = case.get("platform", file.get("platform", "tmall"))
    as_of = moment(case.get("as_of", file["as_of"]))
    loaded, shop = rules().packs[platform].pack, ShopFile.model_validate(case.get("shop", {}))
    settings = fact_settings(loaded, as_of.date(), shop, rules().machine)
    found = facts.build(shop_tables(platform, file, repeated(case), as_of), settings, as_of)
    return found, {each.check.id: each for each in suspects(rules().integrity, loaded, shop)}


def repeated(case):
    """Rows with ``times: n`` stand n times, ``{n}`` in their texts replaced by the number."""
    tables = {
        name: [filled(row, n) for row in rows for n in range(row.get("times", 1))]
        for name, rows in case.get("tables", {}).items()
    }
    return {**case, "tables": tables}


def filled(row, number):
    return {
        key: when(value.replace("{n}", f"{number:02d}")) if isinstance(value, str) else value
        for key, value in row.items()
        if key != "times"
    }


def when(text):
    """A text that is a moment, as one."""
    return dt.datetime.fromisoformat(text) if text[:5].rstrip("-").isdigit() and " " in text else text


def outcome(file, case):
    """How many rows of the check's window are suspicious, clean, unknown, pending, excluded by name."""
    found, checks = built(file, case)
    definition = checks[file["check"]].definition
    ledger = kernel.run(found, (definition,))
    assert not ledger.errors
    days = window.bounds(definition.window, found.as_of.date())
    sums = cells.totals(ledger, {definition.id: days})[definition.id]
    return {
        "suspicious": sums.hits,
        "clean": sums.rows - sums.hits,
        "unknown": sums.unknown,
        "pending": sums.pending,
        "excluded": {name: counts[0] for name, counts in sums.excluded.items() if counts[0]},
    }


__all__ = ["FILES", "built", "outcome", "read"]
