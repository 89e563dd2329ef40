"""The READMEs and pages of docs/: links lead somewhere, both languages show the same commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
BLOCK = re.compile(r"^```(?:console)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(name):
    """The commands a README shows, without what is said of them."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return [re.split(r"\s{3,}", line.removeprefix("$ "))[0] for line in lines if re.match(r"(\$ |shopscore )", line)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target for target, _ in LINK.findall(text) if not re.match(r"[a-z]+:", target)]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_both_readmes_show_the_same_commands():
    assert shown("README.md") == shown("README.zh.md")
    assert len(shown("README.md")) > 15


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readmes_send_nobody_for_a_file_that_no_back_office_exports(name):
    """What is written by hand, platform by platform, is what the generated page says no export brings."""
    rows = [line.split("|")[1:-1] for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if "| `" in line]
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8").split("\n## ")[1:]
    known = {part.partition("`")[2].partition("`")[0]: part for part in page}
    order = ("tmall", "1688", "jd", "pdd", "aliexpress")
    for platform, (*_, exports, _, written) in zip(order, rows, strict=True):
        assert re.findall(r"`(\w+\.csv)`", written) == re.findall(r"^- `(\w+\.csv)`", known[platform], re.MULTILINE)
        assert [menu for menu in re.findall(r"[\u4e00-\u9fff]+", exports) if menu not in known[platform]] == []
