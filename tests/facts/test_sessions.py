from __future__ import annotations

import pytest
from facts_world import Settings, at, chat
from test_chats import said

from shopscore.ruleset.pack import ServiceHours

JD = Settings(chat=chat(rejoin_minutes=10), service_hours=ServiceHours(opens="09:00", closes="23:00"))


def session(number, started, closed=None, buyer="b", **cells):
    times = {"started_at": f"11-02 {started}", "closed_at": closed and f"11-02 {closed}"}
    return {"session_id": number, "buyer_id": buyer, **times, **cells}


def test_trap_5_the_start_decides_about_the_service_hours(facts):
    messages = [said("buyer", "08:56:00", session_id="S"), said("human", "09:01:00", session_id="S")]
    (row,) = facts("sessions", settings=JD, sessions=[session("S", "08:56:00")], messages=messages)
    assert (row["in_service_hours"], row["reply_seconds"]) == (False, 300)


def test_trap_6_a_session_is_answered_by_a_human(facts):
    messages = [
        said("auto", "09:00:00", session_id="S"),
        said("buyer", "09:00:01", session_id="S"),
        said("auto", "09:00:02", session_id="S"),
        said("human", "09:00:41", session_id="S", agent_id="小王"),
    ]
    (row,) = facts("sessions", settings=JD, messages=messages)
    assert (row["reply_seconds"], row["agent_id"], row["message_count"]) == (40, "小王", 4)
    assert (row["started_at"], row["closed_at"]) == (at("11-02 09:00:00"), at("11-02 09:00:41"))


def test_trap_11_only_the_first_question_of_a_session_counts(facts):
    messages = [
        said("buyer", "09:00:00", session_id="S"),
        said("human", "09:00:10", session_id="S"),
        said("buyer", "09:01:00", session_id="S"),
        said("human", "09:31:00", session_id="S"),
    ]
    assert [row["reply_seconds"] for row in facts("sessions", settings=JD, messages=messages)] == [10]


def test_trap_8_an_offline_shop_has_its_own_state(facts):
    rows = facts("sessions", sessions=[session("S", "09:00:00", is_offline=True), session("T", "10:00:00")])
    assert [row["is_offline"] for row in rows] == [True, False]
    messages = [said("buyer", "09:00:00", agent_online=False), said("buyer", "09:00:00", "c", agent_online=None)]
    rows = {row["buyer_id"]: row["is_offline"] for row in facts("sessions", messages=messages)}
    assert rows == {"b": True, "c": False}


@pytest.mark.parametrize(("again", "count"), [("09:19:59", 1), ("09:20:00", 2)])
def test_trap_10_coming_back_within_ten_minutes_is_the_same_session(facts, again, count):
    sessions = [
        session("S", "09:00:00", "09:10:00", rating=3.0),
        session("T", again, "09:30:00", rating=5.0),
        session("U", "09:12:00", "09:13:00", buyer="c"),
    ]
    messages = [said("buyer", "09:00:00", session_id="S"), said("human", "09:25:00", session_id="T")]
    rows = [r for r in facts("sessions", settings=JD, sessions=sessions, messages=messages) if r["buyer_id"] == "b"]
    assert len(rows) == count
    if count == 1:
        (row,) = rows
        assert (row["session_id"], row["closed_at"], row["rating"]) == ("S", at("11-02 09:30:00"), 5.0)
        assert row["reply_seconds"] == 25 * 60


def test_trap_10_rejoining_goes_on_from_the_last_close(facts):
    sessions = [session("S", "09:00:00", "09:05:00"), session("T", "09:10:00", "09:20:00"), session("U", "09:29:00")]
    (row,) = facts("sessions", settings=JD, sessions=sessions)
    assert row["started_at"] == at("11-02 09:00:00")
    apart = facts("sessions", sessions=sessions)
    assert [r["session_id"] for r in apart] == ["S", "T", "U"]


def test_sessions_without_messages_have_no_question(facts):
    (row,) = facts(
        "sessions", sessions=[session("S", "09:30:00", rating=4.0, agent_id="小王", queued_at="11-02 09:31")]
    )
    assert (row["asked_at"], row["message_count"], row["rating"], row["agent_id"]) == (None, None, 4.0, "小王")
    assert (row["hour"], row["in_service_hours"], row["queued_at"]) == (9, True, at("11-02 09:31"))


def test_the_queue_has_a_clock_of_its_own(facts):
    messages = [said("buyer", "09:00:00", session_id="S"), said("human", "09:05:10", session_id="S")]
    sessions = [session("S", "09:00:00", queued_at="11-02 09:05:00"), session("T", "09:00:00", buyer="c")]
    rows = {r["session_id"]: r for r in facts("sessions", sessions=sessions, messages=messages)}
    assert (rows["S"]["reply_seconds"], rows["S"]["queue_seconds"]) == (310, 10)
    assert rows["T"]["queue_seconds"] is None


def test_lines_without_a_number_belong_to_the_session_open_at_that_moment(facts):
    sessions = [session("S", "09:00:00", "09:30:00"), session("T", "11:00:00", "11:30:00")]
    messages = [
        said("buyer", "09:01:00"),
        said("human", "10:00:00"),
        said("buyer", "11:01:00"),
        said("human", "11:02:00"),
    ]
    rows = {r["session_id"]: r["reply_seconds"] for r in facts("sessions", sessions=sessions, messages=messages)}
    assert rows == {"S": None, "T": 60}


