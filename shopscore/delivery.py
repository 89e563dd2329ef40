"""What leaves: every page and report, to the terminal or into files, in the formats asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from shopscore import console
from shopscore.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from shopscore.model import Account, Draft, DueList, Explanation, Listing, Opened, Report, ShopComparison
    from shopscore.render.layout import Line, Look

Page = TypeVar("Page")


class Format(NamedTuple, Generic[Page]):
    """How a page is written.

    Attributes:
        suffix: of the name of its file.
        render: the page in a language; what is large comes in pieces.
        lines: the same as lines, which have colours on a terminal and look as they are asked to, in a file too.
        files: the same as several files, each with its name, where it goes into a folder.
        pages: the pages of a site, each with its name, where there is more to tell than one page; None where not.
        kept: whether `render` and `diff` can read the page back.
    """

    suffix: str
    render: Callable[[Page, str], str | bytes | Iterable[str]]
    lines: Callable[[Page, str, Look], Iterable[Line]] | None = None
    files: Callable[[Page, str], Iterable[tuple[str, str]]] | None = None
    pages: Callable[[Page, str], Iterable[tuple[str, str]] | None] | None = None
    kept: bool = False


# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────────


def deliver(report: Report, chosen: Sequence[str], output: Path | None, lang: str, *, look: Look) -> None:
    """Print one format, or write one file, or several into a folder."""
    _deliver(report, "report", {name: REPORT[name] for name in chosen}, output, lang, look=look)


def _look() -> Look:
    from shopscore.render.layout import Look

    return Look()


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
    "text": Format("txt", lambda report, lang: _joined(_text(report, lang, _look())), _text),
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

# ── what runs out ────────────────────────────────────────────────────────────────────────────────────────────────


def deliver_due(found: DueList, chosen: Sequence[str], output: Path | None, lang: str, *, look: Look) -> None:
    """Print one format of what runs out, or write one file, or several into a folder."""
    _deliver(found, "due", {name: DUE[name] for name in chosen}, output, lang, look=look)


def _due_text(found: DueList, lang: str, look: Look) -> Iterable[Line]:
    from shopscore.render import due, plain

    return plain.due(found, lang) if look.plain else due.render(found, lang, look.width)


def _due_json(found: DueList, lang: str) -> str:
    from shopscore.render.json import due

    return due.render(found, lang)


def _due_csv(found: DueList, lang: str) -> str:
    from shopscore.render import csv, pick_list

    return csv.render(pick_list.sheet(found, lang))


def _due_xlsx(found: DueList, lang: str) -> bytes:
    from shopscore.render import pick_list, xlsx

    return xlsx.render([pick_list.sheet(found, lang)], max(shop.now for shop in found.shops))


DUE: Mapping[str, Format[DueList]] = {
    "text": Format("txt", lambda found, lang: _joined(_due_text(found, lang, _look())), _due_text),
    "json": Format("json", _due_json),
    "csv": Format("csv", _due_csv),
    "xlsx": Format("xlsx", _due_xlsx),
}

# ── other pages ──────────────────────────────────────────────────────────────────────────────────────────────────


def deliver_page(content: str | Iterable[Line], output: Path | None, *, plain: bool = False) -> None:
    """Print a page, or write it."""
    if output is not None:
        console.write(output, content if isinstance(content, str) else _joined(content))
    elif isinstance(content, str):
        console.out(content)
    else:
        console.print_lines(content, plain=plain)


def show(explanation: Explanation, lang: str, *, look: Look) -> None:
    """Print an explanation."""
    from shopscore.render import explain, plain

    lines = plain.explanation(explanation, lang) if look.plain else explain.render(explanation, lang, look.width)
    console.print_lines(lines, plain=look.plain)


def show_account(account: Account, lang: str, *, look: Look) -> None:
    """Print what was read."""
    from shopscore.render import account as accounts
    from shopscore.render import plain

    lines = plain.account(account, lang) if look.plain else accounts.render(account, lang, look.width)
    console.print_lines(lines, plain=look.plain)


def write_drafts(drafts: Sequence[Draft], lang: str, *, look: Look) -> None:
    """Write what is proposed, and say what it is."""
    from shopscore.render import drafts as page
    from shopscore.render import plain

    for each in drafts:
        if each.path is not None and each.text is not None:
            console.write(Path(each.path), each.text, "")
    lines = plain.drafts(drafts, lang) if look.plain else page.render(drafts, lang, look.width)
    console.print_lines(lines, plain=look.plain)


def print_schema() -> None:
    """Print the JSON Schema of the report."""
    from shopscore.render import schema

    console.out(schema.text())


def print_listings(listings: Iterable[Listing], lang: str, *, look: Look) -> None:
    """Print plain tables, a blank line between them."""
    from shopscore.render import listing as table
    from shopscore.render.layout import Line

    for number, listing in enumerate(listings):
        console.print_lines([*([Line("")] if number else []), *table.render(listing, lang, look.width)], plain=True)


def write_rows(opened: Sequence[Opened], path: Path) -> None:
    """The rows of an explanation as CSV; a metric's rows stand under a head of their own."""
    from shopscore.render import csv, explain

    sheets = explain.sheets(opened)
    console.write(path, "".join(csv.render(each).removeprefix(csv.BOM if at else "") for at, each in enumerate(sheets)))
    console.tell(f"{sum(len(each.rows) for each in sheets)} rows written to {path}")


