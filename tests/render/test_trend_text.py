from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from shopscore.model import Control, ControlDay, Measurement, MetricResult, Shift, SpecialDay, Target, Words
from shopscore.render import trend
from shopscore.render.json import trend as json_trend

DAY = dt.date(2026, 11, 12)
SALE = SpecialDay("double_11", Words("11.11", "双 11"), promotion=True)


def day(number, value, signal=None, **changes):
    given = {"low": 0.02, "high": 0.09, "compared_with": "usual", "special": None} | changes
    return ControlDay(DAY.replace(day=number), value, 120 * value, 120.0, signal=signal, **given)


def metric(control, name="demo.late", better="lower", **changes):
    given = {
        "id": name, "title": Words("Late orders", "超时单"), "why": Words("a", "b"), "dimension": "logistics",
        "definition": "published", "purpose": "score", "kind": "ratio", "unit": "rate", "better": better,
        "measurement": Measurement("measured", None, value=0.05), "target": Target(None, "none"),
        "verdict": "fail", "shortfall": None, "reversibility": "final", "control": control,
    }  # fmt: skip
    return MetricResult(**(given | changes))


@dataclass(frozen=True)
class Shop:
    metrics: tuple
    shortfalls: tuple = ()


def text(*metrics, lang="en", shortfalls=()):
    return [line.text for line in trend.lines(Shop(metrics, shortfalls), lang, 100)]


BAD = Control(0.05, (day(11, 0.05), day(12, 34 / 120, "above")), (), None, 60)
SHIFT = Shift(dt.date(2026, 11, 9), 0.021, 0.048, (0.01, 0.05))


def test_a_bad_day_is_told_with_what_is_usual():
    assert text(metric(BAD)) == ["  - Late orders: 11-12 28.3% (34 of 120), usually 2.0..9.0%"]
    assert "11-12 为 28.3%（120 中 34），通常 2.0..9.0%" in text(metric(BAD), lang="zh-Hans")[0]


def test_a_day_on_the_good_side_is_no_bad_day():
    good = Control(0.05, (day(12, 0.001, "below"),), (), None, 60)
    assert text(metric(good)) == []
    assert json_trend.control(metric(good), "en")["signals"][0]["worse"] is False
    assert text(metric(good, better="higher")) != []


@pytest.mark.parametrize(
    ("better", "said"), [("lower", "worse since 11-09: 2.1% -> 4.8%"), ("higher", "better since 11-09")]
)
def test_a_change_of_level_has_the_metrics_direction(better, said):
    assert said in text(metric(Control(0.048, (day(12, 0.05),), (), SHIFT, 60), better=better))[0]


def test_special_days_are_named_and_what_they_make_unlike():
    sale = Control(
        0.05, (day(11, 0.2, special=SALE, compared_with="none", low=None, high=None),), (), None, 60, (SALE,)
    )
    assert "special days, not compared with usual ones: 11.11 (11-11)" in " ".join(text(metric(sale)))
    assert "no like with like: 11.11" in " ".join(" ".join(text(metric(sale))).split())


def test_five_lines_at_most_the_ranked_metric_first():
    many = [metric(BAD, f"demo.m{number}") for number in range(9)]
    named = metric(BAD, "demo.z", title=Words("First", "第一"))
    lines = text(*many, named, shortfalls=("demo.z",))
    assert len(lines) == 5
    assert "First" in lines[0]
    assert "6 more" in lines[-1]


def test_what_is_only_displayed_or_assumed_raises_no_line():
    assert text(metric(BAD, purpose="display"), metric(BAD, definition="assumed")) == []


def test_one_metric_opened_up_tells_all():
    whole = Control(0.05, BAD.days, ((1, 0.04), (6, 0.08)), SHIFT, 60)
    said = " ".join(trend.of_metric(metric(whole), "en"))
    for part in ("usually 5.0%, from 60 days", "Mondays 4.0%", "difference +1.0..+5.0 (95 %)", "11-12 28.3%"):
        assert part in said
    quiet = " ".join(trend.of_metric(metric(Control(0.05, (day(12, 0.05),), (), None, 60)), "en"))
    assert "no day of the last 1 is out of the ordinary" in quiet
    assert list(trend.of_metric(metric(None), "en")) == []
