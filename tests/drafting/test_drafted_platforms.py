"""An export of a platform nobody described: the mapping proposed for it is right where it is sure, and reads it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from drafting_world import FILES
from foreign_rows import PERSON, ROWS

TOLD = (
    "order_id",
    "created_at",
    "paid_at",
    "amount",
    "status",
    "promised_ship_at",
    "shipped_at",
    "picked_up_at",
    "delivered_at",
    "finished_at",
)
"""The columns that metrics rest on."""
EXPECTED = {
    "shopify": {
        "order_id": "Name", "created_at": "Created at", "paid_at": "Paid at", "amount": "Total",
        "status": "Fulfillment Status", "shipped_at": "Fulfilled at",
    },
    "amazon": {
        "order_id": "amazon-order-id", "created_at": "purchase-date", "amount": "item-price", "status": "order-status",
    },
    "amazon_unshipped": {
        "order_id": "order-id", "created_at": "purchase-date", "paid_at": "payments-date",
        "promised_ship_at": "promise-date",
    },
    "amazon_in": {"order_id": "Order ID", "created_at": "Date", "amount": "Amount", "status": "Status"},
    "ebay": {
        "order_id": "Order Number", "created_at": "Sale Date", "paid_at": "Paid On Date", "amount": "Total Price",
        "promised_ship_at": "Ship By Date", "shipped_at": "Shipped On Date",
    },
    "shopee_id": {
        "order_id": "No. Pesanan", "created_at": "Waktu Pesanan Dibuat", "paid_at": "Waktu Pembayaran Dilakukan",
        "amount": "Total Pembayaran", "status": "Status Pesanan",
        "promised_ship_at": "Pesanan Harus Dikirimkan Sebelum (Menghindari keterlambatan)",
        "shipped_at": "Waktu Pengiriman Diatur", "finished_at": "Waktu Pesanan Selesai",
    },
    "shopee_en": {
        "order_id": "Order ID", "created_at": "Order Creation Date", "paid_at": "Order Paid Time",
        "amount": "Product Subtotal", "status": "Order Status", "promised_ship_at": "Estimated Ship Out Date",
        "shipped_at": "Ship Time",
    },
    "shopee_tw": {
        "order_id": "訂單編號", "created_at": "訂單成立日期", "amount": "買家總支付金額", "status": "訂單狀態",
    },
    "tiktok": {
        "order_id": "Order ID", "created_at": "Created Time", "paid_at": "Paid Time", "amount": "Order Amount",
        "status": "Order Status", "shipped_at": "RTS Time", "picked_up_at": "Shipped Time",
        "delivered_at": "Delivered Time",
    },
    "lazada": {
        "order_id": "orderNumber", "created_at": "createTime", "amount": "paidPrice", "status": "status",
        "promised_ship_at": "promisedShippingTime", "delivered_at": "deliveredDate",
    },
    "woocommerce": {
        "order_id": "Order Number", "created_at": "Order Date", "amount": "Order Total Amount",
        "status": "Order Status",
    },
    "woocommerce_script": {
        "order_id": "Order ID", "created_at": "Date Created", "paid_at": "Date Paid", "amount": "Total Amount",
        "status": "Status",
    },
    "wayfair": {
        "order_id": "PO Number", "created_at": "PO Date & Time", "status": "Order Status",
        "promised_ship_at": "Must Ship By",
    },
}  # fmt: skip
DOUBTFUL = {
    "shopify": {"order_id", "amount"},
    "amazon": {"amount", "status"},
    "amazon_unshipped": set(),
    "amazon_in": {"created_at", "status"},
    "ebay": set(),
    "shopee_id": set(),
    "shopee_en": {"amount", "status"},
    "shopee_tw": set(),
    "tiktok": {"picked_up_at"},
    "lazada": {"promised_ship_at"},
    "woocommerce": {"status"},
    "woocommerce_script": {"status"},
    "wayfair": {"created_at", "status"},
}
"""Of the columns told, those whose header or words could mean something else."""
FIRST = {
    "shopify": {
        "order_id": "#1400", "created_at": dt.datetime(2026, 9, 1, 9), "paid_at": dt.datetime(2026, 9, 1, 10),
        "amount": Decimal("24.50"), "status": "shipped", "shipped_at": dt.datetime(2026, 9, 2, 15),
    },
    "amazon": {
        "order_id": "113-1000000-2000000", "created_at": dt.datetime(2026, 9, 1, 4), "amount": Decimal("10.00"),
        "status": "shipped",
    },
    "amazon_unshipped": {
        "order_id": "113-1000000-2000000", "created_at": dt.datetime(2026, 9, 1, 4),
        "paid_at": dt.datetime(2026, 9, 1, 5), "promised_ship_at": dt.datetime(2026, 9, 3, 4),
    },
    "amazon_in": {
        "order_id": "405-1000000-2000000", "created_at": dt.datetime(2026, 9, 1), "amount": Decimal(400),
        "status": "shipped",
    },
    "ebay": {
        "order_id": "27-10000-20000", "created_at": dt.datetime(2026, 9, 1), "paid_at": dt.datetime(2026, 9, 1),
        "amount": Decimal("27.00"), "promised_ship_at": dt.datetime(2026, 9, 3), "shipped_at": None,
    },
    "shopee_id": {
        "order_id": "260900EXAMPLE", "created_at": dt.datetime(2026, 9, 1, 8), "paid_at": dt.datetime(2026, 9, 1, 9),
        "amount": Decimal(110000), "status": "finished", "promised_ship_at": dt.datetime(2026, 9, 3, 8),
        "shipped_at": dt.datetime(2026, 9, 2, 4), "finished_at": dt.datetime(2026, 9, 6, 8),
    },
    "shopee_en": {
        "order_id": "260900EXAMPLE", "created_at": dt.datetime(2026, 9, 1, 8), "paid_at": dt.datetime(2026, 9, 1, 9),
        "amount": Decimal(11), "status": "finished", "promised_ship_at": dt.datetime(2026, 9, 3, 8),
        "shipped_at": dt.datetime(2026, 9, 2, 4),
    },
    "shopee_tw": {
        "order_id": "260900EXAMPLE", "created_at": dt.datetime(2026, 9, 1, 8), "amount": Decimal(160),
        "status": "finished",
    },
    "tiktok": {
        "order_id": "576000000000000000", "created_at": dt.datetime(2026, 9, 1, 8),
        "paid_at": dt.datetime(2026, 9, 1, 9), "amount": Decimal(50000), "status": "finished",
        "shipped_at": dt.datetime(2026, 9, 1, 18), "picked_up_at": dt.datetime(2026, 9, 2, 4),
        "delivered_at": dt.datetime(2026, 9, 4, 6),
    },
    "lazada": {
        "order_id": "70000000000", "created_at": dt.datetime(2026, 9, 1, 8), "amount": Decimal(90000),
        "status": "received", "promised_ship_at": dt.datetime(2026, 9, 3, 8),
        "delivered_at": dt.datetime(2026, 9, 5, 2),
    },
    "woocommerce": {
        "order_id": "4000", "created_at": dt.datetime(2026, 9, 1, 8), "status": "finished",
    },
    "woocommerce_script": {
        "order_id": "4000", "created_at": dt.datetime(2026, 9, 1, 8), "paid_at": dt.datetime(2026, 9, 1, 9),
        "amount": Decimal(25), "status": "finished",
    },
    "wayfair": {
        "order_id": "CS100000000", "created_at": dt.datetime(2026, 9, 1, 8), "status": None,
        "promised_ship_at": dt.datetime(2026, 9, 4),
    },
}  # fmt: skip


def header_of(spec):
    return spec if isinstance(spec, str) else spec.column[0]


@pytest.mark.parametrize("key", FILES)
def test_its_columns_go_where_they_belong(proposal, key):
    found = proposal(key)
    assert found.form.table == "orders"
    assert {name: header_of(spec) for name, spec in found.form.columns.items() if name in TOLD} == EXPECTED[key]
    assert found.doubtful & set(TOLD) == DOUBTFUL[key]


@pytest.mark.parametrize("key", FILES)
def test_it_is_read_unedited(proposal, key):
    found = proposal(key)
    platform = key.partition("_")[0]
    assert (found.account.format, found.account.platform) == (found.form.id, platform)
    assert found.account.rows_accepted == ROWS
    assert {name: found.rows[0][name] for name in FIRST[key]} == FIRST[key]


@pytest.mark.parametrize("key", FILES)
def test_persons_are_neither_read_nor_shown(proposal, key):
    found = proposal(key)
    assert PERSON not in found.text
    assert "example.com" not in found.text
    assert PERSON not in str(found.rows)
    assert "example.com" not in str(found.rows)


def test_rows_that_are_no_rows_are_named(proposal):
    assert proposal("ebay").form.drop == {
        "Sales Record Number": ["Seller ID :"],
        "Order Number": ["record(s) downloaded"],
    }


def test_an_explanation_below_the_header_is_named(proposal):
    found = proposal("tiktok")
    assert found.form.drop == {"Order ID": ["Platform unique order ID"]}
    assert [(refusal.reason, refusal.count) for refusal in found.account.refusals] == [("description_row", 1)]


def test_what_an_order_says_on_its_first_row_only_goes_down(proposal):
    found = proposal("shopify")
    assert found.form.fill_down == ["status", "paid_at", "shipped_at", "currency", "region"]
    assert found.form.line_key == ["Lineitem sku", "Lineitem name"]
    lines = [(row["order_id"], row["line_id"], row["status"], row["amount"]) for row in found.rows[:2]]
    assert lines == [
        ("#1400", "CUP-0/Cup", "shipped", Decimal("24.50")),
        ("#1400", "PLATE-0/Plate", "shipped", None),
    ]


def test_an_amount_repeated_on_every_row_of_an_order_is_told(proposal):
    found = proposal("woocommerce")
    assert found.form.once == ["amount"]
    assert found.form.line_key == ["SKU"]


def test_a_form_of_times_that_only_formats_state_is_stated(proposal):
    assert proposal("lazada").form.times == ["%d %b %Y %H:%M"]


def test_times_with_an_offset_ask_for_the_zone(proposal):
    assert "timezone:" in proposal("shopify").text
    assert "timezone:" not in proposal("tiktok").text


def test_a_status_no_word_is_known_for_waits_for_one(proposal):
    text = proposal("wayfair").text
    assert '      "Shipped": shipped\n' in text
    assert '      # "Open": \n' in text
    assert '"Processing": to_ship  # DOUBTFUL' in proposal("woocommerce").text
