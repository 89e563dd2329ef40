"""What looks wrong in a shop's own data, in a few lines: what, how much, where, what rests on it, what it may cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopscore.render import numbers, why
from shopscore.render.layout import Line, fold, room
from shopscore.render.words import joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.model import FileAccount, MetricResult, Recount, ShopReport, Suspicion

MOST_LINES = 5
"""Of the usual width."""
_OF_SEVERAL = 2
"""Lines for each of several findings."""
_SHOWN_FILES = 2


def lines(shop: ShopReport, inputs: Sequence[FileAccount], lang: str, width: int) -> Iterator[Line]:
    """The checks that found something in a few lines: wrong clocks first, then what a platform punishes."""
    by_id = {metric.id: metric for metric in shop.metrics}
    files = _files(shop, inputs)
    told = [each for each in shop.integrity if not each.said_elsewhere and each.explained_by is None]
    told.sort(key=lambda each: (each.window is not None, each.penalty is None, -each.suspicious, each.id, each.fact))
    parts = [(_parts(each, by_id, files.get(each.fact, ()), lang), "yellow" if each.penalty else "") for each in told]
    most = room(MOST_LINES, width)
    shown, whole = _fitting(parts, most, lang, width)
    if not whole:
        shown, _ = _fitting(parts, most - 1, lang, width)
    yield from (line for body in shown for line in body)
    if not whole:
        left = len(told) - len(shown)
        more = say(lang, "integrity_more", count=left) if left else say(lang, "integrity_whole")
        yield from (Line(line, "dim") for line in fold(more, width, "    ", "  - "))


def _files(shop: ShopReport, inputs: Sequence[FileAccount]) -> dict[str, list[str]]:
    """Table → the shop's files that gave it rows."""
    found: dict[str, list[str]] = {}
    for account in sorted(inputs, key=lambda account: account.file):
        if (account.platform, account.shop) == (shop.platform, shop.shop) and account.table and account.rows_accepted:
            found.setdefault(account.table, []).append(account.file)
    return found


def _fitting(told: Sequence[tuple[list[str], str]], left: int, lang: str, width: int) -> tuple[list[list[Line]], bool]:
    """As many findings as there is room for, each of several in two lines at most; whether that is all of all."""
    shown: list[list[Line]] = []
    whole = True
    for number, (parts, style) in enumerate(told, 1):
        most = left if len(told) == 1 else room(_OF_SEVERAL, width)
        # A line is left for each of those that follow, unless this one takes more.
        kept = _kept(parts, min(most, left - len(told) + number), lang, width)
        kept = kept or _kept(parts, min(most, left), lang, width)
        if not kept:
            return shown, False
        lines = _folded(parts[:kept], lang, width)
        shown.append([Line(text, style) for text in lines])
        whole, left = whole and kept == len(parts), left - len(lines)
    return shown, whole


def _kept(parts: Sequence[str], most: int, lang: str, width: int) -> int:
    """How many parts of a finding there is room for."""
    return next((kept for kept in range(len(parts), 0, -1) if len(_folded(parts[:kept], lang, width)) <= most), 0)


def _folded(parts: Sequence[str], lang: str, width: int) -> list[str]:
    return list(fold(_sentences(parts, lang), width, "    ", "  - "))


def _parts(each: Suspicion, by_id: Mapping[str, MetricResult], files: Sequence[str], lang: str) -> list[str]:
    """A finding: what was found, what it may cost, what rests on it, what to do."""
    parts = [_found(each, files if each.window is None else (), lang)]
    parts += [labelled(lang, say(lang, "integrity_penalty"), format(each.penalty, lang))] if each.penalty else []
    parts += [_recount(recount, by_id[recount.metric], lang) for recount in each.affects[:1] if recount.metric in by_id]
    parts.append(format(each.todo, lang))
    return parts


def _sentences(parts: Sequence[str], lang: str) -> str:
    """Parts as sentences: each ends with one full stop."""
    stop, between = (".", " ") if lang == "en" else ("\u3002", "")
    return between.join(part.rstrip(".\u3002") + stop for part in parts)


def _found(each: Suspicion, files: Sequence[str], lang: str) -> str:
    where = ""
    if files:
        where = f" ({joined(lang, files[:_SHOWN_FILES])})"
    if each.where:
        first = each.where[0]
        where = say(lang, "integrity_where", count=numbers.count(first.numerator), place=why.place(first, lang))
    return say(
        lang,
        "integrity_line",
        title=format(each.title, lang),
        suspicious=f"{each.suspicious:,}",
        rows=f"{each.rows:,}",
        where=where,
    )


def _recount(recount: Recount, metric: MetricResult, lang: str) -> str:
    then, now = (numbers.value(each, metric.unit, lang, metric.currency) for each in (recount.value, recount.reported))
    key = "integrity_without" if recount.counted_as == "left_out" else "integrity_recount"
    return say(lang, key, metric=format(metric.title, lang), reported=now, value=then)


def as_dicts(shop: ShopReport, lang: str) -> list[dict[str, Any]]:
    """Everything of every check that found something, for the JSON report."""
    return [_as_dict(each, lang) for each in shop.integrity]


def _as_dict(each: Suspicion, lang: str) -> dict[str, Any]:
    found = each.window
    return {
        "id": each.id,
        "title": format(each.title, lang),
        "fact": each.fact,
        "window": {"from": found.first.isoformat(), "to": found.last.isoformat(), "covered_days": found.covered_days}
        if found
        else None,
        "rows": each.rows,
        "suspicious": each.suspicious,
        "unknown": each.unknown,
        "examples": list(each.examples),
        "where": [
            {
                "dimension": driver.dimension,
                "segment": driver.segment,
                "suspicious": driver.numerator,
                "rows": driver.denominator,
                "excess": driver.excess,
                "share": driver.share,
            }
            for driver in each.where
        ],
        "affects": [
            {
                "metric": recount.metric,
                "rows": recount.rows,
                "counted_as": recount.counted_as,
                "reported": recount.reported,
                "value": recount.value,
                "numerator": recount.numerator,
                "denominator": recount.denominator,
            }
            for recount in each.affects
        ],
        "honest": format(each.honest, lang),
        "risk": format(each.risk, lang),
        "todo": format(each.todo, lang),
        "penalty": format(each.penalty, lang) if each.penalty else None,
        "source": list(each.source),
        "explained_by": each.explained_by,
    }
