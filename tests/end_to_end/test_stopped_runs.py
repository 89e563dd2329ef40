"""A run that is asked to stop stops: one line, the code shells use, no process left, nothing half-written."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSCTTY

import pytest
from end_to_end_world import small_shop, spawn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
CTRL_C = "stopped (Ctrl-C); what is written is whole"
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
SHOPS, HELPERS = 3, 2


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    for number in range(SHOPS):
        small_shop(folder, f"店{number}")
    return folder


@pytest.fixture(autouse=True)
def hang_ups_are_heard():
    """Whatever runs the tests may have been told to outlive its terminal; what they begin would be told so too."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def words(exports, folder):
    """An audit by helpers that writes in every way."""
    written = ("--history", folder / "n.db", "--heartbeat", folder / "life.json")
    formats = ("--format", "text,json,html", "--output", folder / "out", "--workers", HELPERS, "--no-cache")
    return [sys.executable, "-m", "shopscore", "audit", str(exports), *map(str, (*written, *formats))]


def begun(command, folder, **streams):
    """A process in a group of its own."""
    state = {"SHOPSCORE_STATE": str(folder / "state")}
    return subprocess.Popen(command, env=os.environ | state, start_new_session=True, **streams)  # noqa: S603 - ours


def group(leader):
    """The processes of a group that are alive."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                fields = (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == leader and fields[0] != "Z":
                found.append(int(place.name))
    return found


def at_work(process):
    """Wait until the helpers are there."""
    until = time.monotonic() + 60
    while len(group(process.pid)) <= HELPERS:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.005)


def nothing_is_left(process, folder):
    until = time.monotonic() + 5  # a process that only minds the others ends after them
    while group(process.pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert group(process.pid) == []
    names = [path.name for path in folder.rglob("*")]
    assert [name for name in names if name.endswith(".part")] == []
    if "report.json" in names:
        json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    if "report.html" in names:
        assert (folder / "out" / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    if "n.db" in names:
        assert spawn("history", "--history", folder / "n.db").code == 0


@pytest.mark.parametrize(
    ("number", "all_of_them", "wait"),
    [
        (signal.SIGINT, True, 0),
        (signal.SIGINT, True, 0.7),
        (signal.SIGTERM, False, 0.7),
        (signal.SIGTERM, True, 0.2),
        (signal.SIGHUP, False, 0),
    ],
)
def test_helpers_at_work_end_with_the_run(exports, tmp_path, number, all_of_them, wait):
    process = begun(words(exports, tmp_path), tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    at_work(process)
    time.sleep(wait)
    (os.killpg if all_of_them else os.kill)(process.pid, number)
    out, err = process.communicate(timeout=30)
    if process.returncode:  # else it was ready before
        assert process.returncode == CODES[number]
        assert (out, err.decode().count("\n")) == (b"", 1)
        assert err.decode().startswith("stopped (")
    else:
        assert wait
    nothing_is_left(process, tmp_path)


def test_ctrl_c_on_a_terminal(exports, tmp_path):
    inner, outer = pty.openpty()
    process = begun(
        words(exports, tmp_path), tmp_path, stdin=outer, stdout=outer, stderr=outer,
        preexec_fn=lambda: ioctl(0, TIOCSCTTY, 0),
    )  # fmt: skip
    os.close(outer)
    at_work(process)
    os.write(inner, b"\x03")
    shown = b""
    while select.select([inner], [], [], 30)[0]:
        try:
            piece = os.read(inner, 65536)
        except OSError:
            break
        shown += piece
    os.close(inner)
    assert process.wait(30) == 130
    lines = [line for line in shown.decode().replace("^C", "").splitlines() if line.strip()]
    assert lines[-1].endswith(CTRL_C)
    assert "Traceback" not in shown.decode()
    nothing_is_left(process, tmp_path)
    # Nobody is in the way of the next run.
    with (tmp_path / "again").open("wb") as told:
        assert begun([*words(exports, tmp_path), "--wait", "0"], tmp_path, stderr=told).wait(120) == 0


@pytest.mark.parametrize("loaded", ["signal", "typer", "shopscore.audit"])
def test_while_it_is_still_loading(exports, tmp_path, loaded):
    command = [sys.executable, "-X", "importtime", *words(exports, tmp_path)[1:]]
    process = begun(command, tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = b""
    for line in process.stderr:
        told += line
        if line.rpartition(b"|")[2].strip().decode() == loaded:
            # The handlers are there one import after the module that sets them.
            if loaded == "signal":
                told += process.stderr.readline()
                while b"shopscore.stopping" not in told:
                    told += process.stderr.readline()
                told += process.stderr.readline()
            os.killpg(process.pid, signal.SIGINT)
            break
    told += process.communicate(timeout=30)[1]
    assert process.returncode == 130
    said = [line for line in told.decode().splitlines() if "import time:" not in line]
    assert said == [CTRL_C]


def test_what_was_ignored_from_the_start_still_is(exports, tmp_path):
    with (tmp_path / "err").open("wb") as told:
        process = begun(["nohup", *words(exports, tmp_path)], tmp_path, stdout=subprocess.DEVNULL, stderr=told)
        at_work(process)
        os.kill(process.pid, signal.SIGHUP)
        assert process.wait(120) == 0


@pytest.mark.parametrize("apart", [0, 0.002, 0.05])
def test_further_signals_do_not_leave_a_process_behind(exports, tmp_path, apart):
    process = begun(words(exports, tmp_path), tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    at_work(process)
    for _ in range(5):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(apart)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.decode().splitlines() == [CTRL_C]
    nothing_is_left(process, tmp_path)
