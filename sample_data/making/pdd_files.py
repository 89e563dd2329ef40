"""The Pinduoduo shop's exports: orders in two layouts, after-sale cases, the bill, reviews; its canonical tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from making.canonical_files import REASON_CLASS
from making.orders import seen
from making.output import HEADERS, money, stamp, write_csv, write_xlsx
from making.plan import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from making.cases import Refund, Review
    from making.orders import Order
    from making.output import Cell
    from making.pdd_life import AgentDay, TrafficDay

OLD = "854orders_export2026-10-12-09-30-00.csv"
NEW = "0f1e2d3c4b5a69788796a5b4c3d2e1f0orders_export2026-11-22-23-40-00.csv"
OLD_NOW = dt.datetime(2026, 10, 12, 9, 30, 0)
NEW_FIRST = dt.date(2026, 10, 6)
BILL = "pdd-mall-bill-detail(100001)_2026-11-22-23-40-00_2175.csv"
BILL_FIRST = dt.datetime(2026, 10, 24, 0, 0, 0)
BILL_ABOVE = "拼多多店铺账务明细查询\r\n\r\n起始时间：2026-10-24 00:00:00 终止时间：2026-11-22 23:40:00\r\n"
BILL_RULE = "----------交易记录明细列表---------\r\n"
ALLOWED = dt.timedelta(hours=48)
SMALL = 30_000
"""Orders up to 300 yuan are compensated by 3, others by a hundredth of their price."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the bill; money out is negative, in fen."""

    order_id: str
    booked_at: dt.datetime
    fen: int
    kind: str
    text: str


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────────


def write_orders(folder: Path, orders: list[Order], refunds: list[Refund], grouped: Mapping[str, dt.datetime]) -> None:
    """Old orders in the default columns, GB18030; recent ones in columns the seller chose; they overlap by a week."""
    cases = {refund.order.order_id: refund for refund in refunds}
    old = [order for order in orders if order.created_at <= OLD_NOW]
    new = [order for order in orders if order.created_at.date() >= NEW_FIRST]
    for name, header, chosen, now, encoding in (
        (OLD, HEADERS["pdd_orders"], old, OLD_NOW, "gb18030"),
        (NEW, HEADERS["pdd_orders_chosen"], new, NOW, "utf-8-sig"),
    ):
        cells = [_order(order, cases.get(order.order_id), grouped.get(order.order_id), now) for order in chosen]
        write_csv(folder / name, header, [[row.get(name, "") for name in header] for row in cells], encoding)


def _order(order: Order, case: Refund | None, grouped: dt.datetime | None, now: dt.datetime) -> dict[str, Cell]:
    (line,) = order.lines
    shipped, paid = seen(order.shipped_at, now), seen(order.paid_at, now)
    refunded = case is not None and case.status(now) == "success"
    return {
        "订单成交时间": stamp(grouped if paid else None),
        "商品": line.item.title,
        "订单号": f"{order.order_id}\t",
        "订单状态": _status(order, now, refunded=refunded),
        "商品总价(元)": money(line.fen),
        "邮费(元)": "0.00",
        "店铺优惠折扣(元)": "0.00",
        "平台优惠折扣(元)": "0.00",
        "多多支付立减金额(元)": "0.00",
        "用户实付金额(元)": money(line.fen),
        "商家实收金额(元)": money(line.fen),
        "商品数量(件)": line.quantity,
        "发货时间": stamp(shipped, "\t"),
        "确认收货时间": stamp(seen(order.finished_at, now)),
        "商品id": line.item.product_id,
        "商品规格": "示例规格",
        "样式ID": f"{line.item.product_id}1",
        "商家编码-规格维度": line.item.sku,
        "售后状态": "退款成功" if refunded else "无售后或售后取消",
        "快递单号": ",".join(parcel.tracking_no for parcel in order.parcels) if shipped else "",
        "快递公司": order.carrier.name if shipped else "",
        "是否审核中": "否",
        "支付时间": stamp(paid),
        "承诺发货时间": stamp(_promise(order, grouped) if paid else None),
        "商品一级类目": "示例日用",
        "省": order.region,
        "市": "示例市",
        "是否抽奖或0元试用": "否",
        "仓库名称": order.warehouse,
    }


