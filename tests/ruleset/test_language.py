"""Good conditions: their type, their columns, the text engines get, and what they answer for a row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest

from shopscore.ruleset.language import evaluate, parse, to_sql
from shopscore.schema import FACTS

ORDERS = FACTS["orders"].by_name
GOOD = [
    ("is_due", "flag", "is_due"),
    ("not is_due", "flag", "NOT is_due"),
    ("NOT kind = 'spot'", "flag", "NOT (kind = 'spot')"),
    ("clock_at IS NOT NULL AND kind IN ('spot', 'custom')", "flag", None),
    ("is_due OR is_paid AND has_refund", "flag", None),
    ("(is_due OR is_paid) AND has_refund", "flag", "(is_due OR is_paid) AND has_refund"),
    ("pickup_seconds <= ship_allowed_seconds", "flag", None),
    ("pickup_seconds <= 48 * 3600", "flag", "pickup_seconds <= 172800"),
    ("pickup_seconds <= limit * 3600", "flag", "pickup_seconds <= 172800"),
    ("delivered_at - paid_at > INTERVAL '2 days'", "flag", "delivered_at - paid_at > INTERVAL '48 hours'"),
    ("delivered_at - paid_at BETWEEN INTERVAL '1 hour' AND INTERVAL '90 seconds'", "flag",
     "delivered_at - paid_at BETWEEN INTERVAL '1 hours' AND INTERVAL '90 seconds'"),
    ("paid_at >= DATE '2025-01-31'", "flag", "paid_at >= TIMESTAMP '2025-01-31 00:00:00'"),
    ("paid_at < DATE '2025-01-31' + INTERVAL '9 hours'", "flag", "paid_at < TIMESTAMP '2025-01-31 09:00:00'"),
    ("COALESCE(promise_at, clock_at + INTERVAL '48 hours')", "time", None),
    ("CASE WHEN kind = 'cod' THEN created_at ELSE paid_at END", "time", None),
    ("CASE kind WHEN 'cod' THEN created_at ELSE paid_at END", "time",
     "CASE WHEN kind = 'cod' THEN created_at ELSE paid_at END"),
    ("CASE WHEN buyer_level = 'L6' THEN limit ELSE 1 END", "number",
     "CASE WHEN buyer_level = 'L6' THEN 48.0e0 ELSE 1.0e0 END"),
    ("pickup_seconds", "number", "pickup_seconds"),
    ("amount", "number", "CAST(amount AS DOUBLE)"),
    ("amount > 9.99", "flag", "CAST(amount AS DOUBLE) > 9.99e0"),
    ("item_count - -1", "number", "CAST(item_count AS DOUBLE) - (-1)"),
    ("1 - 2 - item_count", "number", "(-1) - CAST(item_count AS DOUBLE)"),
    ("item_count - (1 - item_count)", "number",
     "CAST(item_count AS DOUBLE) - (1 - CAST(item_count AS DOUBLE))"),
    ("amount / 4", "number", "CAST(amount AS DOUBLE) / 4.0e0"),
    ("carrier ILIKE '%SF%'", "flag", "LOWER(carrier) LIKE '%sf%'"),
    ("carrier NOT LIKE '中通%'", "flag", None),
    ("carrier = 'It''s'", "flag", None),
    ("TRIM(carrier) = ''", "flag", "TRIM(BOTH ' \t\r\n\u00a0\u3000' FROM carrier) = ''"),
    ("kind IS NOT DISTINCT FROM 'spot'", "flag", None),
    ("(kind IS DISTINCT FROM 'spot') AND is_due", "flag", "(kind IS DISTINCT FROM 'spot') AND is_due"),
    ("hour NOT BETWEEN 9 AND 21", "flag", None),
    ("is_due = is_paid", "flag", None),
    ("LENGTH(order_id) = 18", "flag", "CAST(LENGTH(order_id) AS BIGINT) = 18"),
    ("GREATEST(paid_at, created_at) > judged_at", "flag", None),
    ("NULLIF(item_count, 0)", "number", "NULLIF(CAST(item_count AS DOUBLE), 0.0e0)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sql"), GOOD, ids=[text for text, _, _ in GOOD])
def test_a_good_condition_becomes_text_that_polars_takes(text, kind, sql):
    parsed = parse(text, ORDERS, {"limit": 48.0})
    assert parsed.kind == kind
    assert to_sql(parsed) == (text if sql is None else sql)
    assert set(pl.sql_expr(to_sql(parsed)).meta.root_names()) == parsed.names


def test_names_are_the_columns_and_not_the_parameters():
    parsed = parse("pickup_seconds <= limit AND NOT is_due", ORDERS, {"limit": 48.0})
    assert parsed.names == {"pickup_seconds", "is_due"}


def test_columns_may_be_given_by_their_kinds_alone():
    assert parse("score < 0.9", {"score": "number"}).names == {"score"}


@pytest.mark.parametrize(
    ("text", "row", "answer"),
    [
        ("value < target", {"value": 0.9, "target": 0.95}, True),
        ("value < target", {"value": None, "target": 0.95}, None),
        ("value < target", {}, None),
        ("value < target AND share > 0.4", {"value": 0.9, "target": 0.95}, None),
        ("value < target AND share > 0.4", {"value": 0.99, "target": 0.95}, False),
        ("value < target OR share > 0.4", {"share": 0.5}, True),
        ("COALESCE(share, 0) > 0.4", {}, False),
        ("carrier IN ('中通', '顺丰')", {"carrier": "顺丰"}, True),
        ("carrier NOT IN ('中通')", {"carrier": None}, None),
        ("carrier LIKE '%通%'", {"carrier": "中通\n快递"}, True),
        ("carrier LIKE '_通'", {"carrier": "中通快递"}, False),
        ("carrier IS DISTINCT FROM '中通'", {}, True),
        ("share BETWEEN target AND 0.1", {"share": 0.5}, False),
        ("LEAST(value, share, target)", {"share": 3, "target": 2}, 2.0),
        ("ROUND(value)", {"value": 2.5}, 3.0),
        ("ROUND(value)", {"value": -2.5}, -3.0),
        ("amount * 3", {"amount": Decimal("0.10")}, 0.1 * 3),
        ("sent_at - INTERVAL '1 day'", {"sent_at": dt.date(2024, 3, 1)}, dt.datetime(2024, 2, 29)),
        ("TRIM(carrier)", {"carrier": "　中通 "}, "中通"),
        ("NOT (share > 0.4)", {}, None),
        ("CASE WHEN share > 0.4 THEN 'high' WHEN share IS NULL THEN 'blank' END", {"share": 0.1}, None),
    ],
)
def test_a_row_is_answered_in_three_values(text, row, answer):
    kinds = {
        **dict.fromkeys(("value", "target", "share"), "number"),
        "amount": "money",
        "carrier": "text",
        "sent_at": "time",
    }
    assert evaluate(parse(text, kinds), row) == answer


def test_dividing_by_a_constant_is_exact_where_no_cell_is_blank():
    frame = pl.DataFrame({"item_count": [49, 57, 7]})
    sql = to_sql(parse("item_count / 49 >= 1", ORDERS))
    assert frame.select(pl.sql_expr(sql).alias("x"))["x"].to_list() == [True, True, False]
