"""The section on missed replies: the sentence first, then a week of digits, at any width and in both languages."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from shopscore.model import Driver, Words
from shopscore.model.staffing import DutyHours, QuietHours, Staffing, StaffingWindow
from shopscore.render.json.staffing import of_metric
from shopscore.render.staffing import called, lines

EMPTY = tuple((0,) * 24 for _ in range(7))
MISSES = tuple(tuple(10 if hour in (20, 21) else 0 for hour in range(24)) for _ in range(7))
RATES = tuple(tuple(None if hour < 9 else 0.62 if hour in (20, 21) else 0.04 for hour in range(24)) for _ in range(7))
ASKED = tuple(tuple(0 if hour < 9 else 40 if hour == 12 else 3 for hour in range(24)) for _ in range(7))
BLANK = tuple((None,) * 24 for _ in range(7))
WINDOW = StaffingWindow(DutyHours(5, 3, 20, 2), 100, 86, 0.614, 0.38, (0.3, 0.46), 1.6, 5)


def staffed(**more):
    known = {"windows": (WINDOW,)} | more
    return Staffing("demo.reply", EMPTY, MISSES, ASKED, BLANK, EMPTY, RATES, **known)


def shop(found, drivers=()):
    title = Words("Replies within 3 minutes", "3分钟人工回复率")
    metric = SimpleNamespace(id="demo.reply", kind="ratio", title=title, drivers=drivers)
    return SimpleNamespace(metrics=[metric], shortfalls=("demo.reply",), staffing=(found,))


def text(found, lang="en", width=100, drivers=()):
    return [line.text for line in lines(shop(found, drivers), lang, width)]


QUIET = QuietHours(DutyHours(5, 3, 9, 2), 40, 1, 50, 2.0)


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
@pytest.mark.parametrize("width", range(60, 161, 20))
def test_no_line_is_wider_than_the_terminal_and_the_week_stays_a_grid(lang, width):
    found = text(staffed(moved_from=QUIET, left_out=(dt.date(2026, 11, 11),)), lang, width)
    assert max(cell_len(line) for line in found) <= width
    week = found[-7:]
    assert {cell_len(line) for line in week} == {4 + 5 + 24 + 3 + 24}
    assert {line[-51:-27] for line in week} == {"." * 9 + "0" * 11 + "660" + "0"}
    assert {line[-24:] for line in week} == {"." * 9 + "000" + "9" + "0" * 11}
    assert cell_len(found[-8].split("12")[0]) == 9 + 12
    assert cell_len(found[-8].rpartition("12")[0]) == 9 + 24 + 3 + 12
    if width >= 100:
        assert len(found) <= 6 + 9


@pytest.mark.parametrize(("lang", "said"), [("en", "evened out"), ("zh-Hans", "已平滑")])
def test_the_week_says_that_its_digits_are_evened_out(lang, said):
    # None of 15 missed is a tenth where the hour is a bad one on other days.
    legend = text(staffed(), lang)[-9]
    assert said in legend
    assert cell_len(legend) <= 4 + 5 + 24 + 3 + 24


def test_the_sentence_says_when_how_much_and_what_to_do():
    assert " ".join(line.strip() for line in text(staffed())[:2]) == (
        "- Replies within 3 minutes: 61% of the misses (86 of 140) fall Fri to Sun 20:00-22:00; one more agent then "
        "would remove about 38% of all misses (30% to 46%)"
    )
    assert text(staffed(), "zh-Hans")[0].startswith(
        "  - 3分钟人工回复率：61% 的超时（140 笔中 86 笔）集中在周五至周日 20 点到 22 点；"
    )


def test_where_no_hour_is_to_blame_the_section_says_so_and_points_to_the_cause():
    agent = (Driver("agent_id", "小乙", 10, 40, 25, 0.6),)
    (line,) = text(staffed(windows=(), reason_not="flat"), width=160, drivers=agent)
    assert line.endswith("More people at some hours would not help; look at agent 小乙 first")
    assert text(staffed(windows=(), reason_not="flat"), width=160)[0].endswith("would not help")
    assert text(staffed(windows=(), reason_not="few_misses")) == []


def test_hours_without_an_effect_say_why():
    nameless = StaffingWindow(DutyHours(1, 7, 20, 2), 100, 86, 0.614, reason_not="no_agents")
    assert "do not say who answered" in "".join(text(staffed(windows=(nameless,)), width=300))


@pytest.mark.parametrize(
    ("hours", "english", "chinese"),
    [
        (DutyHours(1, 7, 20, 2), "every day 20:00-22:00", "每天 20 点到 22 点"),
        (DutyHours(7, 1, 22, 4), "Sun 22:00-02:00", "周日 22 点到次日 2 点"),
        (DutyHours(6, 3, 22, 2), "Sat to Mon 22:00-24:00", "周六至周一 22 点到 24 点"),
    ],
)
def test_hours_are_called_as_people_call_them(hours, english, chinese):
    assert (called(hours, "en"), called(hours, "zh-Hans")) == (english, chinese)


def test_the_report_as_json_has_plain_values_only():
    found = of_metric(staffed(moved_from=QUIET, left_out=(dt.date(2026, 11, 11),)))
    assert found["windows"][0]["days"] == (5, 6, 7)
    assert found["windows"][0]["hours"] == [20, 22]
    assert found["moved_from"]["hours"] == [9, 11]
    assert found["left_out"] == ["2026-11-11"]
