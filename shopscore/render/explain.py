"""One number opened up: the definition, then with data every step from rows to value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import because, beside, cells, definitions, flow, numbers, own_best, trend, trusted, why, worth
from shopscore.render.layout import WIDTH, Line, fold, section
from shopscore.render.sheet import Column, Sheet
from shopscore.render.table import table
from shopscore.render.words import WORDS, joined, labelled, say, segment_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import Explanation, Funnel, Opened, RowList, Segment
    from shopscore.render.sheet import Kind

_SHOWN_ROWS = 20
_SHOWN_SEGMENTS = 6
_CELL = 26


def render(explanation: Explanation, lang: str, width: int = WIDTH) -> list[Line]:
    """Definitions first; a shop's numbers after the definition they belong to."""
    lines: list[Line] = []
    for definition in explanation.definitions:
        if lines:
            lines.append(Line(""))
        opened = [each for each in explanation.opened if each.result.id == definition.id]
        for each in opened:
            lines += _opened(each, lang, width)
        lines += definitions.lines(definition, lang, width)
    return lines


def sheets(opened: Iterable[Opened]) -> list[Sheet]:
    """The rows of each metric opened up, as a table of its own."""
    found = []
    for each in opened:
        if each.rows is not None and each.rows.columns:
            columns = tuple(Column(name, _kind(name)) for name in ("shop", "metric", *each.rows.columns))
            rows = [(each.shop, each.result.id, *row) for row in each.rows.rows]
            found.append(Sheet(each.result.id, columns, rows))
    return found


def _kind(column: str) -> Kind:
    return "id" if column.endswith(("_id", "_no")) or column == "sku" else "text"


# ── with data ────────────────────────────────────────────────────────────────────────────────────────────────────


