"""What was read: each file, what it was taken for, every row accounted for; how far each shop's can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import trusted
from shopscore.render.layout import WIDTH, Line, fold
from shopscore.render.words import joined, labelled, say, say_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Account, CellRefusals, FileAccount, Refusal

_TAKEN = ("format", "table", "encoding", "platform", "shop")
"""What a file was taken for, in the order it is said."""


def render(account: Account, lang: str, width: int = WIDTH) -> Iterator[Line]:
    """Every file, then the total, then the trust in each shop with all its reasons, then what else is to be known."""
    for each in account.files:
        yield from _file(each, lang, width)
    yield Line("")
    yield from (Line(text, "bold") for text in fold(total(account.files, lang), width, "  ", ""))
    for name, trust in account.shops:
        yield from trusted.lines(trust, lang, width, name=name, shown=len(trust.reasons))
    for warning in account.warnings:
        yield from (Line(text, "yellow") for text in fold(format(warning, lang), width, "  ", "! "))


def total(accounts: Sequence[FileAccount], lang: str) -> str:
    """All files together, in one line."""
    return say(
        lang,
        "account_line",
        files=len(accounts),
        read=f"{sum(account.rows_read for account in accounts):,}",
        accepted=f"{sum(account.rows_accepted for account in accounts):,}",
        duplicate=f"{sum(account.rows_duplicate for account in accounts):,}",
        refused=f"{sum(account.rows_refused for account in accounts):,}",
    )


def _file(account: FileAccount, lang: str, width: int) -> Iterator[Line]:
    yield from (Line(text, "bold") for text in fold(account.file, width))
    taken = [(name, str(value)) for name in _TAKEN if (value := getattr(account, name)) is not None]
    if taken:
        said = "  ".join(labelled(lang, say(lang, f"taken_{name}"), value) for name, value in taken)
        yield from (Line(text) for text in fold(said, width, "  "))
    counts = say(
        lang,
        "rows_line",
        read=f"{account.rows_read:,}",
        accepted=f"{account.rows_accepted:,}",
        duplicate=f"{account.rows_duplicate:,}",
        refused=f"{account.rows_refused:,}",
    )
    yield from (Line(text) for text in fold(counts, width, "    ", "  "))
    if account.columns_filling:
        filling = say(lang, "columns_filling", columns=joined(lang, account.columns_filling))
        yield from (Line(text) for text in fold(filling, width, "    ", "  "))
    if account.message:
        yield from (Line(text, "yellow") for text in fold(format(account.message, lang), width, "    ", "  ! "))
    used = [f"{column} <- {header}" if column != header else column for column, header in account.columns_used]
    for key, names in (("columns_used", used), ("columns_ignored", list(account.columns_ignored))):
        if names:
            text = labelled(lang, say(lang, key), ", ".join(names))
            yield from (Line(line, "dim") for line in fold(text, width, "    ", "  "))
    if account.totals_agree:
        agree = say(lang, "totals_agree", count=f"{account.totals_agree:,}")
        yield from (Line(line, "dim") for line in fold(agree, width, "    ", "  "))
    for note in notes(account):
        yield from (Line(text, "yellow") for text in fold(noted(note, lang), width, "    ", "  ! "))
    for refusal in account.refusals:
        yield from (Line(text, "yellow") for text in fold(refused_rows(refusal, lang), width, "    ", "  - "))
    for cells in account.cells_refused:
        yield from (Line(text, "yellow") for text in fold(refused_cells(cells, lang), width, "    ", "  - "))


def notes(account: FileAccount) -> list[Refusal]:
    """What is to be said of a file beyond its rows: that it was cut off says the row within which it ends."""
    ends = any(refusal.reason == "cut_row" for refusal in account.refusals)
    return [note for note in account.notes if not (ends and note.reason == "truncated")]


def noted(note: Refusal, lang: str) -> str:
    """What is wrong with a file beyond single rows, with the first place and the remedy; of gaps each is named."""
    said = say(lang, f"note_{note.reason}", count=f"{note.count:,}")
    if note.reason == "gap":
        return f"{said} ({', '.join(example.shape for example in note.examples)})"
    return said + _where(note, lang)


def refused_rows(refusal: Refusal, lang: str) -> str:
    """Rows left out for one reason, with the first place."""
    text = say(lang, "refusal_line", count=f"{refusal.count:,}", reason=say_reason(refusal.reason, lang))
    return text + _where(refusal, lang)


def _where(refusal: Refusal, lang: str) -> str:
    if not refusal.examples:
        return ""
    first = refusal.examples[0]
    where = "example" if first.shape else "example_column" if first.column else "example_row"
    return f" ({say(lang, where, row=first.row, column=first.column, shape=first.shape)})"


def refused_cells(cells: CellRefusals, lang: str) -> str:
    """Cells of one column that count as blank, with the first place."""
    first = cells.examples[0] if cells.examples else None
    example = say(lang, "example", row=first.row, column=first.column, shape=first.shape) if first else "-"
    return say(lang, "cells_line", count=f"{cells.count:,}", column=cells.column, example=example)
