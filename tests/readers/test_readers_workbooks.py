"""Workbooks of every kind, as other programs wrote them: the same rows, the same account."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from readers_world import KEY, NOW, archive, workbook

from shopscore.readers import limits, plan, read_unit
from shopscore.ruleset.format import Format, WordList

DATA = Path(__file__).parent / "data"
RULES = Path(__file__).parents[2] / "rules"
REFUNDS = Format.model_validate(yaml.safe_load((RULES / "formats/tmall_refunds.yaml").read_text(encoding="utf-8")))
WORDS = {
    path.stem: WordList.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in (RULES / "words").glob("*.yaml")
}
BOOKS = (
    "libreoffice.ods",
    "libreoffice.xls",
    "sheetjs_biff8.xls",
    "sheetjs_biff5.xls",
    "sheetjs_biff5_western.xls",
    "sheetjs_xlml.xls",
    "sheetjs_xlsb.xlsb",
)


@pytest.fixture(scope="module")
def book_of():
    """Read one file of ``data`` under the real format of refunds: its shops and accounts."""
    packs = {"tmall": SimpleNamespace(pack=SimpleNamespace(timezone="Asia/Shanghai"))}
    rules = SimpleNamespace(formats=[SimpleNamespace(format=REFUNDS)], words=WORDS, packs=packs, digest="")

    def run(name):
        (unit,) = plan([DATA / name], packs)
        return read_unit(unit, rules, key=KEY, now=NOW)

    return run


def notes_of(account):
    return {note.reason: note for note in account.notes}


@pytest.mark.parametrize("name", BOOKS)
def test_the_same_rows_come_from_every_kind_of_workbook(book_of, name):
    (shop,) = book_of(name).shops
    rows = shop.tables["refunds"].sort("refund_id").to_dicts()
    assert [(row["refund_id"], row["status"], row["amount"], row["return_tracking_no"]) for row in rows] == [
        ("123456789012", "success", Decimal("12.50"), "SF0000001"),
        ("2638461928374650001", "success", Decimal("12.50"), "SF0000001"),
        ("2738461928374650010", "success", Decimal("12.50"), "SF0000001"),
        ("2738461928374650011", "closed", Decimal("12.50"), "SF0000001"),
        ("2738461928374650014", "success", Decimal("10.00"), "SF0000001"),
        ("2738461928374650015", "success", Decimal("12.50"), None),
    ]
    assert {row["applied_at"] for row in rows[2:]} == {dt.datetime(2026, 11, 2, 10)}
    assert {row["reason"] for row in rows} == {"7天无理由退换货"}


@pytest.mark.parametrize("name", BOOKS)
def test_an_id_a_workbook_holds_as_a_number_is_refused_with_its_own_row(book_of, name):
    hidden, shown = book_of(name).accounts
    assert (hidden.file, hidden.rows_read, hidden.rows_accepted) == (f"{name}[旧]", 1, 1)
    assert (shown.file, shown.rows_read, shown.rows_accepted, shown.rows_refused) == (f"{name}[退款]", 6, 5, 1)
    (refusal,) = shown.refusals
    assert (refusal.reason, refusal.count, refusal.examples[0].row) == ("damaged_id", 1, 7)


@pytest.mark.parametrize("name", BOOKS)
def test_a_sheet_without_a_known_table_is_named(book_of, name):
    note = notes_of(book_of(name).accounts[1])["unread_sheet"]
    assert (note.count, note.examples[0].row, note.examples[0].column) == (2, 1, "说明")


@pytest.mark.parametrize("name", [name for name in BOOKS if not name.endswith(".xlsb")])
def test_a_formula_that_failed_is_no_silent_blank(book_of, name):
    note = notes_of(book_of(name).accounts[1])["error_cell"]
    (place,) = note.examples
    assert (note.count, place.row, place.column, place.shape) == (1, 10, "退货物流单号", "#N/A")


@pytest.mark.parametrize("name", ["sheetjs_biff5.xls", "sheetjs_biff5_western.xls"])
def test_chinese_in_a_workbook_of_bytes_is_read_whatever_code_page_it_states(book_of, name):
    assert {account.encoding for account in book_of(name).accounts} == {"gb18030"}


@pytest.mark.parametrize("name", ["locked.xls", "locked.xlsx", "locked.ods"])
def test_a_workbook_with_a_password_is_named_with_the_remedy(book_of, name):
    (account,) = book_of(name).accounts
    assert "protected by a password" in account.message.en
    assert "取消密码" in account.message.zh
    assert account.rows_read == 0


@pytest.mark.parametrize("name", ["locked.zip", "locked_aes.zip"])
def test_of_a_zip_the_members_without_a_password_are_read(read, name):
    accounts = read({"x.zip": (DATA / name).read_bytes()}).accounts
    assert "password" in accounts["x.zip/secret.csv"].message.en
    assert accounts["x.zip/good.csv"].rows_accepted == 1


def test_cells_in_a_short_form_are_not_lost_silently(book_of):
    (account,) = book_of("sheetjs_short.xlsb").accounts
    assert "short form" in account.message.en


@pytest.mark.parametrize("name", [*BOOKS, "locked.xls", "locked.xlsx"])
def test_a_workbook_cut_off_anywhere_is_a_sentence(read, name):
    content = (DATA / name).read_bytes()
    for cut in range(1, len(content), len(content) // 12):
        (account,) = read({name: content[:cut]}).accounts.values()
        assert account.message is not None


def test_ids_are_looked_at_where_the_first_column_is_empty(orders_of):
    header = [None, "订单编号", "订单创建时间", "实付款(元)"]
    book = workbook([header, [None, 2738461928374650010, "2026-11-03 10:00:00", 1]])
    rows, account = orders_of(book)
    assert (rows, account.refusals[0].reason) == ([], "damaged_id")


def test_rows_keep_the_numbers_a_spreadsheet_shows(orders_of):
    header = ["订单编号", "订单创建时间", "实付款(元)"]
    gap = [None, None, None]
    _, account = orders_of(workbook([gap, gap, header, gap, ["1", "2026-11-03", 1], gap, ["2", "gestern", 1]]))
    (refusal,) = account.refusals
    assert (refusal.reason, refusal.examples[0].row) == ("unreadable_created_at", 7)


NAMES = "http://schemas.openxmlformats.org"
MAIN, RELATION = f"{NAMES}/spreadsheetml/2006/main", f"{NAMES}/officeDocument/2006/relationships"


def cells(row, *texts):
    """Cells of text as a workbook stores them."""
    return "".join(f'<c r="{place}{row}" t="str"><v>{text}</v></c>' for place, text in zip("ABC", texts, strict=False))


HEAD = f'<row r="1">{cells(1, "订单编号", "订单创建时间", "实付款(元)")}</row>'


def relations(kind, target):
    """The part that says where another one is."""
    found = f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{NAMES}/package/2006/relationships">{found}</Relationships>'


def xlsx(rows):
    """The smallest workbook around a sheet's rows."""
    listed = '<sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets>'
    return archive(
        {
            "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">{listed}</workbook>',
            "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD}{rows}</sheetData></worksheet>',
        }
    )


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="90000"><c r="BZ90000"><v>1</v></c></row>',
        "<row r='1048576'><c s='1' r='XFD1048576'><v>1</v></c></row>",
        '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        '<row r="1048576">' + "<c><v>1</v></c>" * 70 + "</row>",
    ],
)
def test_a_cell_far_from_the_table_does_not_fill_the_memory(read, far):
    (account,) = read({"a.xlsx": xlsx(far)}).accounts.values()
    assert "million cells" in account.message.en


