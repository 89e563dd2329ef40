"""Facts and definitions made by hand, with the fields the kernel reads, and a plain-Python reading of a row's fate."""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from types import SimpleNamespace

import polars as pl
from msgspec import Struct, field

from shopscore.ruleset.clocks import Clock, define_clocks
from shopscore.ruleset.shopfile import ShopFile
from shopscore.schema import FACTS
from shopscore.tables import DTYPES

DAY = dt.date(2026, 6, 1)
WORDS = {"en": "…", "zh": "…"}
NOW = dt.datetime.combine(DAY, dt.time(10))


class Rules(Struct, frozen=True):
    fact: str = "orders"
    at: str = "clock_at"
    where: str | None = None
    exclude: tuple = ()
    unknown: str | None = None
    pending: str | None = None
    numerator: str | None = None
    of: str | None = None
    weight_by: str | None = None
    once_per: str | None = None
    still_open: str | None = None
    stake: str | None = None

    @property
    def columns_required(self):
        texts = (self.where, self.unknown, self.pending, self.numerator, self.of)
        return frozenset({self.at}.union(*(pl.sql_expr(text).meta.root_names() for text in texts if text)))

    @property
    def columns_open(self):
        return frozenset(pl.sql_expr(self.still_open).meta.root_names()) if self.still_open else frozenset()


class Stated(Struct, frozen=True):
    id: str
    metric: SimpleNamespace
    sides: dict
    in_force: bool = True
    window: str = "30 days"


class Given(Struct, frozen=True):
    frames: dict
    present: frozenset
    judged: dict = field(default_factory=dict)
    as_of: dt.datetime = NOW


def metric(  # noqa: PLR0913
    name,
    *,
    kind="ratio",
    unit="rate",
    segments=(),
    sides=None,
    in_force=True,
    window="30 days",
    better="higher",
    bound_of=None,
    **rules,
):
    """A definition over one fact, or over two with `sides`."""
    shape = SimpleNamespace(id=name, kind=kind, unit=unit, segments=list(segments), better=better, bound_of=bound_of)
    return Stated(f"test.{name}", shape, sides or {"": Rules(**rules)}, in_force, window)


def clock(name="ship", *, due="ship_deadline_at", done="picked_up_at", metrics=(), **rules):
    """A clock over orders; `rules` replace what it says."""
    said = {
        "from": "orders", "title": WORDS, "start": "clock_at", "due": due, "done": done, "source": ["s"],
        "steps": [{"holder": "seller", "do": WORDS}], "metrics": list(metrics), **rules,
    }  # fmt: skip
    pack = SimpleNamespace(platform="test", parameters={}, clocks=[Clock.model_validate({"id": name, **said})])
    return define_clocks(pack, ShopFile())[0]


def fact_frame(fact, rows):
    """Rows of a fact with the dictionary's columns; what a row does not say is blank."""
    schema = {column.name: DTYPES[column.kind] for column in FACTS[fact].columns}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema, orient="row").lazy()


EVERYTHING = frozenset(source for fact in FACTS.values() for column in fact.columns for source in column.sources)


def facts(present=EVERYTHING, **rows):
    return Given({name: fact_frame(name, each) for name, each in rows.items()}, frozenset(present))


def moment(day, second=0):
    return (
        None
        if day is None
        else dt.datetime.combine(DAY + dt.timedelta(days=day), dt.time()) + dt.timedelta(seconds=second)
    )


def fate_of(where, exclude, unknown, pending, numerator, numbers=()):  # noqa: PLR0913, PLR0917 - a fate has as many causes
    """A row's fate from the answers to its conditions, as the documentation words it; None for out.

    `where`, `unknown` and `pending` may be the text "absent": the definition has none.
    """
    if where is False:
        return None
    first = next((name for name, answer in exclude if answer is True), None)
    if where is None:
        fate = "unknown"
    elif first is not None:
        fate = f"excluded.{first}"
    elif any(answer is None for _, answer in exclude) or unknown in (True, None):
        fate = "unknown"
    elif pending is True:
        fate = "pending"
    elif pending is None or any(number is None for number in numbers):
        fate = "unknown"
    elif numerator == "absent":
        fate = "counted"
    else:
        fate = "hit" if numerator is True else "miss"
    return fate


def takes_its_worker_down_at_zero(unit):
    if unit == 0:
        os._exit(1)
    return 12 / unit


def takes_its_worker_down_once(unit):
    if isinstance(unit, int):
        return 12 / unit
    if unit.exists():
        return "again"
    unit.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def dies_of_its_name(unit):
    if isinstance(unit, int):
        return 12 / unit
    if unit == "hang":
        time.sleep(60)
    os.kill(os.getpid(), getattr(signal, unit))
    return None


def sleeps_and_says_where(hundredths):
    time.sleep(hundredths / 100)
    return os.getpid()


def is_told_to_stop_while_the_engine_works(_):
    def told(column):
        os.kill(os.getpid(), signal.SIGINT)
        return column

    return pl.LazyFrame({"a": [1]}).select(pl.col("a").map_batches(told, return_dtype=pl.Int64)).collect().item()
