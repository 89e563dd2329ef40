"""A real pseudo-terminal, read by an independent emulator: what stands on the screen, at every width."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl

import pyte
import pytest
from end_to_end_world import small_shop, spawn

WIDTHS = (60, 80, 100, 160)
LANGUAGES = ("en", "zh-Hans")
ROWS = 700
WATCH = """
import sys, time
from shopscore import console
with console.progress(quiet="quiet" in sys.argv, plain="plain" in sys.argv) as seen:
    for done in range(8):
        seen(done, 8)
        time.sleep(0.3)
print("done")
"""
READING = """
import time
from shopscore import console
from shopscore.readers.quiet import no_panic_shown
with console.progress(quiet=False, plain=False) as seen, no_panic_shown():
    for done in range(8):
        seen(done, 8)
        time.sleep(0.3)
print("done")
"""
STUCK = """
import sys, time
from shopscore import console, stopping
def work():
    with console.progress(quiet=False, plain=False) as seen:
        seen(1, 8)
        time.sleep(60)
sys.exit(stopping.run(lambda: console.run(work)))
"""


def begun(words, width, environment, *, err):
    """A command on a terminal so wide: its process, and the end of the terminal that sees it."""
    inner, outer = pty.openpty()
    ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, width, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, *map(str, words)],
        stdin=outer,
        stdout=outer,
        stderr=outer if err else subprocess.DEVNULL,
        env=kept | {"TERM": "xterm-256color"} | environment,
        start_new_session=True,
    )
    os.close(outer)
    return process, inner


def rest(inner):
    """What is written until the other end is closed."""
    found = b""
    while select.select([inner], [], [], 60)[0]:
        try:
            piece = os.read(inner, 65536)
        except OSError:
            break
        if not piece:
            break
        found += piece
    os.close(inner)
    return found


def written(*words, width=100, err=False, **environment):
    process, inner = begun(words, width, environment, err=err)
    found = rest(inner)
    assert process.wait(60) == 0
    return found.decode()


def screen(text, width):
    """The lines an emulated terminal shows."""
    shown = pyte.Screen(width, ROWS)
    pyte.Stream(shown).feed(text)
    return [line.rstrip() for line in shown.display]


@pytest.fixture(scope="module")
def reports(outputs):
    """The report of the samples as JSON, to be written again in every way."""
    return outputs["en"] / "report.json"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wrapped_or_lost_by_the_terminal(reports, width, language):
    text = written("-m", "shopscore", "render", reports, "--lang", language, width=width)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r\n", "\n").splitlines()
    assert len(lines) < ROWS
    shown = screen(text, width)
    # A line the terminal had to wrap would take two, and all that follow would stand lower.
    assert [line.replace(" ", "") for line in shown[: len(lines)]] == [line.replace(" ", "") for line in lines]


def columns(line, width):
    """The cells at which something begins behind a gap, on the emulated screen."""
    shown = pyte.Screen(width, 1)
    pyte.Stream(shown).feed(line)
    cells = [shown.buffer[0][at].data for at in range(width)]
    return [at for at in range(2, width) if cells[at] not in (" ", "") and cells[at - 2 : at] == [" ", " "]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [100, 160])
def test_columns_stand_below_their_heads(reports, width, language):
    text = re.sub(r"\x1b\[[0-9;]*m", "", written("-m", "shopscore", "render", reports, "--lang", language, width=width))
    lines = text.replace("\r\n", "\n").splitlines()
    heads = [at for at, line in enumerate(lines) if line.startswith("#  ")]
    assert len(heads) == 6
    for at in heads:
        first = columns(lines[at], width)
        assert set(first) <= set(columns(lines[at + 1], width)), lines[at : at + 2]


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_follows_the_environment(reports, environment, coloured):
    text = written("-m", "shopscore", "render", reports, "--lang", "en", **environment)
    assert ("\x1b[" in text) is coloured


def test_columns_outweighs_the_terminal_and_width_outweighs_both(reports):
    wide = written("-m", "shopscore", "render", reports, "--lang", "en", width=160, COLUMNS="70", NO_COLOR="1")
    assert max(len(line) for line in wide.splitlines()) <= 70
    words = ("-m", "shopscore", "render", reports, "--lang", "en", "--width", "120")
    assert "=" * 120 in written(*words, width=160, COLUMNS="70", NO_COLOR="1").splitlines()


def test_under_cron_chinese_is_utf_8(tmp_path):
    small_shop(tmp_path)
    bare = {"PATH": os.environ["PATH"], "SHOPSCORE_KEY": "k", "HOME": str(tmp_path)}
    for more in (
        {},
        {"LANG": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        command = [sys.executable, "-m", "shopscore", "audit", tmp_path, "--lang", "zh-Hans", "--no-cache"]
        done = subprocess.run(command, env=bare | more, capture_output=True, check=False, timeout=60)  # noqa: S603
        assert (done.returncode, done.stderr) == (0, b""), more
        assert "要做的事（截至 2026-" in done.stdout.decode("utf-8")
        assert b"?" not in done.stdout


def test_what_a_code_page_cannot_hold_is_said(tmp_path):
    small_shop(tmp_path, shop__yaml="name: 店🙂\n")
    page = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp936", "LC_ALL": "C"}
    command = [sys.executable, "-m", "shopscore", "audit", tmp_path, "--lang", "en"]
    done = subprocess.run(command, env=os.environ | page, capture_output=True, check=False, timeout=60)  # noqa: S603
    assert done.returncode == 0
    assert b"1 characters are not in gbk and stand as ?" in done.stderr
    assert "店?".encode("cp936") in done.stdout


# ── progress ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", [WATCH, READING], ids=["work", "files are read"])
def test_progress_appears_after_a_second_and_is_gone_at_the_end(code):
    text = written("-c", code, err=True)
    assert "shops" in text
    assert "/8" in text
    assert [line for line in screen(text, 100) if line] == ["done"]


@pytest.mark.parametrize(
    ("words", "environment"),
    [(("quiet",), {}), (("plain",), {}), ((), {"TERM": "dumb"})],
    ids=["quiet", "plain", "dumb"],
)
def test_progress_is_not_shown_where_nobody_wants_it(words, environment):
    assert written("-c", WATCH, *words, err=True, **environment).split() == ["done"]


def test_progress_never_goes_into_a_pipe():
    done = spawn(code=WATCH)
    assert (done.out, done.err) == ("done\n", "")


def test_an_interrupt_leaves_the_terminal_as_it_was():
    process, inner = begun(("-c", STUCK), 80, {}, err=True)
    seen = b""
    until = time.monotonic() + 30
    while b"/8" not in seen and time.monotonic() < until:
        if select.select([inner], [], [], 1)[0]:
            seen += os.read(inner, 65536)
    process.send_signal(signal.SIGINT)
    seen += rest(inner)
    assert process.wait(30) == 130
    text = seen.decode()
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1, "the cursor is shown again"
    assert [line for line in screen(text, 80) if line] == ["stopped (Ctrl-C); what is written is whole"]