def _opened(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    result, found = opened.result, opened.result.measurement
    goal = numbers.limit(result.target.value, result.unit, result.better, lang, result.currency)
    value = numbers.value(found.value, result.unit, lang, result.currency)
    head = f"{opened.shop} | {format(result.title, lang)} | {say(lang, 'as_of')} {opened.as_of:%Y-%m-%d %H:%M}"
    yield from (Line(text, "bold") for text in fold(head, width))
    yield from trusted.lines(opened.trust, lang, width)
    if opened.trust.level != "good" and not opened.trust.reasons:
        yield from definitions.indented(say(lang, "trust_elsewhere"), width, "dim")
    answer = [f"{value} [{numbers.span(found.interval, result.unit)}]"]
    if result.target.value is not None:
        answer.append(say(lang, "target_of", goal=goal, basis=say(lang, result.target.basis)))
    verdict = say(lang, result.verdict) if result.verdict != "not_measured" else say_status(found.status, lang)
    yield from (Line(text, "bold") for text in fold(labelled(lang, joined(lang, answer), verdict), width))
    if found.message:
        yield from definitions.indented(format(found.message, lang), width)
    if hangs := worth.one_event(result, lang):
        yield from definitions.indented(hangs, width)
    if lucky := own_best.doubted(result, lang):
        yield from definitions.indented(lucky, width)
    if result.doubt:
        yield from definitions.indented(why.doubted(result, result.doubt, lang), width, "yellow")
    for text in beside.of_metric(result, opened.effects, lang):
        yield from definitions.item(text, width)
    if opened.readings:
        yield from section(say(lang, "readings"), _readings(opened, lang, width))
    days = (line for text in _days(opened, lang) for line in definitions.item(text, width))
    yield from section(say(lang, "trend_title"), days)
    yield from section(say(lang, "funnel"), _funnels(opened, lang, width))
    yield from section(say(lang, "flow_of_metric"), _stages(opened, lang, width))
    yield from section(say(lang, "segments"), _segments(opened, lang, width))
    yield from section(say(lang, "advice_matched"), _matched(opened, lang, width))
    if opened.rows is not None:
        yield from section(say(lang, "rows_of", fate=_called(opened.rows.fate, lang)), _rows(opened.rows, lang, width))
    yield Line("")


def _called(fate: str, lang: str) -> str:
    """Which rows: by the word they are asked for with, but for those of a check that are in order."""
    return say(lang, fate) if fate == "nothing_wrong" else fate


def _days(opened: Opened, lang: str) -> Iterator[str]:
    yield from trend.of_metric(opened.result, lang)
    if opened.kept_apart_by:
        names = joined(lang, (format(each.title, lang) for each in opened.kept_apart_by))
        yield say(lang, "trend_kept_apart", names=names)


def _readings(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    for each in opened.readings:
        default = f" - {say(lang, 'default')}" if each.is_default else ""
        yield from definitions.item(
            labelled(
                lang,
                say(lang, "reading_name", name=each.name, title=format(each.title, lang)),
                labelled(lang, each.option, format(each.reading, lang)) + default,
            ),
            width,
        )


def say_status(status: str, lang: str) -> str:
    """A status in words."""
    return say(lang, f"status_{status}")


def _funnels(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    for file in opened.files:
        text = say(
            lang,
            "file_line",
            file=file.file,
            read=f"{file.rows_read:,}",
            accepted=f"{file.rows_accepted:,}",
            duplicate=f"{file.rows_duplicate:,}",
            refused=f"{file.rows_refused:,}",
        )
        yield from (Line(line, "dim") for line in fold(text, width, "    ", "  "))
    for funnel in opened.funnels:
        if funnel.side:
            yield Line(f"  {say(lang, 'side_' + funnel.side)}")
        rows = [[f"  {label}", f"{count:,}"] for label, count in steps_of(funnel, lang)]
        steps = table(rows, (60, 14), right=frozenset({1}), width=width)
        yield from (Line(line) for texts in steps for line in texts)
    found = opened.result.measurement
    if found.value is not None and found.numerator is not None and found.denominator is not None:
        value = numbers.value(found.value, opened.result.unit, lang, opened.result.currency)
        yield Line(f"  {numbers.count(found.numerator)} / {numbers.count(found.denominator)} = {value}", "bold")


def steps_of(funnel: Funnel, lang: str) -> Iterator[tuple[str, int]]:
    """The steps from rows to value by their names, the rows they begin with first."""
    for at, (label, count) in enumerate(funnel.steps):
        begins = not at and f"fact_{funnel.fact}" in WORDS
        fact = say(lang, f"fact_{funnel.fact}") if begins else ""
        yield say(lang, "funnel_rows", fact=fact) if begins else format(label, lang), count


def _stages(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    """The after-sale stages whose time the metric is made of."""
    for stage in opened.stages:
        yield from definitions.item(flow.in_words(stage, lang), width)


def _segments(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    """Dimensions that split the rows at all; a segment without rows is left out."""
    by_dimension: dict[str, list[Segment]] = {}
    for segment in opened.segments:
        if segment.denominator:
            by_dimension.setdefault(segment.dimension, []).append(segment)
    for dimension, segments in by_dimension.items():
        if len(segments) > 1:
            shown = [_segment(segment, opened, lang) for segment in segments[:_SHOWN_SEGMENTS]]
            if more := len(segments) - len(shown):
                shown.append(say(lang, "more_segments", count=more))
            yield from definitions.item(labelled(lang, say(lang, dimension), joined(lang, shown)), width)


def _segment(segment: Segment, opened: Opened, lang: str) -> str:
    counts = f"{numbers.count(segment.numerator)}/{numbers.count(segment.denominator)}"
    value = numbers.value(segment.numerator / segment.denominator, opened.result.unit, lang, opened.result.currency)
    return f"{segment_name(segment.dimension, segment.segment, lang)} {value} ({counts})"


def _matched(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    for advice in opened.advice:
        asked = definitions.rule(", ".join(f"{name} = {value or '-'}" for name, value in advice.because))
        reasons = because.sentence(advice, opened.result, lang)
        mark = f" [{say(lang, advice.compliance)}]" if advice.compliance != "ok" else ""
        told = format(advice.text, lang) + say(lang, "why_fits" if reasons else "fits", reasons=reasons, rule=asked)
        yield from definitions.item(labelled(lang, f"{advice.id}{mark}", told), width)
        if advice.compliance_reason:
            yield from definitions.indented(f"  {format(advice.compliance_reason, lang)}", width, "dim")
        if advice.worked:
            yield from definitions.indented(f"  ! {beside.worked(advice.worked, opened.result, lang)}", width, "yellow")
        for effect in advice.touches:
            yield from definitions.indented(f"  ! {because.side_effect(effect, lang)}", width, "yellow")
    for name, when in opened.not_matched:
        told = labelled(lang, name, say(lang, "not_because", rule=definitions.rule(when)))
        yield from (Line(line, "dim") for line in fold(told, width, "    ", "  - "))


def _rows(rows: RowList, lang: str, width: int) -> Iterator[Line]:
    """As many columns as fit, those that say something first; the file has them all."""
    if not rows.rows:
        yield from (Line(line) for line in fold(say(lang, "no_rows"), width, "  "))
        return
    shown = rows.rows[:_SHOWN_ROWS]
    kept = _telling(rows, width)
    found = table(
        [[row[column] for column in kept] for row in (rows.columns, *shown)], [_CELL] * len(kept), width=width - 2
    )
    yield from (Line(f"  {line}") for texts in found for line in texts)
    if hidden := len(rows.columns) - len(kept):
        text = say(lang, "more_columns", count=hidden)
        yield from (Line(line, "dim") for line in fold(text, width, "  "))
    if rows.total > _SHOWN_ROWS:
        more = say(lang, "more_rows", count=f"{rows.total - _SHOWN_ROWS:,}")
        yield from (Line(line, "dim") for line in fold(more, width, "  "))


def _telling(rows: RowList, width: int) -> list[int]:
    """Columns by what they tell: the subject and the day, then those that differ most between rows, while they fit."""
    kinds = [len({row[column] for row in rows.rows}) for column in range(len(rows.columns))]
    order = sorted(range(len(rows.columns)), key=lambda column: (column > 1, -kinds[column] * (column > 1), column))
    kept: list[int] = []
    room = width - 2
    for column in order:
        widest = max(cells.most(row[column]) for row in (rows.columns, *rows.rows[:_SHOWN_ROWS]))
        room -= min(widest, _CELL) + 2
        if room < 0:
            break
        kept.append(column)
    return sorted(kept)
