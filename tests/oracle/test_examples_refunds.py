"""Examples of refunds that platforms print, and traps they warn of, as literal numbers for oracle and engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oracle.examples import NOW, refund, shop, sold


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
