"""The JD shop's files: order exports, settlement and chats as 京麦 and 咚咚 give them."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from making.orders import seen
from making.output import HEADERS, money, stamp, write_csv, write_xlsx
from making.plan import NOW

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from making.cases import Refund
    from making.orders import Line, Order
    from making.output import Cell
    from making.talk import Message, Session

EXPORTS = (
    ("订单导出_20260930_1800.csv", dt.date(2026, 7, 13), dt.datetime(2026, 9, 30, 18, 0, 0)),
    *(
        (f"订单导出_202611{day}_1740.csv", dt.date(2026, 11, day - 6), dt.datetime(2026, 11, day, 17, 40, 0))
        for day in (13, 14, 15)
    ),
    ("订单导出_20261122_2340.csv", dt.date(2026, 9, 20), NOW),
)
"""File name with the minute of the export, its first day, that minute; they overlap, and a later one knows more."""
SETTLED_FROM = dt.datetime(2026, 10, 24)
ORDER_HEADER = HEADERS["jd_orders_sample"]
SETTLEMENT_HEADER = HEADERS["jd_settlement_sample"]
OFFLINE_HOURS = (0, 1, 2, 3, 4, 5, 6, 7)
DISPUTE_KINDS = ("quality", "not_received")
CHINA = dt.timezone(dt.timedelta(hours=8))


def write(folder: Path, orders: list[Order], refunds: list[Refund]) -> None:
    """The order exports and the settlement."""
    refunded = {refund.order.order_id: refund for refund in refunds}
    for name, first, now in EXPORTS:
        chosen = [order for order in orders if order.created_at.date() >= first and order.created_at <= now]
        rows = [
            [*(cells.get(name) for name in ORDER_HEADER), ""]
            for order in chosen
            for cells in _order_rows(order, refunded.get(order.order_id), now)
        ]
        # The back office ends the line of headers with a comma.
        write_csv(folder / name, [*ORDER_HEADER, ""], rows, encoding="gbk")
    entries = [entry for order in orders for entry in _entries(order, refunded.get(order.order_id))]
    rows = [[cells.get(name) for name in SETTLEMENT_HEADER] for cells in entries]
    write_xlsx(folder / "结算明细.xlsx", "结算明细", SETTLEMENT_HEADER, rows)


def _status(order: Order, refund: Refund | None, now: dt.datetime) -> str:
    before = "等待出库" if order.kind == "cod" or seen(order.paid_at, now) else "等待付款"
    if seen(order.cancelled_at, now):
        return f"(删除){before}"
    if seen(order.finished_at, now):
        return "完成"
    if seen(order.shipped_at, now):
        return "等待确认收货"
    asked = refund is not None and seen(refund.applied_at, now)
    return f"(锁定){before}" if asked else before


def _order_rows(order: Order, refund: Refund | None, now: dt.datetime) -> Iterable[dict[str, Cell]]:
    for line in order.lines:
        yield {
            "订单号": order.order_id,
            "商品ID": line.item.product_id,
            "商品名称": line.item.title,
            "订购数量": line.quantity,
            "支付方式": "货到付款" if order.kind == "cod" else "在线支付",
            "下单时间": stamp(order.created_at),
            "京东价": f"{line.item.price}.00",
            "订单金额": money(order.fen),
            "结算金额": money(order.fen),
            "余额支付": "0.00",
            "应付金额": money(order.fen),
            "订单状态": _status(order, refund, now),
            "订单类型": "销售订单",
            "下单帐号": order.buyer,
            "客户姓名": "示例",
            "客户地址": f"{order.region}示例市示例路3号",
            "联系电话": "10000000000",
            "运费金额": "0.00",
            "付款确认时间": stamp(seen(order.paid_at, now)),
            "货号": line.item.sku,
            "订单完成时间": stamp(seen(order.finished_at, now)),
            "订单来源": "移动端订单",
            "仓库名称": order.warehouse,
            "商家SKUID": line.item.sku,
        }


def _entries(order: Order, refund: Refund | None) -> Iterable[dict[str, Cell]]:
    """What a finished deal brings and costs, on the night after its end."""
    booked = seen(None if order.finished_at is None else order.finished_at + dt.timedelta(hours=9))
    if booked is None or booked < SETTLED_FROM:
        return
    for line in order.lines:
        yield _entry(order, line, booked, ("货款", line.fen, "收入"))
        yield _entry(order, line, booked, ("佣金", line.fen * 5 // 100, "支出"))
    if order.parcels:
        yield _entry(order, order.lines[0], booked, ("运费保险服务费", 60, "支出"))
    finished = None if refund is None else seen(refund.finished_at)
    if refund is None or finished is None:
        return
    case: dict[str, Cell] = {"售后服务单号": refund.refund_id, "售后退款时间": stamp(finished)}
    paid = finished + dt.timedelta(hours=2)
    if refund.succeeds and paid <= NOW:
        yield _entry(order, refund.line, paid, ("货款", refund.line.fen, "支出")) | case
    if refund.liability == "seller" and paid <= NOW:
        share = min(refund.line.fen * 3 // 10, 50000)
        yield _entry(order, refund.line, paid, ("售后卖家赔付费", share, "支出")) | case


def _entry(order: Order, line: Line, booked: dt.datetime, fee: tuple[str, int, str]) -> dict[str, Cell]:
    name, fen, way = fee
    return {
        "订单编号": order.order_id,
        "订单状态": "完成",
        "订单下单时间": stamp(order.created_at),
        "订单完成时间": stamp(order.finished_at),
        "商品编号": line.item.product_id,
        "商品名称": line.item.title,
        "商品数量": line.quantity,
        "费用名称": name,
        "应结金额": fen / 100,
        "币种": "人民币",
        "收支方向": way,
        "结算状态": "已结算",
        "账单生成时间": stamp(booked),
    }


# ── chats ────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_talk(folder: Path, messages: list[Message], sessions: list[Session]) -> None:
    """``咚咚聊天记录.json`` as the web client receives it, and ``sessions.csv``: who was there, and until when."""
    lines = [
        {
            "from": {"pin": line.buyer if line.sender == "buyer" else line.agent, "app": _app(line)},
            "body": {"type": "text", "content": "示例", "chatinfo": {"sid": line.session_id}, **_action(line)},
            "timestamp": round(line.sent_at.replace(tzinfo=CHINA).timestamp() * 1000),
        }
        for line in messages
    ]
    text = json.dumps({"data": lines}, ensure_ascii=False, separators=(",", ":"))
    (folder / "咚咚聊天记录.json").write_text(text, encoding="utf-8")
    write_csv(
        folder / "sessions.csv",
        ("session_id", "buyer_id", "agent_id", "started_at", "closed_at", "is_offline"),
        [
            (each.session_id, each.buyer, each.agent, stamp(each.started_at), stamp(each.closed_at), _offline(each))
            for each in sessions
        ],
    )


def _app(line: Message) -> str:
    return "im.customer" if line.sender == "buyer" else "im.waiter"


def _action(line: Message) -> dict[str, object]:
    return {"action": {"code": "auto"}} if line.sender == "auto" else {}


def _offline(session: Session) -> str:
    return "true" if session.started_at.hour in OFFLINE_HOURS else "false"


# ── disputes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def write_disputes(folder: Path, refunds: list[Refund]) -> None:
    """``disputes_20261122.csv``: the cases JD was called into, with the deadlines its back office shows.

    Of those about quality the answer comes too late.
    """
    rows: list[list[Cell]] = []
    for refund in refunds:
        opened = seen(refund.escalated_at)
        if opened is None:
            continue
        kind = DISPUTE_KINDS[len(rows) % 2]
        closed = seen(refund.finished_at)
        replied = opened + dt.timedelta(hours=27 if kind == "quality" else 5)
        rows.append(
            [
                f"7100{len(rows):08d}",
                refund.order.order_id,
                kind,
                stamp(opened),
                "buyer",
                stamp(opened + dt.timedelta(hours=24)),
                stamp(seen(replied)),
                stamp(closed),
                refund.liability if closed else "",
            ]
        )
    header = ("dispute_id", "order_id", "kind", "opened_at", "opened_by", "reply_due_at", "replied_at", "closed_at")
    write_csv(folder / "disputes_20261122.csv", (*header, "liability"), rows)
