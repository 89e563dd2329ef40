"""Content made to keep a pattern busy is gone through once: each of these took minutes to hours where it was not."""

from __future__ import annotations

import pytest

from shopscore.readers.books import ooxml, xlsx
from shopscore.readers.kinds import webpage

MANY = 200_000
HEADER = "<tr>" + "".join(f"<td>{name}" for name in ("订单编号", "订单创建时间", "实付款(元)"))


@pytest.mark.parametrize(
    "cells",
    [
        b'<c r="A2"' + b' t="e"' * MANY,
        b'<c r="A2"' * MANY + b' t="e"',
        b'<c r="A2" t="e"><f>' * MANY,
        b'<c r="A2"><f ' + b"a/" * MANY,
        b'<row r="2"><x:c ' + b'r="' * MANY,
        b'<c r="A2"><f>1' * MANY + b' t="str"',
    ],
)
def test_a_sheet_whose_tags_never_end(cells):
    assert xlsx.survey([cells]).holes == ()


def test_a_cell_larger_than_a_piece_is_counted_once():
    cell = b'<c r="A2" t="e"><v>#N/A</v></c>'
    assert len(xlsx.survey([cell[:9], cell[9:]]).holes) == 1
    assert len(xlsx.survey([b'<c r="A1" t="str"><v>' + b"x" * 200_000, b"x" * 200_000, b"</v></c>" + cell]).holes) == 1


@pytest.mark.parametrize(
    "text", [b"<Relationship " * MANY, b"<sheet " + b"a" * MANY * 5 + b">", b"<sheet a =" + b" " * MANY]
)
def test_a_list_of_sheets_whose_tags_never_end(text):
    for tag in (ooxml._RELATION, ooxml._SHEET):
        assert not any(ooxml._tags(text, tag))


@pytest.mark.parametrize(
    "rest",
    ["<td " * MANY, "<!-- a " * MANY, "<script a " * MANY, "<tr><td colspan=" + " " * MANY * 5 + "x>"],
)
def test_a_page_whose_tags_never_end(rest):
    page = f"<table>{HEADER}{rest}".encode()
    ((sheet,),) = webpage.sheets(page, set(), "utf-8")
    assert sheet.rows[0] == ("订单编号", "订单创建时间", "实付款(元)")
    assert webpage.sheets(b"<table>" + b"<td " * MANY, {"订单编号"}, None) is not None


def test_markup_is_no_hindrance_to_telling_an_encoding(orders_of):
    page = f"<html><table>{HEADER}<tr><td>1<td>2026-11-03 10:00:00<td>3.00{'<td ' * MANY}"
    rows, account = orders_of(page.encode("gb18030"), name="a.xls")
    assert (account.encoding, [row["order_id"] for row in rows]) == ("gb18030", ["1"])
