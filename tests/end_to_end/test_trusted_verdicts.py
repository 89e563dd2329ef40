"""What could not be read is said first, and weakens the verdicts it could have turned, and no others."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from end_to_end_world import DAY, metrics, run, small_orders, small_scans, small_shop, too_wide

RATE = "1688.pickup_48h_rate"


def damaged(text, rows):
    """The rows (from 1) as a spreadsheet leaves them: the number in front in scientific notation."""
    lines = text.split("\n")
    for row in rows:
        lines[row] = "2.7E+18" + lines[row][lines[row].index(",") :]
    return "\n".join(lines)


def audited(folder):
    done = run("audit", folder, "--format", "json", "--lang", "en")
    assert done.code == 0, done.err
    return done.report["shops"][0]


def head(folder, language="en"):
    done = run("audit", folder, "--lang", language)
    assert too_wide(done.out) == []
    return done.out.splitlines()[1:]


def messages(count=40):
    lines = ["session_id,buyer_id,sender,sent_at"]
    for number in range(count):
        asked = DAY + dt.timedelta(hours=7 * number)
        lines += [f"{number},b{number},buyer,{asked}", f"{number},b{number},human,{asked + dt.timedelta(seconds=30)}"]
    return "\n".join(lines) + "\n"


def test_scans_lost_to_a_spreadsheet_turn_no_fail_into_a_verdict(tmp_path):
    # Whole: 49 of 52. Three scans that are lost look like parcels nobody picked up: 46 of 52, and likely a fail.
    small_shop(tmp_path, shipments=damaged(small_scans(late=range(3)), range(30, 33)))
    rate = metrics(audited(tmp_path))[RATE]
    assert (rate["numerator"], rate["denominator"], rate["verdict"]) == (46, 52, "undecided")
    assert rate["doubt"] == {
        "verdict": "likely_fail",
        "lost": 3,
        "tables": ["shipments"],
        "band": [pytest.approx(43 / 52), pytest.approx(49 / 52)],
        "level": "good",
    }
    whole = tmp_path / "whole"
    small_shop(whole, shipments=small_scans(late=range(3)))
    assert metrics(audited(whole))[RATE]["value"] == pytest.approx(49 / 52)


def test_losses_that_cannot_turn_a_verdict_leave_it(tmp_path):
    # 32 of 49: not even three hits more come near the 95 % advised.
    small_shop(tmp_path, shipments=damaged(small_scans(late=range(20)), range(1, 4)))
    shop = audited(tmp_path)
    rate = metrics(shop)[RATE]
    assert (rate["verdict"], rate["doubt"]) == ("fail", None)
    assert shop["trust"] == {
        "level": "fair",
        "files": 2,
        "rows": 120,
        "refused": 3,
        "reasons": [
            {
                "kind": "rows",
                "reason": "damaged_id",
                "table": "shipments",
                "files": ["1688/小店/shipments.csv"],
                "count": 3,
                "rows": 60,
                "level": "fair",
                "text": shop["trust"]["reasons"][0]["text"],
            }
        ],
    }
    assert shop["trust"]["reasons"][0]["text"].startswith("1688/小店/shipments.csv: 3 of 60 rows left out: the id was")


def test_lost_chat_lines_leave_shipping_alone(tmp_path):
    small_shop(tmp_path, shipments=small_scans(late=range(20)), messages=messages().replace("2026-11-0", "x"))
    shop = audited(tmp_path)
    assert shop["trust"]["level"] == "low"
    assert [each["table"] for each in shop["trust"]["reasons"]] == ["messages"]
    assert metrics(shop)[RATE]["verdict"] == "fail"
    assert metrics(shop)[RATE]["doubt"] is None


def test_the_line_stands_under_the_title_with_its_reasons(tmp_path):
    small_shop(tmp_path, shipments=damaged(small_scans(late=range(3)), range(30, 33)))
    first, reason, *others = head(tmp_path)
    assert first == "Data: 2 files, 120 rows, 3 left out, trust FAIR"
    assert reason.startswith("  ! 1688/小店/shipments.csv: 3 of 60 rows left out: the id was damaged")
    answer = next(at for at, line in enumerate(others) if not line.startswith(" "))
    assert others[answer].endswith("are short of target: 3 undecided.")
    assert others[answer + 1].endswith("because of what could not be read.")
    first, reason, *_ = head(tmp_path, "zh-Hans")
    assert first == "数据：2 个文件，120 行，未采用 3 行，可信度一般"
    assert reason.startswith("  ! 1688/小店/shipments.csv：60 行中未采用 3 行：编号被表格软件损坏")


def test_a_good_reading_takes_one_line(tmp_path):
    small_shop(tmp_path)
    assert head(tmp_path)[0] == "Data: 2 files, 120 rows, 0 left out, trust GOOD"
    assert head(tmp_path)[1].startswith("3 of 3 judged metrics are short of target")


def test_no_more_than_three_reasons_stand_before_the_answer(tmp_path):
    orders = small_orders().replace("finished", "2026年").replace("10.00", "ten").replace("甲运,仓", "甲运,仓,x", 3)
    small_shop(tmp_path, orders=damaged(orders, range(30, 34)), shipments=damaged(small_scans(), [5]))
    lines = head(tmp_path)
    assert lines[0].endswith("trust LOW")
    assert len([line for line in lines if line.startswith("  ! 1688/小店/")]) == 3
    assert any("more reasons" in line for line in lines[:8])


def test_a_file_that_lost_every_row_makes_the_trust_low(tmp_path):
    small_shop(tmp_path, orders__2__csv=damaged(small_orders(), range(1, 61)))
    shop = audited(tmp_path)
    assert (shop["trust"]["level"], shop["trust"]["rows"]) == ("low", 180)
    assert metrics(shop)[RATE]["verdict"] == "undecided"
    text = run("audit", tmp_path, "-v", "--lang", "en").out
    assert "    - 1688/小店/orders.2.csv: 60 × the id was damaged" in text, "it is listed with the shop's files"


def test_a_file_nothing_was_made_of_is_a_reason_and_turns_no_verdict(tmp_path):
    small_shop(tmp_path, 退款__csv="a,b\n1,2\n")
    shop = audited(tmp_path)
    (reason,) = shop["trust"]["reasons"]
    assert (shop["trust"]["level"], reason["kind"], reason["files"]) == ("fair", "unused", ["1688/小店/退款.csv"])
    assert metrics(shop)[RATE]["verdict"] == "fail"


def test_read_says_the_trust_in_every_shop_after_the_total(tmp_path):
    small_shop(tmp_path, "甲")
    small_shop(tmp_path, "乙", shipments=damaged(small_scans(), [5]))
    lines = run("read", tmp_path, "--lang", "en").out.splitlines()
    damaged_shop = lines.index("1688/乙: 2 files, 120 rows, 1 left out, trust FAIR")
    assert lines[damaged_shop + 1].startswith("  ! 1688/乙/shipments.csv: 1 of 60 rows left out: the id was damaged")
    assert lines[-1] == "1688/甲: 2 files, 120 rows, 0 left out, trust GOOD"


def test_explain_says_what_weakens_the_verdict(tmp_path):
    small_shop(tmp_path, shipments=damaged(small_scans(late=range(3)), range(30, 33)))
    lines = run("explain", RATE, tmp_path, "--lang", "en").out.splitlines()
    assert lines[1] == "Data: 2 files, 120 rows, 3 left out, trust FAIR"
    assert any("would be likely fail, but 3 rows or cells of parcels are lost" in line for line in lines[:10])
    assert any("with them it may be 82.7% to 94.2%" in " ".join(pair) for pair in itertools.pairwise(lines))


def test_explain_leaves_out_what_does_not_concern_its_metric(tmp_path):
    small_shop(tmp_path, messages=messages().replace("2026-11-0", "x"))
    lines = run("explain", RATE, tmp_path, "--lang", "en").out.splitlines()
    assert lines[1].endswith("trust LOW")
    assert lines[2] == "  nothing that is wrong concerns this metric"


def test_a_low_trust_can_fail_a_run_whose_verdicts_it_weakened(tmp_path):
    small_shop(tmp_path, shipments=damaged(small_scans(late=range(3)), range(10, 30)))
    codes = {gate: run("audit", tmp_path, "--fail-on", gate).code for gate in ("fail", "likely_fail", "low_trust")}
    assert codes == {"fail": 0, "likely_fail": 0, "low_trust": 1}
    small_shop(tmp_path / "fair", shipments=damaged(small_scans(late=range(20)), range(1, 4)))
    assert run("audit", tmp_path / "fair", "--fail-on", "low_trust").code == 0


def test_saving_tables_does_not_launder_what_was_lost(tmp_path):
    exports, tables = tmp_path / "exports", tmp_path / "tables"
    small_shop(exports, shipments=damaged(small_scans(late=range(3)), range(30, 33)))
    assert run("read", exports, "--save", tables).code == 0
    shop = audited(tables)
    assert (shop["trust"]["level"], [each["reason"] for each in shop["trust"]["reasons"]]) == ("fair", ["lost_before"])
    assert metrics(shop)[RATE]["verdict"] == "undecided"


def test_a_sound_export_saved_over_a_damaged_one_makes_good_for_it(tmp_path):
    exports, tables = tmp_path / "exports", tmp_path / "tables"
    place = small_shop(exports, shipments=damaged(small_scans(late=range(3)), range(30, 33)))
    assert run("read", exports, "--save", tables).code == 0
    (place / "shipments.csv").write_text(small_scans(late=range(3)), encoding="utf-8")
    assert run("read", exports, "--save", tables).code == 0
    shop = audited(tables)
    assert (shop["trust"]["level"], metrics(shop)[RATE]["value"]) == ("good", pytest.approx(49 / 52))


@pytest.mark.parametrize(
    ("language", "of_file", "of_row"),
    [
        ("en", "the file ends in the middle of a row", "the file ends in the middle of this row"),
        ("zh-Hans", "文件在一行中间断开", "文件在这一行中间断开"),
    ],
)
def test_a_file_that_was_cut_off_is_told_once_in_each_place(tmp_path, language, of_file, of_row):
    small_shop(tmp_path, orders=small_orders()[:-30])
    report, read = (run(*words, tmp_path, "--lang", language).out for words in (["audit", "-v"], ["read"]))
    first, files = report[: report.index("#")], report[report.index("#") :]
    assert (first.count(of_file), first.count(of_row)) == (1, 0)
    assert (files.count(of_file), files.count(of_row)) == (0, 1)
    assert (read.count(of_file), read.count(of_row)) == (1, 1)
