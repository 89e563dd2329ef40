"""Write the sample shops: ``python sample_data/generate.py`` gives the same bytes on every run.

The plan (numbers in ``making/plan.py``; ``planted.yaml`` says the same for machines)

Invented shops, 13 July to 22 November 2026, one on each platform (what is planted in the one on AliExpress says
``making/aliexpress_shop.py``). The others have, planted:

- one slow carrier: from 28 October half of its parcels are picked up after more than 50 hours;
- bad evenings: questions between 20:00 and 22:00 are answered late, by an automatic reply only, or never;
- one product variant with quality refunds, on about one line in six;
- promotion day, 11 November: many orders, a third of them picked up late, whatever the carrier;
- disputes judged against the seller within the last 30 days.

And decoys, which a good report does not blame:

- a small warehouse: four orders in the last 30 days, three of them late, by chance;
- the best-selling variant: most refunds of all, in proportion to its sales and without a reason given;
- a carrier that is slow on the way and punctual at pick-up;
- the agent who takes more than half of the conversations and misses no more than the others.

Also in there: one carrier without scans (its orders are unknown, not late), overlapping exports of which the later
knows more, an answer in the second of its question, a conversation across midnight, orders of several parcels and
lines, presale, custom and cash-on-delivery orders, unpaid and cancelled ones, refunds before pick-up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from random import Random

from making import a1688_files, aliexpress_shop, canonical_files, jd_files, pdd_files, pdd_life, tmall_files
from making.cases import make_refunds, make_reviews
from making.orders import make_orders
from making.plan import A1688, JD, PDD, TMALL
from making.talk import make_talk

HERE = Path(__file__).parent
PART_RATINGS_FROM = dt.date(2026, 9, 1)
"""From this day reviews are kept with their part ratings; before it there is only the export of 生意参谋."""
ERP_COLUMNS = (
    "order_id",
    "kind",
    "created_at",
    "promised_ship_at",
    "promised_ship_hours",
    "cancelled_at",
    "cancelled_by",
)


def make_tmall(root: Path) -> None:
    """The Tmall shop's folder."""
    plan, folder = TMALL, root / "tmall" / TMALL.shop
    rng = Random(plan.seed)
    orders = make_orders(rng, plan)
    refunds = make_refunds(rng, plan, orders)
    reviews = make_reviews(rng, orders, refunds)
    messages, sessions = make_talk(rng, plan)
    early = [review for review in reviews if review.created_at.date() < PART_RATINGS_FROM]
    tmall_files.write(folder, plan.shop, orders, refunds, early)
    canonical_files.write_reviews(folder, [each for each in reviews if each.created_at.date() >= PART_RATINGS_FROM])
    canonical_files.write_orders(
        folder,
        ERP_COLUMNS,
        [order for order in orders if order.kind != "spot" or order.cancelled_at is not None],
    )
    canonical_files.write_disputes(folder, refunds)
    canonical_files.write_talk(folder, messages, sessions)
    header = ["快递公司", "运单号", "发货仓库", "收件人", "揽收时间", "签收时间"]
    canonical_files.write_scans(folder / "快递揽收明细.csv", header, orders, "utf-8-sig")


def make_1688(root: Path) -> None:
    """The 1688 shop's folder."""
    plan, folder = A1688, root / "1688" / A1688.shop
    rng = Random(plan.seed)
    orders = make_orders(rng, plan)
    refunds = make_refunds(rng, plan, orders)
    messages, sessions = make_talk(rng, plan)
    a1688_files.write(folder, plan.shop, orders)
    canonical_files.write_orders(
        folder,
        (*ERP_COLUMNS, "buyer_level", "warehouse", "region"),
        orders,
    )
    canonical_files.write_refunds(folder, refunds)
    canonical_files.write_disputes(folder, refunds)
    canonical_files.write_talk(folder, messages, sessions)
    header = ["订单编号", "快递单号", "快递公司", "揽件时间", "签收时间"]
    canonical_files.write_scans(folder / "揽收签收明细.csv", header, orders, "gb18030")


def make_jd(root: Path) -> None:
    """The JD shop's folder; what is made to order elsewhere is reserved here."""
    plan, folder = JD, root / "jd" / JD.shop
    rng = Random(plan.seed)
    orders = [replace(order, kind="reserved") if order.kind == "custom" else order for order in make_orders(rng, plan)]
    refunds = make_refunds(rng, plan, orders)
    reviews = make_reviews(rng, orders, refunds)
    messages, sessions = make_talk(rng, plan)
    jd_files.write(folder, orders, refunds)
    jd_files.write_talk(folder, messages, sessions)
    jd_files.write_disputes(folder, refunds)
    canonical_files.write_orders(folder, (*ERP_COLUMNS, "shipped_at", "region"), orders)
    canonical_files.write_refunds(folder, refunds)
    canonical_files.write_reviews(folder, reviews)
    header = ["订单编号", "快递单号", "快递公司", "揽件时间", "签收时间"]
    canonical_files.write_scans(folder / "揽收签收明细.csv", header, orders, "gb18030")


def make_pdd(root: Path) -> None:
    """The Pinduoduo shop's folder."""
    plan, folder = PDD, root / "pdd" / PDD.shop
    rng = Random(plan.seed)
    orders = pdd_life.renumbered(make_orders(rng, plan))
    refunds = make_refunds(rng, plan, orders)
    orders, refunds = pdd_life.on_the_way(rng, orders, refunds)
    reviews = make_reviews(rng, orders, refunds)
    messages, sessions = pdd_life.with_bot(rng, plan, *make_talk(rng, plan))
    grouped = pdd_life.groups(rng, orders)
    pdd_files.write_orders(folder, orders, refunds, grouped)
    pdd_files.write_aftersale(folder, refunds)
    pdd_files.write_bill(folder, orders, refunds, grouped)
    pdd_files.write_reviews(folder, reviews)
    pdd_files.write_days(folder, pdd_life.traffic(rng), pdd_life.agent_days(rng, plan))
    columns = ("order_id", "buyer_id", "kind", "created_at", "cancelled_at", "cancelled_by")
    canonical_files.write_orders(folder, columns, orders)
    canonical_files.write_disputes(folder, refunds)
    canonical_files.write_talk(folder, messages, sessions)
    header = ["运单号", "快递公司", "发货仓库", "收件人", "揽收时间", "签收时间"]
    canonical_files.write_scans(folder / "快递揽收明细.csv", header, orders, "utf-8-sig")


def main(root: Path = HERE) -> None:
    """All shops."""
    aliexpress_shop.make(root, Random(aliexpress_shop.SEED))
    make_jd(root)
    make_tmall(root)
    make_1688(root)
    make_pdd(root)


if __name__ == "__main__":
    main()
