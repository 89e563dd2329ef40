"""Plain values → the pydantic shapes, every mismatch turned into a sentence with its place and what to write."""

from __future__ import annotations

import datetime as dt
import types
import typing
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from shopscore.errors import Problem, RuleError
from shopscore.ruleset.language.check import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic_core import ErrorDetails

    from shopscore.ruleset.yamlfile import Document, Keys

Shape = TypeVar("Shape", bound=BaseModel)

_PATTERNS = {
    r"^[a-z0-9][a-z0-9_]*$": ("small letters, digits and underscores only", "such as ship_fulfil_rate"),
    r"^\d\d:\d\d$": ("a time of day in quotes", 'such as "09:00"; the end of the day is "24:00"'),
    r"^[A-Z]{3}$": ("a currency: three capitals", "such as CNY"),
    r"^[A-Z0-9]+-\d+$": ("an advice id: capitals, a dash and a number", "such as SHIP-03"),
    r"^(\d+ days?|\d+ months?|T-\d+\.\.T-\d+|previous week|calendar month)$": (
        "a window",
        "30 days, T-33..T-4, 6 months, previous week or calendar month",
    ),
}
_NAMES = {str: "text", bool: "true or false", int: "a whole number", float: "a number", dt.date: "a date"}
_WANTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "date_type": "a date",
    "list_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "int_from_float": "a whole number",
}
_EXAMPLES = {
    "a date": "write 2025-01-31, without quotes",
    "a list": "write [a, b], or one line each with a dash",
    "keys and values": "write {en: …, zh: …}, or one line each with a colon",
    "true or false": "write true or false, without quotes",
}


def shaped(model: type[Shape], document: Document, data: object, at: Keys = ()) -> tuple[Shape | None, list[Problem]]:
    """Values as a model, and what keeps them from being one.

    Args:
        model: the shape.
        document: where the values stand.
        data: the values.
        at: the keys that lead to the values in the document.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems: dict[tuple[str, str, str], Problem] = {}
    for detail in details:
        keys, parent = _walk(model, data, detail["loc"])
        if keys is None or any((*at, *keys)[:n] in document.refused for n in range(len(at) + len(keys) + 1)):
            continue
        problem = _problem(document, at, keys, detail, parent)
        problems.setdefault((problem.place, problem.where, problem.what), problem)
    return None, list(problems.values())


def required(
    model: type[Shape], document: Document, more: Callable[[Shape, Document], Iterable[Problem]] | None = None
) -> Shape:
    """A whole file as a model.

    Args:
        model: the shape.
        document: the file.
        more: what else it must hold to.

    Raises:
        RuleError: with every mistake of the file and its place.
    """
    found, mistakes = shaped(model, document, document.data)
    problems = [*document.problems, *mistakes, *(more(found, document) if found is not None and more else ())]
    if found is None or problems:
        raise RuleError(in_order(problems))
    return found


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, each once."""

    def key(problem: Problem) -> tuple[str, int, str]:
        path, _, line = problem.place.rpartition(":")
        return (path, int(line), problem.where) if line.isdigit() else (problem.place, 0, problem.where)

    return sorted(dict.fromkeys(problems), key=key)


def problem_at(document: Document, keys: Keys, what: str, hint: str = "") -> Problem:
    """A mistake at some keys of a file."""
    return Problem(document.place(keys), path_text(document.data, keys), what, hint=hint)


def path_text(data: object, keys: Keys) -> str:
    """The keys as people say them: ``metrics.ship_fulfil_rate.where``, the id in place of a list position."""
    words = []
    for key in keys:
        data = _at(data, key)
        name = data.get("id") if isinstance(data, dict) and isinstance(key, int) else None
        words.append(str(name if isinstance(name, str) else key))
    return ".".join(words) or "document"


def _at(data: object, key: str | int) -> Any:  # noqa: ANN401  a YAML value
    if isinstance(data, dict):
        return data.get(key)
    return data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else None


