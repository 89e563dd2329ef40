"""Cross-checks of a pack's advice: what it asks, what it expects, what else it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.ruleset.diagnosis_columns import COMMON
from shopscore.ruleset.language import LanguageError, parse, to_sql
from shopscore.ruleset.lint_metrics import exists
from shopscore.ruleset.shape import problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.errors import Problem
    from shopscore.ruleset.pack import Advice, Pack
    from shopscore.ruleset.yamlfile import Document, Keys

_BLUNT = frozenset({"value < target", "value > target", "target > value", "target < value", "worse"})
"""Advice that asks no more than this fits every shop that is short; one a metric is enough."""


def check_advice(pack: Pack, document: Document) -> Iterator[Problem]:
    """Everything a pack's advice must hold to beyond shape and language."""
    blunt: set[str] = set()
    for index, advice in enumerate(pack.advice):
        keys: Keys = ("advice", index)
        yield from exists(pack, document, (*keys, "metric"), advice.metric)
        yield from _expects(pack, advice, document, (*keys, "expects"))
        yield from _side_effects(pack, advice, document, (*keys, "side_effects"))
        if advice.compliance != "ok" and advice.compliance_reason is None:
            yield problem_at(document, keys, f"advice that is {advice.compliance} says why", "add compliance_reason")
        if _normal(advice.when) in _BLUNT:
            if advice.metric in blunt:
                what = f"a second advice for {advice.metric} asks for nothing but the shortfall"
                yield problem_at(document, (*keys, "when"), what, "say what else must be true, such as a top_ column")
            blunt.add(advice.metric)


def _expects(pack: Pack, advice: Advice, document: Document, keys: Keys) -> Iterator[Problem]:
    """Advice is for the better: what it expects can be told kept from worse by the metric's own direction."""
    expected = advice.expects
    if expected is None:
        return
    yield from exists(pack, document, (*keys, "metric"), expected.metric)
    better = {metric.id: metric.better for metric in pack.metrics}.get(expected.metric)
    good = {"higher": "up", "lower": "down"}.get(better or "")
    if good is not None and expected.direction != good:
        what = f"of {expected.metric} {better} is better, so {expected.direction} would be worse"
        yield problem_at(document, (*keys, "direction"), what, f"write {good}, or another metric")
    if expected.by_days < 1:
        yield problem_at(document, (*keys, "by_days"), "an effect is seen after a day at least", "write 1 or more")


def _side_effects(pack: Pack, advice: Advice, document: Document, keys: Keys) -> Iterator[Problem]:
    for at, effect in enumerate(advice.side_effects):
        if effect.metric is not None:
            yield from exists(pack, document, (*keys, at, "metric"), effect.metric)
        if (effect.metric is None) != (effect.direction is None):
            what = "metric and direction of a side effect go together"
            yield problem_at(document, (*keys, at), what, "write both or none")


def _normal(when: str) -> str:
    """A condition in one spelling; a text outside the language stays as it is."""
    columns = {column.name: column for column in COMMON}
    try:
        return to_sql(parse(when, columns))
    except LanguageError:
        return when
