"""Types of the model → what of a value of each is not told yet, as plain values.

As in `alone`, put together once a type: a report of many files asks for thousands of them.
"""

from __future__ import annotations

import typing
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from shopscore.overlay.alone import is_default, writer
from shopscore.overlay.shapes import fields_of, inner, kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopscore.model import Words
    from shopscore.overlay.shapes import Known


class _Nothing(Enum):
    NOTHING = "nothing"


NOTHING: Final = _Nothing.NOTHING
"""Nothing is told, or nothing is left; None is a value."""


@cache
def remainder(shape: Any) -> Callable[[Any, Any, str], Any]:
    """From a value of a type, what is told of it and in which language, to what is left; NOTHING if all is told."""
    match kind(shape):
        case "optional":
            return _optional(shape)
        case "fields":
            return _fields(shape)
        case "items":
            return _items(shape)
        case "words":
            return _words
        case _:
            return _whole(shape)


def _whole(shape: Any) -> Callable[[Any, Any, str], Any]:
    write = writer(shape)

    def rest(value: Any, told: Any, _lang: str) -> Any:
        plain = write(value)
        return NOTHING if plain is told or same(plain, told) else plain

    return rest


def _optional(shape: Any) -> Callable[[Any, Any, str], Any]:
    some, none = remainder(inner(shape)), _whole(shape)
    return lambda value, told, lang: (none if value is None else some)(value, told, lang)


def _fields(shape: type) -> Callable[[Any, Any, str], Any]:
    parts = [(field, field.name, writer(field.shape), remainder(field.shape)) for field in fields_of(shape)]

    def rest(value: Any, told: Any, lang: str) -> Any:
        found = {}
        for field, name, write, some in parts:
            mine, beneath = getattr(value, name), beneath_of(field, told)
            if beneath is NOTHING:
                if not is_default(mine, field.default):
                    found[name] = write(mine)
            elif (left := some(mine, beneath, lang)) is not NOTHING:
                found[name] = left
        return NOTHING if not found and isinstance(told, dict) else found

    return rest


def _items(shape: Any) -> Callable[[Any, Any, str], Any]:
    each = typing.get_args(shape)[0]
    write, some = writer(shape), remainder(each)

    def rest(value: Any, told: Any, lang: str) -> Any:
        if isinstance(told, list | tuple) and len(told) == len(value):
            rests = [some(item, beneath, lang) for item, beneath in zip(value, told, strict=True)]
            return {str(at): left for at, left in enumerate(rests) if left is not NOTHING} or NOTHING
        whole = write(value)
        return NOTHING if isinstance(told, dict) and same(whole, pairs(told)) else whole

    return rest


def _words(value: Words, told: Any, lang: str) -> Any:
    mine, other = (value.en, value.zh) if lang == "en" else (value.zh, value.en)
    if told != mine:
        return {"en": value.en, "zh": value.zh}
    return NOTHING if other == mine else other


def beneath_of(field: Known, told: Any) -> Any:
    """What is told of a field; NOTHING if nothing is."""
    if not isinstance(told, dict):
        return NOTHING
    own = told.get(field.name, NOTHING)
    return told if field.may_be_among and not isinstance(own, dict) else own


def pairs(told: dict[str, Any]) -> list[list[Any]]:
    """An object as pairs; JSON keeps its keys in no order but the alphabet's."""
    return [[key, told[key]] for key in sorted(told)]


def same(plain: Any, told: Any) -> bool:
    """Equal as JSON: 1 is neither 1.0 nor true."""
    if isinstance(plain, list):
        told = list(told) if isinstance(told, tuple) else told
        return isinstance(told, list) and len(told) == len(plain) and all(map(same, plain, told))
    if isinstance(plain, dict):
        return (
            isinstance(told, dict) and plain.keys() == told.keys() and all(same(plain[key], told[key]) for key in plain)
        )
    return type(plain) is type(told) and is_default(plain, told)
