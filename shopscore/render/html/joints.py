"""Several gaps closed at once → a line each: what it takes by itself, and what is left after those before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.render import figures, worth
from shopscore.render.shop_view import UNFOLDED, told
from shopscore.render.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import ShopReport


class Joint(Struct, frozen=True):
    """One gap among several.

    Attributes:
        number: its place in the table of shortfalls.
        alone, left: events, as text.
        whole, part: the same as parts of the longest, 0 to 100.
    """

    number: int
    metric: str
    title: str
    alone: str
    left: str
    whole: float
    part: float
    needed: str


def sentences(shop: ShopReport, lang: str) -> tuple[str, ...]:
    """What closing them together takes and gains, as the text report says it."""
    return told(worth.joint(shop, lang, UNFOLDED))


def steps(shop: ShopReport, lang: str) -> Iterator[Joint]:
    """The gaps in the order in which to close them; nothing where closing them together is nothing special."""
    found = shop.together
    if found is None:
        return
    titles = {metric.id: metric.title for metric in shop.metrics}
    most = max((step.alone or 0 for step in found.steps), default=0) or 1
    for step in found.steps:
        yield Joint(
            number=shop.shortfalls.index(step.metric) + 1,
            metric=step.metric,
            title=format(titles[step.metric], lang),
            alone=_events(step.alone, lang),
            left=_events(step.events, lang),
            whole=round(100 * (step.alone or 0) / most, 1),
            part=round(100 * (step.events or 0) / most, 1),
            needed=say(lang, "due_yes" if step.needed else "due_no"),
        )


def _events(count: int | None, lang: str) -> str:
    return "-" if count is None else figures.events(count, lang)
