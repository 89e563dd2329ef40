"""A recursive-descent parser: each function reads one level of the grammar from token ``i`` and says where it stopped.

``either → both → negation → predicate → sum → product → sign → atom``, loosest first, as SQL binds them.
"""

from __future__ import annotations

from shopscore.ruleset.language import calls, check
from shopscore.ruleset.language.atoms import column, constant, function, text_of
from shopscore.ruleset.language.check import refuse
from shopscore.ruleset.language.source import Source, about_rest, expect, refuse_gap, refuse_null
from shopscore.ruleset.language.tree import Node
from shopscore.ruleset.language.words import COMPARISONS, KEYWORDS

Read = tuple[Node, int]
"""What was read and the index of the token after it."""


def whole(source: Source) -> Node:
    """Read everything; a rest that belongs to nothing is a mistake."""
    if source.tokens[0].kind == "end":
        refuse(source.text, 0, "the text is empty", "leave the key out to count every row")
    node, i = either(source, 0)
    rest = source.tokens[i]
    if rest.kind != "end":
        refuse(source.text, rest.at, *about_rest(rest))
    return node


def _joined(source: Source, i: int, word: str, level: str) -> Read:
    read = both if level == "either" else negation
    first, i = read(source, i)
    nodes = [first]
    while source.word(i) == word:
        node, i = read(source, i + 1)
        nodes.append(node)
    if len(nodes) == 1:
        return first, i
    for node in nodes:
        check.want(source.text, node, "flag", word)
        check.want_column(source.text, node)
    return Node(word.lower(), "flag", tuple(nodes), at=first.at), i


def either(source: Source, i: int) -> Read:
    """``a OR b OR c``."""
    return _joined(source, i, "OR", "either")


def both(source: Source, i: int) -> Read:
    """``a AND b AND c``."""
    return _joined(source, i, "AND", "both")


def negation(source: Source, i: int) -> Read:
    """``NOT a``."""
    if source.word(i) != "NOT":
        return predicate(source, i)
    if source.word(i + 1) == "NOT":
        refuse(source.text, source.tokens[i + 1].at, "two NOTs cancel each other", "leave both out")
    node, after = predicate(source, i + 1)
    check.want_column(source.text, node)
    return Node("not", "flag", (check.want(source.text, node, "flag", "NOT"),), at=source.tokens[i].at), after


def predicate(source: Source, i: int) -> Read:
    """One comparison, or whatever stands where a comparison may stand."""
    left, i = total(source, i)
    word = source.word(i)
    if word in COMPARISONS:
        refuse_null(source, i + 1, word)
        right, after = total(source, i + 1)
        return check.compare(source.text, word, left, right), after
    if word == "IS":
        return _is(source, i + 1, left)
    negated = word == "NOT"
    word = source.word(i + negated)
    if word in {"IN", "BETWEEN", "LIKE", "ILIKE"}:
        read = {"IN": _in, "BETWEEN": _between}.get(word, _like)
        return read(source, i + negated, left, negated)
    return left, i


def _is(source: Source, i: int, left: Node) -> Read:
    negated = source.word(i) == "NOT"
    i += negated
    word, at = source.word(i), source.tokens[i].at
    if word in {"TRUE", "FALSE"}:
        flag = "flag" if word == "TRUE" else "NOT flag"
        hint = f"write COALESCE({flag}, {'TRUE' if negated else 'FALSE'})"
        refuse(source.text, at, f"IS {word} reads blanks differently on each engine", hint)
    if word == "NULL":
        if left.type == "interval":
            refuse(source.text, left.at, "a difference of two times is only compared with an INTERVAL",
                   "write a IS NULL OR b IS NULL")  # fmt: skip
        check.want_column(source.text, left)
        return Node("null", "flag", (left,), negated, left.at), i + 1
    if word != "DISTINCT":
        refuse(source.text, at, "IS goes with NULL or DISTINCT FROM", "write IS NULL, IS NOT NULL or a = b")
    i = expect(source, i + 1, "FROM", "DISTINCT")
    refuse_null(source, i, "<>" if not negated else "=")
    right, i = total(source, i)
    if left.type == "interval":
        refuse(source.text, left.at, "a difference of two times is only compared with an INTERVAL", "write = or <>")
    node = check.compare(source.text, "distinct", left, right)
    return Node("distinct", "flag", node.args, negated, left.at), i


def _in(source: Source, i: int, left: Node, negated: bool) -> Read:
    if source.word(i + 1) != "(":
        refuse(source.text, source.tokens[i + 1].at, "IN is followed by a list in brackets", "write IN ('a', 'b')")
    members: list[Node] = []
    i += 1
    while not members or source.word(i) == ",":
        if source.word(i + 1) == ")":
            refuse(source.text, source.tokens[i + 1].at, "a value is missing in this list", "write IN ('a', 'b')")
        if source.word(i + 1) == "NULL":
            refuse(source.text, source.tokens[i + 1].at, "nothing equals NULL, not even NULL", "write OR a IS NULL")
        node, i = total(source, i + 1)
        members.append(node)
    i = expect(source, i, ")", "the list")
    return check.is_in(source.text, left, tuple(members), negated=negated), i


