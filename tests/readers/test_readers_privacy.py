"""Persons stay in the reader."""

from __future__ import annotations

import re

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_world import HEADER, KEY, order

from shopscore.readers.cells.privacy import example, pseudonym, shape

SECRETS = ("王小明", "张三丰", "13812345678", "中山路")


def test_equal_names_have_equal_pseudonyms_under_one_key_only():
    names = pl.Series("buyer_id", ["甲", " 甲 ", "乙", None, "b_0123456789abcdef"])
    first, other = pseudonym(names, KEY).to_list(), pseudonym(names, b"other").to_list()
    assert first[0] == first[1] != first[2]
    assert first[0] != other[0]
    assert first[3:] == [None, "b_0123456789abcdef"]
    assert all(re.fullmatch("b_[0-9a-f]{16}", name) for name in first if name)


@given(st.lists(st.text(max_size=8)))
def test_a_pseudonym_stays(names):
    once = pseudonym(pl.Series("buyer_id", names, dtype=pl.String), KEY)
    assert pseudonym(once, KEY).to_list() == once.to_list()


def test_no_person_is_found_in_anything_a_reading_gives(read):
    shifted = "2,张三丰,王小明,13812345678,中山路 1 号,王小明,13812345678,x"
    more = "3,张三丰,交易成功,2026-11-03 10:00:00,中山路,王小明,No:1,王小明"
    reading = read({"a.csv": "\n".join([HEADER, order("1", buyer="张三丰"), shifted, more, "说明王小明,,,,,,,"])})
    said = repr(list(reading.accounts.values()))
    for shop in reading.shops:
        said += "".join(str(frame.to_dicts()) for frame in shop.tables.values())
    assert [secret for secret in SECRETS if secret in said] == []
    account = reading.accounts["a.csv"]
    assert (account.rows_accepted, account.rows_refused) == (2, 2)


@pytest.mark.parametrize(
    ("text", "looks"),
    [("王先生", "中3"), ("13800000000", "9×11"), ("王 a1", "中1 a×19×1"), ("", ""), ("<b>", "·×1a×1·×1")],
)
def test_shapes(text, looks):
    assert shape(text) == looks


@given(st.text(max_size=40))
def test_a_shape_depends_on_the_kinds_of_characters_only(text):
    other = "".join("7" if char.isdigit() else "宀" if "\u4e00" <= char <= "\u9fff" else char for char in text)
    assert shape(other.translate(str.maketrans("bcdxyz", "kkkkkk"))) == shape(text)


@pytest.mark.parametrize(
    ("text", "kind", "closed", "row_read", "shown"),
    [
        ("2.73E+18", "id", False, False, "2.73E+18"),
        ("13812345678", "id", False, False, "9×11"),
        ("13812345678", "time", False, True, "9×11"),
        ("2026-13-45", "time", False, True, "2026-13-45"),
        ("13812345678", "money", False, True, "9×11"),
        ("1,2,3", "money", False, True, "1,2,3"),
        ("新状态", "text", True, True, "新状态"),
        ("新状态", "text", True, False, "中3"),
        ("电话13812345678", "text", True, True, "中29×11"),
        ("备注", "text", False, True, "中2"),
        (None, "text", True, True, ""),
    ],
)
def test_examples_show_what_is_no_person(text, kind, closed, row_read, shown):
    assert example(text, kind, closed=closed, row_read=row_read) == shown


def test_columns_nobody_asked_for_are_not_read(read):
    reading = read({"a.csv": f"{HEADER}\n{order('1')}\n"})
    (shop,) = reading.shops
    assert "王小明" not in str(shop.tables["orders"].to_dicts())
    assert "王小明" not in str(msgspec.to_builtins(reading.accounts["a.csv"]))
