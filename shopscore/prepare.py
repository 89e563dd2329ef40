"""One shop made ready: its rules resolved for the day, its rows built into facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.facts import build, newest_event
from shopscore.ruleset.clocks import define_clocks
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.integrity import suspects
from shopscore.ruleset.resolve import define
from shopscore.schema import FACTS
from shopscore.shown import shown

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts import Facts
    from shopscore.ruleset.clocks import ClockRules
    from shopscore.ruleset.integrity import Suspect
    from shopscore.ruleset.resolve import Definition
    from shopscore.ruleset.rules import LoadedPack, Rules
    from shopscore.ruleset.shopfile import ShopFile
    from shopscore.shown import Shown
    from shopscore.tables import ShopTables


class Shop(Struct, frozen=True):
    """One shop made ready: its rules resolved for the day, its rows built into facts.

    ``file`` holds the scores of ``platform_scores`` beside those of ``shop.yaml``; ``shown`` tells them apart.
    """

    tables: ShopTables
    file: ShopFile
    loaded: LoadedPack
    rules: Rules
    as_of: dt.datetime
    day: dt.date
    rules_day: dt.date
    rewound: bool
    definitions: tuple[Definition, ...]
    clocks: tuple[ClockRules, ...]
    facts: Facts
    shown: Shown
    suspects: tuple[Suspect, ...] = ()


def prepare(  # noqa: PLR0913 (what one shop is judged by)
    tables: ShopTables,
    file: ShopFile,
    rules: Rules,
    *,
    now: dt.datetime,
    as_of: dt.datetime | None = None,
    rules_as_of: dt.date | None = None,
) -> Shop:
    """Resolve the rules for T and build the facts at ``as_of`` (default: the newest past event)."""
    loaded = rules.packs[tables.platform]
    newest = newest_event(tables, now)
    moment = as_of or newest
    displayed = shown(tables, file, loaded.pack, moment.date())
    definitions = define(loaded.pack, rules_as_of or moment.date(), file)
    settings = fact_settings(loaded.pack, rules_as_of or moment.date(), file, rules.machine)
    return Shop(
        tables=tables,
        file=displayed.file,
        loaded=loaded,
        rules=rules,
        as_of=moment,
        day=moment.date(),
        rules_day=rules_as_of or moment.date(),
        rewound=moment < newest,
        definitions=definitions,
        clocks=tuple(clock for clock in define_clocks(loaded.pack, file) if _has_deadlines(tables, clock)),
        facts=build(tables, settings, moment, rewound=moment < newest),
        shown=displayed,
        suspects=suspects(rules.integrity, loaded.pack, displayed.file),
    )


def _has_deadlines(tables: ShopTables, clock: ClockRules) -> bool:
    """Whether any row can have a clock whose deadline is a column of the files: a blank one is not worth a look.

    It is where rows without a deadline are named.
    """
    column = FACTS[clock.fact].by_name.get(clock.due)
    if column is None or not column.sources or clock.undated is not None:
        return True
    named = (source.split(".") for source in column.sources)
    frames = ((tables.tables.get(table), name) for table, name in named)
    return any(
        frame is not None and name in frame.columns and frame.get_column(name).null_count() < frame.height
        for frame, name in frames
    )
