"""The numerator of a reply metric → which answer it waits for, and how many seconds it allows.

Nothing names the metrics: whatever counts chat rows as hits by a wait is a reply metric, with the limit of its version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from shopscore.ruleset.language import parse
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.ruleset.language import Node
    from shopscore.ruleset.resolve import Definition

Asked = Literal["first", "any", "any_in_service"]
WAITS: dict[str, Asked] = {
    "reply_seconds": "first",
    "queue_seconds": "first",
    "slowest_reply_seconds": "any",
    "service_slowest_reply_seconds": "any_in_service",
}
"""Columns of the chat facts that are waits → which questions of the row they speak of."""
CELL = 3600
"""Seconds of one cell of the grid: an answer that may come hours later says nothing of who was there at the hour."""
_SEGMENTS = frozenset({"hour", "weekday"})


class ReplyLimit(Struct, frozen=True):
    """What a reply metric asks for.

    Attributes:
        asked: the row's first question, any of its questions, or any inside the service hours.
        seconds: the longest wait that still hits.
    """

    asked: Asked
    seconds: int


def reply_limit(definition: Definition) -> ReplyLimit | None:
    """What a share of chat rows answered in time asks for; None for metrics of which an hour's staffing says nothing.

    It has to be a share in force, higher being better, that its pack splits by hour and by weekday, and its limit has
    to be shorter than an hour.
    """
    metric, side = definition.metric, definition.sides.get("")
    fits = metric.kind == "ratio" and metric.better == "higher" and set(metric.segments) >= _SEGMENTS
    if not (definition.in_force and fits) or side is None or side.numerator is None:
        return None
    if not FACTS[side.fact].by_name.keys() & WAITS.keys():
        return None
    found = dict(_limits(parse(side.numerator, FACTS[side.fact].by_name).tree))
    if len(found) != 1:
        return None
    ((name, seconds),) = found.items()
    return ReplyLimit(WAITS[name], seconds) if seconds < CELL else None


def _limits(node: Node) -> Iterator[tuple[str, int]]:
    """Each wait that a condition compares with a number of seconds, and that number."""
    if node.op == "<=" and node.args[0].op == "column" and node.args[1].op == "number":
        name, value = node.args[0].value, node.args[1].value
        if name in WAITS and isinstance(value, (int, float)):
            yield str(name), int(value)
    for each in node.args:
        yield from _limits(each)
