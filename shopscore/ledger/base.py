"""One pass over a fact: every condition, day, segment and number its metrics ask for, each computed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl
from msgspec import Struct
from polars.exceptions import PanicException, PolarsError

from shopscore.ledger.fates import Answers, compiled, conditions
from shopscore.ledger.once import Order
from shopscore.ledger.plan import by_fact
from shopscore.schema import FACTS
from shopscore.schema.units import HUNDREDTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.plan import Task

FAILURES = (PolarsError, PanicException)
"""What an expression raises on data it does not fit."""


class Segment(NamedTuple):
    """A text that occurs in a dimension, its number in the frame, and in how many rows."""

    text: str
    code: int
    rows: int


class Base(Struct, frozen=True):
    """A fact's rows, reduced to what its tasks ask.

    Attributes:
        frame: one row per row of the fact.
        columns: what was asked (see `asked`) → the frame's column.
        segments: dimension → its segments that occur.
    """

    frame: pl.DataFrame
    columns: Mapping[tuple[str, ...], str]
    segments: Mapping[str, tuple[Segment, ...]]

    def answers(self, text: str) -> Answers:
        """A condition and which answers it gave."""
        series = self.frame.get_column(self.columns["is", text])
        blanks = series.null_count()
        trues = int(series.sum() or 0)
        return Answers(pl.col(series.name), trues > 0, trues + blanks < len(series), blanks > 0)

    def number(self, text: str, scale: int) -> str:
        """The column of a number."""
        return self.columns["number", text, str(scale)]

    def day(self, at: str) -> str:
        """The column of a day."""
        return self.columns["day", at]

    def order(self, task: Task) -> Order:
        """The columns by which a task's rows count once."""
        rules, subject = task.rules, FACTS[task.rules.fact].subject
        return Order(*(self.columns["cell", name] for name in (rules.once_per or "", rules.at, subject)))

    def segment(self, dimension: str) -> str:
        """The column of a segment; its physical numbers are the codes of `segments`."""
        return self.columns["by", dimension]


def asked(work: Iterable[Task]) -> dict[tuple[str, ...], pl.Expr]:
    """What tasks over one fact ask, each thing once however many metrics share it."""
    found: dict[tuple[str, ...], pl.Expr] = {}
    for task in work:
        rules = task.rules
        found["day", rules.at] = pl.col(rules.at).dt.date()
        found |= {("is", text): compiled(text) for text in conditions(rules)}
        if rules.once_per is not None:
            cells = (rules.once_per, rules.at, FACTS[rules.fact].subject)
            found |= {("cell", name): pl.col(name) for name in cells}
        found |= {("by", name): _numbered(name) for name in task.dimensions}
        if task.dimensions and "buyer_id" in FACTS[rules.fact].by_name:
            # Who it was is no matter: only how many.
            found["buyer", "buyer_id"] = pl.when(pl.col("buyer_id").is_not_null()).then(pl.col("buyer_id").hash())
        for text, scale in ((rules.of, task.scale), (rules.weight_by, HUNDREDTHS)):
            if text is not None:
                found["number", text, str(scale)] = _integer(compiled(text), scale)
    return found


def _numbered(dimension: str) -> pl.Expr:
    # Texts of its own for every column: numbers stay small, and no shop's products outlive its audit.
    return pl.col(dimension).cast(pl.String).cast(pl.Categorical(pl.Categories.random()))


def _integer(number: pl.Expr, scale: int) -> pl.Expr:
    return (number.cast(pl.Float64) * scale).round().cast(pl.Int64)


def _select(facts: Facts, fact: str, work: Sequence[Task]) -> tuple[pl.LazyFrame, dict[tuple[str, ...], str]]:
    wanted = asked(work)
    columns = {key: f"{key[0]}{at}" for at, key in enumerate(wanted)}
    return facts.frames[fact].select(expr.alias(columns[key]) for key, expr in wanted.items()), columns


def bases(facts: Facts, work: Sequence[Task]) -> tuple[dict[str, Base], dict[str, str]]:
    """Evaluate everything tasks ask, all facts in one go; a metric that fails is left out and named.

    Returns:
        Fact name → its base, and metric id → why it failed.
    """
    grouped = by_fact(work)
    plans = {fact: _select(facts, fact, tasks) for fact, tasks in grouped.items()}
    try:
        frames = pl.collect_all([plan for plan, _ in plans.values()])
    except FAILURES:
        return _without_failures(facts, work)
    found = zip(plans.items(), frames, strict=True)
    return {fact: Base(frame, columns, _segments(frame, columns)) for (fact, (_, columns)), frame in found}, {}


def _segments(frame: pl.DataFrame, columns: Mapping[tuple[str, ...], str]) -> dict[str, tuple[Segment, ...]]:
    return {key[1]: _counted(frame.get_column(name)) for key, name in columns.items() if key[0] == "by"}


def _counted(numbered: pl.Series) -> tuple[Segment, ...]:
    counted = numbered.value_counts(name="rows")
    texts = counted.get_column(numbered.name)
    found = zip(texts.to_list(), texts.to_physical().to_list(), counted.get_column("rows").to_list(), strict=True)
    # Blank is no segment among others; rows without a value have a place of their own.
    return tuple(Segment(*each) for each in found if each[0] is not None)


def _without_failures(facts: Facts, work: Sequence[Task]) -> tuple[dict[str, Base], dict[str, str]]:
    errors: dict[str, str] = {}
    for task in work:
        plan, _ = _select(facts, task.rules.fact, [task])
        try:
            plan.collect()
        except FAILURES as error:
            errors.setdefault(task.metric, sentence(error))
    left = [task for task in work if task.metric not in errors]
    if not errors:
        # Each works alone, so it is not an expression that fails; that is ours to see.
        raise RuntimeError("the metrics of a shop fail together though each of them works alone")
    found, more = bases(facts, left)
    return found, errors | more


def sentence(error: BaseException) -> str:
    """The first line of an engine's message."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
