"""Nobody sits in front of a job of the night: nothing is asked, two runs take turns, a run that got through says so."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from end_to_end_world import run, small_shop, spawn, started


@pytest.fixture(autouse=True)
def _own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOPSCORE_STATE", str(tmp_path / "state"))


@pytest.fixture
def exports(tmp_path):
    small_shop(tmp_path / "exports")
    return tmp_path / "exports"


def test_a_run_that_got_through_leaves_a_sign_of_life_and_one_that_did_not_leaves_none(exports, tmp_path):
    life = tmp_path / "life.json"
    assert run("audit", tmp_path / "nothing", "--heartbeat", life).code in (2, 3)
    assert not life.exists()
    assert run("audit", exports, "--heartbeat", life, "--quiet").code == 0
    assert json.loads(life.read_text(encoding="utf-8"))["exit_code"] == 0
    assert run("audit", exports, "--heartbeat", life, "--fail-on", "level:fail", "--lang", "en").code == 1
    assert json.loads(life.read_text(encoding="utf-8"))["exit_code"] == 1


def test_a_sign_of_life_that_cannot_be_left_ends_in_4_after_the_report(exports, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("audit", exports, "--heartbeat", tmp_path / "file" / "life.json")
    assert done.code == 4
    assert done.out
    assert "--heartbeat" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes what is closed here")
def test_nothing_is_asked_with_a_closed_stdin(exports, tmp_path):
    command = [sys.executable, "-m", "shopscore", "audit", str(exports), "--history", str(tmp_path / "n.db")]
    done = subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *command], capture_output=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes what is closed here")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_run_that_was_started_with_nothing_open_keeps_and_writes_what_it_should(exports, tmp_path, closed):
    report, kept = tmp_path / "report.json", tmp_path / "nights.db"
    words = ("audit", exports, "--format", "json", "--output", report, "--history", kept)
    command = [sys.executable, "-m", "shopscore", *map(str, words)]
    done = subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *command], capture_output=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert json.loads(report.read_text(encoding="utf-8"))["shops"]
    assert len(json.loads(spawn("history", "--history", kept, "--format", "json").out)["audits"]) == 1
    printed = subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *command[:5]], capture_output=True, timeout=120, check=False
    )
    assert (printed.returncode, printed.stderr) == (0, b"")


def test_two_runs_at_once_take_turns_and_keep_the_audit_once(exports, tmp_path):
    words = ("audit", exports, "--history", tmp_path / "nights.db", "--heartbeat", tmp_path / "life.prom")
    runs = [started(*words) for _ in range(2)]
    errors = [each.communicate(timeout=120)[1].decode() for each in runs]
    assert [each.returncode for each in runs] == [0, 0]
    assert all(text == "" or "another run is at work" in text for text in errors)
    kept = spawn("history", "--history", tmp_path / "nights.db", "--format", "json")
    assert len(json.loads(kept.out)["audits"]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")
def test_a_killed_run_and_its_helpers_block_nobody(exports, tmp_path):
    small_shop(exports, "二店")
    words = ("audit", exports, "--history", tmp_path / "nights.db", "--workers", "2")
    running = started(*words)
    while not (tmp_path / "nights.db.lock").exists():
        assert running.poll() is None
        time.sleep(0.02)
    time.sleep(0.5)
    running.kill()
    running.communicate()
    done = spawn(*words, "--wait", "0")
    assert (done.code, done.err) == (0, "")


def test_a_run_that_does_not_wait_ends_in_75_and_touches_nothing(exports, tmp_path):
    from shopscore import nightly  # noqa: PLC0415 - the lock is all that is needed of it

    history, life = tmp_path / "nights.db", tmp_path / "life.json"
    with nightly.alone(nightly.things([], str(history), None, tmp_path / "state"), 0, print):
        done = spawn("audit", exports, "--history", history, "--heartbeat", life, "--wait", "0")
    assert done.code == 75
    assert done.out == ""
    assert "another run is at work on" in done.err
    assert not life.exists()
    assert spawn("audit", exports, "--history", history, "--heartbeat", life, "--wait", "0").code == 0
