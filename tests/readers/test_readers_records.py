"""JSON and JSON Lines: lists of records as tables, numbers as they are written, damage as a sentence."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.model import Words
from shopscore.readers import kinds, limits
from shopscore.readers.kinds import grids
from shopscore.readers.kinds.sheet import Header

MOMENT = "2026-11-03 10:00:00"
LINE = {"buyer_id": "买家甲", "sender": "buyer", "sent_at": MOMENT}


def sheets(content):
    """Sheet name → its records as header → cell, with ``_row`` and ``_flaw``; or the sentence."""
    found = kinds.sheets(content if isinstance(content, bytes) else content.encode(), "json", [])
    if isinstance(found, Words):
        return found.en
    return {sheet.name: rows_of(sheet) for (sheet,) in found}


def rows_of(sheet):
    (header,) = sheet.rows
    asked = Header(0, len(header), range(len(header)))
    rows = [row for grid in sheet.grids(asked) for row in grid.to_dicts()]
    return [{"_row": row["_row"], "_flaw": row["_flaw"]} | cells(row, header) for row in rows]


def cells(row, header):
    return {name: row[f"c{place}"] for place, name in enumerate(header)}


def sound(number, **row):
    return {"_row": number, "_flaw": None, **row}


def test_a_list_of_objects_is_a_table_and_what_encloses_it_fills_columns():
    content = {"user": "u", "meta": {"at": "x"}, "chats": [{"sender": "a"}, {"sender": "b"}]}
    assert sheets(json.dumps(content)) == {
        "chats": [
            sound(1, sender="a", user="u", **{"meta.at": "x"}),
            sound(2, sender="b", user="u", **{"meta.at": "x"}),
        ],
        "": [sound(1, user="u", **{"meta.at": "x"})],
    }


def test_a_list_inside_records_is_a_table_of_its_own():
    trades = {"trade": [{"tid": 1, "orders": {"order": [{"oid": 11}, {"oid": 12}]}}, {"tid": 2}]}
    assert sheets(json.dumps({"response": {"trades": trades}})) == {
        "response.trades.trade": [sound(1, tid="1"), sound(2, tid="2")],
        "response.trades.trade.orders.order": [
            sound(1, oid="11", **{"response.trades.trade.tid": "1"}),
            sound(2, oid="12", **{"response.trades.trade.tid": "1"}),
        ],
        "": [],
    }


def test_an_object_whose_lists_are_tables_is_a_table_of_one_record_too():
    trade = {"trade": {"tid": 1, "orders": {"order": [{"oid": 11}]}}}
    assert sheets(json.dumps(trade)) == {
        "trade.orders.order": [sound(1, oid="11", **{"trade.tid": "1"})],
        "": [sound(1, **{"trade.tid": "1"})],
    }


def test_lists_inside_lines_are_tables_of_their_own_and_a_broken_line_is_missed_in_each():
    trades = [{"tid": 1, "orders": [{"oid": 11}, {"oid": 12}]}, {"tid": 2, "orders": [{"oid": 21}]}]
    lines = [json.dumps(trades[0]), '{"tid": 9, "ord', json.dumps(trades[1])]
    broken = {"_flaw": "broken_record"}
    assert sheets("\n".join(lines)) == {
        "": [sound(1, tid="1"), {"_row": 2, **broken, "tid": None}, sound(3, tid="2")],
        "orders": [
            sound(1, oid="11", tid="1"),
            sound(2, oid="12", tid="1"),
            {"_row": 3, **broken, "oid": None, "tid": None},
            sound(4, oid="21", tid="2"),
        ],
    }


@pytest.mark.parametrize(
    "wrapped",
    [
        [{"sender": "buyer", "buyer_id": "b", "sent_at": MOMENT}],
        {"response": {"result": {"line": [{"sender": "buyer", "buyer_id": "b", "sent_at": MOMENT}]}}},
        {"response": {"line": {"sender": "buyer", "buyer_id": "b", "sent_at": MOMENT}}},
        {"line": {"sender": "buyer", "buyer_id": "b", "sent_at": MOMENT, "images": [{"url": "x"}]}},
        {"response": {"buyer_id": "b", "line": [{"sender": "buyer", "sent_at": MOMENT}]}},
    ],
)
def test_the_layers_around_a_record_do_not_matter(read, wrapped):
    reading = read({"tmall/店/messages.json": json.dumps(wrapped)})
    assert reading.shops[0].tables["messages"].select("sender", "sent_at").rows() == [
        ("buyer", dt.datetime(2026, 11, 3, 10, 0))
    ]


def test_the_end_of_a_name_that_two_columns_have_names_neither():
    from shopscore.readers.formats import _places  # noqa: PLC0415 - the smallest place to see it

    at = _places(["a.amount", "b.amount", "b.x.id", "name", "c.name", "No. of", "1.5"])
    assert "amount" not in at
    assert (at["a.amount"], at["id"], at["x.id"], at["name"]) == (0, 2, 2, 3)


def test_a_column_of_the_record_itself_comes_before_one_of_what_encloses_it():
    assert sheets('{"count": 2, "list": [{"count": 1}]}') == {
        "list": [sound(1, count="1", **{"/count": "2"})],
        "": [sound(1, count="2")],
    }


def test_values_are_text_as_they_are_written():
    record = '{"id": 1234567890123456789, "sum": 1.50, "yes": true, "none": null, "in": {"a": "b"}, "list": [1, "x"]}'
    assert sheets(f"[{record}]") == {
        "": [
            sound(
                1,
                id="1234567890123456789",
                sum="1.50",
                yes="true",
                none="",
                list='["1", "x"]',
                **{"in.a": "b"},
            )
        ]
    }


def test_one_object_alone_is_one_record():
    assert sheets('{"tid": "1"}') == {"": [sound(1, tid="1")]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(read, encoding):
    reading = read({"tmall/店/messages.json": json.dumps([LINE], ensure_ascii=False).encode(encoding)})
    assert reading.shops[0].tables["messages"].select("sender", "sent_at").rows() == [
        ("buyer", dt.datetime(2026, 11, 3, 10, 0))
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"a": 1}, {"b', "line 1, character 13"),
        ('[{"a": 1,\n "a": 2}]', "names a key twice"),
        ('[{"a": NaN}]', "NaN or Infinity"),
        ('[{"a": -Infinity}]', "NaN or Infinity"),
        ('{"a": ' * 40 + "1" + "}" * 40, "deeper than 32"),
        ('[{"a": ' + "[" * 1_000_000, "deeper than 32"),
        ('["a", "b"]', "without a list of records"),
        ('{"chats": []}', "without a list of records"),
        ('{"a": "', "line 1, character 7"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(content, said):
    assert said in sheets(content)


@pytest.mark.parametrize("limit", ["MAX_JSON_BYTES", "MAX_JSON_VALUES"])
def test_a_document_too_large_to_be_held_is_a_sentence(monkeypatch, limit):
    monkeypatch.setattr(limits, limit, 5)
    assert "one record a line" in sheets('[{"a": 1, "b": [1, 2, 3, 4, 5, 6]}]')


def test_half_a_character_is_no_reason_to_fail():
    assert sheets(r'[{"a": "\ud83d", "b": "\ud83d\ude00"}]') == {"": [sound(1, a="\ufffd", b="\U0001f600")]}


def test_an_entry_that_is_no_object_is_refused_with_its_number(read):
    reading = read({"tmall/店/messages.json": json.dumps([LINE, 5, LINE | {"sender": "human"}])})
    (account,) = reading.accounts.values()
    assert [(each.reason, each.count, each.examples[0].row) for each in account.refusals] == [("broken_record", 1, 2)]
    assert (account.rows_read, account.rows_accepted) == (3, 2)


def test_a_table_name_that_leads_to_a_list_names_the_table(read):
    reading = read({"tmall/店/export.json": json.dumps({"messages": [LINE], "other": [{"x": 1}]})})
    assert reading.shops[0].tables["messages"].height == 1


# ── a record a line ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_json_lines_are_canonical_tables_like_csv(read):
    lines = [
        json.dumps(LINE),
        "",
        json.dumps(LINE | {"sender": "human", "agent_id": "店:小美"}),
        '{"buyer_id": "x',
        "[1]",
    ]
    reading = read({"tmall/店/messages.jsonl": "\r\n".join(lines)})
    (account,) = reading.accounts.values()
    assert (account.format, account.rows_read, account.rows_accepted) == ("canonical_messages", 4, 2)
    assert [(each.reason, each.count, each.examples[0].row) for each in account.refusals] == [("broken_record", 2, 4)]
    frame = reading.shops[0].tables["messages"]
    assert frame.select("sender", "agent_id").rows() == [("buyer", None), ("human", "店:小美")]


def test_a_column_that_only_a_late_line_has_is_read():
    content = "\n".join([*['{"a": "x"}'] * 3, '{"a": "y", "late": true}'])
    assert sheets(content)[""][3] == sound(4, a="y", late="true")


def test_lines_come_in_grids_of_bounded_size(monkeypatch):
    monkeypatch.setattr(grids, "_ROWS", 2)
    (sheet,) = next(kinds.sheets(b'{"a": 1}\n' * 5, "json", []))
    assert [grid.height for grid in sheet.grids(Header(0, 1, [0]))] == [2, 2, 1]


def test_a_line_too_long_to_be_a_record_is_refused_and_the_next_one_read(monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE", 64)
    content = '{"a": 1}\n{"a": 2}\n' + json.dumps({"a": "x" * 500}) + '\n{"a": 4}\n'
    assert [(row["_row"], row["_flaw"], row["a"]) for row in sheets(content)[""]] == [
        (1, None, "1"),
        (2, None, "2"),
        (3, "broken_record", None),
        (4, None, "4"),
    ]


def test_more_columns_than_a_table_can_have_are_no_table(monkeypatch):
    monkeypatch.setattr(limits, "MAX_COLUMNS", 2)
    (sheet,) = next(kinds.sheets(b'{"a": 1}\n{"b": 1}\n{"c": 1}', "json", []))
    assert sheet.rows == ()


SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


@given(VALUES)
def test_any_json_is_sheets_or_a_sentence(value):
    sheets(json.dumps(value))


@given(st.lists(st.dictionaries(st.sampled_from("abc"), SCALARS, min_size=1), min_size=2))
def test_a_record_a_line_reads_like_a_list_of_records(records):
    lines, whole = sheets("\n".join(map(json.dumps, records))), sheets(json.dumps(records))
    assert lines == whole
