"""Disputes still to be decided, in a small shop: named as what can be fixed, with a deadline or without."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from end_to_end_world import NOW, run

CASES = "dispute_id,order_id,opened_at,opened_by,reply_due_at,closed_at,liability,withdrawn"
REFUNDS = "refund_id,order_id,kind,status,applied_at,finished_at,escalated,escalated_at,liability,amount"
ORDERS = "order_id,buyer_id,kind,status,created_at,paid_at,amount"


def day(back):
    return f"{NOW - dt.timedelta(days=back):%Y-%m-%d %H:%M:%S}"


def table(head, rows):
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n"


@pytest.fixture
def shop(tmp_path):
    """A Tmall shop of 300 orders with a verdict against it a week ago, and six cases that are all somewhere else."""
    folder = tmp_path / "tmall" / "a shop"
    folder.mkdir(parents=True)
    orders = [(f"A{n}", f"B{n}", "spot", "finished", day(n / 5), day(n / 5), 20) for n in range(300)]
    refunds = [
        ("R0", "A50", "refund_only", "success", day(9), day(7), "true", day(8), "seller", 20),
        *((f"R{n}", f"A{n}", "refund_only", "open", day(5), "", "true", day(4), "", 20) for n in range(1, 6)),
        ("R6", "A6", "refund_only", "open", day(1), "", "false", "", "", 20),
    ]
    disputes = [
        ("D1", "A1", day(4), "buyer", "", "", "", ""),
        ("D2", "A2", day(3), "buyer", day(-2), "", "", ""),
        ("D3", "A3", day(4), "buyer", day(-2), "", "seller", ""),
        ("D4", "A4", day(4), "buyer", day(-2), "", "", "true"),
        ("D5", "A7", day(4), "buyer", "", "", "", ""),
    ]
    for name, head, rows in (("orders", ORDERS, orders), ("refunds", REFUNDS, refunds), ("disputes", CASES, disputes)):
        (folder / f"{name}.csv").write_text(table(head, rows), encoding="utf-8")
    return folder


def named(report, metric):
    (shop,) = report["shops"]
    (found,) = (each for each in shop["metrics"] if each["id"] == metric)
    return [(case["subject"], case["deadline"]) for case in found["open_cases"]]


def test_what_can_still_be_decided_is_named_with_and_without_a_deadline(shop):
    report = run("audit", shop, "--as-of", f"{NOW:%Y-%m-%dT%H:%M}", "--lang", "en", "--format", "json").report
    deadline = (NOW + dt.timedelta(days=2)).isoformat() + "+08:00"
    assert named(report, "tmall.dispute_refund_rate") == [("D2", deadline), ("D1", None), ("R5", None)]
    assert named(report, "tmall.dispute_refund_cases") == [("D2", deadline), ("D1", None), ("R5", None)]
    # A dispute without a refund behind it counts for having been opened, and nothing can be done about it.
    assert named(report, "tmall.platform_help_rate") == [("D2", deadline), ("D1", None), ("R5", None)]
    (due,) = (each for each in report["shops"][0]["due"] if each["subject"] == "D2")
    assert due["deadline"] == deadline
    assert "D1" not in [each["subject"] for each in report["shops"][0]["due"]]


@pytest.mark.parametrize(
    ("lang", "way", "line"),
    [
        (
            "en",
            "3 disputes are still to be decided (D2 by 11-25 10:00, D1, R5; 2 without a deadline ahead in the files,",
            "2 open disputes with no clock in the files; see the back office: D1, R5",
        ),
        (
            "zh-Hans",
            "3 笔纠纷尚无定论，仍可争取（11-25 10:00 前 D2，D1，R5；其中 2 笔文件里没有未到的截止时间，请到后台查看）",
            "2 笔未结纠纷在文件里没有可计时的步骤，请到后台查看：D1，R5",
        ),
    ],
)
def test_the_report_says_so_in_both_languages(shop, lang, way, line):
    at = ("--as-of", f"{NOW:%Y-%m-%dT%H:%M}", "--lang", lang)
    text = run("audit", shop, *at, "-v", "--width", "400").out
    assert way in text
    assert line in text
    assert way in run("audit", shop, *at, "--format", "html").out
    assert line in run("audit", shop, *at, "--format", "html").out
    assert line in run("audit", shop, *at, "--format", "md").out
    assert line in run("due", shop, *at, "--within", "3d", "--width", "400").out


def test_due_counts_them_beside_its_rows_and_never_as_one(shop):
    words = ("due", shop, "--as-of", f"{NOW:%Y-%m-%dT%H:%M}", "--lang", "en")
    (told,) = json.loads(run(*words, "--within", "3d", "--format", "json").out)["shops"]
    assert [each["subject"] for each in told["due"]] == ["D2"]
    assert [(each["subject"], each["deadline"]) for each in told["open_cases"]] == [("D1", None), ("R5", None)]
    # Beyond the time asked about a deadline is known all the same.
    (told,) = json.loads(run(*words, "--within", "6h", "--format", "json").out)["shops"]
    assert (told["due"], len(told["open_cases"])) == ([], 2)
    records = [line.split("\t") for line in run(*words, "--within", "6h", "--plain").out.splitlines()]
    assert [each[3] for each in records if each[0] == "open_case"] == ["D1", "R5"]


def test_of_an_earlier_moment_no_file_tells_whether_a_verdict_had_been_given(shop):
    done = run("audit", shop, "--as-of", day(2).replace(" ", "T")[:16], "--lang", "en", "--format", "json")
    assert not any(each["open_cases"] for each in done.report["shops"][0]["metrics"])
