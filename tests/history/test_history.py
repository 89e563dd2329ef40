"""Audits are kept once, whole, and come back as they were; a metric is shown over them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from msgspec.structs import replace
from past_world import metric, report
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from shopscore import history, past, saved
from shopscore.errors import UsageError
from shopscore.history import asking, tables
from shopscore.model import Measurement
from shopscore.render import csv, letter
from shopscore.render import history as page


@pytest.fixture
def place(tmp_path):
    return str(tmp_path / "folder" / "nights.db")


def kept(place, *reports):
    for each in reports:
        history.keep(place, each)
    return place


def test_an_audit_comes_back_as_it_was(place):
    one = report(0, shops=("s", "t"))
    assert history.keep(place, one)
    assert history.load(place, "last") == one
    assert history.load(place, one.audit_id[:8]) == one


def test_keeping_an_audit_again_changes_nothing(place):
    assert history.keep(place, report())
    before = rows(place)
    assert not history.keep(place, report())
    assert rows(place) == before


def rows(place):
    with closing(sqlite3.connect(place)) as connection, connection:
        return {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in  # noqa: S608
                ("audits", "shops", "metrics")}  # fmt: skip


def test_the_last_and_the_one_before_follow_the_days_and_not_the_order_of_keeping(place):
    kept(place, report(2), report(0), report(1))
    assert history.load(place, "last") == report(2)
    assert history.load(place, "previous") == report(1)


def test_last_and_previous_may_be_of_one_shop(place):
    kept(place, report(0, shops=("s",)), report(1, shops=("t",)), report(2, shops=("t",)))
    assert history.load(place, "last", shop="s") == report(0, shops=("s",))
    assert history.load(place, "last", platform="p") == report(2, shops=("t",))
    with pytest.raises(UsageError, match="previous: the history holds 1 such audit"):
        history.load(place, "previous", shop="s")
    with pytest.raises(UsageError, match="last: the history holds no such audits"):
        history.load(place, "last", shop="u")


def test_an_id_must_say_enough(place):
    kept(place, report(0, audit="abcd1" + "0" * 59), report(1, audit="abcd2" + "0" * 59))
    assert history.load(place, "abcd2").audit_id.startswith("abcd2")
    for name, said in (
        ("abcd", "2 audits begin like that"),
        ("ffff", "no audit of the history"),
        ("abc", "no audit"),
        ("%%%%", "no audit"),
    ):
        with pytest.raises(UsageError, match=said):
            history.load(place, name)


# ── a metric over audits ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_metric_over_audits_marks_where_the_rules_changed(place):
    kept(place, report(0), report(1, metric(value=0.2, verdict="fail", day=1)), report(2, version="2"))
    (found,) = history.series(place, "late", 10)
    assert [(point.value, point.verdict, point.rules_changed) for point in found.points] == [
        (0.05, "pass", False),
        (0.2, "fail", False),
        (0.05, "pass", True),
    ]
    assert found.points[1].interval == pytest.approx((0.16, 0.24))
    lines = [line.text for line in page.series_lines([found], "en")]
    assert lines[0] == "Late orders (p.late) | p/s"
    assert lines[3].startswith("2026-12-02 10:00  20.0%")
    assert lines[4] == "-- from here on by the rules 2"
    assert all(len(line) <= 100 for line in lines)


def test_the_last_so_many_are_asked_for_by_shop_and_glob(place):
    both = (metric("p.late"), metric("p.late_2"))
    kept(place, *(report(day, *both, shops=("s", "t")) for day in range(4)))
    found = history.series(place, "p.la*", 2, shop="t")
    assert [(each.shop, each.metric, len(each.points)) for each in found] == [("t", "p.late", 2), ("t", "p.late_2", 2)]
    assert [each.metric for each in history.series(place, "late", 2, shop="t")] == ["p.late"]
    assert found[0].points[-1].as_of == "2026-12-04T10:00:00"
    with pytest.raises(UsageError, match=r"p\.early: no such metric in the history"):
        history.series(place, "p.early", 2)


def test_a_series_as_json_and_as_a_sheet(place):
    kept(place, report(0), report(1, version="2"))
    found = history.series(place, "p.late", 10)
    told = json.loads(page.series_json(found, "zh-Hans"))["series"][0]
    assert told["title"] == "延迟发货"
    assert [point["rules_changed"] for point in told["points"]] == [False, True]
    text_ = csv.render(page.series_sheet(found))
    assert text_.splitlines()[0].lstrip(csv.BOM).startswith("platform,shop,metric,as_of,value")
    assert "p,s,p.late,2026-12-01 10:00:00,0.05," in text_


def test_audits_are_listed_with_what_fails(place):
    aside = replace(metric(verdict="fail"), suppressed="moving (Li, 2026-12-31)")
    kept(place, report(0), report(1, metric(verdict="fail"), metric("p.b", verdict="fail")), report(2, aside))
    found = history.audits(place, 2)
    assert [(each.as_of[:10], each.failing) for each in found] == [("2026-12-02", 2), ("2026-12-03", 0)]
    assert [line.text.split()[0] for line in page.audit_lines(found, "en")] == ["as", "2026-12-02", "2026-12-03"]
    assert len(json.loads(page.audit_json(found))["audits"]) == 2
    assert history.audits(place, 9, shop="nobody") == ()


# ── since the last one ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_audit_is_held_against_the_last_one_alike(place):
    worse = report(3, metric(value=0.3, verdict="fail", day=3))
    assert kept(place, report(0), report(1, version="2")) == place
    found = past.since(place, worse)["p/s"]
    assert str(found.before_as_of.date()) == "2026-12-01"
    assert [change.id for change in found.regressions] == ["p.late"]
    history.keep(place, worse)
    assert past.since(place, worse)["p/s"] == found


def test_an_earlier_audit_of_a_fleet_is_opened_once_for_all_its_shops(place, monkeypatch):
    shops = tuple(f"s{number}" for number in range(20))
    kept(place, report(0, shops=shops))
    opened = []
    real = asking.opened
    monkeypatch.setattr(asking, "opened", lambda *asked: opened.append(asked[1]) or real(*asked))
    assert len(past.since(place, report(1, shops=shops))) == 20
    assert len(opened) == 1


@pytest.mark.parametrize("version", [2, 3])
def test_one_shop_of_a_fleet_is_found_in_audits_of_any_version(place, version):
    one = report(0, shops=("s", "t"))
    kept(place, one)
    if version == 2:  # which kept a report in one
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute("delete from reports")
            connection.execute("update audits set report = ?", (saved.pack(one),))
    (found,) = history.earlier(place, report(1, shops=("s", "t")), one.shops[1])
    assert found == replace(one, shops=one.shops[1:])
    assert history.load(place, "last") == one
    assert [each.shop for each in history.series(place, "late", 9)] == ["s", "t"]


def test_without_an_earlier_one_alike_there_is_nothing_to_say(place):
    history.begin(place)
    assert past.since(place, report(0)) == {}
    kept(place, report(1), report(0, shops=("t",)), report(0, version="2"))
    assert past.since(place, report(0)) == {}


def test_each_shop_has_a_last_audit_of_its_own(place):
    kept(place, report(0, shops=("s",)), report(1, shops=("t",)))
    found = past.since(place, report(2, shops=("s", "t", "u")))
    assert {name: each.before_as_of.day for name, each in found.items()} == {"p/s": 1, "p/t": 2}


GOOD, BAD = (0.05, "pass"), (0.3, "fail")
NOTHING = (None, "not_measured")


def nights(place, *found, **changes):
    """What the last of some nights has become; the nights before are kept."""
    made = []
    for day, (value, verdict) in enumerate(found):
        one = metric(value=value or 0.0, verdict=verdict, day=day)
        if value is None:
            one = replace(one, measurement=Measurement("no_table", one.measurement.window, None, None, None, None))
        made.append(report(day, one, metric("p.other", day=day), **(changes if day == 0 else {})))
    kept(place, *made[:-1])
    return past.since(place, made[-1])["p/s"]


@pytest.mark.parametrize(
    ("found", "counts", "held_against"),
    [
        ((GOOD, NOTHING, BAD), (1, 0, 0), 1),
        ((GOOD, NOTHING, NOTHING, NOTHING, BAD), (1, 0, 0), 1),
        ((BAD, NOTHING, BAD), (0, 0, 0), None),
        ((GOOD, NOTHING, GOOD), (0, 0, 0), None),
        ((BAD, NOTHING, GOOD), (0, 1, 0), 1),
        ((BAD, GOOD, NOTHING, BAD), (1, 0, 0), 2),
        ((GOOD, BAD, NOTHING, BAD), (0, 0, 0), None),
        ((NOTHING, NOTHING, BAD), (0, 0, 1), None),
        ((GOOD, BAD), (1, 0, 0), None),
    ],
)
def test_what_a_night_did_not_measure_is_held_against_the_last_that_did(place, found, counts, held_against):
    since = nights(place, *found)
    assert tuple(len(each) for each in (since.regressions, since.improvements, since.new)) == counts
    moments = [each.before_as_of for each in (*since.regressions, *since.improvements) if each.before_as_of]
    assert [each.day for each in moments] == ([] if held_against is None else [held_against])
    assert since.before_as_of.day == len(found) - 1  # the audit itself is held against the last, whatever it lacks
    assert since.same == 2 - sum(counts)


def test_a_night_judged_otherwise_is_none_to_be_held_against(place):
    assert [each.id for each in nights(place, GOOD, NOTHING, BAD, version="2").new] == ["p.late"]


def test_a_night_without_data_turns_a_verdict_twice_whatever_stood_before(place):
    since = nights(place, GOOD, NOTHING, GOOD)
    assert [(turn.id, turn.before, turn.after) for turn in since.turned] == [("p.late", "not_measured", "pass")]


def test_a_message_says_when_what_it_is_held_against_was_measured(place):
    since = nights(place, GOOD, NOTHING, BAD)
    for lang, said in (("en", "pass → FAIL, last measured 12-01"), ("zh-Hans", "达标 → 不达标，上次测得于 12-01")):
        (told,) = letter.render(report(2), {"p/s": since}, report(2).shops, None, lang).shops
        assert said in "\n".join(told.lines)
        assert not any("not judged" in line or "未判定" in line for line in told.lines)


def test_a_metric_nobody_ever_measured_opens_no_audit_of_long_ago(place, monkeypatch):
    opened = []
    real = asking.opened
    monkeypatch.setattr(asking, "opened", lambda *asked: opened.append(asked[1]) or real(*asked))
    nights(place, *[NOTHING] * 9, BAD)
    assert opened == [9]


# ── versions, and what is no history ─────────────────────────────────────────────────────────────────────────────


def add_a_note(connection):
    """A migration as a later version may have one."""
    connection.execute(text("ALTER TABLE audits ADD COLUMN note VARCHAR(20)"))
    connection.execute(text("UPDATE audits SET note = 'kept by version 1'"))


def test_an_older_history_is_taken_to_the_latest_version_with_all_it_holds(place, monkeypatch):
    kept(place, report(0), report(1))
    monkeypatch.setattr(tables, "STEPS", (*tables.STEPS, add_a_note))
    with pytest.raises(UsageError, match="its tables are of an older version; the next audit with --history"):
        history.load(place, "last")
    history.begin(place)
    assert [history.load(place, name) for name in ("previous", "last")] == [report(0), report(1)]
    with closing(sqlite3.connect(place)) as connection, connection:
        assert connection.execute("select note from audits").fetchall() == [("kept by version 1",)] * 2
        assert connection.execute("select version from shopscore_history").fetchall() == [(4,)]
    history.begin(place)
    assert rows(place)["audits"] == 2


def test_a_step_that_fails_leaves_the_history_as_it_was(place, monkeypatch):
    kept(place, report(0))

    def breaks(connection):
        add_a_note(connection)
        connection.execute(text("UPDATE nowhere SET a = 1"))

    monkeypatch.setattr(tables, "STEPS", (*tables.STEPS, breaks))
    with pytest.raises(UsageError, match="no such table: nowhere"):
        history.begin(place)
    monkeypatch.undo()
    assert history.load(place, "last") == report(0)
    made = inspect(create_engine(f"sqlite:///{place}", poolclass=NullPool))
    assert "note" not in {each["name"] for each in made.get_columns("audits")}


def test_a_history_of_a_later_shopscore_is_refused(place):
    kept(place, report(0))
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("update shopscore_history set version = 9")
    for ask in (lambda: history.load(place, "last"), lambda: history.keep(place, report(1))):
        with pytest.raises(UsageError, match="of version 9, a later shopscore wrote it; this one knows 3"):
            ask()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("{tmp}/none.db", "there is no history yet; shopscore audit PATH --history"),
        ("{tmp}/text.db", "file is not a database"),
        ("{tmp}/other.db", "this holds no history"),
        ("nosuchdb://host/name", "no such kind of database; a plain path is a SQLite file"),
        ("postgresql://me:secret@host/name", "its driver is not installed"),
        ("sqlite://///:x://", "--history"),
    ],
)
def test_what_is_no_history_is_said_without_a_password(tmp_path, name, said):
    (tmp_path / "text.db").write_text("this is a text, and a long one, and no database at all" * 30, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection, connection:
        connection.execute("create table cats (name text)")
    with pytest.raises(UsageError, match=said) as refused:
        history.load(name.replace("{tmp}", str(tmp_path)), "last")
    assert "secret" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match=r"--history .*file/h\.db: "):
        history.begin(str(tmp_path / "file" / "h.db"))
