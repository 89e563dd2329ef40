"""The plan of the invented shops: what is planted, what is decoy, how much of everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

FIRST = dt.date(2026, 7, 13)
LAST = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 23, 40, 0)
"""The moment of the newest exports: nothing later has happened yet."""
BUSY_FROM = dt.date(2026, 10, 1)
"""Before the season the shops sell less than half as much."""
PROMOTION = dt.date(2026, 11, 11)
CAUSE = dt.date(2026, 10, 28)
"""From this day the slow carrier is slow."""
CHAT_FIRST = dt.date(2026, 10, 21)
"""Back offices keep chats for a short time only."""
SCANS_FIRST = dt.date(2026, 10, 12)
"""From this day carriers' scans were kept; before it nothing is known of pick-ups."""
BAD_HOURS = (20, 21)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier: its share of orders, chance of a late pick-up (before and from CAUSE), days in transit."""

    name: str
    prefix: str
    share: float
    late: float
    late_since_cause: float
    transit_hours: float
    scans: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A product variant: its share of sales and its chances of a refund by cause."""

    sku: str
    product_id: str
    title: str
    price: int
    share: float
    quality: float = 0.003
    no_reason: float = 0.02


@dataclass(frozen=True, slots=True)
class Plan:
    """One shop."""

    platform: str
    shop: str
    seed: int
    orders_a_day: int
    promotion_orders: int
    promotion_late: float
    lines: tuple[float, ...]
    """Chances of one, two, three lines."""
    carriers: tuple[Carrier, ...]
    items: tuple[Item, ...]
    agents: tuple[tuple[str, float], ...]
    chats_a_day: int
    evening_share: float
    """How many of the day's chats start in BAD_HOURS."""
    seller_liable: int
    """Disputes judged against the seller in the last 30 days."""
    warehouses: tuple[tuple[str, float], ...]
    small_warehouse: str
    """The decoy: four orders in the last 30 days, three of them late, by chance."""
    quick_seconds: int = 110
    """The slowest of the quick answers."""
    usual_hours: float = 24
    """The width of the usual time to pick-up, which begins at five hours."""


TMALL = Plan(
    platform="tmall",
    shop="示例云朵家居旗舰店",
    seed=20261122,
    orders_a_day=62,
    promotion_orders=420,
    promotion_late=0.3,
    lines=(0.9, 0.08, 0.02),
    carriers=(
        Carrier("甲运快递", "SLJ", 0.47, 0.012, 0.012, 40),
        # no scans: its orders are unknown to pick-up metrics
        Carrier("乙达速运", "SLY", 0.12, 0.012, 0.012, 36, scans=False),
        # planted: late pick-ups since CAUSE
        Carrier("丙通快递", "SLB", 0.23, 0.015, 0.5, 44),
        # decoy: slow on the way, punctual at pick-up
        Carrier("丁风快运", "SLD", 0.18, 0.008, 0.008, 118),
    ),
    items=(
        # decoy: many refunds because it sells most, and for no reason
        Item("YD-BT-01", "900000000001", "示例云朵被套", 129, 0.38, 0.002, 0.06),
        Item("YD-ZT-02", "900000000002", "示例云朵枕套", 39, 0.24),
        # planted, one line in six comes back for its quality
        Item("YD-DJ-03", "900000000003", "示例云朵靠垫", 59, 0.09, 0.17),
        Item("YD-MT-04", "900000000004", "示例云朵毛毯", 99, 0.17),
        Item("YD-CL-05", "900000000005", "示例云朵窗帘", 189, 0.12),
    ),
    agents=(("示例云朵:小甲", 0.55), ("示例云朵:小乙", 0.25), ("示例云朵:小丙", 0.2)),
    chats_a_day=48,
    evening_share=0.26,
    seller_liable=14,
    warehouses=(("嘉兴示例仓", 0.7), ("东莞示例仓", 0.3)),
    small_warehouse="佛山示例小仓",
)

