"""``rules/calendar.yaml`` → the days on which shops stand still."""

from __future__ import annotations

import datetime as dt
from functools import cache

import yaml

from shopscore.ruleset.load import default_rules_dir

_DAY = dt.timedelta(days=1)


@cache
def closed_days() -> frozenset[dt.date]:
    """Every day on which silence says nothing."""
    data = yaml.safe_load((default_rules_dir() / "calendar.yaml").read_text(encoding="utf-8"))
    return frozenset(
        day
        for each in data["holidays"]
        for day in _span(each["first"] - each["around"] * _DAY, each["last"] + each["around"] * _DAY)
    )


def _span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + number * _DAY for number in range((last - first).days + 1)]
