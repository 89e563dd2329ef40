"""Conventions 6 to 13, 21, 26 to 28: what a cell may hold, in its real bytes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from exports_world import (
    DOUYIN,
    EBAY,
    EBAY_ROW,
    PDD,
    SHOPIFY,
    SHOPIFY_ROWS,
    TAOBAO,
    cells,
    douyin,
    lines,
    refused,
    taobao,
)
from readers_world import MORNING, workbook


def test_06_spreadsheet_text(read):
    reading = read({"a.csv": lines(TAOBAO, taobao('="193000000000001"')).encode("gb18030")})
    assert cells(reading.orders, "order_id") == [("193000000000001",)]


def test_07_apostrophe(read):
    reading = read({"a.csv": lines(DOUYIN, f"'6912,'69121,{douyin('', '').split(',', 2)[2]}").encode("utf-8-sig")})
    assert cells(reading.orders, "order_id", "line_id") == [("6912", "69121")]


def test_08_back_quote(read):
    reading = read({"a.csv": lines(TAOBAO, taobao("`3310000000000000001")).encode("gb18030")})
    assert cells(reading.orders, "order_id") == [("3310000000000000001",)]


def test_09_tabs(read):
    content = lines(DOUYIN, douyin("6917", "69171"), "6918\t,69181\t,2026-11-03 10:00:00\t,,,,1.00,1,7")
    reading = read({"a.csv": content.encode("utf-8-sig")})
    assert cells(reading.orders, "order_id", "line_id", "created_at", "product_id") == [
        ("6917", "69171", MORNING, "88"),
        ("6918", "69181", MORNING, "7"),
    ]


def test_10_ids_a_spreadsheet_rounded(read):
    rows = [taobao("2.02606041134381e+27"), taobao("10160070484512.0"), taobao("193000000000001")]
    reading = read({"a.csv": lines(TAOBAO, *rows).encode("gb18030")})
    assert cells(reading.orders, "order_id") == [("193000000000001",)]
    account = reading.accounts["a.csv"]
    assert refused(account) == {"damaged_id": 2}
    assert [example.row for example in account.refusals[0].examples] == [2, 3]


def test_11_tracking_prefix(read):
    old = lines(TAOBAO, taobao("1", parcel="No:78939466185575")).encode("gb18030")
    new = workbook([TAOBAO.split(","), taobao("2", parcel="78939466185575").split(",")])
    reading = read({"ExportOrderList201404270028.csv": old, "ExportOrderList25827949225.xlsx": new})
    assert cells(reading.orders, "order_id", "tracking_no") == [("1", "78939466185575"), ("2", "78939466185575")]


def test_12_amounts(read):
    rows = [taobao("1", amount="12.34元"), taobao("2", amount="￥1234"), taobao("3", amount='"¥1,234.50"')]
    shopee = ("No. Pesanan,Waktu Pesanan Dibuat,Total Pembayaran,Jumlah", '4,2026-11-03 10:00,"Rp1.234,56",1')
    files = {"a.csv": lines(TAOBAO, *rows).encode("gb18030"), "b.csv": lines(*shopee).encode()}
    reading = read({**files, "c.csv": lines(EBAY, EBAY_ROW).encode("utf-8-sig")})
    assert cells(reading.orders, "order_id", "amount") == [
        ("1", Decimal("12.34")),
        ("2", Decimal("1234.00")),
        ("3", Decimal("1234.50")),
        ("4", Decimal("1234.56")),
        ("5", Decimal("25.00")),
    ]


EMPTY = ("", "null", "-", "--", "无", "N/A", "无退款申请", "订单未关闭", "0001-01-01 00:00:00", "1970-01-01 00:00:00")


def test_13_blanks(read):
    rows = [taobao(str(n), amount=text, paid=text, parcel=text) for n, text in enumerate(EMPTY)]
    reading = read({"a.csv": lines(TAOBAO, *rows).encode("gb18030")})
    assert cells(reading.orders, "amount", "paid_at", "tracking_no") == [(None, None, None)] * len(EMPTY)
    assert reading.accounts["a.csv"].cells_refused == ()
    pdd = lines(PDD, "261103-1,2026-11-03 10:00:00,2026-11-04 10:00:00,\t,1,1,1.00,****,,")
    assert cells(read({"b.csv": pdd.encode("utf-8-sig")}, "b").orders, "shipped_at", "amount") == [
        (None, Decimal("1.00"))
    ]


def test_21_look_alikes(read):
    jd = lines("订单号,商品ID,下单帐号,付款确认时间,京东价,下单时间", "71,9,jd_4f2a,,1,2026-11-03").encode("gbk")
    bill = lines("入帐时间,支付流水号,入帐类型,业务描述", "2026-11-03 10:00:00,8,罚款,延迟发货").encode("gbk")
    reading = read({"19453840.csv": jd, "微信.csv": bill})
    assert [account.format for account in reading.accounts.values()] == ["jd_orders", "wechat_bill"]
    assert reading.orders["buyer_id"].null_count() == 0


DATES = {
    "2025-04-30 23:58:58": dt.datetime(2025, 4, 30, 23, 58, 58),
    "2016/5/23 22:02": dt.datetime(2016, 5, 23, 22, 2),
    "2020/2/21 0:00": dt.datetime(2020, 2, 21),
    "2026/07/14 09:16:38": dt.datetime(2026, 7, 14, 9, 16, 38),
    "31/12/2023 22:36": dt.datetime(2023, 12, 31, 22, 36),
    "2022-01-11 04:32:31 -0500": dt.datetime(2022, 1, 11, 17, 32, 31),
    "Sep-27-26": dt.datetime(2026, 9, 27),
    "11月18日": dt.datetime(2026, 11, 18),
    "20260601~20260601": dt.datetime(2026, 6, 1),
}
OTHER_FORMS = {
    "04-30-22": ("wayfair", dt.datetime(2022, 4, 30)),
    "08/29/2022 10:00:01": ("wayfair", dt.datetime(2022, 8, 29, 10, 0, 1)),
    "03/11/2026 10.05": ("shopee", dt.datetime(2026, 11, 3, 10, 5)),
}
HEADS = {
    "wayfair": "PO Number,PO Date & Time,Must Ship By",
    "shopee": "No. Pesanan,Waktu Pesanan Dibuat,Jumlah",
}


def test_26_dates(read):
    rows = [f"{n},{written},1,1" for n, written in enumerate([*DATES, "20260601~20260630"])]
    content = lines("售后编号,申请时间,订单编号,退款金额(元)", *rows).encode("utf-8-sig")
    reading = read({"售后20261120.csv": content, "shop.yaml": b"timezone: Asia/Shanghai"})
    times = [(str(n), time) for n, time in enumerate(DATES.values())]
    assert cells(reading.refunds, "refund_id", "applied_at") == times
    assert refused(reading.accounts["售后20261120.csv"]) == {"several_days": 1}
    for n, (written, (platform, time)) in enumerate(OTHER_FORMS.items()):
        found = read({"a.csv": lines(HEADS[platform], f"1,{written},").encode()}, str(n))
        assert cells(found.orders, "created_at") == [(time,)]


def test_27_zones(read):
    content = lines(SHOPIFY, SHOPIFY_ROWS[0], end="\n").encode()
    for zone, hour in (("America/New_York", 4), ("Asia/Shanghai", 17)):
        found = read({"orders_export.csv": content, "shop.yaml": f"timezone: {zone}".encode()}, zone.replace("/", "-"))
        assert cells(found.orders, "created_at") == [(dt.datetime(2022, 1, 11, hour, 32, 31),)]
    naive = read({"a.csv": lines(TAOBAO, taobao("1")).encode("gb18030"), "shop.yaml": b"timezone: UTC"}, "naive")
    assert cells(naive.orders, "created_at") == [(MORNING,)]


MASKED = ("顾*", "1**********", "****", "~AgAAAB1f==~1~", "$AgAAAB1f==$1$", "##x9Kd==", "$$x9Kd==", "隐***称")


def test_28_masked_persons(read):
    rows = [f"261103-{n},2026-11-03 10:00:00,,,1,1,1.00,{buyer},," for n, buyer in enumerate((*MASKED, "某甲", "某甲"))]
    buyers = read({"a.csv": lines(PDD, *rows).encode("utf-8-sig")}).orders.sort("order_id")["buyer_id"]
    assert buyers[: len(MASKED)].null_count() == len(MASKED)
    assert buyers[-1] == buyers[-2] != "某甲"
