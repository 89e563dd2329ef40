from __future__ import annotations

import datetime as dt
import random

import pytest
from facts_world import MACHINE, Settings, at, shop

from shopscore.facts import build, cases, stays
from shopscore.ledger.case_time import between, case_time, staged

DAYS = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
HOUR = 3600
RETURN = {
    "kind": "return_refund",
    "status": "success",
    "applied_at": "11-04 10:00",
    "agreed_at": "11-04 12:00",
    "returned_at": "11-05 12:00",
    "return_signed_at": "11-07 12:00",
    "finished_at": "11-08 12:00",
}
UNSIGNED = {name: value for name, value in RETURN.items() if name not in ("agreed_at", "return_signed_at")}


def time_of(rows, days=DAYS, as_of="12-01 00:00", *, rewound=False):
    rows = [{"refund_id": f"r{n}", "order_id": f"o{n}", **row} for n, row in enumerate(rows)]
    facts = build(shop(refunds=rows), Settings(), at(as_of))
    passed = stays(cases(facts.frames["refunds"], MACHINE), MACHINE, rewound=rewound)
    return case_time(staged(passed, MACHINE), days)


def hours(found):
    return {("+".join(each.states), "+".join(each.holders)): each.seconds / HOUR for each in found.stages}


def test_a_return_spends_its_time_with_all_four():
    found = time_of([RETURN])
    assert hours(found) == {
        ("applied", "seller"): 2,
        ("agreed", "buyer"): 24,
        ("returned", "carrier"): 48,
        ("received", "seller"): 24,
    }
    assert (found.cases, found.unended, found.squares) == (1, 0, (98 * HOUR) ** 2)
    assert {each.products for each in found.stages} == {98.0 * h * HOUR**2 for h in (2, 24, 48)}


def test_what_waits_after_agreement_without_a_return_waits_for_the_seller():
    found = time_of([{**RETURN, "kind": "refund_only", "returned_at": None, "return_signed_at": None}])
    assert hours(found) == {("applied", "seller"): 2, ("agreed", "seller"): 96}


def test_a_step_no_file_records_leaves_open_whose_turn_it_was():
    found = time_of([UNSIGNED])
    assert hours(found) == {("applied+agreed", "buyer+seller"): 26, ("returned+received", "carrier+seller"): 72}


@pytest.mark.parametrize("told", [{"last_actor": "platform"}, {"escalated": True}])
def test_a_call_for_the_platform_without_a_time_leaves_open_whose_the_last_stay_was(told):
    paid = {**RETURN, "kind": "refund_only", "agreed_at": None, "returned_at": None, "return_signed_at": None, **told}
    assert hours(time_of([RETURN, paid]))["applied+intervened", "platform+seller"] == 98
    refused = hours(time_of([RETURN, {**paid, "first_refused_at": "11-05 12:00"}]))
    assert refused["refused+intervened", "buyer+platform"] == 72
    assert refused["applied", "seller"] == 2 + 26, "a refusal is the seller's answer"
    known = hours(time_of([RETURN, {**paid, "first_refused_at": "11-05 12:00", "escalated_at": "11-06 12:00"}]))
    assert (known["refused", "buyer"], known["intervened", "platform"]) == (24, 48)


def test_a_column_that_is_blank_throughout_records_nothing():
    row = {"kind": "return_refund", "status": "success", "applied_at": "11-04 10:00", "finished_at": "11-05 10:00"}
    blank = dict.fromkeys(("agreed_at", "returned_at", "return_signed_at"))
    assert hours(time_of([row | blank])) == hours(time_of([row]))
    assert [each.holders for each in time_of([row]).stages] == [("buyer", "carrier", "seller")]


def test_a_step_that_only_this_case_lacks_was_not_taken():
    whole = {**RETURN, "applied_at": "10-01 10:00", "agreed_at": "10-01 11:00", "returned_at": "10-01 12:00"}
    whole |= {"return_signed_at": "10-01 13:00", "finished_at": "10-01 14:00"}
    assert hours(time_of([UNSIGNED, whole])) == {("applied", "seller"): 26, ("returned", "carrier"): 72}


