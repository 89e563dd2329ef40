"""What advice may ask about: the columns of the diagnosis, the same dictionary for the checker and the matcher."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

from shopscore.ruleset.metric import Segment
from shopscore.ruleset.states import State
from shopscore.schema import Column
from shopscore.schema.tables import REASON_CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.pack import Pack

_STATUSES = (
    "measured",
    "too_few",
    "no_table",
    "not_covered",
    "too_unknown",
    "no_definition",
    "not_applicable",
    "error",
)
_VERDICTS = ("pass", "likely_pass", "undecided", "likely_fail", "fail", "not_measured")

COMMON: tuple[Column, ...] = (
    Column("value", "number", "the metric's value, in its unit"),
    Column("target", "number", "the target that applies"),
    Column("gap", "number", "how far the value is from the target; above zero when short of it"),
    Column("numerator", "number", "hits, or the sum above the line"),
    Column("denominator", "number", "rows that count, or the sum below the line"),
    Column("unknown", "number", "rows the data cannot judge"),
    Column("pending", "number", "rows whose deadline has not passed"),
    Column("unknown_share", "number", "unknown rows among unknown and counted ones, 0 to 1"),
    Column("previous_value", "number", "the value over the window before"),
    Column("status", "text", "whether it could be measured", _STATUSES),
    Column("verdict", "text", "what the evidence says", _VERDICTS),
    Column("worse", "flag", "clearly worse than over the window before"),
    Column("staffing_window", "text", "the shift in which most replies are missed: weekdays (1 Monday) and hours"),
    Column("staffing_share", "number", "its share of all misses, 0 to 1"),
    Column("staffing_removed", "number", "the share of all misses that one more agent there would remove"),
    Column("is_flat_over_hours", "flag", "replies are missed alike at all hours; blank where too few are"),
)

FLOW: tuple[Column, ...] = (
    Column("seller_share_of_time", "number", "the part of refund time in which it was the seller's turn, 0 to 1"),
    Column("buyer_share_of_time", "number", "the part in which it was the buyer's"),
    Column("carrier_share_of_time", "number", "the part in which it was the carrier's"),
    Column("platform_share_of_time", "number", "the part in which it was the platform's"),
    Column("decision_share_of_time", "number", "the part in which requests waited for the seller's decision"),
    Column("receiving_share_of_time", "number", "the part in which returns had arrived and waited for the seller"),
    Column("slowest_stage", "text", "the after-sale state that takes most of the time", get_args(State)),
    Column("slowest_own_stage", "text", "the state that takes most of the seller's own time", get_args(State)),
    Column("timeout_share", "number", "finished cases the system ended on the seller's clock, 0 to 1"),
    Column("rework_share", "number", "finished cases that went round again, 0 to 1"),
    Column("night_wait_share", "number", "the part of the wait for a decision at night and on weekends, 0 to 1"),
    Column("rounds_saving_hours", "number", "hours by which fixed rounds would surely shorten the mean wait"),
    Column("top_refund_reason", "text", "the reason class of most requests", REASON_CLASSES),
    Column("top_refund_reason_share", "number", "its part of the requests that give a reason, 0 to 1"),
)
"""How refunds of the last 30 days went (`shopscore.diagnosis.flow_columns`); what the files do not tell is blank."""


def diagnosis_columns(pack: Pack) -> Mapping[str, Column]:
    """Column name → column: the common ones, two for each segment, and every metric of the pack by its id."""
    return _columns(tuple((metric.id, metric.title.en) for metric in pack.metrics))


@cache
def _columns(metrics: tuple[tuple[str, str], ...]) -> dict[str, Column]:
    segments = [
        column
        for name in get_args(Segment)
        for column in (
            Column(f"top_{name}", "text", f"the {name} with the largest excess of bad events"),
            Column(
                f"top_{name}_excess", "number", f"its share of all bad events beyond what the rest of the {name}s has"
            ),
        )
    ]
    values = [Column(name, "number", title) for name, title in metrics]
    return {column.name: column for column in (*values, *COMMON, *FLOW, *segments)}
