"""What stands beside judged numbers: the platform's own figures, gates, money, measures, other rules and readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers, other_rules
from shopscore.render.layout import Line, fold, section
from shopscore.render.words import clauses, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import (
        Difference,
        Displayed,
        Effect,
        EnteredScore,
        GateResult,
        MetricResult,
        Period,
        ShopReport,
        StakeResult,
        Words,
        Worked,
    )

_SHOWN = 8
"""Lines of one block at most; what is left is counted."""


_BRIEF_GATES = 2
"""Missed gates that the first lines name."""


def blocks(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """Every block of which there is something to say, each under its title."""
    yield from section(say(lang, "stakes"), _listed(_stakes(shop, lang), lang, width))
    yield from section(say(lang, "displayed"), _listed(_displayed(shop, lang), lang, width))
    yield from section(say(lang, "gates"), _listed(_standing(shop, lang), lang, width))
    yield from section(say(lang, "effects"), _listed(_effects(shop, lang), lang, width))
    yield from section(say(lang, "under"), other_rules.lines(shop, lang, width))
    yield from section(say(lang, "chosen"), _listed(_chosen(shop, lang), lang, width))


def of_metric(metric: MetricResult, effects: Iterable[Effect], lang: str) -> Iterator[str]:
    """The same of one metric, as sentences."""
    if metric.stake:
        yield _stake(metric, metric.stake, lang)
    if metric.displayed:
        yield _shown(metric, metric.displayed, lang)
    yield from (effect_told(each, metric, lang) for each in effects)


def _listed(texts: Iterable[str], lang: str, width: int) -> Iterator[Line]:
    everything = list(texts)
    for text in everything[:_SHOWN]:
        yield from (Line(line) for line in fold(text, width, "    ", "  - "))
    if len(everything) > _SHOWN:
        more = say(lang, "more_in_json", count=len(everything) - _SHOWN)
        yield from (Line(line, "dim") for line in fold(more, width, "    "))


def _value(metric: MetricResult, number: float | None, lang: str) -> str:
    return numbers.value(number, metric.unit, lang, metric.currency)


# ── money ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stakes(shop: ShopReport, lang: str) -> Iterator[str]:
    yield from (_stake(metric, stake, lang) for metric, stake in _staked(shop))


def _staked(shop: ShopReport) -> list[tuple[MetricResult, StakeResult]]:
    """The metrics whose breaches cost something, those with most at stake first."""
    staked = [(metric, metric.stake) for metric in shop.metrics if metric.stake]
    staked.sort(key=lambda pair: (-pair[1].at_risk - pair[1].missed, pair[0].id))
    return [(metric, stake) for metric, stake in staked if stake.open or stake.missed]


def money_in_brief(shop: ShopReport, lang: str, width: int, shown: int) -> Iterator[Line]:
    """What breaches cost, in a line: metrics by their numbers in the table above, others by name."""
    places = {name: say(lang, "stake_of", at=at) for at, name in enumerate(shop.shortfalls[:shown], 1)}
    texts = [
        labelled(
            lang, places.get(metric.id) or format(metric.title, lang), joined(lang, _amounts(stake, lang, "_brief"))
        )
        for metric, stake in _staked(shop)
    ]
    if not texts:
        return
    if not shop.shortfalls:
        yield Line("")
    text = labelled(lang, say(lang, "stakes"), clauses(lang, texts))
    yield from (Line(line) for line in fold(text, width, "   ", ""))


def _stake(metric: MetricResult, stake: StakeResult, lang: str) -> str:
    return labelled(lang, format(metric.title, lang), joined(lang, [*_amounts(stake, lang), format(stake.what, lang)]))


def _amounts(stake: StakeResult, lang: str, form: str = "") -> list[str]:
    """What is at risk, what is missed, and what has no price."""
    amounts = {name: numbers.money(getattr(stake, name), stake.currency, lang) for name in ("missed", "at_risk")}
    parts = []
    if stake.open:
        parts.append(say(lang, f"stake_open{form}", count=f"{stake.open:,}", amount=amounts["at_risk"]))
    if stake.missed or not parts:
        parts.append(say(lang, f"stake_missed{form}", amount=amounts["missed"]))
    if stake.unpriced:
        parts.append(say(lang, "stake_unpriced", count=f"{stake.unpriced:,}"))
    return parts


# ── what the platform shows ──────────────────────────────────────────────────────────────────────────────────────


def _displayed(shop: ShopReport, lang: str) -> Iterator[str]:
    """A line for every figure that differs or that nothing was computed for; the others are counted."""
    agree = 0
    for metric in shop.metrics:
        if metric.displayed is None:
            continue
        if metric.measurement.value is not None and not metric.displayed.differs:
            agree += 1
        else:
            yield _shown(metric, metric.displayed, lang)
    if agree:
        yield say(lang, "displayed_agree", count=agree)


def _shown(metric: MetricResult, shown: Displayed, lang: str) -> str:
    computed, displayed = _values(metric, lang)
    day = f" ({shown.date})" if shown.date else ""
    key = "displayed_only" if metric.measurement.value is None else "displayed_line"
    text = labelled(lang, format(metric.title, lang), say(lang, key, shown=displayed + day, computed=computed))
    beside = [
        say(lang, f"displayed_{name}", value=_value(metric, number, lang))
        for name, number in (("peer", shown.peer), ("goal", shown.goal))
        if number is not None
    ]
    reasons = [_reason(each, metric, shown, lang) for each in shown.reasons]
    may_be = [labelled(lang, say(lang, "may_explain"), joined(lang, reasons))] if reasons else []
    return clauses(lang, [joined(lang, [text, *beside]), *may_be])


def _values(metric: MetricResult, lang: str) -> tuple[str, str]:
    """The computed value and the displayed one, with digits enough to tell them apart where they differ."""
    shown = metric.displayed
    pair = (metric.measurement.value, shown.value if shown else None)
    texts = tuple(_value(metric, number, lang) for number in pair)
    if shown and shown.differs and texts[0] == texts[1]:
        scale, sign = (100, "%") if metric.unit == "rate" else (1, "")
        texts = tuple(f"{scale * number:.6g}{sign}" if number is not None else "-" for number in pair)
    return texts[0], texts[1]


def _reason(each: Difference, metric: MetricResult, shown: Displayed, lang: str) -> str:
    return say(
        lang,
        f"differs_{each.kind}",
        day=shown.date or "",
        value=_value(metric, each.value, lang),
        count=f"{each.count or 0:,}",
        name=each.name,
        title=format(each.title, lang) if each.title else "",
    )


# ── structures and gates ─────────────────────────────────────────────────────────────────────────────────────────


def _standing(shop: ShopReport, lang: str) -> Iterator[str]:
    """The structure's known factors, the missed gates, what is not entered, and how many gates are met."""
    if shop.structure:
        known = [
            _scored(each.score, each.title, lang) for each in shop.structure.factors if each.score.value is not None
        ]
        if known:
            yield labelled(lang, format(shop.structure.title, lang), joined(lang, known))
    yield from (_missed(gate, lang) for gate in shop.gates if gate.state == "missed")
    asked = [each.score for each in shop.structure.factors] if shop.structure else []
    asked += [score for gate in shop.gates if gate.state == "not_entered" for score in gate.scores]
    blank = {score.name: score for score in asked if score.value is None}
    if blank:
        yield say(lang, "scores_blank", names=joined(lang, (_blank(each, lang) for each in blank.values())))
    met = sum(gate.state == "met" for gate in shop.gates)
    if met:
        yield say(lang, "gates_met", count=met)


