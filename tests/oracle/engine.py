"""The engine, driven over one of the oracle's shops: canonical rows in, sums and measurements out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import polars as pl

from shopscore import measure as measuring
from shopscore.facts import build
from shopscore.ledger import cells, kernel
from shopscore.model import Window
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile
from shopscore.tables import ShopTables, table_schema
from shopscore.window import bounds


@dataclass(frozen=True)
class Measured:
    """What the engine says of one metric."""

    definition: object
    sums: object
    measurement: object


@cache
def rules():
    return load_rules((default_rules_dir(),))


def tables(shop):
    """The shop as the engine's frames."""
    frames = {}
    for table, rows in shop.tables.items():
        schema = {name: dtype for name, dtype in table_schema(table).items() if shop.gives(table, name)}
        frames[table] = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    return ShopTables(shop.platform, "shop", frames, shop.seen_until)


def shop_file(shop):
    parameters = {"b_buyer_weight": shop.b_buyer_weight} if shop.platform == "1688" else {}
    return ShopFile(parameters=parameters, exempted_orders=list(shop.exempted))


def measure(shop):
    """Full id → what the engine makes of it; a metric that is not in force is not there."""
    pack = rules().packs[shop.platform].pack
    today, own = shop.as_of.date(), shop_file(shop)
    definitions = [each for each in define(pack, today, own) if each.in_force]
    facts = build(tables(shop), fact_settings(pack, today, own, rules().machine), shop.as_of)
    ledger = kernel.run(facts, definitions)
    assert not ledger.errors
    windows = {each.id: bounds(each.window, today) for each in definitions if each.id in ledger.sides}
    totals = cells.totals(ledger, windows)
    found = {}
    for definition in definitions:
        if definition.id in totals:
            first, last = windows[definition.id]
            covered = Window(first, last, (last - first).days + 1)
            sums = totals[definition.id]
            found[definition.id] = Measured(definition, sums, measuring.measure(definition, sums, covered))
    return found
