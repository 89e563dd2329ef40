"""A report → tables of its evidence: one workbook, or one CSV a table; the metrics alone where one table must do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopscore.render import csv, pick_list, shop_view, xlsx
from shopscore.render.sheet import Column, Sheet
from shopscore.render.words import labelled, say
from shopscore.render.workbook import beside, evidence, metrics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Report

_NO_SHOP = dt.datetime(2000, 1, 1)


def book(report: Report, lang: str) -> bytes:
    """All tables as one workbook, made at the newest moment judged."""
    made = max((shop.as_of for shop in report.shops), default=_NO_SHOP)
    return xlsx.render(sheets(report, lang), made)


def metrics_alone(report: Report, lang: str) -> str:
    """The table of metrics as CSV."""
    return csv.render(next(metrics.sheets(report, lang)))


def files(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    """Every table as CSV, with its name."""
    for sheet in sheets(report, lang):
        yield sheet.name.replace(" ", "_"), csv.render(sheet)


def sheets(report: Report, lang: str) -> list[Sheet]:
    """Every table, what they hold first."""
    found = [
        *metrics.sheets(report, lang),
        pick_list.listed("at_risk", report.shops, lang),
        *evidence.sheets(report, lang),
        *beside.sheets(report, lang),
    ]
    return [_read_me(report, found, lang), *found]


def _read_me(report: Report, found: list[Sheet], lang: str) -> Sheet:
    """The answer of each shop, then what the tables are."""
    rows = [
        row
        for shop in report.shops
        for row in _shop(shop_view.of_shop(shop, report, lang), lang)
    ]  # fmt: skip
    rows += [(None, format(warning, lang)) for warning in report.warnings]
    rows += [(say(lang, "wb_sheet", name=each.name), say(lang, f"wb_sheet_{each.name}")) for each in found]
    made = say(lang, "md_made", audit=report.audit_id, version=report.tool_version)
    rows += [(say(lang, "wb_units"), say(lang, "wb_units_said")), (say(lang, "md_method"), say(lang, "md_how"))]
    columns = (Column(say(lang, "wb_about"), "text", 30), Column(say(lang, "wb_told"), "text", 120))
    return Sheet("read me", columns, [*rows, (None, made)])


def _shop(view: shop_view.ShopView, lang: str) -> Iterator[tuple[str | None, str]]:
    shop = view.shop
    yield shop.shop, view.answer
    when = f"{say(lang, 'as_of')} {shop.as_of:%Y-%m-%d %H:%M} {shop.timezone}"
    yield None, f"{format(shop.platform_title, lang)}, {when}, {labelled(lang, say(lang, 'rules'), view.versions)}"
    for text in (*view.trust, view.score, *view.set_aside):
        yield None, text
