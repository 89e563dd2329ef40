from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import metric, pack, result, shop

from shopscore.intervals import wilson
from shopscore.intervals.kinds import meets
from shopscore.model import Measurement, Target
from shopscore.score import banded, counts_for_score, item_score, known_scores, points, score, target, verdict

STARS = {"unit": "stars", "steps": [3, 3.5, 4, 4.5, 5], "source": ["s"]}
CUTOFFS = {"it": {"4": 0.9, "4.5": 0.95, "5": 0.99}}
LIMITS = {"published": {"value": 0.97, "source": ["law"]}, "advisory": {"value": 0.95, "source": ["guide"]}}
GOOD_ORDER = ("fail", "likely_fail", "undecided", "likely_pass", "pass")


def bands():
    return pack(bands=STARS).bands


# ── the target ladder ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "goal"), [(0.5, 0.9), (0.9, 0.95), (0.94, 0.95), (0.96, 0.99), (0.99, 0.99), (1.0, 0.99), (None, 0.9)]
)
def test_the_cutoff_is_the_lowest_band_not_reached(value, goal):
    found = target(metric(targets=LIMITS), value, 0.8, shop(cutoffs=CUTOFFS))
    assert (found.value, found.basis) == (goal, "cutoff")


def test_the_ladder_goes_down_rung_by_rung():
    assert target(metric(targets=LIMITS), 0.9, 0.8, shop()) == Target(0.97, "published", ("law",))
    assert target(metric(targets={"advisory": LIMITS["advisory"]}), 0.9, 0.8, shop()).basis == "advisory"
    assert target(metric(), 0.9, 0.93, shop(), (0.9, 0.95)) == Target(0.93, "own", interval=(0.9, 0.95))
    assert target(metric(), 0.9, None, shop()) == Target(None, "none")


def test_cutoffs_of_a_lower_is_better_metric_run_the_other_way():
    entered = shop(cutoffs={"it": {"5": 12.0, "4": 48.0, "4.5": 24.0}})
    hours = metric("mean", "lower", unit="hours")
    assert [target(hours, value, None, entered).value for value in (72.0, 36.0, 24.0, 5.0)] == [48, 24, 12, 12]
    assert [banded(hours, value, entered, bands()) for value in (72.0, 36.0, 24.0, 5.0)] == [3.5, 4, 4.5, 5]


def test_a_band_that_is_no_number_is_a_target_and_no_score():
    entered = shop(cutoffs={"it": {"达标": 0.95, "gold": 0.99}})
    goals = [target(metric(targets=LIMITS), value, 0.8, entered) for value in (0.9, 0.96, 1.0)]
    assert [(each.value, each.basis) for each in goals] == [(0.95, "cutoff"), (0.99, "cutoff"), (0.99, "cutoff")]
    hours = metric("mean", "lower", unit="hours")
    assert target(hours, 72.0, None, shop(cutoffs={"it": {"达标": 48.0}})).value == 48.0
    assert banded(metric(), 0.96, entered, bands()) is None


# ── the verdict ──────────────────────────────────────────────────────────────────────────────────────────────────


def judged(value, interval, goal, better="higher"):
    return verdict(Measurement("measured", None, value=value, interval=interval), Target(goal, "published"), better)


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        ((0.95, 0.99), "pass"),
        ((0.951, 0.99), "pass"),
        ((0.93, 0.99), "likely_pass"),
        ((0.90, 0.99), "undecided"),
    ],
)
def test_a_good_value_is_judged_by_its_lower_end(interval, expected):
    # 80 % one-sided lies at 0.43 of the way down: 0.97 - 0.43 · 0.04 = 0.953, and 0.97 - 0.43 · 0.07 = 0.940.
    assert judged(0.97, interval, 0.95) == expected


@pytest.mark.parametrize(
    ("interval", "expected"),
    [((0.8, 0.949), "fail"), ((0.8, 0.95), "likely_fail"), ((0.8, 0.97), "likely_fail"), ((0.8, 0.999), "undecided")],
)
def test_a_bad_value_is_judged_by_its_upper_end(interval, expected):
    assert judged(0.92, interval, 0.95) == expected


