"""Many shops in one run: judged together, told shop by shop, and none stops another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from end_to_end_world import REPOSITORY, SAMPLES, run, small_shop
from fleet_world import shop
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from shopscore import console
from shopscore.ledger.crew import A_HANDFUL
from shopscore.render import fleet as text_page
from shopscore.render import schema

NASTY = '../../<script>alert(1)</script> =cmd|"\u202e\x1b[31m'


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    """Nine shops with one late carrier in common, one that is fine, and four that cannot be audited."""
    root = tmp_path_factory.mktemp("fleet")
    lines = ["shops:"]
    for number in range(9):
        shop(root / "1688" / f"s{number}", late=("b",), more="fail_on: [error]\n" if number else "")
        lines.append(f"  - {{folder: 1688/s{number}, owner: {'AB'[number % 2]}, group: east}}")
    shop(root / "1688" / "fine", carriers=("a", "c"))
    shop(root / "1688" / "nasty", late=("b",), name=NASTY)
    (root / "1688" / "zip").mkdir()
    (root / "1688" / "zip" / "orders.zip").write_bytes(b"PK\x03\x04 cut off")
    (root / "1688" / "empty").mkdir()
    (root / "1688" / "empty" / "orders.csv").write_text("order_id,created_at\n", encoding="utf-8")
    shop(root / "1688" / "mistaken", more="timezone: Mars/Olympus\n")
    lines += ["  - {folder: 1688/zip, owner: A}", "  - {folder: 1688/gone, owner: B}"]
    (root / "fleet.yaml").write_text("\n".join(lines), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def pages(fleet, tmp_path_factory):
    """Everything a fleet's run writes."""
    folder = tmp_path_factory.mktemp("pages") / "out"
    done = run("audit", fleet, "--lang", "en", "--format", "text,json,html,ndjson", "--output", folder)
    return done, folder


@pytest.mark.parametrize(("more", "code", "said"), [("timezone: Mars/Olympus\n", 2, "Mars/Olympus"), ("", 3, "")])
def test_a_fleet_of_which_no_shop_can_be_audited_is_no_bug(tmp_path, more, code, said):
    for name in ("one", "two"):
        shop(tmp_path / "1688" / name, more=more)
        if not more:
            (tmp_path / "1688" / name / "orders.csv").write_text("order_id,created_at\n", encoding="utf-8")
            (tmp_path / "1688" / name / "shipments.csv").unlink()
    done = run("audit", tmp_path, "--fleet", "--format", "json")
    assert (done.code, done.out) == (code, "")
    assert done.err.count(said) == (2 if said else len(done.err) + 1)
    assert "bug" not in done.err


def test_bad_folders_stop_no_other_and_are_named_with_their_reasons(pages):
    done, folder = pages
    assert done.code == 5
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert len(report["shops"]) == 11
    reasons = {each["name"].rpartition("1688/")[2]: each for each in report["fleet"]["failed"]}
    assert reasons.keys() == {"zip", "empty", "mistaken", "gone"}
    assert "damaged" in reasons["zip"]["reason"]
    assert "no such folder" in reasons["gone"]["reason"]
    assert "Mars/Olympus" in reasons["mistaken"]["reason"]
    assert (reasons["zip"]["owner"], reasons["gone"]["owner"]) == ("A", "B")
    text = (folder / "report.txt").read_text("utf-8")
    assert text.splitlines()[1].startswith("10 of 11 shops fall short")
    assert "4 could not be audited" in text


def test_a_mistake_beside_one_of_many_shops_stops_no_list_of_what_runs_out(tmp_path):
    for number in range(A_HANDFUL + 1):
        small_shop(tmp_path, f"s{number}")
    (tmp_path / "1688" / "s3" / "shop.yaml").write_text("cutofs: {}\n", encoding="utf-8")
    done = run("due", tmp_path, "--as-of", "2026-11-20T10:00", "--within", "6h", "--format", "json")
    assert done.code == 5
    told = json.loads(done.out)
    assert [shop["shop"] for shop in told["shops"]] == [f"s{number}" for number in range(A_HANDFUL + 1) if number != 3]
    assert "cutofs" in done.out


