"""Strategies for the files a reader may meet: bytes, headers, cells, tables, archives, and damage to them."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import xlsxwriter
from hypothesis import strategies as st

from shopscore.readers.cells.conventions import conventions
from shopscore.readers.formats import source_headers
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.ruleset.format import Format

RULES = load_rules([default_rules_dir()])
FORMATS = [loaded.format for loaded in RULES.formats]
PERSON = "欧阳某某"
"""A name that stands in a column of persons; even where damage moves it elsewhere, no account may repeat it."""
MADE = dt.datetime(2026, 1, 1)
"""When every file is made, so that the same draw gives the same bytes."""
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le")


def headers_of(form: Format) -> list[str]:
    """Every header a format names."""
    named = [name for spec in form.columns.values() for name in source_headers(spec)]
    return list(dict.fromkeys([*(name for names in form.must for name in names), *named, *form.ignored, *form.shop]))


WORDS = sorted({text for listed in RULES.words.values() for texts in listed.words.values() for text in texts})
CELLS = st.one_of(
    st.sampled_from(["", " ", "0", "-1", "1", "12.50", "￥1,234.5", "(3)", "1e5", "2.02606041134381e+27", "="]),
    st.sampled_from(
        [*sorted(conventions().empty), "是", "否", "true", "总计", "合计", "\ufeff", "\u200b", "\x00", "\t"]
    ),
    st.sampled_from(['="193000000000001"', "'1930", "No:78", "193000000000000000", "9007199254740993", "=1+1", "@x"]),
    st.sampled_from(
        ["2026-11-03 10:00:00", "2026/11/3 9:05", "31/12/2025 22:36", "13/13/2026", "11月18日", "20261103"]
    ),
    st.sampled_from(["2026-11-03T10:00:00Z", "2026-11-03 10:00:00 -0500", "9999-12-31", "0000-00-00", "Sep-27-26"]),
    st.sampled_from([*WORDS[:400], "M1;M2", '"', '""', "a\nb", "a\r\nb", "a,b", "<b>", "[red]", "1" * 400]),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20).map(str),
    st.floats(allow_nan=True).map(str),
    st.datetimes().map(str),
)


@dataclass(frozen=True)
class Table:
    """A stem, what stands above the header, the header, and rows of anything."""

    stem: str
    above: list[list[str]]
    header: list[str]
    rows: list[list[str]]

    @property
    def lines(self) -> list[list[str]]:
        """All rows from top to bottom."""
        return [*self.above, self.header, *self.rows]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """The header of a format or of a canonical table, perhaps damaged, and rows of anything."""
    if draw(st.booleans()):
        form = draw(st.sampled_from(FORMATS))
        stem, must, names = form.id, draw(st.sampled_from(form.must)), headers_of(form)
    else:
        table = draw(st.sampled_from(sorted(TABLES)))
        stem = table
        must = [column.name for column in TABLES[table].columns if column.needed] or list(TABLES[table].either)
        names = [column.name for column in TABLES[table].columns]
    others = draw(st.lists(st.sampled_from([*names, "备注", "收货人姓名", "", "x"]), max_size=12))
    header = draw(st.permutations([*must, *others, "联系手机"]))
    if draw(st.integers(0, 9)) == 0:
        header = draw(st.lists(st.text(max_size=8), max_size=8))
    above = draw(st.lists(st.lists(st.sampled_from(["", "导出说明", "#", "----"]), max_size=3), max_size=3))
    rows = draw(st.lists(st.lists(CELLS, min_size=0, max_size=len(header) + 2), max_size=12))
    person = header.index("联系手机") if "联系手机" in header else None
    for row in rows:
        if person is not None and person < len(row):
            row[person] = PERSON
    return Table(stem, above, header, rows)


@st.composite
def delimited(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table as text, in some encoding, under some delimiter and line end, quoted well or badly."""
    table = draw(tables())
    delimiter = draw(st.sampled_from([",", "\t", ";"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoted = draw(st.booleans())

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted else text

    text = end.join(delimiter.join(cell(each) for each in row) for row in table.lines) + draw(
        st.sampled_from(["", end])
    )
    content = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    return f"{table.stem}.{draw(st.sampled_from(['csv', 'txt', 'xls', 'tsv']))}", content


@st.composite
def workbooks(draw: st.DrawFn) -> tuple[str, bytes]:
    """Tables as sheets; numbers, formulas and times as such."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True})
    book.set_properties({"created": MADE})
    stem = "book"
    for _ in range(draw(st.integers(1, 2))):
        table = draw(tables())
        stem = table.stem
        sheet = book.add_worksheet()
        for at, row in enumerate(table.lines, draw(st.integers(0, 2))):
            for place, text in enumerate(row):
                _write(sheet, at, place, text)
    book.close()
    return f"{stem}.xlsx", out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, at: int, place: int, text: str) -> None:
    if text.startswith("="):
        sheet.write_formula(at, place, "=1+1", None, text)
        return
    try:
        sheet.write_number(at, place, float(text))
    except ValueError:
        sheet.write_string(at, place, text.replace("\x00", ""))


@st.composite
def parquets(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table as Parquet: texts, and some columns of other types."""
    table = draw(tables())
    header = list(dict.fromkeys(name or "blank" for name in table.header or ["order_id"]))
    values = draw(st.sampled_from([["1", None], [1, 2], [1.5, None], [True, False], [b"x", b"y"], [[1], [2]]]))
    out = io.BytesIO()
    pl.DataFrame(dict.fromkeys(header, values), strict=False).write_parquet(out)
    return f"{table.stem}.parquet", out.getvalue()


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), CELLS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["chats", "data", "sender", "date", "time", "text", "user", "from"]), inner),
    ),
    max_leaves=20,
)


