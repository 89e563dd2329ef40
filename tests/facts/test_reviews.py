"""Facts of reviews: which deal they are about, what they follow, whether the money went back."""

import pytest
from facts_world import DAY, case


def review(order, created="11-20 09:00", **cells):
    return {"order_id": order, "created_at": created, **cells}


def test_trap_29_a_review_knows_which_deal_of_the_month_it_is_about(facts):
    paid = {"1": "11-02 09:00", "2": "11-01 09:00", "3": "11-02 09:00", "4": "12-01 09:00", "5": None}
    orders = [{"order_id": n, "created_at": "11-01 08:00", "paid_at": t, "buyer_id": "b"} for n, t in paid.items()]
    orders.append({"order_id": "6", "created_at": "11-01 08:00", "paid_at": "11-01 09:00", "buyer_id": "other"})
    reviews = [review(n) for n in ("1", "2", "3", "4", "5", "6", "unknown")]
    ranks = {r["order_id"]: r["deal_rank_in_month"] for r in facts("reviews", orders=orders, reviews=reviews)}
    assert ranks == {"1": 2, "2": 1, "3": 3, "4": 1, "5": None, "6": 1, "unknown": None}


def test_trap_29_a_buyers_reviews_rank_from_the_newest(facts):
    reviews = [
        review("1", "11-20 09:00", review_id="a", buyer_id="b"),
        review("2", "11-22 09:00", review_id="b", buyer_id="b"),
        review("3", "11-21 09:00", review_id="c", buyer_id="x"),
        review("4", "11-21 09:00", review_id="d"),
    ]
    ranks = {r["review_id"]: r["recency_rank"] for r in facts("reviews", reviews=reviews)}
    assert ranks == {"a": 2, "b": 1, "c": 1, "d": None}


def test_trap_29_a_blank_is_not_five_stars(facts):
    (row,) = facts("reviews", reviews=[review("1", stars=4.0, service_stars=None, is_default=None)])
    assert (row["stars"], row["service_stars"], row["logistics_stars"]) == (4.0, None, None)
    assert (row["is_default"], row["is_first"], row["review_id"]) == (False, None, "1")


def test_days_from_success_to_review(facts):
    orders = [{"order_id": "1", "created_at": "11-02 08:00", "finished_at": "11-10 09:00", "buyer_id": "b"}]
    (row,) = facts("reviews", orders=orders, reviews=[review("1", "11-11 09:00")])
    assert (row["finish_to_review_seconds"], row["buyer_id"], row["hour"]) == (DAY, "b", 9)


REVIEW = {"order_id": "1", "created_at": "11-09 09:00"}


def test_a_review_knows_its_orders_carrier_and_how_fast_it_was_answered(facts):
    orders = [{"order_id": "1", "created_at": "11-02 08:00", "carrier": "顺丰速运", "category": "茶"}]
    (row,) = facts("reviews", orders=orders, reviews=[{**REVIEW, "replied_at": "11-09 10:00"}])
    assert (row["carrier"], row["category"], row["answer_seconds"]) == ("顺丰速运", "茶", 3600)
    (row,) = facts("reviews", reviews=[REVIEW])
    assert (row["carrier"], row["category"], row["answer_seconds"]) == (None, None, None)


def back(**cells):
    return case(**{"status": "success", "kind": "refund_only", "amount": "20.00", **cells})


@pytest.mark.parametrize(
    ("refunds", "expected"),
    [
        ([back()], True),
        ([back(amount="19.99")], False),
        ([back(amount="12.00"), back(refund_id="s", amount="8.00")], True),
        ([back(amount="12.00"), back(refund_id="s", amount="8.00", status="closed")], False),
        ([back(amount=None)], None),
        ([back(), back(refund_id="s", amount=None)], True),
        ([back(amount="1.00", kind="return_refund")], True),
        ([back(amount="20.00", kind="exchange")], False),
        ([back(status="open")], False),
        ([back(status=None)], None),
        ([back(order="2")], False),
    ],
)
def test_an_order_is_fully_refunded_when_its_money_went_back(facts, refunds, expected):
    orders = [{"order_id": "1", "created_at": "11-02 08:00", "amount": "20.00"}]
    (row,) = facts("reviews", orders=orders, refunds=refunds, reviews=[REVIEW])
    assert row["order_fully_refunded"] is expected


@pytest.mark.parametrize(
    ("refunds", "expected"),
    [
        ([back()], False),
        ([back(kind="return_refund")], True),
        ([back(), back(refund_id="s", kind="return_refund", amount="1.00")], True),
        ([back(kind="return_refund", status="closed")], False),
        ([back(kind=None)], None),
        ([back(kind=None), back(refund_id="s", kind="return_refund")], True),
        ([back(order="2", kind="return_refund")], False),
    ],
)
def test_an_order_came_back_when_a_return_of_it_was_refunded(facts, refunds, expected):
    (row,) = facts(
        "reviews", orders=[{"order_id": "1", "created_at": "11-02 08:00"}], refunds=refunds, reviews=[REVIEW]
    )
    assert row["order_came_back"] is expected


def test_a_return_of_one_line_of_two_is_no_full_refund(facts):
    orders = [{"order_id": "1", "line_id": n, "created_at": "11-02 08:00", "amount": "10.00"} for n in "xy"]
    refunds = [back(kind="return_refund", line_id="x", amount="10.00")]
    (row,) = facts("reviews", orders=orders, refunds=refunds, reviews=[REVIEW])
    assert row["order_fully_refunded"] is False


def test_nobody_knows_of_refunds_where_no_file_tells_them(facts):
    orders = [{"order_id": "1", "created_at": "11-02 08:00", "amount": "20.00"}]
    (row,) = facts("reviews", orders=orders, reviews=[REVIEW])
    assert row["order_fully_refunded"] is None
    (row,) = facts("reviews", refunds=[case()], reviews=[REVIEW])
    assert row["order_fully_refunded"] is None
    rows = facts("reviews", refunds=[back()], reviews=[REVIEW, {**REVIEW, "order_id": None, "review_id": "v"}])
    assert [row["order_fully_refunded"] for row in rows] == [None, None]
    (row,) = facts("reviews", orders=orders, reviews=[REVIEW])
    assert row["order_came_back"] is None
