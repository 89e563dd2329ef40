"""The AliExpress shop: from a plan of its own to its folder, in the platform's layout and in canonical files.

All its times are US Pacific, the clock of the platform's figures. Planted: a carrier whose first scans come after more
than five running days from CAUSE on, and a product that is not as described. Decoys: a carrier that is slow on the way
and scans at once, and the best-selling product, with most reviews and no more claims than the others.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from making.output import HEADERS, stamp, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

SHOP = "示例晨星生活馆"
SEED = 20261123
FIRST = dt.date(2026, 7, 20)
NOW = dt.datetime(2026, 11, 22, 21, 0, 0)
CAUSE = dt.date(2026, 10, 10)
ORDERS_A_DAY = 13
CARRIERS = (("示例无忧标准", "LP", 0.5, 14), ("示例慢扫专线", "SM", 0.25, 15), ("示例远洋小包", "YY", 0.25, 31))
LATE, FAR = CARRIERS[1][0], CARRIERS[2][0]
PRODUCTS = (("700000000001", 0.45), ("700000000002", 0.25), ("700000000003", 0.15), ("700000000004", 0.15))
WRONG = "700000000003"
SEGMENTS = {"carrier": {name for name, *_ in CARRIERS}, "product_id": {number for number, _ in PRODUCTS}}
"""What planted.yaml may name, by dimension."""
ORIGINS = (("mainland", 0.8), ("hk", 0.08), ("overseas", 0.12))
COUNTRIES = ("西班牙", "法国", "巴西", "波兰", "美国")
DAY = dt.timedelta(days=1)
LINE_END = "⏎"
"""Stands for the line end inside a header cell in headers.md."""


@dataclass(slots=True)
class Order:
    """One order with all that became of it."""

    number: str
    created: dt.datetime
    paid: dt.datetime | None
    product: str
    carrier: str
    tracking: str
    origin: str
    country: str
    shipped: dt.datetime | None = None
    scanned: dt.datetime | None = None
    delivered: dt.datetime | None = None
    finished: dt.datetime | None = None
    cancelled: dt.datetime | None = None
    by: str = ""
    claim: tuple[str, str, str, dt.datetime, dt.datetime] | None = None
    stars: int = 0
    amount: float = field(default=0.0)


def make(root: Path, rng: Random) -> None:
    """Write the shop's folder."""
    folder = root / "aliexpress" / SHOP
    orders = _orders(rng)
    _export(folder, orders)
    _canonical_orders(folder, orders)
    _after_sale(folder, rng, orders)
    _talk(folder, rng)
    _accounts(folder, rng)


def _pick(rng: Random, choices: tuple[tuple[str, float], ...]) -> str:
    return rng.choices([name for name, _ in choices], [share for _, share in choices])[0]


def _happened(moment: dt.datetime | None) -> dt.datetime | None:
    return moment if moment is not None and moment <= NOW else None


def _orders(rng: Random) -> list[Order]:
    days = (NOW.date() - FIRST).days + 1
    result = []
    for day in range(days):
        for place in range(ORDERS_A_DAY):
            start = dt.datetime.combine(FIRST, dt.time()) + dt.timedelta(days=day, seconds=rng.randrange(86_400))
            if start <= NOW:
                result.append(_order(rng, f"81{day:03d}{place:02d}0000{rng.randrange(10**5):05d}", start))
    return result


