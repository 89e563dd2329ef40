"""The examples the platforms print, and the traps they warn of, as literal numbers for the oracle and the engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from oracle import engine, windows
from oracle.examples import at, says, shop
from oracle.metrics import METRICS


def _oracle(data, metric):
    result = METRICS[metric](data)
    return result.numerator, result.denominator


def _engine(data, metric):
    measured = engine.measure(data)[metric].measurement
    return measured.numerator or 0, measured.denominator or 0


@pytest.fixture(params=[_oracle, _engine], ids=["oracle", "engine"])
def judge(request):
    return request.param


NOW = "2026-08-31 10:00:00"
IN = "2026-08-20 "
"""A day inside every window."""


def chat(*lines, platform="tmall"):
    """A shop of conversations, seen until now by a last line of the system."""
    return shop(platform, NOW, messages=[line for group in lines for line in group])


# ── windows (platforms.md 1.3, 6.4, 3.2) ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("today", "longest", "latest", "first", "last"),
    [
        ("2021-12-22", 35, 6, "2021-11-17", "2021-12-16"),
        ("2020-12-11", 35, 8, "2020-11-06", "2020-12-03"),
        ("2026-08-31", 30, 1, "2026-08-01", "2026-08-30"),
    ],
    ids=["JD's chats of 22 December", "Lazada's cancellations of 11 December", "30 days"],
)
def test_windows_the_platforms_print(today, longest, latest, first, last):
    assert windows.days(at(today), longest, latest) == (at(first).date(), at(last).date())


def test_six_months_back_from_a_day_the_month_lacks():
    assert windows.months(at("2026-08-31"), 6) == (dt.date(2026, 2, 28), dt.date(2026, 8, 30))


# ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_clock_runs_from_the_first_unanswered_line(judge):
    data = chat(
        says("b", "buyer", IN + "10:10:15", IN + "10:15:20"),
        says("b", "human", IN + "10:18:10"),
    )
    assert judge(data, "tmall.ww_3min_rate") == (0, 1)


def test_the_next_line_opens_the_next_round(judge):
    data = chat(
        says("b", "buyer", IN + "10:10:15", IN + "10:15:20", IN + "10:18:30"),
        says("b", "human", IN + "10:18:10", IN + "10:19:00"),
    )
    assert judge(data, "tmall.ww_3min_rate") == (1, 2)


def test_unanswered_until_midnight_is_one_failed_round(judge):
    data = chat(
        says("b", "buyer", IN + "20:00:00", IN + "21:00:00", IN + "22:00:00"),
        says("b", "human", "2026-08-21 08:00:00"),
    )
    assert judge(data, "tmall.ww_3min_rate") == (0, 1)


@pytest.mark.parametrize(
    ("sender", "mode", "hits"),
    [("human", None, 1), ("bot", "assist", 1), ("bot", "auto", 0), ("auto", None, 0), ("official", None, 0)],
)
def test_who_answers_on_tmall(judge, sender, mode, hits):
    data = chat(says("b", "buyer", IN + "10:00:00"), says("b", sender, IN + "10:03:00", bot_mode=mode))
    assert judge(data, "tmall.ww_3min_rate") == (hits, 1)


@pytest.mark.parametrize(
    ("day", "asked", "rounds"),
    [
        ("2026-08-20", "07:59:59", 0),
        ("2026-08-20", "08:00:00", 1),
        ("2026-08-20", "22:59:59", 1),
        ("2026-08-20", "23:00:00", 0),
        ("2022-10-20", "23:00:00", 1),
        ("2022-10-20", "23:59:59", 1),
    ],
)
def test_service_hours_of_tmall_by_version(judge, day, asked, rounds):
    data = shop("tmall", f"{day[:8]}31 10:00:00", messages=says("b", "buyer", f"{day} {asked}"))
    assert judge(data, "tmall.ww_3min_rate") == (0, rounds)


def test_advertising_is_heard_on_neither_side_since_2025(judge):
    data = chat(says("b", "buyer", IN + "10:00:00", is_blocked=True))
    assert judge(data, "tmall.ww_3min_rate") == (0, 0)


def test_a_reply_of_two_hours_counts_ten_minutes_in_the_mean(judge):
    data = chat(
        says("b", "buyer", IN + "10:00:00", IN + "13:00:00", IN + "14:00:00"),
        says("b", "human", IN + "12:00:00", IN + "13:01:00"),
    )
    assert judge(data, "tmall.ww_manual_seconds") == (660, 2)


def test_1688_asks_only_about_the_first_message_of_the_day(judge):
    data = chat(
        says("b", "buyer", IN + "09:00:00", IN + "12:00:00", "2026-08-21 20:59:59"),
        says("b", "human", IN + "09:03:00", "2026-08-21 21:02:59"),
        platform="1688",
    )
    assert judge(data, "1688.ww_3min_rate") == (2, 2)


@pytest.mark.parametrize(("asked", "days"), [("08:59:59", 0), ("09:00:00", 1), ("20:59:59", 1), ("21:00:00", 0)])
def test_service_hours_of_1688(judge, asked, days):
    data = chat(says("b", "buyer", IN + asked), platform="1688")
    assert judge(data, "1688.ww_3min_rate") == (0, days)


def test_1688_takes_no_automatic_reply_for_an_answer(judge):
    data = chat(says("b", "buyer", IN + "10:00:00"), says("b", "auto", IN + "10:00:00"), platform="1688")
    assert judge(data, "1688.ww_3min_rate") == (0, 1)


# ── shipping ─────────────────────────────────────────────────────────────────────────────────────────────────────

PAID = "2026-08-10 12:00:00"


def sold(number=1, **more):
    return {"order_id": f"o{number}", "created_at": PAID, "paid_at": PAID, **more}


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


# ── refunds ──────────────────────────────────────────────────────────────────────────────────────────────────────


def refund(number, **more):
    return {
        "refund_id": f"r{number}",
        "order_id": f"o{number}",
        "kind": "refund_only",
        "status": "success",
        "stage": "received",
        "applied_at": "2026-08-10 00:00:00",
        "last_actor": "seller",
        **more,
    }


def test_the_refund_rate_taobao_prints(judge):
    refunds = [refund(number, finished_at="2026-08-20 00:00:00") for number in range(10 + 15)]
    orders = [sold(number) for number in range(125 + 112)]
    hits, rows = judge(shop("tmall", NOW, orders=orders, refunds=refunds), "tmall.refund_rate")
    assert (hits, rows) == (25, 237)
    assert round(100 * hits / rows, 1) == 10.5


def test_an_old_application_counts_where_it_ends(judge):
    case = refund(1, applied_at="2026-06-01 00:00:00", finished_at="2026-08-20 00:00:00")
    data = shop("tmall", NOW, refunds=[case])
    assert judge(data, "tmall.refund_only_hours") == (80 * 24, 1)
    assert judge(data, "tmall.self_finish_rate") == (1, 1)


def test_a_time_out_is_the_merchants_a_step_of_the_staff_is_not(judge):
    finished = "2026-08-20 00:00:00"
    actors = ("seller", "system", "platform")
    cases = [refund(number, finished_at=finished, last_actor=actor) for number, actor in enumerate(actors)]
    assert judge(shop("tmall", NOW, refunds=cases), "tmall.self_finish_rate") == (2, 3)


def test_a_returns_way_is_not_the_sellers_time(judge):
    case = refund(
        1,
        kind="return_refund",
        agreed_at="2026-08-10 02:00:00",
        return_signed_at="2026-08-15 00:00:00",
        finished_at="2026-08-15 01:00:00",
    )
    assert judge(shop("tmall", NOW, refunds=[case]), "tmall.refund_handle_hours") == (3, 1)


@pytest.mark.parametrize(("year", "hours"), [("2022", 5), ("2026", 48)])
def test_a_closed_case_ends_at_its_first_refusal_until_2025(judge, year, hours):
    case = refund(
        1,
        status="closed",
        applied_at=f"{year}-08-10 00:00:00",
        first_refused_at=f"{year}-08-10 05:00:00",
        finished_at=f"{year}-08-12 00:00:00",
    )
    data = shop("tmall", f"{year}-08-31 10:00:00", refunds=[case])
    assert judge(data, "tmall.refund_handle_hours") == (hours, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"stage": "before_ship"},
        {"kind": "exchange"},
        {"escalated_at": "2026-08-11 00:00:00"},
        {"applied_at": "2026-05-01 00:00:00"},
        {"status": "closed", "withdrawn": True},
    ],
    ids=["unshipped", "exchange", "staff intervened", "older than 90 days", "withdrawn"],
)
def test_cases_the_handling_time_leaves_out_since_2025(judge, more):
    case = refund(1, finished_at="2026-08-20 00:00:00", **more)
    assert judge(shop("tmall", NOW, refunds=[case]), "tmall.refund_handle_hours") == (0, 0)


def test_the_first_reason_decides_on_quality(judge):
    cases = [
        refund(1, first_reason_class="quality", reason_class="no_reason"),
        refund(2, first_reason_class="no_reason", reason_class="quality"),
    ]
    data = shop("1688", NOW, orders=[sold(1), sold(2)], refunds=cases)
    assert judge(data, "1688.quality_refund_rate") == (1, 2)


def test_b_buyers_weigh_more_in_the_refund_time(judge):
    cases = [
        refund(1, finished_at="2026-08-10 10:00:00"),
        refund(2, finished_at="2026-08-10 01:00:00"),
    ]
    data = shop("1688", NOW, orders=[sold(1, buyer_level="L3"), sold(2, buyer_level="L2")], refunds=cases)
    assert judge(data, "1688.refund_hours") == (11, 2)
    heavy = replace(data, b_buyer_weight=2.0)
    assert judge(heavy, "1688.refund_hours") == (21, 3)


# ── disputes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_names_for_opposite_things(judge):
    cases = [
        refund(number, escalated_at=IN + "00:00:00", finished_at=IN + "12:00:00", liability=liability)
        for number, liability in enumerate(("seller", "buyer", "none"))
    ]
    data = shop("tmall", NOW, orders=[sold(number) for number in range(3)], refunds=cases)
    assert judge(data, "tmall.dispute_refund_rate") == (1, 3)
    assert judge(data, "tmall.refund_dispute_rate") == (3, 3)


def test_both_liable_counts_on_1688(judge):
    verdicts = ("seller", "both", "buyer")
    disputes = [
        {
            "dispute_id": f"d{number}",
            "order_id": f"o{number}",
            "opened_at": IN + "00:00:00",
            "closed_at": IN + "12:00:00",
            "liability": verdict,
        }
        for number, verdict in enumerate(verdicts)
    ]
    data = shop("1688", NOW, orders=[sold(number) for number in range(3)], disputes=disputes)
    assert judge(data, "1688.dispute_rate") == (2, 3)


def test_a_trusted_buyer_weighs_three_and_one_case_counts_once(judge):
    dispute = {
        "dispute_id": "d",
        "order_id": "o1",
        "opened_at": IN + "00:00:00",
        "opened_by": "buyer",
        "trusted_buyer": True,
    }
    cases = [
        refund(number, status="open", escalated_at="2026-08-20 00:00:00", escalated_by="buyer") for number in (1, 2)
    ]
    data = shop("tmall", NOW, orders=[sold(1), sold(2)], disputes=[dispute], refunds=cases)
    assert judge(data, "tmall.platform_help_rate") == (4, 2)


@pytest.mark.parametrize(
    ("more", "hits"),
    [
        ({"status": "open", "escalated_by": "buyer"}, 1),
        ({"status": "closed", "escalated_by": "buyer"}, 0),
        ({"status": "open", "escalated_by": "platform"}, 0),
        ({"status": "open", "escalated_by": "platform", "first_refused_at": IN + "00:00:00"}, 1),
    ],
    ids=["open", "closed", "platform's", "platform's after a refusal"],
)
def test_whose_requests_for_help_count(judge, more, hits):
    data = shop("tmall", NOW, orders=[sold(1)], refunds=[refund(1, escalated_at=IN + "00:00:00", **more)])
    assert judge(data, "tmall.platform_help_rate") == (hits, 1)


# ── reviews ──────────────────────────────────────────────────────────────────────────────────────────────────────


def rated(number, day="2026-08-10", **more):
    return {"review_id": f"v{number}", "order_id": f"o{number}", "created_at": f"{day} 12:00:00", **more}


def test_only_the_first_three_deals_of_a_month_are_in_the_dsr(judge):
    orders = [
        sold(number, buyer_id="b", paid_at=f"2026-08-0{number} 12:00:00", finished_at="2026-08-09 12:00:00")
        for number in range(1, 5)
    ]
    reviews = [rated(number, description_stars=stars) for number, stars in ((1, 5), (2, 4), (3, None), (4, 1))]
    assert judge(shop("tmall", NOW, orders=orders, reviews=reviews), "tmall.dsr_description") == (9, 2)


@pytest.mark.parametrize(("day", "rows"), [("2026-08-24", 1), ("2026-08-25", 0)])
def test_a_rating_after_fifteen_days_is_too_late(judge, day, rows):
    orders = [sold(1, buyer_id="b", finished_at="2026-08-09 12:00:00")]
    reviews = [rated(1, day, service_stars=5)]
    assert judge(shop("tmall", NOW, orders=orders, reviews=reviews), "tmall.dsr_service") == (5 * rows, rows)