def missed_in_brief(shop: ShopReport, lang: str) -> str:
    """What the platform keeps shut by the scores it shows, in few words; nothing where it is nothing."""
    missed = [gate for gate in shop.gates if gate.state == "missed"]
    if not missed:
        return ""
    named = [format(gate.title, lang) for gate in missed[:_BRIEF_GATES]]
    more = [say(lang, "gates_more", count=len(missed) - _BRIEF_GATES)] if len(missed) > _BRIEF_GATES else []
    return say(lang, "gates_missed", gates=joined(lang, [*named, *more]))


def _missed(gate: GateResult, lang: str) -> str:
    """A missed gate, and what hangs on it."""
    hangs = labelled(lang, say(lang, "gain"), format(gate.opens, lang))
    return joined(lang, [say(lang, "gates_missed", gates=_gate(gate, lang)), hangs])


def _gate(gate: GateResult, lang: str) -> str:
    """A missed gate with the scores that miss it, by their titles."""
    unit = next((each.unit for each in gate.scores if each.unit), "")
    sign = ">=" if gate.bound == "at_least" else "<="
    by = gate.missed_by or 0
    told = {
        "title": format(gate.title, lang),
        "scores": joined(lang, (_scored(each, each.title, lang) for each in gate.missing)),
        "limit": f"{sign} {_number(gate.limit, unit, lang)}",
        "by": numbers.change(by, unit, lang) if unit == "rate" else f"{by:.4g}",
    }
    return say(lang, "gate_switched" if unit == "switch" else "gate_missed", **told)


