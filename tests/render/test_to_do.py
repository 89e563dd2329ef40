"""What to do is told as of the moment judged: as right on the day it is read as on the day it was made."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from shopscore.model import Aside, Due, Report, Score, ShopReport, Trust, Words
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


@pytest.mark.parametrize(
    ("lang", "silent", "late"),
    [
        (
            "en",
            "no file speaks of the 3 d 16 h since 12-28 06:00: what happened since is not known",
            "2 of them may be late already",
        ),
        ("zh-Hans", "12-28 06:00 之后的 3 天 16 小时没有任何文件：其间的情况无从得知", "其中 2 个可能已经超时"),
    ],
)
def test_data_that_ends_days_before_is_said_and_so_is_what_may_be_late_since(lang, silent, late):
    seen = (("orders", AT - dt.timedelta(days=3, hours=16, minutes=40)), ("refunds", AT - dt.timedelta(days=9)))
    old = replace(shop(clock("7", -60.0), clock("8", -1.0), clock("9", 12.0)), seen_until=seen)
    for told in pages(old, lang):
        assert silent in told
        assert late in told
    several = Report("1", "1", "a" * 64, (), (), (replace(shop(), shop="t"), old))
    table = [line.text for line in text.render(several, lang, 200)]
    assert sum(silent in line for line in table[: table.index("=" * 200)]) == 1
    # One table that ends later is enough: what a shop has none of for days ends early.
    fresh = replace(old, due=(clock("9", 12.0),), seen_until=(*seen, ("shipments", AT - dt.timedelta(hours=23))))
    for told in pages(fresh, lang):
        assert not any(word in told for word in ("no file speaks", "没有任何文件"))
        assert late[2:] not in told


@pytest.mark.parametrize(
    ("lang", "told", "quiet"),
    [
        ("en", "2 refunds that wait: R1, R2 (12-31 22:40)", "nothing urgent"),
        ("zh-Hans", "2 个等你处理的退款：R1，R2（12-31 22:40 的数据）", "没有紧急事项"),
    ],
)
def test_what_waits_without_a_known_deadline_is_told_and_is_no_quiet_night(lang, told, quiet):
    why = Words("refunds that wait", "等你处理的退款")
    waiting = replace(shop(), undated=tuple(Aside("p.refund", name, why, None, AT) for name in ("R1", "R2")))
    for page_ in pages(waiting, lang)[:3]:
        assert told in page_
        assert quiet not in page_
    assert quiet in pages(shop(), lang)[0]
