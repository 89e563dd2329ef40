"""What is taken over in one pass is what careful reading gives, for any cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.readers.cells.cast import typed
from shopscore.readers.cells.conventions import conventions
from shopscore.readers.cells.plain import take
from shopscore.readers.cells.style import Zones
from shopscore.schema import TABLES
from shopscore.tables import DTYPES

ORDERS = TABLES["orders"]
SHIPMENTS = TABLES["shipments"]
PLAIN = {
    "order_id": (["2600071300000001", "A-1_b2", None], ["2600071300000001", "A-1_b2", None]),
    "buyer_id": (["b_0123456789abcdef", None], ["b_0123456789abcdef", None]),
    "carrier": (["中通快递", "a b", None], ["中通快递", "a b", None]),
    "status": (["closed", None], ["closed", None]),
    "created_at": (["2026-11-03 10:00:00", None], [dt.datetime(2026, 11, 3, 10), None]),
    "item_count": (["12", "-1", None], [12, -1, None]),
    "promised_ship_hours": (["48", "7.5", None], [48.0, 7.5, None]),
    "amount": (["12.50", "-3", None], [Decimal("12.50"), Decimal("-3.00"), None]),
    "no_logistics": (["true", "0", "是", None], [True, False, True, None]),
}
ODD = [
    *("", " ", "\t", "\ufeff", "\ufffd", "''", '="', '="12"', "'123", "`a", " 12", "12 ", "No:123", "b_1", "closed "),
    *(
        "2.7E+18",
        "100.0",
        "12.345",
        "1.005",
        "1e5",
        ".5",
        "5.",
        "+7",
        "-0",
        "1_000",
        "1,234.5",
        "50%",
        "￥1",
        "１２",
        "٣",
    ),
    *("nan", "inf", "9" * 16, "9" * 400, "TRUE", "Yes", "２０２６-11-03 10:00:00", "2026-11-03", "2026-11-03 10:00"),
    *("2026-11-03 10:00:00.5", "2026-11-03T10:00:00Z", " 2026-11-03 10:00:00", "2026-13-03 10:00:00", "a\nb", '"x"'),
    *sorted(conventions().empty),
]


def _table(name):
    return ORDERS if name in ORDERS.by_name else SHIPMENTS


@pytest.mark.parametrize("name", PLAIN)
def test_plain_cells_are_taken_over(name):
    cells, values = PLAIN[name]
    column = take({name: pl.Series(cells, dtype=pl.String())}, _table(name))[name]
    assert column.dtype == DTYPES[_table(name).by_name[name].kind]
    assert column.to_list() == values


@pytest.mark.parametrize("name", PLAIN)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_what_is_taken_over_is_what_careful_reading_gives(name, data):
    cells = st.one_of(st.sampled_from(PLAIN[name][0]), st.sampled_from(ODD), st.text(max_size=8))
    series = pl.Series(name, data.draw(st.lists(cells, max_size=4)), dtype=pl.String())
    taken = take({name: series}, _table(name)).get(name)
    careful = typed(series, _table(name).by_name[name], Zones())
    if taken is not None:
        assert taken.equals(careful.values, check_dtypes=True)
        assert not careful.refused.any()


@pytest.mark.parametrize("name", PLAIN)
def test_one_odd_cell_sends_a_column_to_careful_reading(name):
    plain = PLAIN[name][0]
    for odd in ("", "-", "null", " x ", "'1", "\ufffd", "1970-01-01 00:00:00"):
        assert name not in take({name: pl.Series([*plain, odd], dtype=pl.String())}, _table(name))


def test_names_of_buyers_are_never_taken_over():
    for name in ("王小明", "13800000000", "buyer1", "b_0123456789ABCDEF", "b_0123456789abcdef\n"):
        assert take({"buyer_id": pl.Series(["b_0123456789abcdef", name])}, ORDERS) == {}


def test_typed_values_lose_what_is_below_a_second_and_others_are_left_alone():
    moment = pl.Series([dt.datetime(2026, 11, 3, 10, 0, 0, 999_999)], dtype=pl.Datetime("us"))
    assert take({"created_at": moment}, ORDERS)["created_at"].to_list() == [dt.datetime(2026, 11, 3, 10)]
    zoned = moment.dt.replace_time_zone("UTC")
    assert take({"created_at": zoned, "item_count": pl.Series([1.5])}, ORDERS) == {}
