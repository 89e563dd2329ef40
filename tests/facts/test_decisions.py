"""When a refund was decided, and the days of decisions."""

import pytest
from facts_world import at, case


@pytest.mark.parametrize(
    ("cells", "decided"),
    [
        ({"agreed_at": "11-05 12:00", "first_refused_at": "11-05 09:30"}, "11-05 09:30"),
        ({"agreed_at": "11-05 12:00", "first_response_at": "11-05 18:00"}, "11-05 12:00"),
        ({"agreed_at": "11-05 12:00", "finished_at": "11-05 10:00", "last_actor": "seller"}, "11-05 12:00"),
        ({"finished_at": "11-05 10:00", "last_actor": "seller"}, "11-05 10:00"),
        ({"finished_at": "11-05 10:00", "last_actor": "system"}, None),
        ({"finished_at": "11-05 10:00"}, None),
        ({}, None),
    ],
)
def test_a_case_is_decided_with_the_first_answer(facts, cells, decided):
    (row,) = facts("refunds", refunds=[case(**cells)])
    assert row["decided_at"] == at(decided)
    assert row["decision_hour"] == (None if decided is None else at(decided).hour)


def test_days_of_decisions_are_split_at_noon_and_at_six(facts):
    times = (
        "11-05 00:00",
        "11-05 11:59:59",
        "11-05 12:00",
        "11-05 17:59:59",
        "11-05 18:00",
        "11-05 18:30",
        "11-06 09:00",
    )
    refunds = [case(str(number), agreed_at=time) for number, time in enumerate(times)]
    refunds += [case("open"), case("again", first_refused_at="11-06 15:00")]
    first, second = sorted(facts("decision_days", refunds=refunds), key=lambda row: row["decided_on"])
    assert (first["decision_day_id"], first["decided_on"]) == ("2026-11-05", at("11-05 00:00"))
    counts = ("decision_count", "morning_count", "midday_count", "evening_count", "busiest_hour", "busiest_hour_count")
    assert [first[name] for name in counts] == [6, 2, 2, 2, 18, 2]
    assert [second[name] for name in counts] == [2, 1, 1, 0, 9, 1]


def test_a_shop_without_decisions_has_no_such_day(facts):
    assert facts("decision_days", refunds=[case()]) == []
