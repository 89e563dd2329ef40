"""Sheets as CSV and as a workbook, read by others: ids whole, nothing runs."""

from __future__ import annotations

import csv as reader
import datetime as dt
import io

import fastexcel
from hypothesis import given
from hypothesis import strategies as st

from shopscore.render import csv, xlsx
from shopscore.render.sheet import Column, Sheet

AT = dt.datetime(2026, 11, 23, 10)
COLUMNS = (
    Column("id", "id"),
    Column("say", "text"),
    Column("n", "number"),
    Column("share", "share"),
    Column("at", "time"),
)


def sheet(*rows):
    return Sheet("rows", COLUMNS, rows)


def read(text):
    assert text.startswith("\ufeff")
    return list(reader.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_csv_is_plain_and_its_ids_stay_ids():
    text = csv.render(sheet(("2738461928374650010", '甲,"乙"', 1, 0.25, AT), (None, None, None, None, None)))
    assert text.splitlines()[1] == '2738461928374650010\t,"甲,""乙""",1,0.25,2026-11-23 10:00:00'
    assert "\r\n" in text
    assert read(text)[2] == [""] * 5


def test_ids_that_a_spreadsheet_would_change_are_told_from_others():
    ids = ["0012", "12", "1E5", "2026-11", "11/12", "A-1", "261121-0000x", "=1+1", "-12", "+86123"]
    cells = [row[0] for row in read(csv.render(sheet(*((each, "", 0, 0.0, AT) for each in ids))))[1:]]
    kept = ["A-1", "261121-0000x", "'=1+1"]
    assert cells == [*(f"{each}\t" for each in ids[:5]), *kept, "-12\t", "+86123\t"]


def test_a_workbook_holds_text_as_text_and_times_as_times():
    book = fastexcel.read_excel(
        xlsx.render([sheet(("2738461928374650010", "=1+1", 3, 0.25, AT), ("007", "http://x", 4, 1.0, AT))], AT)
    )
    assert book.sheet_names == ["rows"]
    found = book.load_sheet("rows").to_polars()
    assert found.rows() == [("2738461928374650010", "'=1+1", 3.0, 0.25, AT), ("007", "http://x", 4.0, 1.0, AT)]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_nothing_in_a_text_runs_or_moves_a_cell(rows):
    text = csv.render(Sheet("rows", COLUMNS[:2], rows))
    cells = read(text)[1:]
    assert [len(row) for row in cells] == [2] * len(rows)
    for row in cells:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "@"))
            assert (
                not cell.lstrip().startswith(("+", "-"))
                or cell.strip().lstrip("+-").rstrip("%").replace(".", "", 1).isdigit()
            )
