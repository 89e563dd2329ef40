"""Reading exports with the formats shipped and those in ``conventions/``."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from readers_world import KEY, NOW

from shopscore.readers import plan, read_unit
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

CONVENTIONS = Path(__file__).parents[1] / "conventions"
FORMATS = {path.name: path.read_bytes() for path in sorted(CONVENTIONS.glob("*.format.yaml"))}


@pytest.fixture(scope="module")
def shipped():
    return load_rules([default_rules_dir()])


@pytest.fixture
def read(tmp_path, shipped):
    """Read files given as path → bytes with the formats shipped and those in ``conventions/``."""

    def run(files, folder="店"):
        root = tmp_path / folder
        for name, content in {**FORMATS, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (unit,) = plan([root], shipped.packs)
        reading = read_unit(unit, shipped, key=KEY, now=NOW)
        for account in reading.accounts:
            assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused
        tables: dict[str, list[pl.DataFrame]] = {}
        for shop in reading.shops:
            for name, frame in shop.tables.items():
                tables.setdefault(name, []).append(frame)
        return SimpleNamespace(
            shops={shop.shop: shop.tables for shop in reading.shops},
            accounts={account.file: account for account in reading.accounts},
            **{name: pl.concat(frames, how="diagonal") for name, frames in tables.items()},
        )

    return run
