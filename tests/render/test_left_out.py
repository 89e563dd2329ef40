"""Where a page shows the first of many, it says how many it leaves out, at every width."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from shopscore.model import (
    Budget,
    Definition,
    Driver,
    Explanation,
    Measurement,
    MetricResult,
    Need,
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
from shopscore.render import ahead, explain, figures, html, text, wanted, why

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


@pytest.mark.parametrize(
    ("budget", "basis", "told"),
    [
        (Budget(3, DAY), "published", "3 more bad ones are left, used up on 2026-11-20 at this pace"),
        (Budget(1, None), "cutoff", "1 more bad one is left"),
        (Budget(None, DAY), "published", "used up on 2026-11-20 at this pace"),
        (Budget(3, DAY), "own", ""),
        (None, "published", ""),
    ],
)
def test_what_a_metric_that_meets_its_target_can_still_bear_stands_beside_its_verdict(budget, basis, told):
    way = Outlook(0, DAY, 0.05, None, None, budget)
    fine = replace(metric("p.fine"), verdict="pass", outlook=way, target=Target(0.1, basis))
    assert figures.room(fine, "en") == told
    shop = replace(SHOP, metrics=(fine,), shortfalls=())
    report = replace(REPORT, shops=(shop,))
    assert told in html.render(report, "en")
    cells = [line.text for line in text.render(report, "en", 200, whole=True)]
    assert any(told[:15] in cell for cell in cells)


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


def lacking(name, *menus, days=30):
    titles = Words(f"Metric {name}", f"指标 {name}")
    needs = (
        Need("refunds", ("applied_at",), tuple(Words(menu, f"菜单 {menu}") for menu in (*menus, "canonical")), days),
    )
    found = Measurement("no_table", Window(DAY, DAY, 0))
    made = MetricResult(
        name, titles, titles, "d", "published", "score", "ratio", "rate", "lower", found, Target(0.1, "published"),
        "not_measured", None, "final",
    )  # fmt: skip
    return replace(made, needs=needs)


@pytest.mark.parametrize("width", [60, 100])
def test_a_page_on_which_nothing_is_judged_says_what_to_export_first(width):
    needs = [lacking("a", "x", "y", days=90), lacking("b", "x"), *(lacking(name, name) for name in "cde")]
    shop = replace(SHOP, metrics=tuple(needs), shortfalls=())
    brief = said(text.render(replace(REPORT, shops=(shop,)), "en", width), width).replace("\n", " ")
    assert "Nothing could be judged yet: see what to export below." in brief
    assert "export x, at least 90 days -> gives: Metric a, Metric b - export c," in brief
    assert "and 1 more line: -v" in brief
    assert "export e" not in brief


@pytest.mark.parametrize(
    ("lang", "said_once"),
    [
        (
            "en",
            "export canonical refunds.csv (agreed_at, applied_at, kind), at least 90 days -> gives: Metric a, Metric b",
        ),
        ("zh-Hans", "导出：标准表 refunds.csv（agreed_at、applied_at、kind），至少 90 天 -> 可得：指标 a，指标 b"),
    ],
)
def test_a_file_of_one_s_own_making_is_asked_for_once_with_all_its_columns(lang, said_once):
    first, second = lacking("a", days=90), lacking("b")
    (need,) = second.needs
    second = replace(second, needs=(replace(need, columns=("applied_at", "kind", "agreed_at")),))
    shop = replace(SHOP, metrics=(first, second, lacking("c", "x")), shortfalls=())
    lines = said(text.render(replace(REPORT, shops=(shop,)), lang, 400, whole=True), 400)
    assert said_once in lines
    assert lines.count("refunds.csv") == 1


def test_what_gives_the_score_is_asked_for_first_and_what_is_no_file_last():
    listings = [replace(lacking(name, "products"), purpose="display") for name in "abc"]
    assumed = [replace(lacking(name, "chats"), definition="assumed") for name in "defg"]
    why = Words("No rows to divide by.", "没有可作分母的数据。")
    empty = [replace(each, measurement=replace(each.measurement, status="too_few", message=why), needs=())
             for each in map(lacking, "hijkl")]  # fmt: skip
    shop = replace(SHOP, metrics=(*listings, *empty, *assumed, lacking("m", "refunds")), shortfalls=())
    told = [text.split(" -> ")[0] for text in wanted.sentences(shop, "en")]
    assert [each.removeprefix("export ").split(",")[0] for each in told] == [
        "refunds", "chats", "products", "No rows to divide by.",
    ]  # fmt: skip


def test_what_is_measured_without_a_target_is_not_said_to_meet_one():
    known = replace(metric("m"), verdict="not_measured", target=Target(None, "none"))
    shop = replace(SHOP, metrics=(known, lacking("a", "x")), shortfalls=())
    assert text.answer(shop, "en").startswith("1 of 2 metrics measured, none of them judged yet")
    assert text.answer(shop, "zh-Hans").startswith("2 项指标中 1 项可计算，还没有一项能判定")
    assert "falls short" not in text.answer(shop, "en")


def test_where_most_of_the_score_is_measured_the_page_does_not_begin_with_what_is_missing():
    shop = replace(SHOP, metrics=(*SHOP.metrics, lacking("a", "x")), score=Score(None, "none", None, None, 0.9))
    brief, whole = (
        said(text.render(replace(REPORT, shops=(shop,)), "en", 100, whole=all_of), 100) for all_of in (0, 1)
    )
    assert "export x" not in brief
    assert "export x" in whole


def test_a_cause_of_low_ratings_takes_no_time():
    stars = replace(metric("m"), kind="mean", unit="stars", better="higher")
    hours = replace(stars, unit="hours", better="lower")
    low, long = (why.driver(each, each.drivers[:1], "en") for each in (stars, hours))
    assert "20 rows lie 5.00 below elsewhere, taken together" in low
    assert "20 rows take 5.0 h more than elsewhere" in long
    assert "少" in why.driver(stars, stars.drivers[:1], "zh-Hans")
    assert "时长" not in why.driver(stars, stars.drivers[:1], "zh-Hans")


def test_a_cause_of_which_nothing_is_left_is_not_told():
    nothing = Driver("day", "2026-11-17", 9.0, 80.0, 0.3, 0.0, (0.0, 12.0))
    shop = replace(SHOP, metrics=(replace(metric("m"), drivers=(nothing,)),), shortfalls=("m",))
    for whole in (False, True):
        assert "2026-11-17" not in said(text.render(replace(REPORT, shops=(shop,)), "en", 100, whole=whole), 100)
    assert why.cause(shop.metrics[0], "en") == ""
    assert "no single carrier" in said(why.lines(shop.metrics, "en", 100), 100)
    page = html.render(replace(REPORT, shops=(shop,)), "en")
    assert "0 more than elsewhere" not in page
