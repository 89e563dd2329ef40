"""Web pages → their tables, read as a browser lays them out: back offices save such pages as ``.xls``.

The scanner goes through a page once, whatever is wrong with it; a comment, script or tag that is never closed ends it.
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from shopscore.readers import limits, sentences, sniff
from shopscore.readers.kinds.drawing import Drawing, TooLargeError, new_drawing, sheet_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from shopscore.model import Words
    from shopscore.readers.kinds.sheet import Sheet

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)>|(<!--)|<[!?][^>]*>|(<)(?=/?[a-zA-Z])"""
)
"""A tag, the beginning of a comment, a declaration; at last a tag that is not closed before the page ends."""
_SPAN = re.compile(r"\b(col|row)span\s*+=\s*+[\"']?+\s*+(\d{1,6})", re.IGNORECASE)
_UNCLOSED = re.compile(r"<[/!a-zA-Z].*", re.DOTALL)
_MARKUP = re.compile(rb"<[^<>]*+>")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_BREAKS = re.compile(r" ?\n[ \n]*")
_RAW = frozenset({"script", "style", "title", "textarea", "xml", "template", "noscript"})
"""Elements whose content is no text of the page."""
_LINES = frozenset({"br", "p", "div", "li"})
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_MOST_SPANNED = {"col": 1000, "row": 65534}


def sheets(content: Path | bytes, words: Collection[str], encoding: str | None) -> Iterator[tuple[Sheet, ...]] | Words:
    """The tables of a page, in the order in which they begin.

    Args:
        content: the file on disk, or its bytes.
        words: folded header words of all formats, by which encodings are told.
        encoding: if the user states it.
    """
    data = content.read_bytes() if isinstance(content, Path) else content
    if len(data) > limits.MAX_MARKUP_BYTES:
        return sentences.MARKUP_TOO_LARGE
    # Between tags stand the words an encoding is told by.
    encoding = encoding or sniff.encoding_of(data if b"\0" in data else _MARKUP.sub(b"\t", data), words)
    if encoding is None:
        return sentences.NO_TEXT
    try:
        drawings = tables(data.decode(encoding, "replace").replace("\0", ""))
    except TooLargeError:
        return sentences.MARKUP_TOO_LARGE
    if not drawings:
        return sentences.WEB_PAGE
    return ((sheet_of(drawing, encoding),) for drawing in drawings)


class _Table(Struct):
    """A table that is not closed yet.

    Attributes:
        drawing: what was read of it.
        row: the row that is open, -1 before the first.
        in_row: whether it is open.
        column: where its next cell goes.
        text: of the open cell.
        at: where the open cell stands.
        spans: cells of rows above that reach down: first column, the one after the last, last row.
    """

    drawing: Drawing
    row: int = -1
    in_row: bool = False
    column: int = 0
    text: list[str] | None = None
    at: int = 0
    spans: list[tuple[int, int, int]] = field(default_factory=list)


def tables(page: str) -> list[Drawing]:
    """Every table of a page, nested ones too."""
    found: list[Drawing] = []
    opened: list[_Table] = []
    for text, closing, name, attributes in _tokens(page):
        table = opened[-1] if opened else None
        if table is not None and table.text is not None and text:
            table.text.append(_SPACES.sub(" ", html.unescape(text) if "&" in text else text))
        if name == "table" and not closing:
            _begin_table(found, opened)
        elif table is not None and name == "table":
            _end_row(table)
            opened.pop()
        elif table is not None:
            _within(table, name, attributes, closing=closing)
    for table in opened:
        _end_row(table)
    return found


def _begin_table(found: list[Drawing], opened: list[_Table]) -> None:
    for outer in opened:
        outer.drawing.frames = True
    found.append(new_drawing(str(len(found) + 1), found))
    opened.append(_Table(found[-1]))
    if len(found) > limits.MAX_TABLES:
        raise TooLargeError


def _within(table: _Table, name: str, attributes: str, *, closing: bool) -> None:
    """A tag inside a table."""
    if name in {"td", "th"}:
        _end_cell(table)
        if not closing:
            _begin_cell(table, attributes)
    elif name == "tr" or name in _GROUPS:
        _end_row(table)
        if name == "tr" and not closing:
            _begin_row(table)
    elif name in _LINES and table.text is not None:
        table.text.append("\n")


def _tokens(page: str) -> Iterator[tuple[str, bool, str, str]]:
    """The text before a tag, whether it closes, its name and its attributes; the text at the end has no tag."""
    at, end = 0, page.rfind(">") + 1
    while (tag := _TAG.search(page, at, end)) is not None:
        before = page[at : tag.start()]
        name = (tag[2] or "").lower()
        at = tag.end()
        if tag[4] or (name in _RAW and not tag[1]):
            closed = _closing(name).search(page, at, end)
            at = closed.end() if closed else len(page)
        if tag[5]:
            at = len(page)
        yield before, bool(tag[1]), name, tag[3] or ""
    yield _UNCLOSED.sub("", page[at:]), False, "", ""


@cache
def _closing(name: str) -> re.Pattern[str]:
    """What ends a comment (no name) or an element whose content is skipped."""
    return re.compile(rf"</{name}\b[^>]*>" if name else "-->", re.IGNORECASE)


def _begin_row(table: _Table) -> None:
    table.row += 1
    table.in_row = True
    table.column = 0
    table.drawing.fill(table.row + 1)
    table.spans = [span for span in table.spans if span[2] >= table.row]


def _end_row(table: _Table) -> None:
    _end_cell(table)
    table.in_row = False


def _begin_cell(table: _Table, attributes: str) -> None:
    if not table.in_row:
        _begin_row(table)
    for first, after, _ in table.spans:
        table.drawing.spend(1)
        if first <= table.column < after:
            table.column = after
    spans = {kind.lower(): min(int(number), _MOST_SPANNED[kind.lower()]) for kind, number in _SPAN.findall(attributes)}
    table.at = table.column
    table.column += max(1, spans.get("col", 1))
    if spans.get("row", 1) > 1:
        table.spans.append((table.at, table.column, table.row + spans["row"] - 1))
        table.spans.sort()
    table.text = []


def _end_cell(table: _Table) -> None:
    if table.text is None:
        return
    text = _BREAKS.sub("\n", "".join(table.text)).strip(" \n")
    table.text = None
    if text and table.at <= limits.MAX_COLUMNS:
        table.drawing.put(table.row, table.at, text)
