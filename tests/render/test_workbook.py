"""The evidence as CSV and as a workbook, read by programs that did not write it."""

from __future__ import annotations

import csv as reader
import datetime as dt
import io
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest
from hostile_names import renamed
from msgspec.structs import replace

from shopscore import saved
from shopscore.model import Report
from shopscore.render import workbook, xlsx
from shopscore.render.sheet import Column, Sheet

GOLDEN = Path(__file__).parents[1] / "end_to_end" / "golden" / "report.json"
EMPTY = Report("1.0.0", "0.1.0", "a1", (), (), ())
NASTY = '=cmd|"/C calc"!A1\r\n,";\x1b\u202e'
SHEETS = (
    "read me", "metrics", "shortfalls", "at_risk", "evidence", "changes", "findings", "advice", "measures", "inputs",
)  # fmt: skip
LANGUAGES = ("en", "zh-Hans")


@pytest.fixture(scope="module")
def report():
    """The report of the sample shops."""
    return saved.read(GOLDEN.read_text(encoding="utf-8"), GOLDEN.name)


@pytest.fixture(scope="module")
def opened(report):
    """The workbook, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(workbook.book(report, "en")))


def lines(page):
    """The rows of a sheet by the names of its columns."""
    head, *rows = page.iter_rows()
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def tables(report, lang="en"):
    """Name → rows of the CSV files, as Python reads them."""
    return {name: read(text) for name, text in workbook.files(report, lang)}


def read(text):
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(reader.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_a_workbook_has_its_sheets_frozen_filtered_and_wide_enough(opened):
    assert tuple(opened.sheetnames) == SHEETS
    for page in opened:
        assert page.freeze_panes == "A2"
        assert (page.auto_filter.ref is not None) == (page.max_row > 1)
        assert all(page.column_dimensions[cell.column_letter].width >= 6 for cell in page[1][:1])


def test_values_are_numbers_in_the_format_of_their_unit(report, opened):
    rows = lines(opened["metrics"])
    metrics = [metric for shop in report.shops for metric in shop.metrics]
    assert [row["metric id"].value for row in rows] == [metric.id for metric in metrics]
    formats = set()
    for row, metric in zip(rows, metrics, strict=True):
        found = metric.measurement
        assert row["value"].value == pytest.approx(found.value)
        assert row["numerator"].value == pytest.approx(found.numerator)
        assert row["denominator"].value == pytest.approx(found.denominator)
        assert (row["value"].value is None) == (found.value is None)
        if found.value is not None:
            assert ("%" in row["value"].number_format) == (metric.unit == "rate")
            formats.add(row["value"].number_format)
        if found.window:
            assert row["from"].value == dt.datetime.combine(found.window.first, dt.time())
            assert row["from"].number_format == "yyyy-mm-dd"
    assert len(formats) > 2


def test_both_readers_and_both_kinds_of_file_agree(report, opened):
    data = workbook.book(report, "en")
    book = fastexcel.read_excel(data)
    texts = dict(workbook.files(report, "en"))
    for name in SHEETS:
        page = opened[name]
        found = book.load_sheet(name, dtypes="string").to_polars()
        assert found.shape == (page.max_row - 1, page.max_column)
        table = pl.read_csv(texts[name.replace(" ", "_")].encode(), infer_schema=False)
        assert table.columns == [cell.value for cell in page[1]]
        assert table.height == page.max_row - 1
        for mine, theirs in zip(table.rows(), page.iter_rows(min_row=2, values_only=True), strict=True):
            for text, value in zip(mine, theirs, strict=True):
                assert_same(text, value)


def assert_same(text, value):
    """A cell of a CSV and one of the workbook."""
    if value is None:
        assert text in (None, "")
    elif isinstance(value, dt.datetime):
        assert text in (str(value), str(value.date()))
    elif isinstance(value, int | float):
        assert float(text) == pytest.approx(value)
    else:
        assert text.removesuffix("\t") == value


def test_the_long_table_adds_up_to_what_is_judged(report):
    """The days of a share within its window are the counts it was judged by."""
    head, *rows = tables(report)["evidence"]
    at = {name: head.index(name) for name in ("shop", "metric id", "what", "day", "numerator", "denominator")}
    checked = 0
    for shop in report.shops:
        for metric in shop.metrics:
            found = metric.measurement
            if metric.kind != "ratio" or found.window is None or not found.trend:
                continue
            mine = [
                row
                for row in rows
                if (row[at["shop"]], row[at["metric id"]], row[at["what"]]) == (shop.shop, metric.id, "day")
                and found.window.first <= dt.date.fromisoformat(row[at["day"]]) <= found.window.last
            ]
            assert sum(float(row[at["denominator"]]) for row in mine) == pytest.approx(found.denominator)
            assert sum(float(row[at["numerator"]]) for row in mine) == pytest.approx(found.numerator)
            checked += 1
    assert checked > 5


def test_ids_stay_text_whatever_their_digits(report, opened):
    subjects = [each.subject for shop in report.shops for each in shop.due]
    rows = lines(opened["at_risk"])
    assert [row["id"].value for row in rows] == subjects
    assert all(row["id"].number_format == "@" for row in rows)
    head, *texts = tables(report)["at_risk"]
    assert [row[head.index("id")].rstrip("\t") for row in texts] == subjects
    assert all(row[head.index("id")].endswith("\t") for row in texts if row[head.index("id")].strip().isdigit())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_becomes_a_formula_or_a_row(report, lang):
    report = replace(report, shops=report.shops[:1])
    plain, nasty = (tables(renamed(report, text), lang) for text in ("plain", NASTY))
    assert {name: len(rows) for name, rows in nasty.items()} == {name: len(rows) for name, rows in plain.items()}
    cells = [cell for rows in nasty.values() for row in rows for cell in row]
    assert not any(cell.lstrip().startswith(("=", "@", "\t=")) for cell in cells)
    assert not any("\x1b" in cell or "\n" in cell or "\u202e" in cell for cell in cells)
    book = openpyxl.load_workbook(io.BytesIO(workbook.book(renamed(report, NASTY), lang)))
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_the_same_report_gives_the_same_bytes(report):
    report = replace(report, shops=report.shops[:1])
    assert workbook.book(report, "zh-Hans") == workbook.book(report, "zh-Hans")


def test_one_csv_is_the_metrics(report):
    assert workbook.metrics_alone(report, "en") == dict(workbook.files(report, "en"))["metrics"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_of_nothing_has_heads_only(lang):
    book = openpyxl.load_workbook(io.BytesIO(workbook.book(EMPTY, lang)))
    assert [page.max_row for page in book if page.title != "read me"] == [1] * (len(SHEETS) - 1)


def test_what_is_too_long_for_a_cell_or_a_sheet_is_kept_whole_or_cut(monkeypatch):
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 2)
    sheet = Sheet("many", (Column("a", "text"),), [["x" * 40_000], ["b"], ["c"], ["d"], ["e"]])
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render([sheet], dt.datetime(2026, 1, 1))))
    assert book.sheetnames == ["many", "many 2", "many 3"]
    assert [page.max_row - 1 for page in book] == [2, 2, 1]
    assert len(book["many"]["A2"].value) == 32_767


def test_amounts_and_counts_are_told_apart(report):
    shop = report.shops[0]
    metric = replace(shop.metrics[0], unit="money", currency="CNY")
    found = replace(report, shops=(replace(shop, metrics=(metric,), shortfalls=()),))
    row = lines(openpyxl.load_workbook(io.BytesIO(workbook.book(found, "en")))["metrics"])[0]
    assert (row["value"].number_format, row["unit"].value, row["currency"].value) == ("#,##0.00", "money", "CNY")
