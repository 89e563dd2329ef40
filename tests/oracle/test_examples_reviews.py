"""Examples of reviews that platforms print, and traps they warn of, as literal numbers for oracle and engine."""

from __future__ import annotations

import pytest

from oracle.examples import NOW, shop, sold


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
