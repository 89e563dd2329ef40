"""A shop's tables → those whose clock is hours off against the others, as findings about its data."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from shopscore.diagnosis.clock_shifts import FEWEST_HOURS, like, shift_of_hours, shift_of_lags
from shopscore.ledger import shifts as counts
from shopscore.model import Suspicion, Words
from shopscore.ruleset.integrity import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.prepare import Shop
    from shopscore.ruleset.integrity import Shifts

_HOUR = dt.timedelta(hours=1)


class _Sign(Struct, frozen=True):
    """By how many hours a table is off against the one that is usual, and what says so."""

    hours: int
    rows: int
    suspicious: int


def shifted(shop: Shop) -> Iterator[Suspicion]:
    """Tables whose hours are off by a difference of time zones; of two signs that contradict each other none counts."""
    rules = shop.rules.integrity.shifts
    if rules is None:
        return
    sizes = _sizes(shop, rules)
    base = rules.usual.at.partition(".")[0]
    found, vouched = _signs(shop, rules, sizes, base)
    agreed = {table: signs for table, signs in found.items() if len({sign.hours for sign in signs}) == 1}
    amounts = {signs[0].hours for signs in agreed.values()}
    if len(agreed) > 1 and len(amounts) == 1 and not vouched:
        # All others say the same of it: it is the odd one.
        hours = amounts.pop()
        sign = max((each for signs in agreed.values() for each in signs), key=lambda each: each.rows)
        yield _suspicion(rules, base, sorted(agreed), _Sign(-hours, sign.rows, sign.suspicious))
        return
    for table, signs in sorted(agreed.items()):
        yield _suspicion(rules, table, [base], max(signs, key=lambda each: each.rows))


def _sizes(shop: Shop, rules: Shifts) -> set[int]:
    """The whole hours by which the shop's zone differs from others on the audit's day."""
    own = ZoneInfo(shop.file.timezone or shop.loaded.pack.timezone)
    offsets = [shop.as_of.replace(tzinfo=zone).utcoffset() or _HOUR * 0 for zone in (own, *map(ZoneInfo, rules.zones))]
    return {abs(round((each - offsets[0]) / _HOUR)) for each in offsets[1:]} - {0}


def _signs(shop: Shop, rules: Shifts, sizes: set[int], base: str) -> tuple[dict[str, list[_Sign]], set[str]]:
    """What says of which table that it is off, and the tables whose hours are those of the usual one."""
    told = counts.clocks(shop.tables.tables, rules.lags, (rules.usual, *rules.found))
    found: dict[str, list[_Sign]] = defaultdict(list)
    for pair, lags in zip(rules.lags, told.lags, strict=True):
        hours = shift_of_lags(lags, sizes)
        if hours is not None:
            cause, effect = (name.partition(".")[0] for name in (pair.cause, pair.effect))
            sign = _Sign(hours, sum(lags.values()), sum(count for lag, count in lags.items() if lag < -1))
            # Where effects of the usual table come too early, their causes are told too late.
            if effect == base:
                found[cause].append(_Sign(-hours, sign.rows, sign.suspicious))
            elif cause == base:
                found[effect].append(sign)
    usual, vouched = told.hours[0], set()
    for each, rows in zip(rules.found, told.hours[1:], strict=True):
        if not usual or sum(rows) < FEWEST_HOURS:
            continue
        table = each.at.partition(".")[0]
        hours = shift_of_hours(usual, rows, sizes)
        if hours is not None:
            found[table].append(_Sign(hours, sum(rows), sum(rows)))
        elif like(usual, rows):
            vouched.add(table)
    return found, vouched


def _suspicion(rules: Shifts, table: str, others: Sequence[str], sign: _Sign) -> Suspicion:
    title = rules.early if sign.hours < 0 else rules.late
    (english, chinese), hours = zip(*(_named(rules, some) for some in ([table], others)), strict=True), abs(sign.hours)
    return Suspicion(
        id=PREFIX + rules.id,
        title=Words(
            title.words.en.format(table=english[0], other=english[1], hours=hours),
            title.words.zh.format(table=chinese[0], other=chinese[1], hours=hours),
        ),
        fact=table,
        window=None,
        rows=sign.rows,
        suspicious=sign.suspicious,
        unknown=0,
        examples=(),
        where=(),
        affects=(),
        honest=rules.honest.words,
        risk=rules.risk.words,
        todo=rules.todo.words,
        penalty=None,
        source=(),
    )


def _named(rules: Shifts, tables: Sequence[str]) -> tuple[str, str]:
    """Tables as people call them, in both languages."""
    names = [rules.names[each].words for each in tables]
    return " and ".join(each.en for each in names), "、".join(each.zh for each in names)
