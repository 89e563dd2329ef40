from __future__ import annotations

import pytest
from stand_ins import TEXT, metric, pack, result

from shopscore.advice import because, diagnosis_row, match, ordered
from shopscore.model import Driver, Measurement, Target
from shopscore.render.because import sentence, side_effect
from shopscore.ruleset.diagnosis_columns import diagnosis_columns

METRIC = metric()

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


def ids(advice, results, ranked=(), **named):
    found = match(pack(advice=advice).advice, results, COLUMNS, **named)
    return [each.id for each in ordered(found, ranked)]


def test_a_row_tells_what_was_found():
    about = judged(measurement=Measurement("measured", None, value=0.9, numerator=90, denominator=100,
                                           rows=(90, 100), unknown=25, pending=4))  # fmt: skip
    row = diagnosis_row(about, {"demo.ship": about, "demo.reply": result("demo.reply", 0.5)})
    assert row["gap"] == pytest.approx(0.07)
    assert (row["ship"], row["reply"], row["previous_value"], row["worse"]) == (0.9, 0.5, None, None)
    assert (row["unknown"], row["pending"], row["unknown_share"]) == (25, 4, 0.2)
    assert (row["status"], row["verdict"]) == ("measured", "fail")
    assert (row["top_carrier"], row["top_carrier_excess"]) == ("slow", 0.6)
    assert "top_region" not in row


def test_a_gap_follows_the_direction():
    assert diagnosis_row(judged(value=10.0, goal=8.0, better="lower", unit="hours"), {})["gap"] == 2.0
    assert diagnosis_row(judged(value=None), {})["gap"] is None


def test_an_unscored_value_has_no_gap():
    row = diagnosis_row(judged(status="too_few"), {})
    assert (row["value"], row["gap"]) == (0.9, None)


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
    assert ids(advice, others, more={"demo.ship": {"previous_value": 0.95, "worse": True}}) == [
        "SHIP-1",
        "SHIP-3",
        "SHIP-5",
    ]


def test_a_blank_never_fits():
    advice = [piece("SHIP-1"), piece("SHIP-2", when="NOT value < target")]
    assert ids(advice, [judged(value=None)]) == []


def test_because_lists_the_names_asked_with_their_values():
    advice = pack(advice=[piece("SHIP-1", when="value < target AND (top_carrier = 'slow' OR worse)")]).advice
    (found,) = match(advice, [judged(value=0.123456789)], COLUMNS)
    assert found.because == (("target", "0.97"), ("top_carrier", "slow"), ("value", "0.123457"), ("worse", ""))
    assert because(["worse", "n"], {"worse": True, "n": 3}) == (("n", "3"), ("worse", "true"))


def test_reasons_are_the_names_that_made_it_true_and_of_an_or_only_the_true_side():
    advice = pack(advice=[piece("A-1", when="gap > 0 AND (top_carrier_excess > 0.4 OR worse OR reply > 1)")]).advice
    (found,) = match(advice, [judged(), result("demo.reply", 0.5)], COLUMNS)
    assert [(each.column, each.number, each.text) for each in found.reasons] == [
        ("gap", pytest.approx(0.07), None), ("top_carrier_excess", 0.6, None),
    ]  # fmt: skip
    (fell,) = match(advice, [judged(drivers=())], COLUMNS, more={"demo.ship": {"previous_value": 0.95, "worse": True}})
    assert [(each.column, each.number, each.text) for each in fell.reasons] == [
        ("gap", pytest.approx(0.07), None), ("previous_value", 0.95, None), ("worse", None, "true"),
    ]  # fmt: skip


