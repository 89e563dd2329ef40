"""No person of the raw files appears in anything that is printed, written or saved."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import zlib
from contextlib import closing

import polars as pl
import pytest
from end_to_end_world import SHOPS, run, small_shop

from shopscore import history
from shopscore.saved import read

PEOPLE = {
    "买家会员名",
    "买家昵称",
    "买家会员昵称",
    "买家支付宝账号",
    "收货人姓名",
    "收货地址",
    "联系电话",
    "联系手机",
    "收件人",
    "昵称",
    "评论",
    "买家留言",
    "buyer_id",
}
NICK, RECEIVER, PHONE, STREET, TALK = (
    "春风十里不如你",
    "欧阳慕容雪",
    "13987654321",
    "建国门外大街甲88号",
    "我的货到底在哪里",
)
SECRETS = (NICK, RECEIVER, PHONE, STREET, TALK)


def tables_of(path):
    """The cells of a raw file as rows under their headers."""
    if path.suffix == ".xlsx":
        sheets = pl.read_excel(path, engine="calamine", sheet_id=0, infer_schema_length=0)
        return [[sheet.columns, *sheet.rows()] for sheet in sheets.values()]
    content = path.read_bytes()
    text = content.decode("gb18030" if b"\xef\xbb\xbf" not in content[:3] and not is_utf8(content) else "utf-8-sig")
    return [list(csv.reader(io.StringIO(text)))]


def is_utf8(content):
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.fixture(scope="module")
def people(sample):
    """Every person, phone, address and text of the sample's raw files that says more than the shops' own names do."""
    found = set()
    for path in sample.rglob("*"):
        if path.suffix in {".xlsx", ".csv"}:
            for rows in tables_of(path):
                head = next((row for row in rows if PEOPLE & {str(cell).strip() for cell in row}), [])
                places = [place for place, cell in enumerate(head) if str(cell).strip() in PEOPLE]
                found |= {str(row[place]).strip().strip("'") for row in rows for place in places if row is not head}
    found -= PEOPLE | {"", "None", "null"}
    return {text for text in found if not any(text in shop for shop in SHOPS)}


@pytest.fixture(scope="module")
def saved(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("saved")
    assert run("read", sample, "--save", folder).code == 0
    return folder


def leaked(text, people):
    """People named in a text; a phone number is named where its digits stand alone, not inside a longer number."""
    alone = set(re.findall(r"\d+", text))
    return sorted(person for person in people if (person in alone if person.isdigit() else person in text))[:5]


def test_the_sample_has_people_to_hide(people):
    assert len(people) > 1000
    assert any(person.startswith("示例买家") for person in people)
    assert "10000000000" in people
    assert any("示例路" in person for person in people)


def test_reports_name_no_person(texts, json_text, people):
    assert leaked(json_text, people) == []
    for text in texts.values():
        assert leaked(text, people) == []


def test_the_account_of_reading_names_no_person(sample, people):
    done = run("read", sample)
    assert leaked(done.out, people) == []


def test_rows_written_name_no_person(explanation, people):
    cells = {cell for opened in explanation.opened if opened.rows for row in opened.rows.rows for cell in row}
    assert len(cells) > 1000
    assert cells & people == set()
    assert leaked("\n".join(sorted(cells)), people) == []


def test_saved_tables_hold_pseudonyms(saved, people):
    buyers = 0
    for path in saved.rglob("*.parquet"):
        frame = pl.read_parquet(path)
        for column in frame.columns:
            texts = set(frame.get_column(column).cast(pl.String).drop_nulls())
            assert texts & people == set(), (path.name, column)
            if column == "buyer_id":
                buyers += len(texts)
                assert all(text.startswith("b_") and len(text) == 18 for text in texts)
    assert buyers > 1000


# ── a shop whose rows are shifted, so that persons stand where times and words belong ────────────────────────────

ORDERS = (
    "订单编号,买家会员名,买家支付宝账号,订单状态,收货人姓名,收货地址,联系手机,"
    "买家留言,订单创建时间,订单付款时间,买家实付金额,物流单号,物流公司"
)
MESSAGES = "session_id,buyer_id,agent_id,sender,sent_at,content"


@pytest.fixture(scope="module")
def private(tmp_path_factory):
    folder = tmp_path_factory.mktemp("private")
    lines = [ORDERS]
    for number in range(40):
        time = f"2026-11-{1 + number % 20:02} 10:00:00"
        good = [f"7{number:012}", NICK, PHONE, "买家已付款，等待卖家发货", RECEIVER, STREET, PHONE, TALK]
        row = [*good, time, time, "10.00", f"SF{number:010}", "顺丰"]
        lines.append(",".join(row if number % 4 else [row[0], *row[2:], ""] if number % 8 else row[3:] + row[:3]))
    messages = [MESSAGES]
    for number in range(40):
        moment = f"2026-11-{1 + number % 20:02} 10:00:{number:02}"
        row = [f"s{number}", NICK, "店:甲", "buyer" if number % 2 else "human", moment, TALK]
        messages.append(",".join(row if number % 5 else [*row[1:], RECEIVER]))
    refunds = ["refund_id,order_id,buyer_id,kind,status,first_reason,applied_at,finished_at,last_actor"]
    refunds += [f"5{n},7{n:012},{NICK},{RECEIVER},{TALK},{STREET},{PHONE},{TALK},{RECEIVER}" for n in range(9)]
    (small_shop(folder, "私店", "tmall", orders=None, shipments=None) / "订单.csv").write_text(
        "\n".join(lines) + "\n", encoding="gb18030"
    )
    small_shop(
        folder,
        "私店",
        "tmall",
        orders=None,
        shipments=None,
        messages="\n".join(messages) + "\n",
        refunds="\n".join(refunds) + "\n",
    )
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["audit", "SHOP", "--format", "json"],
        ["audit", "SHOP", "--lang", "zh-Hans"],
        ["read", "SHOP"],
        ["explain", "tmall.*", "SHOP", "--rows", "miss"],
        ["explain", "tmall.*", "SHOP", "--rows", "unknown"],
        ["explain", "tmall.ww_3min_rate", "SHOP", "--rows", "hit"],
    ],
)
def test_shifted_rows_let_nobody_out(private, words):
    done = run(*(private if word == "SHOP" else word for word in words))
    assert done.code == 0, done.err
    assert [secret for secret in SECRETS if secret in done.out + done.err] == []


def test_shifted_rows_let_nobody_into_saved_tables_and_files(private, tmp_path):
    assert run("read", private, "--save", tmp_path / "saved").code == 0
    for fate in ("hit", "miss", "pending", "unknown", "excluded", "counted"):
        words = ("tmall.*", private, "--rows", fate, "--output", tmp_path / f"{fate}.csv")
        assert run("explain", *words).code == 0
        assert [secret for secret in SECRETS if secret in (tmp_path / f"{fate}.csv").read_text("utf-8-sig")] == []
    written = list((tmp_path / "saved").rglob("*.parquet"))
    assert written
    for path in written:
        text = pl.read_parquet(path).select(pl.all().cast(pl.String)).write_csv()
        assert [secret for secret in SECRETS if secret in text] == [], path.name


def test_the_shop_of_the_private_files_is_read_at_all(private):
    shop = run("audit", private, "--format", "json").report["shops"][0]
    assert shop["rows"]["orders"] >= 20
    assert shop["rows"]["messages"] >= 20


def test_pseudonyms_hold_under_one_key_and_change_with_it(private, tmp_path, monkeypatch):
    def buyers(name):
        assert run("read", private, "--save", tmp_path / name).code == 0
        return pl.read_parquet(tmp_path / name / "tmall" / "私店" / "messages.parquet").get_column("buyer_id")

    first = buyers("one")
    assert buyers("again").equals(first)
    monkeypatch.setenv("SHOPSCORE_KEY", "another key")
    assert not buyers("other").equals(first)


def test_tables_of_an_older_key_beside_newer_files_are_said(private, tmp_path, monkeypatch):
    saved = tmp_path / "saved"
    assert run("read", private, "--save", saved).code == 0
    monkeypatch.setenv("SHOPSCORE_KEY", "another key")
    assert "different keys" not in run("audit", saved).out
    assert "different keys" in run("audit", saved, private, "--lang", "en").out


def test_a_history_names_nobody(outputs, people, tmp_path):
    place = tmp_path / "nights.db"
    assert history.keep(str(place), read((outputs["en"] / "report.json").read_text(encoding="utf-8"), "report.json"))
    with closing(sqlite3.connect(place)) as connection, connection:
        (packed,) = connection.execute("select report from audits").fetchone()
        rows = [connection.execute(f"select * from {name}").fetchall() for name in ("metrics", "shops")]  # noqa: S608
    assert leaked(zlib.decompress(packed).decode() + str(rows), people) == []
