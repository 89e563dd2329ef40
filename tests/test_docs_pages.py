"""The pages of docs/ that are made are what they would be if they were made now."""

from __future__ import annotations

import pytest
from case_files import rules
from docs_pages import AGAIN, PAGES, ROOT, trap_cases, traps


@pytest.fixture
def rebuild(request):
    return request.config.getoption("--rebuild-docs", default=False)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_packs_and_cases_say(name, rebuild):
    path, found = ROOT / name, PAGES[name]()
    if rebuild:
        path.write_text(found, encoding="utf-8")
    assert path.is_file(), f"write it: {AGAIN}"
    assert path.read_text(encoding="utf-8") == found, f"{name} is out of date: {AGAIN}"


def test_the_page_of_metrics_names_every_metric_and_every_item_of_a_guide():
    page = PAGES["docs/metrics.md"]()
    for loaded in rules().packs.values():
        assert all(f"`{metric.id}`" in page for metric in loaded.pack.metrics)
        guide = loaded.pack.guide
        for each in (*guide.indicators,) if guide else ():
            assert each.name.words.zh in page
        for each in (*guide.advice, *guide.consequences) if guide else ():
            assert each.text.words.zh in page


def test_no_excuse_outlives_the_case_that_makes_it_void():
    cases = trap_cases()
    assert [number for number, trap in traps().items() if "instead" in trap and cases.get(number)] == []