A1688 = Plan(
    platform="1688",
    shop="示例河山日用百货厂",
    seed=16881122,
    orders_a_day=56,
    promotion_orders=260,
    promotion_late=0.3,
    lines=(0.62, 0.25, 0.13),
    carriers=(
        Carrier("子运快递", "SLZ", 0.44, 0.012, 0.012, 52),
        Carrier("丑达速运", "SLC", 0.13, 0.012, 0.012, 46, scans=False),
        # planted: late pick-ups since CAUSE
        Carrier("寅途物流", "SLT", 0.22, 0.015, 0.5, 56),
        # decoy: slow on the way, punctual at pick-up
        Carrier("卯风专线", "SLM", 0.21, 0.008, 0.008, 130),
    ),
    items=(
        # decoy: many refunds because it sells most, and for no reason
        Item("HS-SB-01", "800000000001", "示例河山水杯", 12, 0.36, 0.002, 0.05),
        Item("HS-MJ-02", "800000000002", "示例河山毛巾", 6, 0.26),
        # planted, one line in six comes back for its quality
        Item("HS-BW-03", "800000000003", "示例河山保温壶", 35, 0.1, 0.16),
        Item("HS-SN-04", "800000000004", "示例河山收纳盒", 9, 0.18),
        Item("HS-YJ-05", "800000000005", "示例河山衣架", 4, 0.1),
    ),
    agents=(("示例河山:阿子", 0.55), ("示例河山:阿丑", 0.25), ("示例河山:阿寅", 0.2)),
    chats_a_day=30,
    evening_share=0.3,
    seller_liable=9,
    warehouses=(("义乌示例仓", 0.8), ("金华示例仓", 0.2)),
    small_warehouse="衢州示例小仓",
)

JD = Plan(
    platform="jd",
    shop="示例星野户外用品店",
    seed=28261122,
    orders_a_day=15,
    promotion_orders=90,
    promotion_late=0.3,
    lines=(0.9, 0.08, 0.02),
    carriers=(
        Carrier("辰运快递", "SLC", 0.5, 0.01, 0.01, 40),
        # planted: late pick-ups since CAUSE
        Carrier("巳通快递", "SLS", 0.28, 0.012, 0.5, 44),
        # decoy: slow on the way, punctual at pick-up
        Carrier("午风专线", "SLW", 0.22, 0.008, 0.008, 118),
    ),
    items=(
        # decoy: many cases because it sells most, and for no reason
        Item("XY-SB-01", "100000000001", "示例星野水壶", 69, 0.4, 0.002, 0.06),
        Item("XY-YD-02", "100000000002", "示例星野腰包", 49, 0.22),
        # planted, one line in five comes back for its quality
        Item("XY-TD-03", "100000000003", "示例星野头灯", 89, 0.12, 0.2),
        Item("XY-DZ-04", "100000000004", "示例星野折叠凳", 59, 0.16),
        Item("XY-FC-05", "100000000005", "示例星野防潮垫", 99, 0.1),
    ),
    agents=(("示例星野-小辰", 0.55), ("示例星野-小巳", 0.25), ("示例星野-小午", 0.2)),
    chats_a_day=15,
    evening_share=0.3,
    seller_liable=5,
    warehouses=(("武汉示例仓", 0.75), ("成都示例仓", 0.25)),
    small_warehouse="长沙示例小仓",
    quick_seconds=26,
    usual_hours=18,
)

PDD = Plan(
    platform="pdd",
    shop="示例橙橙日杂店",
    seed=20261123,
    orders_a_day=17,
    promotion_orders=90,
    promotion_late=0.35,
    lines=(1.0,),
    carriers=(
        Carrier("辰运快递", "SLN", 0.44, 0.012, 0.012, 50),
        # no scans: its orders are unknown to pick-up metrics
        Carrier("巳达速运", "SLS", 0.08, 0.012, 0.012, 44, scans=False),
        # planted: late pick-ups since CAUSE
        Carrier("午通快递", "SLW", 0.28, 0.015, 0.55, 54),
        # decoy: slow on the way, punctual at pick-up
        Carrier("未风快运", "SLI", 0.2, 0.008, 0.008, 120),
    ),
    items=(
        # decoy: many refunds because it sells most, and for no reason
        Item("CC-ZJ-01", "700000000001", "示例橙橙纸巾", 19, 0.4, 0.002, 0.05),
        Item("CC-LJ-02", "700000000002", "示例橙橙垃圾袋", 12, 0.24),
        # planted: one order in four comes back for its quality
        Item("CC-BX-03", "700000000003", "示例橙橙保鲜盒", 39, 0.14, 0.26),
        Item("CC-YS-04", "700000000004", "示例橙橙雨伞", 29, 0.14),
        Item("CC-XN-05", "700000000005", "示例橙橙小暖炉", 329, 0.08),
    ),
    agents=(("示例橙橙:客服甲", 0.55), ("示例橙橙:客服乙", 0.25), ("示例橙橙:客服丙", 0.2)),
    chats_a_day=24,
    evening_share=0.28,
    seller_liable=7,
    warehouses=(("宁波示例仓", 0.75), ("长沙示例仓", 0.25)),
    small_warehouse="株洲示例小仓",
)
