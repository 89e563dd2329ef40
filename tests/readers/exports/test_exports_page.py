"""docs/reading.md lists every convention of back-office exports, and the test of each."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
DOCS = (HERE.parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
TESTS = re.compile(r"^def (test_\d\d_\w+)\(", re.MULTILINE)


def test_the_page_lists_every_convention_and_its_test():
    listed = re.findall(r"^\| (\d+) \|.*\| `(\w+)` \|$", DOCS, re.MULTILINE)
    here = [name for path in HERE.glob("test_*.py") for name in TESTS.findall(path.read_text(encoding="utf-8"))]
    assert [f"test_{name}" for _, name in listed] == sorted(here)
    assert [int(number) for number, _ in listed] == list(range(1, 31))
    assert all(name.startswith(f"{int(number):02}_") for number, name in listed)
