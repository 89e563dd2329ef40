from __future__ import annotations

from decimal import Decimal

import pytest
from facts_world import at

from shopscore.schema import FACTS

DAY = 86400


def case(number="r", order="1", **cells):
    return {"refund_id": number, "order_id": order, "applied_at": "11-04 09:00", **cells}


def test_trap_22_a_refusal_does_not_restart_the_clock(facts):
    refunds = [
        case(kind="refund_only", status="success", first_refused_at="11-05 09:00", agreed_at="11-07 09:00",
             finished_at="11-08 09:00")
    ]  # fmt: skip
    (row,) = facts("refunds", refunds=refunds)
    assert row["apply_to_finish_seconds"] == 4 * DAY
    assert row["history_ok"] is True


def test_trap_22_a_closed_case_keeps_its_first_refusal_and_its_end(facts):
    (row,) = facts(
        "refunds", refunds=[case(status="closed", first_refused_at="11-05 09:00", finished_at="11-09 09:00")]
    )
    assert (row["apply_to_refuse_seconds"], row["apply_to_finish_seconds"]) == (DAY, 5 * DAY)
    assert (row["is_finished"], row["is_success"]) == (True, False)


def test_the_first_response_is_whatever_came_first(facts):
    cells = {"first_response_at": "11-04 12:00", "agreed_at": "11-04 11:00", "first_refused_at": "11-04 10:00"}
    (row,) = facts("refunds", refunds=[case(**cells)])
    assert row["apply_to_response_seconds"] == 3600


@pytest.mark.parametrize(
    ("actor", "finished", "itself"),
    [
        ("seller", "11-05 09:00", True),
        ("system", "11-05 09:00", True),
        ("platform", "11-05 09:00", False),
        ("buyer", "11-05 09:00", False),
        (None, "11-05 09:00", None),
        ("seller", None, False),
    ],
)
def test_trap_23_a_time_out_counts_as_the_sellers_own_end(facts, actor, finished, itself):
    (row,) = facts("refunds", refunds=[case(status="success", last_actor=actor, finished_at=finished)])
    assert row["is_self_finished"] is itself


@pytest.mark.parametrize(
    ("cells", "finished"),
    [
        ({"status": "success", "finished_at": "11-05 09:00"}, True),
        ({"status": "success"}, False),
        ({"status": "closed", "finished_at": "11-05 09:00"}, True),
        ({"status": "closed", "finished_at": "11-05 09:00", "withdrawn": True}, False),
        ({"status": "closed", "finished_at": "11-05 09:00", "withdrawn": None}, True),
        ({"status": "open"}, False),
        ({"status": None, "finished_at": "11-05 09:00"}, None),
    ],
)
def test_a_case_taken_back_is_not_finished(facts, cells, finished):
    (row,) = facts("refunds", refunds=[case(**cells)])
    assert row["is_finished"] is finished


def test_trap_24_the_first_reason_decides(facts):
    refunds = [
        case("a", first_reason_class="quality", reason_class="no_reason"),
        case("b", first_reason_class=None, reason_class="late"),
    ]
    first = {r["refund_id"]: r["first_reason_class"] for r in facts("refunds", refunds=refunds)}
    assert first == {"a": "quality", "b": "late"}


def test_the_returns_way_and_the_sellers_part_are_measured_apart(facts):
    cells = {"returned_at": "11-05 09:00", "return_signed_at": "11-08 09:00", "finished_at": "11-09 09:00"}
    (row,) = facts("refunds", refunds=[case(kind="return_refund", status="success", **cells)])
    assert (row["return_transit_seconds"], row["signed_to_finish_seconds"]) == (3 * DAY, DAY)


def test_handing_over_to_the_carrier_stands_in_for_sending_back(facts):
    (row,) = facts("refunds", refunds=[case(return_shipped_at="11-05 09:00", return_signed_at="11-06 09:00")])
    assert (row["returned_at"], row["return_transit_seconds"]) == (at("11-05 09:00"), DAY)


