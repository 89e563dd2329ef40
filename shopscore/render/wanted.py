"""Metrics that could not be measured → what to export, each file asked for once, and what it would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from shopscore.render.words import joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import MetricResult, Need, ShopReport


class _File(Struct):
    """A file that metrics lack.

    Attributes:
        menus: each of which gives all of them.
        table: the canonical file, where no menu gives it.
        columns: of the canonical file, all that the metrics want.
        days: how far back it has to reach.
        gives: the metrics it would give.
        scored: how many of these the platform's score is made of.
        is_file: False for what is no file, but why nothing could be measured.
    """

    menus: list[str]
    table: str = ""
    columns: set[str] = field(default_factory=set)
    days: int = 0
    gives: list[str] = field(default_factory=list)
    scored: int = 0
    is_file: bool = True


def sentences(shop: ShopReport, lang: str) -> Iterator[str]:
    """What to export and what it would give: what gives most of the platform's score first, then what gives most."""
    found: dict[str, _File] = {}
    for metric in shop.metrics:
        measured = metric.measurement
        # What a bound is of is listed itself.
        lacking = measured.value is None and measured.status not in ("measured", "no_definition", "not_applicable")
        if not lacking or metric.bound_of is not None:
            continue
        for name, file in _files(metric, lang):
            one = found.setdefault(name, file)
            one.menus = [menu for menu in one.menus if menu in file.menus]
            one.columns |= file.columns
            one.days = max(one.days, file.days)
            one.gives.append(format(metric.title, lang))
            one.scored += metric.purpose == "score" and metric.definition != "assumed"
    told = [(not one.is_file, -one.scored, -len(one.gives), _called(one, lang), one) for one in found.values()]
    for *_, called, one in sorted(told, key=lambda each: each[:4]):
        what = say(lang, "need_export", exports=called, days=one.days) if one.days else called
        yield f"{what} -> {labelled(lang, say(lang, 'gives'), joined(lang, one.gives))}"


def _files(metric: MetricResult, lang: str) -> Iterator[tuple[str, _File]]:
    """What would have to be exported, each by its name, else why the metric could not be measured."""
    if metric.measurement.status == "no_table" and metric.needs:
        yield from (_file(need, lang) for need in metric.needs)
    else:
        message = metric.measurement.message
        reason = format(message, lang) if message else metric.measurement.status
        yield reason, _File([reason], is_file=False)


def _file(need: Need, lang: str) -> tuple[str, _File]:
    """Back-office menus where there are any; the canonical file with its columns only where there is no other way."""
    menus = [format(text, lang) for text in need.exports[:-1]]
    if menus:
        return menus[0], _File(menus, days=need.days)
    return f"{need.table}.csv", _File([], need.table, set(need.columns), need.days)


def _called(one: _File, lang: str) -> str:
    if not one.table:
        return " / ".join(one.menus)
    columns = say(lang, "fleet_comma").join(sorted(one.columns))
    return say(lang, "need_canonical", table=one.table, columns=columns)