def gates_fail(report: Report, asked: Sequence[str], since: Mapping[str, ShopComparison] | None, lang: str) -> bool:
    """Whether a gate fails; which, and why, is said on stderr.

    Args:
        report: the audit.
        asked: what is asked of every shop that does not ask something of its own.
        since: what each shop has become since its last audit alike; None without a history.
        lang: the language.
    """
    from shopscore import gates
    from shopscore.render import fired

    if name := gates.unknown(report, asked):
        raise UsageError(f"--fail-on {name}: no such metric in this report")
    found = gates.fired(report, asked, since or {})
    for line in (*fired.lines(found, report, lang), *fired.unanswered(report, asked, since, lang)):
        console.tell(line)
    return bool(found)


def _deliver(  # noqa: PLR0913 - where to and how are facts of their own
    page: Page, stem: str, formats: Mapping[str, Format[Page]], output: Path | None, lang: str, *, look: Look
) -> None:
    for written in formats.values():
        if output is not None:
            into = len(formats) > 1 or _is_folder(output, written)
            _write(page, stem, written, output, lang, into=into, look=look)
        elif written.lines is not None:
            console.print_lines(written.lines(page, lang, look), plain=look.plain)
        else:
            content = written.render(page, lang)
            console.out(content.decode() if isinstance(content, bytes) else content)


def _is_folder(output: Path, written: Format[Page]) -> bool:
    """Whether a single format goes into a folder: into one there is, or one named for several files."""
    return output.is_dir() or (written.files is not None and not output.suffix)


def _write(  # noqa: PLR0913 - where to and how are facts of their own
    page: Page, stem: str, written: Format[Page], output: Path, lang: str, *, into: bool, look: Look
) -> None:
    a_file = output.suffix.lower() in _ONE_PAGE and not output.is_dir()
    site = written.pages(page, lang) if written.pages is not None and not a_file else None
    if site is not None:
        for name, content in site:
            console.write(output / name, content)
    elif into and written.files is not None:
        for name, content in written.files(page, lang):
            console.write(output / f"{stem}.{name}.{written.suffix}", content)
    else:
        lines = written.lines(page, lang, look) if written.lines is not None else None
        whole = written.render(page, lang) if lines is None else _joined(lines)
        console.write(output / f"{stem}.{written.suffix}" if into else output, whole)


_ONE_PAGE = (".html", ".htm")
"""How a name ends that is a file's, even where there would be a folder of pages."""


def _joined(lines: Iterable[Line]) -> str:
    return "".join(f"{line.text}\n" for line in lines)