def test_a_refund_carries_its_order(facts):
    orders = [
        {"order_id": "1", "line_id": line, "created_at": "11-02 08:00", "paid_at": "11-02 09:00", "kind": "presale",
         "product_id": product, "buyer_level": "L3", "picked_up_at": "11-03 09:00", "delivered_at": "11-03 20:00"}
        for line, product in (("a", "P1"), ("b", "P2"))
    ]  # fmt: skip
    refunds = [case("x", line_id="b"), case("y"), case("z", "9")]
    rows = {r["refund_id"]: r for r in facts("refunds", orders=orders, refunds=refunds)}
    assert {n: r["product_id"] for n, r in rows.items()} == {"x": "P2", "y": "P1", "z": None}
    assert (rows["x"]["order_kind"], rows["x"]["buyer_level"], rows["x"]["buyer_weight"]) == ("presale", "L3", 1.0)
    assert rows["x"]["order_delivered_at"] == at("11-03 20:00")
    assert rows["z"]["order_kind"] is None
    (alone,) = facts("refunds", refunds=[case()])
    assert alone["order_paid_at"] is None


def test_only_the_earliest_case_is_the_orders_first(facts):
    refunds = [case("b"), case("a"), case("c", applied_at="11-03 09:00"), case("d", "2")]
    first = {r["refund_id"]: r["is_first_of_order"] for r in facts("refunds", refunds=refunds)}
    assert first == {"a": False, "b": False, "c": True, "d": True}


def test_called_in_by_flag_or_by_time(facts):
    refunds = [case("a", escalated=True), case("b", escalated_at="11-05 09:00"), case("c")]
    assert [r["escalated"] for r in facts("refunds", refunds=refunds)] == [True, True, False]


def test_a_dispute_and_a_called_in_refund_of_one_order_are_one_request(facts):
    refunds = [
        case("a", "1", escalated_at="11-05 09:00", status="closed", finished_at="11-07 09:00",
             first_refused_at="11-04 10:00"),
        case("b", "2", escalated_at="11-05 10:00", escalated_by="buyer", liability="both"),
        case("c", "2", escalated_at="11-05 09:00"),
        case("d", "3"),
    ]  # fmt: skip
    disputes = [
        {"dispute_id": "D1", "order_id": "1", "opened_at": "11-06 09:00", "liability": "seller"},
        {"dispute_id": "D3", "order_id": "3", "opened_at": "11-06 09:00"},
        {"dispute_id": "D4", "opened_at": "11-06 09:00", "trusted_buyer": True},
    ]
    rows = {r["case_id"]: r for r in facts("disputes", disputes=disputes, refunds=refunds)}
    assert set(rows) == {"D1", "D3", "D4", "c"}
    assert (rows["D1"]["refund_id"], rows["D1"]["opened_at"]) == ("a", at("11-06 09:00"))
    assert (rows["D1"]["refund_closed"], rows["D1"]["seller_refused"]) == (True, True)
    assert (rows["D1"]["closed_at"], rows["D1"]["liability"]) == (at("11-07 09:00"), "seller")
    assert (rows["D3"]["refund_id"], rows["D3"]["is_closed"]) == ("d", False)
    assert (rows["D4"]["trusted_buyer"], rows["D4"]["refund_closed"]) == (True, False)
    assert rows["c"]["opened_at"] == at("11-05 09:00")


def test_called_in_refunds_alone_are_requests_too(facts):
    refunds = [case("a", escalated=True, withdrawn=True, status="closed", finished_at="11-05 09:00"), case("b", "2")]
    (row,) = facts("disputes", refunds=refunds)
    assert (row["case_id"], row["withdrawn"], row["opened_at"]) == ("a", True, None)
    assert row["closed_at"] == at("11-05 09:00")
    assert row["seller_refused"] is None


