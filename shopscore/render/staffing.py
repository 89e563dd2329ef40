"""The hours in which replies are missed: the sentence first, then the week as digits, what was asked beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from shopscore.render import why
from shopscore.render.layout import Line, fold
from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import DutyHours, ShopReport, Staffing, StaffingWindow

_ALSO = 2
_LABEL = 5
_WEEK = 7
_HOURS = f"{'0':<6}{'6':<6}{'12':<6}{'18':<6}"
_APART = "   "


def lines(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """What is said of one metric, and its week."""
    found = telling(shop)
    if found is None:
        return
    for text in sentences(shop, found, lang):
        yield from (Line(line) for line in fold(text, width, "    ", "  - "))
    if found.windows:
        yield from (Line(text, "dim") for text in grid(found, lang))


def telling(shop: ShopReport) -> Staffing | None:
    """One metric: of the shortfalls the first with something to say, else the first with hours to name."""
    short = [each for name in shop.shortfalls for each in shop.staffing if each.metric == name]
    worth_it = [each for each in short if each.windows or each.reason_not in ("flat", "not_steady")]
    return next(iter([*worth_it, *(each for each in shop.staffing if each.windows)]), None)


def sentences(shop: ShopReport, found: Staffing, lang: str) -> Iterator[str]:
    """When replies are missed, and what one more agent would change."""
    metric = next(each for each in shop.metrics if each.id == found.metric)
    title, every = format(metric.title, lang), sum(map(sum, found.misses))
    if not found.windows:
        cause = why.cause(metric, lang)
        more = say(lang, "staffing_look", cause=cause) if cause and found.reason_not == "flat" else ""
        yield say(lang, f"staffing_{found.reason_not}", metric=title) + more
        return
    first, *others = found.windows
    yield _first(first, title, every, lang)
    if first.agents_now is not None:
        yield say(lang, "staffing_now", agents=f"{first.agents_now:.1f}", peak=first.peak)
    also = [each for each in others if each.removed is not None]
    for each in also[: _ALSO - 1]:
        yield say(lang, "staffing_also", **_counts(each, every, lang))
    if len(also) > _ALSO - 1:
        yield say(lang, "more_in_json", count=len(also) - _ALSO + 1)
    quiet = found.moved_from
    if quiet is not None:
        agents = f"{quiet.agents_now:.1f}"
        counts = {"misses": quiet.misses, "rows": quiet.rows}
        yield say(lang, "staffing_move", when=called(quiet.shift, lang), agents=agents, **counts)
    if found.left_out:
        days = joined(lang, (f"{day:%m-%d}" for day in found.left_out))
        yield say(lang, "staffing_left_out", days=days)


def _first(worst: StaffingWindow, title: str, every: int, lang: str) -> str:
    counts = _counts(worst, every, lang)
    key = "staffing_effect" if worst.removed is not None else f"staffing_{worst.reason_not}"
    return say(lang, "staffing_share", metric=title, then=say(lang, key, **counts), **counts)


def _counts(each: StaffingWindow, every: int, lang: str) -> dict[str, str]:
    low, high = each.interval or (0.0, 0.0)
    return {
        "when": called(each.shift, lang),
        "share": _percent(each.share),
        "misses": f"{each.misses:,}",
        "all": f"{every:,}",
        "removed": _percent(each.removed or 0.0),
        "low": _percent(low),
        "high": _percent(high),
    }


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def called(shift: DutyHours, lang: str) -> str:
    """A shift as people say it: ``Fri to Sun 20:00-22:00``."""
    first, last = (say(lang, f"shift_day_{day}") for day in (shift.first_day, shift.last_day))
    days = say(lang, "shift_daily") if shift.days == _WEEK else first
    if 1 < shift.days < _WEEK:
        days = say(lang, "shift_days", first=first, last=last)
    key = "shift" if shift.ends > shift.first_hour else "shift_over_night"
    return say(lang, key, days=days, first=shift.first_hour, last=shift.ends)


def grid(found: Staffing, lang: str) -> Iterator[str]:
    """Nine lines: what the digits are, the hours, then a digit for each hour of each day, missed and asked."""
    legends = say(lang, "staffing_legend"), say(lang, "staffing_asked")
    yield f"    {'':<{_LABEL}}{set_cell_size(legends[0], len(_HOURS + _APART))}{legends[1]}"
    yield f"    {'':<{_LABEL}}{_HOURS}{_APART}{_HOURS}".rstrip()
    most = max(map(max, found.questions))
    for day, (rates, asked) in enumerate(zip(found.rates, found.questions, strict=True), 1):
        missed = "".join("." if rate is None else str(min(int(10 * rate), 9)) for rate in rates)
        volume = "".join(str(min(10 * count // most, 9)) if count else "." for count in asked)
        yield f"    {set_cell_size(say(lang, f'shift_day_{day}'), _LABEL)}{missed}{_APART}{volume}"
