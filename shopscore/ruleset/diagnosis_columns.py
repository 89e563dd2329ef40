"""What advice may ask about: the columns of the diagnosis, the same dictionary for the checker and the matcher."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

from shopscore.ruleset.metric import Segment
from shopscore.schema import Column

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
    return {column.name: column for column in (*values, *COMMON, *segments)}
