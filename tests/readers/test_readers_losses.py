"""What was lost of a table stays with it when it is saved, until sound exports of it are read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.model import CellRefusals, FileAccount, Refusal
from shopscore.readers.shops.losses import given_back, written
from shopscore.trust import of_shop


def reasons(notes=(), **refused):
    account = FileAccount(
        file="orders.csv", sha256="", format=None, table="orders", encoding=None, platform="1688", shop="店",
        rows_read=100 + sum(refused.values()), rows_accepted=100, rows_duplicate=0, rows_refused=sum(refused.values()),
        refusals=tuple(Refusal(*each) for each in refused.items()),
        cells_refused=(CellRefusals("amount", 4),), notes=tuple(Refusal(*each) for each in notes),
    )  # fmt: skip
    return of_shop([account], "1688", "店").trust.reasons


def test_rows_lost_for_any_reason_are_one_number_and_noise_is_none():
    found = given_back(written(reasons(damaged_id=3, ragged_row=2, total_row=1), "orders"), "orders")
    assert found == ((Refusal("lost_before", 5),), (CellRefusals("amount", 4),))


def test_what_is_lost_twice_adds_up_and_other_tables_keep_out_of_it():
    found = reasons([("lost_before", 7), ("truncated", 1)], damaged_id=3)
    assert given_back(written(found, "orders"), "orders")[0] == (Refusal("lost_before", 10), Refusal("truncated", 1))
    assert written(found, "refunds") is None


def test_what_is_said_of_a_file_as_it_lay_there_is_not_kept():
    found = reasons([("open_in_excel", 1), ("gap", 3)])
    assert json.loads(written(found, "orders")) == {"cells": {"amount": 4}}


@pytest.mark.parametrize(
    "text",
    [None, "", "no json", "[]", "3", '{"notes": 3}', '{"notes": {"unheard_of": 3}}', '{"notes": {"truncated": -1}}',
     '{"notes": {"truncated": "1"}}', '{"cells": {"no_column": 3}}', '{"cells": {"amount": 1e400}}', "[" * 10_000],
)  # fmt: skip
def test_a_text_nobody_saved_says_nothing(text):
    assert given_back(text, "orders") == ((), ())


@given(st.text(max_size=40) | st.recursive(st.integers() | st.text(), lambda each: st.dictionaries(st.text(), each)))
def test_no_text_breaks_the_reading(found):
    given_back(found if isinstance(found, str) else json.dumps(found), "orders")
