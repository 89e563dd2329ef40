"""A short run of the fuzzer; ``python tests/fuzz/run.py --seconds 120`` runs it for longer and from another seed."""

from __future__ import annotations

from collections import Counter

import pytest
from fuzz_files import FILES, RAW, archives, damaged, delimited
from fuzzing import check, run
from hypothesis import HealthCheck, given, settings

QUIET = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@QUIET
@given(FILES)
def test_any_files_are_read_or_named_and_every_row_is_accounted_for(files):
    check(files, Counter())


@pytest.mark.parametrize("kind", [delimited(), damaged(), archives(), RAW], ids=["text", "damaged", "archive", "raw"])
def test_any_file_alone(kind):
    @QUIET
    @given(kind)
    def one(file):
        check([file], Counter())

    one()


def test_a_timed_run_says_what_it_tried():
    tried = run(0.5, first_seed=7)
    assert tried["examples"] > 0
    assert tried["accounts"] > 0
