"""Which advice fits: each piece's ``when`` is asked of what the audit found about its metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.model import AdviceResult, Ground, SideEffectResult, Words
from shopscore.ruleset.language import deciding, evaluate, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.model import MetricResult
    from shopscore.ruleset.language import Parsed
    from shopscore.ruleset.pack import Advice, SideEffect
    from shopscore.schema import Column, Kind

EFFORTS = ("minutes", "hours", "days", "weeks")


def diagnosis_row(result: MetricResult, results_by_id: Mapping[str, MetricResult]) -> Mapping[str, object]:
    """What ``when`` may ask of one metric; a name that has no value is blank.

    Args:
        result: the metric the advice is about.
        results_by_id: all metrics of the shop by full id; each gives its value under its short id.

    Returns:
        ``gap`` has the metric's direction in it: it is positive when short of the target and blank while the value is
        not scored. ``previous_value`` and ``worse`` are blank until the window before was looked at
        (`shopscore.beside.before`). ``unknown_share`` is unknown over unknown
        and counted rows. ``top_<segment>`` is the driver with the largest excess of that dimension, also where a driver
        of another dimension explains it, and ``top_<segment>_excess`` its share of all bad events.
    """
    measurement, value = result.measurement, result.measurement.value
    counted = measurement.rows[1] if measurement.rows else 0
    row: dict[str, object] = {_short(each.id): each.measurement.value for each in results_by_id.values()}
    row |= {
        "value": value,
        "target": result.target.value,
        "gap": _worse_by(result.better, value, result.target.value) if measurement.status == "measured" else None,
        "numerator": measurement.numerator,
        "denominator": measurement.denominator,
        "unknown": measurement.unknown,
        "pending": measurement.pending,
        "unknown_share": measurement.unknown / (measurement.unknown + counted) if measurement.unknown else 0.0,
        "previous_value": None,
        "status": measurement.status,
        "verdict": result.verdict,
        "worse": None,
    }
    for driver in reversed((*result.drivers, *result.overlapping)):
        row[f"top_{driver.dimension}"] = driver.segment
        row[f"top_{driver.dimension}_excess"] = driver.share
    return row


def _short(full_id: str) -> str:
    return full_id.partition(".")[2]


def _worse_by(better: str, value: float | None, other: float | None) -> float | None:
    if value is None or other is None:
        return None
    return other - value if better == "higher" else value - other


def match(
    advice: Sequence[Advice],
    results: Sequence[MetricResult],
    columns: Mapping[str, Column] | Mapping[str, Kind],
    *,
    more: Mapping[str, Mapping[str, object]] | None = None,
) -> tuple[AdviceResult, ...]:
    """The advice whose condition holds, in the pack's order.

    Args:
        advice: the pack's advice.
        results: the shop's judged metrics, with their drivers.
        columns: what conditions may name (`shopscore.ruleset.diagnosis_columns`).
        more: what else was found about a metric, by full id: further columns of its diagnosis.
    """
    by_id = {result.id: result for result in results}
    by_short = {_short(result.id): result for result in results}
    found = []
    for piece in advice:
        about = by_short.get(piece.metric)
        if about is None:
            continue
        told = (more or {}).get(about.id, {})
        row = {**diagnosis_row(about, by_id), **told}
        condition = _parsed(piece.when, columns)
        if evaluate(condition, row) is True:
            fits = _result(piece, about.id, because(condition.names, row))
            reasons = tuple(_reasons(deciding(condition, row), row, by_short))
            touches = tuple(_touches(each, by_short) for each in piece.side_effects)
            found.append(replace(fits, reasons=reasons, touches=touches))
    return tuple(found)


def _reasons(names: Iterable[str], row: Mapping[str, object], by_short: Mapping[str, MetricResult]) -> Iterator[Ground]:
    """The names that made a condition true, with what is needed to say them; a fall comes with the value before it."""
    wanted = set(names)
    for name in sorted(wanted | ({"previous_value"} if "worse" in wanted else set())):
        value = row.get(name)
        number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        text = None if value is None or number is not None else _text(value)
        if name in by_short:
            title = by_short[name].title
            said = Words(f"{title.en} {{value}}", f"{title.zh} {{value}}")
            yield Ground(name, number, text, by_short[name].unit, said)
        else:
            yield Ground(name, number, text)


def _touches(effect: SideEffect, by_short: Mapping[str, MetricResult]) -> SideEffectResult:
    """What else advice does, with how far this shop's metric is from its target there."""
    about = by_short.get(effect.metric or "")
    if about is None:
        return SideEffectResult(effect.text.words)
    value, goal = about.measurement.value, about.target.value
    apart = _worse_by(about.better, value, goal)
    return SideEffectResult(
        text=effect.text.words,
        metric=about.id,
        direction=effect.direction,
        title=about.title,
        unit=about.unit,
        value=value,
        target=goal,
        room=None if apart is None or apart > 0 else -apart,
    )


def ordered(found: Sequence[AdviceResult], ranked: Sequence[str]) -> tuple[AdviceResult, ...]:
    """What is most worth doing first: by shortfall, then by effort, then by id; what is prohibited stands last."""
    place = {each: at for at, each in enumerate(ranked)}

    def key(each: AdviceResult) -> tuple[bool, int, int, str]:
        return (
            each.compliance == "prohibited",
            place.get(each.metric, len(place)),
            EFFORTS.index(each.effort),
            each.id,
        )

    return tuple(sorted(found, key=key))


_PARSED: dict[tuple[str, int], tuple[Mapping[str, Column] | Mapping[str, Kind], Parsed]] = {}


def _parsed(when: str, columns: Mapping[str, Column] | Mapping[str, Kind]) -> Parsed:
    """A condition read once for the same columns: packs are asked the same of every shop."""
    known = _PARSED.get((when, id(columns)))
    if known is None or known[0] is not columns:
        known = _PARSED[when, id(columns)] = (columns, parse(when, columns))
    return known[1]


def because(names: Iterable[str], row: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The names of a condition with their values as text; blank where there is none."""
    return tuple((name, _text(row.get(name))) for name in sorted(names))


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.6g}"
        case _:
            return str(value)


def _result(piece: Advice, metric: str, reasons: tuple[tuple[str, str], ...]) -> AdviceResult:
    return AdviceResult(
        piece.id,
        metric,
        piece.do.words,
        piece.effort,
        piece.compliance,
        None if piece.compliance_reason is None else piece.compliance_reason.words,
        tuple(piece.source),
        reasons,
        tuple(each.text.words for each in piece.side_effects),
    )
