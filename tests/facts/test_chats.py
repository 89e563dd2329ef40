from __future__ import annotations

import pytest
from facts_world import Settings, at, chat

from shopscore.ruleset.pack import ServiceHours


def said(sender, sent, buyer="b", **cells):
    return {"buyer_id": buyer, "sender": sender, "sent_at": f"11-02 {sent}" if len(sent) <= 8 else sent, **cells}


def replies(rows):
    return [row["reply_seconds"] for row in rows]


def test_trap_2_the_clock_runs_from_the_first_unanswered_line(facts):
    messages = [
        said("buyer", "10:10:15"),
        said("buyer", "10:15:20"),
        said("human", "10:18:10"),
        said("buyer", "10:18:30"),
        said("human", "10:19:00"),
    ]
    rows = facts("rounds", messages=messages)
    assert replies(rows) == [475, 30]
    assert [row["first_of_day"] for row in rows] == [True, False]


def test_trap_6_an_automatic_answer_is_none(facts):
    messages = [
        said("buyer", "10:00:00"),
        said("auto", "10:00:01"),
        said("bot", "10:00:02", bot_mode="auto"),
        said("bot", "10:00:03", bot_mode="assist"),
        said("human", "10:04:00", agent_id="小王"),
    ]
    assert replies(facts("rounds", messages=messages)) == [240]
    assist = Settings(chat=chat(answers=["human", "assist_bot"]))
    assert replies(facts("rounds", settings=assist, messages=messages)) == [3]
    assert replies(facts("buyer_days", settings=assist, messages=messages)) == [3]


def test_trap_7_the_platforms_own_lines_take_no_part(facts):
    messages = [said("official", "10:00:00"), said("system", "10:00:01"), said("buyer", "10:01:00")]
    (row,) = facts("rounds", messages=messages)
    assert (row["asked_at"], row["is_answered"]) == (at("11-02 10:01:00"), False)


@pytest.mark.parametrize("flag", ["is_blocked", "is_recalled", "no_reply_needed"])
def test_a_line_is_ignored_only_where_the_pack_says_so(facts, flag):
    messages = [said("buyer", "10:00:00", **{flag: True}), said("buyer", "10:05:00"), said("human", "10:06:00")]
    assert replies(facts("rounds", messages=messages)) == [360]
    assert replies(facts("rounds", settings=Settings(chat=chat(ignored=[flag])), messages=messages)) == [60]


def test_an_answer_in_the_same_second_is_a_reply_in_no_time(facts):
    messages = [said("human", "10:00:00"), said("buyer", "10:00:00")]
    assert replies(facts("rounds", messages=messages)) == [0]


def test_a_line_in_the_second_of_an_answer_joins_the_round_it_answers(facts):
    messages = [said("buyer", "10:00:00"), said("human", "10:01:00"), said("buyer", "10:01:00")]
    assert replies(facts("rounds", messages=messages)) == [60]


def test_an_unanswered_chain_until_midnight_is_one_failed_round(facts):
    messages = [said("buyer", "23:50:00"), said("buyer", "23:59:59"), said("human", "11-03 00:00:00")]
    (row,) = facts("rounds", messages=messages)
    assert (row["is_answered"], row["reply_seconds"], row["answered_in_service_hours"]) == (False, None, False)
    assert row["closes_at"] == at("11-03 00:00")


def test_midnight_opens_a_new_round_although_the_old_one_is_open(facts):
    messages = [said("buyer", "23:59:59"), said("buyer", "11-03 00:00:00"), said("human", "11-03 00:00:10")]
    rows = facts("rounds", messages=messages)
    assert replies(rows) == [None, 10]
    assert [row["first_of_day"] for row in rows] == [True, True]


@pytest.mark.parametrize(
    ("asked", "inside"), [("08:59:59", False), ("09:00:00", True), ("20:59:59", True), ("21:00:00", False)]
)
def test_trap_4_the_opening_second_is_in_and_the_closing_one_out(facts, asked, inside):
    for fact in ("rounds", "buyer_days"):
        (row,) = facts(fact, messages=[said("buyer", asked)])
        assert row["in_service_hours"] is inside


@pytest.mark.parametrize(
    ("opens", "closes", "asked", "inside"),
    [
        ("08:00", "24:00", "23:59:59", True),
        ("00:00", "24:00", "00:00:00", True),
        ("20:00", "02:00", "01:59:59", True),
        ("20:00", "02:00", "02:00:00", False),
    ],
)
def test_hours_may_run_to_or_over_midnight(facts, opens, closes, asked, inside):
    settings = Settings(service_hours=ServiceHours(opens=opens, closes=closes))
    assert facts("rounds", settings=settings, messages=[said("buyer", asked)])[0]["in_service_hours"] is inside


