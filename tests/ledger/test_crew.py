"""How many processes folders are worth, and that they are ready before they are asked."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from shopscore.ledger import crew
from shopscore.ledger.worker import ask


def process_of(_unit):
    return os.getpid()


def folders(tmp_path, count):
    for number in range(count):
        (tmp_path / "jd" / f"shop{number}").mkdir(parents=True)
        (tmp_path / "jd" / f"shop{number}" / "orders.csv").touch()
    return [tmp_path]


@pytest.mark.parametrize(
    ("shops", "workers", "cores", "wanted"),
    [
        (3, None, 8, 0),
        (5, None, 1, 0),
        (9, None, 1, 1),
        (5, None, 2, 1),
        (5, None, 8, 4),
        (8, None, 4, 3),
        (9, None, 4, 4),
        (200, 1, 8, 0),
        (1, 3, 2, 3),
    ],
)
def test_a_few_shops_are_worth_no_process_a_handful_all_other_cores_and_a_fleet_all(
    monkeypatch, shops, workers, cores, wanted
):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert crew.helpers(shops, workers) == wanted


@pytest.mark.parametrize(("made", "counted"), [(0, 0), (4, 4), (20, crew.A_HANDFUL + 1)])
def test_folders_with_files_are_counted_as_far_as_it_matters(tmp_path, made, counted):
    assert crew.folders(folders(tmp_path, made)) == counted


def test_the_days_of_a_shop_are_no_shops(tmp_path):
    for day in ("2026-11-01", "2026-11-02", "20261103 evening", "2026/2026-11"):
        (tmp_path / "jd" / "shop" / day).mkdir(parents=True)
        (tmp_path / "jd" / "shop" / day / "orders.csv").touch()
    assert crew.folders([tmp_path]) == 1
    for number in ("20260901234", "17", "2026号店"):
        (tmp_path / "1688" / number).mkdir(parents=True)
        (tmp_path / "1688" / number / "orders.csv").touch()
    assert crew.folders([tmp_path]) == 4


def test_hidden_files_a_file_and_a_path_that_is_not_there_are_no_folders(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "orders.csv").touch()
    assert crew.folders([tmp_path / ".git" / "..", tmp_path / "none", tmp_path / "orders.csv"]) == 1


def test_a_crew_is_under_way_before_its_work_is_known(tmp_path):
    with crew.ahead(folders(tmp_path, 2), 2, os.getpid, os.getpid) as ready:
        assert ready.size == 2
        assert ask(ready.workers[1], process_of, None) != os.getpid()


def test_no_crew_is_started_for_one_shop(tmp_path):
    with crew.ahead(folders(tmp_path, 1), None, os.getpid, os.getpid) as ready:
        assert ready is None


COPIES = """
import os, sys
from pathlib import Path
from shopscore.ledger import crew, worker

loaded = []

def light():
    loaded.append(os.getpid())
    {then}

def seen(_):
    return loaded

with crew.ahead([Path(sys.argv[1])], 2, light, os.getpid) as ready:
    print([worker.ask(each, seen, None) == [os.getpid()] for each in ready.workers])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copies on Linux only")
@pytest.mark.parametrize("then", ["pass", "raise ValueError"])
def test_copies_find_loaded_what_is_light_whatever_comes_of_it(tmp_path, then):
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", COPIES.format(then=then), str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("[True, True]\n", "")


def test_what_is_light_loads_no_engine():
    code = (
        "import sys; from shopscore.cli.audits import _light; from shopscore.ledger.worker import copies;"
        "_light((), None); print(copies(), 'fastexcel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout == f"{sys.platform == 'linux'} False\n"


def test_helpers_have_one_engine_thread_each():
    with crew.started(1) as one:
        assert ask(one.workers[0], os.getenv, "POLARS_MAX_THREADS") == "1"
