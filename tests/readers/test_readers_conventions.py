"""Every convention of back-office files, in its real encoding, as it is written there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from readers_world import HEADER, MORNING, csv, order, workbook

from shopscore.readers.cells.conventions import fold_header
from shopscore.readers.sniff import encoding_of


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_encodings(orders_of, encoding, named):
    rows, account = orders_of(csv(order("1001"), order("1002", status="交易关闭")).encode(encoding))
    assert account.encoding == named
    assert [row["status"] for row in rows] == ["finished", "closed"]


def test_big5_is_told_from_gb18030_by_its_header():
    header = "訂單編號,訂單建立時間,買家帳號\n1,2026-11-03,某甲\n"
    words = {fold_header(word) for word in ("訂單編號", "訂單建立時間", "订单编号", "订单状态")}
    assert encoding_of(header.encode("big5hkscs"), words) == "big5hkscs"
    assert encoding_of("订单编号,订单状态\n1,完成\n".encode("gb18030"), words) == "gb18030"


def test_an_encoding_no_known_header_tells_is_guessed_among_the_same_few():
    text = "今天的天气很好，我们去公园散步，然后回家吃饭。明天要上班，所以早点睡觉。\n" * 20
    assert encoding_of(text.encode("gb18030"), set()) == "gb18030"


def test_the_encoding_stated_wins(orders_of):
    rows, account = orders_of(csv(order("1001")).encode("gb18030"), encoding="gb18030")
    assert (len(rows), account.encoding) == (1, "gb18030")


def test_a_character_cut_off_at_the_end_does_not_change_the_encoding(orders_of):
    content = csv(order("1001"), order("1002")).encode()[: -len("明\r\n".encode()) + 1]
    rows, account = orders_of(content)
    assert (account.encoding, len(rows)) == ("utf-8", 2)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters(orders_of, delimiter):
    rows, account = orders_of(csv(order("1001")).replace(",", delimiter), name="export.txt")
    assert account.rows_accepted == 1
    assert rows[0]["created_at"] == MORNING


def test_workbooks_keep_text_as_text_and_times_as_times(orders_of):
    header = HEADER.split(",")
    book = workbook(
        [["请看第二页"]],
        [
            [],
            ["订单报表"],
            [],
            header,
            ["0193000000000000001", "甲", "交易成功", MORNING, "2026/11/3 10:01", 12.5, "No:7", "王"],
            [1002, "甲", "交易成功", MORNING, None, "¥3", 789000111],
        ],
    )
    rows, account = orders_of(book, name="报表.xlsx")
    assert account.format == "tmall_orders"
    assert [row["order_id"] for row in rows] == ["0193000000000000001", "1002"]
    assert [row["created_at"] for row in rows] == [MORNING, MORNING]
    assert [row["amount"] for row in rows] == [Decimal("12.50"), Decimal("3.00")]
    assert rows[1]["tracking_no"] == "789000111"


def test_an_id_a_workbook_holds_as_a_number_is_refused_where_it_is_too_large(orders_of):
    header = HEADER.split(",")
    big = 2738461928374650010
    book = workbook(
        [
            header,
            [big, "甲", "交易成功", MORNING],
            [str(big), "甲", "交易成功", MORNING],
            [12345678, "乙", "交易成功", MORNING],
        ]
    )
    rows, account = orders_of(book, name="报表.xlsx")
    assert sorted(row["order_id"] for row in rows) == ["12345678", str(big)]
    assert (account.refusals[0].reason, account.refusals[0].examples[0].row) == ("damaged_id", 2)


def test_a_file_without_rows_says_that_its_table_is_empty(read):
    reading = read(
        {
            "tmall/A/refunds.csv": "refund_id,order_id,applied_at\n",
            "tmall/A/orders.csv": "order_id,created_at\n1,2026-11-03\n",
        }
    )
    (shop,) = reading.shops
    assert shop.tables["refunds"].height == 0
    assert reading.accounts["tmall/A/refunds.csv"].rows_read == 0


@pytest.mark.parametrize("name", ["refunds.csv", "refunds-1.csv", "refunds_2026-11.csv", "Refunds (2).csv"])
def test_canonical_files_are_told_by_their_names(read, name):
    text = (
        "refund_id,order_id,applied_at,reason_class\nR1,1,2026-11-03 10:00:00,quality\nR2,1,2026-11-03 10:00:00,bad\n"
    )
    account = read({f"tmall/A/{name}": text}).accounts[f"tmall/A/{name}"]
    assert (account.table, account.rows_accepted, account.cells_refused[0].column) == ("refunds", 2, "reason_class")


def test_a_canonical_file_that_lacks_a_needed_column_is_told_so(read):
    account = read({"tmall/A/refunds.csv": "refund_id,order_id\nR1,1\n"}).accounts["tmall/A/refunds.csv"]
    assert "applied_at" in account.message.en


def test_shipments_need_an_order_or_a_tracking_number(read):
    text = "shipment_id,order_id,tracking_no\nP1,1,\nP2,,7\nP3,,\n"
    account = read({"tmall/A/shipments.csv": text}).accounts["tmall/A/shipments.csv"]
    assert (account.rows_accepted, account.refusals[0].reason) == (2, "missing_order_id")


def test_columns_used_and_left_out_are_named(orders_of):
    _, account = orders_of(csv(order("1")))
    assert ("paid_at", "订单付款时间") in account.columns_used
    assert account.columns_ignored == ("收货人姓名",)


@pytest.mark.parametrize(
    "name",
    [
        "orders (1)",
        "orders(2)",
        "orders（1）",
        "orders - 副本",
        "orders的副本",
        "副本 orders",
        "Copy of orders",
        "Orders_2026",
    ],
)
def test_copies_that_computers_and_cloud_drives_make_are_the_same_table_again(read, name):
    text = "order_id,created_at\n1,2026-11-03 10:00:00\n"
    accounts = read({"tmall/甲/orders.csv": text, f"tmall/甲/{name}.csv": text}).accounts.values()
    assert sorted((each.rows_accepted, each.rows_duplicate) for each in accounts) == [(0, 1), (1, 0)]


def test_every_sheet_that_holds_a_known_table_is_read(read):
    book = workbook(
        [HEADER.split(","), order("1").split(",")],
        [["说明"], ["无"]],
        [["运单号", "揽收时间"], ["SF1", "2026-11-03 12:00:00"]],
    )
    reading = read({"导出.xlsx": book})
    assert sorted(reading.accounts) == ["导出.xlsx[Sheet1]", "导出.xlsx[Sheet3]"]
    assert {name: frame.height for name, frame in reading.shops[0].tables.items()} == {"orders": 1, "shipments": 1}
