"""A class that names its fields → a frozen, slotted dataclass, as the standard library makes it but sooner.

The library compiles six methods for each, every one from a text of its own: 1 ms a class, of which this program has
three hundred. Only how one is filled has to be compiled; what else they do is the same for all of them and written
once, here. Type checkers are told that it is the library's own, and all else is: ``fields``, ``replace``, ``asdict``,
pickling and pattern matching.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from dataclasses import Field, dataclass

__all__ = ["dataclass"]

_MISSING = dataclasses.MISSING


def _dataclass(**told: bool) -> Callable[[type[Any]], type[Any]]:
    """What the library's ``dataclass`` makes with the same words."""
    return _frozen if told == {"frozen": True, "slots": True} else dataclasses.dataclass(**told)


if not TYPE_CHECKING:
    dataclass = _dataclass


def _frozen(cls: type[Any]) -> type[Any]:
    own = set(cls.__dict__)
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)
    for method in (_filling(fields, after="__post_init__" in own), *_shared(fields)):
        method.__qualname__ = f"{made.__qualname__}.{method.__name__}"
        if method.__name__ not in own:
            setattr(made, method.__name__, method)
    return made


def _filling(fields: Iterable[Field[Any]], *, after: bool) -> Callable[..., None]:
    """How one is filled.

    Args:
        fields: what with.
        after: whether the class has something to do then.

    Raises:
        TypeError: a field is of a kind that only the library knows.
    """
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": _MISSING}
    takes, does = ["self"], []
    for each in fields:
        if not each.init or each.kw_only or each.hash is not None:
            raise TypeError(f"{each.name}: such a field needs the library's own dataclass")
        value = each.name
        if each.default is not _MISSING:
            known[f"_{each.name}"] = each.default
            takes.append(f"{each.name}=_{each.name}")
        elif each.default_factory is not _MISSING:
            known[f"_{each.name}"] = each.default_factory
            takes.append(f"{each.name}=_missing")
            value = f"_{each.name}() if {each.name} is _missing else {each.name}"
        else:
            takes.append(each.name)
        does.append(f"_set(self, {each.name!r}, {value})")
    does.append("self.__post_init__()" if after else "return")
    exec(f"def __init__({', '.join(takes)}):\n " + "\n ".join(does), known)  # noqa: S102 - names of fields, as the library
    filling: Callable[..., None] = known["__init__"]
    return filling


def _shared(fields: Iterable[Field[Any]]) -> tuple[Callable[..., Any], ...]:
    """What all of them do alike."""
    names = tuple(each.name for each in fields)
    shown = tuple(each.name for each in fields if each.repr)
    told = _values(names)
    compared = _values(tuple(each.name for each in fields if each.compare))

    def __eq__(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(compared(self))

    @recursive_repr()
    def __repr__(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def __setattr__(_: object, name: str, __: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(_: object, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self: object) -> tuple[Any, ...]:
        return told(self)

    def __setstate__(self: object, state: tuple[Any, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return __eq__, __hash__, __repr__, __setattr__, __delattr__, __getstate__, __setstate__


def _values(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """From one to what some of its fields hold."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)
