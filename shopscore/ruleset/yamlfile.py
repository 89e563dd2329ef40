"""Strict YAML: text → plain values with the line of every key, and none of YAML's surprises.

The document is built from the parser's events, so nothing is ever constructed but mappings, lists, texts, numbers,
flags and dates. What YAML 1.1 would bend silently is refused with what to write: unquoted ``no`` and ``on`` (flags),
``21:00`` (1260), ``0123`` (83), ``1_000``, ``.5``, keys that are not text; so are duplicate keys, anchors, aliases,
merge keys, tags and more than one document.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, Any, cast

import yaml
from msgspec import Struct

from shopscore.errors import Problem, RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Keys = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

MOST_BYTES = 1_000_000
MOST_DEPTH = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_JOKES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), what, hint)
    for pattern, what, hint in (
        (r"yes|no|on|off", "YAML reads unquoted {0} as a flag", 'write it in quotes: "{0}" (or true, false)'),
        (r"true|false|null", "YAML readers differ on {0} in capitals", "write it small, or in quotes"),
        (r"[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?", "YAML reads {0} as a number of base 60", 'write it in quotes: "{0}"'),
        (r"[-+]?0\d[\d_]*", "YAML reads a leading zero as an octal number", 'write it in quotes: "{0}"'),
        (r"[-+]?0[xob][0-9a-f_]+", "hexadecimal, octal and binary numbers are refused", 'write it in quotes: "{0}"'),
        (r"[-+]?\d[\d_]*_[\d_]*(\.\d*)?", "YAML reads {0} as a number", 'write it in quotes: "{0}", or without _'),
        (r"\+\d.*", "YAML reads {0} as a number without its sign", 'write it in quotes: "{0}", or without +'),
        (r"[-+]?(\.\d+|\d+\.)(e[-+]?\d+)?", "a number has digits on both sides of its point", "write 0.5 or 5.0"),
        (r"[-+]?\d+(\.\d*)?e[-+]?\d+", "numbers with an exponent are refused", "write the number out"),
        (r"[-+]?\.inf|\.nan", "{0} is not a number", "leave the key out"),
        (r"\d{4}-\d\d?-\d\d?[Tt ].*\d:.*", "a time must be text", 'write it in quotes: "{0}"'),
        (r"\d{4}-\d\d?-\d\d?", "a date has two digits for month and day", "write 2025-01-31"),
        (r"<<", "merge keys are refused", "write the keys out"),
    )
)


class Document(Struct, frozen=True):
    """One YAML file as plain values.

    Attributes:
        path: where it is.
        data: its values; a refused value is there as the text that was written.
        lines: the line of every key and list item, by the keys that lead to it.
        problems: what was refused.
        refused: the keys whose values were refused.
        sha256: of the file's bytes.
    """

    path: Path
    data: object
    lines: Mapping[Keys, int]
    problems: tuple[Problem, ...]
    refused: frozenset[Keys]
    sha256: str

    def place(self, keys: Keys) -> str:
        """``path:line`` of a value, or of the nearest thing around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return f"{self.path}:{self.lines.get(keys, 1)}"


