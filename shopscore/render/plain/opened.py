"""One number opened up → records: its definition, and with data its metric, steps, segments, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.explain import steps_of
from shopscore.render.plain.audits import advice, metric
from shopscore.render.plain.records import record, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Definition, Explanation, Opened
    from shopscore.render.layout import Line


def explanation(found: Explanation, lang: str) -> Iterator[Line]:
    """A shop's numbers before the definition they belong to."""
    for definition in found.definitions:
        for opened in found.opened:
            if opened.result.id == definition.id:
                yield from _opened(opened, lang)
        yield from _definition(definition, lang)


def _definition(found: Definition, lang: str) -> Iterator[Line]:
    title, definition = (words(format(each, lang), lang) for each in (found.title, found.text))
    yield record("definition", found.id, found.status, title, definition)
    for part, facts in (("facts", found.facts), ("versions", found.versions), ("switches", found.switches)):
        for fact in facts:
            label, told = (words(format(each, lang), lang) for each in (fact.label, fact.text))
            yield record("fact", found.id, part, label, told)
    for asked, condition in found.conditions:
        yield record("fact", found.id, "conditions", words(format(asked, lang), lang), condition)
    for part, said in (("why", (found.why,)), ("consequences", found.consequences), ("sources", found.sources)):
        yield from (record("fact", found.id, part, None, words(format(each, lang), lang)) for each in said)
    for each in found.advice:
        yield record("fact", found.id, "advice", f"{each.id}: {each.when}", words(format(each.text, lang), lang))
        yield record("fact", found.id, "advice", each.id, words(format(each.about, lang), lang))
    for need in found.needs:
        exports = " / ".join(words(format(each, lang), lang) for each in need.exports)
        yield record("need", found.id, need.table, " ".join(need.columns), need.days, exports)


def _opened(found: Opened, lang: str) -> Iterator[Line]:
    result = found.result
    platform = result.id.partition(".")[0]
    yield metric(result, (platform, found.shop), None, lang)
    for funnel in found.funnels:
        for label, count in steps_of(funnel, lang):
            yield record("step", found.shop, result.id, funnel.side, count, words(label, lang))
    for each in found.segments:
        yield record("segment", found.shop, result.id, each.dimension, each.segment, each.numerator, each.denominator)
    yield from (advice(each, (platform, found.shop), lang) for each in found.advice)
    if found.rows is not None:
        whose = (found.shop, result.id, found.rows.fate)
        yield record("columns", *whose, more=found.rows.columns)
        yield from (record("row", *whose, more=row) for row in found.rows.rows)
