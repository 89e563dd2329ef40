"""Facts of disputes and of refunds the platform was called into: requests, deadlines, how long they were open."""

import pytest
from facts_world import DAY, at, case


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