def test_a_carrier_late_everywhere_is_shared_and_the_other_is_not(pages):
    report = json.loads((pages[1] / "report.json").read_text("utf-8"))
    carriers = [each["segment"] for each in report["fleet"]["causes"] if each["dimension"] == "carrier"]
    assert carriers == ["b"]
    found = next(each for each in report["fleet"]["causes"] if each["dimension"] == "carrier")
    assert len(found["shops"]) == 10
    assert found["interval"][0] > 0


def test_what_is_most_worth_an_hour_comes_first(pages):
    report = json.loads((pages[1] / "report.json").read_text("utf-8"))
    metrics = {(shop["shop"], each["id"]): each for shop in report["shops"] for each in shop["metrics"]}
    worth = [each for each in report["fleet"]["actions"] if each["per_hour"] is not None]
    basis = {"cutoff": 0, "published": 0, "advisory": 1, "own": 2, "none": 3}
    order = [(basis[metrics[each["shop"], each["metric"]]["target_basis"]], -each["per_hour"]) for each in worth]
    assert order == sorted(order)
    assert worth


def test_the_json_and_every_line_are_reports_by_the_schema(pages):
    _, folder = pages
    valid = Draft202012Validator(schema.schema())
    whole = json.loads((folder / "report.json").read_text("utf-8"))
    valid.validate(whole)
    lines = (folder / "report.ndjson").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    for each in told:
        valid.validate(each)
    assert [each["shops"][0]["shop"] for each in told] == [each["shop"] for each in whole["shops"]]
    assert [each["shops"][0] for each in told] == whole["shops"]


def test_each_shop_has_a_page_that_nothing_in_its_name_can_place_elsewhere(pages):
    _, folder = pages
    names = sorted(path.name for path in folder.parent.rglob("*.html"))
    assert len(names) == 12
    assert "index.html" in names
    assert all(path.parent == folder for path in folder.parent.rglob("*.html"))
    nasty = next(name for name in names if "script" in name)
    assert not set(nasty) & set('<>/\\:*?"|= \u202e\x1b')
    index = (folder / "index.html").read_text("utf-8")
    assert all(f'href="{name}"' in index for name in names if name != "index.html")
    assert "<script>alert" not in index


def test_a_page_is_read_again_as_a_report_and_is_the_one_of_the_shop_alone(pages):
    done = run("render", pages[1] / "1688-s0.html", "--lang", "en")
    assert done.code == 0
    assert done.out.startswith("s0 | ")


