"""What is printed for programs is printed whole or not at all."""

from __future__ import annotations

import pytest

from shopscore import console
from shopscore.errors import UsageError

LARGE = "\u4e00" * (1 << 20)
"""Three mebibytes: some of them are more than is put aside in memory."""


def pieces(count, *, fails):
    for number in range(count):
        yield f"{number}{LARGE}\r\n"
    if fails:
        raise KeyError("a shop that cannot be told")


@pytest.mark.parametrize("count", [1, 5])
def test_what_fails_while_it_is_made_prints_nothing(capsys, count):
    with pytest.raises(KeyError):
        console.out(pieces(count, fails=True))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("count", [0, 1, 5])
def test_what_is_whole_is_printed_as_it_is(capsys, count):
    console.out(pieces(count, fails=False))
    told = capsys.readouterr().out
    assert told == "".join(pieces(count, fails=False))


def test_a_disk_without_room_for_it_is_a_sentence(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "not there"))
    with pytest.raises(UsageError, match="stdout: a temporary file cannot be written: No such file"):
        console.out(pieces(5, fails=False))
    assert capsys.readouterr().out == ""
