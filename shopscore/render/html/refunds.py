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


def decisions(found: RefundFlow) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """What happens in each hour of the day: requests that come in, that are decided, that wait."""
    rows: dict[str, list[float]] = {
        "html_came": [hour.came for hour in found.hours],
        "html_decisions": [hour.decided for hour in found.hours],
        "html_waiting": [hour.waiting for hour in found.hours],
    }
    for name, counts in rows.items():
        most, form = max(counts), ".1f" if name == "html_waiting" else "d"
        yield name, tuple((format(count, form), shade(count, most)) for count in counts)


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
