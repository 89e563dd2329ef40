"""Entered scores and ranks → the platform's structure on T with its factors, and the gates they open or close."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from shopscore.intervals.kinds import meets
from shopscore.model import EnteredScore, FactorResult, GateResult, StructureResult
from shopscore.ruleset.dated import in_force

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from shopscore.model import GateState, Origin, Words
    from shopscore.ruleset.guidebook import Gate
    from shopscore.ruleset.pack import Pack


def structure(pack: Pack, day: dt.date, scores: Mapping[str, tuple[float, Origin]]) -> StructureResult | None:
    """How the platform puts its score together on a day; None where the pack says nothing of that day.

    Of several that hold on it, the one of which the shop has entered something.
    """
    entered = [each for each in pack.structures if any(factor.score in scores for factor in each.factors)]
    found = in_force(entered, day) or in_force(pack.structures, day)
    if found is None:
        return None
    named = called(pack)
    factors = tuple(
        FactorResult(
            each.title.words,
            _entered(each.score, scores, named),
            tuple(f"{pack.platform}.{name}" for name in each.metrics),
            each.weight,
        )
        for each in found.factors
    )
    note = found.note.words if found.note else None
    return StructureResult(found.id, found.title.words, factors, note, tuple(found.source))


def gates(pack: Pack, day: dt.date, scores: Mapping[str, tuple[float, Origin]]) -> tuple[GateResult, ...]:
    """Every gate in force on a day, in the pack's order.

    A gate asks for all of its scores: one on the wrong side closes it, whatever the others are, and without that it is
    open only once all of them are known.
    """
    named = called(pack)
    return tuple(_gate(each, scores, named) for each in pack.gates if in_force([each], day) is not None)


def called(pack: Pack) -> dict[str, tuple[Words, str]]:
    """The title and the unit of every name under ``scores:``: its own, else its metric's, input's or factor's."""
    titles = {each.score: each.title.words for found in pack.structures for each in found.factors}
    titles |= {each.score: each.title.words for each in pack.inputs}
    titles |= {metric.id: metric.title.words for metric in pack.metrics}
    titles |= {name: each.title.words for name, each in pack.scores.items() if each.title}
    units = {name: each.unit or "" for name, each in pack.scores.items()}
    return {name: (title, units.get(name, "")) for name, title in titles.items()}


def entered_names(pack: Pack) -> frozenset[str]:
    """The names under ``scores:`` that structures and gates of any day ask for."""
    factors = {each.score for found in pack.structures for each in found.factors}
    return frozenset(factors | {name for gate in pack.gates for name in gate.scores})


def _gate(gate: Gate, scores: Mapping[str, tuple[float, Origin]], named: Mapping[str, tuple[Words, str]]) -> GateResult:
    asked = tuple(_entered(name, scores, named) for name in gate.scores)
    better = "higher" if gate.at_least is not None else "lower"
    limit = gate.at_least if gate.at_least is not None else gate.at_most or 0.0
    known = [each.value for each in asked if each.value is not None]
    wrong = [_apart(value, limit) for value in known if not meets(value, limit, better)]
    return GateResult(
        id=gate.id,
        title=gate.title.words,
        state=_state(asked, wrong),
        limit=limit,
        bound="at_least" if better == "higher" else "at_most",
        scores=asked,
        missed_by=max(wrong, default=None),
        opens=gate.opens.words,
        note=gate.note.words if gate.note else None,
        source=tuple(gate.source),
    )


def _state(asked: Sequence[EnteredScore], wrong: Sequence[float]) -> GateState:
    if wrong:
        return "missed"
    return "not_entered" if any(each.value is None for each in asked) else "met"


def _entered(
    name: str, scores: Mapping[str, tuple[float, Origin]], named: Mapping[str, tuple[Words, str]]
) -> EnteredScore:
    value, origin = scores.get(name, (None, None))
    return EnteredScore(name, value, origin, *named.get(name, (None, "")))


def _apart(value: float, limit: float) -> float:
    """How far two numbers are apart as they are written: 0.19 from 0.2 is 0.01."""
    return float(abs(Fraction(repr(value)) - Fraction(repr(limit))))
