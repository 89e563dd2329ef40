"""What explains each shortfall: its counts, the segments it comes with, what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import ahead, change, numbers, own_best, worth
from shopscore.render.layout import Line, fold
from shopscore.render.words import joined, labelled, say, segment_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Doubt, Driver, MetricResult

_SHOWN_DRIVERS = 3
_BRIEF = 4
_SURE = ("fail", "likely_fail")
_BRIEF_WAYS = 3
_HOUR = 3600
_HALF = 0.5
"""Events below which an excess is told as none."""


def lines(ranked: Sequence[MetricResult], lang: str, width: int) -> Iterator[Line]:
    """The ranked metrics, each with its counts and at most three drivers."""
    for number, metric in enumerate(ranked, 1):
        yield from (Line(text) for text in fold(_counted(metric, lang), width, "    ", f"{number:>2}  "))
        for reason, style in _reasons(metric, lang):
            yield from (Line(text, style) for text in fold(reason, width, "      ", "    - "))


def told(metric: MetricResult, lang: str) -> list[str]:
    """The same of one metric, as sentences."""
    return [joined(lang, counts(metric, lang)), *(reason for reason, _ in _reasons(metric, lang))]


def _reasons(metric: MetricResult, lang: str) -> Iterator[tuple[str, str]]:
    """What is to be known of a value and what explains a shortfall, and how a terminal may show it."""
    yield from ((text, "yellow") for text in caution(metric, lang))
    if lucky := own_best.doubted(metric, lang):
        yield lucky, ""
    if metric.change:
        yield change.sentence(metric, metric.change, lang), "" if metric.change.beyond_chance else "dim"
    causes = told_causes(metric)
    for same in causes[:_SHOWN_DRIVERS]:
        yield driver(metric, same, lang), ""
    if len(causes) > _SHOWN_DRIVERS:
        yield say(lang, "more_causes", count=len(causes) - _SHOWN_DRIVERS), "dim"
    if not causes and metric.verdict in _SURE:
        yield say(lang, "no_driver"), ""
    if way := ahead.back(metric, lang):
        yield way, ""
    if gained := worth.gains(metric, lang):
        yield gained, ""
    for consequence in metric.consequences[:1]:
        more = len(metric.consequences) - 1
        also = say(lang, "more_explained", count=more, name=metric.id) if more else ""
        yield labelled(lang, say(lang, "gain"), format(consequence, lang) + also), "dim"


def _counted(metric: MetricResult, lang: str) -> str:
    """A metric by name, and its counts."""
    return joined(lang, [f"{format(metric.title, lang)} ({metric.id})", *counts(metric, lang)])


def counts(metric: MetricResult, lang: str) -> list[str]:
    """A metric's counts, its window, and what its verdict hangs on."""
    found = metric.measurement
    parts = []
    if metric.kind in ("ratio", "ratio_of") and found.numerator is not None and found.denominator is not None:
        parts.append(
            say(
                lang,
                "of",
                numerator=numbers.count(found.numerator),
                denominator=numbers.count(found.denominator),
            )
        )
    excluded = sum(count for _, count in found.excluded)
    for key, count in (
        ("excluded_rows", excluded),
        ("pending_rows", found.pending),
        ("unknown_rows", found.unknown),
        ("undated_rows", found.undated),
    ):
        if count:
            parts.append(say(lang, key, count=f"{count:,}"))
    if excluded and found.before_exclusions and found.before_exclusions[0] is not None:
        before = numbers.value(found.before_exclusions[0], metric.unit, lang, metric.currency)
        parts.append(say(lang, "before_exclusions", value=before))
    if found.window:
        parts.append(f"{found.window.first:%m-%d}..{found.window.last:%m-%d}")
    if hangs := worth.one_event(metric, lang):
        parts.append(hangs)
    if metric.doubt:
        parts.append(doubted(metric, metric.doubt, lang))
    return parts


def caution(metric: MetricResult, lang: str) -> list[str]:
    """What the measurement itself says of its value: sentences of their own."""
    message = metric.measurement.message
    return [format(message, lang)] if message else []


def doubted(metric: MetricResult, doubt: Doubt, lang: str) -> str:
    """Why a verdict is weaker than its interval alone would have it."""
    verdict = say(lang, doubt.verdict)
    tables = joined(lang, (say(lang, name) for name in doubt.tables))
    if doubt.band is None or doubt.level != "good":
        return say(lang, "doubt_open", verdict=verdict, tables=tables, level=say(lang, f"trust_{doubt.level}"))
    low, high = (numbers.value(end, metric.unit, lang, metric.currency) for end in doubt.band)
    return say(lang, "doubt_band", verdict=verdict, lost=f"{doubt.lost:,}", tables=tables, low=low, high=high)