def test_a_dispute_without_refunds_at_hand_leaves_the_refund_unsaid(facts):
    orders = [{"order_id": "1", "created_at": "11-02 08:00", "product_id": "P1", "carrier": "SF"}]
    disputes = [{"dispute_id": "D", "order_id": "1", "opened_at": "11-06 09:00"}]
    (row,) = facts("disputes", orders=orders, disputes=disputes)
    assert (row["refund_closed"], row["seller_refused"], row["product_id"]) == (None, None, "P1")


def test_an_open_dispute_is_open_although_its_refund_has_ended(facts):
    disputes = [{"dispute_id": "D", "order_id": "1", "opened_at": "11-06 09:00", "closed_at": None}]
    refunds = [case(status="success", finished_at="11-07 09:00")]
    (row,) = facts("disputes", disputes=disputes, refunds=refunds)
    assert (row["is_closed"], row["refund_closed"]) == (False, False)


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


def test_a_case_carries_buyer_money_and_moments_of_its_order(facts):
    orders = [
        {"order_id": "1", "line_id": line, "created_at": "11-02 08:00", "buyer_id": "b", "item_count": 2,
         "amount": "9.50", "finished_at": "11-09 08:00", "grouped_at": "11-02 08:30"}
        for line in "xy"
    ]  # fmt: skip
    rows = {r["refund_id"]: r for r in facts("refunds", orders=orders, refunds=[case("a"), case("z", "9")])}
    names = ("buyer_id", "item_count", "order_amount", "order_finished_at", "order_grouped_at")
    assert [rows["a"][name] for name in names] == ["b", 4, Decimal("19.00"), at("11-09 08:00"), at("11-02 08:30")]
    assert [rows["z"][name] for name in names] == [None] * 5


def test_a_case_is_as_old_as_the_table_reaches(facts):
    (row,) = facts("refunds", seen_until={"refunds": "11-06 09:00:01"}, refunds=[case(return_trace="moving")])
    assert (row["age_seconds"], row["return_trace"], row["parcel_trace"]) == (2 * DAY + 1, "moving", None)
    assert not {"return_trace", "parcel_trace"} & {c.name for c in FACTS["refunds"].columns if c.rewinds}


def dispute(**cells):
    return {"dispute_id": "d", "order_id": "1", "opened_at": "11-03 09:00", **cells}


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ({"replied_at": None}, None),
        ({"reply_due_at": "11-05 09:00", "replied_at": "11-05 09:00"}, 0),
        ({"reply_due_at": "11-05 09:00", "replied_at": "11-05 09:00:01"}, 1),
        ({"reply_due_at": "11-05 09:00", "replied_at": None}, 1),
        ({"reply_due_at": "11-10 09:00", "replied_at": None}, 0),
        ({"reply_due_at": "11-05 09:00"}, None),
        ({"reply_due_at": "11-10 09:00"}, 0),
        ({"reply_due_at": "11-05 09:00", "replied_at": None, "closed_at": "11-04 09:00"}, 0),
        ({"execution_due_at": "11-05 09:00", "executed_at": None, "closed_at": "11-04 09:00"}, 1),
        (
            {"reply_due_at": "11-05 09:00", "replied_at": "11-06 09:00", "evidence_due_at": "11-06 09:00",
             "evidence_at": None, "execution_due_at": "11-07 09:00", "executed_at": "11-07 08:00"},
            2,
        ),
    ],
)  # fmt: skip
def test_deadlines_that_passed_unmet_or_were_met_late_are_counted(facts, cells, count):
    (row,) = facts("disputes", as_of=at("11-10 09:00"), disputes=[dispute(**cells)])
    assert row["timeout_count"] == count
    assert row["reply_due_at"] == at(cells.get("reply_due_at"))


def test_a_called_in_refund_has_no_deadlines(facts):
    (row,) = facts("disputes", refunds=[case(escalated_at="11-05 09:00", status="closed", finished_at="11-07 09:00")])
    assert (row["timeout_count"], row["open_seconds"], row["order_kind"]) == (None, 2 * DAY, None)


