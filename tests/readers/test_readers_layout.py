"""Headers below titles, rows that are none, cells too many or too few, orders of several rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from readers_world import HEADER, MORNING, csv, order


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("实付款(元)", "实付款（元）"),
        HEADER.replace("实付款(元)", "实付款"),
        HEADER.replace("订单付款时间", "订单付款时间 "),
        HEADER.replace("物流单号", "物流单号　"),
        HEADER.replace("订单编号", "\ufeff订单编号"),
        HEADER.replace("订单状态", '"订单\n状态"'),
    ],
)
def test_headers_are_folded(orders_of, header):
    rows, account = orders_of(csv(order("1", paid="2026-11-03 10:00:01", tracking="7"), header=header))
    assert account.format == "tmall_orders"
    assert (rows[0]["status"], rows[0]["tracking_no"]) == ("finished", "7")
    assert rows[0]["paid_at"] is not None
    assert rows[0]["amount"] == Decimal("1.00")


def test_the_header_stands_below_titles_and_blank_rows(orders_of):
    rows, account = orders_of("订单报表\n\n起止:2026-11-01,2026-11-30\n" + csv(order("1"), "", ",,,,,,,", order("2e5")))
    assert len(rows) == 1
    assert account.rows_read == 2
    assert account.refusals[0].examples[0].row == 8


def test_description_and_total_rows_are_dropped_and_counted(orders_of):
    rows, account = orders_of(
        csv("说明：订单的编号,,,,,,,", order("1"), "总计,,,,,2.00,,", "总计（含运费）,,,,,2.00,,")
    )
    assert len(rows) == 1
    assert {refusal.reason: refusal.count for refusal in account.refusals} == {"description_row": 1, "total_row": 2}
    assert account.rows_read == 4


def test_a_header_repeated_inside_the_file_is_no_row(orders_of):
    rows, account = orders_of(csv(order("1"), HEADER, order("2")))
    assert len(rows) == 2
    assert account.refusals[0].reason == "header_row"


def test_a_row_with_too_many_cells_is_shifted_and_refused(orders_of):
    rows, account = orders_of(csv(order("1"), order("2") + ",一个", order("3") + ","))
    assert [row["order_id"] for row in rows] == ["1", "3"]
    assert account.refusals[0].reason == "ragged_row"


def test_short_rows_are_blank_at_the_end(orders_of):
    rows, _ = orders_of(csv("1,甲,交易成功,2026-11-03 10:00:00"))
    assert rows[0]["amount"] is None


def test_an_order_of_several_rows_has_its_cells_on_the_first(orders_of):
    header = "订单编号,货品总价(元),下单,会员,SKU ID,货号,数量,实收分,卖家"
    rows, account = orders_of(
        csv(
            "9001,10,2026-11-03 10:00:00,甲,S1,,1,1234,义乌店",
            ",,,,S2,B,2,50,",
            ",,,,S2,B,3,50,",
            "9002,10,2026-11-04 10:00:00,乙,S1,,1,,义乌店",
            "9003,10,,丙,,,1,,义乌店",
            header=header,
        ).encode("gb18030")
    )
    lines = sorted(
        (row["order_id"], row["line_id"], row["item_count"], row["amount"]) for row in rows if row["order_id"] == "9001"
    )
    assert lines == [
        ("9001", "S1", 1, Decimal("12.34")),
        ("9001", "S2/B", 2, Decimal("0.50")),
        ("9001", "S2/B#2", 3, Decimal("0.50")),
    ]
    assert {row["created_at"] for row in rows if row["order_id"] == "9001"} == {MORNING}
    assert [row["line_id"] for row in rows if row["order_id"] == "9002"] == [None]
    assert [refusal.reason for refusal in account.refusals] == ["missing_created_at"]
