"""Reading the small world of ``readers_world``."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from readers_world import KEY, LINES, NOW, ORDERS, SCANS, STATUS

from shopscore.readers import plan, read_unit


@pytest.fixture(scope="session")
def rules():
    zones = {"tmall": "Asia/Shanghai", "1688": "Asia/Shanghai", "aliexpress": "America/Los_Angeles"}
    return SimpleNamespace(
        formats=[SimpleNamespace(format=item) for item in (ORDERS, LINES, SCANS)],
        digest="",
        words={"status": STATUS},
        packs={name: SimpleNamespace(pack=SimpleNamespace(timezone=zone)) for name, zone in zones.items()},
    )


@pytest.fixture
def read(tmp_path, rules):
    """Read files given as path → bytes (or text, in UTF-8) below one folder, in one reading."""

    def run(files, *, folder="店铺甲", now=NOW, **options):
        root = tmp_path / folder
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        readings = [read_unit(unit, rules, key=KEY, now=now, **options) for unit in plan([root], rules.packs)]
        accounts = [account for reading in readings for account in reading.accounts]
        for account in accounts:
            refused = sum(refusal.count for refusal in account.refusals)
            assert account.rows_refused == refused
            assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused
        return SimpleNamespace(
            shops=[shop for reading in readings for shop in reading.shops],
            accounts={account.file: account for account in accounts},
            warnings=[warning for reading in readings for warning in reading.warnings],
        )

    return run


@pytest.fixture
def orders_of(read):
    """The orders one file gives, sorted, as dicts; and its account."""

    def run(content, name="export.csv", **options):
        reading = read({name: content}, **options)
        account = reading.accounts[name]
        rows = reading.shops[0].tables["orders"].sort("order_id").to_dicts() if reading.shops else []
        return rows, account

    return run
