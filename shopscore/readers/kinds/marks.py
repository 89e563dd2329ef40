"""What cannot be read in a text → marks in it, by which its rows are refused.

A mark begins with a NUL byte, of which the text itself has none left. A mark in place of a whole line stands for a row
that was longer than a row may be; any other stands where bytes cannot be read in the file's encoding.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

UNREAD: Final = b"\0u"
"""Bytes that mean nothing in the file's encoding."""
FOREIGN: Final = b"\0m"
"""Text of a line that is in another encoding than the file."""
CUT: Final = b"\0c"
"""A character that the end of the file cuts off."""
LONG: Final = b"\0l"
"""A whole line that was too long."""

MARK: Final = re.compile("\0[umcl]")
"""Any mark, in a text."""

HANDLER: Final = "shopscore.marks"
"""The codecs' error handler that writes marks."""
LEGACY: Final = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950"})
"""Encodings in which a line of UTF-8 can be told from the file's own text."""

_HIGH = re.compile(rb"[\x80-\xff]+")
_UTF8_LINE = re.compile(rb"(?:[\x00-\x7f]++|(?:[\xe2-\xef][\x80-\xbf]{2})++)*+")
"""What it has taken it never gives back, so that a line that does not fit is told in one pass."""
_NOT_GB2312 = re.compile(rb"[\x80-\xa0]")
_KINDS = b"a" * 0x80 + b"c" * 0x40 + b"x" * 0x22 + b"e" * 0x0E + b"x" * 0x10
"""Every byte's part in UTF-8: ASCII, a continuation, the start of a character of three bytes, or another."""
_START = b"aecc"
"""ASCII, then a character of three bytes in UTF-8."""


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNREAD.decode(), error.end


codecs.register_error(HANDLER, _marked)


def without_utf8_lines(data: bytes) -> bytes:
    """Lines of a legacy encoding; those that are UTF-8 are marked in place of their text.

    A line counts as UTF-8 if all of it is, in characters of three bytes as Chinese is written, and if as text of the
    file's encoding it would hold rare characters. Text that is valid UTF-8 by chance does not.
    """
    kinds = b"a" + data.translate(_KINDS)
    parts: list[bytes] = []
    start = at = 0
    while (found := kinds.find(_START, at)) >= 0:
        # The ASCII byte found is one place further on here than in the data.
        begin, end = data.rfind(b"\n", 0, found) + 1, data.find(b"\n", found)
        end = len(data) if end < 0 else end
        line = data[begin:end]
        if _NOT_GB2312.search(line) and _UTF8_LINE.fullmatch(line):
            parts += [data[start:begin], _HIGH.sub(FOREIGN, line)]
            start = end
        at = end
    return b"".join([*parts, data[start:]]) if parts else data


def mended(data: bytes) -> bytes:
    """What says it is UTF-8, with a mark wherever it is not."""
    if _is(data, "utf-8"):
        return data
    *lines, last = data.split(b"\n")
    return b"\n".join([*(_mended(line) for line in lines), _mended(last, ends=True)])


def _mended(line: bytes, *, ends: bool = False) -> bytes:
    if _is(line, "utf-8"):
        return line
    if ends and (whole := _whole_characters(line)) is not None:
        return line[:whole] + CUT
    return _HIGH.sub(FOREIGN, line) if _is_legacy(line) else line.decode("utf-8", HANDLER).encode()


def _whole_characters(line: bytes) -> int | None:
    """The length of the line without the character that the end of the file cuts off, if that is all that is wrong."""
    try:
        _, length = codecs.utf_8_decode(line, "strict", False)
    except UnicodeDecodeError:
        return None
    return length


def _is_legacy(line: bytes) -> bool:
    """Whether a line that is no UTF-8 is text in an encoding of its own: nothing in it reads as Chinese in UTF-8."""
    return not any(char >= "\u2000" for char in line.decode("utf-8", "ignore")) and (
        _is(line, "gb18030") or _is(line, "big5hkscs")
    )


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
