"""What formats may say of a column beyond its header: texts joined, rows chosen, values spread, moments counted."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from readers_world import EXPORT

from shopscore.ruleset.format import Format, WordList


@pytest.fixture
def rules():
    """A format of messages whose columns a test replaces."""
    return SimpleNamespace(
        formats=[],
        words={},
        digest="",
        packs={"tmall": SimpleNamespace(pack=SimpleNamespace(timezone="Asia/Shanghai"))},
    )


@pytest.fixture
def rows_of(read, rules):
    """The messages a file gives under a format, by time; and its account."""

    def run(lines, columns, **more):
        form = {
            "id": "talk",
            "platform": "tmall",
            "table": "messages",
            "title": {"en": "talk", "zh": "聊天"},
            "must": [["who"]],
            "columns": {"buyer_id": "buyer", "sender": {"column": ["who"], "default": "human"}, "sent_at": "at"}
            | columns,
            "export": EXPORT,
        } | more
        rules.formats.append(SimpleNamespace(format=Format.model_validate(form)))
        reading = read({"talk.csv": "\n".join(lines)})
        frames = [shop.tables["messages"] for shop in reading.shops if "messages" in shop.tables]
        return (frames[0].sort("sent_at") if frames else None), reading.accounts["talk.csv"]

    return run


AT = "2026-11-03 09:05:07"


def test_texts_of_several_columns_make_one(rows_of):
    lines = ["who,buyer,day,clock", "x,b1,2026-11-3,9:05:07", "x,b1,2026-11-3,", "x,b1,-,9:05:07"]
    frame, account = rows_of(lines, {"sent_at": {"column": ["day", "clock"], "join": " "}})
    assert frame.get_column("sent_at").to_list() == [dt.datetime(2026, 11, 3, 9, 5, 7)]
    assert [(each.reason, each.count) for each in account.refusals] == [("missing_sent_at", 2)]
    assert ("sent_at", "day / clock") in account.columns_used


def test_a_text_is_joined_of_all_its_columns_or_not_at_all(rows_of):
    _, account = rows_of(["who,buyer,day", "x,b1,2026-11-3"], {"sent_at": {"column": ["day", "clock"], "join": " "}})
    assert [(each.reason, each.count) for each in account.refusals] == [("missing_sent_at", 1)]


def test_a_rule_is_asked_where_two_columns_hold_the_same(rows_of):
    sender = {
        "column": ["who"],
        "same_as": ["buyer"],
        "default": "buyer",
        "then": [{"column": ["who"], "default": "human"}],
    }
    lines = ["who,buyer,at", f"b1, b1 ,{AT}", f"b2,b1,{AT}", f",,{AT}"]
    frame, account = rows_of(lines, {"sender": sender})
    assert sorted(frame.get_column("sender")) == ["buyer", "human"]
    assert account.rows_refused == 1


def test_a_rule_that_compares_with_a_column_that_is_not_there_gives_nothing(rows_of):
    _, account = rows_of(
        ["who,buyer,at", f"x,b1,{AT}"], {"sender": {"column": ["who"], "same_as": ["no"], "default": "buyer"}}
    )
    assert [(each.reason, each.count) for each in account.refusals] == [("missing_sender", 1)]


SPREAD = {"buyer_id": {"column": ["who"], "when": {"app": ["IM.Customer"]}, "spread": ["sid"]}}


def test_the_only_value_of_a_group_is_the_value_of_all_its_rows(rows_of):
    lines = [
        "who,app,sid,at",
        f"b1,im.customer,s1,{AT}",
        f"a,waiter,s1,{AT}",
        f"b2,im.customer,s2,{AT}",
        f"a,waiter,s2,{AT}",
    ]
    frame, _ = rows_of(lines, SPREAD)
    assert frame.get_column("buyer_id").value_counts().get_column("count").to_list() == [2, 2]


def test_a_group_with_two_values_or_none_leaves_the_others_blank(rows_of):
    lines = [
        "who,app,sid,at",
        f"b1,im.customer,s1,{AT}",
        f"b2,im.customer,s1,{AT}",
        f"a,waiter,s1,{AT}",
        f"a,waiter,s2,{AT}",
        f"b3,im.customer,,{AT}",
        f"a,waiter,,{AT}",
    ]
    _, account = rows_of(lines, SPREAD)
    assert (account.rows_accepted, [(each.reason, each.count) for each in account.refusals]) == (
        3,
        [("missing_buyer_id", 3)],
    )


@pytest.mark.parametrize(
    ("form", "written", "read_as"),
    [
        ("epoch_ms", "1793667907999", dt.datetime(2026, 11, 3, 9, 5, 7)),
        ("epoch", "1793667907", dt.datetime(2026, 11, 3, 9, 5, 7)),
        ("epoch_ms", AT, dt.datetime(2026, 11, 3, 9, 5, 7)),
        # Seconds where milliseconds are meant would be a moment in 1970.
        ("epoch_ms", "1793667907", None),
        ("epoch", "1793667907999", None),
        ("epoch_ms", "0", None),
    ],
)
def test_moments_counted_since_1970_are_read_in_the_shops_zone(rows_of, form, written, read_as):
    frame, account = rows_of(["who,buyer,at", f"x,b1,{written}"], {}, times=[form])
    assert (None if frame is None else frame.item(0, "sent_at")) == read_as
    assert account.rows_refused == (read_as is None)


def test_a_format_may_say_the_zone_of_a_platform_without_a_pack(rows_of):
    frame, _ = rows_of(["who,buyer,at", "x,b1,1793667907"], {}, times=["epoch"], platform="jd", timezone="UTC")
    assert frame.item(0, "sent_at") == dt.datetime(2026, 11, 3, 1, 5, 7)


def test_of_a_text_that_tells_something_only_that_is_left(rows_of):
    columns = {"is_recalled": {"column": ["text"], "words": {"recall": "true"}}, "agent_id": "text"}
    frame, _ = rows_of(
        ["who,buyer,at,text", f"x,b1,{AT},撤回了", f"x,b1,{AT},别的话"], columns, tells={"text": {"recall": ["^撤回"]}}
    )
    assert sorted(frame.select("is_recalled", "agent_id").rows(), key=repr) == [(None, None), (True, "recall")]


def test_of_a_text_only_what_is_found_in_it_is_looked_at(rows_of):
    session = {"column": ["no"], "find": r"^T200P(\d{4})$", "then": [{"column": ["note"], "find": r"\d{4}"}]}
    lines = ["who,buyer,at,no,note", f"x,b1,{AT},T200P1234,9999", f"x,b1,{AT},FP301,order 5678!", f"x,b1,{AT},,none"]
    frame, account = rows_of(lines, {"session_id": session})
    assert sorted(frame.get_column("session_id").to_list(), key=str) == ["1234", "5678", None]
    assert ("session_id", "no / note") in account.columns_used


def test_words_are_compared_with_what_was_found(rows_of):
    sender = {"column": ["who"], "find": r"^(\d\d)\d{4}\|", "words": {"01": "buyer", "02": "human"}}
    lines = ["who,buyer,at", f"010002|in,b1,{AT}", f"020001|out,b1,{AT}", f"030001|else,b1,{AT}"]
    frame, account = rows_of(lines, {"sender": sender})
    assert sorted(frame.get_column("sender")) == ["buyer", "human"]
    assert account.rows_refused == 1


def test_a_word_list_may_stand_in_any_rule(rows_of, rules):
    sides = {"id": "sides", "title": {"en": "sides", "zh": "双方"}, "source": ["invented"], "words": {"buyer": ["客"]}}
    rules.words["sides"] = WordList.model_validate(sides)
    sender = {
        "column": ["who"],
        "when": {"auto": ["是"]},
        "default": "auto",
        "then": [{"column": ["who"], "word_list": "sides"}],
    }
    lines = ["who,buyer,at,auto", f"客,b1,{AT},否", f"店,b1,{AT},是"]
    frame, _ = rows_of(lines, {"sender": sender})
    assert sorted(frame.get_column("sender")) == ["auto", "buyer"]
