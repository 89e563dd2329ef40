"""Pages that have one form each: what was read, one number opened up, lists, proposals, the schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shopscore import console
from shopscore.delivery.formats import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopscore.model import Account, Draft, Explanation, Listing, Opened
    from shopscore.render.layout import Line, Look


def deliver_page(content: str | Iterable[Line], output: Path | None, *, plain: bool = False) -> None:
    """Print a page, or write it."""
    if output is not None:
        console.write(output, content if isinstance(content, str) else joined(content))
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
    count = sum(len(each.rows) for each in sheets)
    console.tell(f"{count} rows written to {path}", f"已将 {count} 行写入 {path}")