def test_without_hours_nobody_can_say_what_lies_inside(facts):
    (row,) = facts("rounds", settings=Settings(service_hours=None), messages=[said("buyer", "10:00:00")])
    assert (row["in_service_hours"], row["answered_in_service_hours"]) == (None, None)


def test_trap_5_asked_before_and_answered_inside_the_hours_is_told_apart(facts):
    (row,) = facts("rounds", messages=[said("buyer", "08:56:00"), said("human", "09:01:00")])
    assert (row["in_service_hours"], row["answered_in_service_hours"]) == (False, True)


def test_the_answering_agent_has_the_round_else_the_one_it_was_assigned(facts):
    messages = [
        said("buyer", "10:00:00", agent_id="甲"),
        said("human", "10:00:10", agent_id="乙"),
        said("buyer", "10:05:00", agent_id="甲"),
    ]
    assert [row["agent_id"] for row in facts("rounds", messages=messages)] == ["乙", "甲"]


def test_trap_8_blank_means_an_agent_was_online(facts):
    messages = [said("buyer", "10:00:00", agent_online=None), said("buyer", "10:00:00", "c", agent_online=False)]
    for fact in ("rounds", "buyer_days"):
        assert [row["agent_online"] for row in facts(fact, messages=messages)] == [True, False]


def test_a_buyer_day_counts_once_and_keeps_its_slowest_round(facts):
    messages = [
        said("buyer", "09:00:00"),
        said("human", "09:00:10"),
        said("buyer", "10:00:00"),
        said("human", "10:10:00"),
        said("buyer", "11:00:00"),
        said("buyer", "11-03 09:00:00"),
    ]
    first, second = facts("buyer_days", messages=messages)
    assert (first["reply_seconds"], first["round_count"]) == (10, 3)
    assert (first["slowest_reply_seconds"], first["unanswered_count"]) == (600, 1)
    assert first["buyer_day_id"] == "b@2026-11-02"
    assert (second["answered_at"], second["round_count"], second["unanswered_count"]) == (None, 1, 1)


def test_a_day_without_a_question_is_no_buyer_day(facts):
    assert facts("buyer_days", messages=[said("human", "09:00:00")]) == []


def test_a_buyers_grade_is_that_of_the_newest_order(facts):
    orders = [
        {"order_id": n, "created_at": t, "buyer_id": "b", "buyer_level": level}
        for n, t, level in (("1", "11-01 09:00", "L2"), ("2", "11-03 09:00", "L4"), ("3", "11-05 09:00", None))
    ]
    messages = [said("buyer", "09:00:00"), said("buyer", "09:00:00", "c")]
    grades = {r["buyer_id"]: r["buyer_level"] for r in facts("buyer_days", orders=orders, messages=messages)}
    assert grades == {"b": "L4", "c": None}


def test_rounds_know_their_conversation_and_their_number(facts):
    (row,) = facts("rounds", messages=[said("buyer", "09:00:00", session_id="S")])
    assert (row["session_id"], row["round_id"]) == ("S", "b@2026-11-02 09:00:00")
    assert (row["hour"], row["weekday"]) == (9, 1)


EIGHT_TO_ELEVEN = Settings(chat=chat(), service_hours=ServiceHours(opens="08:00", closes="23:00"))


def day_of(facts, messages, settings=EIGHT_TO_ELEVEN):
    (row,) = facts("buyer_days", settings=settings, messages=messages)
    return row


def test_a_day_counts_the_rounds_inside_the_hours_apart(facts):
    messages = [
        said("buyer", "07:00:00"),
        said("human", "07:30:00"),
        said("buyer", "08:00:00"),
        said("human", "08:03:00"),
        said("buyer", "22:59:59"),
        said("human", "23:00:59"),
        said("buyer", "23:00:59"),
    ]
    row = day_of(facts, messages)
    assert (row["round_count"], row["unanswered_count"], row["slowest_reply_seconds"]) == (3, 0, 1800)
    assert (row["service_round_count"], row["service_unanswered_count"]) == (2, 0)
    assert row["service_slowest_reply_seconds"] == 180
    assert (row["asked_at"], row["asked_in_service_at"]) == (at("11-02 07:00"), at("11-02 08:00"))


def test_a_question_asked_before_the_hours_counts_from_its_first_line_inside(facts):
    messages = [
        said("buyer", "07:59:00"),
        said("buyer", "08:05:00"),
        said("buyer", "08:06:00"),
        said("human", "08:20:00"),
    ]
    row = day_of(facts, messages)
    assert (row["service_round_count"], row["service_slowest_reply_seconds"]) == (1, 900)
    assert row["asked_in_service_at"] == at("11-02 08:05")


