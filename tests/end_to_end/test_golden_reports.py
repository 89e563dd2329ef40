"""The sample's reports, kept as files: whatever changes them is seen in review."""

from __future__ import annotations

import difflib
import json
import math
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
AGAIN = "python -m pytest tests/end_to_end/test_golden_reports.py --rebuild-goldens"
FILES = {"report_en.txt": "en", "report_zh.txt": "zh-Hans"}


@pytest.fixture
def rebuild(request):
    return request.config.getoption("--rebuild-goldens", default=False)


def told(name, found, kept):
    """The first lines that differ, and how to take the new ones over."""
    lines = difflib.unified_diff(kept.splitlines(), found.splitlines(), f"golden/{name}", "now", lineterm="", n=1)
    shown = list(lines)
    return "\n".join([f"{name} is not what it was; if it is better now: {AGAIN}", *shown[:60]])


@pytest.mark.parametrize("name", FILES)
def test_the_text_report_is_the_golden_one(texts, rebuild, name):
    path, found = GOLDEN / name, texts[FILES[name]]
    if rebuild:
        path.write_text(found, encoding="utf-8")
    assert path.is_file(), f"write it: {AGAIN}"
    kept = path.read_text(encoding="utf-8")
    assert found == kept, told(name, found, kept)


def without_digests(text):
    """A pack's comment must not change a golden report, and its digest does."""
    report = json.loads(text)
    for digest in (report["audit_id"], *(used["sha256"] for used in report["rules"])):
        text = text.replace(digest, "")
    return text


def same(found, kept):
    """Equal values; numbers to the last digits, which differ between processors."""
    if isinstance(found, float) and isinstance(kept, float):
        return math.isclose(found, kept, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(found, dict) and isinstance(kept, dict):
        return found.keys() == kept.keys() and all(same(found[key], kept[key]) for key in found)
    if isinstance(found, list) and isinstance(kept, list):
        return len(found) == len(kept) and all(map(same, found, kept))
    return type(found) is type(kept) and found == kept


def test_the_json_report_is_the_golden_one(json_text, rebuild):
    path, found = GOLDEN / "report.json", without_digests(json_text)
    if rebuild:
        path.write_text(found, encoding="utf-8")
    assert path.is_file(), f"write it: {AGAIN}"
    kept = path.read_text(encoding="utf-8")
    assert same(json.loads(found), json.loads(kept)), told(path.name, found, kept)


def test_a_difference_is_told_with_the_command_that_takes_it_over():
    text = told("report_en.txt", "one\ntwo\n", "one\nthree\n")
    assert "--rebuild-goldens" in text
    assert "-three\n+two" in text
    assert not same({"a": [1.0]}, {"a": [1.1]})
    assert not same({"a": None}, {})
    assert same({"a": [0.1 + 0.2]}, {"a": [0.3]})
