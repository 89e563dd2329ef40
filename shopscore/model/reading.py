"""What was read: files, refusals, trust, and what a draft proposes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from shopscore.model.sentences import Words

Level = Literal["good", "fair", "low"]


class Example(Struct, frozen=True):
    """Where a refused row or cell stands; ``shape`` is its text only for ids, times, numbers and closed words."""

    row: int
    column: str
    shape: str


class Refusal(Struct, frozen=True):
    """Rows left out for one reason."""

    reason: str
    count: int
    examples: tuple[Example, ...] = ()


class CellRefusals(Struct, frozen=True):
    """Cells of one column that could not be read and count as blank."""

    column: str
    count: int
    examples: tuple[Example, ...] = ()


class FileAccount(Struct, frozen=True):
    """One file, or one sheet of it: ``rows_read = rows_accepted + rows_duplicate + rows_refused``, always.

    ``notes`` is what is wrong with the file beyond single rows: the reason, how often, and where first.
    ``columns_filling`` is what a file none of whose rows stands for itself still gives to the rows of other files.
    ``totals_agree`` is how many totals the file states of itself that are what its rows add up to.
    """

    file: str
    sha256: str
    format: str | None
    table: str | None
    encoding: str | None
    platform: str | None
    shop: str | None
    rows_read: int
    rows_accepted: int
    rows_duplicate: int
    rows_refused: int
    refusals: tuple[Refusal, ...] = ()
    cells_refused: tuple[CellRefusals, ...] = ()
    columns_used: tuple[tuple[str, str], ...] = ()
    columns_ignored: tuple[str, ...] = ()
    notes: tuple[Refusal, ...] = ()
    totals_agree: int = 0
    columns_filling: tuple[str, ...] = ()
    message: Words | None = None


class TrustReason(Struct, frozen=True):
    """Something that is wrong with what was read.

    Attributes:
        kind: rows left out, cells read as blank, a note on a file, or files nothing was made of.
        reason: a refusal's or a note's; the column of cells; nothing for files.
        table: the table it touches, where that is known.
        files: the files it was found in, those with most of it first.
        count: rows, cells or files, or what else a note counts.
        rows: rows of data of the table, the lost ones among them.
        level: what the trust would be with nothing else wrong.
        message: what is said of the first file nothing was made of.
        of_files: rows of data of the files it was found in.
        header: what the first of them calls the column it is about; nothing where it has the column's own name.
    """

    kind: Literal["rows", "cells", "note", "unused"]
    reason: str
    table: str | None
    files: tuple[str, ...]
    count: int
    rows: int
    level: Level
    message: Words | None = None
    of_files: int = 0
    header: str = ""


class Trust(Struct, frozen=True):
    """How far one shop's reading can be trusted, and why; ``reasons`` weightiest first."""

    level: Level
    files: int
    rows: int
    refused: int
    reasons: tuple[TrustReason, ...] = ()


NOTHING_READ = Trust("good", 0, 0, 0)
"""The trust in no files at all."""


class Account(Struct, frozen=True):
    """Every file read, the trust in each shop, by ``platform/shop``, and what a user should know."""

    files: tuple[FileAccount, ...]
    shops: tuple[tuple[str, Trust], ...] = ()
    warnings: tuple[Words, ...] = ()


class Draft(Struct, frozen=True):
    """One file that ``init`` looked at, and what it proposes to write.

    ``path`` and ``text`` are where the proposal goes and what it says, both None where there is none; ``doubtful`` are
    the columns a person should look at.
    """

    file: str
    said: Words
    path: str | None = None
    text: str | None = None
    doubtful: tuple[str, ...] = ()
