"""The general after-sale guide's figures (platforms.md 5, "General / S5")."""

from __future__ import annotations

from oracle.aftersale import refunds, spent
from oracle.blank import there
from oracle.fate import mean, number
from oracle.view import HOUR
from oracle.windows import days


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
    return number(refunds(shop), days(shop.as_of, 30), at=lambda case: case["applied_at"])
