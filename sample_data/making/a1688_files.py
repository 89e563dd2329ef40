"""The 1688 shop's order export: 49 columns, order cells on the first line of an order only."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from making.orders import seen
from making.output import HEADERS, stamp, write_xlsx
from making.plan import NOW

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from making.orders import Line, Order
    from making.output import Cell

EXPORTS = (
    ("订单导出_20261006.xlsx", dt.date(2026, 7, 13), dt.datetime(2026, 10, 6, 9, 30, 0)),
    *(
        (f"订单导出_202611{day}.xlsx", dt.date(2026, 11, day - 6), dt.datetime(2026, 11, day, 17, 40, 0))
        for day in (16, 17, 18)
    ),
    ("订单导出_20261122.xlsx", dt.date(2026, 9, 24), NOW),
)
"""File name, its first day, the moment of the export; they overlap, and a later one knows more.

On three days in a row the last week was exported: between which of them an order was shipped and picked up can be told.
"""

HEADER = HEADERS["1688_orders"]


def write(folder: Path, shop: str, orders: list[Order]) -> None:
    """The order files of the shop."""
    for name, first, now in EXPORTS:
        chosen = [order for order in orders if order.created_at.date() >= first and order.created_at <= now]
        rows = [row for order in chosen for row in _rows(shop, order, now)]
        write_xlsx(folder / name, "订单", HEADER, rows)


def _rows(shop: str, order: Order, now: dt.datetime) -> Iterable[list[Cell]]:
    for at, line in enumerate(order.lines):
        cells = {**_line(line), **(_head(shop, order, now) if at == 0 else {})}
        yield [cells.get(name) for name in HEADER]


def _status(order: Order, now: dt.datetime) -> str:
    if seen(order.cancelled_at, now):
        return "交易关闭"
    if order.kind != "cod" and seen(order.paid_at, now) is None:
        return "等待买家付款"
    if seen(order.finished_at, now):
        return "交易成功"
    if order.parcels and seen(order.parcels[0].picked_up_at, now):
        return "等待买家收货"
    return "等待物流公司揽件" if seen(order.shipped_at, now) else "等待卖家发货"


def _head(shop: str, order: Order, now: dt.datetime) -> dict[str, Cell]:
    shipped = seen(order.shipped_at, now)
    return {
        "订单编号": order.order_id,
        "买家公司名": f"{order.buyer}商行",
        "买家会员名": order.buyer,
        "卖家公司名": shop,
        "卖家会员名": "示例河山",
        "货品总价(元)": order.fen / 100,
        "运费(元)": 0,
        "涨价或折扣(元)": 0,
        "实付款(元)": order.fen / 100,
        "订单状态": _status(order, now),
        "订单创建时间": stamp(order.created_at),
        "订单付款时间": stamp(seen(order.paid_at, now)),
        "收货人姓名": "示例",
        "收货地址": f"{order.region} 示例市 示例路2号",
        "联系手机": "10000000000",
        "物流公司": order.carrier.name if shipped else "",
        "运单号": ",".join(parcel.tracking_no for parcel in order.parcels) if shipped else "",
    }


def _line(line: Line) -> dict[str, Cell]:
    return {
        "货品标题": line.item.title,
        "单价(元)": line.item.price,
        "数量": line.quantity,
        "单位": "件",
        "货号": line.item.sku,
        "Offer ID": line.item.product_id,
        "SKU ID": f"{line.item.product_id}1",
        "单品货号": line.item.sku,
    }