def test_what_else_was_found_of_a_metric_can_be_asked_and_is_said():
    columns = diagnosis_columns(pack([METRIC]))
    advice = pack(advice=[piece("A-1", when="receiving_share_of_time > 0.3 AND staffing_removed > 0.2")]).advice
    assert match(advice, [judged()], columns) == ()
    more = {"demo.ship": {"staffing_removed": 0.63, "receiving_share_of_time": 0.4}}
    (found,) = match(advice, [judged()], columns, more=more)
    assert sentence(found, judged(), "en") == (
        "because 40% of the refund time is returns that have arrived and wait for you, "
        "one more agent in the worst shift would spare 63% of them"
    )


@pytest.mark.parametrize(
    ("driver", "changes", "said"),
    [
        (
            Driver("hour", "20", 40, 100, 50, 0.5),
            {"measurement": Measurement("measured", None, value=0.8, numerator=480, denominator=600)},
            "because 50% of the misses fall on 20:00-20:59 (60% there, 12% elsewhere)",
        ),
        (
            Driver("carrier", "slow", 30, 100, 22, 0.4),
            {"better": "lower", "measurement": Measurement("measured", None, value=0.1, numerator=50, denominator=500)},
            "because 60% of the misses fall on carrier slow (30% there, 5.0% elsewhere)",
        ),
        (
            Driver("reason", "size", 12, 14, 7, 0.5),
            {"kind": "count", "better": "lower", "unit": "count",
             "measurement": Measurement("measured", None, value=14, numerator=14, rows=(14, 14))},
            "because 86% of them are reason size",
        ),
        (
            Driver("region", "far", 5000, 50, 900, 0.1),
            {"kind": "mean", "better": "lower", "unit": "hours",
             "measurement": Measurement("measured", None, value=60, numerator=30000, denominator=500)},
            "because region far: 100 h, elsewhere 55.6 h",
        ),
    ],
)  # fmt: skip
def test_the_evidence_is_said_with_what_is_there_and_elsewhere(driver, changes, said):
    about = result("demo.ship", verdict="fail", drivers=(driver,), **changes)
    advice = pack(advice=[piece("A-1", when=f"top_{driver.dimension}_excess > 0")]).advice
    (found,) = match(advice, [about], diagnosis_columns(pack([METRIC])))
    assert sentence(found, about, "en") == said
    assert sentence(found, about, "zh-Hans").startswith("原因：")


def test_the_target_is_said_where_no_table_says_it():
    advice = pack(advice=[piece("A-1", when="value < target")]).advice
    (found,) = match(advice, [judged()], COLUMNS)
    assert sentence(found, judged(), "en") == "because now 90.0%, target >= 97.0%"
    assert not sentence(found, judged(), "en", brief=True)


def test_a_side_effect_tells_how_much_room_this_shop_has():
    side = {"text": {"en": "The rate rises.", "zh": "比率会升。"}, "metric": "reply", "direction": "up"}
    advice = pack(advice=[piece("A-1", side_effects=[side])]).advice

    def touched(value, goal):
        other = result("demo.reply", value, better="lower", target=Target(goal, "published"))
        ((effect,),) = (each.touches for each in match(advice, [judged(), other], COLUMNS))
        return effect.room, side_effect(effect, "en")

    assert touched(0.072, 0.074) == (
        pytest.approx(0.002), "The rate rises: your text is 7.2%, 0.2 points from its target",
    )  # fmt: skip
    assert touched(0.09, 0.074) == (None, "The rate rises: your text is 9.0% and misses its target already")
    assert touched(0.09, None) == (None, "The rate rises: your text is 9.0%")
    assert touched(None, 0.074) == (None, "The rate rises.")


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
    side = {"text": {"en": "raises the refund rate", "zh": "会推高退款率"}}
    advice = pack(advice=[piece("A-1", compliance="risky", compliance_reason=TEXT, side_effects=[side])]).advice
    (found,) = match(advice, [judged()], COLUMNS)
    assert (found.metric, found.effort, found.compliance, found.source) == ("demo.ship", "hours", "risky", ("s",))
    assert found.compliance_reason.zh == "文字"
    assert found.side_effects[0].zh == "会推高退款率"
