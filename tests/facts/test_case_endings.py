from __future__ import annotations

import datetime as dt

import pytest
from facts_world import MACHINE, Settings, at, shop

from shopscore.facts import build, cases, stays
from shopscore.ledger.case_endings import endings, loops
from shopscore.ledger.case_time import staged

DAYS = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
APPLIED, LATER = "11-04 10:00", "11-09 10:00"
BASE = {"kind": "return_refund", "status": "success", "applied_at": APPLIED, "finished_at": LATER}


def of(rows):
    rows = [{"refund_id": f"r{n}", "order_id": f"o{n}", **row} for n, row in enumerate(rows)]
    facts = build(shop(refunds=rows), Settings(), at("12-01 00:00"))
    return cases(facts.frames["refunds"], MACHINE), facts.present


def ended(*rows):
    found, _ = of(rows)
    return endings(staged(stays(found, MACHINE), MACHINE), MACHINE, DAYS)


def looped(*rows):
    found, present = of(rows)
    told = loops(found, present, DAYS)
    return told, {way: tuple(loop) for way, loop in told.ways if any(loop)}


# ── time-outs ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "whose"),
    [
        ({"kind": "refund_only"}, "seller"),
        ({"kind": "refund_only", "status": "closed", "first_refused_at": "11-05 10:00"}, "buyer"),
        ({"agreed_at": "11-05 10:00", "returned_at": "11-06 10:00"}, "seller"),
        ({"agreed_at": "11-05 10:00", "returned_at": "11-06 10:00", "return_signed_at": "11-07 10:00"}, "seller"),
        ({"agreed_at": "11-05 10:00", "status": "closed"}, "buyer"),
        ({"agreed_at": "11-05 10:00"}, "nobody"),
        ({"first_refused_at": "11-05 10:00", "escalated_at": "11-06 10:00"}, "nobody"),
    ],
)
def test_the_guide_says_whose_clock_ran_out_where_the_system_ended_it(row, whose):
    # A case with every column recorded, so that nothing is hidden.
    whole = BASE | {"agreed_at": APPLIED, "returned_at": APPLIED, "return_signed_at": APPLIED, "last_actor": "buyer"}
    found = ended({**BASE, **row, "last_actor": "system"}, whole)
    assert dict(found.lapsed) == {whose: 1}
    assert (found.ended, found.blank, found.at_once) == (2, 0, 0)


def test_where_no_file_records_agreements_a_pay_out_and_a_time_out_look_alike():
    assert dict(ended({**BASE, "kind": "refund_only", "last_actor": "system"}).lapsed) == {"untold": 1}


def test_a_blank_actor_is_counted_and_never_guessed():
    found = ended({**BASE, "kind": "refund_only"}, {**BASE, "kind": "refund_only", "last_actor": "seller"})
    assert (found.ended, found.blank, found.lapsed) == (2, 1, ())


def test_what_the_system_ends_within_a_minute_is_a_setting():
    row = {**BASE, "kind": "refund_only", "last_actor": "system"}
    agreed = BASE | {"agreed_at": "11-05 10:00", "last_actor": "seller"}
    found = ended({**row, "finished_at": "11-04 10:01"}, {**row, "finished_at": "11-04 10:01:01"}, agreed)
    assert (found.at_once, found.lapsed, found.waits) == (1, (("seller", 1),), (61,))


def test_what_the_system_agreed_to_for_the_seller_and_paid_out_is_the_sellers_lapse():
    row = {**BASE, "kind": "refund_only", "agreed_at": "11-06 10:00", "finished_at": "11-06 10:00:03"}
    row |= {"last_actor": "system", "agreed_by": "system"}
    late = ended(row)
    assert (late.at_once, late.lapsed, late.waits) == (0, (("seller", 1),), (48 * 3600,))
    # However long the money took.
    assert ended({**row, "finished_at": LATER}).waits == (48 * 3600,)
    # The application itself was agreed to within a minute: a setting.
    soon = ended({**row, "agreed_at": "11-04 10:00:05", "finished_at": "11-04 10:00:08"})
    assert (soon.at_once, soon.lapsed) == (1, ())
    # Agreed after a refusal: nobody's clock.
    assert ended({**row, "first_refused_at": "11-05 10:00"}).lapsed == (("nobody", 1),)


