"""The key ``clocks:`` of a pack: which clocks run, and what a clock is for one shop with its parameters filled in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from pydantic import Field

from shopscore.ruleset.language import LanguageError, parse, to_sql
from shopscore.ruleset.metric import Condition, Expression, Slug
from shopscore.ruleset.resolve import of_parameters, parameters_of
from shopscore.ruleset.strict import Strict, Text
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Words
    from shopscore.ruleset.language import Parsed
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.shopfile import ShopFile

Holder = Literal["seller", "buyer", "carrier", "platform"]
Names = tuple[tuple[str, float], ...]


class Step(Strict):
    """Whose move it is while a clock runs, from ``since`` on; the first step begins with the clock."""

    since: Expression | None = None
    holder: Holder
    do: Text


class Called(Strict):
    """Some rows of a clock, and what they are called."""

    when: Condition
    title: Text


class Clock(Strict):
    """One running clock: which rows have it, from when to when it runs, and what stops it.

    ``done`` is the time at which what the clock asks for was done. Each of ``over`` is a time or a condition that ends
    the clock otherwise (cancelled, withdrawn, closed): then it is neither in time nor late. ``blocked`` are rows with
    which nothing can be done yet: they have no clock and are named apart, as are rows that would run but have no
    ``due``, where ``undated`` says what such rows are called, and ``undated_when`` of which files say that they wait.
    Of rows that are ``unknown`` no file tells when it was done: they may run, and are no part of the clock's history;
    that is so of all rows where ``optional`` lets the clock do without every column of ``done`` and no file has any.
    ``metrics`` are those in which a breach counts; ``weight_by`` says what the row weighs there. A ``live`` clock runs
    out within minutes: an audit of files leaves it out, the list of what runs out soon looks at it.
    """

    id: Slug
    title: Text
    from_: str = Field(alias="from")
    where: Condition | None = None
    start: Expression
    due: Expression
    done: Expression
    over: list[Expression] = []
    unknown: Condition | None = None
    optional: list[str] = []
    subject: str | None = None
    weight_by: Expression | None = None
    first: Called | None = None
    blocked: Called | None = None
    undated: Text | None = None
    undated_when: Condition | None = None
    metrics: list[Slug] = []
    steps: list[Step] = Field(min_length=1)
    live: bool = False
    note: Text | None = None
    source: list[str] = Field(min_length=1)


class StepRules(Struct, frozen=True):
    """A step as text every engine reads; ``since`` is None for the first."""

    since: str | None
    holder: Holder
    todo: Words


class ClockRules(Struct, frozen=True):
    """A clock as text every engine reads; parameters stand in it as numbers.

    Attributes:
        id: the full id, ``tmall.ship``.
        fact: the fact its rows come from.
        subject: the column that names a row.
        where: which rows have this clock; None for all.
        start, due, done: times of a row.
        over_at: times at which the clock ended otherwise.
        over_if: conditions under which it ended otherwise, no one knows when.
        unknown: of which rows no file tells when it was done; None: of none.
        weight_by: what a row weighs; None: 1.
        first: which rows come before others worth as much; None: none.
        called: what these are called.
        blocked: with which rows nothing can be done yet, however late it gets; None: with none.
        blocked_as: what these are called.
        undated: what rows are called that would run but of which no file tells by when; None: nothing is said of them.
        undated_when: which of these wait by what the files say; None: all of them.
        metrics: full ids of the metrics in which a breach counts.
        columns_required: columns without which the clock says nothing.
        columns_due: columns that tell by when.
        columns_done: columns that tell when it was done; where no file gives any of them it may run, without a history.
        live: it runs out within minutes.
        frozen: it uses a column that cannot be known for an earlier ``as_of``.
    """

    id: str
    title: Words
    fact: str
    subject: str
    where: str | None
    start: str
    due: str
    done: str
    over_at: tuple[str, ...]
    over_if: tuple[str, ...]
    unknown: str | None
    weight_by: str | None
    first: str | None
    called: Words | None
    blocked: str | None
    blocked_as: Words | None
    undated: Words | None
    undated_when: str | None
    metrics: tuple[str, ...]
    steps: tuple[StepRules, ...]
    columns_required: frozenset[str]
    columns_due: frozenset[str]
    columns_done: frozenset[str]
    live: bool
    frozen: bool


def define_clocks(pack: Pack, shop: ShopFile) -> tuple[ClockRules, ...]:
    """Every clock of a pack for a shop, in the order the pack writes them.

    Raises:
        RuleError: the shop chooses a parameter that is not there, or one that breaks a clock.
    """
    parameters = parameters_of(pack, shop)
    try:
        return tuple(_define(pack.platform, each, parameters) for each in pack.clocks)
    except LanguageError as error:
        raise of_parameters(error) from None


def _define(platform: str, clock: Clock, parameters: Names) -> ClockRules:
    def read(text: str) -> Parsed:
        return _read(text, clock.from_, parameters)

    def text(each: str | None) -> str | None:
        return None if each is None else to_sql(read(each))

    over = [read(each) for each in clock.over]
    needed = _columns(read(each) for each in (clock.where, clock.start, clock.due, clock.done) if each is not None)
    return ClockRules(
        id=f"{platform}.{clock.id}",
        title=clock.title.words,
        fact=clock.from_,
        subject=clock.subject or FACTS[clock.from_].subject,
        where=text(clock.where),
        start=to_sql(read(clock.start)),
        due=to_sql(read(clock.due)),
        done=to_sql(read(clock.done)),
        over_at=tuple(to_sql(each) for each in over if each.kind == "time"),
        over_if=tuple(to_sql(each) for each in over if each.kind == "flag"),
        unknown=text(clock.unknown),
        weight_by=text(clock.weight_by),
        first=None if clock.first is None else text(clock.first.when),
        called=None if clock.first is None else clock.first.title.words,
        blocked=None if clock.blocked is None else text(clock.blocked.when),
        blocked_as=None if clock.blocked is None else clock.blocked.title.words,
        undated=None if clock.undated is None else clock.undated.words,
        undated_when=text(clock.undated_when),
        metrics=tuple(f"{platform}.{name}" for name in clock.metrics),
        steps=tuple(StepRules(text(each.since), each.holder, each.do.words) for each in clock.steps),
        columns_required=needed - set(clock.optional),
        columns_due=_columns([read(clock.due)]),
        columns_done=_columns([read(clock.done)]),
        live=clock.live,
        frozen=any(not FACTS[clock.from_].by_name[name].rewinds for name in needed),
    )


def _columns(texts: Iterable[Parsed]) -> frozenset[str]:
    return frozenset().union(*(each.names for each in texts))


@lru_cache(maxsize=1024)
def _read(text: str, fact: str, parameters: Names) -> Parsed:
    """An expression over a fact; the same text is read once a process."""
    return parse(text, FACTS[fact].by_name, dict(parameters))
