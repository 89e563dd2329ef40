"""Lines → messages of a service's size: cut between lines, never inside a character."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def size(text: str) -> int:
    """Bytes of a text as they are sent."""
    return len(text.encode())


def split(lines: Sequence[str], most: int) -> list[str]:
    """Texts of at most ``most`` bytes that hold all lines in order, each line whole in one of them.

    A line that is longer than that by itself is cut, and ends in two dots.
    """
    found: list[str] = []
    text: str | None = None
    for line in (cut(each, most) for each in lines):
        longer = line if text is None else f"{text}\n{line}"
        if text is not None and size(longer) > most:
            found.append(text)
            text = line
        else:
            text = longer
    return [whole for each in (*found, text or "") if (whole := each.strip("\n"))]


def fitted(lines: Sequence[str], fits: Callable[[str], bool], rest: Callable[[int], str]) -> str:
    """As many lines as fit together, and a last one that says how many do not.

    Args:
        lines: the lines, those that matter most first.
        fits: whether a text may be sent.
        rest: the last line, for so many that are left out.
    """
    for count in range(len(lines), 0, -1):
        left = sum(bool(line) for line in lines[count:])
        text = "\n".join((*lines[:count], *([rest(left)] if left else [])))
        if fits(text):
            return text
    return rest(sum(bool(line) for line in lines))


def cut(line: str, most: int) -> str:
    """A line of at most ``most`` bytes, whole characters only."""
    if size(line) <= most:
        return line
    return "".join(_characters(line, most - 2)) + ".."


def _characters(line: str, room: int) -> Iterator[str]:
    for letter in line:
        room -= size(letter)
        if room < 0:
            return
        yield letter
