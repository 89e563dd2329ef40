"""The report → every format it leaves in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.delivery import formats
from shopscore.delivery.formats import Format, joined, standard_look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from shopscore.model import Report
    from shopscore.render.layout import Line, Look


def deliver(report: Report, chosen: Sequence[str], output: Path | None, lang: str, *, look: Look) -> None:
    """Print one format, or write one file, or several into a folder."""
    formats.deliver(report, "report", {name: REPORT[name] for name in chosen}, output, lang, look=look)


def _text(report: Report, lang: str, look: Look) -> Iterable[Line]:
    from shopscore.render import fleet, plain, text

    if look.plain:
        return plain.report(report, lang)
    if report.fleet is not None and not look.whole:
        return fleet.render(report, lang, look.width)
    return text.render(report, lang, look.width, whole=look.whole)


def _json(report: Report, lang: str) -> Iterable[str]:
    from shopscore.render import json

    return json.pieces(report, lang)


def html(report: Report, lang: str) -> str:
    """The page of HTML that tells all of it."""
    from shopscore.render import html as page

    return page.render(report, lang)


def _ndjson(report: Report, lang: str) -> Iterable[str]:
    from shopscore.render.json import fleet

    return fleet.lines(report, lang)


def _html_pages(report: Report, lang: str) -> Iterable[tuple[str, str]] | None:
    from shopscore.render.html import fleet

    return fleet.pages(report, lang) if report.fleet is not None else None


def _md(report: Report, lang: str) -> str:
    from shopscore.render import markdown

    return markdown.render(report, lang)


def _md_summary(report: Report, lang: str) -> str:
    from shopscore.render.markdown import summary

    return summary.render(report, lang)


def _csv(report: Report, lang: str) -> str:
    from shopscore.render import workbook

    return workbook.metrics_alone(report, lang)


def _tables(report: Report, lang: str) -> Iterable[tuple[str, str]]:
    from shopscore.render import workbook

    return workbook.files(report, lang)


def _xlsx(report: Report, lang: str) -> bytes:
    from shopscore.render import workbook

    return workbook.book(report, lang)


def _junit(report: Report, lang: str) -> str:
    from shopscore.render import junit

    return junit.render(report, lang)


def _prom(report: Report, lang: str) -> str:
    from shopscore.render import prometheus

    return prometheus.render(report, lang)


REPORT: Mapping[str, Format[Report]] = {
    "text": Format("txt", lambda report, lang: joined(_text(report, lang, standard_look())), _text),
    "json": Format("json", _json, kept=True),
    "html": Format("html", html, pages=_html_pages, kept=True),
    "ndjson": Format("ndjson", _ndjson, kept=True),
    "md": Format("md", _md),
    "md-summary": Format("summary.md", _md_summary),
    "csv": Format("csv", _csv, files=_tables),
    "xlsx": Format("xlsx", _xlsx),
    "junit": Format("junit.xml", _junit),
    "prom": Format("prom", _prom),
}
