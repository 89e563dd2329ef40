"""What to do is told as of the moment judged: as right on the day it is read as on the day it was made."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from shopscore.model import Due, Report, Score, ShopReport, Trust, Words
from shopscore.render import due, letter, text, to_do
from shopscore.render import html as page
from shopscore.render import markdown as md

AT = dt.datetime(2026, 12, 31, 22, 40)
WORDS = Words("Ship it", "发货")


def clock(subject, hours):
    return Due("p.ship", subject, AT + dt.timedelta(hours=hours), hours, WORDS, "seller", WORDS, AT, AT)


def shop(*clocks, trust="good"):
    score = Score(None, "none", None, None, 0.0)
    made = ShopReport("p", WORDS, "s", AT, "Asia/Shanghai", (), (), score, (), (), (), clocks)
    return replace(made, trust=Trust(trust, 1, 1, 0))


def pages(one, lang):
    """The report of a shop, in every format that people read."""
    report = Report("1", "1", "a" * 64, (), (), (one,))
    told = letter.render(report, {}, report.shops, None, lang)
    return [
        "\n".join(line.text for line in text.render(report, lang, 200)),
        md.render(report, lang),
        page.render(report, lang),
        "\n".join((told.title, *(line for part in told.shops for line in (part.head, *part.lines)))),
    ]


@pytest.mark.parametrize(
    ("lang", "heading", "until"),
    [
        ("en", "To do as of 2026-12-31 22:40", "by 01-01 22:40"),
        ("zh-Hans", "要做的事（截至 2026-12-31 22:40）", "01-01 22:40 前"),
    ],
)
def test_every_page_says_as_of_when_and_by_when(lang, heading, until):
    one = shop(clock("7", 12.0), clock("8", 23.9), clock("9", 30.0))
    assert to_do.heading(one, lang) == heading
    assert until in due.of_the_night(one, lang)
    for told in pages(one, lang):
        assert until in told
        assert not any(word in told for word in ("onight", "tomorrow", "今晚", "明天", "24 hours", "24 小时"))
    assert heading in pages(one, lang)[0]


@pytest.mark.parametrize("trust", ["good", "low"])
@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_where_nothing_is_to_do_no_day_is_meant_but_that_of_the_data(lang, trust):
    for told in pages(shop(trust=trust), lang):
        assert not any(word in told for word in ("onight", "tomorrow", "今晚", "明天"))
