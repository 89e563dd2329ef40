"""What a shop has become since the audit before → what moved, in words and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Told
from shopscore.render import numbers
from shopscore.render.escape import terminal
from shopscore.render.letter.names import harmless
from shopscore.render.words import clauses, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Change, ShopComparison, Turn

_UNJUDGED = "not_measured"
_NAMED = 5
"""Changes of one kind that are named."""


def named(changes: Sequence[Change], lang: str) -> str:
    """The first of some changes, and how many more there are."""
    return _listed([_moved(change, lang) for change in changes], lang)


def _moved(change: Change, lang: str) -> str:
    """``Orders shipped 93.1% → 88.2%, likely pass → FAIL``."""
    one, other = change.before, change.after
    values = [_value(change, each.value, lang) if each else "-" for each in (one, other)]
    said = [_said(each.verdict, change.kind, lang) if each else "-" for each in (one, other)]
    title = harmless(format(change.title, lang))
    if other.value is None:
        return say(lang, "letter_moved", title=title, before=said[0], after=said[1])
    text = say(lang, "letter_moved", title=title, before=values[0], after=values[1])
    beside = [] if said[0] == said[1] else [f"{said[0]} → {said[1]}"]
    if beside and one and (limits := _limits(change, lang)):
        beside.append(limits)
    if change.before_as_of:
        beside.append(say(lang, "diff_measured_last", day=f"{change.before_as_of:%m-%d}"))
    return f"{text} ({joined(lang, beside)})" if beside else text


def _limits(change: Change, lang: str) -> str:
    """The limits of both, where they differ: the next rung of a ladder is another one."""
    goals = [each.target for each in (change.before, change.after) if each is not None and each.target is not None]
    told = [numbers.limit(goal, change.unit, change.better, lang, change.currency) for goal in goals]
    before, after = (*told, *told)[:2] if told else ("", "")
    return "" if before == after else say(lang, "letter_limits", before=before, after=after)


def _value(change: Change, value: float | None, lang: str) -> str:
    return numbers.value(value, change.unit or "points", lang, change.currency)


def _said(verdict: str | None, kind: str, lang: str) -> str:
    if not verdict or verdict == _UNJUDGED:
        return say(lang, "letter_unjudged")
    return say(lang, f"state_of_gate_{verdict}" if kind == "gate" else verdict)


def others(since: ShopComparison, lang: str) -> Iterator[str]:
    """What is judged now and was not, or no longer; verdicts that turned within chance, the band and the trust."""
    beyond = {change.id for change in (*since.regressions, *since.improvements)}
    found = [turn for turn in since.turned if turn.kind == "metric" and turn.id not in beyond]
    for key, turned in (
        ("letter_new", [turn for turn in found if turn.before == _UNJUDGED]),
        ("letter_gone", [turn for turn in found if turn.after == _UNJUDGED]),
        ("letter_turned", [turn for turn in found if _UNJUDGED not in (turn.before, turn.after)]),
    ):
        if turned:
            yield say(lang, key, what=_listed([_turn(turn, lang) for turn in turned], lang))
    for turn in since.turned:
        if turn.kind == "band":
            none = say(lang, "letter_no_band")
            yield say(lang, "letter_band", before=turn.before or none, after=turn.after or none)
        elif turn.kind == "trust":
            levels = {name: say(lang, f"trust_{level}") for name, level in _ends(turn)}
            yield say(lang, "letter_trust", **levels)


def _ends(turn: Turn) -> tuple[tuple[str, str | None], ...]:
    return (("before", turn.before), ("after", turn.after))


def _turn(turn: Turn, lang: str) -> str:
    title = harmless(format(turn.title, lang)) if turn.title else turn.id
    ends = {name: _said(verdict, "metric", lang) for name, verdict in _ends(turn)}
    return say(lang, "letter_moved", title=title, **ends)


def _listed(texts: Sequence[str], lang: str) -> str:
    more = [say(lang, "letter_more", count=len(texts) - _NAMED)] if len(texts) > _NAMED else []
    return clauses(lang, (*texts[:_NAMED], *more))


def changes(since: ShopComparison, lang: str) -> Iterator[Told]:
    """Every change for programs: beyond chance by what became of it, then what turned within chance."""
    for fate, changed in (("worse", since.regressions), ("better", since.improvements)):
        for change in changed:
            one, other = change.before, change.after
            yield Told(
                kind=change.kind,
                id=change.id,
                title=terminal(format(change.title, lang)),
                fate="worse" if fate == "worse" else "better",
                before=(one.verdict or None) if one else None,
                after=other.verdict or None,
                value_before=one.value if one else None,
                value_after=other.value,
                unit=change.unit or None,
            )
    beyond = {change.id for change in (*since.regressions, *since.improvements)}
    for turn in since.turned:
        if turn.id not in beyond:
            title = terminal(format(turn.title, lang)) if turn.title else turn.id
            yield Told(turn.kind, turn.id, title, "turned", turn.before, turn.after)
