"""What a shop's files hold is never run: not by a terminal, not by a spreadsheet."""

from __future__ import annotations

import csv
import json
import re

import pytest
from end_to_end_world import metrics, run, small_orders, small_scans, small_shop

SHOP = "=cmd|' /C calc'!A0 [red]甲[/] <img src=x onerror=alert(1)>"
SKU = "=HYPERLINK(1)\x1b[31m\x1b]0;title\x07<b>&[bold]x"
CARRIER = "@SUM(1)\u202etxt\u200b"
NASTY = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def rows_of(text, number, **cells):
    """A table's lines, those from a number on with other cells."""
    head, *rows = text.splitlines()
    names = head.split(",")
    changed = [dict(zip(names, row.split(","), strict=True)) for row in rows]
    for row in changed[number:]:
        row.update(cells)
    return "\n".join([head, *(",".join(row[name] for name in names) for row in changed)]) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Half the parcels are late, all of them of one carrier and one variant with names made to hurt."""
    folder = tmp_path_factory.mktemp("hostile")
    orders = rows_of(small_orders(), 30, sku=SKU, carrier=CARRIER, product_id="+1+1", warehouse="-2+3")
    scans = rows_of(small_scans(late=range(30, 60)), 30, carrier=CARRIER)
    for plain, formula in (("90000030", "@SUM(9)30"), ("90000031", "=1+31")):
        orders, scans = orders.replace(plain, formula), scans.replace(plain, formula)
    small_shop(folder, shop="x", orders=orders, shipments=scans, shop__yaml=f"name: {json.dumps(SHOP)}\n")
    return folder


@pytest.fixture(scope="module")
def report(folder):
    done = run("audit", folder, "--format", "json", "--as-of", "2026-11-22T12:00", "--lang", "en")
    assert done.code == 0, done.err
    assert NASTY.search(done.out) is None
    return done.report


def test_hostile_names_are_found_as_causes(report):
    drivers = metrics(report["shops"][0])["1688.pickup_48h_rate"]["drivers"]
    found = {driver["dimension"]: driver["segment"] for driver in drivers}
    assert "HYPERLINK" in found["sku"]
    assert found["carrier"].startswith("@SUM(1)")
    assert report["shops"][0]["shop"] == SHOP


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_no_escape_sequence_reaches_the_terminal(folder, report, language):
    for words in (
        ["audit", folder, "--as-of", "2026-11-22T12:00"],
        ["explain", "1688.pickup_48h_rate", folder, "--rows", "miss"],
        ["read", folder],
    ):
        done = run(*words, "--lang", language)
        assert done.code == 0, done.err
        assert NASTY.search(done.out) is None
    assert report


def test_markup_is_shown_as_it_is_written(folder):
    out = run("audit", folder, "--lang", "en", "--as-of", "2026-11-22T12:00").out
    assert out.startswith(SHOP[:20])
    assert "[red]甲[/] <img src=x" in out
    assert "<b>&[bold]x" in out


def test_a_spreadsheet_shows_formulas_instead_of_running_them(folder, tmp_path):
    path = tmp_path / "rows.csv"
    done = run("explain", "1688.pickup_48h_rate", folder, "--rows", "miss", "--output", path, "--lang", "en")
    assert done.code == 0
    assert str(path) in done.err
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes a file without it for the system's code page"
    # A tab behind an id is ours: it keeps a spreadsheet from taking it for a number.
    assert NASTY.search(content.decode("utf-8-sig").replace("\t,", ",").replace("\r\n", "\n")) is None
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert {row["order_id"] for row in rows} >= {"'@SUM(9)30", "'=1+31"}
    assert {row["shop"] for row in rows} == {"'" + SHOP}
    for row in rows:
        assert [cell for cell in row.values() if re.match(r"\s*[=+\-@]", cell)] == []


@pytest.mark.parametrize("name", ["../../../evil", ".hidden", "~$x", "notes.md", "..", "a/b\\\\c", "x.yaml"])
def test_folder_names_cannot_lead_elsewhere(tmp_path, name):
    small_shop(tmp_path / "in", shop__yaml=f'name: "{name}"\n')
    done = run("read", tmp_path / "in", "--save", tmp_path / "deep" / "down" / "out")
    assert done.code == 0, done.err
    written = list(tmp_path.rglob("*.parquet"))
    assert written
    assert all(path.is_relative_to(tmp_path / "deep" / "down" / "out" / "1688") for path in written)
    again = run("audit", tmp_path / "deep", "--format", "json")
    assert [shop["shop"] for shop in again.report["shops"]] == [name.replace("\\\\", "\\")]