def test_a_dispute_carries_its_order_and_how_long_it_was_open(facts):
    orders = [{"order_id": "1", "created_at": "11-02 08:00", "kind": "presale", "buyer_id": "b"}]
    (row,) = facts("disputes", orders=orders, disputes=[dispute(closed_at="11-05 09:00")])
    assert (row["order_kind"], row["buyer_id"], row["open_seconds"]) == ("presale", "b", 2 * DAY)
    (row,) = facts("disputes", disputes=[dispute()])
    assert (row["order_kind"], row["buyer_id"], row["open_seconds"]) == (None, None, None)


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


@pytest.mark.parametrize(
    ("cells", "decided"),
    [
        ({"agreed_at": "11-05 12:00", "first_refused_at": "11-05 09:30"}, "11-05 09:30"),
        ({"agreed_at": "11-05 12:00", "first_response_at": "11-05 18:00"}, "11-05 12:00"),
        ({"agreed_at": "11-05 12:00", "finished_at": "11-05 10:00", "last_actor": "seller"}, "11-05 12:00"),
        ({"finished_at": "11-05 10:00", "last_actor": "seller"}, "11-05 10:00"),
        ({"finished_at": "11-05 10:00", "last_actor": "system"}, None),
        ({"finished_at": "11-05 10:00"}, None),
        ({}, None),
    ],
)
def test_a_case_is_decided_with_the_first_answer(facts, cells, decided):
    (row,) = facts("refunds", refunds=[case(**cells)])
    assert row["decided_at"] == at(decided)
    assert row["decision_hour"] == (None if decided is None else at(decided).hour)


def test_days_of_decisions_are_split_at_noon_and_at_six(facts):
    times = (
        "11-05 00:00",
        "11-05 11:59:59",
        "11-05 12:00",
        "11-05 17:59:59",
        "11-05 18:00",
        "11-05 18:30",
        "11-06 09:00",
    )
    refunds = [case(str(number), agreed_at=time) for number, time in enumerate(times)]
    refunds += [case("open"), case("again", first_refused_at="11-06 15:00")]
    first, second = sorted(facts("decision_days", refunds=refunds), key=lambda row: row["decided_on"])
    assert (first["decision_day_id"], first["decided_on"]) == ("2026-11-05", at("11-05 00:00"))
    counts = ("decision_count", "morning_count", "midday_count", "evening_count", "busiest_hour", "busiest_hour_count")
    assert [first[name] for name in counts] == [6, 2, 2, 2, 18, 2]
    assert [second[name] for name in counts] == [2, 1, 1, 0, 9, 1]


def test_a_shop_without_decisions_has_no_such_day(facts):
    assert facts("decision_days", refunds=[case()]) == []


def test_orders_the_buyer_paid_before_the_case_are_counted(facts):
    orders = [
        {"order_id": number, "buyer_id": buyer, "created_at": "11-01 08:00", "paid_at": when}
        for number, buyer, when in (
            ("1", "b", "11-02 09:00"),
            ("2", "b", "11-03 09:00"),
            ("3", "b", "11-04 09:00"),
            ("4", "b", None),
            ("5", "c", None),
            ("6", None, "11-02 09:00"),
        )
    ]
    refunds = [
        case("a", "1"),
        case("b", "3", applied_at="11-04 09:00:01"),
        case("c", "5"),
        case("d", "6"),
        case("e", "9"),
    ]
    rows = {row["refund_id"]: row["buyer_orders_before"] for row in facts("refunds", orders=orders, refunds=refunds)}
    assert rows == {"a": 2, "b": 3, "c": 0, "d": None, "e": None}
    assert facts("refunds", refunds=[case()])[0]["buyer_orders_before"] is None
    unpaid = [{"order_id": "1", "buyer_id": "b", "created_at": "11-01 08:00"}]
    assert facts("refunds", orders=unpaid, refunds=[case()])[0]["buyer_orders_before"] is None
