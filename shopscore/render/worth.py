"""What acting is worth, in words: how much hangs on one event, and what several fixes gain together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.layout import Line, fold
from shopscore.render.words import joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import MetricResult, ShopReport, Together


def one_event(metric: MetricResult, lang: str) -> str:
    """``n = 12 orders: one more bad one moves it 8.3 points``; nothing where one event is no matter."""
    found = metric.one_event
    if found is None or not found.matters:
        return ""
    change = found.one_more if found.one_more is not None else found.one_fewer
    step = points(change or 0.0, metric.unit, lang, metric.currency)
    key = "one_event" if found.crosses is None else f"one_event_{found.crosses}"
    text = say(lang, key, rows=f"{found.rows:,}", fact=say(lang, f"fact_{found.fact}"), step=step)
    return labelled(lang, say(lang, "undecided"), text) if metric.verdict == "undecided" and not metric.doubt else text


def gains(metric: MetricResult, lang: str) -> str:
    """What reaching the target gains in points, as far as that is known; nothing where it is not."""
    found = metric.worth
    if found is None:
        return ""
    if found.score_points:
        return say(lang, "gains_score", points=f"+{found.score_points:.3g}")
    if found.item_points:
        return say(lang, "gains_item", points=f"+{found.item_points:.3g}")
    return say(lang, "gains_at_most", points=f"{found.lacking:.3g}") if found.lacking else ""


def joint(shop: ShopReport, lang: str, width: int, shown: int | None = None) -> Iterator[Line]:
    """The first shortfalls closed together: what that takes, and what it gains that none of them does alone.

    Args:
        shop: the shop.
        lang: the language.
        width: of a line.
        shown: how many of the shortfalls stand in the table above; all, if not given.
    """
    found = shop.together
    if found is None:
        return
    if found.sharing is not None:
        taken = {"events": f"{found.sharing.events:,}", "apart": f"{found.sharing.apart:,}"}
        text = say(lang, "together_takes", list=_places(shop, found.sharing.metrics, lang, shown), **taken)
        yield from (Line(line) for line in fold(text, width, "   ", ""))
    if gains := list(_gains(found, lang)):
        key = "together_needed" if all(step.needed for step in found.steps) else "together_gains"
        places = _places(shop, [step.metric for step in found.steps], lang, shown)
        text = say(lang, key, list=places, gains=joined(lang, gains))
        yield from (Line(line, "bold") for line in fold(text, width, "   ", ""))


def _places(shop: ShopReport, metrics: Sequence[str], lang: str, shown: int | None) -> str:
    """Metrics by their numbers in the table above; one that it leaves out with its name too."""
    titles = {each.id: format(each.title, lang) for each in shop.metrics}
    places = [(at, name) for at, name in enumerate(shop.shortfalls, 1) if name in metrics]
    named = (
        str(at) if shown is None or at <= shown else say(lang, "listed_named", at=at, title=titles[name])
        for at, name in places
    )
    return say(lang, "listed").join(named)


def _gains(found: Together, lang: str) -> Iterator[str]:
    before, after = found.before, found.after
    if before.score is not None and after.score is not None and before.score != after.score:
        yield say(lang, "together_score", before=f"{before.score:.3g}", after=f"{after.score:.3g}")
    for title, _ in found.gates:
        yield say(lang, "together_gate", title=format(title, lang))


def points(change: float, unit: str, lang: str, currency: str | None = None) -> str:
    """A change of a value: of a rate in points, of others in their unit."""
    if unit != "rate":
        return numbers.value(abs(change), unit, lang, currency)
    number = 100 * abs(change)
    return say(lang, "points_of_percent", number=f"{number:.2g}" if number < 1 else f"{number:.1f}")