def _order(rng: Random, number: str, created: dt.datetime) -> Order:
    carrier, prefix, _, transit = rng.choices(CARRIERS, [share for *_, share, _ in CARRIERS])[0]
    paid = _happened(created + dt.timedelta(minutes=rng.randrange(1, 50))) if rng.random() > 0.04 else None
    order = Order(
        number,
        created,
        paid,
        _pick(rng, PRODUCTS),
        carrier,
        f"{prefix}{rng.randrange(10**9):09d}CN",
        _pick(rng, ORIGINS),
        rng.choice(COUNTRIES),
        amount=round(rng.uniform(4, 60), 2),
    )
    if paid is None:
        return order
    if rng.random() < 0.03:
        order.cancelled = _happened(paid + dt.timedelta(hours=rng.randrange(5, 60)))
        order.by = rng.choice(("buyer", "buyer", "seller")) if order.cancelled else ""
        return order
    late = carrier == LATE and created.date() >= CAUSE and rng.random() < 0.6
    order.shipped = _happened(paid + dt.timedelta(hours=rng.uniform(6, 40)))
    if order.shipped is None:
        return order
    wait = dt.timedelta(hours=rng.uniform(160, 240) if late else rng.uniform(2, 30))
    order.scanned = _happened(order.shipped + wait)
    if order.scanned is not None:
        order.delivered = _happened(order.scanned + dt.timedelta(days=transit * rng.uniform(0.7, 1.3)))
    if order.delivered is not None:
        order.finished = _happened(order.delivered + dt.timedelta(days=rng.uniform(1, 6)))
    _claim(rng, order)
    return order


def _claim(rng: Random, order: Order) -> None:
    """A request for money back, and stars."""
    if order.delivered is None:
        return
    wrong = order.product == WRONG and order.delivered.date() >= CAUSE and rng.random() < 0.3
    other = rng.random() < 0.02
    asked = order.delivered + dt.timedelta(days=rng.uniform(0.1, 4))
    answered = asked + dt.timedelta(hours=rng.uniform(2, 40))
    if (wrong or other) and answered <= NOW:
        reason = "description" if wrong else rng.choice(("not_received", "no_reason", "quality"))
        order.claim = (f"R{order.number}", reason, rng.choice(("true", "false", "false")), asked, answered)
    if order.finished is not None and rng.random() < 0.5:
        order.stars = rng.choice((1, 2, 3)) if wrong else rng.choice((5, 5, 5, 4, 4, 3))


def _export(folder: Path, orders: list[Order]) -> None:
    """The seller centre's order export: one row an order, newest first."""
    rows = []
    for order in reversed(orders):
        status = "等待卖家发货"
        if order.paid is None:
            status = "等待买家付款"
        elif order.cancelled or order.finished:
            status = "订单结束"
        elif order.shipped:
            status = "等待买家收货"
        due = "" if order.paid is None else stamp(order.paid + 7 * DAY)
        sent = f"{order.carrier}:{order.tracking}" if order.shipped else ""
        goods = f"US ${order.amount:.2f}"
        rows.append(
            [
                order.number,
                status,
                "示例业务员",
                f"Buyer {order.number[-5:]}",
                stamp(order.created),
                stamp(order.paid),
                goods,
                "US $0.00",
                goods,
                "",
                f"【1】示例商品 {order.product} x1",
                "",
                "示例地址",
                "Sample Name",
                order.country,
                "示例州",
                "示例市",
                "示例路 1 号",
                "00000",
                "",
                "",
                order.carrier,
                due,
                sent,
                stamp(order.shipped),
                stamp(order.finished),
            ]
        )
    header = [cell.replace(LINE_END, "\n") for cell in HEADERS["aliexpress_orders"]]
    write_xlsx(folder / "订单导出_20261122_2100.xlsx", "orders", header, rows)


def _canonical_orders(folder: Path, orders: list[Order]) -> None:
    header = ["order_id", "created_at", "risk_cleared_at", "ship_origin", "product_id", "cancelled_at", "cancelled_by"]
    rows = [
        [
            each.number,
            stamp(each.created),
            stamp(_cleared(each)),
            each.origin,
            each.product,
            stamp(each.cancelled),
            each.by,
        ]
        for each in orders
    ]
    write_csv(folder / "orders.csv", header, rows)
    header = ["order_id", "shipment_id", "carrier", "tracking_no", "picked_up_at", "delivered_at"]
    sent = [each for each in orders if each.shipped]
    parcels = [
        [each.number, each.tracking, each.carrier, each.tracking, stamp(each.scanned), stamp(each.delivered)]
        for each in sent
    ]
    write_csv(folder / "shipments.csv", header, parcels)


