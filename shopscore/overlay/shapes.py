"""The types of the model's fields, resolved: what kind each is, and what a dataclass is made of."""

from __future__ import annotations

import collections.abc
import datetime as dt
import importlib
import pkgutil
import types
import typing
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal

from shopscore import model
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
    if is_dataclass(shape):
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


@dataclass(frozen=True, slots=True)
class Known:
    """A field of a dataclass; ``may_be_among``: it may be told among the names around it."""

    name: str
    shape: Any
    default: Any
    may_be_among: bool


@cache
def fields_of(shape: type) -> tuple[Known, ...]:
    """The fields of a dataclass."""
    hints = typing.get_type_hints(shape, localns=_names())
    found = []
    for field in fields(shape):
        default = field.default if field.default_factory is MISSING else field.default_factory()
        # What came into the model later has a default: an older report tells nothing of it, under no name.
        among = default is MISSING and kind(hints[field.name]) == "fields"
        found.append(Known(field.name, hints[field.name], default, among))
    return tuple(found)


@cache
def _names() -> dict[str, Any]:
    """What the annotations of the model may name: its modules import their types for checkers only."""
    found: dict[str, Any] = {"dt": dt, "Mapping": collections.abc.Mapping}
    for each in pkgutil.iter_modules(model.__path__, f"{model.__name__}."):
        found |= vars(importlib.import_module(each.name))
    return found
