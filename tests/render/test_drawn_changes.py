"""What the page draws of changes, of fixes taken together and of what was tried: places that agree with the figures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from shopscore import saved
from shopscore.model import Effect, MovedSegment, Movement, Period, Worked
from shopscore.render import html
from shopscore.render.html import joints, tried, waterfall

GOLDEN = Path(__file__).parents[1] / "end_to_end" / "golden" / "report.json"
DAYS = (dt.date(2026, 9, 23), dt.date(2026, 10, 22))


@pytest.fixture(scope="module")
def report():
    """The report of the sample shops."""
    return saved.read(GOLDEN.read_text(encoding="utf-8"), GOLDEN.name)


@pytest.fixture
def metric(report):
    """A share, the higher the better."""
    return next(
        each
        for shop in report.shops
        for each in shop.metrics
        if each.unit == "rate" and each.better == "higher" and each.id in shop.shortfalls
    )


def moved(mix, *rates, simpson=False):
    """A change whose parts are known."""
    segments = tuple(
        MovedSegment(f"s{at}", (0.5, 0.4), (0.9, 0.8), mix / len(rates), rate) for at, rate in enumerate(rates)
    )
    difference = mix + sum(rates)
    return Movement(DAYS, 0.9, 0.9 + difference, difference, None, True, "carrier", mix, sum(rates), segments, simpson)


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
@pytest.mark.parametrize("rates", [(-0.03, -0.01), (0.02, -0.05), (-0.01,) * 9])
def test_steps_lead_from_the_value_before_to_the_value_now(metric, lang, rates):
    steps = waterfall.steps(replace(metric, change=moved(-0.02, *rates)), lang)
    assert (steps[0].turn, steps[-1].turn) == ("end", "end")
    at = steps[0].left
    for step in steps[1:-1]:
        assert 0 <= step.left <= step.right <= waterfall.WIDTH
        left, right = (step.left, step.right) if step.turn == "better" else (step.right, step.left)
        assert left == pytest.approx(at, abs=0.11)
        at = right
        assert step.text[0] == ("+" if step.turn == "better" else "\u2212")
    assert at == pytest.approx(steps[-1].left, abs=0.11)
    assert len(steps) == 3 + min(len(rates), 5) + (len(rates) > 5)


def test_more_of_what_is_better_low_is_worse(metric):
    steps = waterfall.steps(replace(metric, better="lower", change=moved(0.02, 0.03)), "en")
    assert [step.turn for step in steps] == ["end", "worse", "worse", "end"]
    assert [step.text[0] for step in steps[1:-1]] == ["+", "+"]


@pytest.mark.parametrize("changed", [{"beyond_chance": False}, {"dimension": None, "mix": None}])
def test_chance_and_what_comes_from_nowhere_are_not_drawn(metric, changed):
    assert waterfall.steps(replace(metric, change=replace(moved(-0.02, -0.03), **changed)), "en") == ()
    assert waterfall.steps(replace(metric, change=None), "en") == ()


def test_a_fix_takes_no_more_after_others_than_by_itself(report):
    drawn = [(shop, list(joints.steps(shop, "en"))) for shop in report.shops]
    assert sum(bool(joints.sentences(shop, "en")) for shop, _ in drawn) > 1
    for shop, lines in drawn:
        assert len(lines) == (len(shop.together.steps) if shop.together else 0)
        for line in lines:
            assert 0 <= line.part <= line.whole <= 100
            assert shop.shortfalls[line.number - 1] == line.metric


def effect(metric, before, after, answer):
    period = [Period(*DAYS, value, (value - 0.02, value + 0.02), 100) for value in (before, after)]
    return Effect(
        DAYS[1], "<b>night shift</b>", metric.id, 20, *period, after - before, (-0.01, 0.09), "better", answer
    )


def test_both_sides_and_the_target_stand_on_one_scale(report, metric):
    target = metric.target.value
    shop = next(shop for shop in report.shops if metric in shop.metrics)
    done = effect(metric, target - 0.1, target, "worked")
    applied = Worked("SHIP-02", metric.id, DAYS[1], DAYS[1], "kept", done)
    early = Worked("SHIP-03", metric.id, DAYS[1], dt.date(2026, 12, 31), "too_early")
    kept, soon, measure = tried.trials(replace(shop, effects=(done,), applied=(applied, early)), "en")
    assert (kept.kind, soon.kind, measure.kind) == ("good", "open", "good")
    assert kept.sides.before.value < kept.sides.after.value == kept.sides.target
    assert kept.sides.before.low < kept.sides.before.value < kept.sides.before.high
    assert "points" in kept.difference
    assert (soon.sides, soon.before, soon.difference) == (None, "-", "-")
    assert "2026-12-31" in soon.answer


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_the_page_has_them_and_names_stay_text(report, metric, lang):
    shop = next(shop for shop in report.shops if metric in shop.metrics)
    changed = replace(metric, change=moved(-0.02, -0.03))
    done = effect(metric, 0.8, 0.7, "harmed")
    shop = replace(shop, effects=(done,), metrics=tuple(changed if each is metric else each for each in shop.metrics))
    text = html.render(replace(report, shops=(shop,)), lang)
    body = text[: text.index('<script type="application/json"')]
    assert body.count('<table class="fall">') >= 1
    assert body.count('<table class="tried">') == 1
    assert "&lt;b&gt;night shift" in body
    assert "<b>" not in body
