from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from facts_world import Settings, at, shop

from shopscore.facts import build, newest_event

NOON = at("11-30 12:00")


def test_a_listing_is_looked_at_when_the_audit_looks(facts):
    (row,) = facts("listings", as_of=NOON, products=[{"product_id": "P", "title_length": 28, "image_count": None}])
    assert (row["snapshot_at"], row["judged_at"]) == (NOON, NOON)
    assert (row["title_length"], row["image_count"], row["attributes_total"]) == (28, None, None)


def test_a_listing_that_went_on_sale_later_is_not_there_yet(facts):
    products = [{"product_id": "P", "published_at": "11-29 09:00"}, {"product_id": "Q", "published_at": "12-01 09:00"}]
    assert [row["product_id"] for row in facts("listings", as_of=NOON, products=products)] == ["P"]


def test_how_new_the_listings_are_holds_no_snapshot_back():
    products = [{"product_id": "P", "published_at": "03-01 09:00"}]
    built = build(shop({"products": "03-01 09:00"}, products=products), Settings(), NOON)
    assert built.judged == {"listings": NOON}


def test_a_new_listing_is_no_event_of_the_audits_clock():
    tables = {"products": [{"product_id": "P", "published_at": "11-29 09:00"}]}
    tables["orders"] = [{"order_id": "1", "created_at": "11-20 09:00"}]
    assert newest_event(shop(**tables), NOON) == at("11-20 09:00")


@pytest.mark.parametrize(
    ("seen", "newest"),
    [
        (None, "11-28 00:00"),
        ("11-28 00:00", "11-28 00:00"),
        ("11-28 23:59:59", "11-28 00:00"),
        ("11-29 00:00", "11-29 00:00"),
        ("11-30 08:00", "11-29 00:00"),
    ],
)
@pytest.mark.parametrize("name", ["traffic", "agent_stats", "violations"])
def test_a_day_is_over_where_the_file_was_made_later(name, seen, newest):
    given = shop(None if seen is None else {name: seen}, **{name: [{"date": "11-27 00:00"}, {"date": "11-28 00:00"}]})
    assert newest_event(given, NOON) == at(newest)


def test_a_day_that_is_not_over_now_is_over_in_no_file():
    given = shop({"traffic": "12-02 00:00"}, traffic=[{"date": "11-30 00:00"}])
    assert newest_event(given, NOON) == at("11-30 00:00")


def test_days_of_traffic_are_called_by_what_splits_them(facts):
    traffic = [
        {"date": "11-02 00:00", "channel": "search", "campaign": "A", "product_id": "P", "clicks": 3},
        {"date": "11-02 00:00", "channel": "search", "clicks": 4},
        {"date": "11-08 00:00"},
    ]
    rows = {row["traffic_id"]: row for row in facts("traffic", traffic=traffic)}
    assert list(rows) == ["2026-11-02 search A P", "2026-11-02 search", "2026-11-08"]
    assert [row["weekday"] for row in rows.values()] == [1, 1, 7]
    assert [row["clicks"] for row in rows.values()] == [3, 4, None]


def test_an_agents_day_has_every_number_of_the_platform(facts):
    stats = [{"date": "11-02 00:00", "agent_id": "a", "sessions": 9, "replied_3min": 8}, {"date": "11-02 00:00"}]
    rows = {row["agent_day_id"]: row for row in facts("agent_days", agent_stats=stats)}
    assert list(rows) == ["2026-11-02 a", "2026-11-02"]
    assert (rows["2026-11-02 a"]["sessions"], rows["2026-11-02 a"]["weekday"]) == (9, 1)
    assert rows["2026-11-02"]["sessions"] is None


def test_violations_alike_are_several(facts):
    violations = [
        {"date": "11-02 00:00", "type": "late", "order_id": "1", "points": points} for points in (2.0, 0.5, 0.5)
    ]
    violations.append({"date": "11-02 00:00", "type": "late", "order_id": "2"})
    rows = {row["violation_id"]: row["points"] for row in facts("violations", violations=violations)}
    assert rows == {
        "2026-11-02 1 late": 0.5,
        "2026-11-02 1 late#2": 0.5,
        "2026-11-02 1 late#3": 2.0,
        "2026-11-02 2 late": None,
    }


def test_entries_carry_their_orders_money(facts):
    orders = [{"order_id": "1", "created_at": "11-02 08:00", "amount": "20.00"}]
    bills = [
        {"entry_id": "E", "booked_at": "11-02 09:30", "order_id": "1", "kind": "penalty", "expense": "3.00"},
        {"booked_at": "11-08 09:30", "order_id": "9", "kind": "penalty", "expense": "4.00"},
        {"booked_at": "11-08 09:30", "order_id": "9", "kind": "penalty", "expense": "4.00"},
        {"booked_at": "11-08 09:30", "kind": "sale"},
    ]
    rows = {row["bill_id"]: row for row in facts("bills", orders=orders, bills=bills)}
    assert list(rows) == [
        "E",
        "2026-11-08 09:30:00 9 penalty",
        "2026-11-08 09:30:00 9 penalty#2",
        "2026-11-08 09:30:00 sale",
    ]
    assert [row["order_amount"] for row in rows.values()] == [Decimal("20.00"), None, None, None]
    assert (rows["E"]["hour"], rows["E"]["weekday"], rows["E"]["expense"], rows["E"]["income"]) == (
        9,
        1,
        Decimal(3),
        None,
    )
    assert [row["order_amount"] for row in facts("bills", bills=bills[:1])] == [None]


def test_entries_booked_later_are_not_there_yet():
    given = shop({"bills": "11-09 00:00"}, bills=[{"booked_at": "11-02 09:30"}, {"booked_at": "11-08 09:30"}])
    built = build(given, Settings(), at("11-05 00:00"))
    assert built.frames["bills"].collect().height == 1
    assert built.judged["bills"] == dt.datetime(2026, 11, 5)


def test_a_displayed_figure_has_its_day_and_its_name(facts):
    scores = [{"date": "11-02 00:00", "metric": "service_score", "value": 92.5, "peer": 88.0}]
    (row,) = facts("shown", platform_scores=scores)
    assert (row["shown_id"], row["value"], row["peer"], row["goal"]) == ("2026-11-02 service_score", 92.5, 88.0, None)
    assert row["weekday"] == 1