def test_directions_mirror_each_other():
    assert judged(0.02, (0.01, 0.03), 0.05, "lower") == "pass"
    assert judged(0.08, (0.06, 0.11), 0.05, "lower") == "fail"
    assert judged(0.08, (0.04, 0.11), 0.05, "lower") == "likely_fail"
    assert judged(0.055, (0.03, 0.09), 0.05, "lower") == "undecided"


@pytest.mark.parametrize(
    ("goal", "expected"),
    [((0.01, 0.01), "fail"), ((0.0, 0.014), "fail"), ((0.0, 0.05), "likely_fail"), ((0.0, 0.12), "undecided")],
)
def test_a_target_that_is_not_known_for_sure_takes_part_in_the_doubt(goal, expected):
    # 0.05 - 0.01 = 0.04 against √(0.039² + (0.014 - 0.01)²) = 0.0392, and 0.43 · √(0.039² + 0.04²) = 0.024.
    found = Measurement("measured", None, value=0.05, interval=(0.011, 0.1))
    assert verdict(found, Target(0.01, "own", interval=goal), "lower") == expected


def test_a_count_is_held_against_where_the_best_may_have_been():
    count = Measurement("measured", None, value=12.0)
    assert verdict(count, Target(10.0, "own", interval=(5.0, 13.0)), "lower") == "likely_fail"
    assert verdict(count, Target(10.0, "own"), "lower") == "fail"


def test_a_value_without_interval_is_what_it_is():
    assert judged(12.0, None, 12.0, "lower") == "pass"
    assert judged(12.5, None, 12.0, "lower") == "fail"


def test_nothing_is_said_without_value_target_or_leave():
    value = Measurement("measured", None, value=0.5, interval=(0.4, 0.6))
    assert verdict(value, Target(None, "none"), "higher") == "not_measured"
    assert verdict(value, Target(0.9, "own"), "higher", judged=False) == "not_measured"
    few = Measurement("too_few", None, value=0.5, interval=(0.4, 0.6))
    assert verdict(few, Target(0.9, "own"), "higher") == "not_measured"
    assert verdict(Measurement("no_table", None), Target(0.9, "own"), "higher") == "not_measured"


def test_the_target_itself_is_met_whatever_the_last_bit():
    assert meets(0.09 / 0.1, 0.9, "higher")
    assert meets(0.1 + 0.2, 0.3, "lower")
    assert not meets(0.8999, 0.9, "higher")


@given(st.integers(1, 400), st.floats(0.01, 0.99), st.sampled_from(["higher", "lower"]))
def test_one_more_good_row_never_worsens_the_verdict(rows, goal, better):
    verdicts = [
        GOOD_ORDER.index(judged(hits / rows, wilson(hits / rows, rows), goal, better)) for hits in range(rows + 1)
    ]
    assert verdicts == sorted(verdicts, reverse=better == "lower")


@given(st.integers(0, 50), st.integers(1, 50), st.floats(0.01, 0.99))
def test_more_of_the_same_evidence_never_turns_the_verdict(hits, rows, goal):
    share = min(hits, rows) / rows
    once, often = (GOOD_ORDER.index(judged(share, wilson(share, n), goal)) - 2 for n in (rows, rows * 9))
    assert once * often >= 0
    assert abs(often) >= abs(once)


# ── item scores ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.dictionaries(st.sampled_from(["3.5", "4", "4.5", "5"]), st.floats(0, 1), min_size=1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(["higher", "lower"]),
)
def test_a_better_value_never_gets_a_lower_score(cutoffs, one, two, better):
    worse, good = sorted((one, two), reverse=better == "lower")
    entered = shop(cutoffs={"it": cutoffs})
    low, high = (banded(metric(better=better), value, entered, bands()) for value in (worse, good))
    assert (low or 0) <= (high or 0)


def test_an_entered_score_comes_before_cutoffs():
    entered = shop(scores={"it": 3.0}, cutoffs=CUTOFFS)
    assert item_score(metric(), 1.0, entered, bands()) == 3.0
    assert item_score(metric(), 0.96, shop(cutoffs=CUTOFFS), bands()) == 4.5
    assert item_score(metric(), 0.96, shop(), bands()) is None


