"""Where a page shows the first of many, it says how many it leaves out, at every width."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from rich.cells import cell_len

from shopscore.model import (
    Budget,
    Definition,
    Driver,
    Explanation,
    Measurement,
    MetricResult,
    Opened,
    Outlook,
    Report,
    Score,
    Segment,
    ShopReport,
    Target,
    Window,
    Words,
)
from shopscore.render import ahead, explain, text, why

DAY = dt.date(2026, 11, 20)
NAMES = tuple(f"p.m{at:02}" for at in range(13))


def metric(name):
    title = Words(f"Metric {name}", f"指标 {name}")
    found = Measurement("measured", Window(DAY, DAY, 1), 0.5, (0.4, 0.6), 50.0, 100.0)
    causes = tuple(Driver("carrier", f"c{at}", 10.0 + at, 20.0, 5.0, 0.1) for at in range(5))
    way = Outlook(0, DAY, 0.5, None, None, Budget(3, DAY + dt.timedelta(days=3)))
    made = MetricResult(
        name, title, title, "d", "published", "score", "ratio", "rate", "lower", found, Target(0.1, "published"),
        "fail", None, "final",
    )  # fmt: skip
    return replace(made, drivers=causes, outlook=way, consequences=(title, title, title))


SHOP = ShopReport("p", Words("P", "平"), "店", dt.datetime(2026, 11, 20), "Asia/Shanghai", (), (),
                  Score(None, "none", None, None, 0.0), tuple(map(metric, NAMES)), NAMES, (), ())  # fmt: skip
REPORT = Report("1.0.0", "0.1.0", "a" * 64, (), (), (SHOP,))


def said(lines, width):
    found = [line.text for line in lines]
    assert all(cell_len(line) <= width for line in found)
    return "\n".join(line.strip() for line in found)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize(("lang", "more"), [("en", "and {} more"), ("zh", "另有 {} ")])
def test_what_is_left_out_is_counted(lang, more, width):
    brief, whole = (said(text.render(REPORT, lang, width, whole=each), width) for each in (False, True))
    assert more.format(13 - 5) in brief
    assert more.format(13 - 10) in whole
    assert all(f"Metric {name}" in whole or f"指标 {name}" in whole for name in NAMES)
    assert more.format(13 - 5) in said(ahead.soon(SHOP, lang, width), width)
    causes = said(why.lines(SHOP.metrics[:1], lang, width), width)
    assert more.format(5 - 3) in causes
    assert f"shopscore explain {NAMES[0]}" in causes.replace("\n", " ")
    parts = tuple(Segment("carrier", f"c{at}", 1.0, 2.0) for at in range(9))
    opened = Opened("店", SHOP.as_of, SHOP.metrics[0], (), parts, (), (), None, ())
    page = said(explain.render(explain_of(opened), lang, width), width)
    assert more.format(9 - 6) in page.replace("\n", " ")


def explain_of(opened):
    words = Words("t", "题")
    definition = Definition(opened.result.id, words, words, words, "published", (), (), (), (), (), (), (), ())
    return Explanation((definition,), (opened,))
