"""Tables that are web pages or XML under another name, read as a browser or a spreadsheet shows them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from readers_world import HEADER, archive, order

from shopscore.readers import limits
from shopscore.readers.kinds.drawing import number_text
from shopscore.readers.kinds.webpage import tables

HEAD = "<tr>" + "".join(f"<th>{name}</th>" for name in HEADER.split(",")) + "</tr>"


def line(number, **written):
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in order(number, **written).split(",")) + "</tr>"


def drawn(page):
    """The tables of a page, every row as a list of its cells."""
    return [
        [[row.get(at, "") for at in range(max(row, default=-1) + 1)] for row in table.rows] for table in tables(page)
    ]


@pytest.mark.parametrize(
    ("encoding", "meta", "named"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8-sig", "", "utf-8"),
        ("gb18030", "", "gb18030"),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        ("gb18030", '<meta charset="utf-8">', "gb18030"),
        ("utf-16", "", "utf-16"),
        ("utf-16-le", "", "utf-16-le"),
    ],
)
def test_a_web_page_saved_as_a_workbook_is_read_in_its_encoding(orders_of, encoding, meta, named):
    page = f"<html><head>{meta}</head><body><table>{HEAD}{line('1001', tracking='SF1')}</table></body></html>"
    rows, account = orders_of(page.encode(encoding), name="导出.xls")
    assert account.encoding == named
    assert [(row["order_id"], row["status"], row["tracking_no"]) for row in rows] == [("1001", "finished", "SF1")]


@pytest.mark.parametrize("above", [4, 5])
def test_title_rows_of_a_page_stand_above_the_header(orders_of, above):
    titles = "<tr><td colspan=8>生意参谋 数据导出</td></tr>" + "<tr><td>&nbsp;</td></tr>" * (above - 1)
    page = f"<table border=1>{titles}{HEAD}{line('1')}{line('x', created='gestern')}</table>"
    rows, account = orders_of(page.encode("gb18030"), name="生意参谋.xls")
    assert [row["order_id"] for row in rows] == ["1"]
    assert account.refusals[0].examples[0].row == above + 3


@pytest.mark.parametrize("ending", ["xls", "csv"])
def test_text_under_the_name_of_a_workbook_is_text(orders_of, ending):
    content = f"{HEADER}\r\n{order('1')}\r\n".replace(",", "\t").encode("gb18030")
    assert orders_of(content, name=f"导出.{ending}")[1].rows_accepted == 1


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<table><tr><td>a</td><td>b</td></tr></table>", [["a", "b"]]),
        ("<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE>", [["a", "b"], ["c", "d"]]),
        ("<table><thead><th>a</th></thead><tbody><td>b</td></tbody></table>", [["a"], ["b"]]),
        ("<table><tr><td>a<br>b<p>c</p></td></tr></table>", [["a\nb\nc"]]),
        ("<table><tr><td> a \r\n  b&nbsp;</td></tr></table>", [["a b"]]),
        ("<table><tr><td>&lt;b&gt; &amp; &#20013;&yen;5</td></tr></table>", [["<b> & 中¥5"]]),
        ("<table><tr><td>a<script>if (a < b) '</td>'</script><style>td{}</style>b</td></tr></table>", [["ab"]]),
        ("<table><tr><td>a<!-- </td><td>x --></td><td>b</td></tr></table>", [["a", "b"]]),
        ('<table><tr><td title="a>b" class=c>d</td></tr></table>', [["d"]]),
        ('<table><tr><td style="vnd.ms-excel.numberformat:@">007</td></tr></table>', [["007"]]),
        ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", [["a", "", "b"]]),
        ("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>", [["a", "b"], ["", "c"]]),
        (
            "<table><tr><td>a<td rowspan='2' colspan='2'>b<td>c<tr><td>d<td>e</table>",
            [["a", "b", "", "c"], ["d", "", "", "e"]],
        ),
        ("<table><tr></tr><tr><td>a</td></tr></table>", [[], ["a"]]),
        ("<table><tr><td>a</td></tr><tr><td>b", [["a"], ["b"]]),
        ("<table><tr><td>a</td><td>b<td cla", [["a", "b"]]),
        ("<table><tr><td>1 < 2</td></tr></table>", [["1 < 2"]]),
        ("<table><tr><td>a</td></tr></table><p>b</p></td>", [["a"]]),
    ],
)
def test_a_table_is_laid_out_as_a_browser_does(page, shown):
    assert drawn(page) == [shown]


def test_a_table_inside_a_table_is_one_of_its_own():
    page = "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>"
    assert drawn(page) == [[["a", "c"]], [["b"]]]


def test_every_known_table_of_a_page_is_read(read):
    scans = "<tr><td>运单号</td><td>揽收时间</td></tr><tr><td>SF1</td><td>2026-11-03 12:00:00</td></tr>"
    other = "<tr><td>说明</td></tr><tr><td>无</td></tr>"
    page = f"<table>{HEAD}{line('1')}</table><table>{other}</table><table>{scans}</table>"
    reading = read({"a.xls": page})
    assert sorted(reading.accounts) == ["a.xls[1]", "a.xls[3]"]
    (note,) = reading.accounts["a.xls[1]"].notes
    assert (note.reason, note.count, note.examples[0].column) == ("unread_sheet", 2, "2")


@pytest.mark.parametrize("piece", ["<a", '<a ">"', "<!--", "<script>", "<table ", "<tr><td>", "</", "&#", "<![", "<p "])
def test_a_page_is_gone_through_once_whatever_is_wrong_with_it(piece):
    assert drawn("<table><tr><td>a</td></tr></table>" + piece * 100_000) == [[["a"]]]


def test_a_page_of_too_many_tables_is_not_read(read):
    (account,) = read({"a.xls": "<table><tr><td>a" * (limits.MAX_TABLES + 1)}).accounts.values()
    assert "MiB" in account.message.en


@pytest.mark.parametrize(
    "row",
    ["<tr><td colspan=1000>a", "<tr><td rowspan=60000>a<td>b", "<tr>" + "<td rowspan=9 colspan=9>a" * 9],
)
def test_spans_do_not_fill_the_memory(read, monkeypatch, row):
    monkeypatch.setattr(limits, "MAX_MARKUP_CELLS", 5000)
    (account,) = read({"a.xls": "<table>" + row * 3000}).accounts.values()
    assert "MiB" in account.message.en


EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"
WORKBOOK = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    f'<Workbook xmlns="{EXCEL}" xmlns:ss="{EXCEL}">'
    '<Worksheet ss:Name="订单"><Table>{}</Table></Worksheet></Workbook>'
)
TITLES = ("订单编号", "订单创建时间", "实付款(元)", "物流单号")


def xml_row(*written, index=""):
    return f"<Row{index}>" + "".join(written) + "</Row>"


def xml_cell(text, kind="String", more=""):
    return f'<Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_the_xml_of_excel_2003_is_read(orders_of):
    rows = (
        xml_row(*map(xml_cell, TITLES)),
        xml_row(
            xml_cell("1"), xml_cell("2026-11-03T10:00:00.000", "DateTime"), xml_cell("2.5", "Number"),
            xml_cell("SF1")[:-7] + "<Comment><Data>说明</Data></Comment></Cell>", index=' ss:Index="4"',
        ),
        xml_row(xml_cell("2", more=' ss:MergeAcross="0"'), xml_cell("2026-11-03"), xml_cell("9", more=' ss:Index="4"')),
        xml_row(xml_cell("2.7384619283746501E+18", "Number"), xml_cell("2026-11-03")),
    )  # fmt: skip
    rows, account = orders_of(WORKBOOK.format("".join(rows)), name="a.xls")
    assert [(row["order_id"], row["created_at"], row["amount"], row["tracking_no"]) for row in rows] == [
        ("1", dt.datetime(2026, 11, 3, 10), Decimal("2.50"), "SF1"),
        ("2", dt.datetime(2026, 11, 3), None, "9"),
    ]
    assert (account.refusals[0].reason, account.refusals[0].examples[0].row) == ("damaged_id", 6)


def test_xml_that_declares_entities_is_refused(read):
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    page = WORKBOOK.format(xml_row(xml_cell("&b;"))).replace("<Workbook", f"{entities}<Workbook", 1)
    (account,) = read({"a.xls": page}).accounts.values()
    assert (account.rows_read, account.message is None) == (0, False)


SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
CONTENT = (
    f"<office:document-content {NAMES}><office:body><office:spreadsheet>"
    '<table:table table:name="订单">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods_row(*written, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">\n {" ".join(written)}\n</table:table-row>'


def ods_cell(text, times=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods(*rows):
    return archive({"mimetype": SPREADSHEET, "content.xml": CONTENT.format("".join(rows))})


def test_an_opendocument_sheet_is_read_as_it_shows(orders_of):
    remark = "<office:annotation><text:p>备注</text:p></office:annotation>"
    value = '<table:table-cell office:value-type="currency" office:value="2.5"><text:p>¥3</text:p></table:table-cell>'
    rows, account = orders_of(
        ods(
            ods_row("<table:table-cell/>", times=3),
            ods_row(*map(ods_cell, TITLES)),
            ods_row(ods_cell(f"1{remark}"), ods_cell("2026-11-03"), value, ods_cell("S<text:s text:c='2'/>F")),
            ods_row("<table:table-cell/>", times=1000),
            ods_row(ods_cell("2"), ods_cell("gestern")),
            ods_row("<table:table-cell/>", times=1_000_000),
        ),
        name="a.ods",
    )
    assert [(row["order_id"], row["amount"], row["tracking_no"]) for row in rows] == [("1", Decimal("2.50"), "S  F")]
    assert account.refusals[0].examples[0].row == 1006


def test_rows_that_stand_for_several_are_read_as_often(read):
    rows = [ods_row(*map(ods_cell, TITLES)), ods_row(ods_cell("1"), ods_cell("2026-11-03"), times=3)]
    (account,) = read({"a.ods": ods(*rows)}).accounts.values()
    assert (account.rows_read, account.rows_accepted, account.rows_duplicate) == (3, 1, 2)


@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, 16_000), (16_000_000, 1), (99_999_999, 99_999_999)])
def test_cells_that_stand_for_millions_do_not_fill_the_memory(read, rows, columns):
    (account,) = read({"a.ods": ods(ods_row(ods_cell("1", columns), times=rows))}).accounts.values()
    assert "MiB" in account.message.en


def test_a_flat_opendocument_sheet_is_read(orders_of):
    rows = ods_row(*map(ods_cell, TITLES)) + ods_row(ods_cell("1"), ods_cell("2026-11-03"))
    content = CONTENT.format(rows).replace("document-content", "document")
    assert [row["order_id"] for row in orders_of(content, name="a.fods")[0]] == ["1"]


def test_an_opendocument_text_is_no_workbook(read):
    content = archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
    (account,) = read({"a.odt": content}).accounts.values()
    assert "no workbook" in account.message.en


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("12", "12"),
        ("12.0", "12"),
        ("12.50", "12.50"),
        ("1E-3", "0.001"),
        ("9007199254740991", "9007199254740991"),
        ("9007199254740992", "9007199254740992.0"),
        ("2.7384619283746501E+18", "2.7384619283746501E+18"),
        ("-3", "-3"),
        ("NaN", "NaN"),
        ("1,5", "1,5"),
        ("1E-9999999", "1E-9999999"),
        ("1E+999999999", "1E+999999999"),
    ],
)
def test_numbers_are_written_out_and_inexact_ones_marked(written, text):
    assert number_text(written) == text
