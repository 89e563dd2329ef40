"""Conventions 14 to 18, 22 to 25, 29, 30: titles, headers, rows that are none, orders of many rows, whose they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from exports_world import (
    ALIPAY,
    DOUYIN,
    EBAY,
    EBAY_ROW,
    PDD_BILL,
    SHOPIFY,
    SHOPIFY_ROWS,
    TAOBAO,
    cells,
    lines,
    refused,
    taobao,
)
from readers_world import MORNING, workbook


def test_14_titles(read):
    above = [["商品报表"], [], ["店铺", "示例店"], ["统计区间", "2026-11"], []]
    files = {
        "账务明细.csv": lines(*ALIPAY).encode("gb18030"),
        "bill.csv": lines(*PDD_BILL).encode("gb18030"),
        "商品_全部.xlsx": workbook([*above, ["统计日期", "商品ID", "商品名称"], ["2026-11-03", "900", "杯"]]),
        "ebay.csv": lines(",,,", EBAY, ",,,", EBAY_ROW).encode("utf-8-sig"),
    }
    accounts = read(files).accounts
    assert {account.format: account.rows_accepted for account in accounts.values()} == {
        "alipay_bill": 2,
        "pdd_bill": 2,
        "sycm_products": 1,
        "ebay_cut": 1,
    }


def test_15_blank_rows_count_as_rows_of_the_file(read):
    content = lines(*PDD_BILL[:5], "", "261103-2,昨天,1.00,,交易收入,,").encode("gb18030")
    account = read({"bill.csv": content}).accounts["bill.csv"]
    assert [(refusal.reason, refusal.examples[0].row) for refusal in account.refusals] == [("unreadable_date", 7)]


def test_16_explanations_below_the_header(read):
    tiktok = workbook(
        [
            ["Order ID", "Order Substatus", "SKU ID", "Order Amount", "Created Time", "RTS Time", "Shipped Time"],
            ["Platform unique order ID.", "", "Platform unique SKU ID.", "", "Order created time.", "", ""],
            ["5790", "Delivered", "1", "10", "2026-11-03 10:00:00", "", "2026-11-04 10:00:00"],
        ]
    )
    head, formula = "结算时间,订单号,子订单号,结算金额,结算单类型", "实际结算时间,,,收入合计-支出合计,"
    settled = lines(head, formula, "2026-11-03 10:00:00,'69,'691,9.90,已结算").encode("utf-8-sig")
    accounts = read({"t.xlsx": tiktok, "d.csv": settled}).accounts
    assert refused(accounts["t.xlsx"]) == {"description_row": 1}
    # An explanation nobody has named is no row either: it holds no time.
    assert refused(accounts["d.csv"]) == {"unreadable_date": 1}
    assert [account.rows_accepted for account in accounts.values()] == [1, 1]


def test_17_totals_and_footers(read):
    days = ("2026-11-03,5,100,7,1.10", "2026-11-04,5,50,3,0.90", "总计,-,150,10,2.00")
    footer = ("", "1,record(s) downloaded,", "Seller ID : example")
    files = {
        "a.csv": lines(*ALIPAY).encode("gb18030"),
        "b.csv": lines(*PDD_BILL).encode("gb18030"),
        "c.csv": lines("日期,跟单SKU ID,展现数,点击数,花费", *days).encode("gbk"),
        "d.csv": lines(EBAY, EBAY_ROW, *footer).encode("utf-8-sig"),
    }
    accounts = read(files).accounts
    assert [account.totals_agree for account in accounts.values()] == [4, 2, 3, 1]
    assert [account.notes for account in accounts.values()] == [()] * 4
    assert [refused(account)["total_row"] for account in accounts.values()] == [2, 2, 1, 2]
    cut = {"a.csv": lines(*ALIPAY[:5], *ALIPAY[6:]).encode("gb18030")}
    assert [note.reason for note in read(cut, "cut").accounts["a.csv"].notes] == ["control_total"]


def test_18_notes_among_ids(read):
    rows = ("7001,261103-1,2026-11-03 10:00:00,1.00", "仅支持查询3个月前的售后,,,")
    content = lines("售后编号,订单编号,申请时间,退款金额(元)", *rows).encode("utf-8-sig")
    account = read({"售后数据.csv": content}).accounts["售后数据.csv"]
    assert (account.rows_accepted, refused(account)) == (1, {"total_row": 1})


@pytest.mark.parametrize("header", ["订单付款时间 ", "订单付款时间　", '"订单\n付款时间"', "\ufeff订单付款时间"])
def test_22_headers_with_spaces(read, header):
    content = lines(TAOBAO.replace("订单付款时间 ", header), taobao("1")).encode("gb18030")
    assert cells(read({"a.csv": content}).orders, "order_id", "paid_at") == [("1", MORNING)]


CHOSEN = ("店铺名称", "订单付款时间", "买家实付金额", "订单状态", "发货时间", "支付单号", "订单编号")


def test_23_columns_the_seller_chose(read):
    row = {"订单编号": "1", "订单付款时间": "2026-11-03 10:00:00", "买家实付金额": "5.00", "订单状态": "交易成功"}
    books = {
        f"{n}.xlsx": workbook([list(order), [row.get(header, "") for header in order]])
        for n, order in enumerate((CHOSEN, CHOSEN[::-1], ("订单编号", "买家实付金额", "订单付款时间")))
    }
    for name, book in books.items():
        reading = read({name: book}, name)
        assert cells(reading.orders, "order_id", "paid_at", "amount") == [("1", MORNING, Decimal("5.00"))]


def test_24_amounts_of_many_rows(read):
    at, head = "2026-11-03 10:00:00", "订单号,商品ID,付款确认时间,京东价,下单时间,应付金额"
    jd = lines(head, f"71,A,{at},1,{at},30", f"71,B,{at},2,{at},30").encode("gbk")
    shopify = lines(SHOPIFY, *SHOPIFY_ROWS, end="\n").encode()
    for name, content in (("jd.csv", jd), ("orders_export.csv", shopify)):
        orders = read({name: content, "shop.yaml": b"timezone: America/New_York"}, name).orders
        assert orders.height == 2
        assert sorted(orders["amount"].to_list(), key=repr) == [Decimal("30.00"), None]
        assert orders["paid_at"].null_count() == 0


def test_25_many_orders_in_one_cell(read):
    content = lines(DOUYIN, '"\tM1;M2","\tS1;S2",2026-11-03 10:00:00,,,-,19.80,1;2,"\t88;89"').encode("utf-8-sig")
    reading = read({"主订单.csv": content})
    assert cells(reading.orders, "order_id", "line_id", "amount", "item_count", "product_id") == [
        ("M1", "S1", Decimal("19.80"), 1, "88"),
        ("M2", "S2", None, 2, "89"),
    ]
    assert reading.accounts["主订单.csv"].rows_read == 2


def test_29_shops(read):
    by_column = lines(TAOBAO, taobao("1", shop="优选"), taobao("2", shop="优选旗舰店")).encode("gb18030")
    by_name = lines(TAOBAO.removesuffix(",店铺名称"), taobao("3").removesuffix(",")).encode("gb18030")
    reading = read({"a.csv": by_column, "优选旗舰店-订单.csv": by_name, "sub/b.csv": by_name})
    assert {shop: sorted(tables["orders"]["order_id"]) for shop, tables in reading.shops.items()} == {
        "优选": ["1"],
        "优选旗舰店": ["2", "3"],
        "sub": ["3"],
    }


def test_30_downloads_that_overlap(read):
    early = lines(TAOBAO, taobao("1"), taobao("2", status="卖家已发货，等待买家确认")).encode("gb18030")
    late = lines(TAOBAO, taobao("2", parcel="789"), taobao("3")).encode("gb18030")
    names = [f"ExportOrderList2026110{day}0900{copy}.csv" for day, copy in ((5, ""), (5, " (1)"), (9, ""))]
    reading = read(dict(zip(names, (early, early, late), strict=True)))
    assert cells(reading.orders, "order_id", "status", "tracking_no") == [
        ("1", "finished", None),
        ("2", "finished", "789"),
        ("3", "finished", None),
    ]
    assert sum(account.rows_duplicate for account in reading.accounts.values()) == 3
    fine = "2026-11-03 10:00:00,8,扣款,延迟发货"
    bill = [lines("入账时间,支付流水号,入账类型,业务描述", *[fine] * times).encode("gb18030") for times in (2, 3)]
    violations = read({"1.csv": bill[0], "2.csv": bill[1]}, "bills").shops["bills"]["violations"]
    assert violations.height == 3
