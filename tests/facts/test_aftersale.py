from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from facts_world import MACHINE, Settings, at, shop

from shopscore.facts import build, stages, stays
from shopscore.facts.aftersale import possible

ENTERED = {
    "applied": "applied_at",
    "agreed": "agreed_at",
    "refused": "first_refused_at",
    "intervened": "escalated_at",
    "returned": "returned_at",
    "received": "return_signed_at",
    "refunded": "finished_at",
    "closed": "finished_at",
}


def history(kind, *states, number="r"):
    """A case that passes through the states, one hour each, from noon on."""
    row = {"refund_id": number, "order_id": number, "kind": kind, "status": "open"}
    row |= {ENTERED[state]: f"11-04 {12 + hour}:00" for hour, state in enumerate(states)}
    if states[-1] in ("refunded", "closed"):
        row["status"] = {"refunded": "success", "closed": "closed"}[states[-1]]
    return row


PATHS = [
    ("refund_only", ["applied"]),
    ("refund_only", ["applied", "refunded"]),
    ("refund_only", ["applied", "agreed", "refunded"]),
    ("refund_only", ["applied", "refused", "agreed", "refunded"]),
    ("refund_only", ["applied", "refused", "closed"]),
    ("refund_only", ["applied", "refused", "intervened", "refunded"]),
    ("return_refund", ["applied", "agreed", "returned", "received", "refunded"]),
    ("return_refund", ["applied", "refunded"]),
    ("return_refund", ["applied", "returned", "refunded"]),
    ("return_refund", ["applied", "agreed", "received", "refused", "intervened", "closed"]),
    ("return_refund", ["applied", "agreed", "intervened", "returned", "received", "refunded"]),
    (None, ["applied", "agreed", "returned", "received", "refunded"]),
]
NO_PATHS = [
    ("refund_only", ["agreed", "applied"]),
    ("refund_only", ["applied", "agreed", "returned", "refunded"]),
    ("return_refund", ["applied", "returned", "agreed", "refunded"]),
    ("return_refund", ["applied", "received", "returned", "refunded"]),
    ("refund_only", ["applied", "refunded", "agreed"]),
    ("refund_only", ["applied", "closed", "refused"]),
    (None, ["refunded", "applied"]),
]


@pytest.mark.parametrize(("kind", "states"), PATHS)
def test_a_history_along_the_machine_is_possible(facts, kind, states):
    (row,) = facts("refunds", refunds=[history(kind, *states)])
    assert (row["history_ok"], row["state"]) == (True, states[-1])


@pytest.mark.parametrize(("kind", "states"), NO_PATHS)
def test_a_history_that_runs_backwards_is_not(facts, kind, states):
    row = history(kind, *states)
    row["status"] = "success" if "refunded" in states else "closed" if "closed" in states else "open"
    (got,) = facts("refunds", refunds=[row])
    assert got["history_ok"] is False


def test_steps_in_one_second_stand_in_the_machines_order(facts):
    names = ("applied_at", "agreed_at", "returned_at", "return_signed_at", "finished_at")
    moments = dict.fromkeys(names, "11-04 12:00")
    (row,) = facts("refunds", refunds=[{**history("return_refund", "applied", "refunded"), **moments}])
    assert (row["history_ok"], row["state"]) == (True, "refunded")


def test_a_refusal_cannot_be_assumed_where_none_is_recorded():
    assert not possible("return_refund", "applied", "returned", "agreed", machine=MACHINE)
    assert possible("return_refund", "applied", "agreed", "refused", "agreed", machine=MACHINE)


def test_the_status_says_the_end_where_no_time_does(facts):
    refunds = [{**history(None, "applied", number=s), "status": s} for s in ("success", "closed", "open")]
    assert [r["state"] for r in facts("refunds", refunds=refunds)] == ["refunded", "closed", "applied"]


def test_every_state_can_be_reached_and_left_unless_it_is_the_end():
    starts, ends = {t.from_ for t in MACHINE.transitions}, {t.to for t in MACHINE.transitions}
    assert ends == set(MACHINE.states) - {"none"}
    assert set(MACHINE.states) - starts == {"refunded", "closed"}


def test_every_transition_names_a_source_that_is_there():
    assert all(t.source and set(t.source) <= set(MACHINE.sources) for t in MACHINE.transitions)


def test_texts_are_there_in_both_languages():
    texts = [MACHINE.default_rule, *(s.title for s in MACHINE.states.values())]
    texts += [text for t in MACHINE.transitions for text in (t.when, t.action)]
    assert all(text.en.isascii() and not text.zh.isascii() for text in texts)


def test_stages_say_who_held_the_clock_and_how_long():
    cases = [history("refund_only", "applied", "agreed", "refunded", number=f"r{n}") for n in range(3)]
    cases[2]["finished_at"] = "11-04 18:00"
    cases += [
        {**history("refund_only", "applied", "agreed", "refunded", number="early"), "applied_at": "10-01 12:00"},
        history("refund_only", "applied", "refunded", "agreed", number="impossible") | {"status": "success"},
        history("refund_only", "applied", "agreed", number="open"),
    ]
    cases[3] |= {"agreed_at": "10-01 13:00", "finished_at": "10-01 14:00"}
    refunds = build(shop(refunds=cases), Settings(), at("12-01 00:00")).frames["refunds"]
    got = stages(stays(refunds, MACHINE), MACHINE, dt.date(2026, 11, 1), dt.date(2026, 11, 30)).rows()
    assert got == [
        ("applied", "agreed", "seller", 3, 3 * 3600, 3600, 3600),
        ("agreed", "refunded", "seller", 3, 7 * 3600, 3600, 5 * 3600),
    ]


def test_stages_of_no_cases_are_none():
    refunds = build(shop(refunds=[]), Settings(), at("12-01 00:00")).frames["refunds"]
    assert stages(stays(refunds, MACHINE), MACHINE, dt.date(2026, 11, 1), dt.date(2026, 11, 30)).is_empty()


def test_the_page_on_facts_shows_the_machine_as_it_is():
    page = (Path(__file__).parents[2] / "docs" / "facts.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in page if line.startswith("|")]
    steps = [
        f"| {t.from_} | {t.to} | {', '.join(t.actor)} | {t.when.en} | {t.action.en} | {', '.join(t.kinds)} |"
        for t in MACHINE.transitions
    ]
    names = [f"| {name} | {spec.title.en} | {spec.title.zh} |" for name, spec in MACHINE.states.items()]
    assert rows[-len(steps) :] == steps
    assert all(row.startswith(name) for row, name in zip(rows[2:], names, strict=False))
