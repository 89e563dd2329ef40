"""The definition of a metric → lines: in short, in the rule language, versions, readings, needs, advice, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.layout import Line, fold, section
from shopscore.render.words import labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Definition, Fact


def lines(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    """All of a definition, part by part; a part of which there is nothing is left out."""
    title = f"{format(definition.title, lang)} | {definition.id} | {say(lang, 'definition_' + definition.status)}"
    yield from (Line(text, "bold") for text in fold(title, width))
    yield from indented(format(definition.text, lang), width)
    yield from indented(labelled(lang, say(lang, "gain"), format(definition.why, lang)), width, "dim")
    yield from section(say(lang, "facts"), _facts(definition.facts, lang, width))
    yield from section(say(lang, "conditions"), _conditions(definition, lang, width))
    yield from section(say(lang, "versions"), _facts(definition.versions, lang, width))
    yield from section(say(lang, "switches"), _facts(definition.switches, lang, width))
    yield from section(say(lang, "clocks_of_metric"), _facts(definition.clocks, lang, width))
    for title, texts in (("consequences", definition.consequences), ("refused", definition.refused)):
        yield from section(say(lang, title), (line for text in texts for line in item(format(text, lang), width)))
    yield from section(say(lang, "needs"), _needs(definition, lang, width))
    yield from section(say(lang, "advice"), _advice(definition, lang, width))
    yield from section(
        say(lang, "sources"), (line for text in definition.sources for line in item(format(text, lang), width))
    )


def indented(text: str, width: int, style: str = "") -> Iterator[Line]:
    """A sentence below its title."""
    return (Line(line, style) for line in fold(text, width, "  "))


def item(text: str, width: int) -> Iterator[Line]:
    """A line of a list."""
    return (Line(line) for line in fold(text, width, "    ", "  - "))


def _facts(facts: tuple[Fact, ...], lang: str, width: int) -> Iterator[Line]:
    for fact in facts:
        yield from item(labelled(lang, format(fact.label, lang), format(fact.text, lang)), width)


def _conditions(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    for label, condition in definition.conditions:
        yield from item(labelled(lang, format(label, lang), condition), width)


def _needs(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    for need in definition.needs:
        exports = " / ".join(format(text, lang) for text in need.exports)
        # What looks at the moment of the audit asks for no days back.
        key = "need_export" if need.days else "need_export_now"
        yield from item(say(lang, key, exports=exports, days=need.days), width)


def _advice(definition: Definition, lang: str, width: int) -> Iterator[Line]:
    for each in definition.advice:
        told = format(each.text, lang) + say(lang, "when", rule=rule(each.when))
        yield from item(labelled(lang, each.id, told), width)
        yield from (Line(line, "dim") for line in fold(format(each.about, lang), width, "      ", "    "))


def rule(text: str) -> str:
    """A piece of a rule as it is written, marked as such in a sentence."""
    return f"`{text}`"
