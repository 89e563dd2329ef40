"""The program of ``due``: a report and a moment → what runs out within some time, or why nothing can be said."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from shopscore.diagnosis.due import by_worth
from shopscore.errors import DataError
from shopscore.model import DueList, ShopDue, TooOld, Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from shopscore.model import Aside, Due, Report, ShopReport

_HOUR = 3600
_DAYS_FROM = 48
"""Hours from which an age is told in days."""


def due_list(report: Report, within: dt.timedelta, now: dt.datetime | None) -> DueList:
    """What runs out within some time.

    Args:
        report: the audit.
        within: how far ahead to look.
        now: this moment, with its zone; None: each shop's ``as_of``, which the user named.

    Raises:
        DataError: what is known of every shop is older than the time asked about.
    """
    shops = [_of_shop(shop, within, now) for shop in report.shops]
    current = tuple(shop for shop in shops if shop.due or now is None or not _stale(shop, within))
    if not current:
        told = [_refusal(shop, within) for shop in shops]
        raise DataError("\n".join(each.en for each in told), "\n".join(each.zh for each in told))
    old = tuple(_refusal(shop, within) for shop in shops if shop not in current)
    return DueList(within, current, (*old, *report.warnings), report.failed)


def _of_shop(shop: ShopReport, within: dt.timedelta, now: dt.datetime | None) -> ShopDue:
    here = shop.as_of if now is None else now.astimezone(ZoneInfo(shop.timezone)).replace(tzinfo=None)
    # A file may be ahead of this computer's clock by seconds; nothing is younger than now.
    known = [each for each in shop.due if now is None or here - each.seen <= within]
    soon = [_from(each, here) for each in known if each.deadline <= here + within]
    hidden = [each for each in shop.due if each not in known]

    def fresh(found: Iterable[Aside]) -> Iterator[Aside]:
        return (each for each in found if now is None or here - each.seen <= within)

    seen = [each.seen for each in known]
    return ShopDue(
        platform=shop.platform,
        platform_title=shop.platform_title,
        shop=shop.shop,
        timezone=shop.timezone,
        now=here,
        seen=min(seen, default=max((each.seen for each in hidden), default=_known_until(shop))),
        due=by_worth(soon),
        too_old=_too_old(hidden),
        trust=shop.trust,
        open_cases=shop.unlisted,
        blocked=tuple(each for each in fresh(shop.blocked) if each.deadline and each.deadline <= here + within),
        undated=tuple(fresh(shop.undated)),
    )


def _known_until(shop: ShopReport) -> dt.datetime:
    """How far a shop is known that has no running clock: what its clocks run on, else its newest table."""
    return shop.clocks_seen or min(shop.as_of, max((seen for _, seen in shop.seen_until), default=shop.as_of))


def _from(due: Due, now: dt.datetime) -> Due:
    return replace(due, hours_left=(due.deadline - now).total_seconds() / _HOUR)


def _too_old(hidden: list[Due]) -> tuple[TooOld, ...]:
    counts = Counter((each.clock, each.title, each.seen) for each in hidden)
    return tuple(
        TooOld(title, seen, count) for (_, title, seen), count in sorted(counts.items(), key=lambda each: each[0][0])
    )


def _stale(shop: ShopDue, within: dt.timedelta) -> bool:
    return shop.now - shop.seen > within


def _refusal(shop: ShopDue, within: dt.timedelta) -> Words:
    hours = math.ceil((shop.now - shop.seen).total_seconds() / _HOUR)
    enough = f"{hours}h" if hours < _DAYS_FROM else f"{math.ceil(hours / 24)}d"
    age, ahead, end = _span(shop.now - shop.seen), _span(within), f"{shop.seen:%Y-%m-%d %H:%M}"
    return Words(
        f"{shop.platform}/{shop.shop}: the data ends {end}, {age.en} ago; "
        f"what runs out within {ahead.en} may have been done since. Export again, "
        f"ask for a longer time (--within {enough}), or look from the data's own end: "
        f"--as-of {shop.seen:%Y-%m-%dT%H:%M}",
        f"{shop.platform}/{shop.shop}：数据截至 {end}，距今 {age.zh}；"
        f"{ahead.zh}内到期的事项，其间可能已经处理。请重新导出，"
        f"或放宽时段（--within {enough}），或从数据截止时刻看起：--as-of {shop.seen:%Y-%m-%dT%H:%M}",
    )


def _span(length: dt.timedelta) -> Words:
    """A length of time in plain words: ``35 min``, ``6 h``, ``3 d``."""
    minutes = max(round(length.total_seconds() / 60), 0)
    hours, rest = divmod(minutes, 60)
    if hours >= _DAYS_FROM:
        days, rest = divmod(hours, 24)
        return Words(f"{days} d {rest} h", f"{days} 天 {rest} 小时") if rest else Words(f"{days} d", f"{days} 天")
    if not hours:
        return Words(f"{minutes} min", f"{minutes} 分钟")
    return Words(f"{hours} h {rest} min", f"{hours} 小时 {rest} 分钟") if rest else Words(f"{hours} h", f"{hours} 小时")
