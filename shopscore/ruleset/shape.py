"""Plain values → the pydantic shapes, every mismatch turned into a sentence with its place and what to write."""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from shopscore.errors import WHOLE, Problem, RuleError
from shopscore.ruleset import unlike
from shopscore.ruleset.language.check import did_you_mean, in_chinese

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic_core import ErrorDetails

    from shopscore.ruleset.yamlfile import Document, Keys

Shape = TypeVar("Shape", bound=BaseModel)


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
    return ".".join(words) or WHOLE


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
        key, known = str(keys[-1]), _known_keys(parent)
        if kind == "missing":
            return Problem(place, where, f"the key {key!r} is missing", zh=f"缺少键 {key!r}")
        hint, zh_hint = did_you_mean(key, known, "allowed"), in_chinese(key, known)
        return Problem(place, where, f"unknown key {key!r}", hint=hint, zh=f"没有 {key!r} 这个键", zh_hint=zh_hint)
    what, hint, zh, zh_hint = unlike.told(kind, detail.get("ctx", {}), detail["input"])
    return Problem(place, where, what, hint=hint, zh=zh, zh_hint=zh_hint)


def _known_keys(parent: object) -> list[str]:
    if not (isinstance(parent, type) and issubclass(parent, BaseModel)):
        return []
    return [field.alias or name for name, field in parent.model_fields.items()]
