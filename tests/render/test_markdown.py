"""Markdown, read by GitHub's own parser and by another: tables are tables, and nothing hostile is more than text."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from hostile_names import renamed
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from shopscore import saved
from shopscore.model import Report, SetAside
from shopscore.render import markdown, verdicts
from shopscore.render.escape import terminal
from shopscore.render.markdown import summary, syntax

GOLDEN = Path(__file__).parents[1] / "end_to_end" / "golden" / "report.json"
EMPTY = Report("1.0.0", "0.1.0", "a1", (), (), ())
NASTY = (
    "a|b \\| <img src=x onerror=alert(1)> [x](http://evil.example) `c` **d** @all ~~e~~ "
    "&lt; www.evil.example\n# f\u202e"
)
OURS = {"p", "strong", "h2", "h3", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code"}
LANGUAGES = ("en", "zh-Hans")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20) | st.text(
    "ab1 |\\`*_[]()<>~&$#+-=.:@/!w", max_size=16
)


@pytest.fixture(scope="module")
def report():
    """The report of two sample shops."""
    return saved.read(GOLDEN.read_text(encoding="utf-8"), GOLDEN.name)


class Seen(HTMLParser):
    """The elements of a page and its tables as text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.rows, self.text, self.link, self.inside = [], [], "", [], False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.link += [value for name, value in attrs if name == "href"]
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        self.text += data
        if self.inside:
            self.rows[-1][-1] += data


def github(text):
    return Seen(cmarkgfm.github_flavored_markdown_to_html(text))


def other(text):
    return Seen(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("parse", [github, other])
def test_the_first_line_is_the_answer_and_every_table_is_one(report, parse, lang):
    text = markdown.render(report, lang)
    assert text.startswith(f"**{len(report.shops)} ")
    assert "<" not in text.replace("<=", "")
    page = parse(text)
    assert page.elements.count("table") == sum(line.startswith("| ---") for line in text.splitlines())
    assert page.elements.count("tr") + page.elements.count("table") == sum(
        line.startswith("|") for line in text.splitlines()
    )
    assert {len(row) for row in page.rows if row[0] == "#"} == {7}
    assert set(page.elements) <= OURS


@pytest.mark.parametrize("parse", [github, other])
@pytest.mark.parametrize("render", [markdown.render, summary.render])
def test_hostile_names_stay_text_in_one_cell(report, parse, render):
    plain, nasty = (parse(render(renamed(report, text), "en")) for text in ("plain", NASTY))
    if render is markdown.render:
        assert [len(row) for row in nasty.rows] == [len(row) for row in plain.rows]
        assert nasty.elements == plain.elements
    assert nasty.link == []
    assert not {"img", "a", "del", "h1"} & set(nasty.elements)
    assert "@all" not in nasty.text
    shown = " ".join(terminal(NASTY).replace("@", "\uff20").split())
    assert any(row[0] == shown for row in nasty.rows)


@given(TEXT, TEXT)
@pytest.mark.parametrize("parse", [github, other])
def test_any_text_in_a_cell_is_that_text(parse, first, second):
    page = parse("\n".join(syntax.table(["a", "b"], [[syntax.inline(first), syntax.inline(second)]])))
    expected = [" ".join(terminal(each).split()) or "-" for each in (first, second)]
    assert [cell.replace("\uff20", "@") for cell in page.rows[1]] == [each.replace("\uff20", "@") for each in expected]
    assert set(page.elements) - {"a"} <= {"table", "thead", "tbody", "tr", "th", "td"}
    assert all(link.startswith("mailto:") for link in page.link)


@given(TEXT)
@pytest.mark.parametrize("parse", [github, other])
def test_any_text_in_a_list_is_an_item(parse, text):
    page = parse(f"- {syntax.block(text)}\n- end\n")
    assert set(page.elements) - {"a"} <= {"ul", "li", "p"}
    assert page.elements.count("li") == 2
    assert (
        "".join(page.text.split()).replace("\uff20", "@")
        == "".join(terminal(text).split()).replace("\uff20", "@") + "end"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [NASTY, "店" * 400, "\U0001f600" * 200])
def test_a_summary_has_at_most_four_kilobytes_and_whole_tables(report, lang, name):
    first = replace(report, shops=report.shops[:1])
    for found in (report, renamed(first, name), EMPTY, replace(report, shops=first.shops * 12)):
        text = summary.render(found, lang)
        assert len(text.encode()) <= summary.LIMIT
        assert text.startswith("**")
        page = github(text)
        assert {len(row) for row in page.rows if row[0] == "#"} <= {7}
        assert page.elements.count("table") == sum(line.startswith("| ---") for line in text.splitlines())
    assert "`shopscore render REPORT.json --format html`" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_of_nothing_says_so(lang):
    assert markdown.render(EMPTY, lang).startswith("**")


@pytest.mark.parametrize("render", [markdown.render, summary.render])
def test_what_is_set_aside_is_never_hidden(report, render):
    shop = report.shops[0]
    aside = SetAside(shop.metrics[0].id, "moving", "Li|Wang", dt.date(2026, 12, 31))
    text = render(replace(report, shops=(replace(shop, set_aside=(aside,)),)), "en")
    assert "moving" in text
    assert "Li\\|Wang" in text
    assert "2026-12-31" in text


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_the_table_of_verdicts_has_the_numbers_of_the_answer(report, lang):
    rows = [line for line in markdown.render(report, lang).splitlines() if line.startswith("| ")]
    for shop, row in zip(report.shops, rows[2:], strict=False):
        fail, likely, undecided, well, unjudged = (int(cell) for cell in row.split("|")[3:-2])
        assert fail + likely + undecided == len(shop.shortfalls)
        assert fail + likely == len(verdicts.failing(shop))
        assert fail + likely + undecided + well == verdicts.judged(shop)
        assert verdicts.judged(shop) + unjudged == len(shop.metrics)
