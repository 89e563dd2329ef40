"""Text from anywhere → Markdown that shows it: nothing in it becomes a heading, a link, a cell or a mention.

GitHub's Markdown is what is written; every backslash here is one that its specification takes off again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopscore.render.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_MEANS_SOMETHING = re.compile(
    r"[\\`*\[|~]"
    r"|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=[#A-Za-z])"
)
"""What would begin or end something: an underscore inside a word does not, nor does the ``<`` of ``<= 3%``."""
_ADDRESS = re.compile(r"\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)", re.IGNORECASE)
"""What becomes a link without any sign around it: the sign after it is taken away its meaning."""
_MENTION = re.compile(r"(?<![0-9A-Za-z])@(?=[0-9A-Za-z])")
_BLOCK = re.compile(r"(?:[#+=>:-]|\d+(?=[.)]))")
"""What makes a heading, a list or a rule of a line that begins with it."""


def inline(text: str) -> str:
    """A text inside a sentence or a cell.

    A name such as ``@all`` would call people: no backslash hinders that, so it is written with a wide ``＠``.
    """
    clean = " ".join(_MENTION.sub("\uff20", terminal(text)).split())
    return _ADDRESS.sub(r"\g<0>\\", _MEANS_SOMETHING.sub(r"\\\g<0>", clean))


def block(text: str) -> str:
    """A text at the beginning of a line or of a list's item."""
    shown = inline(text)
    found = _BLOCK.match(shown)
    if found is None:
        return shown
    return f"{found[0]}\\{shown[found.end() :]}" if found[0].isdigit() else f"\\{shown}"


def code(name: str) -> str:
    """An id as it is typed, in a sentence or a cell."""
    clean = _MENTION.sub("\uff20", terminal(name)).replace("`", "'").strip()
    return f"`{clean.replace('|', chr(92) + '|')}`" if clean else ""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """A table, a line a row; nothing without rows.

    Args:
        head: what stands above, as Markdown.
        rows: their cells, as Markdown.
        right: columns to align right.
    """
    if not rows:
        return
    yield _row(head)
    yield _row(["---:" if at in right else "---" for at in range(len(head))])
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell or "-" for cell in cells) + " |"
