"""Examples of shipping that platforms print, and traps they warn of, as literal numbers for oracle and engine."""

from __future__ import annotations

import pytest

from oracle.examples import NOW, shop, sold
from oracle.metrics import METRICS


@pytest.mark.parametrize(
    ("scan", "hits"), [("2026-08-12 11:59:59", 1), ("2026-08-12 12:00:00", 1), ("2026-08-12 12:00:01", 0)]
)
def test_exactly_48_hours_is_in_time(judge, scan, hits):
    data = shop("tmall", NOW, orders=[sold(picked_up_at=scan)])
    assert judge(data, "tmall.pickup_48h_rate") == (hits, 1)
    data = shop("1688", NOW, orders=[sold(picked_up_at=scan)])
    assert judge(data, "1688.ship_fulfil_rate") == (hits, 1)


def test_one_late_package_makes_the_order_late(judge):
    scans = ("2026-08-11 12:00:00", "2026-08-14 12:00:00")
    parcels = [{"order_id": "o1", "shipment_id": scan, "picked_up_at": scan} for scan in scans]
    assert judge(shop("tmall", NOW, orders=[sold()], shipments=parcels), "tmall.pickup_48h_rate") == (0, 1)


def test_a_click_on_ship_is_no_scan(judge):
    known = sold(2, picked_up_at="2026-08-11 12:00:00")
    data = shop("1688", NOW, orders=[sold(shipped_at="2026-08-10 13:00:00"), known])
    assert judge(data, "1688.ship_fulfil_rate") == (1, 2)


def test_what_happened_at_as_of_has_happened(judge):
    order = sold(created_at="2026-08-25 12:00:00", paid_at="2026-08-25 12:00:00", picked_up_at=NOW)
    assert judge(shop("1688", NOW, orders=[order]), "1688.pickup_48h_rate") == (0, 1)


def test_at_its_own_second_a_deadline_has_not_passed(judge):
    order = sold(created_at="2026-08-29 10:00:00", paid_at="2026-08-29 10:00:00", picked_up_at="2026-08-30 10:00:00")
    assert judge(shop("1688", NOW, orders=[order]), "1688.ship_fulfil_rate") == (0, 0)
    assert judge(shop("1688", "2026-08-31 10:00:01", orders=[order]), "1688.ship_fulfil_rate") == (1, 1)


def test_an_order_is_neither_late_nor_in_time_where_no_scan_was_recorded(judge):
    known = sold(2, carrier="yto", picked_up_at="2026-08-11 12:00:00")
    orders = [known, sold(1, carrier="sf"), sold(3, carrier="yto", paid_at="2026-08-09 12:00:00")]
    assert judge(shop("1688", NOW, orders=orders), "1688.ship_fulfil_rate") == (1, 1)
    assert judge(shop("1688", NOW, orders=[known, sold(4, carrier="yto")]), "1688.ship_fulfil_rate") == (1, 2)


def test_only_a_shorter_promise_counts_on_tmall_any_on_1688(judge):
    orders = [
        sold(1, promised_ship_hours=24, picked_up_at="2026-08-11 12:00:01"),
        sold(2, promised_ship_hours=72, picked_up_at="2026-08-13 12:00:00"),
    ]
    assert judge(shop("tmall", NOW, orders=orders), "tmall.pickup_48h_rate") == (0, 2)
    assert judge(shop("1688", NOW, orders=orders), "1688.ship_fulfil_rate") == (1, 2)


def test_a_presale_is_held_to_its_promised_time(judge):
    order = sold(kind="presale", promised_ship_at="2026-08-25 00:00:00", picked_up_at="2026-08-24 00:00:00")
    assert judge(shop("tmall", NOW, orders=[order]), "tmall.pickup_48h_rate") == (1, 1)


def test_a_refund_before_the_pick_up_takes_the_order_out(judge):
    refund = {"refund_id": "r", "order_id": "o1", "applied_at": "2026-08-10 20:00:00"}
    data = shop("tmall", NOW, orders=[sold(), sold(2, picked_up_at="2026-08-11 00:00:00")], refunds=[refund])
    assert judge(data, "tmall.pickup_48h_rate") == (1, 1)


@pytest.mark.parametrize("kind", ["virtual", "service", "custom", "o2o", "crowdfunding"])
def test_goods_tmall_does_not_assess(judge, kind):
    data = shop("tmall", NOW, orders=[sold(kind=kind, picked_up_at="2026-08-11 00:00:00")])
    assert judge(data, "tmall.pickup_24h_rate") == (0, 0)


def test_no_due_orders_is_no_value():
    assert METRICS["tmall.pickup_48h_rate"](shop("tmall", NOW)).value is None


def test_arrival_counts_from_payment(judge):
    data = shop("tmall", NOW, orders=[sold(delivered_at="2026-08-12 00:00:00"), sold(2)])
    assert judge(data, "tmall.arrival_hours") == (36, 1)