def _between(source: Source, i: int, left: Node, negated: bool) -> Read:
    low, i = total(source, i + 1)
    high, i = total(source, expect(source, i, "AND", "BETWEEN and its lower end"))
    return check.between(source.text, left, low, high, negated=negated), i


def _like(source: Source, i: int, left: Node, negated: bool) -> Read:
    word, pattern = source.word(i), source.tokens[i + 1]
    check.want(source.text, left, "text", word)
    if pattern.kind != "text":
        refuse(source.text, pattern.at, f"{word} is followed by a text in quotes", f"write {word} '%part%'")
    check.want_column(source.text, left)
    leaf = Node("text", "text", value=text_of(pattern), at=pattern.at)
    return Node(word.lower(), "flag", (left, leaf), negated, left.at), i + 2


def total(source: Source, i: int) -> Read:
    """``a + b - c``."""
    left, i = product(source, i)
    while source.word(i) in {"+", "-"}:
        sign = source.word(i)
        right, i = product(source, i + 1)
        left = check.arithmetic(source.text, sign, left, right)
    return left, i


def product(source: Source, i: int) -> Read:
    """``a * b / c``."""
    left, i = signed(source, i)
    while source.word(i) in {"*", "/"}:
        sign = source.word(i)
        right, i = signed(source, i + 1)
        left = check.arithmetic(source.text, sign, left, right)
    return left, i


def signed(source: Source, i: int) -> Read:
    """``-a``."""
    if source.word(i) not in {"-", "+"}:
        return atom(source, i)
    at = source.tokens[i].at
    if source.word(i) == "+" or source.word(i + 1) in {"-", "+"}:
        refuse(source.text, at, "this sign has no number before it", "leave it out, or use brackets")
    node, i = atom(source, i + 1)
    if node.type != "number":
        refuse(source.text, at, "only numbers have a sign", "write time - INTERVAL '48 hours'")
    if node.op == "number":
        return Node("number", "number", value=-float(node.value), at=at), i  # type: ignore[arg-type]
    return Node("negate", "number", (node,), at=at), i


def atom(source: Source, i: int) -> Read:
    """A constant, a column, a function, a CASE or a bracket."""
    token = source.tokens[i]
    if token.text == "(":
        return _bracket(source, i)
    leaf, length = constant(source.text, source.tokens, i)
    if leaf is not None:
        return leaf, i + length
    word = source.word(i)
    if word == "CASE":
        return _case(source, i)
    if token.kind != "word" or word in KEYWORDS:
        refuse_gap(source, i)
    if source.word(i + 1) == "(":
        return _call(source, i)
    return column(source.text, token, source.columns, source.parameters), i + 1


def _bracket(source: Source, i: int) -> Read:
    if source.word(i + 1) == ")":
        refuse(source.text, source.tokens[i + 1].at, "these brackets are empty")
    node, after = either(source, i + 1)
    if source.word(after) == ",":
        refuse(source.text, source.tokens[after].at, "a list stands after IN only", "write column IN ('a', 'b')")
    if source.word(after) != ")":
        refuse(source.text, source.tokens[i].at, "this bracket is never closed", "write ) where it ends")
    return node, after + 1


def _call(source: Source, i: int) -> Read:
    name = function(source.text, source.tokens[i], source.columns)
    args: list[Node] = []
    after = i + 1
    while source.word(after) == ("," if args else "("):
        if source.word(after + 1) == ")" and not args:
            return calls.call(source.text, name, source.tokens[i].at, ()), after + 2
        node, after = either(source, after + 1)
        args.append(node)
    if source.word(after) != ")":
        refuse(source.text, source.tokens[after].at, f"the bracket of {name} is never closed", "write ) where it ends")
    return calls.call(source.text, name, source.tokens[i].at, tuple(args)), after + 1


def _case(source: Source, i: int) -> Read:
    at, subject, i = source.tokens[i].at, None, i + 1
    if source.word(i) != "WHEN":
        subject, i = total(source, i)
    branches: list[tuple[Node, Node]] = []
    while source.word(i) == "WHEN" or not branches:
        i = expect(source, i, "WHEN", "CASE")
        if subject is None:
            condition, i = either(source, i)
            check.want(source.text, condition, "flag", "WHEN")
        else:
            refuse_null(source, i, "=")
            value, i = total(source, i)
            condition = check.compare(source.text, "=", subject, value)
        value, i = either(source, expect(source, i, "THEN", "WHEN and its condition"))
        branches.append((condition, value))
    otherwise = None
    if source.word(i) == "ELSE":
        otherwise, i = either(source, i + 1)
    return calls.case(source.text, at, tuple(branches), otherwise), expect(source, i, "END", "the last branch of CASE")
