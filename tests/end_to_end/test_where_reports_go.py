"""A gate that fails ends in 1 and prints the report; what is written is what would be printed."""

from __future__ import annotations

import pytest
from end_to_end_world import refused, run, small_scans, small_shop


@pytest.mark.parametrize("gate", ["fail", "likely_fail", "metric:1688.pickup_48h_rate", "error,fail"])
def test_a_gate_that_fails_ends_in_1_and_prints_the_report(shop, gate):
    plain = run("audit", shop, "--lang", "en")
    gated = run("audit", shop, "--lang", "en", "--fail-on", gate)
    assert (plain.code, gated.code) == (0, 1)
    assert gated.out == plain.out != ""
    assert run("audit", shop, "--lang", "en", "--fail-on", gate, "--quiet").out == plain.out


@pytest.mark.parametrize("gate", ["error", "metric:1688.ww_3min_rate"])
def test_a_gate_that_holds_ends_in_0(shop, gate):
    assert run("audit", shop, "--fail-on", gate).code == 0
    quiet = run("audit", shop, "--fail-on", gate, "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_a_shop_on_target_passes_its_gates(tmp_path):
    small_shop(tmp_path, shipments=small_scans(late=()))
    done = run("audit", tmp_path, "--fail-on", "fail,likely_fail", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("place", ["/proc/nothing/report.txt", "blocked/report.txt"])
def test_a_report_that_cannot_be_written_is_a_sentence(shop, tmp_path, place):
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")
    refused(run("audit", shop, "--output", tmp_path / place), 2, "--output", place)
    refused(run("audit", shop, "--format", "text,json", "--output", tmp_path / "blocked"), 2, "--output")
    rows = ("explain", "1688.pickup_48h_rate", shop, "--rows", "miss", "--output", tmp_path / place)
    refused(run(*rows), 2, "--output", place)
    refused(run("read", shop, "--save", tmp_path / "blocked"), 2, "--save")


def test_reports_written_are_what_would_be_printed(shop, tmp_path):
    done = run("audit", shop, "--format", "text,json", "--output", tmp_path / "new" / "folder", "--lang", "zh-Hans")
    assert (done.code, done.out, done.err) == (0, "", "")
    for name, kind in (("report.txt", "text"), ("report.json", "json")):
        printed = run("audit", shop, "--format", kind, "--lang", "zh-Hans").out
        assert (tmp_path / "new" / "folder" / name).read_text(encoding="utf-8") == printed
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == ["report.json", "report.txt"]
    assert run("audit", shop, "--output", tmp_path / "one.txt", "--lang", "en").out == ""
    assert (tmp_path / "one.txt").read_text(encoding="utf-8") == run("audit", shop, "--lang", "en").out