def test_where_both_states_are_the_sellers_it_is_his_turn():
    row = {"kind": "refund_only", "status": "success", "applied_at": "11-04 10:00", "finished_at": "11-04 15:00"}
    assert hours(time_of([row])) == {("applied", "seller"): 5}


def test_an_open_case_counts_with_the_time_so_far():
    row = {"kind": "return_refund", "status": "open", "applied_at": "11-29 00:00", "agreed_at": "11-29 06:00"}
    (applied, agreed) = time_of([row, RETURN], as_of="12-03 00:00").stages[::-1][-2:]
    assert (applied.states, applied.ended, applied.running) == (("applied",), (2 * HOUR, 6 * HOUR), ())
    # Up to the end of the window for the share; as long as it has been watched for its length.
    assert (agreed.states, agreed.seconds, agreed.running) == (("agreed",), (42 + 24) * HOUR, (90 * HOUR,))


def test_a_case_that_ended_no_one_knows_when_is_counted_and_left_out():
    row = {**RETURN, "finished_at": None}
    found = time_of([row, {**RETURN, "status": "open", "finished_at": None}])
    assert found.unended == 1
    assert hours(found)["received", "seller"] == (23 * 24 + 12)


def test_in_a_rewound_shop_an_end_without_a_time_has_not_come_yet():
    early = {name: at.replace("11-", "10-") for name, at in RETURN.items() if name.endswith("_at")}
    found = time_of([RETURN, RETURN | early], as_of="11-06 12:00", rewound=True)
    assert hours(found) == {("applied", "seller"): 2, ("agreed", "buyer"): 24, ("returned", "carrier"): 24}


def test_an_impossible_history_has_no_time():
    assert time_of([{**RETURN, "agreed_at": "11-06 00:00"}]).stages == ()


def test_no_cases_have_no_time():
    assert time_of([]) == ((), 0, 0.0, 0)


def test_windows_end_to_end_add_up_and_rows_may_stand_in_any_order():
    luck = random.Random(1)  # noqa: S311 - invented cases are no secret
    rows = []
    for _ in range(60):
        moments = [at("10-25 00:00") + dt.timedelta(hours=luck.uniform(0, 700))]
        moments += [moments[-1] + dt.timedelta(hours=luck.uniform(0, 90))]
        row = {"kind": luck.choice(("return_refund", "refund_only")), "applied_at": f"{moments[0]:%m-%d %H:%M:%S}"}
        done = luck.random() < 0.7
        row |= {"status": "success", "finished_at": f"{moments[1]:%m-%d %H:%M:%S}"} if done else {"status": "open"}
        rows.append(row)
    whole = time_of(rows)
    parts = [time_of(rows, days) for days in ((DAYS[0], dt.date(2026, 11, 9)), (dt.date(2026, 11, 10), DAYS[1]))]
    for stage, spent in hours(whole).items():
        assert spent == pytest.approx(sum(hours(part).get(stage, 0) for part in parts))
    lengths = [sorted(x for part in parts for each in part.stages for x in each.ended)]
    assert lengths == [sorted(x for each in whole.stages for x in each.ended)]
    shuffled = luck.sample(rows, len(rows))
    assert time_of(shuffled) == whole


def test_what_may_lie_between_follows_the_machine():
    blank = {"agreed", "returned", "received"}
    assert set(between(MACHINE, "applied", "refunded", "return_refund", blank)) == blank
    assert set(between(MACHINE, "applied", "refunded", "refund_only", blank)) == {"agreed"}
    assert set(between(MACHINE, "applied", None, "return_refund", {"agreed"})) == {"agreed"}
    assert not set(between(MACHINE, "returned", "refunded", "return_refund", {"agreed"}))
    assert not set(between(MACHINE, "applied", "refused", "return_refund", {"agreed"}))