def _promise(order: Order, grouped: dt.datetime | None) -> dt.datetime | None:
    if order.promised_at is not None or grouped is None:
        return order.promised_at
    return grouped + (ALLOWED if order.promised_hours is None else dt.timedelta(hours=order.promised_hours))


def _status(order: Order, now: dt.datetime, *, refunded: bool) -> str:
    if seen(order.paid_at, now) is None:
        return "已取消" if seen(order.cancelled_at, now) else "待支付"
    shipped = seen(order.shipped_at, now)
    if refunded:
        return "已发货，退款成功" if shipped else "未发货，退款成功"
    if seen(order.finished_at, now):
        return "已收货"
    if seen(order.delivered_at, now):
        return "已签收"
    return "已发货，待签收" if shipped else "待发货"


# ── after-sale cases ─────────────────────────────────────────────────────────────────────────────────────────────


def write_aftersale(folder: Path, refunds: list[Refund]) -> None:
    """``售后数据.xlsx``, and ``refunds.csv`` with what it does not say: verdicts, refusals, where the goods were."""
    asked = [refund for refund in refunds if refund.applied_at <= NOW]
    header = HEADERS["pdd_aftersale"]
    rows = [[cells.get(name, "") for name in header] for cells in map(_case, asked)]
    write_xlsx(folder / "售后数据.xlsx", "售后信息", header, rows)
    columns = ("refund_id", "order_id", "applied_at", "stage", "first_reason", "first_reason_class",
               "first_refused_at", "last_actor", "escalated_at", "liability")  # fmt: skip
    write_csv(folder / "refunds.csv", columns, [_noted(refund) for refund in asked])


def _case(refund: Refund) -> dict[str, Cell]:
    agreed, signed, done = seen(refund.agreed_at), seen(refund.signed_at), seen(refund.finished_at)
    returns = refund.kind == "return_refund"
    return {
        "售后编号": refund.refund_id,
        "订单编号": refund.order.order_id,
        "交易金额": money(refund.order.fen),
        "售后状态": _case_status(refund),
        "退款类型": "退货退款" if returns else "仅退款",
        "退款金额(元)": money(refund.line.fen),
        "订单状态": _status(refund.order, NOW, refunded=refund.status() == "success"),
        "商品ID": refund.line.item.product_id,
        "商品名称": refund.line.item.title,
        "收货人": "示*",
        "申请时间": stamp(refund.applied_at),
        "售后原因": refund.reason,
        "退货物流状态": "已签收" if signed else "",
        "退货物流状态对应时间": stamp(signed),
        "同意退款时间": "" if returns else stamp(agreed),
        "同意退款人": "示例客服" if agreed and not returns else "",
        "同意退货时间": stamp(agreed) if returns else "",
        "同意退货人": "示例客服" if agreed and returns else "",
        "退款成功时间": stamp(done) if refund.succeeds else "",
    }


def _case_status(refund: Refund) -> str:
    if refund.status() == "success":
        return "退款成功"
    if refund.status() == "closed":
        return "售后关闭" if refund.escalated_at else "买家撤销，售后关闭"
    if seen(refund.escalated_at):
        return "平台介入处理中"
    if refund.kind == "return_refund" and seen(refund.agreed_at):
        return "用户已发货，待商家处理" if seen(refund.returned_at) else "同意退货退款，待买家发货"
    return "同意退款，退款中" if seen(refund.agreed_at) else "买家申请退款，待商家处理"


def _noted(refund: Refund) -> list[Cell]:
    done = refund.status() != "open"
    return [
        refund.refund_id,
        refund.order.order_id,
        stamp(refund.applied_at),
        refund.stage,
        refund.reason,
        REASON_CLASS[refund.reason],
        stamp(seen(refund.refused_at)),
        refund.last_actor if done else "",
        stamp(seen(refund.escalated_at)),
        refund.liability if done else "",
    ]


