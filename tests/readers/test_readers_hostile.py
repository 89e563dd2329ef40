"""Files made to hurt, or hurt on the way: an entry in the account, never an exception, never a path outside."""

from __future__ import annotations

import datetime as dt
import os
import struct
import zipfile

import polars as pl
import pytest
from readers_world import HEADER, KEY, NOW, archive, order, workbook

from shopscore.errors import UsageError
from shopscore.readers import limits, plan, read_unit, save
from shopscore.tables import ShopTables

GOOD = f"{HEADER}\n{order('1')}\n"


def the_account(reading):
    (account,) = reading.accounts.values()
    return account


@pytest.mark.parametrize(("error", "whose"), [(AttributeError, "fault of shopscore"), (ValueError, "is damaged")])
def test_a_mistake_of_the_program_is_not_put_down_to_the_file(read, monkeypatch, error, whose):
    def broken(*_):
        raise error("a cell of the file")

    monkeypatch.setattr("shopscore.readers.read.open_file", broken)
    message = the_account(read({"a.csv": GOOD})).message
    assert whose in message.en
    assert f"({error.__name__})" in message.en
    assert "a cell" not in message.en + message.zh


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"\x09\x04\x06\x00\x00\x04\x10\x00", "older than version 5"),
        (b"<html><body>Please log in.</body></html>", "log in"),
        (b"<?xml version='1.0'?><rss/>", "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive"),
        ("<html><table><tr><td>订单编号</td></tr></table>".encode("gb18030"), "No header row"),
        (b'{"orders": []}', "JSON without a list of records"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08\0", "unpack"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (b"PAR1 and nothing else", "damaged"),
        (bytes(range(256)) * 40, "known"),
        (b"a" * 3_000_000, "No header row"),
        (b"a," * 500_000 + b"\n", "No header row"),
        (b'"' + b"x" * 400_000, "No header row"),
        ("只有一行字".encode(), "No header row"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_no_table_is_named_with_a_remedy(read, content, said, name):
    account = the_account(read({name: content}))
    assert said in account.message.en
    assert (account.rows_read, account.format) == (0, None)


def test_the_name_says_nothing(read):
    book = workbook([HEADER.split(","), ["1", "甲", "交易成功", "2026-11-03 10:00:00"]])
    reading = read({"a.csv": book, "b.xlsx": f"{HEADER}\n{order('2')}\n"})
    assert reading.shops[0].tables["orders"]["order_id"].sort().to_list() == ["1", "2"]


@pytest.mark.parametrize("cut", [10, 100, 1000, 3000])
def test_a_workbook_cut_off_is_damaged(read, cut):
    book = workbook([HEADER.split(","), *([str(n), "甲", "交易成功", "2026-11-03 10:00:00"] for n in range(100))])
    assert "damaged" in the_account(read({"a.xlsx": book[:-cut]})).message.en


def test_a_workbook_of_rubbish_is_damaged(read):
    book = archive({"[Content_Types].xml": "<x", "xl/workbook.xml": "<workbook", "xl/worksheets/sheet1.xml": "\0"})
    assert "damaged" in the_account(read({"a.xlsx": book})).message.en


def test_a_workbook_that_unpacks_to_far_too_much_is_not_opened(read):
    book = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (limits.RATIO_FLOOR + 1)})
    assert "times its size" in the_account(read({"a.xlsx": book})).message.en


def test_nul_bytes_are_dropped(orders_of):
    rows, _ = orders_of(f"{HEADER}\n{order('1')}\n{order('2')}\n".replace("交易", "交\0易"))
    assert [row["status"] for row in rows] == ["finished", "finished"]


def test_bytes_that_are_no_text_refuse_the_row_they_stand_in(orders_of):
    content = f"{HEADER}\n{order('1')}\n{order('X2X')}\n".encode("gb18030").replace(b"X2X", b"2\xff")
    rows, account = orders_of(content)
    assert [row["order_id"] for row in rows] == ["1"]
    assert account.refusals[0].reason == "undecodable_row"


