"""Many shops for a terminal: how many fall short, what to do first, what they share, the matrix, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.fleet import grid, sentences
from shopscore.render.fleet.matrix import matrices
from shopscore.render.layout import WIDTH, Line, fold, section
from shopscore.render.table import table
from shopscore.render.words import labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Fleet, FleetAction, Report, ShopReport

SHOWN_ACTIONS = 10
_HEAD = ("fleet_shop", "metric", "now", "target", "fleet_gain", "fleet_work", "fleet_advice")
_SHOWN_ADVICE = 3


def render(report: Report, lang: str, width: int = WIDTH) -> list[Line]:
    """The whole fleet; each shop's own report is asked for by its name."""
    fleet = report.fleet
    if fleet is None:
        return []
    lines = [Line(text, "bold") for text in fold(sentences.title(report, lang), width)]
    lines += [Line(text, "bold") for text in fold(sentences.answer(report, fleet, lang), width)]
    lines += section(say(lang, "fleet_actions"), _actions(report, fleet, lang, width))
    lines += section(say(lang, "fleet_causes"), _causes(fleet, lang, width))
    lines += section(say(lang, "fleet_owners"), _owners(fleet, lang, width))
    found = matrices(report)
    for each in found:
        lines += section(sentences.matrix_title(each, lang), grid.lines(each, lang, width))
    lines += [Line(text, "dim") for text in fold(say(lang, "fleet_legend"), width, "    ", "  ")]
    lines += section(say(lang, "fleet_set_aside"), _told(sentences.set_aside(report, lang), width, ""))
    lines += section(say(lang, "fleet_trust"), _told(sentences.distrusted(report, lang), width, "red"))
    lines += section(say(lang, "fleet_failed"), _told(sentences.failed(fleet, lang), width, "red"))
    lines += [Line("")]
    lines += [Line(text) for warning in sentences.warnings(report) for text in fold(format(warning, lang), width)]
    lines += [Line(text, "dim") for text in fold(say(lang, "fleet_open"), width, "  ", "")]
    return lines


def _told(texts: Iterator[str], width: int, style: str) -> Iterator[Line]:
    for text in texts:
        yield from (Line(line, style) for line in fold(text, width, "    ", "  - "))


def _actions(report: Report, fleet: Fleet, lang: str, width: int) -> Iterator[Line]:
    """The first shortfalls over all shops, and the first advice in full."""
    if not fleet.actions:
        return
    shops = {(shop.platform, shop.shop): shop for shop in report.shops}
    shown = fleet.actions[:SHOWN_ACTIONS]
    head = ["#", *(say(lang, key) for key in _HEAD)]
    rows = [head, *(_action(at, each, shops, lang) for at, each in enumerate(shown, 1))]
    for number, lines in enumerate(table(rows, (2, 26, 0, 8, 11, 8, 8, 8), right=frozenset({0, 5}), width=width)):
        yield from (Line(line, "" if number else "dim") for line in lines)
    if len(fleet.actions) > len(shown):
        yield Line("    " + say(lang, "fleet_more_actions", count=len(fleet.actions) - len(shown)), "dim")
    if any(sentences.is_advisory(sentences.metric_of(shops, each)) for each in shown):
        yield from (Line(text, "dim") for text in fold(say(lang, "fleet_other_basis"), width, "    "))
    told = {sentences.advice(shops, each, lang): each.advice for each in shown if each.advice}
    for text in list(told)[:_SHOWN_ADVICE]:
        yield from (Line(line, "bold") for line in fold(text, width, "    ", "  - "))
    if left := dict.fromkeys(list(told.values())[_SHOWN_ADVICE:]):
        more = labelled(lang, say(lang, "more_advice", count=len(left)), ", ".join(left))
        yield from (Line(line, "dim") for line in fold(more, width, "    "))


def _action(number: int, each: FleetAction, shops: dict[tuple[str, str], ShopReport], lang: str) -> list[str]:
    metric = sentences.metric_of(shops, each)
    return [
        str(number),
        sentences.shop_name(each.platform, each.shop),
        format(metric.title, lang),
        *sentences.now_and_target(metric, lang),
        sentences.gain(each),
        sentences.work(each, lang),
        each.advice or "-",
    ]


def _causes(fleet: Fleet, lang: str, width: int) -> Iterator[Line]:
    for each in fleet.causes:
        yield from (Line(line) for line in fold(sentences.cause(each, lang), width, "    ", "  - "))
    if not fleet.causes:
        key = "fleet_no_cause" if fleet.looked_at else "fleet_no_segments"
        yield from (Line(line) for line in fold(say(lang, key, count=fleet.looked_at), width, "    ", "  - "))


def _owners(fleet: Fleet, lang: str, width: int) -> Iterator[Line]:
    yield from _told(sentences.owners(fleet, lang), width, "")
