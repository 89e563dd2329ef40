"""What a shop's facts are built with on one day: the pack's own columns, its chat rules, the after-sale guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.ruleset.dated import in_force
from shopscore.ruleset.language import LanguageError, parse, to_sql
from shopscore.ruleset.resolve import of_parameters, parameters_of
from shopscore.ruleset.stopped import Stopped, stopped_clocks
from shopscore.schema import FACTS, TABLES, Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from shopscore.ruleset.aftersale import StateMachine
    from shopscore.ruleset.pack import ChatRules, Pack, ServiceHours
    from shopscore.ruleset.shopfile import ShopFile

PACK_COLUMNS = ("clock_at", "ship_deadline_at", "buyer_weight")
"""The columns of the orders fact a pack computes, in the order in which they may name each other."""


class FactSettings(Struct, frozen=True):
    """What facts are built with: the pack's expressions in SQL, chat rules and stopped clocks, the after-sale guide."""

    columns: Mapping[str, str]
    chat: ChatRules | None
    service_hours: ServiceHours | None
    exempted_orders: frozenset[str]
    machine: StateMachine
    stopped: tuple[Stopped, ...] = ()


def pack_columns() -> dict[str, dict[str, Column]]:
    """Which columns each expression of a pack's ``facts.columns`` may name: the plain ones and those before it.

    A column that holds the state of today only is not among them, or no clock could be read for an earlier day.
    """
    orders = FACTS["orders"].by_name
    plain = {name: column for name, column in orders.items() if name in _BEFORE_CLOCK and column.rewinds}
    return {
        "clock_at": plain,
        "ship_deadline_at": plain | {name: orders[name] for name in ("clock_at", "promise_at")},
        "buyer_weight": plain | {name: orders[name] for name in ("clock_at", "promise_at", "ship_deadline_at")},
    }


_FOLDED = {"picked_up_at", "delivered_at"}
_BEFORE_CLOCK = frozenset(TABLES["orders"].by_name) & frozenset(FACTS["orders"].by_name) - _FOLDED
"""What an order says of itself; what its parcels say comes later."""


def fact_settings(pack: Pack, day: dt.date, shop: ShopFile, machine: StateMachine) -> FactSettings:
    """What a shop's facts are built with on a day."""
    parameters = dict(parameters_of(pack, shop))
    allowed = pack_columns()
    chat = in_force(pack.facts.chat, day)
    given = {name: pack.facts.columns[name] for name in PACK_COLUMNS if name in pack.facts.columns}
    try:
        columns = {name: to_sql(parse(text, allowed[name], parameters)) for name, text in given.items()}
        stopped = stopped_clocks(pack, shop, allowed["clock_at"], parameters)
    except LanguageError as error:
        raise of_parameters(error) from None
    return FactSettings(
        columns=columns,
        chat=chat,
        service_hours=shop.service_hours or (chat.service_hours if chat is not None else None),
        exempted_orders=frozenset(shop.exempted_orders),
        machine=machine,
        stopped=stopped,
    )
