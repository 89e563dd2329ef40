"""The general after-sale guide's figures."""

from __future__ import annotations

import datetime as dt

from oracle.aftersale import refunds, spent
from oracle.blank import is_in, there
from oracle.fate import mean, number, ratio, ratio_of
from oracle.trade import orders
from oracle.view import HOUR
from oracle.windows import days

SHARE = 10_000
"""A sum that becomes a share is added up in ten-thousandths."""


HALF_A_YEAR = 180
AGO = dt.timedelta(days=HALF_A_YEAR)


def _applied_at(case):
    return case["applied_at"]


def _date(row):
    return row["date"]


# ── customers ────────────────────────────────────────────────────────────────────────────────────────────────────


def agree_hours(shop):
    """Σ(agreement − application) ÷ agreed cases, by the day of agreement."""
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=lambda case: case["agreed_at"],
        where=lambda case: there(case["agreed_at"]),
        of=lambda case: spent(case["applied_at"], case["agreed_at"]),
    )


def aftersale_cases(shop):
    """After-sale cases by the day of application."""
    return number(refunds(shop), days(shop.as_of, 30), at=_applied_at)


def _customers(shop):
    """Buyers of the window, each once."""
    return {
        "rows": orders(shop),
        "at": lambda order: order["clock_at"],
        "where": lambda order: there(order["clock_at"]),
        "once": ("buyer_id", "order_id"),
    }


def aftersale_rate_times(shop):
    """After-sale cases ÷ customers."""
    return ratio_of(days(shop.as_of, 30), {"rows": refunds(shop), "at": _applied_at}, _customers(shop))


def aftersale_customer_rate(shop):
    """Customers with an after-sale case ÷ customers."""
    buyers = {order["order_id"]: order["buyer_id"] for order in orders(shop)}
    cases = [{**case, "buyer_id": buyers.get(case["order_id"])} for case in refunds(shop)]
    return ratio_of(
        days(shop.as_of, 30),
        {"rows": cases, "at": _applied_at, "once": ("buyer_id", "refund_id")},
        _customers(shop),
    )


def repurchase_rate(shop):
    """Buyers of the window whose first order in it followed one within 180 days ÷ buyers; by the day of payment.

    Where nothing is known before that order, the files must reach 180 days back from its clock.
    """
    everyone = orders(shop)
    oldest = min((order["created_at"] for order in everyone), default=None)
    paid = sorted((each for each in everyone if each["paid_at"]), key=lambda each: (each["paid_at"], each["order_id"]))

    def before(order):
        return [each for each in paid[: paid.index(order)] if each["buyer_id"] == order["buyer_id"]]

    def unknown(order):
        if order["buyer_id"] is None:
            return True
        return not before(order) and (order["clock_at"] - oldest).days < HALF_A_YEAR

    return ratio(
        paid,
        days(shop.as_of, 30),
        at=lambda order: order["paid_at"],
        unknown=unknown,
        hit=lambda order: [True for each in before(order)[-1:] if order["paid_at"] - each["paid_at"] <= AGO] != [],
        once=("buyer_id", "order_id"),
    )


# ── enquiries, traffic, money ────────────────────────────────────────────────────────────────────────────────────


def _sum_by_sum(shop, table, above, below, unit=SHARE):
    rows = shop.rows(table)
    return ratio_of(
        days(shop.as_of, 30),
        {"rows": rows, "at": _date, "of": lambda row: _steps(row[above], unit)},
        {"rows": rows, "at": _date, "weight": lambda row: row[below]},
        unit=unit,
    )


def _steps(value, unit):
    return None if value is None else round(value * unit)


def enquiry_conversion_rate(shop):
    """Σ payers ÷ Σ enquirers."""
    return _sum_by_sum(shop, "agent_stats", "payers", "enquirers")


def click_rate(shop):
    """Σ clicks ÷ Σ times shown."""
    return _sum_by_sum(shop, "traffic", "clicks", "exposures")


def visit_conversion_rate(shop):
    """Σ orders ÷ Σ visitors."""
    return _sum_by_sum(shop, "traffic", "orders", "visitors")


def average_order_value(shop):
    """Σ sales ÷ Σ orders."""
    return _sum_by_sum(shop, "traffic", "amount", "orders", unit=100)


def exposures(shop):
    """Σ times shown."""
    rows, window = shop.rows("traffic"), days(shop.as_of, 30)
    return number(rows, window, unit=100, at=_date, of=lambda row: _steps(row["exposures"], 100))


def penalties_paid(shop):
    """Σ money out for penalties and compensations, by the day it was booked."""
    return number(
        shop.rows("bills"),
        days(shop.as_of, 30),
        unit=100,
        at=lambda entry: entry["booked_at"],
        where=_is_penalty,
        of=lambda entry: _steps(entry["expense"], 100),
    )


def _is_penalty(entry):
    if not entry["expense"]:
        return False
    return is_in(entry["kind"], "penalty", "compensation")