def _scored(score: EnteredScore, title: Words | None, lang: str) -> str:
    name = format(title, lang) if title else score.name
    number = say(lang, "not_entered") if score.value is None else _number(score.value, score.unit, lang)
    return labelled(lang, name, number) if score.unit == "switch" else f"{name} {number}"


def _blank(score: EnteredScore, lang: str) -> str:
    """``Quality of goods (rank_product)``: what it is, and the name to type."""
    return f"{format(score.title, lang)} ({score.name})" if score.title else score.name


def _number(value: float, unit: str, lang: str) -> str:
    """An entered score or its limit: a share in percent, a switch in words, any other as it is typed."""
    if unit == "switch":
        return say(lang, "switch_on" if value else "switch_off")
    return numbers.percent(value) if unit == "rate" else f"{value:g}"


# ── measures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _effects(shop: ShopReport, lang: str) -> Iterator[str]:
    by_id = {metric.id: metric for metric in shop.metrics}
    yield from (effect_told(each, by_id[each.metric], lang) for each in shop.effects)
    yield from (worked(each, by_id.get(each.metric), lang) for each in shop.applied)


def worked(found: Worked, about: MetricResult | None, lang: str) -> str:
    """``it worked: 2026-11-03 SHIP-03: …, 84.1% -> 91.0%, 30 days on each side, better, difference +2.1..+11.7``."""
    verdict = say(lang, f"worked_{found.verdict}", day=found.by.isoformat() if found.by else "-")
    if about is None or found.effect is None or not found.effect.days:
        return labelled(lang, say(lang, "worked_on", advice=found.advice, day=found.on.isoformat()), verdict)
    return labelled(lang, verdict, effect_told(found.effect, about, lang))


def effect_told(effect: Effect, metric: MetricResult, lang: str) -> str:
    """Whether it worked first, then what that rests on."""
    head = labelled(lang, f"{effect.date} {effect.what}", format(metric.title, lang))
    answer = say(lang, f"effect_{effect.answer}")
    if effect.before is None or effect.after is None or not effect.days:
        answer = say(lang, f"effect_{effect.lacking}") if effect.lacking else answer
        return labelled(lang, head, joined(lang, [answer, *_more_needed(effect, lang)]))
    sides = {"before": _side(metric, effect.before, lang), "after": _side(metric, effect.after, lang)}
    parts = [answer, say(lang, "effect_line", days=effect.days, **sides)]
    if effect.interval:
        parts.append(say(lang, "effect_interval", span=numbers.difference(effect.interval, metric.unit)))
    if effect.until:
        parts.append(say(lang, "effect_until", day=f"{effect.until:%m-%d}"))
    if effect.answer == "came_back" and effect.moved:
        level = _value(metric, effect.moved.value, lang)
        parts.append(say(lang, "effect_level_before", day=f"{effect.moved.day:%m-%d}", value=level))
    if effect.answer == "no_difference" and effect.visible is not None:
        parts.append(say(lang, "effect_visible", by=numbers.change(effect.visible, metric.unit, lang, metric.currency)))
    return labelled(lang, head, joined(lang, [*parts, *_more_needed(effect, lang)]))


def _more_needed(effect: Effect, lang: str) -> list[str]:
    """How many days it takes to see half of what was bad, where there are not that many yet."""
    if effect.answer not in ("too_little_data", "no_difference") or not effect.needed or effect.needed <= effect.days:
        return []
    return [say(lang, "effect_needed", days=effect.needed)]


def _side(metric: MetricResult, side: Period, lang: str) -> str:
    return f"{_value(metric, side.value, lang)} (n {side.rows:,})"


# ── readings ──────────────────────────────────────────────────────────────────────────────────


def _chosen(shop: ShopReport, lang: str) -> Iterator[str]:
    for metric in shop.metrics:
        if metric.chosen and metric.measurement.status not in ("no_definition", "not_applicable"):
            readings = (f"{format(each.reading, lang)} ({each.name}: {each.option})" for each in metric.chosen)
            yield labelled(lang, format(metric.title, lang), joined(lang, readings))
