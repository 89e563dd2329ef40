"""A file is there whole or not at all, whoever writes it at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shopscore import atomic

WRITES = """
import sys
from pathlib import Path
from pathlib import Path
from shopscore import atomic
for _ in range(40):
    atomic.write(Path(sys.argv[1]), sys.argv[2].encode() * 200_000)
"""


def test_two_writers_never_mix_and_leave_nothing_behind(tmp_path):
    target = tmp_path / "deep" / "report.json"
    runs = [
        subprocess.Popen([sys.executable, "-c", WRITES, str(target), letter], env=os.environ)  # noqa: S603 - our own
        for letter in "ab"
    ]
    seen = set()
    while any(run.poll() is None for run in runs):
        if target.exists():
            content = target.read_bytes()
            assert len(content) == 200_000
            seen |= set(content)
    assert [run.returncode for run in runs] == [0, 0]
    assert seen <= {ord("a"), ord("b")}
    assert os.listdir(target.parent) == ["report.json"]  # noqa: PTH208 - names are what is meant


def test_what_cannot_be_written_leaves_the_old_file_and_no_part(tmp_path, monkeypatch):
    target = tmp_path / "report.json"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        atomic.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_parts_make_one_file_and_one_that_cannot_be_made_leaves_the_old(tmp_path):
    target = tmp_path / "report.json"
    atomic.write(target, (part for part in (b"one ", b"", b"two")))
    assert target.read_bytes() == b"one two"

    def broken():
        yield b"half"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        atomic.write(target, broken())
    assert target.read_bytes() == b"one two"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_device_is_written_into_and_not_replaced():
    before = os.stat(os.devnull).st_mode  # noqa: PTH116 - a device, not a path of ours
    atomic.write(Path(os.devnull), b"text")
    assert os.stat(os.devnull).st_mode == before  # noqa: PTH116 - a device, not a path of ours


def test_a_name_as_long_as_names_may_be_can_be_written(tmp_path):
    target = tmp_path / ("x" * 250)
    atomic.write(target, b"text")
    assert target.read_bytes() == b"text"
