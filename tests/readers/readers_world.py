"""A small world to read in: three formats, a word list, and files made of bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import xlsxwriter

from shopscore.ruleset.format import Format, WordList

NOW = dt.datetime(2026, 11, 23, 10, 0)
MORNING = dt.datetime(2026, 11, 3, 10, 0)
"""When an order is created that says nothing else."""
KEY = b"k" * 32
EXPORT = {"menu": {"en": "there", "zh": "那里"}, "confidence": "high", "source": ["invented"]}

ORDERS = Format.model_validate(
    {
        "id": "tmall_orders",
        "platform": "tmall",
        "table": "orders",
        "title": {"en": "orders", "zh": "订单"},
        "must": [["订单编号", "订单创建时间", "实付款(元)"]],
        "must_not": ["退款编号"],
        "columns": {
            "order_id": "订单编号",
            "buyer_id": ["买家会员名", "买家昵称"],
            "status": {"column": ["订单状态"], "word_list": "status"},
            "created_at": "订单创建时间",
            "paid_at": "订单付款时间",
            "amount": "实付款(元)",
            "item_count": "数量",
            "carrier": "物流公司",
            "tracking_no": {"column": ["物流单号"], "split": ";"},
            "kind": {
                "column": ["预售"],
                "words": {"是": "presale"},
                "then": [{"column": ["定制"], "words": {"是": "custom", "无": ""}}],
            },
        },
        "constants": {"currency": "CNY"},
        "drop": {"订单编号": ["总计", "说明"]},
        "shop": ["店铺名称"],
        "ignored": ["收货人姓名", "联系手机"],
        "export_time": [r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)$"],
        "export": EXPORT,
    }
)
LINES = Format.model_validate(
    {
        "id": "1688_orders",
        "platform": "1688",
        "table": "orders",
        "title": {"en": "orders", "zh": "订单"},
        "must": [["订单编号", "货品总价(元)"]],
        "columns": {
            "order_id": "订单编号",
            "created_at": "下单",
            "buyer_id": "会员",
            "item_count": "数量",
            "amount": {"column": ["实收分"], "unit": "fen"},
            "tracking_no": "物流单号",
        },
        "fill_down": ["order_id", "created_at", "buyer_id"],
        "line_key": ["SKU ID", "货号"],
        "shop": ["卖家"],
        "export": EXPORT,
    }
)
SCANS = Format.model_validate(
    {
        "id": "scans",
        "table": "shipments",
        "title": {"en": "scans", "zh": "揽收"},
        "must": [["运单号", "揽收时间"]],
        "columns": {"tracking_no": "运单号", "picked_up_at": "揽收时间", "order_id": "订单号"},
        "export": EXPORT,
    }
)
STATUS = WordList.model_validate(
    {
        "id": "status",
        "title": {"en": "status", "zh": "状态"},
        "source": ["invented"],
        "words": {"to_ship": ["买家已付款，等待卖家发货"], "finished": ["交易成功"]},
        "contains": {"closed": ["关闭"]},
    }
)
HEADER = "订单编号,买家会员名,订单状态,订单创建时间,订单付款时间,实付款(元),物流单号,收货人姓名"


BLANK = {
    "status": "交易成功",
    "created": "2026-11-03 10:00:00",
    "paid": "",
    "amount": "1.00",
    "tracking": "",
    "buyer": "甲",
}


def order(number, **cells):
    """One row under HEADER."""
    row = BLANK | cells
    return ",".join(
        (number, *(row[name] for name in ("buyer", "status", "created", "paid", "amount", "tracking")), "王小明")
    )


def workbook(*sheets):
    """Sheets of rows → an xlsx file; numbers stay numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(at, column, cell, moment)
                elif isinstance(cell, (int, float)):
                    sheet.write_number(at, column, cell)
                elif cell is not None:
                    sheet.write_string(at, column, cell)
    book.close()
    return out.getvalue()


def archive(members):
    """Name → bytes as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return out.getvalue()


def csv(*rows, header=HEADER):
    """A file of orders as text."""
    return "\r\n".join([header, *rows]) + "\r\n"