# ── money ────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_bill(folder: Path, orders: list[Order], refunds: list[Refund], grouped: Mapping[str, dt.datetime]) -> None:
    """The money account of 30 days, the sums below it."""
    entries = [entry for entry in _entries(orders, refunds, grouped) if BILL_FIRST <= entry.booked_at <= NOW]
    entries.sort(key=lambda entry: (entry.booked_at, entry.order_id, entry.text))
    rows = [
        [f"{entry.order_id}\t", stamp(entry.booked_at), _signed(max(entry.fen, 0)), _signed(min(entry.fen, 0)),
         entry.kind, "", entry.text]
        for entry in entries
    ]  # fmt: skip
    path = folder / BILL
    write_csv(path, HEADERS["pdd_bill"], rows, "gb18030")
    out, came = ([entry.fen for entry in entries if (entry.fen > 0) is sign] for sign in (False, True))
    below = (
        f"#支出合计：{len(out)}笔，共{_signed(sum(out))}元\r\n#收入合计：{len(came)}笔，共{_signed(sum(came))}元\r\n"
    )
    text = path.read_bytes().decode("gb18030")
    path.write_bytes((BILL_ABOVE + BILL_RULE + text + below).encode("gb18030"))


def _signed(fen: int) -> str:
    return f"-{money(-fen)}" if fen < 0 else money(fen)


def _entries(orders: list[Order], refunds: list[Refund], grouped: Mapping[str, dt.datetime]) -> list[Entry]:
    found = []
    for order in orders:
        if order.finished_at is not None:
            text = "0010002|交易收入-订单收入"
            found.append(Entry(order.order_id, order.finished_at, order.fen, "交易收入", text))
        promise, scanned = _promise(order, grouped.get(order.order_id)), [each.picked_up_at for each in order.parcels]
        last = max((each for each in scanned if each is not None), default=None)
        if promise is not None and last is not None and last > promise and order.carrier.scans:
            fine = 300 if order.fen <= SMALL else min(order.fen // 100, 3000)
            text = "0040001|扣款-延迟发货"
            found.append(Entry(order.order_id, promise + dt.timedelta(hours=20), -fine, "扣款", text))
    for refund in refunds:
        if refund.finished_at is not None and refund.succeeds:
            text = "0020002|交易退款-订单退款"
            found.append(Entry(refund.order.order_id, refund.finished_at, -refund.line.fen, "交易退款", text))
    return found


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────────


def write_reviews(folder: Path, reviews: list[Review]) -> None:
    """``商品评价.csv``, as a collecting tool writes it."""
    header = HEADERS["pdd_reviews"]
    rows = [
        {
            "评论ID": f"8800{number:08d}",
            "用户ID": review.order.buyer,
            "商品ID": review.line.item.product_id,
            "订单ID": str(number),
            "评分": review.stars,
            "描述得分": review.description,
            "物流得分": review.logistics,
            "服务得分": review.service,
            "评论内容": "示例评论",
            "商品名称": review.line.item.title,
            "订单编号": review.order.order_id,
            "评论时间": stamp(review.created_at),
        }
        for number, review in enumerate(reviews, start=1)
    ]
    write_csv(folder / "商品评价.csv", header, [[row.get(name, "") for name in header] for row in rows], "utf-8-sig")


def write_days(folder: Path, traffic: list[TrafficDay], agents: list[AgentDay]) -> None:
    """``traffic.csv`` and ``agent_stats.csv``."""
    write_csv(
        folder / "traffic.csv",
        ("date", "channel", "exposures", "clicks", "visitors", "orders", "amount", "spend"),
        [
            (f"{day.date}", day.channel, day.exposures, day.clicks, day.visitors, day.orders, money(day.fen),
             money(day.spend))
            for day in traffic
        ],
    )  # fmt: skip
    write_csv(
        folder / "agent_stats.csv",
        ("date", "agent_id", "enquirers", "payers"),
        [(f"{day.date}", day.agent, day.enquirers, day.payers) for day in agents],
    )
