"""Bad files among good ones stop no audit, and the account says what is wrong with each."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest
from end_to_end_world import A1688, HEADERS, SAMPLES, metrics, refused, run, small_orders, small_shop

PASSWORD_FLAG = 1


def locked_zip():
    """An archive that says of its member that it is encrypted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("orders.csv", small_orders())
    content = bytearray(out.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= PASSWORD_FLAG
    return bytes(content)


def half_a_workbook():
    book = (SAMPLES / A1688 / "订单导出_20261122.xlsx").read_bytes()
    return book[: len(book) // 2]


BAD_FILES = {
    "cut.xlsx": (half_a_workbook(), "damaged or cut off"),
    "nul.csv": (b"\0" * 4000, "no text in any known encoding"),
    "locked.zip": (locked_zip(), "password"),
    "locked.xlsx": ((Path(__file__).parents[1] / "readers/data/locked.xlsx").read_bytes(), "password"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or cut off"),
    "empty.csv": (b"", "empty"),
}


@pytest.fixture(scope="module")
def with_bad_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("messy")
    place = small_shop(folder)
    for name, (content, _) in BAD_FILES.items():
        (place / name).write_bytes(content)
    (place / "reviews.csv").write_text("review_id,order_id,created_at,stars\n", encoding="utf-8")
    return folder


def test_bad_files_do_not_stop_the_audit(shop, with_bad_files):
    good = run("audit", shop, "--format", "json", "--lang", "en")
    messy = run("audit", with_bad_files, "--format", "json", "--lang", "en")
    assert (messy.code, messy.err) == (0, "")
    before, after = (metrics(done.report["shops"][0]) for done in (good, messy))
    assert before["1688.pickup_48h_rate"]["verdict"] == "fail"
    for name, metric in before.items():
        assert (name, metric["value"]) == (name, after[name]["value"])


@pytest.mark.parametrize("name", BAD_FILES)
def test_the_account_says_what_is_wrong_with_a_bad_file(with_bad_files, name):
    messy = run("audit", with_bad_files, "--format", "json", "--lang", "en")
    (account,) = [each for each in messy.report["inputs"] if name in each["file"]]
    assert BAD_FILES[name][1] in account["message"]
    assert account["rows_read"] == 0
    shown = run("read", with_bad_files, "--lang", "en")
    assert shown.code == 0
    block = shown.out[shown.out.index(account["file"]) :]
    assert BAD_FILES[name][1] in " ".join(block.split())


def test_a_table_without_rows_is_there_and_empty(with_bad_files, tmp_path):
    messy = run("audit", with_bad_files, "--format", "json")
    assert messy.report["shops"][0]["rows"]["reviews"] == 0
    small_shop(tmp_path, orders=HEADERS["orders"] + "\n", shipments=None)
    done = run("audit", tmp_path, "--format", "json", "--lang", "en")
    assert done.code == 3
    assert "orders.csv: no rows" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is text")
def test_folders_unpacked_from_a_chinese_windows_keep_their_names(tmp_path):
    small_shop(tmp_path, "shop")
    platform = tmp_path / "1688"
    (platform / "shop").rename(platform / os.fsdecode("小店".encode("gb18030")))
    done = run("audit", tmp_path, "--format", "json")
    assert done.code == 0, done.err
    assert done.report["shops"][0]["shop"] == "小店"
    assert {account["file"] for account in done.report["inputs"]} == {"1688/小店/orders.csv", "1688/小店/shipments.csv"}


def test_only_a_bad_file_is_data_that_cannot_be_used(tmp_path):
    place = small_shop(tmp_path, orders=None, shipments=None)
    (place / "cut.xlsx").write_bytes(half_a_workbook())
    refused(run("audit", tmp_path), 3, "cut.xlsx", "damaged or cut off")


def test_what_this_program_wrote_beside_the_exports_changes_nothing(tmp_path):
    place = small_shop(tmp_path / "exports")
    words = ("audit", tmp_path / "exports", "--history", place / "nights.db", "--heartbeat", place / "life.json")
    kept = ("--format", "html,json,ndjson,csv,prom,junit,md", "--output", place)
    assert run(*words, *kept).code == 0
    for lang in ("en", "zh-Hans", "zh-Hant"):
        assert run(*words, "--format", "csv", "--lang", lang, "--output", place / f"{lang}.csv").code == 0
    first = (place / "report.json").read_bytes()
    assert run(*words, *kept).code == 0
    assert (place / "report.json").read_bytes() == first
    assert len(json.loads(run("history", "--history", place / "nights.db", "--format", "json").out)["audits"]) == 1
    (place / "chat.json").write_text('{\n "at": "2026-11-01"}', encoding="utf-8")
    (place / "other.html").write_text("<!DOCTYPE html>\n<title>orders</title>", encoding="utf-8")
    files = {each["file"] for each in json.loads(run(*words, "--format", "json").out)["inputs"]}
    assert {Path(name).name for name in files} == {"orders.csv", "shipments.csv", "chat.json", "other.html"}
