"""Shop data is hostile: what must happen to a cell before a person's terminal or spreadsheet sees it."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_INVISIBLE = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Characters a terminal or an editor may act on, beside those every writer of JSON escapes."""
_FORMULA = re.compile(r"^\s*[=+\-@]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?%?$")


def terminal(text: str) -> str:
    """Text without control characters, escape sequences and direction marks; each becomes ``·``."""
    return _CONTROL.sub("·", text)


def json(text: str) -> str:
    """A text of JSON with these characters escaped: they stand inside its strings only."""
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def spreadsheet(text: str) -> str:
    """Text a spreadsheet will show instead of running: a leading ``= + - @`` gets an apostrophe; numbers stay."""
    clean = _CONTROL.sub(" ", text)
    if _FORMULA.match(clean) and not _NUMBER.match(clean):
        return "'" + clean
    return clean
