"""What every question to a history is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import select

from shopscore import saved
from shopscore.history import packing
from shopscore.history.tables import AUDITS, REPORTS, SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Table

    from shopscore.model import Cells, Report, ShopReport


def number_of(connection: Connection, audit_id: str) -> int | None:
    """Under which number an audit is kept."""
    found: int | None = connection.scalar(select(AUDITS.c.number).where(AUDITS.c.audit_id == audit_id))
    return found


def opened(connection: Connection, number: int) -> Report:
    """The audit kept under a number, as far as it is kept in one: `shops_of` gives its shops."""
    data: bytes = connection.execute(select(AUDITS.c.report).where(AUDITS.c.number == number)).scalar_one()
    return saved.unpack(data, _name(number))


def shops_of(
    connection: Connection, number: int, audit: Report, platform: str | None = None, shop: str | None = None
) -> tuple[ShopReport, ...]:
    """The shops of an audit, or the one asked for, with the segments kept beside them.

    Args:
        connection: to the history.
        number: of the audit.
        audit: what `opened` gave of it.
        platform: only shops of this platform.
        shop: only the shop of this name.
    """
    asked = select(REPORTS.c.report).where(REPORTS.c.number == number, *of(REPORTS, platform, shop))
    shops = [saved.unpack_shop(data, _name(number)) for data in connection.scalars(asked)]
    shops += [each for each in audit.shops if platform in (None, each.platform) and shop in (None, each.shop)]
    beside = select(SEGMENTS).where(SEGMENTS.c.number == number, *of(SEGMENTS, platform, shop))
    found = connection.execute(beside).mappings()
    cells = {(row["platform"], row["shop"], row["metric"]): packing.unpack(row["cells"]) for row in found}
    return tuple(_with_cells(each, cells) for each in sorted(shops, key=lambda each: (each.platform, each.shop)))


def _name(number: int) -> str:
    return f"audit {number} of the history"


def unpacked(connection: Connection, number: int) -> Report:
    """The whole audit kept under a number."""
    audit = opened(connection, number)
    return replace(audit, shops=shops_of(connection, number, audit))


def _with_cells(shop: ShopReport, cells: Mapping[tuple[str, str, str], Cells]) -> ShopReport:
    metrics = (replace(each, cells=cells.get((shop.platform, shop.shop, each.id))) for each in shop.metrics)
    return replace(shop, metrics=tuple(metrics))


def of(table: Table, platform: str | None, shop: str | None) -> Iterator[ColumnElement[bool]]:
    """Only rows of this platform and shop, where they are given."""
    if platform is not None:
        yield table.c.platform == platform
    if shop is not None:
        yield table.c.shop == shop
