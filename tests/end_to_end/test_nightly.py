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


def test_exports_that_take_each_other_back_are_told_in_every_language(tmp_path):
    folder = tmp_path / "1688" / "店"
    folder.mkdir(parents=True)
    header = "订单编号,货品总价(元),实付款(元),订单状态,订单创建时间,订单付款时间"
    for name, status in (("订单导出_20261116.csv", "等待买家收货"), ("订单导出_20261118.csv", "等待卖家发货")):
        text = f"{header}\n7,1.00,1.00,{status},2026-11-16 09:00:00,2026-11-16 09:30:00\n"
        (folder / name).write_text(text, encoding="utf-8")
    assert "for 1 of the orders, such as 7, an older export is ahead" in run("read", tmp_path, "--lang", "en").out
    assert "进度在不同日期的导出中前后矛盾" in run("read", tmp_path, "--lang", "zh-Hans").out
    assert "an older export is ahead" in run("audit", tmp_path, "--lang", "en").out
