"""The Tmall shop's back-office exports in the layouts of 千牛 and 生意参谋."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from making.orders import seen
from making.output import HEADERS, money, stamp, write_csv, write_xlsx
from making.plan import NOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from making.cases import Refund, Review
    from making.orders import Order
    from making.output import Cell

OLD_EXPORT = dt.datetime(2026, 8, 26, 10, 15, 0)
OLD_TO = dt.date(2026, 8, 26)
NEW_FROM = dt.date(2026, 8, 20)
LINES_FROM = dt.date(2026, 10, 16)

OLD_HEADER = HEADERS["tmall_orders_2022"]
NEW_HEADER = HEADERS["tmall_orders_2023_chosen"]
LINE_HEADER = HEADERS["tmall_lines_new"]
REFUND_HEADER = HEADERS["tmall_refunds_2024"]
REVIEW_HEADER = HEADERS["tmall_reviews"]


def write(folder: Path, shop: str, orders: list[Order], refunds: list[Refund], reviews: list[Review]) -> None:
    """All back-office files of the shop."""
    refunded = {refund.order.order_id: refund for refund in refunds if refund.applied_at <= NOW}
    old = [order for order in orders if order.created_at.date() < OLD_TO]
    new = [order for order in orders if order.created_at.date() >= NEW_FROM]
    write_csv(
        folder / f"ExportOrderList{OLD_EXPORT:%Y%m%d%H%M}.csv",
        OLD_HEADER,
        [_row(OLD_HEADER, _old_order(shop, order)) for order in old],
        encoding="gb18030",
    )
    write_xlsx(
        folder / "ExportOrderList25827949225.xlsx",
        "订单列表",
        NEW_HEADER,
        [_row(NEW_HEADER, _new_order(shop, order, refunded.get(order.order_id))) for order in new],
    )
    write_xlsx(
        folder / "ExportOrderDetailList25827949301.xlsx",
        "宝贝列表",
        LINE_HEADER,
        [_row(LINE_HEADER, cells) for order in new if order.created_at.date() >= LINES_FROM for cells in _lines(order)],
    )
    write_xlsx(
        folder / "退款管理.xlsx",
        "天猫退款单",
        REFUND_HEADER,
        [_row(REFUND_HEADER, _refund(refund)) for refund in refunds if refund.applied_at <= NOW],
    )
    write_csv(folder / "商品评价.csv", REVIEW_HEADER, map(_review, reviews), encoding="utf-8-sig")


def _row(header: Sequence[str], cells: dict[str, Cell]) -> list[Cell]:
    unknown = cells.keys() - {name.strip() for name in header}
    if unknown:
        raise KeyError(unknown)
    return [cells.get(name.strip()) for name in header]


def _status(order: Order, now: dt.datetime) -> str:
    if seen(order.cancelled_at, now):
        return "交易关闭"
    if order.paid_at is None or order.paid_at > now:
        return "等待买家付款" if order.kind != "cod" else "买家已付款，等待卖家发货"
    if seen(order.finished_at, now):
        return "交易成功"
    return "卖家已发货，等待买家确认" if seen(order.shipped_at, now) else "买家已付款，等待卖家发货"


def _closed(order: Order, now: dt.datetime) -> str:
    if not seen(order.cancelled_at, now):
        return "订单未关闭"
    return "买家未付款" if order.cancelled_by == "system" else "退款"


def _numbers(order: Order, now: dt.datetime) -> str:
    return ",".join(p.tracking_no for p in order.parcels) if seen(order.shipped_at, now) else ""


def _old_order(shop: str, order: Order) -> dict[str, Cell]:
    now = OLD_EXPORT
    tracking = _numbers(order, now)
    finished = seen(order.finished_at, now)
    return {
        "订单编号": f'="{order.order_id}"',
        "买家会员名": order.buyer,
        "总金额": money(order.fen),
        "买家实际支付金额": money(order.fen),
        "订单状态": _status(order, now),
        "收货人姓名": "示例",
        "收货地址": f"{order.region}  示例市  示例路1号",
        "联系手机": "'10000000000",
        "订单创建时间": stamp(order.created_at),
        "订单付款时间": stamp(seen(order.paid_at, now)),
        "宝贝标题": "，".join(line.item.title for line in order.lines),
        "物流单号": f"No:{tracking}" if tracking else "",
        "物流公司": order.carrier.name if tracking else "",
        "宝贝总数量": sum(line.quantity for line in order.lines),
        "店铺名称": shop,
        "订单关闭原因": _closed(order, now),
        "退款金额": "无退款申请",
        "确认收货时间": stamp(finished, "null"),
        "打款商家金额": f"{money(order.fen)}元" if finished else "null",
        "预售订单": "是" if order.kind == "presale" else "",
        "发货时间": stamp(seen(order.shipped_at, now)),
    }


def _new_order(shop: str, order: Order, refund: Refund | None) -> dict[str, Cell]:
    finished = seen(order.finished_at)
    tracking = _numbers(order, NOW)
    return {
        "订单编号": order.order_id,
        "买家会员名": order.buyer,
        "总金额": order.fen / 100,
        "买家实付金额": order.fen / 100,
        "订单状态": _status(order, NOW),
        "订单创建时间": stamp(order.created_at),
        "订单付款时间": stamp(seen(order.paid_at)),
        "商品标题": "，".join(line.item.title for line in order.lines),
        "宝贝总数量": sum(line.quantity for line in order.lines),
        "退款金额": refund.line.fen / 100 if refund and refund.status() == "success" else "无退款申请",
        "发货时间": stamp(seen(order.shipped_at)),
        "确认收货时间": stamp(finished),
        "确认收货打款金额": order.fen / 100 if finished else None,
        "店铺名称": shop,
        "商家编码": "，".join(line.item.sku for line in order.lines),
        "订单关闭原因": _closed(order, NOW),
        "收货地址": f"{order.region}  示例市  示例路1号",
        "物流单号": tracking,
        "物流公司": order.carrier.name if tracking else "",
    }


def _lines(order: Order) -> Iterable[dict[str, Cell]]:
    due = order.promised_at or order.clock_at + dt.timedelta(hours=order.promised_hours or 48)
    tracking = _numbers(order, NOW)
    for line in order.lines:
        yield {
            "子订单编号": line.line_id,
            "主订单编号": order.order_id,
            "商品标题": line.item.title,
            "商品价格": line.item.price,
            "购买数量": line.quantity,
            "商品属性": "颜色分类:示例白",
            "订单状态": _status(order, NOW),
            "商家编码": line.item.sku,
            "买家实付金额": line.fen / 100,
            "退款状态": "没有申请退款",
            "订单创建时间": stamp(order.created_at),
            "订单付款时间": stamp(seen(order.paid_at)),
            "发货时间": stamp(seen(order.shipped_at)),
            "应发货时间": stamp(due) if order.paid_at or order.kind == "cod" else "",
            "商品ID": line.item.product_id,
            "物流单号": tracking,
            "物流公司": order.carrier.name if tracking else "",
        }


def _refund(refund: Refund) -> dict[str, Cell]:
    status = refund.status()
    finished = refund.finished_at if status != "open" else None
    called = seen(refund.escalated_at)
    actor = {"system": "系统退款", "seller": "手工退款", "platform": "手工退款"}.get(refund.last_actor, "")
    return {
        "订单编号": refund.order.order_id,
        "退款编号": refund.refund_id,
        "订单付款时间": stamp(refund.order.paid_at),
        "商品编码": refund.line.item.sku,
        "商品id": refund.line.item.product_id,
        "退款完结时间": stamp(finished),
        "买家实际支付金额": refund.order.fen / 100,
        "宝贝标题": refund.line.item.title,
        "买家退款金额": refund.line.fen / 100,
        "手工退款/系统退款": actor if status == "success" else "",
        "售后类型": "退货退款" if refund.kind == "return_refund" else "仅退款",
        "是否需要退货": "是" if refund.kind == "return_refund" else "否",
        "退款的申请时间": stamp(refund.applied_at),
        "退款状态": {"success": "退款成功", "closed": "退款关闭", "open": "退款中"}[status],
        "货物状态": "未发货" if refund.stage == "before_ship" else "买家已收到货",
        "客服介入状态": "客服处理完成" if called and finished else "客服已经介入" if called else "无客服介入",
        "卖家真实姓名": "示例",
        "卖家手机": "10000000001",
        "买家退款原因": refund.reason,
        "买家退货时间": stamp(seen(refund.returned_at)),
        "责任方": {"seller": "卖家责任", "buyer": "买家责任"}.get(refund.liability, "") if finished else "",
        "售中或售后": "售后" if refund.stage == "received" else "售中",
        "完结时间": stamp(finished),
        "部分退款/全部退款": "全部退款" if len(refund.order.lines) == 1 else "部分退款",
        "是否零秒响应": "否",
        "是否帮他退款": "是" if refund.last_actor == "platform" and finished else "否",
    }


def _review(review: Review) -> list[Cell]:
    verdict = "好评" if review.stars >= 4 else "中评" if review.stars >= 2 else "差评"
    item = review.line.item
    return ["示例评论", "示***例", "", "", stamp(review.created_at), item.product_id, "示例白", verdict, item.sku]