def test_one_page_can_still_be_asked_for(fleet, tmp_path):
    run(
        "audit",
        fleet / "1688" / "s0",
        fleet / "1688" / "s1",
        "--fleet",
        "--format",
        "html",
        "-o",
        tmp_path / "one.html",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["one.html"]


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_the_text_holds_the_width_of_any_terminal(pages, lang, width):
    report = console.read_report(pages[1] / "report.json")
    assert max(cell_len(line.text) for line in text_page.render(report, lang, width)) <= width


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_the_text_holds_its_width_and_needs_no_letters_a_chinese_windows_lacks(fleet, lang):
    text = run("audit", fleet, "--lang", lang).out
    assert max(cell_len(line) for line in text.splitlines()) <= 100
    text.replace("\u00b7", "").encode("gbk")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_list_reads_its_folders_only_and_leaves_a_handful_alone_without_being_asked(tmp_path):
    for name in ("a", "b", "c"):
        shop(tmp_path / "1688" / name)
    (tmp_path / "fleet.yaml").write_text("shops:\n  - {folder: 1688/a, owner: 李}\n  - folder: 1688/b\n", "utf-8")
    listed = run("audit", tmp_path / "fleet.yaml", "--format", "json").report
    assert [each["shop"] for each in listed["fleet"]["shops"]] == ["a", "b"]
    assert listed["fleet"]["shops"][0]["owner"] == "李"
    whole = run("audit", tmp_path, "--format", "json").report
    assert "fleet" not in whole
    assert len(whole["shops"]) == 3
    asked = run("audit", tmp_path, "--fleet", "--format", "json").report
    assert [each["owner"] for each in asked["fleet"]["shops"]] == ["李", "", ""]


def test_a_mistake_in_the_list_is_a_sentence_with_its_place(tmp_path):
    shop(tmp_path / "1688" / "a")
    (tmp_path / "fleet.yaml").write_text("shops:\n  - {folder: 1688/a, ownr: 李}\n", encoding="utf-8")
    done = run("audit", tmp_path / "fleet.yaml")
    assert done.code == 2
    assert "fleet.yaml:2" in done.err
    assert "ownr" in done.err


def test_in_a_fleet_a_folder_is_a_shop_of_its_own_also_where_no_folder_names_the_platform(tmp_path):
    for name in ("one", "two"):
        shop(tmp_path / name)
        for file in (tmp_path / name).glob("*.csv"):
            first, *rows = file.read_text("utf-8").splitlines()
            text = "\n".join([f"platform,{first}", *(f"1688,{row}" for row in rows)])
            file.write_text(text, encoding="utf-8")
    (tmp_path / "two" / "orders.csv").write_bytes(b"PK\x03\x04")
    (tmp_path / "two" / "shipments.csv").unlink()
    done = run("audit", tmp_path, "--fleet", "--format", "json")
    assert [each["shop"] for each in done.report["shops"]] == ["one"]
    assert [each["name"] for each in done.report["fleet"]["failed"]] == ["two"]
    assert done.code == 5


def test_the_same_files_give_the_same_bytes_with_one_process_and_with_two(fleet):
    one, two = (run("audit", fleet, "--format", "json", "--workers", number, "--no-cache").out for number in (1, 2))
    assert one == two


@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes of a run in /proc")
def test_a_shop_whose_process_is_killed_is_audited_after_the_others(fleet):
    command = [sys.executable, "-m", "shopscore", "audit", fleet, "--format", "json", "--workers", "2", "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "SHOPSCORE_KEY": "k" * 32}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(list(map(str, command)), **pipes, env=environment)  # noqa: S603 - our own program
    os.kill(_child_at_work(process.pid), signal.SIGKILL)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 5  # for those that cannot be read
    assert len(json.loads(out)["shops"]) == 11


def test_the_samples_are_a_fleet_only_when_asked():
    assert "fleet" not in run("audit", SAMPLES / "1688", "--format", "json", "--lang", "en").report
    report = run("audit", SAMPLES / "fleet.yaml", "--format", "json", "--lang", "en").report
    assert len(report["fleet"]["shops"]) == 5
    assert all(each["owner"] for each in report["fleet"]["shops"])


def _child_at_work(pid):
    """A process of a run that has used a second of its own."""
    children, until = Path(f"/proc/{pid}/task/{pid}/children"), time.monotonic() + 60
    while time.monotonic() < until:
        for child in children.read_text("ascii").split():
            used = Path(f"/proc/{child}/stat").read_text("ascii").rpartition(")")[2].split()[11]
            if int(used) > os.sysconf("SC_CLK_TCK"):
                return int(child)
        time.sleep(0.02)
    raise AssertionError("no process of the run works")


@pytest.mark.parametrize("as_fleet", [[], ["--fleet"]])
def test_a_shop_that_two_folders_name_is_told_once(tmp_path, as_fleet):
    shop(tmp_path / "exports" / "a", name="same", more="platform: '1688'\n")
    shop(tmp_path / "exports" / "b", name="same", more="platform: '1688'\n", late=("b",))
    shop(tmp_path / "exports" / "c", name="other", more="platform: '1688'\n")
    words = ("--format", "json,html,text", "--output", tmp_path / "out", "--history", tmp_path / "nights.db")
    done = run("audit", tmp_path / "exports", *as_fleet, *words, "--lang", "en")
    assert (done.code, done.out) == (5, "")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert [each["shop"] for each in report["shops"]] == ["other", "same"]
    assert [name.rpartition("/")[2] for name in report["failed"]] == ["b"]
    told = " ".join((tmp_path / "out" / "report.txt").read_text("utf-8").split())
    assert "/b: " in told
    assert "1688/same stands in" in told
    assert {each["shop"] for each in report["inputs"] if each["file"].startswith("b/")} == {None}
    kept = run("history", "1688.pickup_48h_rate", "--history", tmp_path / "nights.db", "--lang", "en", "--plain")
    assert kept.code == 0, kept.err
    assert "same" in kept.out
    assert "other" in kept.out
