"""Examples of conversations that platforms print, and traps they warn of, as literal numbers for oracle and engine."""

from __future__ import annotations

import pytest

from oracle.examples import IN, NOW, says, shop


def chat(*lines, platform="tmall"):
    """A shop of conversations, seen until now by a last line of the system."""
    return shop(platform, NOW, messages=[line for group in lines for line in group])


def test_the_clock_runs_from_the_first_unanswered_line(judge):
    data = chat(
        says("b", "buyer", IN + "10:10:15", IN + "10:15:20"),
        says("b", "human", IN + "10:18:10"),
    )
    assert judge(data, "tmall.ww_3min_rate") == (0, 1)


def test_the_next_line_opens_the_next_round(judge):
    data = chat(
        says("b", "buyer", IN + "10:10:15", IN + "10:15:20", IN + "10:18:30"),
        says("b", "human", IN + "10:18:10", IN + "10:19:00"),
    )
    assert judge(data, "tmall.ww_3min_rate") == (1, 2)


def test_unanswered_until_midnight_is_one_failed_round(judge):
    data = chat(
        says("b", "buyer", IN + "20:00:00", IN + "21:00:00", IN + "22:00:00"),
        says("b", "human", "2026-08-21 08:00:00"),
    )
    assert judge(data, "tmall.ww_3min_rate") == (0, 1)


@pytest.mark.parametrize(
    ("sender", "mode", "hits"),
    [("human", None, 1), ("bot", "assist", 1), ("bot", "auto", 0), ("auto", None, 0), ("official", None, 0)],
)
def test_who_answers_on_tmall(judge, sender, mode, hits):
    data = chat(says("b", "buyer", IN + "10:00:00"), says("b", sender, IN + "10:03:00", bot_mode=mode))
    assert judge(data, "tmall.ww_3min_rate") == (hits, 1)


@pytest.mark.parametrize(
    ("day", "asked", "rounds"),
    [
        ("2026-08-20", "07:59:59", 0),
        ("2026-08-20", "08:00:00", 1),
        ("2026-08-20", "22:59:59", 1),
        ("2026-08-20", "23:00:00", 0),
        ("2022-10-20", "23:00:00", 1),
        ("2022-10-20", "23:59:59", 1),
    ],
)
def test_service_hours_of_tmall_by_version(judge, day, asked, rounds):
    data = shop("tmall", f"{day[:8]}31 10:00:00", messages=says("b", "buyer", f"{day} {asked}"))
    assert judge(data, "tmall.ww_3min_rate") == (0, rounds)


def test_advertising_is_heard_on_neither_side_since_2025(judge):
    data = chat(says("b", "buyer", IN + "10:00:00", is_blocked=True))
    assert judge(data, "tmall.ww_3min_rate") == (0, 0)


def test_a_reply_of_two_hours_counts_ten_minutes_in_the_mean(judge):
    data = chat(
        says("b", "buyer", IN + "10:00:00", IN + "13:00:00", IN + "14:00:00"),
        says("b", "human", IN + "12:00:00", IN + "13:01:00"),
    )
    assert judge(data, "tmall.ww_manual_seconds") == (660, 2)


def test_1688_asks_only_about_the_first_message_of_the_day(judge):
    data = chat(
        says("b", "buyer", IN + "09:00:00", IN + "12:00:00", "2026-08-21 20:59:59"),
        says("b", "human", IN + "09:03:00", "2026-08-21 21:02:59"),
        platform="1688",
    )
    assert judge(data, "1688.ww_3min_rate") == (2, 2)


@pytest.mark.parametrize(("asked", "days"), [("08:59:59", 0), ("09:00:00", 1), ("20:59:59", 1), ("21:00:00", 0)])
def test_service_hours_of_1688(judge, asked, days):
    data = chat(says("b", "buyer", IN + asked), platform="1688")
    assert judge(data, "1688.ww_3min_rate") == (0, days)


def test_1688_takes_no_automatic_reply_for_an_answer(judge):
    data = chat(says("b", "buyer", IN + "10:00:00"), says("b", "auto", IN + "10:00:00"), platform="1688")
    assert judge(data, "1688.ww_3min_rate") == (0, 1)
