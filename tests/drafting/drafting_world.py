"""Invented exports of platforms that no rule pack knows, as the files a person finds."""

from __future__ import annotations

import csv
import io

import foreign_headers as heads
import foreign_rows as rows_of
import xlsxwriter
from foreign_rows import ROWS


def text(header, rows, delimiter=",", encoding="utf-8", end="\n"):
    """Rows under a header as a delimited text."""
    names = header.split(",")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in _checked(rows, names))
    return out.getvalue().encode(encoding)


def _checked(rows, names):
    for row in rows:
        assert row.keys() <= set(names), row.keys() - set(names)
        yield row


def ebay_file():
    """Commas above the header, blank rows around the data, two rows of notes at the end, a mark at the start."""
    header, _, rows = text(heads.EBAY, rows_of.ebay(), end="\r\n").decode().partition("\r\n")
    commas = "," * heads.EBAY.count(",")
    notes = f"{ROWS},record(s) downloaded,\r\nSeller ID : example_seller\r\n"
    return f"{commas}\r\n{header}\r\n\r\n{rows}\r\n{notes}".encode("utf-8-sig")


def workbook(header, rows, sheet):
    """Rows under a header as a workbook of texts."""
    names = header.split(",")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    page = book.add_worksheet(sheet)
    for at_row, row in enumerate([dict(zip(names, names, strict=True)), *_checked(rows, names)]):
        for column, name in enumerate(names):
            if row.get(name):
                page.write_string(at_row, column, row[name])
    book.close()
    return out.getvalue()


FILES = {
    "shopify": ("orders_export_1.csv", lambda: text(heads.SHOPIFY, rows_of.shopify())),
    "amazon": ("12345.txt", lambda: text(heads.AMAZON, rows_of.amazon(), "\t", end="\r\n")),
    "amazon_unshipped": ("67890.txt", lambda: text(heads.UNSHIPPED, rows_of.unshipped(), "\t", end="\r\n")),
    "amazon_in": ("Sale Report.csv", lambda: text(heads.AMAZON_IN, rows_of.amazon_in(), end="\r\n")),
    "ebay": ("eBay-OrdersReport-Sep-27-2026.csv", ebay_file),
    "shopee_id": ("Order.all.20260901_20260930.xlsx", lambda: workbook(heads.SHOPEE_ID, rows_of.shopee_id(), "orders")),
    "shopee_en": ("Order.all.20260901_20260930.xlsx", lambda: workbook(heads.SHOPEE_EN, rows_of.shopee_en(), "orders")),
    "shopee_tw": (
        "Order.all.20260901.csv",
        lambda: text(heads.SHOPEE_TW, rows_of.shopee_tw(), encoding="big5hkscs", end="\r\n"),
    ),
    "tiktok": ("All order-2026-09-30.xlsx", lambda: workbook(heads.TIKTOK, rows_of.tiktok(), "OrderSKUList")),
    "lazada": ("lazada.xlsx", lambda: workbook(heads.LAZADA, rows_of.lazada(), "sheet1")),
    "woocommerce": ("orders-2026-09-30.csv", lambda: text(heads.WOOCOMMERCE, rows_of.woocommerce())),
    "woocommerce_script": ("orders.export.csv", lambda: text(heads.WOOCOMMERCE_SCRIPT, rows_of.woocommerce_script())),
    "wayfair": ("Orders_09302026.csv", lambda: text(heads.WAYFAIR, rows_of.wayfair())),
}
"""Platform → the name a file has there, and its bytes."""
