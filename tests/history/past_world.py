"""Small reports for histories."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from shopscore.model import (
    Day,
    Measurement,
    MetricResult,
    Report,
    RulesUsed,
    Score,
    ShopReport,
    Target,
    Window,
    Words,
)

W = Words("Late orders", "延迟发货")
FIRST = dt.date(2026, 11, 1)


def metric(name="p.late", value=0.05, verdict="pass", day=0):
    """A share over the thirty days before a day."""
    first = FIRST + dt.timedelta(days=day)
    days = tuple(Day(first + dt.timedelta(days=at), value * 40, 40.0) for at in range(30))
    window, ends = Window(first, days[-1].day, 30), (value * 0.8, value * 1.2)
    found = Measurement("measured", window, value, ends, value * 1200, 1200.0, trend=days)
    goal = Target(0.1, "published")
    return MetricResult(
        name, W, W, "d", "published", "score", "ratio", "rate", "lower", found, goal, verdict, None, "final"
    )


def report(day=0, *metrics, audit=None, version="1", shops=("s",), **changes):
    """An audit of a day."""
    as_of = dt.datetime.combine(FIRST + dt.timedelta(days=30 + day), dt.time(10))
    found = metrics or (metric(day=day),)
    title, score = Words("P", "平"), Score(None, "none", None, None, 0.0)
    made = [ShopReport("p", title, shop, as_of, "Asia/Shanghai", (), (), score, found, (), (), ()) for shop in shops]
    rules = (RulesUsed("p", version, "x"),)
    return replace(Report("1.0.0", "0.1.0", audit or f"{day:08d}" + "a" * 56, rules, (), tuple(made)), **changes)
