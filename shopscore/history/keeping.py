"""An audit → rows of a history, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from shopscore import saved
from shopscore.history import packing
from shopscore.history.asking import number_of
from shopscore.history.database import connected
from shopscore.history.tables import AUDITS, METRICS, REPORTS, SEGMENTS, SHOPS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopscore.model import MetricResult, Report


def begin(history: str) -> None:
    """Make sure that a history can be written, and make it or take it to the latest version where that is needed.

    Raises:
        UsageError: it cannot.
    """
    with connected(history, writes=True):
        pass


def keep(history: str, report: Report) -> bool:
    """Keep an audit; whether it was not there before.

    Raises:
        UsageError: the history cannot be written.
    """
    try:
        with connected(history, writes=True) as connection:
            if number_of(connection, report.audit_id) is not None:
                return False
            _insert(connection, report)
    except IntegrityError:  # another run of the same audit was quicker, where the database does not make runs wait
        return False
    return True


def _insert(connection: Connection, report: Report) -> None:
    as_of = max(shop.as_of for shop in report.shops).isoformat(timespec="seconds")
    row = {"audit_id": report.audit_id, "as_of": as_of, "tool_version": report.tool_version}
    packed = saved.pack(replace(report, shops=()))
    key = connection.execute(insert(AUDITS).values(**row, report=packed)).inserted_primary_key
    number = key[0] if key else None
    versions = {used.platform: used.version for used in report.rules}
    for shop in report.shops:
        name = {"number": number, "platform": shop.platform, "shop": shop.shop}
        told = {"as_of": shop.as_of.isoformat(timespec="seconds"), "trust": shop.trust.level}
        connection.execute(insert(SHOPS).values(**name, **told, rules=versions.get(shop.platform, "")))
        connection.execute(insert(REPORTS).values(**name, report=saved.pack_shop(shop, report.tool_version)))
        if shop.metrics:
            connection.execute(insert(METRICS), [name | _row(metric) for metric in shop.metrics])
        split = [
            {**name, "metric": metric.id, "cells": packing.pack(metric.cells)}
            for metric in shop.metrics
            if metric.cells
        ]
        if split:
            connection.execute(insert(SEGMENTS), split)


def _row(metric: MetricResult) -> dict[str, Any]:
    found = metric.measurement
    low, high = found.interval or (None, None)
    return {
        "metric": metric.id,
        "status": found.status,
        "verdict": metric.verdict,
        "value": found.value,
        "low": low,
        "high": high,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "target": metric.target.value,
        "unit": metric.unit,
        "window_from": found.window.first.isoformat() if found.window else None,
        "window_to": found.window.last.isoformat() if found.window else None,
        "suppressed": metric.suppressed is not None,
    }
