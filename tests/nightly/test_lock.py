"""Two runs on the same folder or history take turns; a killed one blocks nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from shopscore import nightly
from shopscore.errors import BusyError, UsageError

HOLDS = """
import sys, time
from pathlib import Path
from shopscore import nightly
with nightly.alone({Path(sys.argv[1]): "nights.db"}, 0, print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", HOLDS, str(tmp_path / "lock")], stdout=subprocess.PIPE, env=os.environ
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_run_that_does_not_wait_is_refused_with_a_sentence(tmp_path, holder):
    assert holder.poll() is None
    with pytest.raises(BusyError, match=r"another run is at work on nights\.db: nothing was done") as stopped:  # noqa: SIM117
        with nightly.alone({tmp_path / "lock": "nights.db"}, 0, print):
            pass
    assert stopped.value.exit_code == 75


def test_a_killed_run_blocks_nobody(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "lock").exists()
    with nightly.alone({tmp_path / "lock": "nights.db"}, 0, pytest.fail):
        pass


def test_a_run_that_waits_says_so_once_and_goes_on_when_the_other_ends(tmp_path, holder):
    threading.Timer(0.5, holder.kill).start()
    told = []
    with nightly.alone({tmp_path / "lock": "nights.db"}, 30, lambda *texts: told.append(texts)):
        assert holder.wait() != 0
    assert told == [
        (
            "another run is at work on nights.db: waiting up to 30 s (--wait)",
            "另一次运行正在处理 nights.db：最多等待 30 秒（--wait）",
        )
    ]


def test_waiting_ends(tmp_path, holder):
    assert holder.poll() is None
    began = time.monotonic()
    with pytest.raises(BusyError), nightly.alone({tmp_path / "lock": "nights.db"}, 0.3, lambda *_: None):
        pass
    assert 0.2 < time.monotonic() - began < 5


def test_locks_are_of_the_folder_and_of_the_history_by_whatever_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    state = tmp_path / "state"
    one, other = (
        nightly.things([Path(folder)], history, None, state)
        for folder, history in (("exports", "nights.db"), (tmp_path / "exports", f"sqlite:///{tmp_path}/nights.db"))
    )
    assert one.keys() == other.keys()
    assert tmp_path / "nights.db.lock" in one
    named = nightly.things([], "postgresql://u:secret@host/db", tmp_path / "own", state)
    assert sorted(named.values()) == sorted(["postgresql://host/db", str(tmp_path / "own")])
    assert "secret" not in str(named)


def test_a_lock_that_cannot_be_taken_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be taken"), nightly.alone({tmp_path / "file" / "x": "x"}, 0, print):
        pass


def test_many_locks_are_taken_in_one_order_so_that_runs_never_wait_for_each_other(tmp_path):
    files = [tmp_path / str(number) for number in range(4)]
    done = []

    def work(order):
        for _ in range(20):
            with nightly.alone(dict.fromkeys(order, "x"), 60, lambda *_: None):
                pass
        done.append(order)

    threads = [threading.Thread(target=work, args=(order,)) for order in (files, files[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(done) == 2