def test_without_numbers_a_day_is_a_session(facts):
    messages = [said("buyer", "09:00:00"), said("buyer", "18:00:00"), said("buyer", "11-03 00:00:00")]
    rows = facts("sessions", messages=messages)
    assert sorted(r["session_id"] for r in rows) == ["b@2026-11-02 09:00:00", "b@2026-11-03 00:00:00"]


def test_a_pause_splits_and_midnight_does_not(facts):
    settings = Settings(chat=chat(session_gap_minutes=30))
    messages = [
        said("buyer", "23:50:00"),
        said("human", "11-03 00:10:00"),
        said("buyer", "11-03 00:39:59"),
        said("buyer", "11-03 01:09:59"),
    ]
    rows = sorted(facts("sessions", settings=settings, messages=messages), key=lambda r: r["started_at"])
    assert [(r["started_at"], r["message_count"]) for r in rows] == [(at("11-02 23:50"), 3), (at("11-03 01:09:59"), 1)]
    assert rows[0]["reply_seconds"] == 20 * 60


def test_an_answer_in_another_session_is_none(facts):
    messages = [said("buyer", "09:00:00", session_id="S"), said("human", "09:00:30", session_id="T")]
    rows = {r["session_id"]: r["reply_seconds"] for r in facts("sessions", messages=messages)}
    assert rows == {"S": None, "T": None}


def test_some_lines_with_a_number_and_some_without(facts):
    messages = [said("buyer", "09:00:00", session_id="S"), said("buyer", "09:05:00"), said("human", "09:06:00")]
    rows = {r["session_id"]: r["reply_seconds"] for r in facts("sessions", messages=messages)}
    assert rows == {"S": None, "b@2026-11-02 09:05:00": 60}


def rounds(facts, messages, sessions=None, settings=JD):
    tables = {"messages": messages} | ({} if sessions is None else {"sessions": sessions})
    return facts("rounds", settings=settings, **tables)


def of_session(row):
    names = ("started_at", "closed_at", "in_service_hours", "is_offline")
    return [row[f"session_{name}"] for name in names]


def test_a_round_knows_the_conversation_it_stands_in(facts):
    sessions = [
        session("S", "08:56:00", "09:30:00", is_offline=False),
        session("T", "10:00:00", "10:30:00", is_offline=True),
    ]
    messages = [
        said("buyer", "08:56:00", session_id="S"),
        said("human", "09:01:00", session_id="S"),
        said("buyer", "10:00:00", session_id="T"),
        said("buyer", "12:00:00", "c", session_id="U"),
    ]
    first, second, other = rounds(facts, messages, sessions)
    assert of_session(first) == [at("11-02 08:56:00"), at("11-02 09:30:00"), False, False]
    assert of_session(second) == [at("11-02 10:00:00"), at("11-02 10:30:00"), True, True]
    assert of_session(other) == [None] * 4


@pytest.mark.parametrize("numbered", [True, False])
def test_a_question_without_a_number_stands_in_the_conversation_open_then(facts, numbered):
    sessions = [session("S", "09:00:00", "09:30:00"), session("T", "10:00:00")]
    number = {"session_id": "S"} if numbered else {}
    messages = [
        said("buyer", "09:00:00", **number),
        said("human", "09:10:00"),
        said("buyer", "09:30:00"),
        said("human", "09:31:00"),
        said("buyer", "09:45:00"),
        said("human", "09:46:00"),
        said("buyer", "10:00:30"),
    ]
    found = [row["session_started_at"] for row in rounds(facts, messages, sessions)]
    assert found == [at("11-02 09:00:00"), at("11-02 09:00:00"), None, at("11-02 10:00:00")]


def test_a_conversation_gone_on_with_began_when_the_first_did(facts):
    sessions = [session("S", "08:55:00", "09:00:00"), session("T", "09:09:59", "09:20:00")]
    messages = [said("buyer", "09:10:00", session_id="T")]
    (row,) = rounds(facts, messages, sessions)
    assert of_session(row)[:3] == [at("11-02 08:55:00"), at("11-02 09:20:00"), False]


def test_conversations_made_of_lines_have_no_recorded_end(facts):
    messages = [said("buyer", "09:10:00", agent_online=False), said("auto", "09:10:02")]
    (row,) = rounds(facts, messages)
    assert of_session(row) == [at("11-02 09:10:00"), None, True, True]
    assert row["wait_seconds"] == (14 * 60 + 50) * 60


@pytest.mark.parametrize(
    ("closed", "answered", "waited"),
    [
        ("09:40:00", "09:30:00", 30 * 60),
        ("09:40:00", None, 40 * 60),
        ("09:00:00", None, 15 * 3600),
        (None, None, 15 * 3600),
        ("11-03 01:00:00", None, 15 * 3600),
    ],
)
def test_an_unanswered_buyer_waits_until_the_conversation_closes_or_midnight(facts, closed, answered, waited):
    sessions = [{"session_id": "S", "buyer_id": "b", "started_at": "11-02 09:00:00"}]
    sessions[0]["closed_at"] = closed and (closed if len(closed) > 8 else f"11-02 {closed}")
    messages = [said("buyer", "09:00:00", session_id="S")]
    messages += [said("human", answered, session_id="S")] if answered else []
    (row,) = rounds(facts, messages, sessions)
    assert row["wait_seconds"] == waited
