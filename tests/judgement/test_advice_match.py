from __future__ import annotations

import pytest
from stand_ins import TEXT, pack, result

from shopscore.advice import because, diagnosis_row, match
from shopscore.model import Driver, Measurement, Target

COLUMNS = {
    "value": "number", "target": "number", "gap": "number", "previous_value": "number", "worse": "flag",
    "unknown_share": "number", "verdict": "text", "status": "text", "top_carrier": "text",
    "top_carrier_excess": "number", "ship": "number", "reply": "number",
}  # fmt: skip


def piece(name, metric="ship", when="value < target", **changes):
    needed = {"id": name, "metric": metric, "when": when, "do": TEXT, "effort": "hours", "source": ["s"]}
    return needed | changes


def judged(name="demo.ship", value=0.9, goal=0.97, **changes):
    found = {"drivers": (Driver("carrier", "slow", 60, 100, 35, 0.6), Driver("carrier", "two", 80, 100, 9, 0.1))}
    return result(name, value, target=Target(goal, "published"), verdict="fail", **(found | changes))


def ids(advice, results, **named):
    return [each.id for each in match(pack(advice=advice).advice, results, COLUMNS, **named)]


def test_a_row_tells_what_was_found():
    about = judged(measurement=Measurement("measured", None, value=0.9, numerator=90, denominator=100,
                                           rows=(90, 100), unknown=25, pending=4))  # fmt: skip
    row = diagnosis_row(about, {"demo.ship": about, "demo.reply": result("demo.reply", 0.5)}, 0.95)
    assert row["gap"] == pytest.approx(0.07)
    assert row["worse"] is True
    assert (row["ship"], row["reply"], row["previous_value"]) == (0.9, 0.5, 0.95)
    assert (row["unknown"], row["pending"], row["unknown_share"]) == (25, 4, 0.2)
    assert (row["status"], row["verdict"]) == ("measured", "fail")
    assert (row["top_carrier"], row["top_carrier_excess"]) == ("slow", 0.6)
    assert "top_region" not in row


def test_gap_and_worse_follow_the_direction():
    hours = judged(value=10.0, goal=8.0, better="lower", unit="hours")
    assert diagnosis_row(hours, {}, 12.0)["gap"] == 2.0
    assert diagnosis_row(hours, {}, 12.0)["worse"] is False
    assert diagnosis_row(hours, {}, 8.0)["worse"] is True
    assert diagnosis_row(hours, {})["worse"] is None
    assert diagnosis_row(judged(value=None), {}, 8.0)["gap"] is None


def test_a_fall_that_chance_may_explain_is_none():
    found = judged(measurement=Measurement("measured", None, value=0.9, interval=(0.85, 0.94)))
    assert diagnosis_row(found, {}, 0.93)["worse"] is False
    assert diagnosis_row(found, {}, 0.95)["worse"] is True
    hours = judged(better="lower", measurement=Measurement("measured", None, value=9.0, interval=(8.0, 10.0)))
    assert diagnosis_row(hours, {}, 8.5)["worse"] is False
    assert diagnosis_row(hours, {}, 7.5)["worse"] is True


def test_an_unscored_value_has_no_gap():
    row = diagnosis_row(judged(status="too_few"), {}, 0.99)
    assert (row["value"], row["gap"], row["worse"]) == (0.9, None, None)


def test_advice_fits_when_its_condition_holds():
    advice = [
        piece("SHIP-1", when="value < target AND top_carrier_excess > 0.4"),
        piece("SHIP-2", when="value < target AND top_carrier_excess > 0.7"),
        piece("SHIP-3", when="worse"),
        piece("SHIP-4", when="NOT worse"),
        piece("SHIP-5", when="reply < 0.6"),
        piece("SHIP-6", metric="elsewhere"),
    ]
    others = [judged(), result("demo.reply", 0.5)]
    assert ids(advice, others) == ["SHIP-1", "SHIP-5"]
    assert ids(advice, others, previous={"demo.ship": 0.95}) == ["SHIP-1", "SHIP-3", "SHIP-5"]


def test_a_blank_never_fits():
    advice = [piece("SHIP-1"), piece("SHIP-2", when="NOT value < target")]
    assert ids(advice, [judged(value=None)]) == []


def test_because_lists_the_names_asked_with_their_values():
    advice = pack(advice=[piece("SHIP-1", when="value < target AND (top_carrier = 'slow' OR worse)")]).advice
    (found,) = match(advice, [judged(value=0.123456789)], COLUMNS)
    assert found.because == (("target", "0.97"), ("top_carrier", "slow"), ("value", "0.123457"), ("worse", ""))
    assert because(["worse", "n"], {"worse": True, "n": 3}) == (("n", "3"), ("worse", "true"))


def test_the_worst_shortfall_first_then_the_least_effort_and_warnings_last():
    advice = [
        piece("A-1", compliance="prohibited", compliance_reason=TEXT, effort="minutes"),
        piece("B-1", metric="reply", when="value < 1", effort="minutes"),
        piece("C-1", effort="weeks"),
        piece("D-1", effort="minutes"),
        piece("E-1", effort="minutes", compliance="risky"),
        piece("F-1", metric="unranked", when="value < 1"),
    ]
    results = [judged(), judged("demo.reply"), judged("demo.unranked")]
    ranked = ("demo.ship", "demo.reply")
    expected = ["D-1", "E-1", "C-1", "B-1", "F-1", "A-1"]
    assert ids(advice, results, ranked=ranked) == expected
    assert ids(advice[::-1], results[::-1], ranked=ranked) == expected


def test_what_a_pack_says_of_advice_is_carried():
    side = {"en": "raises the refund rate", "zh": "会推高退款率"}
    advice = pack(advice=[piece("A-1", compliance="risky", compliance_reason=TEXT, side_effects=[side])]).advice
    (found,) = match(advice, [judged()], COLUMNS)
    assert (found.metric, found.effort, found.compliance, found.source) == ("demo.ship", "hours", "risky", ("s",))
    assert found.compliance_reason.zh == "文字"
    assert found.side_effects[0].zh == "会推高退款率"
