"""What no back office exports: canonical files, carrier scans, and the shop's own settings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from making.orders import seen
from making.output import stamp, write_csv
from making.plan import NOW, SCANS_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from making.cases import Refund, Review
    from making.orders import Order
    from making.output import Cell
    from making.talk import Message, Session

KNOWN_FROM = dt.date(2026, 10, 12)
"""From this day the seller's ERP noted kinds, promises and cancellations."""
REFUND_COLUMNS = (
    "refund_id",
    "order_id",
    "kind",
    "stage",
    "status",
    "first_reason",
    "first_reason_class",
    "applied_at",
    "first_refused_at",
    "agreed_at",
    "returned_at",
    "return_signed_at",
    "finished_at",
    "last_actor",
    "withdrawn",
    "amount",
)
REVIEW_COLUMNS = (
    "order_id",
    "buyer_id",
    "product_id",
    "sku",
    "created_at",
    "stars",
    "description_stars",
    "service_stars",
    "logistics_stars",
)
REASON_CLASS = {
    "质量问题": "quality",
    "做工粗糙/有瑕疵": "quality",
    "7天无理由退换货": "no_reason",
    "不喜欢/不想要": "no_reason",
    "多拍/拍错/不想要": "no_reason",
    "协商一致退款": "other",
    "少件/漏发": "missing",
    "颜色/图案/款式不符": "description",
    "收到商品破损": "damage",
    "快递/物流一直未送到": "not_received",
}


def write_talk(folder: Path, messages: list[Message], sessions: list[Session]) -> None:
    """``messages.csv`` and ``sessions.csv``."""
    write_csv(
        folder / "messages.csv",
        ("session_id", "buyer_id", "agent_id", "sender", "sent_at"),
        [(line.session_id, line.buyer, line.agent, line.sender, stamp(line.sent_at)) for line in messages],
    )
    write_csv(
        folder / "sessions.csv",
        ("session_id", "buyer_id", "agent_id", "started_at", "closed_at", "rating"),
        [
            (each.session_id, each.buyer, each.agent, stamp(each.started_at), stamp(each.closed_at), each.rating or "")
            for each in sessions
        ],
    )


def write_disputes(folder: Path, refunds: list[Refund]) -> None:
    """``disputes_20261122.csv``: the refunds in which the platform was called in."""
    rows: list[list[Cell]] = []
    for refund in refunds:
        opened = seen(refund.escalated_at)
        if opened is None:
            continue
        closed = seen(refund.finished_at)
        rows.append(
            [
                f"7000{len(rows):08d}",
                refund.order.order_id,
                stamp(opened),
                "buyer",
                stamp(closed),
                refund.liability if closed else "",
            ]
        )
    write_csv(
        folder / "disputes_20261122.csv",
        ("dispute_id", "order_id", "opened_at", "opened_by", "closed_at", "liability"),
        rows,
    )


def write_refunds(folder: Path, refunds: list[Refund]) -> None:
    """``refunds.csv``: with the moments of agreement and refusal an export does not give."""
    write_csv(
        folder / "refunds.csv", REFUND_COLUMNS, map(_refund, (each for each in refunds if each.applied_at <= NOW))
    )


def _refund(refund: Refund) -> list[Cell]:
    status = refund.status()
    done = status != "open"
    return [
        refund.refund_id,
        refund.order.order_id,
        refund.kind,
        refund.stage,
        status,
        refund.reason,
        REASON_CLASS[refund.reason],
        stamp(refund.applied_at),
        stamp(seen(refund.refused_at)),
        stamp(seen(refund.agreed_at)),
        stamp(seen(refund.returned_at)),
        stamp(seen(refund.signed_at)),
        stamp(seen(refund.finished_at)),
        refund.last_actor if done else "",
        "true" if done and refund.last_actor == "buyer" else "",
        f"{refund.line.fen / 100:.2f}",
    ]


def write_reviews(folder: Path, reviews: Iterable[Review]) -> None:
    """``reviews.csv``: reviews with their part ratings."""
    write_csv(
        folder / "reviews.csv",
        REVIEW_COLUMNS,
        [
            (
                each.order.order_id,
                each.order.buyer,
                each.line.item.product_id,
                each.line.item.sku,
                stamp(each.created_at),
                each.stars,
                each.description,
                each.service,
                each.logistics,
            )
            for each in reviews
        ],
    )


def write_orders(folder: Path, columns: Sequence[str], orders: Iterable[Order]) -> None:
    """``orders.csv``: what the order export leaves out, joined to it by the order's number."""
    rows = []
    for order in orders:
        if order.created_at.date() < KNOWN_FROM:
            continue
        cancelled = seen(order.cancelled_at)
        cells: dict[str, Cell] = {
            "order_id": order.order_id,
            "buyer_id": order.buyer,
            "buyer_level": order.level,
            "kind": order.kind,
            "created_at": stamp(order.created_at),
            "promised_ship_at": stamp(order.promised_at),
            "promised_ship_hours": order.promised_hours,
            "shipped_at": stamp(seen(order.shipped_at)),
            "cancelled_at": stamp(cancelled),
            "cancelled_by": order.cancelled_by if cancelled else "",
            "warehouse": order.warehouse,
            "region": order.region,
        }
        rows.append([cells[name] for name in columns])
    write_csv(folder / "orders.csv", columns, rows)


def write_scans(path: Path, header: Sequence[str], orders: Iterable[Order], encoding: str) -> None:
    """Scans of the carriers that give them, in the columns of their portal: one row per parcel."""
    rows = []
    for order in orders:
        if order.created_at.date() < SCANS_FIRST or not order.carrier.scans:
            continue
        for parcel in order.parcels:
            if seen(parcel.picked_up_at) is None:
                continue
            cells: dict[str, Cell] = {
                "订单编号": order.order_id,
                "运单号": parcel.tracking_no,
                "快递单号": parcel.tracking_no,
                "快递公司": order.carrier.name,
                "发货仓库": order.warehouse,
                "揽收时间": stamp(parcel.picked_up_at),
                "揽件时间": stamp(parcel.picked_up_at),
                "签收时间": stamp(seen(parcel.delivered_at)),
                "收件人": "示*",
            }
            rows.append([cells[name] for name in header])
    write_csv(path, header, rows, encoding=encoding)
