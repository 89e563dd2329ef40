"""Windows as the platforms print them, and months that lack a day."""

from __future__ import annotations

import datetime as dt

import pytest

from oracle import windows
from oracle.examples import at


@pytest.mark.parametrize(
    ("today", "longest", "latest", "first", "last"),
    [
        ("2021-12-22", 35, 6, "2021-11-17", "2021-12-16"),
        ("2020-12-11", 35, 8, "2020-11-06", "2020-12-03"),
        ("2026-08-31", 30, 1, "2026-08-01", "2026-08-30"),
    ],
    ids=["JD's chats of 22 December", "Lazada's cancellations of 11 December", "30 days"],
)
def test_windows_the_platforms_print(today, longest, latest, first, last):
    assert windows.days(at(today), longest, latest) == (at(first).date(), at(last).date())


def test_six_months_back_from_a_day_the_month_lacks():
    assert windows.months(at("2026-08-31"), 6) == (dt.date(2026, 2, 28), dt.date(2026, 8, 30))