def test_a_cell_far_to_the_right_is_too_wide_to_load(read):
    (account,) = read({"a.xlsx": xlsx('<row r="2"><c r="CXA2"><v>1</v></c></row>')}).accounts.values()
    assert "columns" in account.message.en


def test_a_word_at_the_very_end_of_a_sheet_does_no_harm(orders_of):
    last = f'<row r="1048576">{cells(1048576, "")}</row>'
    rows, _ = orders_of(xlsx(f'<row r="2">{cells(2, "1", "2026-11-03", "2.50")}</row>{last}'))
    assert [row["order_id"] for row in rows] == ["1"]


def test_cells_without_places_are_read_all_the_same(orders_of):
    placeless = "".join(f'<c t="str"><v>{text}</v></c>' for text in ("1", "2026-11-03 10:00:00", "2.50"))
    rows, _ = orders_of(xlsx(f"<row>{placeless}</row>"))
    assert [(row["order_id"], row["amount"]) for row in rows] == [("1", Decimal("2.50"))]


def test_a_formula_whose_result_was_never_stored_is_no_silent_blank(orders_of):
    row = cells(2, "1", "2026-11-03") + '<c r="C2"><f>1+1</f><v></v></c>'
    rows, account = orders_of(xlsx(f'<row r="2">{row}</row>'))
    note = notes_of(account)["formula_cell"]
    assert (rows[0]["amount"], note.count, note.examples[0].row, note.examples[0].column) == (None, 1, 2, "实付款(元)")


def test_a_formula_whose_result_is_an_empty_text_is_blank(orders_of):
    row = cells(2, "1", "2026-11-03") + '<c r="C2" t="str"><f>""</f><v></v></c>'
    rows, account = orders_of(xlsx(f'<row r="2">{row}</row>'))
    assert (rows[0]["amount"], account.notes) == (None, ())


def test_a_workbook_of_too_many_sheets_is_refused_whole(read, monkeypatch):
    monkeypatch.setattr(limits, "MAX_SHEETS", 2)
    (account,) = read({"a.xlsx": workbook([["1"]], [["2"]], [["3"]])}).accounts.values()
    assert "sheets" in account.message.en


def test_remarks_of_the_workbook_library_stay_off_the_terminal(book_of, capfd):
    book_of("sheetjs_biff8.xls")
    assert capfd.readouterr() == ("", "")
