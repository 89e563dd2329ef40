"""The types of the model's fields, resolved: what kind each is, and what a struct is made of."""

from __future__ import annotations

import collections.abc
import datetime as dt
import types
import typing
from functools import cache
from typing import Any, Literal

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from shopscore.model import Words

Kind = Literal["optional", "fields", "items", "words", "tuple", "mapping", "time", "literal", "value"]
_SIMPLE = (str, int, float, bool)


@cache
def kind(shape: Any) -> Kind:  # noqa: PLR0911 - one return a kind
    """Which kind of type this is.

    Raises:
        TypeError: a noun of the report has a field that cannot be kept.
    """
    if shape is Words:
        return "words"
    if isinstance(shape, type) and issubclass(shape, Struct):
        return "fields"
    if shape in _SIMPLE:
        return "value"
    if shape in (dt.date, dt.datetime):
        return "time"
    args = typing.get_args(shape)
    origin = typing.get_origin(shape)
    if origin in (typing.Union, types.UnionType) and len(args) == 2 and types.NoneType in args:  # noqa: PLR2004
        return "optional"
    if origin is tuple:
        return "items" if args[1:] == (Ellipsis,) else "tuple"
    if origin is collections.abc.Mapping and args[0] is str:
        return "mapping"
    if origin is Literal:
        return "literal"
    raise TypeError(f"the report cannot hold {shape}")


@cache
def inner(shape: Any) -> Any:
    """What an optional type holds when it is not None."""
    return next(each for each in typing.get_args(shape) if each is not types.NoneType)


class Known(Struct, frozen=True):
    """A field of a struct; ``may_be_among``: it may be told among the names around it."""

    name: str
    shape: Any
    default: Any
    may_be_among: bool


@cache
def fields_of(shape: type) -> tuple[Known, ...]:
    """The fields of a struct."""
    found = []
    for field in fields(shape):
        default = field.default if field.default_factory is NODEFAULT else field.default_factory()
        # What came into the model later has a default: an older report tells nothing of it, under no name.
        among = default is NODEFAULT and kind(field.type) == "fields"
        found.append(Known(field.name, field.type, default, among))
    return tuple(found)
