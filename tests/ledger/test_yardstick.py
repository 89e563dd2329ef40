"""A second engine as oracle: hand-written SQL counts invented shops as the packs and the kernel do."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

pytest.importorskip("duckdb")


@pytest.fixture
def benchmarks(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    import duck  # noqa: PLC0415 - benchmarks are scripts, not a package
    import invent  # noqa: PLC0415
    import kernel  # noqa: PLC0415

    return invent, duck, kernel


def test_the_kernel_and_duckdb_count_alike(benchmarks, tmp_path):
    invent, duck, kernel = benchmarks
    invent.write(tmp_path, count=6000, shops=2)
    theirs = duck.count(tmp_path, "whole")
    rules = kernel.load_rules([kernel.default_rules_dir()])
    ours = {
        f"{platform}/{home.name}": kernel.as_counts(
            platform, kernel.count_shop(rules, platform, home, defaultdict(float))
        )
        for platform, home in duck.shops_of(tmp_path)
    }
    assert duck.differences(ours, theirs) == []
    assert sum(len(metrics) for metrics in ours.values()) == 14
    assert all(one["rows"] > 0 for metrics in ours.values() for one in metrics.values())
    assert duck.count(tmp_path, "shop") == theirs


def test_a_difference_of_one_row_is_seen(benchmarks):
    _, duck, _ = benchmarks
    one, other = {"rows": 2, "excluded": {}}, {"rows": 3, "excluded": {}}
    assert len(duck.differences({"tmall/a": {"m": one}}, {"tmall/a": {"m": other}})) == 1
    assert len(duck.differences({"tmall/a": {"m": one}}, {})) == 1
