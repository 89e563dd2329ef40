"""Which cases are still to be decided, and which deadline each has."""

from __future__ import annotations

import pytest
from ledger_stand_ins import EVERYTHING, Rules, clock, facts, metric, moment

from shopscore.ledger.clocks import watch
from shopscore.ledger.open_cases import open_cases

NOW = moment(0)
LIABLE = metric(
    "liable",
    kind="count",
    better="lower",
    fact="disputes",
    at="closed_at",
    where="is_closed",
    exclude=(("withdrawn", "withdrawn"),),
    still_open="closed_at IS NULL AND liability IS NULL",
)
REFUNDED = metric(
    "refunded",
    kind="count",
    better="lower",
    fact="refunds",
    at="finished_at",
    where="escalated AND is_success",
    still_open="escalated AND status = 'open'",
)
REPLY = clock(
    "reply",
    optional=["replied_at"],
    due="reply_due_at",
    done="replied_at",
    start="opened_at",
    over=["closed_at"],
    **{"from": "disputes"},
)
PROOF = clock("proof", due="evidence_due_at", done="evidence_at", start="opened_at", **{"from": "disputes"})
ANSWER = clock("answer", due="timeout_at", done="decided_at", start="applied_at", **{"from": "refunds"})


def case(name, **cells):
    return {"case_id": name, "is_closed": False, "withdrawn": False, "opened_at": moment(-9), "judged_at": NOW, **cells}


def refund(name, **cells):
    given = {"escalated": True, "status": "open", "applied_at": moment(-8), "is_success": False, "judged_at": NOW}
    return {"refund_id": name, **given, **cells}


def found(metrics=(LIABLE,), clocks=(REPLY, PROOF, ANSWER), present=EVERYTHING, **rows):
    given = facts(present, **rows)
    return open_cases(given, metrics, clocks)


def named(definition, **given):
    return [(each.subject, each.deadline) for each in found((definition,), **given).get(definition.id, ())]


def test_cases_with_a_deadline_come_by_deadline_and_the_others_by_age():
    rows = [
        case("young", opened_at=moment(-2)),
        case("old", opened_at=moment(-20)),
        case("no one knows since when", opened_at=None),
        case("later", reply_due_at=moment(3)),
        case("sooner", reply_due_at=moment(4), evidence_due_at=moment(1)),
    ]
    order = [
        ("sooner", moment(1)),
        ("later", moment(3)),
        ("old", None),
        ("young", None),
        ("no one knows since when", None),
    ]
    assert named(LIABLE, disputes=rows) == order


@pytest.mark.parametrize(
    "cells",
    [
        {"reply_due_at": moment(-1)},
        {"reply_due_at": moment(2), "replied_at": moment(-1)},
    ],
    ids=["passed", "kept"],
)
def test_a_deadline_that_no_longer_runs_is_none_and_the_case_is_open_all_the_same(cells):
    assert named(LIABLE, disputes=[case("open", **cells)]) == [("open", None)]


@pytest.mark.parametrize(
    "cells",
    [
        {"liability": "seller"},
        {"liability": "none"},
        {"closed_at": moment(-1), "is_closed": True},
        {"withdrawn": True},
    ],
    ids=["verdict", "acquitted", "closed", "taken back"],
)
def test_what_is_final_is_never_offered(cells):
    assert not found(disputes=[case("final", reply_due_at=moment(2), **cells)]).get("test.liable")


def test_a_blank_does_not_say_that_a_case_is_open():
    assert not named(REFUNDED, refunds=[refund("R1", escalated=None), refund("R2", status=None)])


def test_where_no_file_says_how_a_case_ended_nothing_is_said_of_it():
    assert not found(present=EVERYTHING - {"disputes.closed_at", "refunds.finished_at"}, disputes=[case("D1")])


def test_a_case_whose_day_has_left_the_window_decides_nothing():
    opened = metric(
        "opened", kind="count", better="lower", fact="disputes", at="opened_at", still_open="liability IS NULL"
    )
    rows = [case("in", opened_at=moment(-30)), case("out", opened_at=moment(-31)), case("to come", opened_at=NOW)]
    assert [subject for subject, _ in named(opened, disputes=rows)] == ["in", "to come"]


