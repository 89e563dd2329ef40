"""Short ways to write a column of a fact, and the columns several facts share."""

from shopscore.schema.columns import Bound, Column, Kind
from shopscore.schema.tables import TABLES

_DEFAULTED = {("orders", "kind")}
"""Columns that say something where no file gives them: an order of no kind is a spot order."""


def _known_later(table: str, name: str) -> bool:
    """Whether a cell of an earlier moment can be told from today's."""
    spec = TABLES[table]
    return name not in _FROZEN and (not spec.snapshot or name in (*spec.key, spec.born))


def own(table: str, *names: str) -> tuple[Column, ...]:
    """Columns taken over from the fact's own table as they are."""
    columns = TABLES[table].by_name
    return tuple(
        Column(
            name,
            columns[name].kind,
            columns[name].meaning,
            columns[name].words,
            sources=() if columns[name].needed or (table, name) in _DEFAULTED else (f"{table}.{name}",),
            rewinds=_known_later(table, name),
        )
        for name in names
    )


_FROZEN = {
    "status",
    "liability",
    "outcome",
    "withdrawn",
    "last_actor",
    "agreed_by",
    "escalated",
    "escalated_by",
    "appeal_won",
    "removed",
    "reason_class",
    "is_blocked",
    "finished_by",
    "awaits",
    "timeout_at",
    "return_trace",
    "parcel_trace",
}
"""Columns that hold the state of today only: for an earlier ``as_of`` nobody knows what they were.

``cancelled_by`` is none of them: it is settled with ``cancelled_at``, which is blanked where it came later.
"""


def new(name: str, kind: Kind, meaning: str, *sources: str, words: tuple[str, ...] = ()) -> Column:
    """A column worked out by the fact."""
    return Column(name, kind, meaning, words, sources=sources)


def bound(step: str, side: Bound, meaning: str, *sources: str) -> Column:
    """A column that says when somebody looked at a step."""
    return Column(f"{step}_{side}", "time", meaning, bound=side, sources=sources)


def frozen(name: str, kind: Kind, meaning: str, *sources: str) -> Column:
    """A column of today's state only."""
    return Column(name, kind, meaning, sources=sources, rewinds=False)


def by_pack(name: str, kind: Kind, meaning: str) -> Column:
    """A column an expression of the pack computes."""
    return Column(name, kind, meaning, by_pack=True)


JUDGED = new("judged_at", "time", "the moment up to which this fact's tables can be trusted")
PICKED = ("orders.picked_up_at", "shipments.picked_up_at")
SEEN = ("sightings.picked_up_by", "sightings.waiting_after")
CLICKED = ("shipments.waybill_at", "orders.shipped_at", "order_lines.shipped_at")
NUMBERED = ("orders.tracking_no", "order_lines.tracking_no", "shipments.tracking_no")
SIGNED = ("orders.delivered_at", "shipments.delivered_at")

CLOCK = (
    by_pack("clock_at", "time", "when the shipping clock starts (payment, unless the platform says otherwise)"),
    new("promise_at", "time", "promised_ship_at, else clock_at + promised_ship_hours; blank without a promise"),
    by_pack("ship_deadline_at", "time", "the moment by which the platform wants the order picked up"),
    by_pack(
        "buyer_weight",
        "number",
        "how much the platform lets this buyer weigh; 1 unless the pack says otherwise",
    ),
)
