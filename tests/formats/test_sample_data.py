"""The sample shops are what their generator writes, and planted.yaml speaks of what is in them."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from shopscore.ruleset.shopfile import ShopFile

SAMPLES = Path(__file__).parents[2] / "sample_data"
PLANTED = yaml.safe_load((SAMPLES / "planted.yaml").read_text(encoding="utf-8"))
HANDWRITTEN = {"shop.yaml"}
BUDGET = 8_000_000


@pytest.fixture(scope="module")
def making():
    sys.path.insert(0, str(SAMPLES))
    try:
        import generate  # noqa: PLC0415 - a script beside its data, not a package

        yield generate
    finally:
        sys.path.remove(str(SAMPLES))


@pytest.fixture(scope="module")
def written(making, tmp_path_factory):
    root = tmp_path_factory.mktemp("samples")
    making.main(root)
    return root


@pytest.mark.parametrize("shop", PLANTED)
def test_the_generator_writes_what_is_committed(written, shop):
    committed = {path.name: path for path in (SAMPLES / shop).iterdir() if path.name not in HANDWRITTEN}
    again = {path.name: path for path in (written / shop).iterdir()}
    assert set(again) == set(committed)
    assert [name for name in committed if _content(again[name]) != _content(committed[name])] == []


def _content(path):
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:  # compressed bytes may differ between builds of zlib, sheets may not
        return {name: book.read(name) for name in book.namelist()}


def test_the_samples_stay_small():
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < BUDGET


def segments(making, shop):
    """What the plan of a shop has of each dimension."""
    own = making.aliexpress_shop
    if shop == f"aliexpress/{own.SHOP}":
        return own.SEGMENTS
    plans = [each for each in vars(making).values() if hasattr(each, "carriers")]
    plan = next(plan for plan in plans if f"{plan.platform}/{plan.shop}" == shop)
    return {
        "carrier": {carrier.name for carrier in plan.carriers},
        "sku": {item.sku for item in plan.items},
        "agent_id": {agent for agent, _ in plan.agents},
        "warehouse": {plan.small_warehouse, *(name for name, _ in plan.warehouses)},
        "hour": {str(hour) for hour in range(24)},
        "day": {"2026-11-11"},
    }


@pytest.mark.parametrize("shop", PLANTED)
def test_planted_segments_are_in_the_plan(making, shop):
    known = segments(making, shop)
    for entry in (*PLANTED[shop]["must_name"], *PLANTED[shop]["must_not_name"]):
        assert entry["segment"] in known[entry["dimension"]]
        assert entry["metric"] in (*PLANTED[shop]["must_fail"], *PLANTED[shop].get("must_likely_fail", ()))
    assert PLANTED[shop]["platform"] == shop.partition("/")[0]


@pytest.mark.parametrize("shop", PLANTED)
def test_shop_files_are_valid(shop):
    item = ShopFile.model_validate(yaml.safe_load((SAMPLES / shop / "shop.yaml").read_text(encoding="utf-8")))
    assert f"{item.platform}/{item.name}" == shop
