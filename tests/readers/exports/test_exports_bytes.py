"""Conventions 1 to 5, 19, 20: encodings, and files that are not what they are called."""

from __future__ import annotations

from decimal import Decimal

import pytest
from exports_world import (
    DOUYIN,
    PDD_BILL,
    SHOPIFY,
    SHOPIFY_ROWS,
    TAOBAO,
    cells,
    douyin,
    lines,
    taobao,
)
from readers_world import archive


def test_01_gb18030(read):
    old = lines(TAOBAO, taobao("193000000000001", name="㐂")).encode("gb18030")
    assert b"\x81" in old
    jd = lines("订单号,商品ID,付款确认时间,京东价,下单时间,应付金额,", "71,9,,1,2026-11-03 10:00:00,5,").encode("gbk")
    taiwan = lines("訂單編號,訂單成立日期,買家帳號,買家總支付金額", "TW1,2026-11-03 10:00,某乙,$120").encode("big5")
    reading = read({"ExportOrderList1.csv": old, "19453840.csv": jd, "蝦皮.csv": taiwan})
    assert {account.format: account.encoding for account in reading.accounts.values()} == {
        "tmall_orders": "gb18030",
        "jd_orders": "gb18030",
        "shopee_tw": "big5hkscs",
    }
    assert all(account.rows_accepted == 1 for account in reading.accounts.values())


def test_02_utf8_with_mark(read):
    content = lines(DOUYIN, douyin("6917", "69171")).encode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    reading = read({"1764000000_0123456789abcdef.csv": content})
    assert reading.accounts["1764000000_0123456789abcdef.csv"].encoding == "utf-8"
    assert cells(reading.orders, "order_id", "line_id") == [("6917", "69171")]


def test_03_utf8_without_mark(read):
    content = lines(SHOPIFY, *SHOPIFY_ROWS, end="\n").encode()
    account = read({"orders_export_1.csv": content, "shop.yaml": b"timezone: America/New_York"}).accounts
    assert (account["orders_export_1.csv"].encoding, account["orders_export_1.csv"].rows_accepted) == ("utf-8", 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_04_utf16(read, encoding):
    reading = read({"a.csv": lines(TAOBAO, taobao("1")).replace(",", "\t").encode(encoding)})
    assert cells(reading.orders, "order_id", "status") == [("1", "finished")]


def test_05_one_table_in_two_encodings(read):
    bills = [read({"a.csv": lines(*PDD_BILL).encode(name)}, name) for name in ("gb18030", "utf-8-sig")]
    frames = [bill.traffic.sort("date") for bill in bills]
    assert frames[0].equals(frames[1])
    assert [bill.accounts["a.csv"].encoding for bill in bills] == ["gb18030", "utf-8"]


def test_19_files_that_are_not_what_they_are_called(read):
    packed = archive({"订单/ExportOrderList1.csv": lines(TAOBAO, taobao("1")).encode("gb18030")})
    rows = (("商品报表",), ("统计日期", "商品ID", "商品名称"), ("2026-11-03", "900", "杯&amp;碟"))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><head><meta charset=gb2312></head><table>{table}</table></html>".encode("gb18030")
    reading = read({"订单.zip": packed, "生意参谋.xls": page})
    assert reading.accounts["订单.zip/订单/ExportOrderList1.csv"].rows_accepted == 1
    assert cells(reading.products, "product_id", "title") == [("900", "杯&碟")]


def test_20_width(read):
    paid = "买家实际支付金额"
    wide = lines(TAOBAO.replace(paid, f"{paid}（元）"), taobao("1", status="买家已付款，等待卖家发货"))
    narrow = lines(TAOBAO.replace(paid, f"{paid}(元)"), taobao("2", status='"买家已付款,等待卖家发货"'))
    reading = read({"a.csv": wide.encode("gb18030"), "b.csv": narrow.encode("gb18030")})
    assert cells(reading.orders, "order_id", "status", "amount") == [
        ("1", "to_ship", Decimal("12.00")),
        ("2", "to_ship", Decimal("12.00")),
    ]
