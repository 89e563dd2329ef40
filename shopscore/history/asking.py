"""What every question to a history is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopscore import saved
from shopscore.history import packing
from shopscore.history.tables import AUDITS, SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Table

    from shopscore.model import Cells, Report, ShopReport


def number_of(connection: Connection, audit_id: str) -> int | None:
    """Under which number an audit is kept."""
    found: int | None = connection.scalar(select(AUDITS.c.number).where(AUDITS.c.audit_id == audit_id))
    return found


def unpacked(connection: Connection, number: int) -> Report:
    """The audit kept under a number, with the segments kept beside it."""
    data: bytes = connection.execute(select(AUDITS.c.report).where(AUDITS.c.number == number)).scalar_one()
    report = saved.unpack(data, f"audit {number} of the history")
    found = connection.execute(select(SEGMENTS).where(SEGMENTS.c.number == number)).mappings()
    cells = {(row["platform"], row["shop"], row["metric"]): packing.unpack(row["cells"]) for row in found}
    return replace(report, shops=tuple(_with_cells(shop, cells) for shop in report.shops)) if cells else report


def _with_cells(shop: ShopReport, cells: Mapping[tuple[str, str, str], Cells]) -> ShopReport:
    metrics = (replace(each, cells=cells.get((shop.platform, shop.shop, each.id))) for each in shop.metrics)
    return replace(shop, metrics=tuple(metrics))


def of(table: Table, platform: str | None, shop: str | None) -> Iterator[ColumnElement[bool]]:
    """Only rows of this platform and shop, where they are given."""
    if platform is not None:
        yield table.c.platform == platform
    if shop is not None:
        yield table.c.shop == shop