def test_a_refund_goes_by_its_newest_dispute_and_has_the_first_deadline_of_both():
    disputes = [
        case("first", refund_id="R1", opened_at=moment(-5)),
        case("again", refund_id="R1", opened_at=moment(-3), reply_due_at=moment(3)),
        case("decided", refund_id="R2", liability="none"),
        case("R3", refund_id="R3"),
    ]
    refunds = [refund("R1", timeout_at=moment(2)), refund("R2"), refund("R3"), refund("R4", escalated_at=moment(-1))]
    told = found((REFUNDED,), disputes=disputes, refunds=refunds)["test.refunded"]
    assert [(each.subject, each.since, each.deadline) for each in told] == [
        ("again", moment(-3), moment(2)),
        ("R3", moment(-9), None),
        ("R4", moment(-1), None),
    ]


def test_a_limit_that_the_export_shows_is_told_where_no_clock_runs():
    """A clock ends where the platform steps in; the limit the export shows on the case is a deadline all the same."""
    stepped_in = clock(
        "decide", due="timeout_at", done="decided_at", start="applied_at", over=["escalated"], **{"from": "refunds"}
    )
    refunds = [refund("R1", timeout_at=moment(2)), refund("R2", timeout_at=moment(-2)), refund("R3")]
    told = found((REFUNDED,), (stepped_in,), refunds=refunds)["test.refunded"]
    assert [(each.subject, each.deadline, each.runs) for each in told] == [
        ("R1", moment(2), False),
        ("R2", None, False),
        ("R3", None, False),
    ]
    rows = [case("D1", refund_id="R1"), case("D2", refund_id="R2", reply_due_at=moment(3))]
    told = found((LIABLE,), (REPLY, stepped_in), disputes=rows, refunds=refunds)["test.liable"]
    assert [(each.subject, each.deadline, each.runs) for each in told] == [
        ("D1", moment(2), False),
        ("D2", moment(3), True),
    ]


def test_a_dispute_has_the_deadline_of_the_refund_behind_it():
    rows = [case("D1", refund_id="R1"), case("D2", refund_id="R2", reply_due_at=moment(1))]
    refunds = [refund("R1", timeout_at=moment(2)), refund("R2", timeout_at=moment(2))]
    assert named(LIABLE, disputes=rows, refunds=refunds) == [("D2", moment(1)), ("D1", moment(2))]


def test_a_deadline_of_a_case_younger_than_what_is_known_of_all_is_in_the_files():
    assert named(LIABLE, disputes=[case("D1", opened_at=moment(1), reply_due_at=moment(2))]) == [("D1", moment(2))]


def test_a_case_is_open_as_far_as_its_tables_are_known():
    given = facts(disputes=[case("D1")])
    given.judged["disputes"] = moment(-4)
    (told,) = open_cases(given, (LIABLE,), ())["test.liable"]
    assert told.seen == moment(-4)


def test_another_row_of_its_order_that_counts_already_leaves_nothing_to_decide():
    once = metric(
        "once",
        kind="count",
        better="lower",
        fact="refunds",
        at="applied_at",
        once_per="order_id",
        still_open="status = 'open'",
    )
    ended = {"status": "success", "order_id": "A1"}
    rows = [
        refund("R1", order_id="A1"),
        refund("R2", **ended),
        refund("R3", order_id="A2"),
        refund("R4", order_id=None),
    ]
    assert [subject for subject, _ in named(once, refunds=rows)] == ["R3", "R4"]
    rows[1] |= {"applied_at": moment(-31)}
    assert [subject for subject, _ in named(once, refunds=rows)] == ["R1", "R3", "R4"]


def test_a_metric_says_it_of_the_side_that_counts_the_cases():
    below = Rules(fact="orders", at="clock_at")
    above = Rules(fact="disputes", at="closed_at", where="is_closed", still_open="closed_at IS NULL")
    share = metric("share", kind="ratio_of", better="lower", sides={"n": above, "d": below})
    assert named(share, disputes=[case("D1")]) == [("D1", None)]


def test_a_clock_runs_for_what_no_file_says_was_done_and_has_no_history():
    """A deadline typed in without a column for the answer: it may have been met, and nobody may call it missed."""
    present = EVERYTHING - {"disputes.replied_at"}
    rows = [case("ahead", reply_due_at=moment(2)), case("passed", reply_due_at=moment(-1))]
    (told,) = watch(facts(present, disputes=rows), (REPLY,), ())
    assert [turn.subject for turn in told.running] == ["ahead"]
    assert (told.passed, told.missed) == (0, 0)
    (told,) = watch(facts(disputes=rows), (REPLY,), ())
    assert (told.passed, told.missed) == (1, 1)
