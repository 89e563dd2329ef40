"""``--quiet`` says nothing where all is well, and everything where a gate, a shop or an audit before says otherwise."""

from __future__ import annotations

import json

import pytest
from end_to_end_world import run, small_orders, small_scans, small_shop

GOOD = {"orders": small_orders(90), "shipments": small_scans(90, late=range(3))}
BAD = {"orders": small_orders(90), "shipments": small_scans(90, late=range(75))}
ASIDE = "suppressions: [{metric: '%s', reason: r, owner: o, expires: 2027-01-01}]\n"
FAILS, QUIET = "level:fail", "error"
NOWHERE = "to:\n  - url: http://127.0.0.1:9/x\n"


@pytest.fixture
def at(tmp_path, monkeypatch):
    """A reader's folder: a shop that falls short; what the words of a case name."""
    monkeypatch.setenv("SHOPSCORE_STATE", str(tmp_path / "state"))
    small_shop(tmp_path / "shop", **BAD)
    (tmp_path / "notify.yaml").write_text(NOWHERE, encoding="utf-8")
    (tmp_path / "a file").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kept_good(at):
    """An audit before, in which nothing fell short."""
    small_shop(at / "shop", **GOOD)
    assert run("audit", "shop", "--history", "n.db", "--quiet").code == 0
    small_shop(at / "shop", **BAD)


def kept_bad(at):
    """An audit before, which was no better."""
    small_shop(at / "shop", orders=BAD["orders"], shipments=small_scans(90, late=range(74)))
    assert run("audit", "shop", "--history", "n.db", "--quiet").code == 0
    small_shop(at / "shop", **BAD)


def own_gate(at):
    small_shop(at / "shop", shop__yaml=f"fail_on: [{FAILS}]\n", **BAD)


def set_aside(at):
    small_shop(at / "shop", shop__yaml=ASIDE % "1688.pickup_48h_rate", **BAD)


def broken_shop(at):
    (at / "shop" / "1688" / "bad").mkdir()
    (at / "shop" / "1688" / "bad" / "orders.zip").write_bytes(b"PK\x03\x04")


def nothing(_at):
    """Nothing was before."""


HISTORY, NOTIFY = "--history n.db", "--notify notify.yaml"
CASES = [
    # options, what was before, exit code, whether a report is printed, what stderr names
    ("", nothing, 0, False, ""),
    (f"--fail-on {QUIET}", nothing, 0, False, ""),
    (f"--fail-on {FAILS}", nothing, 1, True, "--fail-on level:fail"),
    (f"--fail-on {FAILS} --exit-zero", nothing, 0, True, "--fail-on level:fail"),
    (f"--fail-on {FAILS} --format json", nothing, 1, True, "--fail-on level:fail"),
    (f"--fail-on {FAILS} --plain", nothing, 1, True, "--fail-on level:fail"),
    (f"--fail-on {FAILS} -o out.txt", nothing, 1, False, "--fail-on level:fail"),
    ("-o out.txt", nothing, 0, False, ""),
    ("--format text,json -o out", nothing, 0, False, ""),
    ("--fail-on metric:1688.pickup_48h_rate", set_aside, 0, False, ""),
    ("", own_gate, 1, True, "level:fail"),
    (f"--fail-on {QUIET}", own_gate, 1, True, "level:fail"),
    (HISTORY, nothing, 0, False, ""),
    (HISTORY, kept_bad, 0, False, ""),
    (HISTORY, kept_good, 0, True, ""),
    (f"{HISTORY} --fail-on regression", kept_bad, 0, False, ""),
    (f"{HISTORY} --fail-on regression", kept_good, 1, True, "--fail-on regression"),
    (f"{HISTORY} --fail-on regression --exit-zero", kept_good, 0, True, "--fail-on regression"),
    (f"{HISTORY} -o out.txt", kept_good, 0, False, ""),
    (NOTIFY, nothing, 4, False, "--notify"),
    (f"{NOTIFY} --fail-on {FAILS}", nothing, 1, True, "--notify"),
    (f"{NOTIFY} --notify-on regression {HISTORY}", kept_bad, 0, False, ""),
    (f"{NOTIFY} --notify-on regression {HISTORY}", kept_good, 4, True, "--notify"),
    ("--heartbeat 'a file/life.json'", nothing, 4, False, "--heartbeat"),
    ("--fleet", broken_shop, 5, True, ""),
    (f"--fleet --fail-on {FAILS}", broken_shop, 5, True, "--fail-on level:fail"),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case[1].__name__} {case[0]}" for case in CASES])
def test_quiet(at, case):
    options, before, code, printed, said = case
    before(at)
    words = [part for each, text in enumerate(options.split("'")) for part in ([text] if each % 2 else text.split())]
    done = run("audit", "shop", *words, "--quiet", "--lang", "en")
    assert (done.code, bool(done.out)) == (code, printed), (done.out[:200], done.err)
    assert said in done.err
    assert bool(done.err) == bool(said)
    if "json" in words and printed:
        json.loads(done.out)
    if "-o" in words:
        assert list(at.glob("out*"))
    # What is printed is what would have been without it.
    if printed and "n.db" not in words and "--notify" not in words:
        assert done.out == run("audit", "shop", *words, "--lang", "en").out
