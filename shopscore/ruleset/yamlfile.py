"""Strict YAML: text → plain values with the line of every key, and none of YAML's surprises.

The document is built from the parser's events, so nothing is ever constructed but mappings, lists, texts, numbers,
flags and dates. What YAML 1.1 would bend silently is refused with what to write: unquoted ``no`` and ``on`` (flags),
``21:00`` (1260), ``0123`` (83), ``1_000``, ``.5``, keys that are not text; so are duplicate keys, anchors, aliases,
merge keys, tags and more than one document.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast

import yaml
from msgspec import Struct

from shopscore.errors import WHOLE, Problem, RuleError
from shopscore.ruleset import scalars

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Keys = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

MOST_BYTES = 1_000_000
MOST_DEPTH = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    """One mistake, told as `_Building.refuse` takes it."""

    def __init__(self, line: int, *said: str) -> None:
        super().__init__(*said)
        self.line, self.said = line, said


class _Building(Struct, frozen=True):
    """What is gathered while one document is built."""

    path: Path
    lines: dict[Keys, int]
    problems: list[Problem]
    refused: set[Keys]

    def refuse(self, keys: Keys, line: int, *said: str) -> None:
        """Note a mistake.

        Args:
            keys: what it is about.
            line: where it stands.
            said: what is wrong and what to write instead, in English, then both in Chinese.
        """
        where = ".".join(str(key) for key in keys) or WHOLE
        what, hint, zh, zh_hint = said
        self.problems.append(Problem(f"{self.path}:{line}", where, what, hint=hint, zh=zh, zh_hint=zh_hint))
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
        building.refuse((), stop.line, *stop.said)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        building.refuse(
            (), line, "the file is not UTF-8 text", "save it as UTF-8", "文件不是 UTF-8 文本", "请另存为 UTF-8"
        )
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
        said = (f"this is not YAML: {what}", *_syntax_hint(str(what)))
        building.refuse((), mark.line + 1 if mark else 1, said[0], said[1], f"这不是 YAML：{what}", said[2])
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


def _syntax_hint(what: str) -> tuple[str, str]:
    if "mapping values are not allowed" in what:
        return "write text that holds ': ' in quotes", "含有“: ”的文字请加引号"
    if "\\t" in what or "cannot start any token" in what:
        return (
            "indent with spaces, and write text that begins with a sign in quotes",
            "请用空格缩进；以符号开头的文字请加引号",
        )
    return "check indentation, brackets and quotes", "请检查缩进、括号和引号"


def _bytes_of(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _Stop(1, f"the file cannot be read: {error.strerror}", "", f"文件读不了：{error.strerror}", "") from None
    if len(raw) > MOST_BYTES:
        size = len(raw)
        what, zh = f"the file has {size} bytes; the limit is {MOST_BYTES}", f"文件有 {size} 字节，上限是 {MOST_BYTES}"
        raise _Stop(1, what, "split it", zh, "请拆成几个文件")
    return raw


def _document(building: _Building, text: str) -> object:
    events = cast("Iterator[Any]", yaml.parse(text, Loader=_LOADER))
    next(events)  # the stream's start
    if isinstance(next(events), yaml.StreamEndEvent):
        raise _Stop(1, "the file is empty", "", "文件是空的", "")
    value = _value(building, events, next(events), ())
    next(events)  # the document's end
    rest = next(events)
    if not isinstance(rest, yaml.StreamEndEvent):
        said = "a file holds one document", "leave the line of dashes out", "一个文件只写一份内容", "请删去那行短横"
        raise _Stop(rest.start_mark.line + 1, *said)
    return value


def _value(building: _Building, events: Iterator[Any], event: Any, keys: Keys) -> object:  # noqa: ANN401
    line = event.start_mark.line + 1
    building.lines.setdefault(keys, line)
    if len(keys) > MOST_DEPTH:
        raise _Stop(line, f"nested more than {MOST_DEPTH} deep", "", f"嵌套超过 {MOST_DEPTH} 层", "")
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        said = "anchors (&) and aliases (*) are refused", "write it out; quote text that begins so"
        building.refuse(keys, line, *said, "不接受锚点（&）和引用（*）", "请把内容写全；这样开头的文字请加引号")
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}"
    if event.tag is not None:
        said = f"the tag {event.tag} is refused", "leave it out; quote text that begins with !"
        building.refuse(keys, line, *said, f"不接受标签 {event.tag}", "请删去；以 ! 开头的文字请加引号")
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
            said = f"the key {key!r} stands here twice", f"the first is in line {first}"
            building.refuse((*keys, key), line, *said, f"键 {key!r} 在这里出现了两次", f"第一次在第 {first} 行")
        found.setdefault(key, value)
    return found


def _key(building: _Building, event: Any, keys: Keys) -> str:  # noqa: ANN401
    line = event.start_mark.line + 1
    if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None:
        raise _Stop(line, "a key is plain text", "write it in quotes", "键应为普通文字", "请加引号")
    key = str(event.value)
    value = key if event.style else _plain(building, key, (*keys, key), line)
    if not isinstance(value, str) and (*keys, key) not in building.refused:
        said = f"YAML reads the key {key} as something else than text", f'write "{key}"'
        building.refuse((*keys, key), line, *said, f"YAML 不会把键 {key} 当作文字", f'请写 "{key}"')
    return key


def _scalar(building: _Building, event: Any, keys: Keys, line: int) -> object:  # noqa: ANN401
    return str(event.value) if event.style else _plain(building, str(event.value), keys, line)


def _plain(building: _Building, text: str, keys: Keys, line: int) -> object:
    """What an unquoted scalar stands for."""
    value, said = scalars.read(text)
    if said is not None:
        building.refuse(keys, line, *said)
    return value
