"""``shopscore due``: what runs out soon, from the samples, in every format, and when it refuses."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil

import fastexcel
import pytest
import xlsxwriter
from end_to_end_world import SAMPLES, TMALL, run

from shopscore import console

PDD = next(path for path in (SAMPLES / "pdd").iterdir() if path.is_dir())
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
"""The data of the samples ends on 22 November 2026, late in the evening."""


def at(monkeypatch, text):
    monkeypatch.setattr(console, "now", lambda: dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


@pytest.fixture(scope="module")
def listed():
    done = run(
        "due",
        SAMPLES / TMALL,
        PDD,
        "--within",
        "24h",
        "--as-of",
        "2026-11-22T23:40",
        "--lang",
        "en",
        "--format",
        "json",
    )
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_it_is_the_reports_own_list_cut_at_the_horizon(listed):
    for shop in listed["shops"]:
        folder = SAMPLES / TMALL if shop["platform"] == "tmall" else PDD
        (audited,) = run("audit", folder, "--as-of", "2026-11-22T23:40", "--lang", "en", "--format", "json").report[
            "shops"
        ]
        told = {each["subject"]: each for each in audited["due"] if each["hours_left"] <= 24}
        assert {each["subject"]: each for each in shop["due"]} == told
        assert told


def test_the_text_answers_first_and_groups_by_what_to_do():
    done = run("due", PDD, "--within", "1d", "--as-of", "2026-11-22T23:40", "--lang", "en")
    first, answer, age, *rest = done.out.splitlines()
    assert "Pinduoduo" in first
    assert answer.startswith(
        "2 clocks run out within 24 h, about 2 will be missed as things go here, ¥9.58 to pay if all are"
    )
    age = next(line for line in (age, *rest) if line.startswith("  data"))
    assert age == "  data until 11-22 23:18, 21 min old"
    assert "Ship and have it scanned: 2, with you. Pack it" in "\n".join(rest)
    # The dearer one first, though it runs out later.
    ids = [line.split()[0] for line in rest if line.startswith("  261121")]
    assert ids == ["261121-000000000001581", "261121-000000000001578"]


def test_chinese_is_chinese():
    out = run("due", PDD, "--within", "1d", "--as-of", "2026-11-22T23:40", "--lang", "zh-Hans").out
    assert "24 小时内有 2 个时限到期，按本店以往，约 2 个会超时，全部超时要赔 ￥9.58" in out
    assert "发货并揽收：2 个，在你手上。" in out
    assert out.encode("gbk")


def test_data_older_than_the_time_asked_about_is_refused(monkeypatch):
    at(monkeypatch, "2026-11-23T10:00")
    done = run("due", PDD, "--within", "6h", "--lang", "en")
    assert (done.code, done.out) == (3, "")
    assert "the data ends 2026-11-22 23:18, 10 h 41 min ago" in done.err
    assert "--within 11h" in done.err
    assert "--as-of 2026-11-22T23:18" in done.err
    assert run("due", PDD, "--within", "11h", "--lang", "en").code == 0
    at(monkeypatch, "2026-11-28T10:00")
    assert "--within 6d" in run("due", PDD, "--within", "2d", "--lang", "en").err
    assert run("due", PDD, "--within", "6d", "--lang", "en").code == 0
    at(monkeypatch, "2026-11-23T10:00")
    assert run("due", PDD, "--within", "6h", "--as-of", "2026-11-22T23:40", "--lang", "en").code == 0


def test_what_ran_out_between_the_data_and_now_may_be_late_already(monkeypatch):
    at(monkeypatch, "2026-11-23T16:00")
    done = run("due", PDD, "--within", "20h", "--lang", "en", "--format", "json")
    late = {each["subject"]: each["hours_left"] < 0 for each in json.loads(done.out)["shops"][0]["due"]}
    assert late["261121-000000000001578"]
    assert not late["261121-000000000001581"]
    text = run("due", PDD, "--within", "20h", "--lang", "en").out
    assert "1 of them may be late already" in text
    assert "perhaps 59 min late" in text
    for lang, said in (("en", " clocks have run out since the data ends"), ("zh-Hans", "数据截止之后有 ")):
        text = run("due", PDD, "--as-of", "2026-11-26", "--lang", lang).out
        assert said in text.splitlines()[1], text
        assert "24" not in text.splitlines()[1]


def test_one_shop_too_old_is_named_and_the_others_are_listed(monkeypatch, tmp_path):
    at(monkeypatch, "2026-11-23T00:00")
    folder = tmp_path / "1688" / "old"
    folder.mkdir(parents=True)
    (folder / "orders.csv").write_text(
        "order_id,created_at,paid_at\nA1,2026-11-01 09:00:00,2026-11-01 09:00:00\n", encoding="utf-8"
    )
    done = run("due", PDD, tmp_path, "--within", "20h", "--lang", "en")
    assert done.code == 0
    assert "Pinduoduo" in done.out
    assert "1688/old: the data ends 2026-11-01 09:00" in done.out


def test_where_no_clock_runs_the_age_is_that_of_the_data(tmp_path):
    folder = tmp_path / "pdd" / "quiet"
    folder.mkdir(parents=True)
    (folder / "orders.csv").write_text(
        "order_id,created_at,paid_at,shipped_at,ship_deadline_at,status\n"
        "A1,2026-11-01 09:00:00,2026-11-01 09:00:00,2026-11-01 12:00:00,2026-11-03 09:00:00,done\n",
        encoding="utf-8",
    )
    (folder / "shipments.csv").write_text(
        "order_id,shipment_id,shipped_at,picked_up_at\nA1,S1,2026-11-01 12:00:00,2026-11-01 18:30:00\n",
        encoding="utf-8",
    )
    done = run("due", tmp_path, "--within", "6h", "--as-of", "2026-11-02T00:40", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert "  data until 11-01 12:00, 12 h 40 min old" in done.out


def test_the_pick_list_is_read_by_others_with_its_ids_whole(tmp_path):
    words = ["due", SAMPLES / TMALL, "--within", "24h", "--as-of", "2026-11-22T23:40", "--lang", "en"]
    done = run(*words, "--format", "csv,xlsx,text,json", "--output", tmp_path)
    assert (done.code, done.out) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"due.csv", "due.xlsx", "due.txt", "due.json"}
    told = [
        each["subject"] for each in json.loads((tmp_path / "due.json").read_text(encoding="utf-8"))["shops"][0]["due"]
    ]
    raw = (tmp_path / "due.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["id"].rstrip("\t") for row in rows] == told
    assert all(row["id"].endswith("\t") for row in rows), "18 digits would lose three of them"
    sheet = fastexcel.read_excel(str(tmp_path / "due.xlsx")).load_sheet("due").to_polars()
    assert sheet["id"].to_list() == told
    assert sheet["deadline"].to_list() == [dt.datetime.fromisoformat(row["deadline"]) for row in rows]
    assert sheet["rank"].to_list() == list(range(1, len(told) + 1))


def test_the_same_list_twice_is_the_same_workbook(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        run(
            "due",
            PDD,
            "--within",
            "24h",
            "--as-of",
            "2026-11-22T23:40",
            "--format",
            "xlsx",
            "--output",
            tmp_path / name,
        )
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--within", "soon"], "write it like 30m, 6h or 2d"),
        (["--within", "0h"], "not a length of time"),
        (["--within", "9999d"], "not a length of time"),
        (["--format", "xlsx"], "--output due.xlsx"),
        (["--format", "html"], "text, json, csv, xlsx"),
        (["--format", "text,csv"], "--output FOLDER"),
    ],
)
def test_a_mistake_is_a_sentence(words, said):
    done = run("due", PDD, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.parametrize(("lang", "said"), [("en", "trust LOW"), ("zh-Hans", "可信度低")])
def test_what_could_not_be_read_is_said_beside_what_runs_out(tmp_path, lang, said):
    """A list that is short because its file broke off must not look like a quiet night."""
    shutil.copytree(PDD, tmp_path / "pdd" / PDD.name)
    for path in (tmp_path / "pdd" / PDD.name).glob("*orders_export*.csv"):
        path.write_bytes(b"\x00" + path.read_bytes()[: path.stat().st_size // 3])
    words = ("due", tmp_path, "--as-of", "2026-11-22T23:40", "--lang", lang)
    assert said in run(*words).out
    whole = run("due", PDD, "--as-of", "2026-11-22T23:40", "--lang", lang).out
    assert said not in whole


def test_what_still_runs_for_a_metric_is_named_with_its_first_deadlines():
    done = run("audit", PDD, "--as-of", "2026-11-22T23:40", "--lang", "en", "--format", "json")
    (shop,) = done.report["shops"]
    counted = {each["subject"]: each for each in shop["due"] if "pdd.on_time_ship_rate" in named_metrics(each)}
    (metric,) = (each for each in shop["metrics"] if each["id"] == "pdd.on_time_ship_rate")
    assert metric["outlook"]["running"] == len(counted) > 3
    first = sorted(counted.values(), key=lambda each: (each["deadline"], each["subject"]))[:3]
    text = " ".join(run("audit", PDD, "--as-of", "2026-11-22T23:40", "--lang", "en", "-v").out.split())
    told = ", ".join(f"{each['subject']} by {each['deadline'][5:16].replace('T', ' ')}" for each in first)
    assert f"{len(counted)} clocks still run ({told}, {len(counted) - 3} more)" in text


def named_metrics(due):
    return {each["metric"] for each in due["breaches"]}


EXAMINED = (
    "订单号,订单状态,是否审核中,支付时间,订单成交时间,商品id,用户实付金额(元),商家实收金额(元)\n"
    "261121-000000000000001,待发货,否,2026-11-21 13:00:00,2026-11-21 13:00:00,7,50.00,50.00\n"
    "261121-000000000000002,待发货,是,2026-11-21 13:00:00,2026-11-21 13:00:00,7,50.00,50.00\n"
    "261120-000000000000003,待发货,是,2026-11-20 13:00:00,2026-11-20 13:00:00,7,50.00,50.00\n"
    "261122-000000000000004,待发货,是,2026-11-22 13:00:00,2026-11-22 13:00:00,7,50.00,50.00\n"
)


def test_orders_under_examination_are_named_and_not_asked_for(tmp_path):
    folder = tmp_path / "pdd" / "小店"
    folder.mkdir(parents=True)
    (folder / "0f1eorders_export2026-11-23-09-00-00.csv").write_text(EXAMINED, encoding="utf-8-sig")
    asked = ("due", tmp_path, "--within", "6h", "--as-of", "2026-11-23T09:00")
    told = json.loads(run(*asked, "--lang", "en", "--format", "json").out)["shops"][0]
    assert [each["subject"][-1] for each in told["due"]] == ["1"]
    named = [(each["clock"], each["subject"][-1], each["deadline"]) for each in told["blocked"]]
    assert named == [
        ("pdd.ship", "3", "2026-11-22T13:00:00+08:00"),
        ("pdd.ship", "2", "2026-11-23T13:00:00+08:00"),
    ]
    text = " ".join(run(*asked, "--lang", "en").out.split())
    assert "! not listed, 2: orders the platform still examines, not to be shipped before it is through" in text
    assert "261120-000000000000003 by 11-22 13:00, 261121-000000000000002 by 11-23 13:00" in text
    assert "未列出 2 个：平台审核中的订单，审核通过前不能发货" in run(*asked, "--lang", "zh-Hans").out
    listed = run(*asked, "--lang", "en", "--format", "csv", "--output", tmp_path / "due.csv")
    assert "not listed, 2: orders the platform still examines" in listed.err
    assert (tmp_path / "due.csv").read_text(encoding="utf-8").count("261121-") == 1
    assert "blocked\tpdd\t小店\tpdd.ship\t261120-000000000000003\t" in run(*asked, "--plain").out


def test_refunds_that_wait_without_a_known_deadline_are_named_and_the_night_is_not_called_quiet(tmp_path):
    folder = tmp_path / "pdd" / "小店"
    folder.mkdir(parents=True)
    told = (
        EXAMINED.splitlines()[0] + "\n261101-000000000000001,已签收,否,2026-11-01 13:00:00,2026-11-01 13:00:00,7,5,5\n"
    )
    (folder / "0f1eorders_export2026-11-23-09-00-00.csv").write_text(told, encoding="utf-8-sig")
    cases = [
        ("9001", "买家申请退款，待商家处理", "2026-11-22 12:00:00"),
        ("9002", "用户已发货，待商家处理", "2026-11-20 12:00:00"),
        ("9003", "驳回退款，待买家处理", "2026-11-20 12:00:00"),
        ("9004", "买家撤销，售后关闭", "2026-11-20 12:00:00"),
    ]
    book = xlsxwriter.Workbook(str(folder / "售后数据.xlsx"))
    sheet = book.add_worksheet("售后信息")
    sheet.write_row(0, 0, ["售后编号", "订单编号", "售后状态", "申请时间"])
    for row, (number, status, applied) in enumerate(cases, 1):
        sheet.write_row(row, 0, [number, "261101-000000000000001", status, applied])
    book.close()
    asked = ("due", tmp_path, "--within", "6h", "--as-of", "2026-11-23T09:00")
    text = " ".join(run(*asked, "--lang", "en").out.split())
    assert "no clock that is known here runs out within 6 h" in text
    assert "not listed, 2: refunds that wait for you, of which the files hold no deadline" in text
    assert "9001, 9002 (11-22 12:00)" in text
    assert "未列出 2 个：等你处理的售后单，文件里没有超时时间" in run(*asked, "--lang", "zh-Hans", "--width", "200").out
    found = json.loads(run(*asked, "--lang", "en", "--format", "json").out)["shops"][0]
    assert {(each["clock"], each["subject"], each["deadline"]) for each in found["undated"]} == {
        ("pdd.refund_decision", "9001", None),
        ("pdd.return_receipt", "9002", None),
    }
    assert [line.split("\t")[4] for line in run(*asked, "--plain").out.splitlines() if line.startswith("undated")] == [
        "9001",
        "9002",
    ]


def test_no_more_time_is_promised_than_there_is(tmp_path):
    folder = tmp_path / "pdd" / "小店"
    folder.mkdir(parents=True)
    row = "261121-000000000000001,待发货,否,2026-11-21 14:59:59,2026-11-21 14:59:59,7,50.00,50.00"
    text = EXAMINED.splitlines()[0] + f"\n{row}\n"
    (folder / "0f1eorders_export2026-11-23-09-00-00.csv").write_text(text, encoding="utf-8-sig")
    asked = ("due", tmp_path, "--within", "6h", "--as-of", "2026-11-23T09:00", "--lang", "en")
    assert "11-23 14:59  5 h 59 min" in run(*asked).out
    run(*asked, "--format", "csv", "--output", tmp_path / "due.csv")
    (listed,) = csv.DictReader(io.StringIO((tmp_path / "due.csv").read_text(encoding="utf-8-sig"), newline=""))
    assert listed["minutes left"] == "359"
