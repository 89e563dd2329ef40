"""Cross-checks of one metric of a pack: keys its kind needs or would leave unused, units, versions, switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.ruleset.conditions import Variant, variants
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.metric import Side
from shopscore.ruleset.resolve import sides_of
from shopscore.ruleset.shape import problem_at
from shopscore.schema import OPENED
from shopscore.schema.units import DURATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.errors import Problem
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.yamlfile import Document, Keys

_ROWS = {"from", "at", "where", "exclude", "unknown", "pending", "once_per", "optional"}
_SIDE = {"numerator", "denominator"}
NEEDS: dict[str, tuple[set[str], set[str]]] = {
    "ratio": ({"from", "at", "numerator"}, _ROWS | {"numerator", "weight_by", "still_open"}),
    "ratio_of": (_SIDE, _SIDE | {"cap", "damp"}),
    "mean": ({"from", "at", "of"}, _ROWS | {"of", "weight_by"}),
    "quantile": ({"from", "at", "of", "quantile"}, _ROWS | {"of", "quantile"}),
    "count": ({"from", "at"}, _ROWS | {"of", "still_open"}),
    "composite": ({"inputs"}, {"inputs", "missing", "adds_up"}),
    "none": ({"not_found"}, set()),
}
"""Kind → the keys it cannot do without, and the keys of its arithmetic it takes."""
_MEASURED = DURATIONS | {"money"}
"""Units of what is measured and never only counted."""
_ARITHMETIC = frozenset[str]().union(*(takes for _, takes in NEEDS.values()))


def check_metric(pack: Pack, metric: Metric, document: Document, keys: Keys) -> Iterator[Problem]:
    """Everything one metric must hold to beyond shape and language."""
    for each in variants(metric, document, keys):
        if isinstance(each, Variant):
            yield from _kind(each, document)
    if metric.bound_of is not None:
        yield from exists(pack, document, (*keys, "bound_of"), metric.bound_of)
    if (metric.bound_of is None) != (metric.bound is None):
        yield problem_at(document, keys, "bound_of and bound go together", "write both or none")
    if metric.kind == "none" and metric.definition != "not_found":
        what = "kind: none is for what no source defines"
        yield problem_at(document, (*keys, "kind"), what, "write definition: not_found")
    if metric.stake is not None and metric.kind not in ("ratio", "count"):
        what = f"kind: {metric.kind} has no misses that could cost something"
        yield problem_at(document, (*keys, "stake"), what, "write it at the ratio or the count behind it")
    if metric.stages and (metric.from_ != "refunds" or metric.unit not in DURATIONS):
        what = "stages are those of refund cases, for a figure of the time they take"
        yield problem_at(document, (*keys, "stages"), what, "leave them out")
    yield from _inputs(pack, metric, document, keys)
    yield from _dated(metric, document, keys)
    yield from _currency(metric, document, keys)
    for name, switch in metric.switches.items():
        if switch.default not in switch.options:
            at = (*keys, "switches", name, "default")
            hint = did_you_mean(switch.default, switch.options, "options")
            yield problem_at(document, at, f"there is no option {switch.default!r}", hint)


def _inputs(pack: Pack, metric: Metric, document: Document, keys: Keys) -> Iterator[Problem]:
    """Whose score an item is must be there to be short of something."""
    for n, part in enumerate(metric.inputs):
        if part.metric is not None:
            yield from exists(pack, document, (*keys, "inputs", n, "metric"), part.metric)


def _dated(metric: Metric, document: Document, keys: Keys) -> Iterator[Problem]:
    """A window belongs to the platform, so a pack says it; a version ends after it began."""
    if metric.kind not in ("none", "composite") and "window" not in metric.model_fields_set:
        yield problem_at(document, keys, "the key 'window' is missing", "write the platform's, such as 30 days")
    for n, version in enumerate(metric.versions):
        if version.valid_from and version.valid_to and version.valid_from > version.valid_to:
            yield problem_at(document, (*keys, "versions", n), "valid_to is before valid_from", "exchange them")


def _currency(metric: Metric, document: Document, keys: Keys) -> Iterator[Problem]:
    if metric.unit == "money" and metric.currency is None:
        yield problem_at(document, keys, "unit: money says of which currency", "add currency: CNY")
    if metric.unit != "money" and metric.currency is not None:
        yield problem_at(document, (*keys, "currency"), "only unit: money has a currency", "leave it out")


def _unit(variant: Variant, document: Document) -> Iterator[Problem]:
    """What a kind can give: a share is a rate, a multiple a ratio of two sides, a length of time is measured."""
    metric, keys = variant.metric, variant.keys("unit")
    if metric.kind == "ratio" and metric.unit != "rate":
        yield problem_at(document, keys, f"kind: ratio is a share, never {metric.unit}", "leave the unit out")
    if metric.unit == "times" and metric.kind not in ("ratio_of", "none"):
        yield problem_at(document, keys, "unit: times is one count or sum by another", "write kind: ratio_of")
    top = metric.numerator if isinstance(metric.numerator, Side) else metric
    if metric.unit in _MEASURED and metric.kind in ("count", "ratio_of") and top.of is None:
        yield problem_at(document, keys, f"rows that are only counted are no {metric.unit}", "add `of`")


def _kind(variant: Variant, document: Document) -> Iterator[Problem]:
    """Keys the kind needs, and keys it would silently leave unused."""
    metric, kind = variant.metric, variant.metric.kind
    needed, taken = NEEDS[kind]
    given = {type(metric).model_fields[name].alias or name for name in metric.model_fields_set}
    given = {name for name in given if getattr(metric, "from_" if name == "from" else name) not in (None, {}, [])}
    for name in sorted(needed - given):
        yield problem_at(document, variant.keys(), f"kind: {kind} needs the key {name!r}")
    for name in sorted((given & _ARITHMETIC) - taken):
        yield problem_at(document, variant.keys(name), f"kind: {kind} does not use the key {name!r}", "leave it out")
    yield from _unit(variant, document)
    yield from _still_open(variant, document)
    if kind == "ratio_of":
        yield from _two_sides(variant, document)
    elif isinstance(metric.numerator, Side):
        what = f"kind: {kind} has a condition as its numerator"
        yield problem_at(document, variant.keys("numerator"), what, "write kind: ratio_of for two facts")
    if metric.adds_up and metric.missing == "leave_out":
        yield problem_at(document, variant.keys("missing"), "points add up only where none is missing", "leave it out")
    if metric.quantile is not None and not 0 < metric.quantile < 1:
        yield problem_at(document, variant.keys("quantile"), "a quantile lies between 0 and 1", "write 0.9")


def _still_open(variant: Variant, document: Document) -> Iterator[Problem]:
    """What can still be kept out of a figure are cases, counted above the line, where fewer are better."""
    metric = variant.metric
    for name, side, _ in sides_of(metric):
        keys = variant.keys(*(["numerator"] if name == "n" else ["denominator"] if name == "d" else []), "still_open")
        if side.still_open is None:
            continue
        if name == "d" or metric.better == "higher":
            what = "what is still open can be kept out of what counts against the shop only"
            yield problem_at(document, keys, what, "write it where the bad cases are counted")
        elif side.from_ not in OPENED:
            what = f"rows of the fact {side.from_!r} are no cases that end one way or the other"
            yield problem_at(document, keys, what, f"leave it out; the facts are {', '.join(OPENED)}")


def _two_sides(variant: Variant, document: Document) -> Iterator[Problem]:
    sides = {"numerator": variant.metric.numerator, "denominator": variant.metric.denominator}
    for name, side in sides.items():
        keys = variant.keys(name)
        if isinstance(side, Side) and side.of is not None and side.weight_by is not None:
            what = "a side of a ratio adds up `of` or weights, not both"
            yield problem_at(document, (*keys, "weight_by"), what, "write their product under `of`")
        if isinstance(side, str):
            yield problem_at(document, keys, "kind: ratio_of has two sides", "write from, at and where under it")
            continue
        for key, value in (("from", side.from_), ("at", side.at)) if side is not None else ():
            if value is None:
                yield problem_at(document, keys, f"a side needs the key {key!r}")


def exists(pack: Pack, document: Document, keys: Keys, metric: str) -> Iterator[Problem]:
    """Say so where a pack has no metric of a name."""
    known = [each.id for each in pack.metrics]
    if metric not in known:
        yield problem_at(document, keys, f"there is no metric {metric!r}", did_you_mean(metric, known, "metrics"))
