"""Night after night with ``--history``: kept once, compared with the last one, shown over time."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from end_to_end_world import run, small_scans, small_shop

PICKED = "1688.pickup_48h_rate"
GOOD, BAD = range(6), range(40)


@pytest.fixture
def night(tmp_path):
    """Audit the small shop as it is on one night, with the history of all nights."""

    def audited(number, late, *words):
        folder = tmp_path / f"night {number}"
        small_shop(folder, shipments=small_scans(count=60 + number, late=late))
        return run("audit", folder, "--history", tmp_path / "nights.db", "--lang", "en", *words)

    return audited


@pytest.fixture
def place(tmp_path):
    return tmp_path / "nights.db"


def test_a_night_that_is_worse_than_the_last_one_ends_in_1_and_says_why(night, place):
    first = night(0, GOOD, "--fail-on", "regression")
    assert first.code == 0
    assert first.err == "regression: 1688/小店: no earlier audit alike in the history; nothing to compare with\n"
    second = night(1, BAD, "--fail-on", "regression")
    assert second.code == 1
    assert second.err.startswith("--fail-on regression: 1688/小店: ")
    assert "worse than before" in second.err
    assert "\nWorse\n" in second.out
    kept = json.loads(run("history", "--history", place, "--format", "json").out)["audits"]
    assert len(kept) == 2, "a night is kept whatever its gates say"
    again = night(1, BAD, "--fail-on", "regression")
    assert (again.code, again.err, again.out) == (second.code, second.err, second.out)


def test_a_quiet_night_is_quiet_and_a_worse_one_is_not(night):
    assert night(0, GOOD, "--quiet").out == ""
    same = night(1, GOOD, "--quiet")
    assert (same.code, same.out, same.err) == (0, "", "")
    worse = night(2, BAD, "--quiet")
    assert worse.code == 0
    assert "Worse" in worse.out


def test_a_shop_s_own_gate_says_when_it_cannot_be_asked(tmp_path):
    place = small_shop(tmp_path)
    (place / "shop.yaml").write_text("fail_on: [regression]\n", encoding="utf-8")
    done = run("audit", tmp_path, "--lang", "en")
    assert done.code == 0
    assert done.err == "regression: 1688/小店: without --history there is no audit to compare with\n"


def test_the_report_is_the_same_with_a_history_and_without(night, tmp_path):
    with_one = night(0, GOOD, "--format", "json").out
    assert with_one == night(0, GOOD, "--format", "json").out
    assert with_one == run("audit", tmp_path / "night 0", "--format", "json", "--lang", "en").out


def test_a_metric_over_the_nights(night, place, tmp_path):
    night(0, GOOD)
    night(1, BAD)
    done = run("history", PICKED, "--history", place, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == f"Picked up within 48 hours ({PICKED}) | 1688/小店"
    assert [line.split()[0] for line in lines[2:]] == ["2026-11-18", "2026-11-19"]
    several = run("history", "pickup_48*", "--history", place, "--last", 1, "--lang", "en").out
    assert [line.split(" (1688.")[1].split(")")[0] for line in several.splitlines() if " | 1688/" in line] == [
        "pickup_48h_best_case",
        "pickup_48h_rate",
    ]
    told = json.loads(run("history", PICKED, "--history", place, "--format", "json").out)
    values = [point["value"] for point in told["series"][0]["points"]]
    assert values[0] > values[1]
    rows = list(csv.DictReader(io.StringIO(run("history", PICKED, "--history", place, "--format", "csv").out)))
    assert [float(row["value"]) for row in rows] == pytest.approx(values)
    out = tmp_path / "series.csv"
    assert run("history", PICKED, "--history", place, "--format", "csv", "--output", out).out == ""
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 3


def test_the_nights_are_listed_and_compared_by_name(night, place):
    night(0, GOOD)
    night(1, BAD)
    listed = json.loads(run("history", "--history", place, "--format", "json").out)["audits"]
    assert [each["shop"] for each in listed] == ["小店", "小店"]
    assert listed[0]["failing"] < listed[1]["failing"]
    assert len(run("history", "--history", place, "--lang", "zh-Hans").out.splitlines()) == 3
    by_name = run("diff", "previous", "last", "--history", place, "--lang", "en", "--fail-on", "regression")
    assert by_name.code == 1
    ids = [each["audit_id"][:10] for each in listed]
    assert run("diff", *ids, "--history", place, "--lang", "en").out == by_name.out
    assert run("diff", "previous", "last", "--history", place, "--shop", "大店").code == 2
    assert run("diff", "previous", "last").code == 2


@pytest.mark.parametrize("words", [("history", PICKED), ("history",), ("diff", "previous", "last")])
def test_a_history_that_is_not_there_is_a_sentence_and_is_not_made(place, words):
    done = run(*words, "--history", place)
    assert (done.code, done.out) == (2, "")
    assert "there is no history yet" in done.err
    assert not place.exists()


def test_a_history_that_cannot_be_written_is_said_before_anything_is_read(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    small_shop(tmp_path / "exports")
    done = run("audit", tmp_path / "exports", "--history", tmp_path / "file" / "nights.db")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("--history ")


def test_a_report_that_could_not_be_kept_is_printed_and_ends_in_4(night, monkeypatch):
    from shopscore import history  # noqa: PLC0415 - as the command imports it
    from shopscore.errors import UsageError  # noqa: PLC0415

    def full(*_):
        raise UsageError("--history nights.db: database or disk is full", "")

    monkeypatch.setattr(history, "keep", full)
    done = night(0, GOOD)
    assert done.code == 4
    assert done.err == "--history nights.db: database or disk is full\n"
    assert done.out.startswith("小店")
    assert night(0, GOOD, "--fail-on", "evidence:likely").code in (1, 4)


def test_two_processes_at_once_keep_both_nights_once(tmp_path, place):
    folders = [tmp_path / name for name in ("one", "two")]
    for number, folder in enumerate(folders):
        small_shop(folder, shipments=small_scans(count=60 + number))
    words = ["--history", str(place), "--output"]
    runs = [
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "shopscore", "audit", str(folder), *words, str(tmp_path / f"{number}.txt")],
            env=os.environ,
            stderr=subprocess.PIPE,
        )
        for number, folder in enumerate((*folders, folders[0]))
    ]
    for each in runs:
        said = each.communicate(timeout=120)[1].decode().splitlines()
        assert [line for line in said if "waiting" not in line] == []
        assert each.returncode == 0
    listed = json.loads(run("history", "--history", place, "--format", "json").out)["audits"]
    assert len({each["audit_id"] for each in listed}) == len(listed) == 2
