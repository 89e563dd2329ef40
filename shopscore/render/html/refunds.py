"""How refunds went, as tables of the page: why they are asked for, what comes back, when they are decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import flow
from shopscore.render.html.view import shade
from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import FlowProduct, RefundFlow

GOODS_SHOWN = 10


def decisions(found: RefundFlow) -> Iterator[tuple[str, tuple[tuple[str, int | None], ...]]]:
    """What happens in each hour of the day: requests that come in, that are decided, that wait; how dark each cell is.

    Requests that come in and that are decided are the same ones, and have one scale. How many wait is another number,
    all but the same at every hour where cases take days: shaded by its own most it would be dark throughout.
    """
    counted = {
        "html_came": [hour.came for hour in found.hours],
        "html_decisions": [hour.decided for hour in found.hours],
    }
    most = max((count for counts in counted.values() for count in counts), default=0)
    for name, counts in counted.items():
        yield name, tuple((str(count), shade(count, most)) for count in counts)
    yield "html_waiting", tuple((f"{hour.waiting:.1f}", None) for hour in found.hours)


def returned(goods: Sequence[FlowProduct]) -> tuple[FlowProduct, ...]:
    """The products that are told: those that stand out first."""
    return tuple(goods[:GOODS_SHOWN])


def reasons_given(item: FlowProduct, lang: str) -> str:
    """The reasons a product has more often than others, with how many of its requests give them."""
    given = (say(lang, "html_reason_of", reason=reason(each.reason, lang), count=each.cases) for each in item.reasons)
    return joined(lang, given)


def reason(name: str, lang: str) -> str:
    """A reason's class in words."""
    return flow.reason_name(name, lang)
