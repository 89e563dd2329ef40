"""The advice cases: diagnoses where a piece of advice must appear and where it must not."""

from __future__ import annotations

import pytest
from case_files import CASES, OWN_PACKS, read, rules

from shopscore.ruleset.diagnosis_columns import diagnosis_columns
from shopscore.ruleset.language import evaluate, parse

DIAGNOSIS = {
    "value": 0.5,
    "target": 0.5,
    "gap": 0.0,
    "numerator": 0,
    "denominator": 1000,
    "unknown": 0,
    "pending": 0,
    "unknown_share": 0.0,
    "previous_value": 0.5,
    "status": "measured",
    "verdict": "pass",
    "worse": False,
}
"""A metric that is where it should be."""


def advice():
    for platform in OWN_PACKS:
        for piece in rules().packs[platform].pack.advice:
            yield pytest.param(platform, piece, id=f"{platform}.{piece.id}")


@pytest.mark.parametrize(("platform", "piece"), list(advice()))
def test_advice_appears_where_it_fits_and_nowhere_else(platform, piece):
    columns = diagnosis_columns(rules().packs[platform].pack)
    rows = read(CASES / platform / "advice.yaml")[piece.id]
    condition = parse(piece.when, columns)
    for asked, wanted in (("fits", True), ("not", False)):
        for given in rows[asked] if isinstance(rows[asked], list) else [rows[asked]]:
            row = dict.fromkeys(columns) | DIAGNOSIS | given
            assert set(row) == set(columns), "a row names columns of the diagnosis"
            assert (evaluate(condition, row) is True) is wanted


def test_no_case_is_about_advice_that_is_gone():
    for platform in OWN_PACKS:
        ids = {piece.id for piece in rules().packs[platform].pack.advice}
        assert set(read(CASES / platform / "advice.yaml")) == ids


def test_a_healthy_shop_gets_no_advice():
    for platform in OWN_PACKS:
        pack = rules().packs[platform].pack
        columns = diagnosis_columns(pack)
        row = dict.fromkeys(columns) | DIAGNOSIS
        assert [piece.id for piece in pack.advice if evaluate(parse(piece.when, columns), row)] == []
