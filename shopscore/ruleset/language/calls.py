"""Functions and CASE: how many values, of which types, and the texts they can give."""

from __future__ import annotations

from shopscore.ruleset.language.check import refuse, same_type, same_words, varies, want_column
from shopscore.ruleset.language.tree import Node
from shopscore.ruleset.language.words import FUNCTIONS, TYPE_NAMES


def call(text: str, name: str, at: int, args: tuple[Node, ...]) -> Node:
    """A function of the closed list."""
    signature = FUNCTIONS[name]
    if not signature.least <= len(args) <= signature.most:
        refuse(text, at, f"{name} is called with {len(args)} values", f"write {signature.usage}")
    first = args[0]
    if first.type not in signature.types:
        names = " or ".join(TYPE_NAMES[kind] for kind in signature.types)
        refuse(text, first.at, f"{name} takes {names}; this is {TYPE_NAMES[first.type]}", signature.usage)
    if name == "ROUND":
        _check_places(text, args[1:])
        if _rounds(first):
            refuse(text, first.at, "this is rounded already", "round once, at the end")
    else:
        for other in args[1:]:
            same_type(text, first, other)
    for node in args[:-1] if name == "COALESCE" else ():
        if not varies(node):
            refuse(text, node.at, "a constant is never blank, so what follows is never used", "put it last")
    want_column(text, *(args[:1] if name == "NULLIF" else args))
    if name == "NULLIF":
        same_words(text, first, args[1])
    return Node(name, signature.gives or first.type, args, at=at, words=_words_of(name, args))


def _rounds(node: Node) -> bool:
    return node.op == "ROUND" or any(_rounds(arg) for arg in node.args)


def _check_places(text: str, places: tuple[Node, ...]) -> None:
    for node in places:
        if node.op != "number" or node.value not in (0, 1, 2, 3, 4, 5, 6):
            refuse(text, node.at, "ROUND takes a number of places from 0 to 6", "write ROUND(number, 2)")


def _words_of(name: str, args: tuple[Node, ...]) -> tuple[str, ...]:
    """The only texts a function can give, or nothing where that is open."""
    if name == "NULLIF":
        return args[0].words
    if name != "COALESCE" or not all(node.words or node.op == "text" for node in args):
        return ()
    return tuple(word for node in args for word in (node.words or (str(node.value),)))


def case(text: str, at: int, branches: tuple[tuple[Node, Node], ...], otherwise: Node | None) -> Node:
    """``CASE WHEN … THEN … ELSE … END``; without ELSE a row that fits no branch is blank."""
    for condition, _ in branches:
        want_column(text, condition)
    values = [value for _, value in branches] + ([otherwise] if otherwise else [])
    for value in values:
        if value.type == "interval":
            refuse(text, value.at, "a length of time is only added to a time or compared", "use a _seconds column")
        if value.type != values[0].type:
            what = f"branches differ: {TYPE_NAMES[values[0].type]} and {TYPE_NAMES[value.type]}"
            refuse(text, value.at, what, "all branches of a CASE give the same kind of value")
    args = tuple(node for branch in branches for node in branch) + ((otherwise,) if otherwise else ())
    words = () if any(value.op != "text" for value in values) else tuple(str(value.value) for value in values)
    return Node("case", values[0].type, args, at=at, words=words)