def test_who_agreed_changes_nothing_where_another_clock_ran_out_later():
    row = {**BASE, "agreed_at": "11-05 10:00", "last_actor": "system", "agreed_by": "system"}
    whole = BASE | {"agreed_at": APPLIED, "returned_at": APPLIED, "return_signed_at": APPLIED, "last_actor": "buyer"}
    assert ended({**row, "status": "closed"}, whole).lapsed == (("buyer", 1),)
    signed = {"returned_at": "11-06 10:00", "return_signed_at": "11-07 10:00"}
    assert ended({**row, **signed}).lapsed == (("seller", 1),)
    assert ended({**row, "kind": "refund_only", "agreed_by": "seller"}, whole).lapsed == (("nobody", 1),)


def test_cases_that_ended_on_other_days_are_not_asked():
    assert ended({**BASE, "last_actor": "system", "finished_at": "12-01 00:00"}).ended == 0


# ── round again ──────────────────────────────────────────────────────────────────────────────────────────────────

CLOSED = {"order_id": "o", "kind": "refund_only", "status": "closed", "applied_at": "11-02 10:00"}
CLOSED |= {"finished_at": "11-03 10:00"}


def test_a_request_made_again_after_closing_lost_the_time_since_the_first():
    told, ways = looped(CLOSED, {**BASE, "order_id": "o"})
    assert ways["again"] == (1, 48 * 3600, 0)
    assert ways["kind_changed"][:2] == (1, 48 * 3600)
    assert (told.ended, told.cases, told.seconds) == (2, 1, 48 * 3600)


def test_another_line_of_the_order_and_an_overlapping_case_are_no_second_try():
    assert "again" not in looped({**CLOSED, "line_id": "1"}, {**BASE, "order_id": "o", "line_id": "2"})[1]
    assert "again" not in looped({**CLOSED, "finished_at": "11-05 10:00"}, {**BASE, "order_id": "o"})[1]
    assert "again" not in looped({**CLOSED, "status": "success"}, {**BASE, "order_id": "o"})[1]


def test_a_refusal_that_did_not_hold_cost_the_time_to_the_agreement():
    row = {**BASE, "first_refused_at": "11-05 10:00", "agreed_at": "11-06 10:00"}
    told, ways = looped(row)
    assert ways["refused_then_agreed"] == (1, 24 * 3600, 0)
    assert told.seconds == 24 * 3600


def test_a_refusal_that_held_is_no_loop():
    assert looped({**BASE, "status": "closed", "first_refused_at": "11-05 10:00"})[0].cases == 0


def test_one_stretch_of_time_is_not_counted_twice():
    told, ways = looped({**BASE, "first_refused_at": "11-05 10:00", "escalated_at": "11-06 10:00"})
    assert ways["refused_then_agreed"][1] == ways["escalated_after_refusal"][1] == 96 * 3600
    assert told.seconds == 96 * 3600


def test_a_call_without_a_time_may_have_come_before_the_refusal():
    row = {**BASE, "first_refused_at": "11-05 10:00", "escalated": True}
    assert looped(row)[1]["escalated_after_refusal"] == (0, 0, 1)


def test_what_the_platform_paid_out_after_a_refusal_was_not_the_sellers_giving_in():
    row = {**BASE, "first_refused_at": "11-05 10:00", "last_actor": "platform"}
    told, ways = looped(row)
    assert ways == {"escalated_after_refusal": (1, 96 * 3600, 0), "reason_changed": (0, 0, 1)}
    assert told.seconds == 96 * 3600


def test_a_changed_reason_is_known_only_where_both_are_given():
    changed = {**BASE, "first_reason_class": "no_reason", "reason_class": "quality"}
    assert looped(changed)[1]["reason_changed"] == (1, 0, 0)
    assert looped({**BASE, "reason_class": "quality"})[1]["reason_changed"] == (0, 0, 1)


def test_rows_may_stand_in_any_order():
    rows = [CLOSED, {**BASE, "order_id": "o"}, {**BASE, "first_refused_at": "11-05 10:00"}]
    numbered = [{"refund_id": f"x{n}", **row} for n, row in enumerate(rows)]
    assert looped(*numbered) == looped(*numbered[::-1])
