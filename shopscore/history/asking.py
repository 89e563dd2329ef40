"""What every question to a history is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopscore import saved
from shopscore.history.tables import AUDITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection, Table

    from shopscore.model import Report


def number_of(connection: Connection, audit_id: str) -> int | None:
    """Under which number an audit is kept."""
    found: int | None = connection.scalar(select(AUDITS.c.number).where(AUDITS.c.audit_id == audit_id))
    return found


def unpacked(connection: Connection, number: int) -> Report:
    """The audit kept under a number."""
    data: bytes = connection.execute(select(AUDITS.c.report).where(AUDITS.c.number == number)).scalar_one()
    return saved.unpack(data, f"audit {number} of the history")


def of(table: Table, platform: str | None, shop: str | None) -> Iterator[ColumnElement[bool]]:
    """Only rows of this platform and shop, where they are given."""
    if platform is not None:
        yield table.c.platform == platform
    if shop is not None:
        yield table.c.shop == shop