def _cleared(order: Order) -> dt.datetime | None:
    """The risk check passes some minutes after the payment."""
    return None if order.paid is None else _happened(order.paid + dt.timedelta(minutes=20))


def _after_sale(folder: Path, rng: Random, orders: list[Order]) -> None:
    header = ["refund_id", "order_id", "kind", "status", "first_reason_class", "withdrawn", "applied_at", "agreed_at"]
    rows = []
    for order in orders:
        if order.claim:
            number, reason, withdrawn, asked, answered = order.claim
            status = "closed" if withdrawn == "true" else "success"
            rows.append(
                [
                    number,
                    order.number,
                    "refund_only",
                    status,
                    reason,
                    withdrawn,
                    stamp(asked),
                    stamp(answered),
                    stamp(answered),
                    "false",
                ]
            )
    write_csv(folder / "refunds.csv", [*header, "finished_at", "escalated"], rows)
    header = ["review_id", "order_id", "product_id", "created_at", "stars", "description_stars", "service_stars"]
    reviews = []
    for order in orders:
        if order.stars and order.finished:
            at = order.finished + dt.timedelta(hours=3)
            reply = at + dt.timedelta(hours=20) if order.stars <= 3 and rng.random() < 0.4 else None
            parts = [order.stars, rng.choice((4, 5, 5)), 3 if order.carrier == FAR else 5, stamp(_happened(reply))]
            if at <= NOW:
                reviews.append([f"V{order.number}", order.number, order.product, stamp(at), order.stars, *parts])
    write_csv(folder / "reviews.csv", [*header, "logistics_stars", "replied_at"], reviews)


def _talk(folder: Path, rng: Random) -> None:
    """Conversations of the last weeks; those of the night wait for the morning."""
    rows = []
    for number in range(360):
        asked = NOW - dt.timedelta(days=1 + number % 33, seconds=rng.randrange(80_000))
        rows.append([f"S{number}", f"buyer{number}", "", "buyer", stamp(asked)])
        if rng.random() < 0.94:
            answer = asked + dt.timedelta(minutes=rng.uniform(5, 700))
            if answer <= NOW:
                rows.append([f"S{number}", f"buyer{number}", "示例客服", "human", stamp(answer)])
    write_csv(folder / "messages.csv", ["session_id", "buyer_id", "agent_id", "sender", "sent_at"], rows)


def _accounts(folder: Path, rng: Random) -> None:
    """Listings, traffic, penalty points and the daily scores that were displayed."""
    header = ["product_id", "title", "title_length", "image_count", "attributes_filled", "attributes_total"]
    listings = [
        [product, f"示例商品 {place}", 7, 0 if product == WRONG else 6, 3 if product == WRONG else 9, 10, 400]
        for place, (product, _) in enumerate(PRODUCTS)
    ]
    write_csv(folder / "products.csv", [*header, "description_length"], listings)
    header = ["date", "channel", "campaign", "exposures", "clicks", "visitors", "orders", "amount", "spend"]
    traffic = []
    for back in range(60, 0, -1):
        day = f"{(NOW - back * DAY).date()}"
        shown = rng.randrange(9000, 12_000)
        traffic.append([day, "搜索", "自然流量", shown, shown // 40, shown // 50, 8, "150.00", "0.00"])
        traffic.append([day, "直通车", "示例计划", shown // 2, shown // 60, shown // 80, 2, "30.00", "42.00"])
    write_csv(folder / "traffic.csv", header, traffic)
    write_csv(
        folder / "violations.csv",
        ["date", "type", "points", "reason"],
        [["2026-03-05", "物流", 2, "5天上网率不达标"], ["2026-11-02", "物流", 2, "5天上网率不达标"]],
    )
    scores = [[f"{(NOW - back * DAY).date()}", "service_score", 88 if back > 43 else 79] for back in range(90, 0, -1)]
    write_csv(folder / "platform_scores.csv", ["date", "metric", "value"], scores)
