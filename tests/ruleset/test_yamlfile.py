"""YAML without surprises."""

from __future__ import annotations

import datetime as dt

import pytest

from shopscore.ruleset import yamlfile
from shopscore.ruleset.yamlfile import read_yaml


@pytest.fixture
def read(tmp_path):
    def write(text):
        path = tmp_path / "file.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_yaml(path)

    return write


def test_plain_values_are_what_they_look_like(read):
    document = read("a: 1\nb: -0.5\nc: 2025-01-31\nd: true\ne: null\nf:\ng: 'no'\nh: [x, \"1688\"]\ni: 发货 48 小时\n")
    assert document.problems == ()
    assert document.data == {
        "a": 1, "b": -0.5, "c": dt.date(2025, 1, 31), "d": True, "e": None, "f": None, "g": "no",
        "h": ["x", "1688"], "i": "发货 48 小时",
    }  # fmt: skip


def test_every_key_and_item_has_its_line(read):
    document = read("a:\n  b:\n    - x\n    - c: 1\n")
    assert document.lines["a", "b"] == 2
    assert document.lines["a", "b", 1, "c"] == 4
    assert document.place(("a", "b", 1, "d")).endswith(":4")


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("a: no", "reads unquoted no as a flag", '"no"'),
        ("a: Yes", "reads unquoted Yes as a flag", '"Yes"'),
        ("a: on", "as a flag", '"on"'),
        ("off: 1", "as a flag", '"off"'),
        ("a: 21:00", "base 60", '"21:00"'),
        ("a: 0123", "octal", '"0123"'),
        ("a: 0x1F", "hexadecimal", '"0x1F"'),
        ("a: 1_000", "reads 1_000 as a number", '"1_000"'),
        ("a: .5", "both sides of its point", "0.5"),
        ("a: 5.", "both sides of its point", "5.0"),
        ("a: 1e3", "exponent", "write the number out"),
        ("a: +5", "without its sign", '"+5"'),
        ("a: .inf", "not a number", ""),
        ("a: TRUE", "in capitals", "small"),
        ("a: 2025-02-30", "not in the calendar", "2025-01-31"),
        ("a: 2025-1-9", "two digits", "2025-01-31"),
        ("a: 2025-01-31 09:00:00", "must be text", "quotes"),
        ("1688: x", "the key 1688", '"1688"'),
        ("a: 1\na: 2", "stands here twice", "line 1"),
        ("a: &x 1", "anchors", "write it out"),
        ("a: {<<: {b: 1}}", "merge keys", "write the keys out"),
        ("a: !!python/name:os.system x", "tag", "leave it out"),
        ("? [a, b]\n: 1", "a key is plain text", ""),
        ("a: b: c", "not YAML", "quotes"),
        ("a: [1", "not YAML", "brackets"),
        ("\ta: 1", "not YAML", "spaces"),
        ("a: 1\n---\nb: 2", "one document", ""),
        ("", "the file is empty", ""),
        ("[" * 30 + "]" * 30, "nested more than 20", ""),
        (b"a: \xb7\xa2", "not UTF-8", "UTF-8"),
        (b"a: \x00", "not YAML", ""),
    ],
)
def test_what_yaml_bends_silently_is_refused(read, text, what, hint):
    problem = read(text).problems[-1]
    assert what in problem.what
    assert hint in problem.hint


def test_an_alias_is_refused_where_it_stands(read):
    assert [problem.where for problem in read("a: &x [1]\nb: *x\n").problems] == ["a", "b"]


def test_a_file_too_large_or_missing_is_refused_before_it_is_read(read, tmp_path, monkeypatch):
    assert "cannot be read" in read_yaml(tmp_path / "none.yaml").problems[0].what
    monkeypatch.setattr(yamlfile, "MOST_BYTES", 10)
    assert "the limit is 10" in read("a: 1\nb: 2\nc: 3\n").problems[0].what


def test_all_problems_of_a_file_come_at_once(read):
    assert len(read("a: no\nb: 21:00\nc: [0123, {d: yes, d: 1}]\n").problems) == 5