def told_causes(metric: MetricResult) -> list[list[Driver]]:
    """The causes found, one finding each; of an excess that being named has made nothing is left to tell."""
    counted = metric.kind not in ("mean", "quantile")
    return alike([each for each in metric.drivers if not counted or each.excess >= _HALF])


def alike(drivers: Sequence[Driver]) -> list[list[Driver]]:
    """Drivers over the very same counts side by side: a product and its only variant are one finding.

    Two of one dimension share no rows, whatever their counts.
    """
    groups: list[list[Driver]] = []
    for each in drivers:
        counts = (each.numerator, each.denominator, each.excess)
        for group in groups:
            first, names = group[0], {other.dimension for other in group}
            if counts == (first.numerator, first.denominator, first.excess) and each.dimension not in names:
                group.append(each)
                break
        else:
            groups.append([each])
    return groups


def driver(metric: MetricResult, same: Sequence[Driver], lang: str) -> str:
    """A cause with its counts and how large it may be, by all its names."""
    first = same[0]
    where = {"where": say(lang, "and").join(place(each, lang) for each in same), "share": f"{100 * first.share:.0f}%"}
    bad = first.denominator - first.numerator if metric.better == "higher" else first.numerator
    counted = metric.kind not in ("mean", "quantile")
    # The interval is that of what the cause does on average; of what happened it cannot have made more than all.
    ends = (min(each, max(bad, first.excess)) if counted else each for each in first.interval or ())
    in_hours = metric.unit == "seconds" and abs(first.excess) >= _HOUR
    excess, *likely = (_extra(metric, each, lang, in_hours=in_hours) for each in (first.excess, *ends))
    said = say(lang, "driver_likely", low=likely[0], high=likely[1]) if likely else ""
    told = {"rows": numbers.count(first.denominator), "excess": excess, "likely": said, **where}
    if not counted:
        return say(lang, "driver_lacking" if metric.better == "higher" else "driver_mean", **told)
    return say(lang, "driver_even" if first.even else "driver", bad=numbers.count(bad), **told)


def _extra(metric: MetricResult, excess: float, lang: str, *, in_hours: bool) -> str:
    """An excess: so many bad events, or so much of what is measured; seconds of many rows add up to hours."""
    if in_hours and metric.kind in ("mean", "quantile"):
        return numbers.value(excess / _HOUR, "hours", lang)
    if metric.kind in ("mean", "quantile"):
        return numbers.value(excess, metric.unit, lang, metric.currency)
    return f"{excess:,.0f}"


def named(metric: MetricResult, lang: str) -> str:
    """A metric by its title, and the first cause found."""
    title, found = format(metric.title, lang), cause(metric, lang)
    return say(lang, "named_with", title=title, cause=found) if found else title


def in_brief(ranked: Sequence[MetricResult], lang: str, width: int) -> Iterator[Line]:
    """The first cause of the first shortfalls that are beyond chance, and of the very first ones the way back."""
    sure = [(number, metric) for number, metric in enumerate(ranked, 1) if metric.verdict in _SURE]
    for number, metric in sure[:_BRIEF]:
        causes = told_causes(metric)
        way = ahead.back(metric, lang) if number <= _BRIEF_WAYS else ""
        told = [driver(metric, same, lang) for same in causes[:1]] + ([way] if way else [])
        leads = (f"{number:>2}  ", "    ")
        for text, lead in zip(told, leads, strict=False):
            yield from (Line(line) for line in fold(text, width, "      ", lead))


def cause(metric: MetricResult, lang: str) -> str:
    """The first cause found, by all its names; nothing where none stands out."""
    return say(lang, "and").join(place(each, lang) for each in next(iter(told_causes(metric)), []))


def place(driver: Driver, lang: str) -> str:
    """Where: ``carrier 丙通快递``, ``20:00-20:59``, ``Wednesdays``, ``2026-11-11``."""
    name = segment_name(driver.dimension, driver.segment, lang)
    if driver.dimension in ("hour", "weekday", "day"):
        return name
    return say(lang, "segment", dimension=say(lang, driver.dimension), segment=name)
