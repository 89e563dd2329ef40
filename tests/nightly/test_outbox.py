"""What has to go out is not lost and is known to have gone, whatever dies in between; and there is an end to it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing

import pytest

from shopscore.errors import UsageError
from shopscore.nightly import outbox

WORKS = """
import os, sys
from pathlib import Path
from shopscore.nightly import outbox

place, first = Path(sys.argv[1]), int(sys.argv[2])
sent = os.open(sys.argv[3], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
with outbox.opened(place) as box:
    for audit in range(first, first + 10_000):
        outbox.put(box, outbox.New("robot", f"audit {audit}", "letter"), 1000.0 + audit)
        for message in outbox.unsent(box, "robot"):
            for step in range(message.done, 2):
                os.write(sent, f"{message.number} {step}\\n".encode())  # the service says yes
                outbox.taken(box, message, step + 1, 1000.0)
            outbox.sent(box, message, 1000.0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")
def test_killed_at_any_moment_nothing_is_lost_and_only_the_step_under_way_is_done_twice(tmp_path):
    place, log, chance = tmp_path / "outbox.db", tmp_path / "sent", random.Random(7)  # noqa: S311 - moments
    kills = 12
    log.touch()
    for number in range(kills):
        before = log.stat().st_size
        run = subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", WORKS, str(place), str(10_000 * number), str(log)], env=os.environ
        )
        while log.stat().st_size < before + 40:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.05))
        run.send_signal(signal.SIGKILL)
        run.wait()
    with closing(sqlite3.connect(place)) as box, box:
        assert box.execute("pragma integrity_check").fetchall() == [("ok",)]
        known = {number: (done, when) for number, done, when in box.execute("select number, done, sent from messages")}
    lines = [tuple(map(int, line.split())) for line in log.read_text().splitlines()]
    assert len(known) > 2 * kills
    for number, (done, when) in known.items():
        for step in range(done):
            assert (number, step) in lines
        assert when is None or done == 2
    twice = len(lines) - len(set(lines))
    assert twice <= kills
    assert sum(when is None for _, when in known.values()) <= 1


def test_an_audit_is_put_in_once_for_a_place_also_after_it_went(tmp_path):
    with outbox.opened(tmp_path / "outbox.db") as box:
        new = outbox.New("robot", "audit", "letter", b"report")
        assert [outbox.put(box, new, 1.0), outbox.put(box, new, 2.0)] == [True, False]
        (message,) = outbox.unsent(box, "robot")
        outbox.sent(box, message, 3.0)
        assert not outbox.put(box, new, 4.0)
        assert outbox.put(box, outbox.New("another", "audit", "letter"), 4.0)
        assert box.execute("select letter, report from messages where place = 'robot'").fetchall() == [("", None)]


def test_what_nobody_takes_is_given_up_after_two_weeks_or_five_hundred(tmp_path):
    with outbox.opened(tmp_path / "outbox.db") as box:
        box.execute("begin")
        for number in range(510):
            outbox.put(box, outbox.New("robot", f"{number}", "letter"), 1000.0)
        box.execute("commit")
        assert outbox.tidied(box, 1000.0) == 10
        assert [message.number for message in outbox.unsent(box, "robot")] == list(range(11, 511))
        assert outbox.tidied(box, 1000.0 + 15 * 86_400) == 500


def test_a_place_that_bears_twenty_a_minute_is_given_its_minute(tmp_path):
    with outbox.opened(tmp_path / "outbox.db") as box:
        outbox.put(box, outbox.New("robot", "audit", "letter"), 0.0)
        (message,) = outbox.unsent(box, "robot")
        for second in range(20):
            assert outbox.room(box, "robot", 20, float(second)) == 0.0
            outbox.taken(box, message, second, float(second))
        assert outbox.room(box, "robot", 20, 20.0) == 40.0
        assert outbox.room(box, "another", 20, 20.0) == 0.0
        assert outbox.room(box, "robot", 20, 60.5) == 0.0


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such rights there")
def test_only_its_owner_reads_it(tmp_path):
    place = tmp_path / "state" / "outbox.db"
    with outbox.opened(place):
        pass
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_an_outbox_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "outbox.db").write_bytes(b"this is no database, and long enough not to look like an empty one" * 20)
    with pytest.raises(UsageError, match="cannot be used"), outbox.opened(tmp_path / "outbox.db"):
        pass
