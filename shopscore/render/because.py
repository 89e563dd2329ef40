"""The evidence for a piece of advice → a sentence: what of the diagnosis made its condition true, with the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers, why, worth
from shopscore.render.words import WORDS, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import AdviceResult, Driver, Ground, MetricResult, SideEffectResult

_OF_VALUES = ("mean", "quantile")
_TARGET = frozenset({"value", "target", "gap"})
_BEFORE = frozenset({"previous_value"})
"""What is told of the window before says nothing without what is now."""
_COUNTS = frozenset({"numerator", "denominator"})
_TENTH = 0.1


def sentence(advice: AdviceResult, about: MetricResult, lang: str, *, brief: bool = False) -> str:
    """``because 61% of the misses fall on 20:00-20:59 (52% there, 12% elsewhere)``; nothing without evidence.

    Args:
        advice: the piece.
        about: its metric.
        lang: the language.
        brief: leave out the value and its target, where both stand in a table above.
    """
    parts = list(dict.fromkeys(part for part in _parts(advice, about, lang) if part))
    asked = {reason.column for reason in advice.reasons}
    in_table = brief and about.target.value is not None
    if not in_table and asked & (_TARGET | _BEFORE) and about.measurement.value is not None:
        now = _shown(about, about.measurement.value, lang)
        if about.target.value is not None and asked & _TARGET:
            goal = numbers.limit(about.target.value, about.unit, about.better, lang, about.currency)
            parts.append(say(lang, "because_short", value=now, target=goal))
        else:
            parts.append(say(lang, "because_now", value=now))
    return say(lang, "because_of", reasons=joined(lang, parts)) if parts else ""


def _parts(advice: AdviceResult, about: MetricResult, lang: str) -> Iterator[str]:
    """Causes first, then what else was asked."""
    named = {reason.column for reason in advice.reasons}
    asked = [each for each in _largest(about) if named & {f"top_{each.dimension}", f"top_{each.dimension}_excess"}]
    for same in why.alike(asked):
        yield _cause(about, same, lang)
    for reason in advice.reasons:
        yield _said(reason, about, lang)
    if named & _COUNTS and not named & _TARGET:
        yield _counted(about, lang)


def _largest(about: MetricResult) -> Iterator[Driver]:
    """The largest cause of each dimension."""
    seen: set[str] = set()
    for each in (*about.drivers, *about.overlapping):
        if each.dimension not in seen and each.dimension in WORDS:
            seen.add(each.dimension)
            yield each


def _cause(about: MetricResult, same: Sequence[Driver], lang: str) -> str:
    """How much of what is bad lies in a segment, by all its names, and how the segment stands against the rest."""
    found, driver = about.measurement, same[0]
    place = say(lang, "and").join(why.place(each, lang) for each in same)
    above, below, rows = found.numerator or 0.0, found.denominator or 0.0, driver.denominator
    if about.kind in _OF_VALUES:
        if about.kind == "quantile" or not 0 < rows < below:
            return say(lang, "because_excess", place=place, share=_percent(driver.share))
        there, elsewhere = driver.numerator / rows, (above - driver.numerator) / (below - rows)
        values = {"there": _shown(about, there, lang), "elsewhere": _shown(about, elsewhere, lang)}
        return say(lang, "because_longer", place=place, **values)
    bad, all_bad = driver.numerator, above
    if about.kind == "ratio" and about.better == "higher":
        bad, all_bad = rows - bad, below - above
    share = _percent(min(bad / all_bad, 1.0) if all_bad > 0 else driver.share)
    if about.kind == "count" or not 0 < rows < below or rows == above:
        return say(lang, "because_share", place=place, share=share)
    rates = {"there": _percent(bad / rows), "elsewhere": _percent(max(all_bad - bad, 0.0) / (below - rows))}
    return say(lang, "because_fall", place=place, share=share, **rates)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share >= _TENTH else numbers.percent(share)


def _said(reason: Ground, about: MetricResult, lang: str) -> str:
    """What a name says that is neither cause nor target: rows, other metrics, the window before, the whole shop.

    What is not known is no reason: one of several conditions held without it.
    """
    if reason.number is None and not reason.text:
        return ""
    if reason.said is not None:
        shown = reason.text if reason.number is None else numbers.value(reason.number, reason.unit, lang)
        return format(reason.said, lang).replace("{value}", shown or "-")
    if reason.column in {"verdict", "status"} and reason.text in WORDS:
        return say(lang, reason.text)
    if f"because_{reason.column}" not in WORDS:
        return ""
    return say(lang, f"because_{reason.column}", value=_figure(reason, about, lang))


def _figure(reason: Ground, about: MetricResult, lang: str) -> str:
    if reason.number is None:
        return reason.text or "-"
    if reason.column == "previous_value":
        return _shown(about, reason.number, lang)
    return (
        _percent(reason.number)
        if reason.column.endswith(("_share", "_share_of_time", "_removed"))
        else f"{reason.number:,.0f}"
    )


def _counted(about: MetricResult, lang: str) -> str:
    found = about.measurement
    if found.numerator is None:
        return ""
    if found.denominator is None or about.kind in _OF_VALUES:
        return say(lang, "because_count", count=f"{found.rows[1] if found.rows else 0:,}")
    return say(lang, "of", numerator=numbers.count(found.numerator), denominator=numbers.count(found.denominator))


def _shown(about: MetricResult, value: float | None, lang: str) -> str:
    return numbers.value(value, about.unit, lang, about.currency)


def side_effect(effect: SideEffectResult, lang: str) -> str:
    """What else a piece of advice does, and how much room this shop has there."""
    text = format(effect.text, lang)
    if effect.value is None or effect.title is None:
        return text
    key = "side_now" if effect.target is None else ("side_room" if effect.room is not None else "side_missed")
    value, room = numbers.value(effect.value, effect.unit, lang), worth.points(effect.room or 0.0, effect.unit, lang)
    told = say(lang, key, title=format(effect.title, lang), value=value, room=room)
    return labelled(lang, text.rstrip(".。"), told)


def forbidden(advice: AdviceResult, lang: str) -> str:
    """What not to do, and why."""
    text, why_not = format(advice.text, lang), advice.compliance_reason
    return say(lang, "named_with", title=text, cause=format(why_not, lang)) if why_not else text
