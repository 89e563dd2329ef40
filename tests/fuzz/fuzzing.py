"""What must hold for any files at all: no traceback, no hang, an account that adds up, nobody let out."""

from __future__ import annotations

import datetime as dt
import faulthandler
import itertools
import os
import shutil
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from fuzz_files import FILES, PERSON, RULES
from hypothesis import HealthCheck, Phase, given, seed, settings

from shopscore.readers import plan, read_unit
from shopscore.schema import TABLES
from shopscore.tables import DTYPES

NOW = dt.datetime(2026, 11, 23, 10, 0)
KEY = b"k" * 32
SLOW = 20.0
"""Seconds that no reading of a few hundred bytes may take, on whatever machine."""
HANG = 600
"""Seconds after which a batch of fifty readings is taken to hang."""


def check(files, tried):
    """Read some files as one folder and hold the reading to its promises."""
    root = Path(tempfile.mkdtemp(prefix="fuzz"))
    try:
        shop = root / "tmall" / "tmall" / "店铺甲"
        shop.mkdir(parents=True)
        for number, (name, content) in enumerate(files):
            (shop / f"{number}").mkdir()
            (shop / f"{number}" / name).write_bytes(content)
            tried[Path(name).suffix] += 1
        began = time.monotonic()
        with no_word(root / "stderr"):
            readings = [read_unit(unit, RULES, key=KEY, now=NOW) for unit in plan([root / "tmall"], RULES.packs)]
        assert time.monotonic() - began < SLOW, "a reading that takes this long hangs for somebody"
        for reading in readings:
            for account in reading.accounts:
                tried["accounts"] += 1
                tried["rows"] += account.rows_read
                tried["tables"] += account.table is not None
                settled(account)
            for found in reading.shops:
                typed(found)
    finally:
        shutil.rmtree(root)


@contextmanager
def no_word(place):
    """Nothing may be written to stderr, by native code either."""
    kept = os.dup(2)
    with place.open("w+b") as file:
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        file.seek(0)
        said = file.read().decode("utf-8", "replace")
    assert not said, said


def settled(account):
    """One file's account adds up and names no person."""
    assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused, account
    assert account.rows_refused == sum(refusal.count for refusal in account.refusals), account
    assert min(account.rows_accepted, account.rows_duplicate, account.rows_refused) >= 0, account
    assert account.message is None or (account.message.en and account.message.zh), account
    assert account.message is None or "fault of shopscore" not in account.message.en, account
    assert account.message is not None or account.table is not None, account
    assert PERSON not in repr(account.refusals) + repr(account.cells_refused) + repr(account.message), account
    assert all(each.count > 0 for each in (*account.refusals, *account.cells_refused, *account.notes)), account


def typed(shop):
    """One shop's tables hold the dictionary's columns in its types."""
    for name, frame in shop.tables.items():
        columns = TABLES[name].by_name
        for column, dtype in frame.schema.items():
            assert dtype == DTYPES[columns[column].kind], (name, column, dtype)


def run(seconds, first_seed=0):
    """Draw and check files until the time is up.

    Args:
        seconds: how long.
        first_seed: the same seed draws the same files.

    Returns:
        What was tried: examples, files by ending, accounts, rows.
    """
    tried = Counter()
    ends = time.monotonic() + seconds
    for number in itertools.count(first_seed):
        if time.monotonic() >= ends:
            return tried

        @seed(number)
        @settings(
            max_examples=50,
            deadline=None,
            database=None,
            derandomize=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(FILES)
        def some(files):
            tried["examples"] += 1
            check(files, tried)

        # A hang inside native code cannot be interrupted, only be ended with a word on where it hangs.
        faulthandler.dump_traceback_later(HANG, exit=True)
        some()
        faulthandler.cancel_dump_traceback_later()
    return tried
