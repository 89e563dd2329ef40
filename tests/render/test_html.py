"""The page of HTML, as far as it can be read without a browser."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile_names import renamed
from msgspec.structs import replace

from shopscore import saved
from shopscore.model import FlowHour, RefundFlow, Report
from shopscore.render import html
from shopscore.render import json as plain
from shopscore.render.html import refunds
from shopscore.render.html.view import coded

EMPTY = Report("1.0.0", "0.1.0", "a1", (), (), ())
NO_FLOW = RefundFlow(dt.date(2026, 11, 1), dt.date(2026, 11, 2), 0, 0, 0, (), (), 0.0)
GOLDEN = Path(__file__).parents[1] / "end_to_end" / "golden" / "report.json"
VOID = frozenset({"meta", "input", "br"})
OURS = frozenset(
    "html head meta title style body a header p nav ul li main article section h1 h2 h3 small strong time ol div table "  # noqa: SIM905 - a list of 40 words
    "caption thead tbody tr th td svg line rect circle polygon polyline span code script br".split()
)
NASTY = "<img src=x onerror=alert(1)>\"'&amp;</script><!--\x1b[31m\u202e"


@pytest.fixture(scope="module")
def report():
    """The report of two sample shops."""
    return saved.read(GOLDEN.read_text(encoding="utf-8"), GOLDEN.name)


class Page(HTMLParser):
    """Elements in their order, checked to be closed; the text of those that are read as they stand."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.raw = [], [], {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if self.open and self.open[-1] in ("style", "script"):
            self.raw[self.open[-1], len(self.seen)] = text


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
@pytest.mark.parametrize("text", ["plain", NASTY])
def test_a_page_is_whole_and_loads_and_runs_nothing_of_others(report, text, lang):
    page = Page(html.render(renamed(report, text), lang))
    assert {tag for tag, _ in page.seen} <= OURS
    for _, attributes in page.seen:
        assert not [name for name in attributes if name.startswith("on")]
        assert not {"style", "src", "srcset", "action"} & attributes.keys()
        assert (attributes.get("href") or "#").startswith("#")


def test_whatever_a_shop_calls_things_the_page_has_the_same_elements(report):
    plain_page, nasty_page = (Page(html.render(renamed(report, text), "en")) for text in ("plain", NASTY))
    assert [tag for tag, _ in plain_page.seen] == [tag for tag, _ in nasty_page.seen]


@pytest.mark.parametrize("text", ["plain", NASTY])
def test_the_json_report_is_inside(report, text):
    report = renamed(report, text)
    page = html.render(report, "en")
    (island,) = re.findall(rf'<script type="application/json" id="{html.ISLAND}">(.*?)</script>', page, re.DOTALL)
    assert "<" not in island
    assert json.loads(island) == json.loads(plain.render(report, "en"))


def test_the_page_reads_back_as_its_report(report):
    for lang in ("en", "zh-Hans"):
        assert saved.read(html.render(report, lang), "report.html") == report


def test_what_to_type_is_drawn_as_code_and_nothing_else_becomes_markup():
    assert coded("run `shopscore due` <b>now</b>") == "run <code>shopscore due</code> &lt;b&gt;now&lt;/b&gt;"
    assert coded("`<script>` and one ` alone") == "<code>&lt;script&gt;</code> and one ` alone"
    assert "\x1b" not in coded("`\x1b[2J`")


def test_it_has_no_character_that_acts_on_a_reader(report):
    page = html.render(renamed(report, NASTY), "en")
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_links_lead_somewhere(report):
    page = Page(html.render(report, "en"))
    names = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    assert len(names) == len(set(names))
    assert {attributes["href"][1:] for _, attributes in page.seen if "href" in attributes} <= set(names)


def test_only_its_own_style_and_script_may_run():
    text = html.render(EMPTY, "en")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag, key in (("style", "style-src"), ("script", "script-src")):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert rules[key].strip("'") == f"sha256-{digest}"


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_it_says_its_language(lang):
    assert f'<html lang="{lang}">' in html.render(EMPTY, lang)


# ── refunds ──────────────────────────────────────────────────────────────────────────────────────────────────────


def cells_of(page, caption):
    """The rows of the table with a caption, as texts."""
    table = next(each for each in re.findall(r"<table.*?</table>", page, re.DOTALL) if f"<caption>{caption}" in each)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]


def test_reasons_goods_and_hours_of_refunds_are_tables(report):
    shop = next(each for each in report.shops if each.refund_flow and each.refund_flow.hours)
    found = shop.refund_flow
    page = html.render(replace(report, shops=(shop,)), "en")
    reasons = cells_of(page, "Why refunds are asked for")
    assert [int(row[3]) for row in reasons[1:]] == [each.cases for each in found.reasons.classes]
    hours = cells_of(page, "Refund requests by hour of the day")
    assert [int(cell) for cell in hours[1][1:]] == [each.came for each in found.hours]
    assert [int(cell) for cell in hours[2][1:]] == [each.decided for each in found.hours]
    goods = cells_of(page, "What comes back, by product")
    first = found.products[0]
    assert goods[1][2:4] == [f"{first.refunded} ({100 * first.refunded / first.lines:.1f}%)", str(first.lines)]


def test_requests_that_come_in_and_are_decided_share_a_scale_and_those_that_wait_have_none():
    hours = tuple(FlowHour(at, came, 2 * came, 1.3 + at / 10) for at, came in enumerate((0, 1, 5)))
    rows = dict(refunds.decisions(replace(NO_FLOW, hours=hours)))
    assert rows["html_came"] == (("0", 0), ("1", 1), ("5", 3))
    assert rows["html_decisions"] == (("0", 0), ("2", 1), ("10", 5))
    assert rows["html_waiting"] == (("1.3", None), ("1.4", None), ("1.5", None))


def test_hours_in_which_nothing_happened_are_not_shaded():
    rows = dict(refunds.decisions(replace(NO_FLOW, hours=(FlowHour(0, 0, 0, 0.0),))))
    assert [shade for cells in rows.values() for _, shade in cells] == [0, 0, None]


def test_what_was_asked_stands_under_what_was_missed(report):
    shop = next(each for each in report.shops if each.staffing and each.staffing[0].windows)
    page = html.render(replace(report, shops=(shop,)), "en")
    asked = cells_of(page, "Questions asked, by weekday and hour")
    assert [sum(int(cell or 0) for cell in row[1:]) for row in asked[1:]] == [
        sum(day) for day in shop.staffing[0].questions
    ]
