"""What a history holds, as tables, and how an older one becomes one of today.

``audits`` and ``reports`` keep the whole report, ``shops`` and ``metrics`` what is asked of it without unpacking one. A
history says its version; `prepare` makes a new one, or takes an old one up step by step, in the transaction that says
so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
    inspect,
    select,
    update,
)

from shopscore.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

NAMES = MetaData()
VERSION = Table("shopscore_history", NAMES, Column("version", Integer, nullable=False))
AUDITS = Table(
    "audits",
    NAMES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("audit_id", String(64), nullable=False, unique=True),
    Column("as_of", String(19), nullable=False),
    Column("tool_version", String(40), nullable=False),
    Column("report", LargeBinary, nullable=False),
)
"""``as_of`` is the latest of its shops; ``number`` is the order in which audits were kept; ``report`` is all of it but
its shops, which those kept by version 2 hold too."""
SHOPS = Table(
    "shops",
    NAMES,
    Column("number", ForeignKey("audits.number"), primary_key=True),
    Column("platform", String(40), primary_key=True),
    Column("shop", String(200), primary_key=True),
    Column("as_of", String(19), nullable=False),
    Column("rules", String(80), nullable=False),
    Column("trust", String(8), nullable=False),
    Index("shops_by_name", "platform", "shop", "as_of"),
)
METRICS = Table(
    "metrics",
    NAMES,
    Column("number", ForeignKey("audits.number"), primary_key=True),
    Column("platform", String(40), primary_key=True),
    Column("shop", String(200), primary_key=True),
    Column("metric", String(120), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("value", Float),
    Column("low", Float),
    Column("high", Float),
    Column("numerator", Float),
    Column("denominator", Float),
    Column("target", Float),
    Column("unit", String(16), nullable=False),
    Column("window_from", String(10)),
    Column("window_to", String(10)),
    Column("suppressed", Boolean, nullable=False),
    Index("metrics_by_name", "platform", "shop", "metric"),
)

SEGMENTS = Table(
    "segments",
    NAMES,
    Column("number", ForeignKey("audits.number"), primary_key=True),
    Column("platform", String(40), primary_key=True),
    Column("shop", String(200), primary_key=True),
    Column("metric", String(120), primary_key=True),
    Column("cells", LargeBinary, nullable=False),
)
"""What `shopscore.history.packing` makes of a metric's segments."""

REPORTS = Table(
    "reports",
    NAMES,
    Column("number", ForeignKey("audits.number"), primary_key=True),
    Column("platform", String(40), primary_key=True),
    Column("shop", String(200), primary_key=True),
    Column("report", LargeBinary, nullable=False),
)
"""Each shop's report, so that a fleet's are packed and opened one at a time."""


def _segments(connection: Connection) -> None:
    """Version 2 keeps segments; audits of before have none."""
    _add(connection, "segments", Column("metric", String(120), primary_key=True), "cells")


def _reports(connection: Connection) -> None:
    """Version 3 keeps each shop's report by itself; audits of before hold theirs."""
    _add(connection, "reports", None, "report")


def _add(connection: Connection, name: str, part: Column[str] | None, packed: str) -> None:
    """A table of something packed of each shop of an audit, or of a part of it."""
    names = MetaData()
    Table("audits", names, Column("number", Integer, primary_key=True))
    Table(
        name,
        names,
        Column("number", ForeignKey("audits.number"), primary_key=True),
        Column("platform", String(40), primary_key=True),
        Column("shop", String(200), primary_key=True),
        *(() if part is None else (part,)),
        Column(packed, LargeBinary, nullable=False),
    ).create(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (_segments, _reports)
"""The n-th takes a history of version n to version n + 1, by statements of its own: the tables above are today's."""


def latest() -> int:
    """The version of a history that is made today."""
    return len(STEPS) + 1


def version(connection: Connection) -> int | None:
    """The version a history says it has; None where there is none yet."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    found: int | None = connection.scalar(select(VERSION.c.version))
    return found


def prepare(connection: Connection) -> None:
    """Make a history, or take an older one to the latest version, inside the transaction of ``connection``.

    Raises:
        UsageError: a later shopscore wrote it.
    """
    found = version(connection)
    if found == latest():
        return
    if found is None:
        NAMES.create_all(connection)
        connection.execute(insert(VERSION).values(version=latest()))
        return
    if found > latest():
        raise UsageError(
            f"--history: its tables are of version {found}, a later shopscore wrote it; this one knows {latest()}",
            f"--history：它的表是第 {found} 版，由更新的 shopscore 写成；本程序只认到第 {latest()} 版",
        )
    for step in STEPS[found - 1 :]:
        step(connection)
    connection.execute(update(VERSION).values(version=latest()))