@pytest.mark.parametrize(
    "middle",
    [
        '2,甲,交易成功,2026-11-03 10:00:00,,5",7,王',
        '2,甲,交易成功,2026-11-03 10:00:00,,1,7,"5"" 屏\n第二行"',
        '2,甲,交易成功,2026-11-03 10:00:00,,1,"7"x,王',
    ],
)
def test_stray_quotes_and_line_ends_inside_cells_lose_no_row(orders_of, middle):
    rows, account = orders_of(f"{HEADER}\n{order('1')}\n{middle}\n{order('3')}\n{order('4', tracking='5')}\n")
    assert [row["order_id"] for row in rows] == ["1", "2", "3", "4"]
    assert account.rows_read == 4


def test_a_quote_that_is_never_closed_is_no_more_than_a_character(orders_of):
    many = "\n".join(order(str(number)) for number in range(3, 6000))
    rows, account = orders_of(f'{HEADER}\n{order("1")}\n2,甲,交易成功,2026-11-03 10:00:00,,1,7,"王\n{many}\n')
    assert account.rows_read == len(rows) == 5999


def test_lone_returns_end_lines_where_nothing_else_does(orders_of):
    assert orders_of(f"{HEADER}\r{order('1')}\r{order('2')}\r")[1].rows_accepted == 2


def test_a_zip_is_read_like_a_folder(read):
    reading = read(
        {"exports.zip": archive({"十一月/导出.csv": GOOD.encode("gb18030"), "__MACOSX/._x": b"\0", ".hidden": b"x"})}
    )
    assert list(reading.accounts) == ["exports.zip/十一月/导出.csv"]
    assert reading.shops[0].tables["orders"].height == 1


def test_zip_names_in_a_chinese_code_page_are_read(read):
    content = archive({"AAAA.csv": GOOD}).replace(b"AAAA", "导出".encode("gb18030"))
    assert list(read({"x.zip": content}).accounts) == ["x.zip/导出.csv"]


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:evil.csv"])
def test_a_member_that_points_outside_is_not_opened(read, name):
    reading = read({"x.zip": archive({name: GOOD, "good.csv": GOOD})})
    assert sum(account.rows_read for account in reading.accounts.values()) == 1
    assert sorted(bool(account.message) for account in reading.accounts.values()) == [False, True]


def test_archives_are_not_nested(read):
    account = the_account(read({"x.zip": archive({"inner.zip": archive({"good.csv": GOOD})})}))
    assert "inside an archive" in account.message.en


def test_a_zip_bomb_is_not_opened(read):
    bomb = archive({"bomb.csv": b"0" * (limits.RATIO_FLOOR + 1)})
    assert "times its size" in the_account(read({"x.zip": bomb})).message.en


def test_one_member_that_is_a_bomb_is_left_out(read):
    content = archive({"bomb.csv": b"0" * (limits.RATIO_FLOOR + 1), "noise.bin": os.urandom(1 << 20), "good.csv": GOOD})
    accounts = read({"x.zip": content}).accounts
    assert "times its size" in accounts["x.zip/bomb.csv"].message.en
    assert accounts["x.zip/good.csv"].rows_accepted == 1


