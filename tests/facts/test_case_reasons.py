from __future__ import annotations

import datetime as dt

from facts_world import MACHINE, Settings, at, shop

from shopscore.facts import build, cases
from shopscore.ledger.case_reasons import by_product, by_reason, sold_lines

DAYS = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
CASE = {"applied_at": "11-04 10:00", "finished_at": "11-04 12:00", "status": "success", "amount": 10.0}


def facts_of(refunds, **tables):
    numbered = [{"refund_id": f"r{n}", "order_id": f"o{n}", **row} for n, row in enumerate(refunds)]
    return build(shop(refunds=numbered, **tables), Settings(), at("12-01 00:00"))


def reasons_of(refunds):
    return by_reason(cases(facts_of(refunds).frames["refunds"], MACHINE), DAYS)


def test_reasons_count_cases_amounts_and_time_so_far():
    found = reasons_of(
        [
            {**CASE, "reason": "坏了", "reason_class": "quality"},
            {**CASE, "reason": "坏了", "reason_class": "quality", "amount": None},
            {**CASE, "reason": "不想要", "reason_class": "no_reason", "status": "open", "finished_at": None},
            {**CASE, "reason": "坏了", "reason_class": "quality", "applied_at": "10-31 23:59"},
            CASE,
        ]
    )
    open_for = int((at("12-01 00:00") - at("11-04 10:00")).total_seconds())
    assert [tuple(each) for each in found["classes"]] == [
        ("no_reason", 1, 10.0, 1, open_for),
        ("quality", 2, 10.0, 1, 2 * 7200),
        (None, 1, 10.0, 1, 7200),
    ]
    assert [each.name for each in found["wordings"]] == ["不想要", "坏了", None]


def test_the_first_reason_is_the_one_that_counts():
    (found,) = reasons_of([{**CASE, "first_reason_class": "no_reason", "reason_class": "quality"}])["classes"]
    assert found.name == "no_reason"


def order(number, product, paid="11-03 10:00", **more):
    return {"order_id": number, "created_at": paid, "paid_at": paid, "product_id": product, "item_count": 2, **more}


def test_a_product_has_what_was_sold_and_what_of_it_came_back():
    orders = [order("o0", "a"), order("o1", "a"), order("o2", "b", item_count=None), order("o3", "a", "10-31 10:00")]
    facts = facts_of([{**CASE, "reason_class": "quality"}], orders=orders)
    assert [tuple(each) for each in by_product(sold_lines(facts, DAYS))] == [
        ("a", 2, 2, 4, 1, (("quality", 1),)),
        ("b", 1, 1, None, 0, ()),
    ]


def test_a_case_that_names_no_line_of_a_longer_order_tells_of_none_of_them():
    orders = [order("o0", "a", line_id="1"), order("o0", "b", line_id="2"), order("o9", "a")]
    facts = facts_of([CASE], orders=orders)
    assert [tuple(each)[:5] for each in by_product(sold_lines(facts, DAYS))] == [("a", 1, 1, 2, 0)]


def test_without_orders_or_their_payment_no_product_is_told_of():
    assert sold_lines(facts_of([CASE]), DAYS) is None
    assert sold_lines(facts_of([CASE], orders=[{"order_id": "o0", "product_id": "a"}]), DAYS) is None


def test_variants_are_told_like_products():
    orders = [order("o0", "a", sku="red"), order("o1", "a", sku="blue"), order("o2", "a")]
    sold = sold_lines(facts_of([{**CASE, "reason_class": "quality"}], orders=orders), DAYS)
    assert [tuple(each)[::5] for each in by_product(sold, "sku")] == [("blue", ()), ("red", (("quality", 1),))]
