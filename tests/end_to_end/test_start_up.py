"""Commands that need no data start without the engine."""

from __future__ import annotations

import json

import pytest
from end_to_end_world import spawn

from shopscore import __version__

TRACE = """
import json, sys
from shopscore import console
from shopscore.cli import app
code = console.run(lambda: app(sys.argv[1:]))
heavy = sorted({"polars", "fastexcel", "yaml", "numpy", "shopscore.audit", "shopscore.model"} & set(sys.modules))
print("\\n" + json.dumps([code, heavy]))
"""


def loaded(*words):
    done = spawn(*words, code=TRACE)
    assert done.err == ""
    code, heavy = json.loads(done.out.splitlines()[-1])
    assert code == 0
    return heavy


def test_help_loads_nothing_heavy():
    assert loaded("--help") == []


def test_help_of_a_command_loads_nothing_heavy():
    assert loaded("audit", "--help") == []


@pytest.mark.parametrize(
    "words",
    [
        ["rules", "list"],
        ["rules", "show", "1688", "--needs"],
        ["explain", "1688.ww_3min_rate"],
        ["formats", "list"],
    ],
)
def test_commands_without_data_load_no_engine(words):
    assert {"polars", "fastexcel", "numpy"} & set(loaded(*words)) == set()


def test_the_version_is_the_package_s():
    assert spawn("--version").out == f"shopscore {__version__}\n"
