"""Types of the model → how a value of each is written as plain values, and made of them again, where nothing is told.

Both are put together once a type, out of those of its parts: a history of files holds thousands of values. What is
read shares its texts, sentences and times, of which a report repeats most.
"""

from __future__ import annotations

import math
import sys
import typing
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import NODEFAULT

from shopscore.model.sentences import shared
from shopscore.overlay.shapes import fields_of, inner, kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopscore.model import Words


class MismatchError(ValueError):
    """A plain value that is not of the type it stands for.

    Attributes:
        place: where it stands, as ``.name[number]``.
        what: what is wrong with it.
    """

    def __init__(self, what: str, place: str = "") -> None:
        """Say what is wrong, and where."""
        super().__init__(f"{place}: {what}")
        self.place, self.what = place, what

    def within(self, place: str) -> MismatchError:
        """The same, seen from further out."""
        return MismatchError(self.what, place + self.place)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def writer(shape: Any) -> Callable[[Any], Any]:  # noqa: PLR0911 - one return a kind
    """From a value of a type to plain values for JSON."""
    args = typing.get_args(shape)
    match kind(shape):
        case "optional":
            some = writer(inner(shape))
            return lambda value: None if value is None else some(value)
        case "fields":
            parts = [(field.name, field.default, writer(field.shape)) for field in fields_of(shape)]
            return lambda value: {
                name: write(mine)
                for name, default, write in parts
                if (mine := getattr(value, name)) is not default and not is_default(mine, default)
            }
        case "items":
            each = writer(args[0])
            return lambda value: [each(item) for item in value]
        case "words":
            return lambda value: {"en": value.en, "zh": value.zh}
        case "tuple":
            places = [writer(arg) for arg in args]
            return lambda value: [write(item) for write, item in zip(places, value, strict=True)]
        case "mapping":
            held = writer(args[1])
            return lambda value: {key: held(item) for key, item in value.items()}
        case "time":
            return lambda value: value.isoformat()
        case _:
            return lambda value: value


def is_default(mine: Any, default: Any) -> bool:
    """Whether a field may be left out: -0.0 is written with its sign."""
    return bool(mine == default) and not (type(mine) is float and math.copysign(1, mine) != math.copysign(1, default))


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def reader(shape: Any) -> Callable[[Any], Any]:  # noqa: PLR0911 - one return a kind
    """From plain values to a value of a type; what it gives raises `MismatchError`."""
    args = typing.get_args(shape)
    match kind(shape):
        case "optional":
            some = reader(inner(shape))
            return lambda plain: None if plain is None else some(plain)
        case "fields":
            return _fields(shape)
        case "items":
            return _items(reader(args[0]))
        case "words":
            return _words
        case "tuple":
            return _tuple([reader(arg) for arg in args])
        case "mapping":
            return _mapping(reader(args[1]))
        case "time":
            return _time(shape)
        case "literal":
            return lambda plain: plain if isinstance(plain, str) and plain in args else _refuse(plain)
        case _ if shape is str:
            return lambda plain: sys.intern(plain) if type(plain) is str else _refuse(plain)
        case _:
            allowed = (float, int) if shape is float else (shape,)
            return lambda plain: plain if type(plain) in allowed else _refuse(plain)


def _fields(shape: type) -> Callable[[Any], Any]:
    known = {field.name: reader(field.shape) for field in fields_of(shape)}
    needed = [field.name for field in fields_of(shape) if field.default is NODEFAULT]

    def make(plain: Any) -> Any:
        if not isinstance(plain, dict):
            raise MismatchError("should be an object")
        given = {}
        for name, item in plain.items():
            if name not in known:
                raise MismatchError("not known", f".{name}")
            try:
                given[name] = known[name](item)
            except MismatchError as error:
                raise error.within(f".{name}") from None
        for name in needed:
            if name not in given:
                raise MismatchError("missing", f".{name}")
        return shape(**given)

    return make


def _items(each: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def make(plain: Any) -> Any:
        if not isinstance(plain, list):
            raise MismatchError("should be a list")
        found: list[Any] = []
        try:
            found.extend(each(item) for item in plain)
        except MismatchError as error:
            raise error.within(f"[{len(found)}]") from None
        return tuple(found)

    return make


def _tuple(places: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def make(plain: Any) -> Any:
        if not isinstance(plain, list) or len(plain) != len(places):
            return _refuse(plain)
        found: list[Any] = []
        try:
            found.extend(each(item) for each, item in zip(places, plain, strict=True))
        except MismatchError as error:
            raise error.within(f"[{len(found)}]") from None
        return tuple(found)

    return make


def _mapping(held: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def make(plain: Any) -> Any:
        if not isinstance(plain, dict):
            return _refuse(plain)
        found = {}
        for key, item in plain.items():
            try:
                found[key] = held(item)
            except MismatchError as error:
                raise error.within(f".{key}") from None
        return found

    return make


def _words(plain: Any) -> Words:
    if isinstance(plain, str):  # as reports kept it before it had a second language
        return shared(plain, plain)
    english, chinese = (plain.get("en"), plain.get("zh")) if isinstance(plain, dict) else (None, None)
    if not isinstance(english, str) or not isinstance(chinese, str):
        raise MismatchError("should be a text in both languages")
    return shared(english, chinese)


_TIMES = 10_000
"""Times that are held to be shared: days of charts are those of every metric."""


def _time(shape: Any) -> Callable[[Any], Any]:
    known = lru_cache(_TIMES)(shape.fromisoformat)

    def make(plain: Any) -> Any:
        if not isinstance(plain, str):
            return _refuse(plain)
        try:
            return known(plain)
        except ValueError:
            raise MismatchError(f"{plain!r} is no time") from None

    return make


def _refuse(plain: Any) -> Any:
    raise MismatchError(f"{plain!r:.80} is not allowed here")
