"""A metric as it is in force on one day for one shop: versions and switches applied, parameters filled in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from shopscore.errors import Problem, RuleError
from shopscore.ruleset.dated import in_force
from shopscore.ruleset.language import LanguageError, caret_column, one_line, parse, to_sql
from shopscore.ruleset.metric import Metric, Side
from shopscore.ruleset.shares import no_shares
from shopscore.schema import FACTS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.shopfile import ShopFile


class SideRules(Struct, frozen=True):
    """Which rows of one fact count, as text every engine reads; parameters stand in it as numbers.

    Attributes:
        fact: the fact the rows come from.
        at: the time column whose calendar day the row belongs to.
        where, unknown, pending, numerator: conditions, or None where the pack gives none.
        exclude: named exclusions, as written.
        of: what is measured, a number per row.
        weight_by: what a row weighs.
        once_per: the column of whose values each counts once a window.
        still_open: which rows can still end so that they count, or so that they do not; None: no row can.
        stake: what a miss costs, a number per row; its columns are no part of those the side needs.
        columns_required: columns without which the side says nothing.
        columns_open: columns without which nobody knows what is still open.
        columns_optional: columns it can do without, exclusions' among them: not exported, their cells are blank, and
            the conditions say what a blank means.
    """

    fact: str
    at: str
    where: str | None = None
    exclude: tuple[tuple[str, str], ...] = ()
    unknown: str | None = None
    pending: str | None = None
    numerator: str | None = None
    of: str | None = None
    weight_by: str | None = None
    once_per: str | None = None
    still_open: str | None = None
    stake: str | None = None
    columns_required: frozenset[str] = frozenset()
    columns_open: frozenset[str] = frozenset()
    columns_optional: frozenset[str] = frozenset()


class Definition(Struct, frozen=True):
    """A metric as it is computed on one day.

    Attributes:
        id: the full id, ``tmall.ww_3min_rate``.
        metric: the metric with its version's and switches' changes applied.
        version: the days its version is in force, or nothing for a metric without versions.
        sides: ``""`` for one fact; ``n`` and ``d`` where two counts meet.
        switches: switch → option in use.
        in_force: False where no version covers the day.
        frozen: it uses a column that cannot be known for an earlier ``as_of``.
    """

    id: str
    metric: Metric
    version: str
    sides: Mapping[str, SideRules]
    switches: tuple[tuple[str, str], ...]
    in_force: bool
    frozen: bool

    @property
    def window(self) -> str:
        """The days it covers, as the pack writes them."""
        return self.metric.window

    @property
    def minimum(self) -> int:
        """Fewer rows than this are not judged."""
        return self.metric.minimum

    @property
    def days_add_up(self) -> bool:
        """Whether any days can be added; what counts once a window adds up over its own windows only."""
        return all(side.once_per is None for side in self.sides.values())

    @property
    def cap(self) -> float | None:
        """The largest value the platform shows."""
        return self.metric.cap

    @property
    def damp(self) -> float | None:
        """How often the numerator is added to the denominator."""
        return self.metric.damp


def define(pack: Pack, day: dt.date, shop: ShopFile) -> tuple[Definition, ...]:
    """Every metric of a pack as it is in force on a day for a shop.

    Raises:
        RuleError: the shop chooses a switch, an option or a parameter that is not there, or a share is none.
    """
    parameters = parameters_of(pack, shop)
    problems = [*_unknown_switches(pack, shop), *no_shares(pack, shop)]
    if problems:
        raise RuleError(problems)
    try:
        return tuple(_define(pack, metric, day, shop, parameters) for metric in pack.metrics)
    except LanguageError as error:
        raise of_parameters(error) from None


def define_one(pack: Pack, name: str, day: dt.date, shop: ShopFile) -> Definition:
    """One metric of a pack, by its short id, as it is in force on a day for a shop."""
    metric = next(each for each in pack.metrics if each.id == name)
    return _define(pack, metric, day, shop, parameters_of(pack, shop))


def of_parameters(error: LanguageError) -> RuleError:
    """A pack is read when it is loaded; what fails with a shop's numbers is the shop's, such as dividing by 0."""
    shown, at = one_line(error.text), caret_column(error.text, error.at)
    return RuleError([Problem("shop.yaml", "parameters", error.what, shown, at, error.hint)])


def parameters_of(pack: Pack, shop: ShopFile) -> tuple[tuple[str, float], ...]:
    """The platform's unknown numbers: what the shop typed in, else the pack's defaults."""
    unknown = sorted(set(shop.parameters) - set(pack.parameters))
    if unknown:
        what, zh = f"{pack.platform} has no parameter {unknown[0]!r}", f"{pack.platform} 没有参数 {unknown[0]!r}"
        raise RuleError([_not_there(f"parameters.{unknown[0]}", what, zh, sorted(pack.parameters))])
    return tuple((name, shop.parameters.get(name, each.default)) for name, each in sorted(pack.parameters.items()))


def _unknown_switches(pack: Pack, shop: ShopFile) -> list[Problem]:
    known = {metric.id: metric.switches for metric in pack.metrics}
    problems = []
    for metric, chosen in shop.switches.items():
        if metric not in known:
            what, zh = f"{pack.platform} has no metric {metric!r}", f"{pack.platform} 没有指标 {metric!r}"
            problems.append(Problem("shop.yaml", f"switches.{metric}", what, zh=zh))
            continue
        for name, option in chosen.items():
            where = f"switches.{metric}.{name}"
            if name not in known[metric]:
                problems.append(_not_there(where, "there is no such switch", "没有这个开关", known[metric]))
            elif option not in known[metric][name].options:
                what, zh = f"no option {option!r}", f"没有选项 {option!r}"
                problems.append(_not_there(where, what, zh, known[metric][name].options))
    return problems


def _not_there(where: str, what: str, zh: str, allowed: Iterable[str]) -> Problem:
    there = list(allowed)
    hint, zh_hint = f"it has: {', '.join(there) or 'none'}", f"现有：{'、'.join(there) or '无'}"
    return Problem("shop.yaml", where, what, hint=hint, zh=zh, zh_hint=zh_hint)


def _define(
    pack: Pack, metric: Metric, day: dt.date, shop: ShopFile, parameters: tuple[tuple[str, float], ...]
) -> Definition:
    version = in_force(metric.versions, day)
    lives = version is not None or not metric.versions
    chosen = shop.switches.get(metric.id, {})
    switches = tuple((name, chosen.get(name, switch.default)) for name, switch in metric.switches.items())
    changes = dict(version.changes) if version is not None else {}
    for name, option in switches:
        changes |= metric.switches[name].options[option].changes
    plain = as_definition(f"{pack.platform}.{metric.id}", changed_metric(metric, changes), parameters)
    dates = f"{version.valid_from or ''}..{version.valid_to or ''}" if version is not None else ""
    return replace(plain, version=dates, switches=switches, in_force=lives)


def as_definition(full: str, metric: Metric, parameters: tuple[tuple[str, float], ...]) -> Definition:
    """A metric whose versions and switches have been applied, under its full id."""
    sides = {name: _side_rules(side, hit, parameters) for name, side, hit in sides_of(metric)}
    frozen = any(_frozen(side) for side in sides.values())
    return Definition(full, metric, version="", sides=sides, switches=(), in_force=True, frozen=frozen)


def changed_metric(metric: Metric, changes: Mapping[str, Any]) -> Metric:
    """The metric with some keys replaced; ``from`` is written as in YAML."""
    if not changes:
        return metric
    own = {
        key: value
        for key, value in metric.model_dump(by_alias=True).items()
        if key in metric.model_fields_set or key == "from"
    }
    return Metric.model_validate(own | dict(changes), by_alias=True)


def sides_of(metric: Metric) -> list[tuple[str, Side, str | None]]:
    """(side, its rules, its numerator condition); none for kinds that count no rows."""
    if metric.kind in ("none", "composite"):
        return []
    if metric.kind == "ratio_of":
        pairs = (("n", metric.numerator), ("d", metric.denominator))
        return [(name, side, None) for name, side in pairs if isinstance(side, Side)]
    return [("", metric, metric.numerator if isinstance(metric.numerator, str) else None)]


def _side_rules(side: Side, numerator: str | None, parameters: tuple[tuple[str, float], ...]) -> SideRules:
    fact = side.from_ or ""

    def text(condition: str | None) -> str | None:
        return None if condition is None else _written(condition, fact, parameters)[0]

    def names(*conditions: str | None) -> frozenset[str]:
        return frozenset().union(*(_written(each, fact, parameters)[1] for each in conditions if each is not None))

    plain = {side.at or "", *([side.once_per] if side.once_per else [])}
    needed = names(side.where, side.unknown, side.pending, numerator, side.of) | plain
    return SideRules(
        fact=fact,
        at=side.at or "",
        where=text(side.where),
        exclude=tuple((name, _written(condition, fact, parameters)[0]) for name, condition in side.exclude.items()),
        unknown=text(side.unknown),
        pending=text(side.pending),
        numerator=text(numerator),
        of=text(side.of),
        weight_by=text(side.weight_by),
        once_per=side.once_per,
        still_open=text(side.still_open),
        stake=text(side.stake.of) if isinstance(side, Metric) and side.stake is not None else None,
        columns_required=needed - set(side.optional),
        columns_open=names(side.still_open) - set(side.optional),
        columns_optional=names(*side.exclude.values(), side.weight_by) | needed & set(side.optional),
    )


@lru_cache(maxsize=4096)
def _written(condition: str, fact: str, parameters: tuple[tuple[str, float], ...]) -> tuple[str, frozenset[str]]:
    """A condition as text every engine reads, and the columns it names; the same text is read once a process."""
    parsed = parse(condition, FACTS[fact].by_name, dict(parameters))
    return to_sql(parsed), parsed.names


def _frozen(side: SideRules) -> bool:
    columns = FACTS[side.fact].by_name
    return any(not columns[name].rewinds for name in side.columns_required | side.columns_optional if name in columns)
