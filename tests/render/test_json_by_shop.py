"""The JSON of a fleet is written shop by shop, and is the JSON it would be as a whole."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_reports import reports

from shopscore import console, saved
from shopscore.render import json as page
from shopscore.render.json import fleet

GOLDEN = Path(__file__).parents[1] / "end_to_end" / "golden" / "report.json"


@pytest.fixture(scope="module")
def report():
    return saved.read(GOLDEN.read_text("utf-8"), GOLDEN.name)


def many(report, count):
    """A report of many shops alike, under other names."""
    shops = tuple(replace(report.shops[0], shop=f"shop {number:03}") for number in range(count))
    return replace(report, shops=shops)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(reports(), st.sampled_from(["en", "zh"]))
def test_shop_by_shop_is_the_whole(report, lang):
    assert json.loads(page.render(report, lang)) == json.loads(json.dumps(page.whole(report, lang)))


def test_shops_stand_by_number_and_what_is_left_of_them_by_the_text_of_it(report):
    text = page.render(many(report, 12), "en")
    told = json.loads(text)
    assert [each["shop"] for each in told["shops"]] == [f"shop {number:03}" for number in range(12)]
    assert list(told["model"]["rest"]["shops"]) == sorted(map(str, range(12)))
    assert saved.read(text, "many.json") == many(report, 12)


@pytest.mark.parametrize("pieces", [page.pieces, fleet.lines])
def test_writing_many_shops_takes_no_more_memory_than_writing_a_few(report, pieces, tmp_path):
    def peak(count):
        shops = many(report, count)
        tracemalloc.start()
        console.write(tmp_path / f"{count}.json", pieces(shops, "zh"))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(2)  # what is made once and kept
    few, more = peak(4), peak(24)
    assert more < 1.5 * few
    assert (tmp_path / "24.json").stat().st_size > 4 * (tmp_path / "4.json").stat().st_size


def test_shops_that_come_from_other_processes_share_their_sentences(report):
    one, other = (pickle.loads(pickle.dumps(report.shops[0])) for _ in range(2))  # noqa: S301 - our own bytes
    assert one == other == report.shops[0]
    assert all(mine.title is its.title for mine, its in zip(one.metrics, other.metrics, strict=True))
    again = saved.read(GOLDEN.read_text("utf-8"), GOLDEN.name)
    assert all(mine.title is its.title for mine, its in zip(one.metrics, again.shops[0].metrics, strict=True))
