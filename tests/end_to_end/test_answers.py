"""The answer of every page: what its table holds, in its order, and no all-clear on data that is not there."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from end_to_end_world import SAMPLES, run, small_orders, small_scans, small_shop
from msgspec.structs import replace

from shopscore import due, saved
from shopscore.render import because, figures, html, letter, markdown, numbers, overview, text, verdicts, worth
from shopscore.render import due as due_text
from shopscore.render.words import joined, say

LANGUAGES = ("en", "zh-Hans")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_answers_with_what_its_table_holds(json_text, lang, tmp_path):
    report = saved.read(json_text, "report")
    (tmp_path / "report.json").write_text(json_text, encoding="utf-8")
    done = run("render", tmp_path / "report.json", "--format", "text,md,html", "--output", tmp_path, "--lang", lang)
    assert done.code == 0, done.err
    pages = [(tmp_path / f"report.{kind}").read_text(encoding="utf-8") for kind in ("txt", "md", "html")]
    assert {each.verdict for shop in report.shops for each in verdicts.ranked(shop)} >= {"fail", "undecided"}
    for shop in report.shops:
        ranked = [each.verdict for each in verdicts.ranked(shop)]
        kinds = [(ranked.count(name), say(lang, name)) for name in ("fail", "likely_fail", "undecided")]
        parts = joined(
            lang, (f"{count} {kind}" if lang == "en" else f"{count} 项{kind}" for count, kind in kinds if count)
        )
        answer = text.answer(shop, lang)
        assert str(len(shop.shortfalls)) in answer
        assert parts in answer
        assert sum(count for count, _ in kinds) == len(ranked)
        sent = letter.render(report, {}, [shop], None, lang)
        assert sent.shops[0].lines[0].startswith(verdicts.counted(shop, lang))
        assert say(lang, "letter_short", count=len(ranked)) in sent.title
        bare = re.sub(r"\s|\\", "", answer.partition(" (")[0].partition("（")[0])
        assert all(bare in re.sub(r"\s|\\", "", page) for page in pages)


def test_where_nothing_surely_fails_nothing_is_said_to_be_first(json_text):
    shop = saved.read(json_text, "report").shops[0]
    doubtful = replace(shop, metrics=tuple(replace(each, verdict="undecided") for each in shop.metrics))
    assert text.answer(doubtful, "en").endswith(f"are short of target: {len(shop.shortfalls)} undecided.")
    assert text.answer(doubtful, "zh-Hans").endswith(f"没到目标：{len(shop.shortfalls)} 项证据不足。")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shortfall_that_the_table_leaves_out_is_named_where_another_line_speaks_of_it(json_text, lang):
    shop = next(each for each in saved.read(json_text, "report").shops if each.platform == "1688")
    assert shop.together.sharing.metrics == ("1688.ship_fulfil_rate", "1688.pickup_48h_rate")
    title = next(format(each.title, lang) for each in shop.metrics if each.id == "1688.pickup_48h_rate")
    named = say(lang, "listed").join(["3", say(lang, "listed_named", at=6, title=title)])
    brief, whole = (next(worth.joint(shop, lang, 300, shown)).text for shown in (5, None))
    assert named in brief
    assert whole == brief.replace(named, say(lang, "listed").join(["3", "6"]))


# ── which one is first ───────────────────────────────────────────────────────────────────────────────────────────


def with_first(shop, verdict):
    """The shop, the first of its table with another verdict."""
    first = shop.shortfalls[0]
    return replace(
        shop, metrics=tuple(replace(each, verdict=verdict) if each.id == first else each for each in shop.metrics)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_begins_with_the_first_row_of_the_table_whatever_its_verdict(json_text, lang):
    report = saved.read(json_text, "report")
    for shop in report.shops:
        mark = say(lang, "answer_first", first=format(verdicts.ranked(shop)[0].title, lang)).rstrip(".。")
        sure, unsure = with_first(shop, "fail"), with_first(shop, "undecided")
        for page in (text.answer(sure, lang), sent_line(report, sure, lang)):
            assert mark in page
            assert say(lang, "undecided") not in page.partition(mark)[2]
        fails = format(verdicts.failing(unsure)[0].title, lang)
        for page in (text.answer(unsure, lang), sent_line(report, unsure, lang)):
            assert mark in page
            _, doubt, after = page.partition(mark)[2].partition(say(lang, "undecided"))
            assert doubt
            assert fails in after, "and which one fails"


def sent_line(report, shop, lang):
    """The answer as a message has it."""
    return letter.render(report, {}, [shop], None, lang).shops[0].lines[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_shops_begins_each_with_its_own_first_row(json_text, lang):
    report = saved.read(json_text, "report")
    unsure = replace(report, shops=tuple(with_first(shop, "undecided") for shop in report.shops))
    rows = " ".join(line.text for line in overview.lines(unsure, lang, 400))
    for shop in unsure.shops:
        assert f"{format(verdicts.ranked(shop)[0].title, lang)}" in rows


# ── what could not be read ───────────────────────────────────────────────────────────────────────────────────────

FINE = {"orders": small_orders(), "shipments": small_scans(late=())}
HALF = (SAMPLES / "1688/示例河山日用百货厂/订单导出_20261122.xlsx").read_bytes()[:9000]


@pytest.fixture(scope="module")
def at_target(tmp_path_factory):
    """A shop in which nothing falls short, whole, and the same with a workbook that was cut off."""
    whole, broken = (tmp_path_factory.mktemp(name) for name in ("whole", "broken"))
    small_shop(whole, **FINE)
    small_shop(broken, **FINE, 订单__xlsx=HALF)
    return whole, broken


def audited(folder):
    """The report of a folder as the model has it."""
    return saved.read(run("audit", folder, "--format", "json").out, "report")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_all_clear_says_what_could_not_be_read(at_target, lang):
    whole, broken = at_target
    caveat = say(lang, "unread", where="1688/小店/订单.xlsx")
    for page in ("text", "md", "md-summary", "html"):
        fine, doubtful = (run("audit", folder, "--format", page, "--lang", lang).out for folder in (whole, broken))
        squeezed = re.sub(r"\s|\\", "", doubtful)
        assert re.sub(r"\s", "", caveat) in squeezed, page
        if page != "md-summary":
            assert re.sub(r"\s", "", say(lang, "to_do_unread", caveat=caveat)) in squeezed, page
        assert say(lang, "to_do_nothing") not in doubtful
        if page != "html":  # the page of HTML has no such list
            assert say(lang, "to_do_nothing") in fine


def test_a_table_of_shops_knows_of_no_clocks_only_where_all_was_read(at_target, json_text):
    whole, broken = map(audited, at_target)
    sample = saved.read(json_text, "report")
    busy = max(sample.shops, key=lambda shop: len(shop.due))
    many = replace(busy, trust=broken.shops[0].trust)
    told = [
        " ".join(line.text for line in overview.lines(replace(sample, shops=shops), "en", 400))
        for shops in ((*whole.shops, busy), (*broken.shops, many))
    ]
    soon = len(due_text.within_a_night(busy))
    assert "could not be read" not in told[0]
    assert "2 shops have files that could not be read in full." in told[1]
    assert [f" {soon}+ " in each for each in told] == [False, True]
    assert [" ? " in each for each in told] == [False, True]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_calls_nothing_fine_that_it_does_not_know(at_target, lang):
    for folder, mood in zip(at_target, ("good", "doubtful"), strict=True):
        report = audited(folder)
        sent = letter.render(report, {}, report.shops, None, lang)
        assert sent.mood == mood
        fine = say(lang, "letter_one", shop="小店", answer=say(lang, "letter_well"))
        assert (sent.title == fine) == (mood == "good")
        told = " ".join((sent.title, *sent.shops[0].lines))
        assert "订单" not in told, "names of files stay inside"
        assert (say(lang, "unread", where=say(lang, "unread_files", count=1)) in told) == (mood == "doubtful")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_clock_is_said_to_run_out_only_where_everything_was_read(at_target, lang):
    found = []
    for folder in at_target:
        report = audited(folder)
        list_of = due.due_list(report, dt.timedelta(hours=1), None)
        found.append(" ".join(line.text for line in due_text.render(list_of, lang, 500)))
    whole, broken = found
    length = "1 h" if lang == "en" else "1 小时"
    assert say(lang, "due_none", within=length) in whole
    assert say(lang, "due_none", within=length) not in broken
    assert say(lang, "unread", where="1688/小店/订单.xlsx") in broken


def test_programs_are_told_what_could_not_be_read(at_target):
    asked = ("--as-of", "2026-11-18T10:00", "--within", "1h")
    whole, broken = (run("due", folder, *asked, "--format", "json").report for folder in at_target)
    assert [each["unread"] for each in whole["shops"]] == [[]]
    assert [each["unread"] for each in broken["shops"]] == [["1688/小店/订单.xlsx"]]
    plain = [run("due", folder, *asked, "--plain", "--lang", "en").out.splitlines() for folder in at_target]
    assert [sum(line.startswith("warning\t") for line in lines) for lines in plain] == [0, 1]


def test_a_list_to_pick_from_leaves_it_to_stderr(at_target, tmp_path):
    asked = ("--as-of", "2026-11-18T10:00", "--within", "1h", "--lang", "en", "--format")
    whole, broken = (run("due", folder, *asked, "csv") for folder in at_target)
    assert (whole.out, whole.err) == (broken.out, "")
    assert broken.err == "1688/小店: 1688/小店/订单.xlsx could not be read in full\n"
    assert run("due", at_target[1], *asked, "text,csv", "--output", tmp_path).err == "", "the text says it"


def test_a_score_that_is_not_known_is_said_once(at_target):
    told = run("audit", at_target[0], "--lang", "en", "--width", 400).out
    assert told.count("cannot be computed from one shop's files") == 1
    assert "Platform score | not known | " in told


def test_a_quiet_night_is_not_quiet_about_a_file_it_could_not_read(at_target):
    whole, broken = (run("audit", folder, "--quiet", "--lang", "en") for folder in at_target)
    assert (whole.code, whole.out, whole.err) == (0, "", "")
    assert (broken.code, broken.out) == (0, "")
    assert broken.err == "1688/小店: 1688/小店/订单.xlsx could not be read in full\n"


def test_rows_that_are_lost_make_no_all_clear_either(tmp_path):
    rows = FINE["orders"].splitlines()
    torn = "\n".join([*rows[:-9], *(row.replace("90000", "9E+0", 1) for row in rows[-9:])])
    small_shop(tmp_path, orders=torn, shipments=FINE["shipments"])
    report = audited(tmp_path)
    assert report.shops[0].trust.level == "low"
    assert "nothing urgent is known, but trust in the data is only LOW" in run("audit", tmp_path, "--lang", "en").out


def test_what_is_said_of_files_that_could_not_be_used_is_said_of_the_right_ones(tmp_path):
    small_shop(tmp_path, **FINE, 订单__xlsx=HALF, 说明__txt="nothing that is an export\n")
    report = json.loads(run("audit", tmp_path, "--format", "json", "--lang", "en").out)
    reasons = {each["files"][0].rpartition("/")[2]: each["text"] for each in report["shops"][0]["trust"]["reasons"]}
    assert "damaged or cut off" in reasons["订单.xlsx"]
    assert "damaged" not in reasons["说明.txt"]


# ── figures and reasons, page by page ────────────────────────────────────────────────────────────────────────────


def test_a_chance_is_told_alike_on_every_page(json_text):
    report = saved.read(json_text, "report")
    shop = next(each for each in report.shops if any(one.chance is not None for one in each.due))
    one = replace(report, shops=(replace(shop, due=(replace(shop.due[0], chance=0.9996),)),))
    listed = due.due_list(one, dt.timedelta(days=9), None)
    pages = (
        " ".join(line.text for line in due_text.render(listed, "en", 200)),
        markdown.render(one, "en").partition("What runs out soon")[2].partition("## ")[0],
        html.render(one, "en"),
    )
    assert all("99%" in page and "100%" not in page for page in pages[:2])
    assert ">99%</td>" in pages[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_known_is_no_reason(json_text, lang):
    for shop in saved.read(json_text, "report").shops:
        known = {metric.id: metric for metric in shop.metrics}
        for advice in shop.advice:
            blank = tuple(replace(each, number=None, text=None) for each in advice.reasons)
            told = because.sentence(replace(advice, reasons=blank), known[advice.metric], lang)
            assert "- " not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_piece_of_advice_says_its_evidence_and_what_is_now_beside_what_was(json_text, lang):
    fell = 0
    for shop in saved.read(json_text, "report").shops:
        known = {metric.id: metric for metric in shop.metrics}
        for advice in shop.advice:
            about = known[advice.metric]
            told = because.sentence(advice, about, lang)
            assert told, advice.id
            if about.target.value is None and any(each.column == "previous_value" for each in advice.reasons):
                now = numbers.value(about.measurement.value, about.unit, lang, about.currency)
                assert now in told
                assert now in because.sentence(advice, about, lang, brief=True)
                fell += 1
    assert fell


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_verdict_that_is_in_no_count_says_so(json_text, lang):
    report = saved.read(json_text, "report")
    mark = say(lang, "only_shown")
    lines = [line.text for line in text.render(report, lang, 400, whole=True)]
    for shop in report.shops:
        shown = [
            format(each.title, lang)
            for each in shop.metrics
            if each.verdict in ("fail", "likely_fail") and not each.counts and each.bound_of is None
        ]
        for title in shown:
            (line,) = [line for line in lines if line.startswith(f"{title}  ")]
            assert mark in line or say(lang, "assumed") in line
        assert {figures.apart(each, lang) for each in verdicts.ranked(shop)} <= {""}
    assert any(mark in line for line in lines)
    assert all(mark in page for page in (markdown.render(report, lang), html.render(report, lang)))
