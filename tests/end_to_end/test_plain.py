"""``--plain``: records whose kinds and columns are those of docs/plain.md, whatever the command and the data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from end_to_end_world import A1688, run, small_orders, small_shop

from shopscore.render.plain.kinds import KINDS

OPEN = ("columns", "row")
"""Kinds whose further fields the data names."""
HEADS = "Order ID,Order created time\n"


def records(text):
    """The records of a page, each as its kind and its columns by name."""
    found = []
    for line in text.splitlines():
        kind, *fields = line.split("\t")
        columns = list(KINDS[kind][1])
        assert len(fields) == len(columns) or (kind in OPEN and len(fields) > len(columns)), line
        found.append((kind, dict(zip(columns, fields, strict=False))))
    return found


@pytest.fixture(scope="module")
def plain(outputs):
    done = run("render", outputs["zh-Hans"] / "report.json", "--plain", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    return done.out


def test_the_records_of_an_audit_tell_what_its_json_tells(plain, report):
    found = records(plain)
    metrics = {(each["platform"], each["metric"]): each for kind, each in found if kind == "metric"}
    for shop in report["shops"]:
        for metric in shop["metrics"]:
            told = metrics[shop["platform"], metric["id"]]
            assert told["verdict"] == metric["verdict"]
            assert told["value"] == "" if metric["value"] is None else float(told["value"]) == metric["value"]
            rank = shop["shortfalls"].index(metric["id"]) + 1 if metric["id"] in shop["shortfalls"] else ""
            assert told["rank"] == str(rank)
    assert sum(kind == "due" for kind, _ in found) == sum(len(shop["due"]) for shop in report["shops"])


def test_nothing_of_ours_is_beyond_ascii_in_english(plain):
    ours = {"shop": (), "metric": ("title",), "advice": ("text",), "due": ("title", "todo")}
    terms = ("咚咚", "严选")  # platform terms that English sentences quote
    for kind, each in records(plain):
        for name in set(each) - {"shop", "segment", "subject", "reason", "name"} - {"text", "title", "todo"}:
            assert each[name].isascii(), (kind, name)
        for name in ours.get(kind, ()):
            text = each[name]
            for term in terms:
                text = text.replace(term, "")
            assert all(letter.isascii() or "\u4e00" <= letter <= "\u9fff" for letter in text), text


def test_a_spreadsheet_s_reader_takes_the_records_apart(plain):
    rows = list(csv.reader(plain.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row[0] for row in rows] == [kind for kind, _ in records(plain)]


def test_names_cannot_end_a_field_or_a_record(tmp_path):
    small_shop(tmp_path, orders=small_orders(carrier='"慢\u2028递\u202e"'), shop__yaml='name: "小\\t店\\n二"\n')
    found = records(run("audit", tmp_path, "--plain", "--lang", "en").out)
    assert next(each for kind, each in found if kind == "shop")["shop"] == "小 店 二"


@pytest.mark.parametrize(
    "words", [["read"], ["due", "--as-of", "2026-11-22T10:00"], ["explain", "1688.ww_3min_rate", "--rows", "miss"]]
)
def test_other_commands_write_records_too(sample, words):
    name, *rest = words
    metric, options = (rest[:1], rest[1:]) if name == "explain" else ([], rest)
    done = run(name, *metric, sample / A1688.partition("/")[0], *options, "--plain", "--lang", "en")
    assert done.code == 0, done.err
    assert len(records(done.out)) >= 5


def test_two_audits_and_a_history_are_records(outputs, sample, tmp_path):
    kept = tmp_path / "nights.db"
    assert run("audit", sample / "1688", "--history", kept, "--quiet").code == 0
    assert {kind for kind, _ in records(run("history", "--history", kept, "--plain").out)} == {"audit"}
    series = run("history", "1688.ww_3min_rate", "--history", kept, "--plain").out
    assert [kind for kind, _ in records(series)] == ["point"]
    old = outputs["en"] / "report.json"
    assert {kind for kind, _ in records(run("diff", old, old, "--plain").out)} >= {"compared"}


def test_init_tells_of_each_file_as_a_record(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "unknown.csv").write_text(
        HEADS + "".join(f"900000{at:04},2026-11-01 10:00:00\n" for at in range(30)), "utf-8"
    )
    lines = [line.split("\t") for line in run("init", folder, "--plain", "--lang", "en").out.splitlines()]
    assert {len(line) for line in lines} == {1 + len(KINDS["draft"][1])}
    assert {line[0] for line in lines} == {"draft"}
    written = {line[2] for line in lines if line[2]}
    assert written
    assert all(Path(path).is_file() for path in written)
    again = run("init", folder, "--lang", "en", "--force").out
    assert "\t" not in again