def _walk(model: type[BaseModel], data: object, loc: tuple[str | int, ...]) -> tuple[Keys | None, object]:
    """Pydantic's place without its union tags, and the annotation of what its last key stands in.

    None for a complaint of a union's member that the value was never meant to be.
    """
    keys: list[str | int] = []
    annotation: object = model
    parent: object = model
    parts = list(loc)
    while parts:
        members = _members(annotation)
        if len(members) > 1:
            tag = str(parts.pop(0))
            annotation = next((member for member in members if _tag(member) == tag), str)
            if not _meant(annotation, data):
                return None, parent
            continue
        part = parts.pop(0)
        if part == "[key]":
            break
        parent = members[0]
        annotation = _inside(parent, part)
        data = _at(data, part)
        keys.append(part)
    return tuple(keys), parent


def _members(annotation: object) -> list[Any]:
    """The members of a union but None; other annotations alone, ``Annotated`` taken off."""
    if get_origin(annotation) is typing.Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in {typing.Union, types.UnionType}:
        return [member for member in get_args(annotation) if member is not type(None)]
    return [annotation]


def _tag(member: object) -> str:
    if get_origin(member) is typing.Annotated:
        return "constrained-str"
    name = getattr(member, "__name__", str(member))
    return str(member) if get_args(member) else str(name)


def _meant(member: object, data: object) -> bool:
    """Whether a value was meant as this member of a union."""
    plain = _members(member)[0]
    kind = get_origin(plain) or plain
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    if isinstance(data, dict):
        return is_model or kind is dict
    return kind is list if isinstance(data, list) else not is_model and kind is not list


def _inside(annotation: object, part: str | int) -> object:
    """The annotation of one key of a model, or of the items of a list or mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part in {name, field.alias}:
                return field.annotation
        return object
    args = get_args(annotation)
    return args[-1] if args else object


def _problem(document: Document, at: Keys, keys: Keys, detail: ErrorDetails, parent: object) -> Problem:
    kind = detail["type"]
    place, where = document.place((*at, *keys)), path_text(document.data, (*at, *keys))
    if kind in {"extra_forbidden", "missing"}:
        where = path_text(document.data, (*at, *keys[:-1]))
        if kind == "missing":
            return Problem(place, where, f"the key {keys[-1]!r} is missing")
        hint = did_you_mean(str(keys[-1]), _known_keys(parent), "allowed")
        return Problem(place, where, f"unknown key {keys[-1]!r}", hint=hint)
    what, hint = _sentence(kind, detail.get("ctx", {}), detail["input"])
    return Problem(place, where, what, hint=hint)


def _known_keys(parent: object) -> list[str]:
    if not (isinstance(parent, type) and issubclass(parent, BaseModel)):
        return []
    return [field.alias or name for name, field in parent.model_fields.items()]


def _sentence(kind: str, context: Mapping[str, Any], value: object) -> tuple[str, str]:
    if kind in _WANTED:
        wanted = _WANTED[kind]
        hint = f'write it in quotes: "{value}"' if wanted == "text" and _is_plain(value) else _EXAMPLES.get(wanted, "")
        found = "nothing" if value is None else _shown(value)
        return f"{wanted} is wanted here; this is {found}", hint
    if kind == "literal_error":
        allowed = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return f"{_shown(value)} is not one of the words allowed here", did_you_mean(str(value), allowed, "allowed")
    if kind == "string_pattern_mismatch":
        what, hint = _PATTERNS.get(str(context["pattern"]), ("text of another form", ""))
        return f"{value!r} is not {what}", hint
    if kind in {"too_short", "string_too_short"}:
        return "at least one entry is wanted here", "leave the key out if there is none"
    return str(context.get("error", kind.replace("_", " "))), ""


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int | float | dt.date)


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "keys and values"
    name = next((name for kind, name in _NAMES.items() if type(value) is kind), type(value).__name__)
    return f"{name} ({value})"
