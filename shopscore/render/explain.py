"""One number opened up: the definition, then with data every step from rows to value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import because, beside, cells, flow, numbers, own_best, trend, trusted, why, worth
from shopscore.render.layout import WIDTH, Line, fold, section
from shopscore.render.sheet import Column, Sheet
from shopscore.render.table import table
from shopscore.render.words import joined, labelled, say, segment_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import Definition, Explanation, Fact, Opened, RowList, Segment
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
        lines += _definition(definition, lang, width)
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


def _definition(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    title = f"{format(definition.title, lang)} | {definition.id} | {say(lang, 'definition_' + definition.status)}"
    yield from (Line(text, "bold") for text in fold(title, width))
    yield from _indented(format(definition.text, lang), width)
    yield from _indented(labelled(lang, say(lang, "gain"), format(definition.why, lang)), width, "dim")
    yield from section(say(lang, "facts"), _facts(definition.facts, lang, width))
    yield from section(say(lang, "conditions"), _conditions(definition, lang, width))
    yield from section(say(lang, "versions"), _facts(definition.versions, lang, width))
    yield from section(say(lang, "switches"), _facts(definition.switches, lang, width))
    yield from section(say(lang, "clocks_of_metric"), _facts(definition.clocks, lang, width))
    for title, texts in (("consequences", definition.consequences), ("refused", definition.refused)):
        yield from section(say(lang, title), (line for text in texts for line in _item(format(text, lang), width)))
    yield from section(say(lang, "needs"), _needs(definition, lang, width))
    yield from section(say(lang, "advice"), _advice(definition, lang, width))
    yield from section(
        say(lang, "sources"), (line for text in definition.sources for line in _item(format(text, lang), width))
    )


def _indented(text: str, width: int, style: str = "") -> Iterator[Line]:
    return (Line(line, style) for line in fold(text, width, "  "))


def _item(text: str, width: int) -> Iterator[Line]:
    return (Line(line) for line in fold(text, width, "    ", "  - "))


def _facts(facts: tuple[Fact, ...], lang: str, width: int) -> Iterator[Line]:
    for fact in facts:
        yield from _item(labelled(lang, format(fact.label, lang), format(fact.text, lang)), width)


def _conditions(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    for label, condition in definition.conditions:
        yield from _item(f"{format(label, lang)}: {condition}", width)


def _needs(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    for need in definition.needs:
        exports = " / ".join(format(text, lang) for text in need.exports)
        # What looks at the moment of the audit asks for no days back.
        key = "need_export" if need.days else "need_export_now"
        yield from _item(say(lang, key, exports=exports, days=need.days), width)


def _advice(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    for name, when, text in definition.advice:
        yield from _item(labelled(lang, name, f"{format(text, lang)} ({say(lang, 'when')} {when})"), width)


# ── with data ────────────────────────────────────────────────────────────────────────────────────────────────────


def _opened(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    result, found = opened.result, opened.result.measurement
    goal = numbers.limit(result.target.value, result.unit, result.better, lang, result.currency)
    value = numbers.value(found.value, result.unit, lang, result.currency)
    head = f"{opened.shop} | {format(result.title, lang)} | {say(lang, 'as_of')} {opened.as_of:%Y-%m-%d %H:%M}"
    yield from (Line(text, "bold") for text in fold(head, width))
    yield from trusted.lines(opened.trust, lang, width)
    if opened.trust.level != "good" and not opened.trust.reasons:
        yield from _indented(say(lang, "trust_elsewhere"), width, "dim")
    answer = [f"{value} [{numbers.span(found.interval, result.unit)}]"]
    if result.target.value is not None:
        answer.append(say(lang, "target_of", goal=goal, basis=say(lang, result.target.basis)))
    verdict = say(lang, result.verdict) if result.verdict != "not_measured" else say_status(found.status, lang)
    yield from (Line(text, "bold") for text in fold(labelled(lang, joined(lang, answer), verdict), width))
    if found.message:
        yield from _indented(format(found.message, lang), width)
    if hangs := worth.one_event(result, lang):
        yield from _indented(hangs, width)
    if lucky := own_best.doubted(result, lang):
        yield from _indented(lucky, width)
    if result.doubt:
        yield from _indented(why.doubted(result, result.doubt, lang), width, "yellow")
    for text in beside.of_metric(result, opened.effects, lang):
        yield from _item(text, width)
    if opened.readings:
        yield from section(say(lang, "readings"), _readings(opened, lang, width))
    days = (line for text in _days(opened, lang) for line in _item(text, width))
    yield from section(say(lang, "trend_title"), days)
    yield from section(say(lang, "funnel"), _funnels(opened, lang, width))
    yield from section(say(lang, "flow_of_metric"), _stages(opened, lang, width))
    yield from section(say(lang, "segments"), _segments(opened, lang, width))
    yield from section(say(lang, "advice_matched"), _matched(opened, lang, width))
    if opened.rows is not None:
        yield from section(say(lang, "rows_of", fate=opened.rows.fate), _rows(opened.rows, lang, width))
    yield Line("")


def _days(opened: Opened, lang: str) -> Iterator[str]:
    yield from trend.of_metric(opened.result, lang)
    if opened.kept_apart_by:
        names = joined(lang, (format(each.title, lang) for each in opened.kept_apart_by))
        yield say(lang, "trend_kept_apart", names=names)


def _readings(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    for each in opened.readings:
        default = f" - {say(lang, 'default')}" if each.is_default else ""
        yield from _item(
            labelled(
                lang,
                f"{each.name}: {format(each.title, lang)}",
                f"{each.option}: {format(each.reading, lang)}{default}",
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
        rows = [[f"  {format(label, lang)}", f"{count:,}"] for label, count in funnel.steps]
        steps = table(rows, (60, 14), right=frozenset({1}), width=width)
        yield from (Line(line) for texts in steps for line in texts)
    found = opened.result.measurement
    if found.value is not None and found.numerator is not None and found.denominator is not None:
        value = numbers.value(found.value, opened.result.unit, lang, opened.result.currency)
        yield Line(f"  {numbers.count(found.numerator)} / {numbers.count(found.denominator)} = {value}", "bold")


def _stages(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    """The after-sale stages whose time the metric is made of."""
    for stage in opened.stages:
        yield from _item(flow.in_words(stage, lang), width)


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
            yield from _item(labelled(lang, say(lang, dimension), joined(lang, shown)), width)


def _segment(segment: Segment, opened: Opened, lang: str) -> str:
    counts = f"{numbers.count(segment.numerator)}/{numbers.count(segment.denominator)}"
    value = numbers.value(segment.numerator / segment.denominator, opened.result.unit, lang, opened.result.currency)
    return f"{segment_name(segment.dimension, segment.segment, lang)} {value} ({counts})"


def _matched(opened: Opened, lang: str, width: int) -> Iterator[Line]:
    for advice in opened.advice:
        asked = joined(lang, (f"{name} = {value or '-'}" for name, value in advice.because))
        reasons = because.sentence(advice, opened.result, lang) or say(lang, "because")
        mark = f" [{say(lang, advice.compliance)}]" if advice.compliance != "ok" else ""
        yield from _item(
            labelled(lang, f"{advice.id}{mark}", f"{format(advice.text, lang)} ({labelled(lang, reasons, asked)})"),
            width,
        )
        if advice.compliance_reason:
            yield from _indented(f"  {format(advice.compliance_reason, lang)}", width, "dim")
        if advice.worked:
            yield from _indented(f"  ! {beside.worked(advice.worked, opened.result, lang)}", width, "yellow")
        for effect in advice.touches:
            yield from _indented(f"  ! {because.side_effect(effect, lang)}", width, "yellow")
    for name, when in opened.not_matched:
        yield from (
            Line(line, "dim") for line in fold(f"{name}: {say(lang, 'not_because')} {when}", width, "    ", "  - ")
        )


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
