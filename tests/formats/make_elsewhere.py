"""Write the fixtures of platforms outside China into ``data/``: invented rows in their layouts and encodings.

Run once (``python tests/formats/make_elsewhere.py``) and committed; the tests read the bytes, never this file.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

HERE = Path(__file__).parent
HEADERS = {
    name.strip("[]"): columns
    for name, *columns in (
        block.split("\n")
        for block in (HERE / "headers_elsewhere.md").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    )
}
PERSON = {
    "Billing Name": "Ines Example",
    "Billing Street": "1 Example Street",
    "Billing Phone": "'+10000000000",
    "Shipping Name": "Ines Example",
    "Shipping Zip": "'00000",
    "Phone": "'+10000000000",
}
BUYER = {
    "buyer-name": "Ines Example",
    "buyer-phone-number": "0000000000",
    "recipient-name": "Ines Example",
    "ship-address-1": "1 Example Street",
    "ship-postal-code": "00000",
}


def shopify() -> list[dict[str, str]]:
    """An order of two rows, one to be shipped, one cancelled, one unpaid, one shipped in part, one paid back."""
    first = {**PERSON, "Currency": "USD", "Lineitem quantity": "1", "Shipping Province": "NY", "Vendor": "Example",
             "Email": "ines@example.com", "Notes": 'please,\nring "twice"'}  # fmt: skip
    return [
        {**first, "Name": "#1411", "Financial Status": "paid", "Paid at": "2022-01-11 04:32:31 -0500",
         "Fulfillment Status": "fulfilled", "Fulfilled at": "2022-01-12 10:00:00 -0500", "Total": "38.50",
         "Created at": "2022-01-11 04:32:30 -0500", "Lineitem name": "Cup - Blue", "Lineitem sku": "CUP-1"},
        {"Name": "#1411", "Email": "ines@example.com", "Created at": "2022-01-11 04:32:30 -0500", "Vendor": "Example",
         "Lineitem quantity": "2", "Lineitem name": "Plate", "Lineitem sku": "PLATE-1", "Phone": "'+10000000000"},
        {**first, "Name": "#AP-516053", "Financial Status": "paid", "Paid at": "2022-07-11 04:32:31 -0400",
         "Fulfillment Status": "unfulfilled", "Total": "10.00", "Created at": "2022-07-11 04:32:30 -0400",
         "Lineitem name": "Cup - Blue", "Lineitem sku": "CUP-1", "Email": "noor@example.com"},
        {**first, "Name": "#1413", "Financial Status": "voided", "Fulfillment Status": "unfulfilled", "Total": "10.00",
         "Created at": "2022-01-13 00:00:00 -0500", "Cancelled at": "2022-01-13 01:00:00 -0500",
         "Lineitem name": "Cup - Blue", "Lineitem sku": "CUP-1"},
        {**first, "Name": "#1414", "Financial Status": "pending", "Fulfillment Status": "unfulfilled", "Total": "10.00",
         "Created at": "2022-01-14 00:00:00 -0500", "Lineitem name": "Cup - Blue", "Lineitem sku": "CUP-1"},
        {**first, "Name": "1415", "Financial Status": "partially_refunded", "Fulfillment Status": "partial",
         "Total": "20.00", "Created at": "2022-01-15 00:00:00 -0500", "Paid at": "2022-01-15 00:01:00 -0500",
         "Refunded Amount": "5.00", "Lineitem name": "Cup - Blue"},
        {**first, "Name": "#1416", "Financial Status": "refunded", "Fulfillment Status": "fulfilled",
         "Fulfilled at": "2022-01-17 00:00:00 -0500", "Total": "20.00", "Created at": "2022-01-16 00:00:00 -0500",
         "Paid at": "2022-01-16 00:01:00 -0500", "Lineitem name": "Cup - Blue", "Lineitem sku": "CUP-1"},
    ]  # fmt: skip


def shopify_resaved() -> list[dict[str, str]]:
    """Saved again by a spreadsheet: other times, fewer columns."""
    return [
        {"Name": "#1500", "Email": "ines@example.com", "Financial Status": "paid", "Paid at": "31/12/2023 22:36",
         "Fulfillment Status": "fulfilled", "Fulfilled at": "14/01/2024 09:00", "Currency": "EUR", "Total": "12.00",
         "Created at": "31/12/2023 22:35", "Lineitem quantity": "1", "Lineitem name": "Cup", "Lineitem sku": "CUP-1"},
    ]  # fmt: skip


def amazon_orders() -> list[dict[str, str]]:
    """One order of two items, one pending, one cancelled, one delivered."""
    base = {"currency": "USD", "quantity": "1", "ship-state": "NY", "fulfillment-channel": "Merchant",
            "sales-channel": "Amazon.com", "ship-postal-code": "00000", "item-status": "Shipped"}  # fmt: skip
    return [
        {**base, "amazon-order-id": "113-1111111-1111111", "purchase-date": "2026-09-01T06:30:00+00:00",
         "order-status": "Shipped", "sku": "CUP-1", "asin": "B0EXAMPLE1", "item-price": "10.00"},
        {**base, "amazon-order-id": "113-1111111-1111111", "purchase-date": "2026-09-01T06:30:00+00:00",
         "order-status": "Shipped", "sku": "PLATE-1", "asin": "B0EXAMPLE2", "item-price": "24.50", "quantity": "2"},
        {**base, "amazon-order-id": "113-2222222-2222222", "purchase-date": "2026-09-02T06:30:00+00:00",
         "order-status": "Pending", "sku": "CUP-1", "asin": "B0EXAMPLE1"},
        {**base, "amazon-order-id": "113-3333333-3333333", "purchase-date": "2026-09-03T06:30:00+00:00",
         "order-status": "Cancelled", "sku": "CUP-1", "asin": "B0EXAMPLE1", "quantity": "0"},
        {**base, "amazon-order-id": "113-4444444-4444444", "purchase-date": "2026-09-04T06:30:00+00:00",
         "order-status": "Shipped - Delivered to Buyer", "sku": "CUP-1", "asin": "B0EXAMPLE1", "item-price": "10.00"},
    ]  # fmt: skip


def amazon_unshipped() -> list[dict[str, str]]:
    """One to be shipped whole, one of which some pieces were."""
    base = {**BUYER, "buyer-email": "abc123@marketplace.example.com", "sku": "CUP-1", "ship-state": "NY",
            "purchase-date": "2026-09-01T06:30:00+00:00", "payments-date": "2026-09-01T06:31:00+00:00",
            "promise-date": "2026-09-03T06:59:59+00:00", "order-item-id": "30000000001"}  # fmt: skip
    return [
        {**base, "order-id": "113-5555555-5555555", "quantity-purchased": "2", "quantity-shipped": "0"},
        {**base, "order-id": "113-6666666-6666666", "quantity-purchased": "3", "quantity-shipped": "1"},
    ]


def amazon_returns() -> list[dict[str, str]]:
    """One that came back, one on its way."""
    base = {"Return request status": "Approved", "Return Reason": "Defective", "Order date": "2026-09-01"}
    return [
        {**base, "Order ID": "113-1111111-1111111", "Amazon RMA ID": "DEXAMPLE1", "Tracking ID": "9400000001",
         "Return request date": "2026-09-10", "Return delivery date": "2026-09-15", "Refunded Amount": "10.00"},
        {**base, "Order ID": "113-4444444-4444444", "Amazon RMA ID": "DEXAMPLE2", "Return request date": "2026-09-11"},
    ]  # fmt: skip


def write(name: str, header: list[str], rows: list[dict[str, str]], delimiter: str, end: str) -> None:
    """A delimited file in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    (HERE / "data" / name).write_bytes(text.getvalue().encode())


def main() -> None:
    """All fixtures."""
    kept = [column for column in HEADERS["shopify_orders"] if any(column in row for row in shopify_resaved())]
    write("shopify_orders.csv", HEADERS["shopify_orders"], shopify(), ",", "\n")
    write("shopify_orders_older.csv", HEADERS["shopify_orders_older"], shopify(), ",", "\n")
    write("shopify_orders_resaved.csv", kept, shopify_resaved(), ";", "\r\n")
    write("amazon_orders.txt", HEADERS["amazon_orders"], amazon_orders(), "\t", "\r\n")
    write("amazon_orders_by_order_date.txt", HEADERS["amazon_orders_by_order_date"], amazon_orders(), "\t", "\r\n")
    write("amazon_unshipped.txt", HEADERS["amazon_unshipped"], amazon_unshipped(), "\t", "\r\n")
    write("amazon_returns.tsv", HEADERS["amazon_returns"], amazon_returns(), "\t", "\r\n")


if __name__ == "__main__":
    main()
