"""Two audits side by side → lines: what is worse first, what is better as a footnote; or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from shopscore.render import change as moved
from shopscore.render import numbers
from shopscore.render.json import change as json_change
from shopscore.render.layout import STYLES, WIDTH, Line, fold, section
from shopscore.render.words import clauses, joined, labelled, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from shopscore.model import Change, Comparison, ShopComparison, Standing, Unlike


def render(found: Comparison, lang: str, width: int = WIDTH) -> Iterator[Line]:
    """Every shop, those with regressions first."""
    if found.before_id == found.after_id:
        yield from (Line(text) for text in fold(say(lang, "same_audit"), width))
    order = sorted(found.shops, key=lambda each: (not each.regressions, each.platform, each.shop))
    for number, shop in enumerate(order):
        if number:
            yield Line("")
        yield from _shop(shop, lang, width)
    for key, names in (("only_before", found.only_before), ("only_after", found.only_after)):
        if names:
            yield from (Line(text) for text in fold(say(lang, key, names=joined(lang, names)), width, "  ", ""))


def sentences(unlike: Iterable[Unlike], lang: str) -> str:
    """In what two audits are not alike."""
    return joined(lang, (say(lang, f"unlike_{each.kind}", before=each.before, after=each.after) for each in unlike))


def _shop(shop: ShopComparison, lang: str, width: int) -> Iterator[Line]:
    moments = say(
        lang, "diff_values", before=f"{shop.before_as_of:%Y-%m-%d %H:%M}", after=f"{shop.after_as_of:%Y-%m-%d %H:%M}"
    )
    head = f"{shop.shop} | {format(shop.platform_title, lang)} | {moments} {shop.timezone}"
    yield from (Line(text, "bold") for text in fold(head, width))
    counts = {"worse": len(shop.regressions), "better": len(shop.improvements), "same": shop.same + len(shop.unsure)}
    new = [say(lang, "diff_new", count=len(shop.new))] if shop.new else []
    answer = joined(lang, [say(lang, "diff_answer", **counts), *new])
    yield from (Line(text, "bold") for text in fold(answer, width))
    if shop.unlike:
        text = labelled(lang, say(lang, "unlike"), sentences(shop.unlike, lang))
        yield from (Line(line, "yellow") for line in fold(text, width, "    ", "  ! "))
    yield from section(say(lang, "diff_worse"), _changes(shop.regressions, lang, width))
    yield from section(say(lang, "diff_first"), _changes(shop.new, lang, width))
    foot = [*_footnote("diff_better", shop.improvements, lang), *_footnote("diff_unsure", shop.unsure, lang)]
    for why in dict.fromkeys(each.why for each in shop.not_compared):
        titles = joined(lang, (format(each.title, lang) for each in shop.not_compared if each.why == why))
        label = f"{say(lang, 'diff_not_compared')} ({say(lang, f'left_out_{why}')})"
        foot.append(labelled(lang, label, titles))
    if foot:
        yield Line("")
    yield from (Line(line, "dim") for text in foot for line in fold(text, width, "  ", ""))


def _footnote(key: str, changes: Iterable[Change], lang: str) -> Iterator[str]:
    texts = [_change(change, lang) for change in changes]
    if texts:
        yield labelled(lang, say(lang, key), clauses(lang, texts))


def _changes(changes: Iterable[Change], lang: str, width: int) -> Iterator[Line]:
    for change in changes:
        style = STYLES.get(change.after.verdict, "")
        yield from (Line(line, style) for line in fold(_change(change, lang), width, "    ", "  - "))


def _change(change: Change, lang: str) -> str:
    """``Orders shipped (1688.ship): 93.1% -> 88.2% (needs >= 93.0%), likely pass -> FAIL, difference -6.2..-3.4``."""
    title = format(change.title, lang)
    name = f"{title} ({change.id})" if change.kind == "metric" else title
    if change.kind == "gate":
        name = f"{say(lang, 'diff_gate')} {title}"
    return labelled(lang, name, joined(lang, _parts(change, lang)))


def _parts(change: Change, lang: str) -> Iterator[str]:
    one, other = change.before, change.after
    if other.value is not None:
        after = numbers.value(other.value, change.unit or "points", lang, change.currency)
        if other.target is not None:
            goal = numbers.limit(other.target, change.unit, change.better, lang, change.currency)
            after = f"{after} ({say(lang, 'diff_needs', limit=goal)}{_before(change, goal, lang)})"
        yield after if one is None else say(lang, "diff_values", before=_value(change, one, lang), after=after)
    verdict = _verdict(change, other, lang)
    if one is None:
        yield verdict
    elif one.verdict != other.verdict:
        yield say(lang, "diff_values", before=_verdict(change, one, lang), after=verdict)
    elif verdict:
        yield verdict
    if change.before_as_of:
        yield say(lang, "diff_measured_last", day=f"{change.before_as_of:%Y-%m-%d}")
    if change.interval:
        yield say(lang, "diff_span", span=numbers.difference(change.interval, change.unit))
    if change.special:
        names = joined(lang, (format(each, lang) for each in change.special))
        yield say(lang, "change_unlike", names=names)
    if change.movement is not None and change.movement.dimension is not None:
        yield say(lang, "diff_from", parts=moved.parts(change, change.movement, lang))


def _before(change: Change, goal: str, lang: str) -> str:
    """The limit of before where another verdict is one on another limit: the next rung of a ladder, an entry."""
    one, other = change.before, change.after
    if one is None or one.target is None or one.verdict == other.verdict:
        return ""
    before = numbers.limit(one.target, change.unit, change.better, lang, change.currency)
    return "" if before == goal else say(lang, "diff_needed", limit=before)


def _value(change: Change, standing: Standing, lang: str) -> str:
    return numbers.value(standing.value, change.unit or "points", lang, change.currency)


def _verdict(change: Change, standing: Standing, lang: str) -> str:
    if change.kind == "gate":
        return say(lang, f"state_of_gate_{standing.verdict}")
    return say(lang, standing.verdict) if standing.verdict else ""


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(found: Comparison, lang: str) -> str:
    """The comparison as JSON: sorted keys, one trailing newline."""
    told = {
        "before": found.before_id,
        "after": found.after_id,
        "shops": [_told_shop(shop, lang) for shop in found.shops],
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def _told_shop(shop: ShopComparison, lang: str) -> dict[str, Any]:
    zone = ZoneInfo(shop.timezone)
    return {
        "platform": shop.platform,
        "shop": shop.shop,
        "as_of": {
            "before": _moment(shop.before_as_of, zone),
            "after": _moment(shop.after_as_of, zone),
        },
        "comparable": not shop.unlike,
        "unlike": [{"kind": each.kind, "before": each.before, "after": each.after} for each in shop.unlike],
        "regressions": [_told(change, lang, zone) for change in shop.regressions],
        "new": [_told(change, lang, zone) for change in shop.new],
        "improvements": [_told(change, lang, zone) for change in shop.improvements],
        "unsure": [_told(change, lang, zone) for change in shop.unsure],
        "same": shop.same,
        "not_compared": [
            {"id": each.id, "title": format(each.title, lang), "why": each.why} for each in shop.not_compared
        ],
    }


def _moment(at: dt.datetime, zone: ZoneInfo) -> str:
    return at.replace(tzinfo=zone).isoformat(timespec="seconds")


def _told(change: Change, lang: str, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.id,
        "title": format(change.title, lang),
        "unit": change.unit or None,
        "better": change.better or None,
        "before": _told_standing(change.before) if change.before else None,
        "before_as_of": None if change.before_as_of is None else _moment(change.before_as_of, zone),
        "after": _told_standing(change.after),
        "difference": change.difference,
        "interval": list(change.interval) if change.interval else None,
        "because": list(change.because),
        "special": [format(each, lang) for each in change.special],
        "change": json_change.of_change(change.movement),
    }


def _told_standing(standing: Standing) -> dict[str, Any]:
    return {
        "value": standing.value,
        "interval": list(standing.interval) if standing.interval else None,
        "target": standing.target,
        "verdict": standing.verdict or None,
    }