def test_below_every_cutoff_stands_the_step_under_them():
    assert banded(metric(), 0.5, shop(cutoffs=CUTOFFS), bands()) == 3.5
    assert banded(metric(), 0.5, shop(cutoffs=CUTOFFS)) is None


def test_points_are_what_the_target_gains():
    entered = shop(cutoffs=CUTOFFS)
    assert points(metric(), 0.92, Target(0.95, "cutoff"), entered, bands()) == 0.5
    assert points(metric(), 0.92, Target(0.95, "published"), shop(), bands()) is None


def test_a_score_is_known_under_the_name_by_which_a_composite_asks_for_it():
    called = {"it": "it_points"}
    assert known_scores([(metric(), 0.95)], shop(cutoffs=CUTOFFS), None, called) == {"it_points": 4.5}
    typed = shop(cutoffs=CUTOFFS, scores={"it_points": 3.5})
    assert known_scores([(metric(), 0.95)], typed, None, called) == {"it_points": 3.5}


def test_known_scores_are_entered_or_from_cutoffs():
    other = metric(id="other")
    entered = shop(scores={"other": 4.0, "elsewhere": 5.0}, cutoffs=CUTOFFS)
    assert known_scores([(metric(), 0.95), (other, 0.1)], entered) == {"it": 4.5, "other": 4.0, "elsewhere": 5.0}


# ── the composite ────────────────────────────────────────────────────────────────────────────────────────────────


def composite(value, **changes):
    return result("demo.all", value, kind="composite", dimension="overall", **changes)


INPUTS = [{"score": "a", "weight": 1.0, "title": {"en": "a", "zh": "a"}}]


def overall():
    return pack([metric("composite", id="all", inputs=INPUTS, dimension="overall")], bands=STARS)


def test_a_displayed_score_is_taken_as_it_is():
    found = score(pack(bands=STARS), [result(value=0.5)], shop(displayed=4.0))
    assert (found.value, found.basis, found.band, found.next_band, found.text) == (4.0, "published", "4", "4.5", None)


def test_bands_end_at_the_top_and_below_the_bottom():
    top = score(pack(bands=STARS), [], shop(displayed=5.0))
    assert (top.band, top.next_band) == ("5", None)
    bottom = score(pack(bands=STARS), [], shop(displayed=2.0))
    assert (bottom.band, bottom.next_band) == (None, "3")


def test_a_composite_of_entered_scores_is_the_score():
    found = score(overall(), [composite(4.66)], shop(scores={"a": 4.66}))
    assert (found.value, found.basis, found.band) == (4.66, "published", "4.5")
    assert score(overall(), [composite(4.66)], shop()).basis == "cutoffs"


def test_raw_values_alone_never_make_a_score():
    found = score(pack(bands=STARS), [result(value=1.0), result("demo.b", 0.99)], shop())
    assert (found.value, found.basis, found.band, found.next_band) == (None, "none", None, None)
    assert "cannot be computed" in found.text.en
    items = score(pack(bands=STARS), [result(value=1.0, score=3.5), result("demo.b", score=5.0)], shop())
    assert items.value is None
    assert "from 3.5 to 5" in items.text.en


def test_assumed_composites_are_no_score():
    assert score(overall(), [composite(4.66, definition="assumed")], shop(scores={"a": 4.66})).value is None


def test_coverage_is_the_share_of_scored_metrics_that_are_measured():
    results = [
        result("demo.a", 0.5),
        result("demo.b", 0.5, status="too_few"),
        result("demo.c", status="no_table"),
        result("demo.d", 0.5),
        result("demo.e", 0.5, definition="assumed"),
        result("demo.f", 0.5, purpose="display"),
        result("demo.g", 0.5, bound_of="a", bound="best_case"),
        result("demo.h", kind="none", status="no_definition", definition="not_found"),
        result("demo.i", status="not_applicable"),
        composite(None, status="no_table"),
    ]
    assert [each.id for each in results if counts_for_score(each)] == ["demo.a", "demo.b", "demo.c", "demo.d"]
    assert score(pack(), results, shop()).coverage == 0.5
    assert score(pack(), [], shop()).coverage == 0.0
