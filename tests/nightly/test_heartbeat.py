"""A sign of life says when, how and of what; a program that reads such files for a living can read it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from shopscore import nightly

sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
from past_world import report

NOW = dt.datetime(2026, 11, 23, 2, 0, 7, tzinfo=dt.UTC)


def test_json_says_when_how_and_of_which_shops(tmp_path):
    path = tmp_path / "life.json"
    nightly.written(path, report(3, shops=("一店", "二店"), failed=("p/坏店",)), 5, NOW)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["at"], told["at_timestamp"], told["exit_code"]) == ("2026-11-23T02:00:07+00:00", 1795399207, 5)
    assert told["audit_id"] == report(3).audit_id
    assert [(shop["shop"], shop["trust"], shop["verdicts"]) for shop in told["shops"]] == [
        ("一店", "good", {"pass": 1}),
        ("二店", "good", {"pass": 1}),
    ]
    assert told["failed"] == 1


def test_a_textfile_is_what_prometheus_reads(tmp_path):
    path = tmp_path / 'night "1".prom'
    nightly.written(path, report(), 1, NOW)
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    assert {sample.name: sample.value for sample in samples} == {
        "shopscore_last_success_timestamp_seconds": NOW.timestamp() // 1,
        "shopscore_last_exit_code": 1,
        "shopscore_last_shops": 1,
        "shopscore_last_shops_failed": 0,
    }
    assert {sample.labels["run"] for sample in samples} == {'night "1"'}
    assert all(sample.timestamp is None for sample in samples)


def test_a_heartbeat_that_cannot_be_written_leaves_no_half_of_one(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        nightly.written(tmp_path / "file" / "life.json", report(), 0, NOW)
