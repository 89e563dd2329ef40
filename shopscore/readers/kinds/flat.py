"""One JSON text → plain values and flat records: nested keys joined by dots, numbers as they are written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from shopscore.readers import limits, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.model import Words

_HALVES: Final = "\\ud"
"""How half a character is written; only then can a text hold one without the other half."""


class _TwiceError(ValueError):
    """An object that names a key twice: nothing says which value is meant."""


class _NoNumberError(ValueError):
    """``NaN`` or ``Infinity``, which JSON does not have."""


def parsed(text: str) -> tuple[Any, Words | None]:
    """A JSON text as plain values, all numbers as text; or the sentence why it cannot be read.

    Nothing of the text is in the sentence: it may hold anything.
    """
    try:
        value = _DECODER.decode(text)
    except _TwiceError:
        return None, sentences.JSON_TWICE
    except _NoNumberError:
        return None, sentences.JSON_NO_NUMBER
    except json.JSONDecodeError as error:
        return None, sentences.json_broken(error.lineno, error.colno)
    except RecursionError:
        return None, sentences.JSON_DEEP
    # What opens rarely cannot nest deeply.
    if text.count("{") + text.count("[") > limits.MAX_NESTING and _too_deep(value):
        return None, sentences.JSON_DEEP
    return _whole(value) if _HALVES in text.lower() else value, None


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """An object's scalars under dotted names; lists of objects are left out, other lists are JSON text."""
    return dict(_scalars(record, ""))


def lists_in(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects in an object, under the dotted names that lead to them."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from lists_in(value, f"{prefix}{key}.")
        elif isinstance(value, list) and _of_objects(value):
            yield f"{prefix}{key}", value


def _scalars(record: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, str):
            yield prefix + key, value
        elif value is None:
            yield prefix + key, ""
        elif isinstance(value, bool):
            yield prefix + key, "true" if value else "false"
        elif isinstance(value, dict):
            yield from _scalars(value, f"{prefix}{key}.")
        elif not _of_objects(value):
            yield prefix + key, json.dumps(value, ensure_ascii=False) if value else ""


def _of_objects(values: list[Any]) -> bool:
    return any(isinstance(value, dict) for value in values)


def _too_deep(value: Any) -> bool:  # noqa: ANN401 - a JSON value
    level = [value]
    for _ in range(limits.MAX_NESTING):
        level = [child for each in level for child in _children(each)]
        if not level:
            return False
    return True


def _children(value: Any) -> list[Any]:  # noqa: ANN401 - a JSON value
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [child for child in values if isinstance(child, (dict, list))]


def _whole(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """The same with U+FFFD where half a character stands, which no file can be written with."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list) else value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError
    return found


def _no_number(_: str) -> None:
    raise _NoNumberError


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_no_number)
