"""Cross-checks of regular expressions: that they compile, and that matching takes no longer than the text is long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopscore.ruleset.shape import problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.errors import Problem
    from shopscore.ruleset.format import Format
    from shopscore.ruleset.transcript import Transcript
    from shopscore.ruleset.yamlfile import Document, Keys

_LONGEST = 500
_MOST_REPEATS = 200
_REFUSED = (
    (re.compile(r"\(\?(?!:|P<)"), "a group may only be (…), (?:…) or (?P<name>…)"),
    (re.compile(r"\)\{"), "a group may not be counted"),
    (re.compile(r"\{(?!\d{1,3}(?:,\d{0,3})?\})"), "a brace may only hold a count, as in {1,64}"),
    (re.compile(r"[*+?}][*+]"), "a repetition may not be repeated"),
)
"""What stands outside of brackets and is not understood by every engine, or costs more than one pass."""
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = frozenset("dDsSwWnt.^$*+?()[]{}|\\/-")
_BRACKETS = re.compile(r"\[\^?([^\]]*)\]")
_ODD_IN_BRACKETS = re.compile(r"^$|\[|&&|--|~~")
_COUNT = re.compile(r"\d+")
_COUNTS = re.compile(r"\{([\d,]+)\}")
_PART = re.compile(r"(?<!\\)\{([a-z_]+)\}")


def pattern_problem(pattern: str) -> str | None:
    """Why a pattern cannot be used, or None.

    Only what every engine understands alike is allowed, and nothing that looks around or back: such an engine needs
    one pass over the text.
    """
    if len(pattern) > _LONGEST:
        return f"the pattern is longer than {_LONGEST} characters"
    for escape in _ESCAPE.finditer(pattern):
        if escape[1] not in _ESCAPED:
            return f"the escape {escape[0]!r} is not allowed"
    plain = _ESCAPE.sub("x", pattern)
    if any(_ODD_IN_BRACKETS.search(inside) for inside in _BRACKETS.findall(plain)):
        return "brackets hold nothing, or a sign that must be written with a backslash"
    outside = _BRACKETS.sub("x", plain)
    counts = [int(count) for each in _COUNTS.findall(outside) for count in _COUNT.findall(each)]
    if max(counts, default=0) > _MOST_REPEATS:
        return f"more than {_MOST_REPEATS} repetitions"
    try:
        re.compile(pattern)
    except (re.error, FutureWarning) as error:
        return f"no regular expression: {error}"
    return next((what for odd, what in _REFUSED if odd.search(outside)), None)


def check_tells(form: Format, document: Document) -> Iterator[Problem]:
    """The patterns by which texts tell words."""
    for header, words in form.tells.items():
        for word, patterns in words.items():
            for n, pattern in enumerate(patterns):
                yield from check_pattern(document, ("tells", header, word, n), pattern)


def check_transcript(talk: Transcript, document: Document) -> Iterator[Problem]:
    """Patterns that can be used, made of parts that are there."""
    at: Keys = ("transcript",)
    for name, part in talk.parts.items():
        yield from check_pattern(document, (*at, "parts", name), part)
    lists: dict[Keys, list[str]] = {
        ("message",): talk.message,
        ("skip",): talk.skip,
        ("breaks",): talk.breaks,
        **{("lines", kind): patterns for kind, patterns in talk.lines.items()},
        **{("speakers", side): patterns for side, patterns in talk.speakers.items()},
    }
    for keys, patterns in lists.items():
        for n, pattern in enumerate(patterns):
            yield from _whole(talk, document, (*at, *keys, n), pattern)
    for key, alone in (("below", talk.below), ("above", talk.above), ("account", talk.account)):
        if alone is not None:
            yield from _whole(talk, document, (*at, key), alone)
    if (talk.below is None) != (talk.above is None):
        yield problem_at(document, at, "below and above are two lines of one beginning", "write both or neither")


def _whole(talk: Transcript, document: Document, keys: Keys, pattern: str) -> Iterator[Problem]:
    for name in _PART.findall(pattern):
        if name not in talk.parts:
            yield problem_at(document, keys, f"there is no part {name!r}", "write it under parts")
            return
    yield from check_pattern(document, keys, talk.written(pattern))


def check_pattern(document: Document, keys: Keys, pattern: str) -> Iterator[Problem]:
    """Whether a pattern can be used."""
    what = pattern_problem(pattern)
    if what is not None:
        yield problem_at(document, keys, what)