def test_a_day_without_a_line_inside_the_hours_has_no_round_there(facts):
    row = day_of(facts, [said("buyer", "07:59:59"), said("human", "08:10:00"), said("buyer", "23:00:00")])
    assert (row["service_round_count"], row["service_unanswered_count"]) == (0, 0)
    assert (row["service_slowest_reply_seconds"], row["asked_in_service_at"]) == (None, None)


def test_one_unanswered_round_inside_the_hours_is_seen(facts):
    row = day_of(facts, [said("buyer", "09:00:00"), said("human", "09:00:10"), said("buyer", "22:00:00")])
    assert (row["service_round_count"], row["service_unanswered_count"]) == (2, 1)
    assert row["service_slowest_reply_seconds"] == 10


def test_without_hours_no_round_is_known_to_lie_inside(facts):
    row = day_of(facts, [said("buyer", "09:00:00")], Settings(service_hours=None))
    names = ("service_round_count", "service_unanswered_count", "asked_in_service_at", "service_slowest_reply_seconds")
    assert [row[name] for name in names] == [None] * 4


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([said("buyer", "09:00:00"), said("bot", "09:00:01", bot_mode="auto"), said("auto", "09:00:02")], (0, 2, True)),
        ([said("buyer", "09:00:00"), said("bot", "09:00:01"), said("human", "09:02:00")], (1, 1, False)),
        ([said("human", "08:30:00"), said("buyer", "09:00:00"), said("bot", "09:00:01")], (1, 1, False)),
        ([said("auto", "08:30:00"), said("buyer", "09:00:00")], (0, 0, False)),
        ([said("buyer", "09:00:00"), said("system", "09:00:01")], (0, 0, False)),
        ([said("buyer", "09:00:00"), said("bot", "09:00:01", bot_mode="assist")], (0, 1, True)),
    ],
)
def test_a_buyer_whom_only_machines_answered_is_known(facts, lines, counts):
    row = day_of(facts, lines)
    assert (row["human_count"], row["machine_count"], row["is_machine_only"]) == counts


def test_an_assisting_bot_that_counts_as_a_person_is_none_of_the_machines(facts):
    settings = Settings(chat=chat(answers=["human", "assist_bot"]))
    row = day_of(facts, [said("buyer", "09:00:00"), said("bot", "09:00:01", bot_mode="assist")], settings)
    assert (row["human_count"], row["machine_count"], row["is_machine_only"]) == (1, 0, False)


@pytest.mark.parametrize(
    ("lines", "served"),
    [
        ([said("buyer", "09:00:00"), said("bot", "09:00:00")], True),
        ([said("buyer", "09:00:00"), said("bot", "09:00:01"), said("buyer", "09:00:02")], False),
        ([said("buyer", "09:00:00"), said("auto", "09:00:01")], False),
        ([said("buyer", "09:00:00"), said("bot", "09:00:01"), said("auto", "09:00:02")], True),
        ([said("buyer", "09:00:00"), said("bot", "09:00:01"), said("human", "09:00:02")], False),
        ([said("buyer", "09:00:00")], False),
    ],
)
def test_a_bot_served_whom_it_left_no_question_and_no_person(facts, lines, served):
    assert day_of(facts, lines)["is_bot_served"] is served


@pytest.mark.parametrize(
    ("opens", "closes", "end"),
    [("08:00", "23:00", "11-02 23:00"), ("09:00", "24:00", "11-03 00:00"), ("20:00", "02:00", "11-03 00:00")],
)
def test_a_day_ends_with_its_service_hours_and_at_midnight(facts, opens, closes, end):
    hours = Settings(service_hours=ServiceHours(opens=opens, closes=closes))
    row = day_of(facts, [said("buyer", "09:30:00")], hours)
    assert (row["service_closes_at"], row["closes_at"]) == (at(end), at("11-03 00:00"))
    assert day_of(facts, [said("buyer", "09:30:00")], Settings(service_hours=None))["service_closes_at"] is None


def test_a_days_counts_are_its_own(facts):
    messages = [
        said("buyer", "09:00:00"),
        said("bot", "09:00:01"),
        said("buyer", "11-03 09:00:00"),
        said("human", "11-03 09:00:05"),
        said("buyer", "10:00:00", "c"),
    ]
    rows = facts("buyer_days", settings=EIGHT_TO_ELEVEN, messages=messages)
    assert {(row["buyer_id"], row["asked_at"].day): row["is_machine_only"] for row in rows} == {
        ("b", 2): True,
        ("b", 3): False,
        ("c", 2): False,
    }
