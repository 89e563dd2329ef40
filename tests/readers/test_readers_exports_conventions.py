"""The conventions of back-office exports, each in its real encoding and bytes; docs/reading.md lists them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from exports_world import (
    ALIPAY,
    DOUYIN,
    EBAY,
    EBAY_ROW,
    PDD,
    PDD_BILL,
    SHOPIFY,
    SHOPIFY_ROWS,
    TAOBAO,
    cells,
    douyin,
    lines,
    refused,
    taobao,
)
from readers_world import KEY, NOW, archive, workbook

from shopscore.readers import plan, read_unit
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

HERE = Path(__file__).parent
FORMATS = {path.name: path.read_bytes() for path in sorted((HERE / "conventions").glob("*.format.yaml"))}
DOCS = (HERE.parents[1] / "docs" / "reading.md").read_text(encoding="utf-8")
MORNING = dt.datetime(2026, 11, 3, 10)


@pytest.fixture(scope="module")
def shipped():
    return load_rules([default_rules_dir()])


@pytest.fixture
def read(tmp_path, shipped):
    """Read files given as path → bytes with the formats shipped and those in ``conventions/``."""

    def run(files, folder="店"):
        root = tmp_path / folder
        for name, content in {**FORMATS, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (unit,) = plan([root], shipped.packs)
        reading = read_unit(unit, shipped, key=KEY, now=NOW)
        for account in reading.accounts:
            assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused
        tables: dict[str, list[pl.DataFrame]] = {}
        for shop in reading.shops:
            for name, frame in shop.tables.items():
                tables.setdefault(name, []).append(frame)
        return SimpleNamespace(
            shops={shop.shop: shop.tables for shop in reading.shops},
            accounts={account.file: account for account in reading.accounts},
            **{name: pl.concat(frames, how="diagonal") for name, frames in tables.items()},
        )

    return run


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


def test_21_look_alikes(read):
    jd = lines("订单号,商品ID,下单帐号,付款确认时间,京东价,下单时间", "71,9,jd_4f2a,,1,2026-11-03").encode("gbk")
    bill = lines("入帐时间,支付流水号,入帐类型,业务描述", "2026-11-03 10:00:00,8,罚款,延迟发货").encode("gbk")
    reading = read({"19453840.csv": jd, "微信.csv": bill})
    assert [account.format for account in reading.accounts.values()] == ["jd_orders", "wechat_bill"]
    assert reading.orders["buyer_id"].null_count() == 0


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


def test_the_page_lists_every_convention_and_its_test():
    listed = re.findall(r"^\| (\d+) \|.*\| `(\w+)` \|$", DOCS, re.MULTILINE)
    here = [name for name in globals() if re.match(r"test_\d\d_", name)]
    assert [f"test_{name}" for _, name in listed] == sorted(here)
    assert [int(number) for number, _ in listed] == list(range(1, 31))
    assert all(name.startswith(f"{int(number):02}_") for number, name in listed)
