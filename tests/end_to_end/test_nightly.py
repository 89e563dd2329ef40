"""Exports saved night after night into one folder are audited as if all of them lay there."""

from __future__ import annotations

import csv
import shutil

from end_to_end_world import A1688, SAMPLES, metrics, run

BOUNDS = ("ship_fulfil_best_case", "ship_fulfil_worst_case", "pickup_48h_best_case", "pickup_48h_worst_case")


def saved_nightly(root):
    """The sample's order exports one at a time, oldest first, all other files with the last; each folder gone after."""
    files = sorted((SAMPLES / A1688).iterdir())
    exports = [path for path in files if path.name.startswith("订单导出")]
    beside = [path for path in files if path.name == "shop.yaml"]
    for number, export in enumerate(exports):
        folder = root / "tonight" / A1688
        folder.mkdir(parents=True)
        last = export == exports[-1]
        for path in (export, *([path for path in files if path not in exports] if last else beside)):
            shutil.copy(path, folder / path.name)
        done = run("read", root / "tonight", "--save", root / "tables", "--plain", "--lang", "en")
        assert done.code == 0, done.err
        assert ("tables/1688/" in done.out) == (number > 0)
        shutil.rmtree(root / "tonight")
    return root / "tables"


def test_nights_saved_one_by_one_are_audited_like_all_exports_at_once(tmp_path):
    tables = saved_nightly(tmp_path)
    nightly, whole = (
        metrics(run("audit", folder, "--format", "json").report["shops"][0]) for folder in (tables, SAMPLES / A1688)
    )
    assert {name: metric["value"] for name, metric in nightly.items()} == {
        name: metric["value"] for name, metric in whole.items()
    }
    for name in BOUNDS:
        kept, shown = nightly[f"1688.{name}"], whole[f"1688.{name}"]
        assert (kept["numerator"], kept["denominator"]) == (shown["numerator"], shown["denominator"])
    low, high = (whole[f"1688.ship_fulfil_{case}_case"]["value"] for case in ("worst", "best"))
    assert low <= whole["1688.ship_fulfil_rate"]["value"] <= high


def test_bounds_are_told_by_order_and_never_as_a_time(tmp_path):
    rows = tmp_path / "rows.csv"
    done = run("explain", "1688.ship_fulfil_worst_case", SAMPLES / A1688, "--rows", "hit", "-o", rows, "--lang", "en")
    assert done.code == 0, done.err
    with rows.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    only_seen = [row for row in found if row["picked_up_by"]]
    assert len(only_seen) == 1
    for row in found:
        assert bool(row["pickup_seconds"]) != bool(row["picked_up_by"])
    assert only_seen[0]["picked_up_by"] == "2026-11-18 23:59:59"
