"""A frozen value, and what is already told of it → what is left to tell, as plain values; and back.

The JSON report tells most of a `Report` under the contract's keys, in one language. `left` finds what those keys do not
tell (the other language, what only the text report shows), `made` puts both together again. Neither knows a field by
name: a noun that is added to the model is kept from then on. Where nothing is told, everything is left.

What is left of a value, by its type:

- a sentence (`Words`): its text in the other language where one is told, else both;
- a struct: an object of its fields of which something is left;
- a tuple: an object by index where as many items are told, else the whole list;
- anything else: the value.

A field that is left out and not told has its default.
"""

from __future__ import annotations

import typing
from typing import Any

from msgspec import NODEFAULT

from shopscore.model.sentences import shared
from shopscore.overlay.alone import MismatchError, reader, writer
from shopscore.overlay.remainder import NOTHING, beneath_of, pairs, remainder
from shopscore.overlay.shapes import fields_of, inner, kind

if typing.TYPE_CHECKING:
    from shopscore.model import Words

__all__ = ["NOTHING", "MismatchError", "left", "made"]


def left(shape: Any, value: Any, told: Any = NOTHING, lang: str = "en") -> Any:
    """What of a value is not told.

    Args:
        shape: its type: a struct of the model, or what its fields are made of.
        value: the value.
        told: plain values, objects with the names of fields; a field that is a struct and not told under its own
            name may be told among the names around it.
        lang: the language in which sentences are told.

    Returns:
        Plain values for JSON; NOTHING where everything is told, and never so where nothing is.
    """
    return writer(shape)(value) if told is NOTHING else remainder(shape)(value, told, lang)


def made(shape: Any, rest: Any, told: Any = NOTHING, lang: str = "en", place: str = "report") -> Any:
    """The value of which ``rest`` was left beside what was told.

    Raises:
        MismatchError: something is missing, of another type, or not known.
    """
    if told is NOTHING and rest is not NOTHING:
        return _made_whole(shape, rest, place)
    match kind(shape):
        case "optional":
            kept = told if rest is NOTHING else rest
            return None if kept is None else made(inner(shape), rest, told, lang, place)
        case "fields":
            return _made_of_fields(shape, rest, told, lang, place)
        case "items":
            return _made_of_items(shape, rest, told, lang, place)
        case "words":
            return _made_of_words(rest, told, lang, place)
        case _:
            return _made_whole(shape, told if rest is NOTHING else rest, place)


# ── structs ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _made_of_fields(shape: type, rest: Any, told: Any, lang: str, place: str) -> Any:
    own = {} if rest is NOTHING and isinstance(told, dict) else rest
    if not isinstance(own, dict):
        raise MismatchError("should be an object", place)
    if strangers := sorted(own.keys() - {field.name for field in fields_of(shape)}):
        raise MismatchError("not known", f"{place}.{strangers[0]}")
    given = {}
    for field in fields_of(shape):
        mine, beneath = own.get(field.name, NOTHING), beneath_of(field, told)
        if mine is not NOTHING or beneath is not NOTHING:
            given[field.name] = made(field.shape, mine, beneath, lang, f"{place}.{field.name}")
        elif field.default is NODEFAULT:
            raise MismatchError("missing", f"{place}.{field.name}")
    return shape(**given)


# ── tuples and sentences ─────────────────────────────────────────────────────────────────────────────────────────────


def _made_of_items(shape: Any, rest: Any, told: Any, lang: str, place: str) -> Any:
    each = typing.get_args(shape)[0]
    if isinstance(rest, list):
        return tuple(made(each, item, NOTHING, lang, f"{place}[{at}]") for at, item in enumerate(rest))
    if rest is NOTHING and isinstance(told, dict):
        return tuple(made(each, item, NOTHING, lang, f"{place}[{at}]") for at, item in enumerate(pairs(told)))
    rests = {} if rest is NOTHING else rest
    if not isinstance(told, list | tuple) or not isinstance(rests, dict):
        raise MismatchError("should be a list", place)
    if strangers := sorted(rests.keys() - {str(at) for at in range(len(told))}):
        raise MismatchError("not known", f"{place}[{strangers[0]}]")
    return tuple(
        made(each, rests.get(str(at), NOTHING), beneath, lang, f"{place}[{at}]") for at, beneath in enumerate(told)
    )


def _made_of_words(rest: Any, told: Any, lang: str, place: str) -> Words:
    if isinstance(rest, dict):
        english, chinese = rest.get("en"), rest.get("zh")
    else:
        other = told if rest is NOTHING else rest
        english, chinese = (told, other) if lang == "en" else (other, told)
    if not isinstance(english, str) or not isinstance(chinese, str):
        raise MismatchError("should be a text in both languages", place)
    return shared(english, chinese)


# ── single values ────────────────────────────────────────────────────────────────────────────────────────────────────


def _made_whole(shape: Any, kept: Any, place: str) -> Any:
    if kept is NOTHING:
        raise MismatchError("missing", place)
    try:
        return reader(shape)(kept)
    except MismatchError as error:
        raise error.within(place) from None
