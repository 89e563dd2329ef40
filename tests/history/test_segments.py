"""What a history keeps of segments: it comes back as it was, is bounded, and says what a change came from."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from evidence.waiting import LATE
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from past_world import metric, report
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from shopscore import diff, history, past, saved
from shopscore.diagnosis.changed_since import MOST_SEGMENTS, kept
from shopscore.history import packing, tables
from shopscore.model import Cells, SegmentCount, Sums
from shopscore.render import diff as page
from shopscore.render.json import render as render_json

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
amounts = st.floats(0, 1e9) | st.integers(0, 10**6).map(float)
counts = st.builds(SegmentCount, texts, amounts, amounts, amounts, st.none() | amounts)
cells = st.builds(Cells, amounts, st.lists(st.tuples(texts, st.lists(counts, max_size=5).map(tuple))).map(tuple))


@pytest.fixture
def place(tmp_path):
    return str(tmp_path / "nights.db")


@given(cells)
def test_segments_come_back_as_they_were(given_):
    assert packing.unpack(packing.pack(given_)) == given_


def carriers(slow, fast=(16, 800)):
    """Two carriers with (late, sent) each, and two hours which nothing hangs on."""
    sides = {"carrier": {"slow": slow, "fast": fast}, "hour": {"9": (0, 0), "20": (0, 0)}}
    late, sent = slow[0] + fast[0], slow[1] + fast[1]
    sides["hour"] = {"9": (late / 2, sent / 2), "20": (late / 2, sent / 2)}
    found = tuple(
        (name, tuple(SegmentCount(each, *both, both[1]) for each, both in sorted(side.items())))
        for name, side in sides.items()
    )
    return late / sent, Cells(1.2, found)


def audited(day, slow, fast=(16, 800)):
    value, found = carriers(slow, fast)
    return report(day, replace(metric(value=value, verdict="fail" if value > 0.1 else "pass", day=day), cells=found))


def test_an_audit_of_a_history_has_its_segments_and_is_the_same_report(place):
    one = audited(0, (80, 400))
    history.keep(place, one)
    back = history.load(place, "last")
    assert back == one
    assert back.shops[0].metrics[0].cells == one.shops[0].metrics[0].cells is not None


def test_more_of_the_slow_carrier_is_told_apart_from_a_slower_one(place):
    history.keep(place, audited(0, (80, 400)))
    for slow, fast, mix, rate in (((160, 800), (8, 400), 0.06, 0.0), ((160, 400), (16, 800), 0.0, 0.067)):
        found = past.since(place, audited(30, slow, fast))["p/s"]
        (change,) = found.regressions
        told = change.movement
        assert (told.dimension, told.simpson) == ("carrier", False)
        assert told.mix + told.rate == pytest.approx(change.difference)
        assert (told.mix, told.rate) == (pytest.approx(mix, abs=0.002), pytest.approx(rate, abs=0.002))
    (line,) = [each for each in page.render(diff.Comparison("a", "b", (found,)), "en") if "of that" in each.text]
    assert "carrier slow got worse (20.0% -> 40.0%)" in line.text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_json_report_holds_them_for_the_reader_of_the_model_only(lang):
    one = audited(0, (80, 400))
    text = render_json(one, lang)
    back = saved.read(text, "r.json")
    assert back == one
    assert back.shops[0].metrics[0].cells == one.shops[0].metrics[0].cells is not None
    assert not {"cells"} & set(json.loads(text)["shops"][0]["metrics"][0])


@pytest.mark.parametrize("pick", [0, 1])
def test_of_two_audits_one_without_segments_has_a_change_and_no_split(pick):
    both = [audited(0, (80, 400)), audited(30, (160, 400))]
    both[pick] = saved.unpack(saved.pack(both[pick]), "history")
    assert diff.compare(*both).shops[0].regressions[0].movement is None


def test_without_segments_there_is_a_change_and_no_split(place):
    history.keep(place, report(0, metric(value=0.08)))
    (change,) = past.since(place, audited(30, (160, 400)))["p/s"].regressions
    assert change.movement is None


def test_a_history_of_before_is_taken_up_and_keeps_what_it_had(place):
    history.keep(place, audited(0, (80, 400)))
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("drop table segments")
        connection.execute("drop table reports")
        connection.execute("update audits set report = ?", (saved.pack(audited(0, (80, 400))),))
        connection.execute("update shopscore_history set version = 1")
    history.begin(place)
    assert history.load(place, "last") == saved.unpack(saved.pack(audited(0, (80, 400))), "history")
    assert history.keep(place, audited(1, (80, 400)))
    made = inspect(create_engine(f"sqlite:///{place}", poolclass=NullPool))
    with create_engine("sqlite://", poolclass=NullPool).begin() as connection:
        tables.prepare(connection)
        shape = inspect(connection)
        for name in made.get_table_names():
            ours, todays = (
                {each["name"]: str(each["type"]) for each in side.get_columns(name)} for side in (made, shape)
            )
            assert ours == todays, name
            assert made.get_pk_constraint(name) == shape.get_pk_constraint(name)
            assert made.get_foreign_keys(name) == shape.get_foreign_keys(name)
        assert connection.scalar(text("select version from shopscore_history")) == tables.latest() == 3


def test_what_is_kept_is_bounded():
    split = {"product_id": {f"p{at}": Sums(rows=100 + at, hits=5) for at in range(500)} | {None: Sums(rows=7, hits=1)}}
    split["product_id"] |= {"tiny": Sums(rows=4, hits=4), "x" * 101: Sums(rows=9000, hits=1)}
    whole = Sums(rows=sum(each.rows for each in split["product_id"].values()), hits=2511)
    ((_, named),) = kept(LATE, whole, [], split).dimensions
    assert len(named) == MOST_SEGMENTS + 2
    assert {"", "rest", "p499"} <= {each.segment for each in named}
    assert not {"tiny", "p0", "x" * 101} & {each.segment for each in named}
    assert sum(each.below for each in named) == whole.rows
