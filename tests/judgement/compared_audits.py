"""Reports of one shop made by hand, and what comparing two of them gives."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from shopscore import diff
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

W = Words("late", "迟")
DAY = dt.date(2026, 11, 1)
AT = dt.datetime(2026, 11, 23, 10)


def metric(name="p.late", value=0.05, verdict="pass", *, rows=1000, first=DAY, **changes):
    """A share that should be low, over thirty days."""
    half = 2 * (value * (1 - value) / rows) ** 0.5 + 1e-6
    days = [Day(first + dt.timedelta(days=at), value * rows / 30, rows / 30) for at in range(30)]
    found = Measurement("measured", Window(first, days[-1].day, 30), value, (value - half, value + half),
                        value * rows, rows, trend=tuple(days))  # fmt: skip
    goal = Target(0.1, "published")
    given = MetricResult(
        name, W, W, "d", "published", "score", "ratio", "rate", "lower", found, goal, verdict, None, "final"
    )
    return replace(given, **changes)


def report(*metrics, audit="a", version="1", **changes):
    shop = ShopReport("p", W, "s", AT, "UTC", (), (), Score(None, "none", None, None, 0.0), metrics, (), (), ())
    return Report("1", "1", audit, (RulesUsed("p", version, "x"),), (), (replace(shop, **changes),))


LATER = DAY + dt.timedelta(days=30)


def compared(one, other):
    (shop,) = diff.compare(report(*one), report(*other)).shops
    return shop


def names(changes):
    return [change.id for change in changes]