def test_a_zip_of_too_many_files_is_not_opened(read, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ZIP_MEMBERS", 3)
    account = the_account(read({"x.zip": archive({f"{number}.csv": GOOD for number in range(4)})}))
    assert "more than 10000 files" in account.message.en


@pytest.mark.parametrize(
    ("name", "said"), [("MAX_ZIP_BYTES", "unpacks to more"), ("MAX_MEMBER_BYTES", "unpacks to more")]
)
def test_a_zip_that_unpacks_to_too_much_is_not_opened(read, monkeypatch, name, said):
    monkeypatch.setattr(limits, name, 10)
    assert said in the_account(read({"x.zip": archive({"a.csv": GOOD})})).message.en


def test_a_member_that_lies_about_its_size_is_damaged(read):
    content = archive({"a.csv": GOOD * 50})
    size = struct.pack("<I", len((GOOD * 50).encode()))
    account = the_account(read({"x.zip": content.replace(size, struct.pack("<I", 60))}))
    assert (account.rows_read, account.message.en.startswith("It is damaged")) == (0, True)


def test_a_zip_behind_a_password_is_named(read):
    content = bytearray(archive({"a.csv": GOOD}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert "password" in the_account(read({"x.zip": bytes(content)})).message.en


def test_links_inside_a_zip_are_not_followed(read):
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = 0o120777 << 16
    assert "link" in the_account(read({"x.zip": archive({info: "/etc/passwd"})})).message.en


def test_links_that_leave_the_folder_are_not_followed(tmp_path):
    (tmp_path / "outside.csv").write_text(GOOD, encoding="utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.csv").write_text(GOOD, encoding="utf-8")
    (inside / "out.csv").symlink_to(tmp_path / "outside.csv")
    (inside / "same.csv").symlink_to(inside / "a.csv")
    (inside / "loop").symlink_to(inside)
    (unit,) = plan([inside])
    assert [source.name for source in unit.sources] == ["a.csv"]
    assert [account.file for account in unit.skipped] == ["out.csv"]


def test_links_that_end_in_themselves_are_an_entry(tmp_path):
    (tmp_path / "one.csv").symlink_to(tmp_path / "two.csv")
    (tmp_path / "two.csv").symlink_to(tmp_path / "one.csv")
    (unit,) = plan([tmp_path])
    assert [account.file for account in unit.skipped] == ["one.csv", "two.csv"]
    assert "leads back to itself" in unit.skipped[0].message.en


def test_a_path_no_file_can_have_is_an_entry():
    (unit,) = plan(["x" * 5000])
    assert "no such" in unit.skipped[0].message.en


@pytest.mark.parametrize("lock", ["~$a.csv", ".~a.csv", ".~lock.a.csv#"])
def test_a_file_that_is_open_in_a_spreadsheet_program_is_read_and_said(read, lock):
    account = read({"a.csv": GOOD, lock: b"somebody"}).accounts["a.csv"]
    assert account.rows_accepted > 0
    assert [note.reason for note in account.notes] == ["open_in_excel"]


def test_pipes_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (unit,) = plan([tmp_path])
    assert (unit.sources, unit.skipped[0].file) == ((), "pipe.csv")


def test_hidden_and_lock_files_are_left_out_silently(tmp_path):
    for name in (".DS_Store", "~$报表.xlsx", "desktop.ini", "shop.yaml"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert plan([tmp_path]) == ()


def test_a_path_that_is_not_there_is_an_entry(tmp_path):
    (unit,) = plan([tmp_path / "nowhere"])
    assert "no such" in unit.skipped[0].message.en


def test_a_file_larger_than_the_limit_is_an_entry(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10)
    (tmp_path / "a.csv").write_text(GOOD, encoding="utf-8")
    assert "larger" in plan([tmp_path])[0].skipped[0].message.en


def test_names_that_do_not_print_are_shown_without_harm(read):
    (name,) = read({"a\x1b[31m.csv": GOOD}).accounts
    assert "\x1b" not in name


def test_an_encoding_that_does_not_exist_is_a_usage_error(read):
    with pytest.raises(UsageError, match="latin-99"):
        read({"a.csv": GOOD}, encoding="latin-99")


@pytest.mark.parametrize(
    "name", ["../../x", "..", ".", "a/b", "/abs", "CON:\\", "con.x", "a.", "a ", "a\nb", "%2E", "x" * 5]
)
def test_a_shop_name_never_leads_out_of_the_folder_it_is_saved_in(tmp_path, name):
    frame = pl.DataFrame({"order_id": ["1"], "created_at": [dt.datetime(2026, 11, 3)]})
    (written,) = save([ShopTables("tmall", name, {"orders": frame}, {})], tmp_path / "out")
    assert written.resolve().parent.parent == (tmp_path / "out" / "tmall").resolve()


def test_a_platform_that_is_no_plain_word_is_refused(read):
    text = "platform,shop,order_id,created_at\n../x,A,1,2026-11-03\ntmall,A,2,2026-11-03\n"
    account = the_account(read({"orders.csv": text}))
    assert (account.rows_accepted, account.refusals[0].reason) == (1, "unknown_platform")


def test_a_file_that_is_gone_when_it_is_read_is_an_entry_and_no_matter_of_permissions(tmp_path, rules):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (unit,) = plan([tmp_path])
    (tmp_path / "b.csv").unlink()
    accounts = {each.file: each for each in read_unit(unit, rules, key=KEY, now=NOW).accounts}
    assert accounts["a.csv"].rows_accepted
    assert (accounts["b.csv"].rows_accepted, accounts["b.csv"].message.en) == (
        0,
        "The file is not there, or no longer.",
    )
