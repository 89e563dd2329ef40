"""Processes are killed while they keep audits, and others keep them at the same time: nothing is lost or half there."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from past_world import metric, report

from shopscore import history
from shopscore.model import Cells, SegmentCount

HERE = Path(__file__).parent
CELLS = Cells(1.0, (("carrier", (SegmentCount("a", 3, 40, 40), SegmentCount("b", 2, 60, 60))),))
METRICS = tuple(replace(metric(f"p.m{number}"), cells=CELLS) for number in range(12))
KILLED = """
import json, os, random, signal, sys, time
sys.path.insert(0, {here!r})
from past_world import report
from test_crashes import METRICS
from shopscore import history

place, chance, told = sys.argv[1], random.Random(7), []
history.begin(place)
began = time.perf_counter()
history.keep(place, report(0, *METRICS))
each = time.perf_counter() - began
for at in range(1, 101):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        for number in range(50):
            history.keep(place, report(50 * at + number, *METRICS))
            os.write(writer, f"{{50 * at + number}}\\n".encode())
        os._exit(0)
    os.close(writer)
    time.sleep(chance.uniform(0, 2.5 * each))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader) as kept:
        told += [int(line) for line in kept.read().split("\\n")[:-1]]
print(json.dumps(told))
"""
KEEPS = """
import sys
sys.path.insert(0, {here!r})
from past_world import report
from test_crashes import METRICS
from shopscore import history

place, first = sys.argv[1], int(sys.argv[2])
for day in range(first, first + 20):
    history.keep(place, report(day, *METRICS))
"""


def started(code, *words):
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code.format(here=str(HERE)), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ,
    )


def is_whole(place):
    """Every audit has its report, its shop and all its metrics; the file is in order."""
    with closing(sqlite3.connect(place)) as connection, connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        ids = [audit for (audit,) in connection.execute("select audit_id from audits order by as_of")]
        parts = connection.execute(
            "select (select count(*) from shops s where s.number = a.number),"
            " (select count(*) from metrics m where m.number = a.number),"
            " (select count(*) from segments g where g.number = a.number) from audits a"
        ).fetchall()
    assert set(parts) == {(1, len(METRICS), len(METRICS))}
    return [int(audit[:8]) for audit in ids]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed quickly")
def test_killed_at_a_hundred_moments_nothing_is_lost_and_nothing_is_half_there(tmp_path):
    place = tmp_path / "nights.db"
    out, err = started(KILLED, place).communicate(timeout=120)
    assert err.decode() == ""
    told = json.loads(out)
    days = is_whole(place)
    assert set(told) <= set(days)
    # At most one audit of each process was kept without having been told of.
    assert len(days) - 1 - len(told) <= 100
    assert len({day // 50 for day in days}) > 10, "the moments are too early to say anything"
    for day in days[:: max(len(days) // 20, 1)]:
        assert history.load(str(place), f"{day:08d}") == report(day, *METRICS)


def test_two_runs_at_once_keep_everything_once(tmp_path):
    place = tmp_path / "nights.db"
    runs = [started(KEEPS, place, first) for first in (0, 10)]
    for each in runs:
        assert each.communicate(timeout=120)[1].decode() == ""
        assert each.returncode == 0
    assert is_whole(place) == list(range(30))
