"""What the kernel has to compute for one fact: whose rows, by which days, in which dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.schema import FACTS
from shopscore.schema.units import HUNDREDTHS, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from shopscore.facts import Facts
    from shopscore.ruleset.resolve import Definition, SideRules

UNCOUNTED = ("composite", "none")
"""Kinds that count no rows."""


class Task(Struct, frozen=True):
    """One side of one metric.

    Attributes:
        metric: the full id.
        side: ``""``, ``n`` or ``d``.
        rules: its conditions.
        dimensions: the segments both sides can be split by.
        chosen_by: the fact whose rows decide which segments are the largest.
        scale: units of ``x`` per unit of ``of``.
        quantile: whether its values are counted one by one.
        window: the metric's days, as the pack writes them.
    """

    metric: str
    side: str
    rules: SideRules
    dimensions: tuple[str, ...]
    chosen_by: str
    scale: int
    quantile: bool
    window: str


def tasks(definition: Definition) -> tuple[Task, ...]:
    """The sides of a metric as tasks; none for a metric that is not in force or counts no rows."""
    metric = definition.metric
    if not definition.in_force or metric.kind in UNCOUNTED:
        return ()
    sides = dict(definition.sides)
    # Two facts must agree on which segments are the largest, or their "rest" would not be the same rows.
    basis = sides["d" if "d" in sides else ""].fact
    shared = tuple(
        name
        for name in sorted(set(metric.segments))
        if all(name in FACTS[each.fact].by_name for each in sides.values())
    )
    return tuple(
        Task(
            definition.id,
            name,
            rules,
            shared,
            basis,
            _kept(metric.unit, name),
            metric.kind == "quantile",
            definition.window,
        )
        for name, rules in sorted(sides.items())
    )


def _kept(unit: str, side: str) -> int:
    # Below the line ``of`` stands in for weights, and is kept as they are.
    return HUNDREDTHS if side == "d" else unit_of(unit).kept


def lacking(facts: Facts, work: Iterable[Task]) -> tuple[str, ...]:
    """What a metric needs and the files did not give: ``fact``, or ``fact.column`` where no source has the column.

    Exclusions may go without: their cells are blank then, and each condition says what a blank means.
    """
    found = (name for task in work for name in absent(facts, task.rules.fact, task.rules.columns_required))
    return tuple(dict.fromkeys(found))


def eclipsed(facts: Facts, definition: Definition, everything: Iterable[Definition]) -> bool:
    """Whether a metric is a bound of one that the files can measure: what a miss does is told of that one alone."""
    return any(
        definition.metric.bound_of == each.metric.id and bool(work := tasks(each)) and not lacking(facts, work)
        for each in everything
    )


def absent(facts: Facts, fact: str, needed: AbstractSet[str]) -> tuple[str, ...]:
    """``fact`` where it is not there, else ``fact.column`` for each column needed that no source has."""
    if fact not in facts.frames:
        return (fact,)
    columns = FACTS[fact].by_name
    return tuple(
        f"{fact}.{name}"
        for name in sorted(needed)
        if name in columns
        and columns[name].sources
        and not any(source in facts.present for source in columns[name].sources)
    )


def by_fact(work: Sequence[Task]) -> dict[str, tuple[Task, ...]]:
    """Tasks by the fact they read, facts in order of name."""
    facts = sorted({task.rules.fact for task in work})
    return {fact: tuple(task for task in work if task.rules.fact == fact) for fact in facts}
