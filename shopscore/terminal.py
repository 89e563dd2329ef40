"""What the other end of a stream can show, whoever it is: its width, colours, characters.

Nothing changes its words for a pipe: text in a mail or a file is the text of a terminal of 100 cells, without colour
and never cropped; records for programs (``--plain``) are asked for. A stream whose encoding has no Chinese at all (the
C locale of cron, a Western code page) is written in UTF-8, as the files are, unless the user chose its encoding.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST = 40
"""Cells below which nothing is laid out."""
MOST = 160
"""Cells beyond which lines are hard to read: a wider terminal is not filled, unless ``--width`` asks for it."""
_CHINESE = "店铺"
_CHOSEN = "PYTHONIOENCODING"


def width(stream: TextIO, environment: Mapping[str, str]) -> int:
    """Cells a line may take: ``COLUMNS``, else the terminal's, else 100."""
    from shopscore.render.layout import WIDTH  # noqa: PLC0415 - --help lays nothing out

    told = environment.get("COLUMNS", "")
    found = int(told) if told.isascii() and told.isdigit() else 0
    if not found and stream.isatty():
        try:
            found = os.get_terminal_size(stream.fileno()).columns
        except OSError:
            found = 0
    return min(max(found, LEAST), MOST) if found else WIDTH


def colours(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether to colour: ``NO_COLOR`` forbids it, ``FORCE_COLOR`` asks for it, else a terminal that is not dumb."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def animates(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether a line may be drawn over."""
    return stream.isatty() and environment.get("TERM", "dumb" if os.name != "nt" else "") != "dumb"


def standing() -> None:
    """Give a run that was started without stdin, stdout or stderr (``>&-``, some daemons) an empty one.

    Otherwise the next file that is opened, a report or a history, would take their number, and be written into.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def prepare(stream: TextIO, environment: Mapping[str, str]) -> None:
    """Make a stream take every text: in UTF-8 where it has no Chinese; what it has no character for becomes ``?``."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    chosen = bool(environment.get(_CHOSEN)) or lost(_CHINESE, stream) == 0
    reconfigure(errors="replace", **({} if chosen else {"encoding": "utf-8"}))


def lost(text: str, stream: TextIO) -> int:
    """How many characters a stream's encoding does not have."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return sum(not _has(encoding, letter) for letter in text)
    return 0


def _has(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
