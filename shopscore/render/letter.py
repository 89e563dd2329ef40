"""An audit and what became of its shops → the letter that is sent: the answer, what got worse, what runs out, trust."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopscore.model import Letter, ShopLetter, Told
from shopscore.render import numbers, verdicts
from shopscore.render.escape import terminal
from shopscore.render.words import joined, labelled, say, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.model import Change, Event, MetricResult, Mood, Report, ShopComparison, ShopReport, Turn

_WORST = ("fail", "likely_fail", "undecided", "likely_pass", "pass")
_SHOPS = 20
"""Shops a letter tells of; the full report has all."""
_NAMED = 5
"""Changes of one kind that are named."""
_LETTERS = 60
"""Characters of a name."""
_NIGHT = 24
_MARKUP = str.maketrans("[]<>*_#`~|@\\", "［］＜＞＊＿＃｀～｜＠＼")
"""What some service would take for a link, a mention or a heading, as the wide sign that looks like it."""
_ADDRESS = re.compile(r"(?i)(\w)://|\b(www)\.")


def render(
    report: Report, since: Mapping[str, ShopComparison], shops: Sequence[ShopReport], where: str | None, lang: str
) -> Letter:
    """The letter about some shops of an audit.

    Args:
        report: the audit.
        since: what each shop (``platform/shop``) has become since the audit before, where there is one.
        shops: those it tells of.
        where: where the full report is.
        lang: the language.
    """
    order = sorted(shops, key=lambda shop: _rank(shop, since.get(_name(shop))))
    told = tuple(_shop(shop, since.get(_name(shop)), lang) for shop in order[:_SHOPS])
    foot = [say(lang, "letter_shops_more", count=len(order) - _SHOPS)] if len(order) > _SHOPS else []
    if report.failed:
        foot.append(say(lang, "letter_failed", count=len(report.failed)))
    if where:
        foot.append(say(lang, "letter_where", where=terminal(where)))
    foot.append(say(lang, "letter_source", audit=report.audit_id[:12]))
    title = _title(report, order, since, lang)
    return Letter(_event(order, since), report.audit_id, lang, _mood(report, order), title, told, tuple(foot))


def harmless(text: str, most: int = _LETTERS) -> str:
    """A name that no service takes for markup, a mention, an address or more than one line, cut to a length."""
    clean = _ADDRESS.sub(lambda found: f"{found[1]}：//" if found[1] else f"{found[2]}．", terminal(text))
    clean = clean.translate(_MARKUP)
    return clean if len(clean) <= most else clean[: most - 2] + ".."


# ── the title ────────────────────────────────────────────────────────────────────────────────────────────────────


def _title(report: Report, shops: Sequence[ShopReport], since: Mapping[str, ShopComparison], lang: str) -> str:
    short = {_name(shop): len(shop.shortfalls) for shop in shops}
    worse = {_name(shop): len(_worse(since.get(_name(shop)))) for shop in shops}
    prefix = "letter" if len(shops) == 1 else "letter_shops"
    counts = (sum(short.values()), sum(worse.values()))
    if len(shops) != 1:
        counts = (sum(map(bool, short.values())), sum(map(bool, worse.values())))
    parts = [
        say(lang, f"{prefix}_{what}", count=count)
        for what, count in zip(("short", "worse"), counts, strict=True)
        if count
    ]
    if report.failed:
        parts.append(say(lang, "letter_failed", count=len(report.failed)))
    answer = joined(lang, parts or [say(lang, "letter_well" if any(map(verdicts.judged, shops)) else "letter_nothing")])
    if len(shops) == 1:
        return say(lang, "letter_one", shop=harmless(shops[0].shop, 30), answer=answer)
    return say(lang, "letter_many", count=len(shops), answer=answer) if shops else answer


def _event(shops: Sequence[ShopReport], since: Mapping[str, ShopComparison]) -> Event:
    found = [each for shop in shops if (each := since.get(_name(shop)))]
    if any(each.regressions for each in found):
        return "regression"
    return "change" if any(each.turned for each in found) else "audit"


def _mood(report: Report, shops: Sequence[ShopReport]) -> Mood:
    worst = {_verdict(shop) for shop in shops}
    if report.failed or "fail" in worst:
        return "bad"
    if worst & {"likely_fail", "undecided"}:
        return "doubtful"
    return "good" if worst & {"pass", "likely_pass"} else "unknown"


# ── a shop ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _shop(shop: ShopReport, since: ShopComparison | None, lang: str) -> ShopLetter:
    due = sum(each.hours_left <= _NIGHT for each in shop.due)
    head = say(
        lang,
        "letter_head",
        shop=harmless(shop.shop),
        platform=harmless(format(shop.platform_title, lang)),
        as_of=f"{shop.as_of:%Y-%m-%d %H:%M}",
    )
    return ShopLetter(
        platform=shop.platform,
        shop=terminal(shop.shop),
        as_of=shop.as_of.replace(tzinfo=ZoneInfo(shop.timezone)).isoformat(timespec="seconds"),
        verdict=_verdict(shop),
        trust=shop.trust.level,
        head=head,
        lines=tuple(_lines(shop, since, lang)),
        changes=tuple(_changes(since, lang)) if since else (),
        counts=(("judged", verdicts.judged(shop)), ("short", len(verdicts.failing(shop))), ("due_24h", due)),
    )


def _lines(shop: ShopReport, since: ShopComparison | None, lang: str) -> Iterator[str]:
    yield _answer(shop, lang)
    if since:
        day = f"{since.before_as_of:%m-%d}"
        for key, changes in (("letter_got_worse", since.regressions), ("letter_got_better", since.improvements)):
            if changes:
                yield say(lang, key, day=day, what=_listed([_moved(change, lang) for change in changes], lang))
        yield from _others(since, lang)
    soon = Counter(format(each.title, lang) for each in shop.due if each.hours_left <= _NIGHT)
    if soon:
        kinds = joined(lang, (say(lang, "due_kind", title=harmless(title), count=n) for title, n in soon.items()))
        yield say(lang, "letter_due", count=soon.total(), kinds=kinds)
    if shop.set_aside:
        yield say(lang, "letter_set_aside", count=len(shop.set_aside))
    read, level = shop.trust, say(lang, f"trust_{shop.trust.level}")
    counts = {"files": read.files, "rows": f"{read.rows:,}", "refused": f"{read.refused:,}"}
    yield labelled(lang, say(lang, "data"), say(lang, "data_line", **counts, level=level))


def _answer(shop: ShopReport, lang: str) -> str:
    if not shop.shortfalls:
        return say(lang, "letter_well" if verdicts.judged(shop) else "letter_nothing")
    firsts = (say(lang, "answer_first", first=_needs(each, lang)) for each in verdicts.failing(shop)[:1])
    return spaced(lang, [verdicts.counted(shop, lang), *firsts])


def _needs(first: MetricResult, lang: str) -> str:
    value = numbers.value(first.measurement.value, first.unit, lang, first.currency)
    return say(lang, "letter_now", title=_title_of(first, lang), value=value, limit=_limit(first, lang))


def _limit(metric: MetricResult, lang: str) -> str:
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency)
    return goal.replace(">= ", "≥").replace("<= ", "≤")


def _moved(change: Change, lang: str) -> str:
    """``Orders shipped 93.1% → 88.2%, likely pass → FAIL``."""
    one, other = change.before, change.after
    values = [_value(change, each.value, lang) if each else "-" for each in (one, other)]
    said = [_said(each.verdict, change.kind, lang) if each else "-" for each in (one, other)]
    title = harmless(format(change.title, lang))
    if other.value is None:
        return say(lang, "letter_moved", title=title, before=said[0], after=said[1])
    text = say(lang, "letter_moved", title=title, before=values[0], after=values[1])
    return text if said[0] == said[1] else f"{text} ({said[0]} → {said[1]})"


def _value(change: Change, value: float | None, lang: str) -> str:
    return numbers.value(value, change.unit or "points", lang, change.currency)


def _said(verdict: str | None, kind: str, lang: str) -> str:
    if not verdict or verdict == "not_measured":
        return say(lang, "letter_unjudged")
    return say(lang, f"state_of_gate_{verdict}" if kind == "gate" else verdict)


def _others(since: ShopComparison, lang: str) -> Iterator[str]:
    """Verdicts that turned within chance, the band and the trust."""
    beyond = {change.id for change in (*since.regressions, *since.improvements)}
    found = [turn for turn in since.turned if turn.kind == "metric" and turn.id not in beyond]
    if found:
        yield say(lang, "letter_turned", what=_listed([_turn(turn, lang) for turn in found], lang))
    for turn in since.turned:
        if turn.kind == "band":
            none = say(lang, "letter_no_band")
            yield say(lang, "letter_band", before=turn.before or none, after=turn.after or none)
        elif turn.kind == "trust":
            levels = {name: say(lang, f"trust_{level}") for name, level in _ends(turn)}
            yield say(lang, "letter_trust", **levels)


def _ends(turn: Turn) -> tuple[tuple[str, str | None], ...]:
    return (("before", turn.before), ("after", turn.after))


def _turn(turn: Turn, lang: str) -> str:
    title = harmless(format(turn.title, lang)) if turn.title else turn.id
    ends = {name: _said(verdict, "metric", lang) for name, verdict in _ends(turn)}
    return say(lang, "letter_moved", title=title, **ends)


def _listed(texts: Sequence[str], lang: str) -> str:
    more = [say(lang, "letter_more", count=len(texts) - _NAMED)] if len(texts) > _NAMED else []
    return "; ".join((*texts[:_NAMED], *more))


# ── what programs read ───────────────────────────────────────────────────────────────────────────────────────────


def _changes(since: ShopComparison, lang: str) -> Iterator[Told]:
    for fate, changes in (("worse", since.regressions), ("better", since.improvements)):
        for change in changes:
            one, other = change.before, change.after
            yield Told(
                kind=change.kind,
                id=change.id,
                title=terminal(format(change.title, lang)),
                fate="worse" if fate == "worse" else "better",
                before=(one.verdict or None) if one else None,
                after=other.verdict or None,
                value_before=one.value if one else None,
                value_after=other.value,
                unit=change.unit or None,
            )
    beyond = {change.id for change in (*since.regressions, *since.improvements)}
    for turn in since.turned:
        if turn.id not in beyond:
            title = terminal(format(turn.title, lang)) if turn.title else turn.id
            yield Told(turn.kind, turn.id, title, "turned", turn.before, turn.after)


# ── counting ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _name(shop: ShopReport) -> str:
    return f"{shop.platform}/{shop.shop}"


def _worse(since: ShopComparison | None) -> Sequence[Change]:
    return since.regressions if since else ()


def _verdict(shop: ShopReport) -> str:
    """The worst verdict of what counts: what is ranked, else what was judged."""
    ranked = {metric.verdict for metric in verdicts.ranked(shop)}
    judged: Iterable[str] = ranked or {metric.verdict for metric in shop.metrics if metric.suppressed is None}
    found = [verdict for verdict in _WORST if verdict in judged]
    return found[0] if found else "not_measured"


def _rank(shop: ShopReport, since: ShopComparison | None) -> tuple[int, int, str, str]:
    verdict = _verdict(shop)
    place = _WORST.index(verdict) if verdict in _WORST else len(_WORST)
    return (-len(_worse(since)), place, shop.platform, shop.shop)


def _title_of(metric: MetricResult, lang: str) -> str:
    return harmless(format(metric.title, lang))
