"""The published schema takes every report there can be, and sees what is wrong with one that is none."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from random_reports import reports

from shopscore.render import json as page
from shopscore.render import schema

VALIDATOR = Draft202012Validator(schema.schema())


def errors(report):
    """Where a report is not as the schema has it."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(report)]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema.schema())
    assert json.loads(schema.text()) == schema.schema()


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(reports())
def test_every_report_fits_the_schema(report):
    assert errors(json.loads(page.render(report, "en"))) == []


METRIC = {
    "id": "pdd.late", "title": "Late", "dimension": "d", "definition": "published", "purpose": "score", "kind": "ratio",
    "status": "measured", "unit": "rate", "better": "lower", "window": None, "value": 0.5, "interval": [0.4, 0.6],
    "numerator": 1, "denominator": 2, "unknown": 0, "pending": 0, "undated": 0, "excluded": {"a": 1}, "needs": [],
    "before_exclusions": None, "target": 0.1, "target_basis": "published", "verdict": "fail", "shortfall": None,
    "reversibility": "final", "trend": [], "drivers": [], "source": [], "message": None,
}  # fmt: skip
SHOP = {
    "platform": "pdd", "shop": "s", "as_of": "2026-11-23T10:00:00+08:00", "timezone": "Asia/Shanghai",
    "seen_until": {"orders": "2026-11-23T10:00:00+08:00"}, "metrics": [METRIC], "shortfalls": [], "advice": [],
    "score": {"value": None, "basis": "none", "band": None, "next_band": None, "coverage": 0}, "due": [],
    "warnings": [],
}  # fmt: skip
REPORT = {
    "schema_version": "1.0.0", "tool": {"name": "shopscore", "version": "1"}, "audit_id": "a", "rules": [],
    "inputs": [], "shops": [SHOP], "warnings": [],
}  # fmt: skip


def test_further_keys_are_allowed_anywhere():
    report = copy.deepcopy(REPORT)
    assert errors(report) == []
    for place in (report, report["tool"], report["shops"][0], report["shops"][0]["metrics"][0]):
        place["mood"] = {"of": "the day"}
    assert errors(report) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "2.0.0"),
        (("audit_id",), 7),
        (("shops", 0, "as_of"), "2026-11-23T10:00:00"),
        (("shops", 0, "score", "basis"), "guessed"),
        (("shops", 0, "seen_until", "orders"), "yesterday"),
        (("shops", 0, "metrics", 0, "verdict"), "bad"),
        (("shops", 0, "metrics", 0, "value"), "0.5"),
        (("shops", 0, "metrics", 0, "interval"), [0.4]),
        (("shops", 0, "metrics", 0, "interval"), [0.4, 0.5, 0.6]),
        (("shops", 0, "metrics", 0, "excluded"), {"a": "1"}),
        (("shops", 0, "metrics", 0, "trend"), [{"day": "2026-11-23", "numerator": 1}]),
        (("shops", 0, "metrics", 0, "pending"), None),
    ],
)
def test_what_is_wrong_is_seen(path, value):
    report = copy.deepcopy(REPORT)
    place = report
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert len(errors(report)) == 1
    del place[path[-1]]
    assert len(errors(report)) == (0 if path[-1] == "orders" else 1)
