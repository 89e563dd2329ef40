"""Examples of disputes that platforms print, and traps they warn of, as literal numbers for oracle and engine."""

from __future__ import annotations

import pytest

from oracle.examples import IN, NOW, refund, shop, sold


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
