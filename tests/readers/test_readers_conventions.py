"""Every convention of back-office files, in its real encoding, as it is written there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from readers_world import HEADER, order, workbook

from shopscore.readers.cells.conventions import fold_header
from shopscore.readers.sniff import encoding_of

MORNING = dt.datetime(2026, 11, 3, 10, 0)


def csv(*rows, header=HEADER):
    return "\r\n".join([header, *rows]) + "\r\n"


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


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('="193000000000001"', "193000000000001"),
        ('"=""193000000000001"""', "193000000000001"),
        ("'193000000000001", "193000000000001"),
        ("`193000000000001", "193000000000001"),
        ('"\t193000000000001"', "193000000000001"),
        ("193000000000001\t", "193000000000001"),
        ("007", "007"),
        ("　A-1 ", "A-1"),
    ],
)
def test_text_guards_are_stripped_and_ids_stay_text(orders_of, written, read_as):
    rows, _ = orders_of(csv(order(written)).encode("gb18030"))
    assert rows[0]["order_id"] == read_as


@pytest.mark.parametrize("written", ["No:789000111", "NO:789000111", "789000111", "No：789000111"])
def test_the_tracking_prefix_is_no_part_of_the_number(orders_of, written):
    assert orders_of(csv(order("1", tracking=written)))[0][0]["tracking_no"] == "789000111"


def test_several_numbers_in_a_cell_are_separated_by_commas(orders_of):
    assert orders_of(csv(order("1", tracking="M1;M2")))[0][0]["tracking_no"] == "M1,M2"


@pytest.mark.parametrize("written", ["2.02606041134381e+27", "1.93E+14", "10160070484512.0"])
def test_an_id_a_spreadsheet_destroyed_is_refused_with_its_row(orders_of, written):
    rows, account = orders_of(csv(order("1001"), order(written)))
    assert [row["order_id"] for row in rows] == ["1001"]
    (refusal,) = account.refusals
    assert (refusal.reason, refusal.count) == ("damaged_id", 1)
    assert (refusal.examples[0].row, refusal.examples[0].shape) == (3, written)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12.34元", "12.34"),
        ("¥12.34", "12.34"),
        ("￥1234", "1234.00"),
        ('"1,234.50"', "1234.50"),
        ("$25.00", "25.00"),
        ("-3.005", "-3.01"),
        ("", None),
    ],
)
def test_money(orders_of, written, amount):
    rows, account = orders_of(csv(order("1", amount=written)))
    assert rows[0]["amount"] == (None if amount is None else Decimal(amount))
    assert account.cells_refused == ()


@pytest.mark.parametrize("written", ["", "null", "-", "--", "无", "N/A", "0001-01-01 00:00:00", "1970-01-01 00:00:00"])
def test_texts_that_stand_for_nothing(orders_of, written):
    rows, account = orders_of(csv(order("1", paid=written)))
    assert rows[0]["paid_at"] is None
    assert account.cells_refused == ()


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2026-11-03 10:00:00", MORNING),
        ("2026/11/3 10:00", MORNING),
        ("2026/11/03 10:00:00", MORNING),
        ("2026-11-3 9:05:07", dt.datetime(2026, 11, 3, 9, 5, 7)),
        ("2026/11/3 0:00", dt.datetime(2026, 11, 3)),
        ("2026-11-03", dt.datetime(2026, 11, 3)),
        ("20261103", dt.datetime(2026, 11, 3)),
        ("2026-11-03 10:00:00.900", MORNING),
        ("2026-11-03T10:00:00+08:00", MORNING),
        ("2026-11-03T02:00:00Z", MORNING),
        ("2026-11-02 21:00:00 -0500", MORNING),
    ],
)
def test_times(orders_of, written, time):
    rows, _ = orders_of(csv(order("1", created=written)))
    assert rows[0]["created_at"] == time


def test_an_offset_is_converted_to_the_rows_own_zone(read):
    text = "platform,shop,order_id,created_at\naliexpress,A,1,2026-11-03T10:00:00Z\n1688,B,2,2026-11-03T10:00:00Z\n"
    shops = {shop.shop: shop.tables["orders"]["created_at"][0] for shop in read({"orders.csv": text}).shops}
    assert shops == {"A": dt.datetime(2026, 11, 3, 2), "B": dt.datetime(2026, 11, 3, 18)}


def test_a_time_that_cannot_be_read_is_counted(orders_of):
    rows, account = orders_of(csv(order("1", paid="32/12/2026 22:36"), order("2", paid="13800000000")))
    assert [row["paid_at"] for row in rows] == [None, None]
    (cells,) = account.cells_refused
    assert (cells.column, cells.count) == ("paid_at", 2)
    assert [example.shape for example in cells.examples] == ["32/12/2026 22:36", "9×11"]


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


def test_words_are_compared_without_width_and_spaces(orders_of):
    rows, _ = orders_of(csv(order("1", status='"买家已付款,等待卖家发货"'), order("2", status=" 交易 成功 ")))
    assert [row["status"] for row in rows] == ["to_ship", "finished"]


def test_an_unknown_word_is_blank_and_counted_with_an_example(orders_of):
    rows, account = orders_of(csv(order("1", status="新状态"), order("2", status="-")))
    assert [row["status"] for row in rows] == [None, None]
    (cells,) = account.cells_refused
    assert (cells.column, cells.count, cells.examples[0].shape) == ("status", 1, "新状态")


def test_rules_are_tried_in_turn_and_a_plain_no_is_no_unknown_word(orders_of):
    header = f"{HEADER},预售,定制"
    rows, account = orders_of(
        csv(
            *(
                f"{order(number)},{pre},{made}"
                for number, pre, made in (("1", "是", "否"), ("2", "否", "是"), ("3", "否", "无"), ("4", "?", ""))
            ),
            header=header,
        )
    )
    assert [row["kind"] for row in rows] == ["presale", "custom", None, None]
    assert [(cells.column, cells.count) for cells in account.cells_refused] == [("kind", 1)]


def test_flags_in_both_languages(read):
    flags = {"是": True, "否": False, "1": True, "0": False, "YES": True, "n": False, "": None, "也许": None}
    text = "shipment_id,order_id,no_logistics\n" + "".join(f"{n},{n},{flag}\n" for n, flag in enumerate(flags))
    reading = read({"tmall/A/shipments.csv": text})
    frame = reading.shops[0].tables["shipments"].sort("order_id")
    assert frame["no_logistics"].to_list() == list(flags.values())
    assert reading.accounts["tmall/A/shipments.csv"].cells_refused[0].count == 1


def test_numbers_that_are_not_whole_are_no_counts(orders_of):
    rows, account = orders_of(csv(f"{order('1')},2", f"{order('2')},2.5", f"{order('3')},3.0", header=f"{HEADER},数量"))
    assert [row["item_count"] for row in rows] == [2, None, 3]
    assert account.cells_refused[0].count == 1


def test_percentages_are_shares(read):
    text = "date,agent_id,satisfaction,sessions\n2026-11-03,小二,95.5%,12\n2026-11-04,小二,nan,\n"
    frame = read({"tmall/A/agent_stats.csv": text}).shops[0].tables["agent_stats"].sort("date")
    assert frame["satisfaction"].to_list() == [pytest.approx(0.955), None]


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