@st.composite
def records(draw: st.DrawFn) -> tuple[str, bytes]:
    """JSON, JSON lines, and tables as JSON objects."""
    table = draw(tables())
    of_table = [dict(zip(table.header, row, strict=False)) for row in table.rows]
    value = draw(st.one_of(JSON, st.just(of_table), st.just({"user": PERSON, "chats": of_table})))
    if draw(st.booleans()) and isinstance(value, list):
        return f"{table.stem}.jsonl", "\n".join(json.dumps(each) for each in value).encode()
    return f"{table.stem}.json", json.dumps(value, ensure_ascii=draw(st.booleans())).encode("utf-8", "replace")


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table as a web page, its tags perhaps left open."""
    table = draw(tables())
    close = draw(st.sampled_from(["</td>", ""]))
    body = "".join("<tr>" + "".join(f"<td>{cell}{close}" for cell in row) for row in table.lines)
    head = draw(st.sampled_from(["<html><body>", "<!DOCTYPE html>", '<meta charset="gb2312">', ""]))
    return f"{table.stem}.xls", f"{head}<table>{body}</table>".encode(draw(st.sampled_from(ENCODINGS)), "replace")


STAMPS = st.sampled_from(["2026-11-03 10:00:00", "2026-11-3 9:05:07", "2026-11-03", "10:00", "昨天 10:00", ""])
SPEAKERS = st.sampled_from(["店铺甲:小王", "店铺甲", "tb_买家01", "服务助手", "[买家]", "A --> B", ""])


@st.composite
def transcripts(draw: st.DrawFn) -> tuple[str, bytes]:
    """A talk as it is copied out of a chat window."""
    turns = draw(st.lists(st.tuples(SPEAKERS, st.sampled_from([" ", "", "\n"]), STAMPS, CELLS), max_size=10))
    extra = st.sampled_from(["已读", "未读", "X 撤回了一条消息", "由 服务助手 转交给", PERSON])
    text = "\r\n".join(f"{who}{gap}{when}\r\n{said}\r\n{draw(extra)}" for who, gap, when, said in turns)
    return "聊天记录.txt", text.encode(draw(st.sampled_from(["utf-8", "gb18030"])), "replace")


RAW = st.tuples(
    st.sampled_from(["a.csv", "orders.csv", "messages.csv", "a.xlsx", "a.zip", "a.json", "a.xls", "a.parquet", "a"]),
    st.one_of(
        st.binary(max_size=400),
        st.builds(
            bytes.__add__,
            st.sampled_from(
                [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"<table>", b"{", b"[", b"\xff\xfe"]
            ),
            st.binary(max_size=400),
        ),
    ),
)
SOUND = st.one_of(delimited(), workbooks(), parquets(), records(), pages(), transcripts())


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sound file cut off, with bytes changed, put in or taken out, or another file behind it."""
    name, content = draw(SOUND)
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.integers(0, 4)):
            case 0:
                del data[at:]
            case 1:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=2))
            case 2:
                del data[at : at + draw(st.integers(1, 40))]
            case 3:
                data[at:at] = draw(st.sampled_from([b"\x00", b'"', b"\n", b"\xff", b"\x80", "交易成功".encode()]))
            case _:
                data += draw(SOUND)[1]
    return name, bytes(data)


NAMES = st.sampled_from(
    ["{}", "a/{}", "../{}", "/{}", "店铺/{}", "C:\\{}", "{} (1)", "~${}", "x\x1b[31m{}", "a" * 200 + "{}"]
)


@st.composite
def archives(draw: st.DrawFn) -> tuple[str, bytes]:
    """Files in a zip, under honest and other names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))) as opened:
        names: set[str] = set()
        for name, content in draw(st.lists(st.one_of(SOUND, damaged(), RAW), max_size=3)):
            placed = draw(NAMES).format(name)
            if placed not in names:
                names.add(placed)
                opened.writestr(zipfile.ZipInfo(placed, MADE.timetuple()[:6]), content)
    return "导出.zip", _flipped(draw, out.getvalue())


def _flipped(draw: st.DrawFn, content: bytes) -> bytes:
    if draw(st.integers(0, 3)):
        return content
    at = draw(st.integers(0, len(content) - 1))
    return content[:at] + draw(st.binary(max_size=3)) + content[at + draw(st.integers(0, 3)) :]


FILES: st.SearchStrategy[Sequence[tuple[str, bytes]]] = st.lists(
    st.one_of(SOUND, damaged(), RAW, archives()), min_size=1, max_size=3
)