class _Stop(Exception):  # noqa: N818  not an error of its own: it carries one out of the recursion
    def __init__(self, line: int, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.line, self.what, self.hint = line, what, hint


class _Building(Struct, frozen=True):
    """What is gathered while one document is built."""

    path: Path
    lines: dict[Keys, int]
    problems: list[Problem]
    refused: set[Keys]

    def refuse(self, keys: Keys, line: int, what: str, hint: str) -> None:
        where = ".".join(str(key) for key in keys) or "document"
        self.problems.append(Problem(f"{self.path}:{line}", where, what, hint=hint))
        self.refused.add(keys)


def read_yaml(path: Path) -> Document:
    """Read one file; whatever is wrong with it is in ``problems``, and ``data`` is None if it cannot be read at all."""
    building = _Building(path, {}, [], set())
    raw = b""
    data = None
    try:
        raw = _bytes_of(path)
        data = _document(building, raw.decode("utf-8-sig"))
    except _Stop as stop:
        building.refuse((), stop.line, stop.what, stop.hint)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        building.refuse((), line, "the file is not UTF-8 text", "save it as UTF-8")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
        building.refuse((), mark.line + 1 if mark else 1, f"this is not YAML: {what}", _syntax_hint(str(what)))
    sha256 = hashlib.sha256(raw).hexdigest()
    return Document(path, data, building.lines, tuple(building.problems), frozenset(building.refused), sha256)


def plain_values(path: Path) -> dict[str, Any]:
    """The keys and values of a file that has no shape beyond them.

    Raises:
        RuleError: with every mistake of the file and its place.
    """
    document = read_yaml(path)
    if document.problems:
        raise RuleError([*document.problems])
    return cast("dict[str, Any]", document.data)


def _syntax_hint(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "write text that holds ': ' in quotes"
    if "\\t" in what or "cannot start any token" in what:
        return "indent with spaces, and write text that begins with a sign in quotes"
    return "check indentation, brackets and quotes"


def _bytes_of(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _Stop(1, f"the file cannot be read: {error.strerror}") from None
    if len(raw) > MOST_BYTES:
        raise _Stop(1, f"the file has {len(raw)} bytes; the limit is {MOST_BYTES}", "split it")
    return raw


def _document(building: _Building, text: str) -> object:
    events = cast("Iterator[Any]", yaml.parse(text, Loader=_LOADER))
    next(events)  # the stream's start
    if isinstance(next(events), yaml.StreamEndEvent):
        raise _Stop(1, "the file is empty")
    value = _value(building, events, next(events), ())
    next(events)  # the document's end
    rest = next(events)
    if not isinstance(rest, yaml.StreamEndEvent):
        raise _Stop(rest.start_mark.line + 1, "a file holds one document", "leave the line of dashes out")
    return value


def _value(building: _Building, events: Iterator[Any], event: Any, keys: Keys) -> object:  # noqa: ANN401
    line = event.start_mark.line + 1
    building.lines.setdefault(keys, line)
    if len(keys) > MOST_DEPTH:
        raise _Stop(line, f"nested more than {MOST_DEPTH} deep")
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        building.refuse(
            keys, line, "anchors (&) and aliases (*) are refused", "write it out; quote text that begins so"
        )
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}"
    if event.tag is not None:
        building.refuse(keys, line, f"the tag {event.tag} is refused", "leave it out; quote text that begins with !")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(building, event, keys, line)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(building, events, keys)
    return _mapping(building, events, keys)


def _sequence(building: _Building, events: Iterator[Any], keys: Keys) -> list[object]:
    found: list[object] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        found.append(_value(building, events, event, (*keys, len(found))))
    return found


def _mapping(building: _Building, events: Iterator[Any], keys: Keys) -> dict[str, object]:
    found: dict[str, object] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key, line = _key(building, event, keys), event.start_mark.line + 1
        first = building.lines.get((*keys, key))
        building.lines.setdefault((*keys, key), line)
        value = _value(building, events, next(events), (*keys, key))
        if key in found:
            building.refuse((*keys, key), line, f"the key {key!r} stands here twice", f"the first is in line {first}")
        found.setdefault(key, value)
    return found


def _key(building: _Building, event: Any, keys: Keys) -> str:  # noqa: ANN401
    line = event.start_mark.line + 1
    if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None:
        raise _Stop(line, "a key is plain text", "write it in quotes")
    key = str(event.value)
    value = key if event.style else _plain(building, key, (*keys, key), line)
    if not isinstance(value, str) and (*keys, key) not in building.refused:
        building.refuse((*keys, key), line, f"YAML reads the key {key} as something else than text", f'write "{key}"')
    return key


def _scalar(building: _Building, event: Any, keys: Keys, line: int) -> object:  # noqa: ANN401
    return str(event.value) if event.style else _plain(building, str(event.value), keys, line)


def _plain(building: _Building, text: str, keys: Keys, line: int) -> object:
    """What an unquoted scalar stands for."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        return _date(building, text, keys, line)
    if text[0] in "yYnNoOtTfF+-.<0123456789":
        _refuse_joke(building, text, keys, line)
    return text


def _date(building: _Building, text: str, keys: Keys, line: int) -> object:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        building.refuse(keys, line, f"{text} is not in the calendar", "write a date such as 2025-01-31")
        return text


def _refuse_joke(building: _Building, text: str, keys: Keys, line: int) -> None:
    for pattern, what, hint in _JOKES:
        if pattern.fullmatch(text):
            building.refuse(keys, line, what.format(text), hint.format(text))
            return
