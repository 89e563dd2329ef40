"""What the renderers themselves say, as (English, Chinese); everything else a report says comes from the packs.

One module a subject; a key stands in one of them only.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import TYPE_CHECKING

from shopscore import traditional

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBJECTS = tuple(import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
WORDS: dict[str, tuple[str, str]] = {key: said for subject in SUBJECTS for key, said in subject.WORDS.items()}


OF_OURS = {
    "kind": "kind_is",
    "stage": "stage_is",
    "last_actor": "party_is",
    "opened_by": "party_is",
    "liability": "party_is",
    "ship_origin": "from_is",
    "reason_class": "flow_class",
    "first_reason_class": "flow_class",
}
"""Dimensions whose segments are words of our own tables, and with what their phrases begin."""


def say(lang: str, key: str, **values: object) -> str:
    """The phrase ``key`` in ``lang``, filled in.

    ``{count:clock runs|clocks run}`` in a phrase is ``1 clock runs`` or ``5 clocks run``; with ``~`` in front of the
    words it is the words without the number.
    """
    phrase = _phrase(lang, key)
    return _COUNTING.vformat(phrase, (), values) if _COUNTED.search(phrase) else phrase.format(**values)


class _Counting(Formatter):
    """Formatting that knows one from many."""

    def format_field(self, value: object, format_spec: str) -> str:
        """A value in words of the right number; any other as it would be."""
        one, bar, many = format_spec.removeprefix("~").partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        word = one if str(value) == "1" else many
        return word if format_spec.startswith("~") else f"{value} {word}"


_COUNTING = _Counting()
_COUNTED = re.compile(r"\{\w+:[^{}]*\|")


@cache
def _phrase(lang: str, key: str) -> str:
    english, chinese = WORDS[key]
    if lang == "en":
        return english
    return traditional.of(chinese) if lang == "zh-Hant" else chinese


def joined(lang: str, parts: Iterable[str]) -> str:
    """Parts of a sentence side by side."""
    return (", " if lang == "en" else "\uff0c").join(parts)


def clauses(lang: str, parts: Iterable[str]) -> str:
    """Parts of a sentence that hold commas themselves."""
    return ("; " if lang == "en" else "\uff1b").join(parts)


def spaced(lang: str, sentences: Iterable[str]) -> str:
    """Sentences one after the other."""
    return (" " if lang == "en" else "").join(sentences)


def labelled(lang: str, label: str, text: str) -> str:
    """A label and what it says."""
    return f"{label}: {text}" if lang == "en" else f"{label}\uff1a{text}"


def segment_name(dimension: str, segment: str, lang: str) -> str:
    """A segment as people call it: ``20:00-20:59``, ``Wednesdays``, blank and the many small ones by name."""
    if not segment or segment == "rest":
        return say(lang, "segment_blank" if not segment else "segment_rest")
    if dimension == "hour":
        return say(lang, "hour_of", hour=f"{int(segment):02d}")
    if dimension == "weekday":
        return say(lang, f"weekday_{segment}")
    if dimension == "day":
        return say(lang, "day_of", day=segment)
    key = f"{OF_OURS.get(dimension, '')}_{segment}"
    return say(lang, key) if key in WORDS else segment


def say_reason(reason: str, lang: str, *, header: str = "") -> str:
    """A refusal's reason in words; one without words as it is.

    Args:
        reason: the reason, with the column it is about.
        lang: the language.
        header: what the file calls that column.
    """
    if f"reason_{reason}" in WORDS:
        return say(lang, f"reason_{reason}")
    kind, _, column = reason.partition("_")
    called = say(lang, "headed", column=column, header=header) if header else column
    return say(lang, f"reason_{kind}", column=called) if f"reason_{kind}" in WORDS and column else reason
