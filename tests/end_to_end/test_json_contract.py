"""The JSON report of the samples fits the published schema, and its numbers the sums that other programs rely on."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from shopscore.render import schema
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

VALIDATOR = Draft202012Validator(schema.schema())
LATER = {
    "": ("trust", "rules_as_of", "structure", "gates", "effects"),
    "metrics": ("currency", "rows", "doubt", "stake", "displayed", "under", "chosen"),
    "due": ("title",),
}
"""Keys that older reports lack, so that the schema cannot ask for them: a report of today has them all."""


def every(value, name):
    """All values under a key, wherever it stands."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == name:
                yield each
            yield from every(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from every(each, name)


def all_metrics(report):
    return [metric for shop in report["shops"] for metric in shop["metrics"]]


def test_every_key_of_the_contract_is_there_with_its_type_and_its_words(report):
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(report)] == []


@pytest.mark.parametrize("place", LATER)
def test_keys_of_later_are_in_every_report_of_today(report, place):
    things = [each for shop in report["shops"] for each in (shop[place] if place else [shop])]
    assert things
    assert [name for name in LATER[place] for each in things if name not in each] == []


def test_the_effect_of_a_measure_has_words_of_its_own(report):
    found = {effect["verdict"] for shop in report["shops"] for effect in shop["effects"]}
    assert found <= {"better", "worse", "no_difference", "too_little_data"}
    assert found


def test_keys_are_sorted_and_the_text_ends_in_one_line_end(json_text):
    def ordered(pairs):
        assert [key for key, _ in pairs] == sorted({key for key, _ in pairs})
        return dict(pairs)

    json.loads(json_text, object_pairs_hook=ordered)
    assert json_text.endswith("}\n")
    assert not json_text.endswith("\n\n")


def test_there_is_no_number_that_json_does_not_know(json_text):
    def refuse(name):
        raise AssertionError(name)

    json.loads(json_text, parse_constant=refuse)


def test_every_row_of_every_file_is_accounted_for(report):
    for account in report["inputs"]:
        parts = [account[name] for name in ("rows_accepted", "rows_duplicate", "rows_refused")]
        assert account["rows_read"] == sum(parts), account["file"]
        assert account["rows_refused"] == sum(refusal["count"] for refusal in account["refusals"]), account["file"]
        assert min(parts) >= 0
    assert sum(account["rows_read"] for account in report["inputs"]) > 10_000


def test_a_value_is_its_numerator_by_its_denominator(report):
    # A damped or capped ratio of counts is none of the two counts alone.
    packs = [loaded.pack for loaded in load_rules([default_rules_dir()]).packs.values()]
    shaped = {f"{pack.platform}.{each.id}" for pack in packs for each in pack.metrics if each.damp or each.cap}
    kinds = ("ratio", "ratio_of")
    found = [each for each in all_metrics(report) if each["kind"] in kinds and each["denominator"]]
    valued = [each for each in found if each["id"] not in shaped]
    assert len(valued) > 10
    for metric in valued:
        assert metric["value"] == metric["numerator"] / metric["denominator"], metric["id"]
        assert metric["rows"]["numerator"] >= 0
        if metric["kind"] == "ratio":
            assert metric["rows"]["numerator"] <= metric["rows"]["denominator"], metric["id"]


def test_a_mean_is_its_sum_by_its_rows(report):
    means = [each for each in all_metrics(report) if each["kind"] == "mean" and each["denominator"]]
    assert means
    for metric in means:
        assert math.isclose(metric["value"], metric["numerator"] / metric["denominator"], rel_tol=1e-12), metric["id"]


def test_an_interval_holds_its_value(report):
    found = [each for each in all_metrics(report) if each["interval"]]
    assert len(found) > 10
    for metric in found:
        low, high = metric["interval"]
        assert low <= metric["value"] <= high, metric["id"]


def test_the_days_of_a_trend_lie_in_the_window_and_add_up(report):
    found = [each for each in all_metrics(report) if each["trend"] and each["kind"] in ("ratio", "mean")]
    assert len(found) > 10
    for metric in found:
        days = [each["day"] for each in metric["trend"]]
        assert days == sorted(set(days)), metric["id"]
        assert metric["window"]["from"] <= days[0], metric["id"]
        assert days[-1] <= metric["window"]["to"], metric["id"]
        total = sum(each["denominator"] for each in metric["trend"])
        assert math.isclose(total, metric["denominator"], rel_tol=1e-9), metric["id"]


def test_rows_inside_the_window_are_all_somewhere(report, explanation):
    """Plain denominator + pending + unknown + excluded = the rows that meet ``where`` on a day of the window."""
    reported = {(shop["shop"], metric["id"]): metric for shop in report["shops"] for metric in shop["metrics"]}
    checked = 0
    for opened in explanation.opened:
        if opened.result.kind != "ratio" or not opened.funnels or opened.result.measurement.rows is None:
            continue
        if opened.result.id.startswith("integrity."):
            continue  # a check of the data is no metric of the report
        metric = reported[opened.shop, opened.result.id]
        (funnel,) = opened.funnels
        steps = [count for _, count in funnel.steps]
        # What counts once a window, and came before, is counted there and nowhere else.
        repeated = sum(count for label, count in funnel.steps if label.en.startswith("counted before"))
        meant = sum(steps[:4]) + repeated
        parts = metric["rows"]["denominator"] + metric["pending"] + metric["unknown"] + sum(metric["excluded"].values())
        assert meant == parts, metric["id"]
        assert metric["undated"] == -steps[2], metric["id"]
        checked += 1
    assert checked > 8


def test_an_explanation_loses_no_row_on_the_way(explanation):
    for opened in explanation.opened:
        for funnel in opened.funnels:
            steps = [count for _, count in funnel.steps]
            assert steps[0] >= 0
            assert all(count <= 0 for count in steps[1:4]), opened.result.id
            ends = 1 if funnel.steps[-1][0].en == "counted" else 2
            assert sum(steps[:-ends]) == sum(steps[-ends:]), opened.result.id


def test_times_are_moments_with_an_offset(report):
    for shop in report["shops"]:
        moments = [*every(shop, "as_of"), *every(shop, "deadline"), *shop["seen_until"].values()]
        assert len(moments) > 3
        for text in moments:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", text)
            moment = dt.datetime.fromisoformat(text)
            own = moment.replace(tzinfo=ZoneInfo(shop["timezone"]))
            assert moment.utcoffset() == own.utcoffset()


def test_clocks_still_running_run_out_later_and_in_order(report):
    for shop in report["shops"]:
        now = dt.datetime.fromisoformat(shop["as_of"])
        assert shop["due"]
        left = [(dt.datetime.fromisoformat(each["deadline"]) - now).total_seconds() / 3600 for each in shop["due"]]
        assert min(left) > 0
        assert left == sorted(left)
        assert left == pytest.approx([each["hours_left"] for each in shop["due"]], abs=0.01)


def test_sources_named_are_told(report):
    named = {name for names in every(report["shops"], "source") for name in names}
    assert named
    assert named <= set(report["sources"])


def test_shortfalls_and_advice_speak_of_metrics_of_the_shop(report):
    for shop in report["shops"]:
        ids = {metric["id"] for metric in shop["metrics"]}
        assert set(shop["shortfalls"]) <= ids
        assert {advice["metric"] for advice in shop["advice"]} <= ids
        assert {each["metric"] for due in shop["due"] for each in due["breaches"]} <= ids
        assert all(name.startswith(f"{shop['platform']}.") for name in ids)
