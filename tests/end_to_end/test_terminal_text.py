"""What a terminal, a pipe and a cron mail get: 100 cells, no colour where nobody sees it, the answer first."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from end_to_end_world import SAMPLES, SHOPS, TMALL, run, small_orders, small_shop, spawn, too_wide
from rich.cells import cell_len

from shopscore.render import explain as explain_text
from shopscore.render.words import say

LANGUAGES = ("en", "zh-Hans")
ESCAPE = "\x1b"
FULL = Path("/dev/full")


def parts_of(text):
    """The report's shops, each as its lines."""
    shops, lines = [], []
    for line in text.splitlines():
        if line and set(line) == {"="}:
            shops.append(lines)
            lines = []
        else:
            lines.append(line)
    return [[line for line in lines if line] for lines in (*shops[1:], lines)]


def in_order(report):
    """The shops as the text has them: those with most that is short of target first."""
    return sorted(
        report["shops"],
        key=lambda shop: (-len(shop["shortfalls"]), -len(failing(shop)), shop["platform"], shop["shop"]),
    )


def failing(shop):
    """The metrics of a shop that fall short."""
    return [
        each["id"]
        for each in shop["metrics"]
        if each["verdict"] in {"fail", "likely_fail"} and each["id"] in shop["shortfalls"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_the_report_is_too_wide(texts, language):
    assert too_wide(texts[language]) == []
    assert ESCAPE not in texts[language]
    assert [line for line in texts[language].splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_an_explanation_is_too_wide(explanation, language):
    lines = [line.text for line in explain_text.render(explanation, language)]
    assert len(lines) > 500
    assert too_wide("\n".join(lines)) == []


LISTINGS = [
    ["rules", "list"],
    ["rules", "show", "1688"],
    ["rules", "show", "tmall", "--needs"],
    ["rules", "show", "tmall.pickup_48h_rate"],
    ["rules", "guide", "1688"],
    ["rules", "stale"],
    ["rules", "check"],
    ["formats", "list"],
    ["formats", "check"],
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("words", LISTINGS, ids=" ".join)
def test_a_listing_is_as_wide_as_it_is_asked_to_be(words, width, language):
    done = run(*words, "--width", width, "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert max(cell_len(line) for line in done.out.splitlines()) in range(20, width + 1)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["rules", "stale"], "1688.ww_3min_rate_before_202211"),
        (["rules", "guide", "jd"], "product_quality_return_rate"),
        (["formats", "list"], "aliexpress_order_lines_json"),
    ],
)
def test_a_listing_tears_no_name_that_somebody_may_type(words, name):
    assert name in run(*words, "--width", 100).out


def test_a_source_is_told_in_chinese_too():
    told = " ".join(run("explain", "1688.ship_fulfil_rate", "--lang", "zh-Hans", "--width", 300).out.split())
    assert "2021-01-09，可能已有变化，可信程度高" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [["read", "SAMPLE"], *LISTINGS, ["explain", "*"]], ids=" ".join)
def test_no_line_of_a_listing_is_too_wide(sample, language, words):
    done = run(*(sample if word == "SAMPLE" else word for word in words), "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert done.out
    assert too_wide(done.out) == []
    assert ESCAPE not in done.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_as_long_as_they_like_do_not_widen_the_report(tmp_path, language):
    name = "很长的店铺名称" * 30
    orders = small_orders(sku="S" * 300, carrier="慢" * 200, product_id="9" * 180)
    small_shop(tmp_path, orders=orders, shop__yaml=f"name: {name}\n", **{"x" * 200: "a,b\n"})
    done = run("audit", tmp_path, "--lang", language)
    assert done.code == 0, done.err
    assert too_wide(done.out) == []
    opened = run("explain", "1688.pickup_48h_rate", tmp_path, "--rows", "miss", "--lang", language)
    assert too_wide(opened.out) == []
    assert too_wide(run("read", tmp_path, "--lang", language).out) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_three_lines_hold_the_shop_its_data_and_the_answer(texts, report, language):
    shops = parts_of(texts[language])
    assert len(shops) == len(SHOPS)
    for lines, shop in zip(shops, in_order(report), strict=True):
        assert lines[0].startswith(shop["shop"])
        assert shop["as_of"][:10] in lines[0]
        assert f"{shop['trust']['rows']:,}" in lines[1]
        assert say(language, f"trust_{shop['trust']['level']}") in lines[1]
        assert str(len(shop["shortfalls"])) in lines[2]


@pytest.fixture(scope="module")
def briefs(outputs):
    """Language → the text report as it is without further asking."""
    again = ("render", outputs["en"] / "report.json", "--lang")
    return {language: run(*again, language).out for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_all_shops_comes_first(briefs, report, language):
    head = briefs[language].partition("====")[0].splitlines()
    assert str(len(report["shops"])) in head[0]
    rows = [line for line in head[3:] if re.match(r" ?\d", line)]
    for row, shop in zip(rows, in_order(report), strict=True):
        assert shop["shop"] in row
        assert str(len(shop["shortfalls"])) in row


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shop_s_answer_fits_a_screen(briefs, language):
    *pages, last = briefs[language].split("=" * 100)[1:]
    # The last line speaks of the whole report.
    for page in (*pages, last.partition(f"\n\n{say(language, 'see_more')[:10]}")[0]):
        lines = page.strip().splitlines()
        assert len(lines) <= 46, lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_comes_last_of_what_answers(briefs, language):
    for lines in parts_of(briefs[language]):
        titles = [line for line in lines if re.fullmatch(say(language, "to_do", as_of=r"2026-11-22 \d\d:\d\d"), line)]
        assert len(titles) == 1
        after = [line for line in lines[lines.index(titles[0]) + 1 :] if line != say(language, "see_more")]
        assert after
        assert all(line.startswith(" ") for line in after), "another section follows"
        assert "shopscore explain" in " ".join(line.strip() for line in after)


def test_the_command_the_report_ends_with_works(texts, sample, report):
    for shop in report["shops"]:
        name = shop["shortfalls"][0]
        assert f"shopscore explain {name}" in " ".join(texts["en"].split())
        assert run("explain", name, sample / shop["platform"]).code == 0


def test_languages_differ_and_chinese_is_the_locale_s_choice(tmp_path, monkeypatch):
    small_shop(tmp_path)
    chinese = run("audit", tmp_path, "--lang", "zh-Hans").out
    english = run("audit", tmp_path, "--lang", "en").out
    assert chinese != english
    assert run("audit", tmp_path).out == english
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run("audit", tmp_path).out == chinese


# ── a real terminal ──────────────────────────────────────────────────────────────────────────────────────────────


def on_a_terminal(*words, **environment):
    """What a command writes when its stdout is a terminal."""
    inner, outer = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "shopscore", *map(str, words)],
        stdout=outer,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"} | environment,
    )
    os.close(outer)
    found = b""
    while select.select([inner], [], [], 60)[0]:
        try:
            piece = os.read(inner, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        found += piece
    os.close(inner)
    assert process.wait(60) == 0
    return found.decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def one_shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terminal")
    small_shop(folder)
    return folder


ANSWER = ("explain", "1688.pickup_48h_rate", "--lang", "en")


def on_paper():
    """The same words without a terminal; both speak of today's rules, whenever that is."""
    return spawn(*ANSWER).out


def test_a_terminal_gets_colour_and_the_same_words():
    shown = on_a_terminal(*ANSWER, TERM="xterm-256color", COLUMNS="100")
    assert ESCAPE in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == on_paper()


@pytest.mark.parametrize(
    ("words", "environment"),
    [((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"})],
    ids=["NO_COLOR", "TERM=dumb"],
)
def test_colour_can_be_refused(words, environment):
    shown = on_a_terminal(*ANSWER, *words, **{"TERM": "xterm-256color", "COLUMNS": "100"} | environment)
    assert shown == on_paper()


@pytest.mark.parametrize(("gate", "code"), [("error", 0), ("fail", 1)])
def test_a_pipe_that_closes_early_changes_no_exit_code(one_shop, gate, code):
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "shopscore", "audit", one_shop, "--format", "json", "--fail-on", gate],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    said = process.stderr.read()
    assert process.wait(60) == code
    # A gate says what made it fire, and nothing else is said.
    assert [line.split(b":")[0] for line in said.splitlines()] == [b"--fail-on level"] * code
    process.stderr.close()


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_a_sentence(one_shop):
    with FULL.open("wb") as full:
        command = [sys.executable, "-m", "shopscore", "audit", one_shop]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)  # noqa: S603
    assert done.returncode == 2
    assert done.stderr.startswith(b"stdout: ")
    assert b"Traceback" not in done.stderr


def test_a_terminal_of_another_encoding_gets_what_it_can_show(one_shop):
    done = spawn("audit", one_shop, "--lang", "en", PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.code == 0
    assert done.out.isascii()
    assert done.err.startswith("stdout: "), "what is not shown is not kept silent"
    assert "not in ascii" in done.err


def test_a_chinese_windows_console_gets_every_chinese_character(one_shop):
    same = spawn("audit", one_shop, "--lang", "zh-Hans", PYTHONUTF8="0", PYTHONIOENCODING="utf-8")
    command = [sys.executable, "-m", "shopscore", "audit", one_shop, "--lang", "zh-Hans"]
    console = os.environ | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"}
    done = subprocess.run(command, env=console, capture_output=True, check=False, timeout=60)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("gbk") == same.out


@pytest.mark.parametrize(("lang", "said"), [("en", "Rows: nothing wrong"), ("zh-Hans", "明细：未见异常")])
def test_rows_of_a_check_that_are_in_order_are_not_called_a_miss(lang, said):
    opened = run("explain", "integrity.refund_reopened", SAMPLES / TMALL, "--rows", "miss", "--lang", lang)
    assert said in opened.out
