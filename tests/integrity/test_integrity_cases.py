"""The checks of a shop's own data, case by case: what fires, what does not, what nobody can tell."""

from __future__ import annotations

import datetime as dt

import pytest
from case_files import rules
from integrity_world import FILES, outcome, read

KEYS = {"suspicious", "clean", "unknown", "pending", "excluded"}


def cases():
    for path in FILES:
        for case in read(path)["cases"]:
            yield pytest.param(read(path), case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("file", "case"), list(cases()))
def test_rows_are_suspicious_or_not(file, case):
    expect = {key: {} if key == "excluded" else 0 for key in KEYS} | case["expect"]
    assert set(case["expect"]) <= KEYS
    found = {key: {} if key == "excluded" else 0 for key in KEYS} | outcome(file, case)
    assert found == expect


def test_every_check_has_cases_that_fire_that_do_not_and_one_for_each_of_its_conditions():
    by_check = {read(path)["check"]: read(path)["cases"] for path in FILES}
    assert set(by_check) == {each.id for each in rules().integrity.checks}
    for check in rules().integrity.checks:
        met = {name for case in by_check[check.id] for name in case["expect"]}
        excluded = {name for case in by_check[check.id] for name in case["expect"].get("excluded", {})}
        wanted = {"suspicious", "clean"} | {name for name in ("unknown", "pending") if getattr(check, name)}
        assert wanted <= met, check.id
        assert excluded == set(check.exclude), check.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_after_its_check(path):
    assert read(path)["check"] == path.stem
    assert isinstance(read(path)["as_of"], dt.datetime)
