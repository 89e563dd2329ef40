"""The shape of a format, ``rules/formats/<platform>_<table>.yaml``: one kind of export file."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from shopscore.ruleset.strict import Strict, Text, TimeZone
from shopscore.ruleset.transcript import Transcript
from shopscore.schema.columns import Kind


class Rule(Strict):
    """A value found by looking at one column's text.

    The first entry of ``words`` that equals the cell wins; then the first of ``contains`` found inside it; else
    ``default`` (blank when not given). ``otherwise_keep`` keeps the text itself.
    A blank cell has no text: it gives nothing, not even ``default``, and the next rule is asked.

    ``join`` makes one text of all the columns named, with this between them, instead of the first that is there.
    ``find`` is a regular expression: of a text that holds it the rule looks at its group, or at all it found; other
    texts are none, and the next rule is asked. With ``every`` it looks at all that is found, commas between.
    ``same_as`` and ``when`` say in which rows the rule is asked at all: where the column of the first holds the same
    text, and where each column of the second holds one of its texts (``""`` is a cell that says nothing; a column
    that is not there holds no text, not even that one).
    """

    column: list[str]
    join: str | None = None
    find: str | None = None
    every: bool = False
    same_as: list[str] = []
    when: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    contains: dict[str, str] = {}
    default: str | None = None
    otherwise_keep: bool = False
    word_list: str | None = None
    """A list in ``rules/words/``: its ``words``, then its ``contains``, name the value."""


class FormatColumn(Strict):
    """How one canonical column is filled: the first of its rules, itself and ``then``, that gives a value.

    ``spread`` names columns whose texts group rows: the only value of a group is the value of all its rows.
    ``unsigned`` drops the sign of an amount, where an export writes money out with a minus or without one.
    """

    column: list[str] = []
    join: str | None = None
    find: str | None = None
    every: bool = False
    same_as: list[str] = []
    when: dict[str, list[str]] = {}
    spread: list[str] = []
    words: dict[str, str] = {}
    contains: dict[str, str] = {}
    default: str | None = None
    otherwise_keep: bool = False
    unit: Literal["yuan", "fen"] | None = None
    unsigned: bool = False
    split: str | None = None
    word_list: str | None = None
    """A list in ``rules/words/``: its ``words``, then its ``contains``, name the value."""
    then: list[Rule] = []


class Melt(Strict):
    """Figures that stand side by side, each under a header of its own, and are rows of the table.

    Attributes:
        name: the header under which ``columns`` finds which figure a row is: the text of its header.
        value: the header under which ``columns`` finds the figure.
        headers: the headers of figures, over all layouts; a file with none of them is read as it stands.
    """

    name: str
    value: str
    headers: list[str] = Field(min_length=1)


class Export(Strict):
    """Where the seller gets the file."""

    menu: Text
    file_name: str | None = None
    days: int | None = None
    note: Text | None = None
    confidence: Literal["high", "medium", "low"]
    source: list[str] = Field(min_length=1)


class Format(Strict):
    """One kind of export file and how its columns become a canonical table.

    Attributes:
        id: the file's stem, ``tmall_refunds``.
        platforms: whose shops have such files, where a file does not say whose it is; none named: any platform's.
        table: the canonical table it fills.
        must: header sets, one of which must be there whole (compared after folding).
        must_not: headers that rule it out.
        columns: canonical column → header names, newest first, or a rule.
        constants: canonical column → the same text for every row.
        drop: header → how the cells of description and total rows begin, dropped but counted; a text after ``*`` may
            stand anywhere in the cell.
        fill_down: canonical columns given on the first line of an order only.
        line_key: headers that tell the lines of one order apart.
        shop: headers that name the shop.
        ignored: headers known and left out on purpose (names, phones, addresses, texts).
        watched: headers that no table takes and what their cells hold, by which rows are told whose cells have moved.
        times: strptime forms of this export, tried before those of ``cells.yaml``; ``serial`` is a spreadsheet's count
            of days, ``epoch`` and ``epoch_ms`` are seconds and milliseconds since 1970. A form that says day and month
            settles what ``03/04/2026`` means.
        decimal: the sign before the fraction of its numbers; the other one groups thousands.
        once: canonical columns that an export repeats on every line of an order; they are kept on one line.
        split_orders: what separates several orders that stand in one row.
        melt: headers whose cells become rows: pages that show the figures of a day side by side.
        totals: regular expressions for footers, whose named groups state control totals: ``rows``, the sum of a
            canonical column by its name, or ``<column>_rows``, the rows in which it is neither blank nor zero.
        untotalled: canonical columns of which total rows state something other than the sum (a mean, other events).
        timezone: of its moments, where neither ``shop.yaml`` nor the platform's pack says one.
        from_name: canonical column of days → regular expressions that find its day in the file's name.
        lacks: needed canonical columns that these files do not have, and why: their rows cannot be used.
        tells: header → word → regular expressions. Of such a text only the first word whose expression is found in it
            is kept: chat texts say who wrote and are dropped.
        bundle: the header that tells files of one folder or archive apart: files in which it differs are read as one.
        transcript: how copied chat text is cut into messages; its columns are those headers name.
    """

    id: str
    platform: str | None = None
    platforms: list[str] = []
    table: str
    title: Text
    must: list[list[str]] = Field(min_length=1)
    must_not: list[str] = []
    columns: dict[str, str | list[str] | FormatColumn]
    constants: dict[str, str] = {}
    drop: dict[str, list[str]] = {}
    fill_down: list[str] = []
    line_key: list[str] = []
    shop: list[str] = []
    ignored: list[str] = []
    watched: dict[str, Kind] = {}
    times: list[str] = []
    decimal: Literal[".", ","] = "."
    once: list[str] = []
    split_orders: str | None = Field(default=None, min_length=1)
    melt: Melt | None = None
    totals: list[str] = []
    untotalled: list[str] = []
    timezone: TimeZone | None = None
    from_name: dict[str, list[str]] = {}
    lacks: dict[str, Text] = {}
    tells: dict[str, dict[str, list[str]]] = {}
    bundle: str | None = None
    transcript: Transcript | None = None
    export_time: list[str] = []
    export: Export
    valid_from: dt.date | None = None


class WordList(Strict):
    """Texts of a platform and the canonical word each stands for, ``rules/words/<id>.yaml``."""

    id: str
    title: Text
    source: list[str] = Field(min_length=1)
    words: dict[str, list[str]]
    """Canonical word → texts that equal it."""
    contains: dict[str, list[str]] = {}
    """Canonical word → texts found inside a longer one, tried in order after ``words``."""
