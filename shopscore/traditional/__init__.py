"""A text of ours in simplified characters → the same in traditional ones, by a table made when the texts were written.

The table holds the characters that occur in our texts and rules and no others; where one of them has several forms
(发 → 發, 髮), phrases come first. It keeps the words of the mainland (质量, not 品質), because the back offices of the
platforms are theirs, and writes characters as they are written in Taiwan (為, 裡). Data is none of ours: names of
shops, goods and files stay as the files have them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

TABLE = Path(__file__).with_name("table.txt")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
HAN = re.compile(f"[{_HAN}]")
_NAME = re.compile(rf"[^\s,;:()\[\]'\"，；：（）「」“”]*[{_HAN}][^\s,;:()\[\]'\"，；：（）「」“”]*")


class Table(Struct, frozen=True):
    """What becomes of what.

    Attributes:
        letters: simplified character → its usual traditional one, where they differ.
        phrases: simplified phrase → the traditional one, where a character in it has another form than usual.
        alike: characters that stay.
        terms: platform terms that our English sentences quote in Chinese; they are no data.
    """

    letters: dict[str, str]
    phrases: dict[str, str]
    alike: str
    terms: frozenset[str]


def read(text: str) -> Table:
    """The table its file holds."""
    parts: dict[str, list[str]] = {"letters": [], "phrases": [], "alike": [], "terms": []}
    lines = parts["letters"]
    for line in text.splitlines():
        if line.startswith("["):
            lines = parts[line[1:-1]]
        elif line and not line.startswith("#"):
            lines += line.split()
    letters = {pair[0]: pair[1] for pair in parts["letters"]}
    phrases = dict(pair.split("=") for pair in parts["phrases"])
    return Table(letters, phrases, "".join(parts["alike"]), frozenset(parts["terms"]))


@cache
def _table() -> tuple[Table, re.Pattern[str], dict[int, str]]:
    found = read(TABLE.read_text(encoding="utf-8"))
    return found, pattern(found), str.maketrans(found.letters)


def pattern(table: Table) -> re.Pattern[str]:
    """Finds phrases, the longest first."""
    longest = sorted(table.phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(re.escape, longest)) or r"(?!)")


def of(text: str) -> str:
    """A text of ours, in traditional characters."""
    table, phrases, letters = _table()
    return convert(text, table, phrases, letters)


def convert(text: str, table: Table, phrases: re.Pattern[str], letters: dict[int, str]) -> str:
    """A text by a table: its phrases, then character by character what lies between."""
    parts, at = [], 0
    for found in phrases.finditer(text):
        parts += [text[at : found.start()].translate(letters), table.phrases[found[0]]]
        at = found.end()
    return "".join([*parts, text[at:].translate(letters)])


def names(english: str) -> list[str]:
    """What a sentence in English says in Chinese."""
    return [name.rstrip(".") for name in _NAME.findall(english)]


@cache
def _names(english: str) -> re.Pattern[str] | None:
    terms = _table()[0].terms
    found = {name for name in names(english) if name not in terms}
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True)))) if found else None


def of_sentence(chinese: str, english: str) -> str:
    """A sentence that may name shops, files or goods: what its English names alike is data, and stays as it is."""
    names = _names(english) if HAN.search(english) else None
    if names is None:
        return of(chinese)
    parts, at = [], 0
    for found in names.finditer(chinese):
        parts += [of(chinese[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, of(chinese[at:])])
