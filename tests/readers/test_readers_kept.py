"""What was saved night after night is what all the exports together give, and nothing of it is lost."""

from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.errors import UsageError
from shopscore.readers import plan, read_unit, save
from shopscore.readers.shops.merge import Part, merge
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.schema import TABLES
from shopscore.tables import table_schema

NOW = dt.datetime(2026, 11, 23, 10)
DAY = dt.datetime(2026, 11, 1)
LAWS = settings(deadline=None, max_examples=60)
HEADER = "订单编号,货品总价(元),实付款(元),订单状态,订单创建时间,订单付款时间,买家会员名,运单号"


@cache
def rules():
    return load_rules([default_rules_dir()])


def line(number, status, tracking="", paid="2026-11-02 09:30:00"):
    return f"{number},10.00,10.00,{status},2026-11-02 09:00:00,{paid},示例买家,{tracking}"


@pytest.fixture
def night(tmp_path):
    """Export some rows under a name and save them into the folder of all nights; the exports are then gone."""

    def run(name, *rows, into="tables", also=None):
        folder = tmp_path / "exports" / "1688" / "店"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for export, lines in {name: rows, **(also or {})}.items():
            (folder / export).write_text("\n".join([HEADER, *lines]), encoding="utf-8")
        (unit,) = plan([tmp_path / "exports"], rules().packs)
        reading = read_unit(unit, rules(), key=b"k" * 32, now=NOW, kept=tmp_path / into)
        for account in reading.accounts:
            assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused
        save(reading.shops, tmp_path / into, reading.shop_files)
        return reading

    return run


@pytest.fixture
def kept(tmp_path):
    """The tables saved, as sorted rows."""

    def run(into="tables"):
        (unit,) = plan([tmp_path / into], rules().packs)
        reading = read_unit(unit, rules(), key=b"k" * 32, now=NOW)
        (shop,) = reading.shops
        return {name: sorted(frame.rows(), key=repr) for name, frame in shop.tables.items()}, shop

    return run


NIGHTS = {
    "订单导出_20261102.csv": [line("1", "等待卖家发货"), line("2", "等待卖家发货"), line("9", "等待买家收货", "T9")],
    "订单导出_20261103.csv": [line("1", "等待物流公司揽件", "T1"), line("2", "等待卖家发货")],
    "订单导出_20261104.csv": [line("1", "等待买家收货", "T1"), line("2", "交易关闭"), line("3", "等待卖家发货")],
}


def test_night_after_night_gives_what_all_exports_together_give(night, kept):
    for name, rows in NIGHTS.items():
        night(name, *rows)
    night("订单导出_20261102.csv", *NIGHTS["订单导出_20261102.csv"], into="at once", also=NIGHTS)
    assert kept()[0] == kept("at once")[0]
    assert kept()[1].seen_until == kept("at once")[1].seen_until


def test_saved_tables_hold_what_left_the_exports_and_between_which_of_them_each_step_was_taken(night, kept):
    for name, rows in NIGHTS.items():
        night(name, *rows)
    _, shop = kept()
    orders = shop.tables["orders"].sort("order_id")
    assert dict(orders.select("order_id", "status").rows()) == {
        "1": "shipped",
        "2": "closed",
        "3": "to_ship",
        "9": "shipped",
    }
    assert "reached" not in orders.columns
    row = shop.tables["sightings"].filter(pl.col("order_id") == "1").to_dicts()[0]
    # At the earliest an export was made at the newest payment it holds, at the latest when the day in its name ends.
    assert row == {
        "order_id": "1",
        "shipped_after": dt.datetime(2026, 11, 2, 9, 30),
        "shipped_by": dt.datetime(2026, 11, 3, 23, 59, 59),
        "picked_up_after": dt.datetime(2026, 11, 3),
        "waiting_after": dt.datetime(2026, 11, 3),
        "waiting_by": dt.datetime(2026, 11, 4, 23, 59, 59),
    }


def test_saving_twice_is_saving_once(night, tmp_path):
    for name, rows in NIGHTS.items():
        night(name, *rows)
    once = {path: path.read_bytes() for path in (tmp_path / "tables").rglob("*") if path.is_file()}
    night(name, *rows)
    assert {path: path.read_bytes() for path in (tmp_path / "tables").rglob("*") if path.is_file()} == once


def test_an_older_export_read_later_does_not_win(night, kept):
    for name, rows in NIGHTS.items():
        night(name, *rows)
    before = kept()[0]
    night("订单导出_20261102.csv", *NIGHTS["订单导出_20261102.csv"])
    assert kept()[0] == before


def test_a_contradiction_among_tonights_files_does_not_take_away_what_was_kept(night, kept):
    night("订单导出_20261102.csv", line("1", "等待卖家发货", "T1"))
    reading = night(
        "订单导出_20261103.csv",
        line("1", "等待买家收货", "T1"),
        also={"订单导出_20261103 (2).csv": [line("1", "等待买家收货", "T2")]},
    )
    assert sum(account.rows_refused for account in reading.accounts) == 2
    assert kept()[1].tables["orders"]["status"].to_list() == ["to_ship"]


def test_what_breaks_off_leaves_every_table_as_it_was(night, tmp_path, monkeypatch):
    night("订单导出_20261102.csv", *NIGHTS["订单导出_20261102.csv"])
    before = {path: path.read_bytes() for path in (tmp_path / "tables").rglob("*") if path.is_file()}
    write = pl.DataFrame.write_parquet

    def full(frame, path, **options):
        if "sightings" in path.name:
            raise OSError(28, "No space left on device")
        write(frame, path, **options)

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(OSError, match="No space"):
        night("订单导出_20261103.csv", *NIGHTS["订单导出_20261103.csv"])
    assert {path: path.read_bytes() for path in (tmp_path / "tables").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("damage", [b"PAR1 not a table", b"order_id,created_at\n1,then\n"])
def test_what_is_no_saved_table_is_not_written_over(night, tmp_path, damage):
    night("订单导出_20261102.csv", *NIGHTS["订单导出_20261102.csv"])
    path = tmp_path / "tables" / "1688" / "店" / "orders.parquet"
    path.write_bytes(damage)
    with pytest.raises(UsageError, match="move it away"):
        night("订单导出_20261103.csv", *NIGHTS["订单导出_20261103.csv"])
    assert path.read_bytes() == damage


def test_a_name_that_tells_a_span_of_days_or_an_earlier_day_gives_no_upper_bound(night, kept):
    night("订单导出_20261102-20261109.csv", line("1", "等待买家收货", "T1"))
    assert "sightings" not in kept()[0]
    night("订单导出_20261101.csv", line("1", "等待买家收货", "T1"))
    assert "sightings" not in kept()[0]


EXPORT = st.dictionaries(
    st.sampled_from("ABC"),
    st.fixed_dictionaries(
        {
            "carrier": st.sampled_from([None, "甲", "乙"]),
            "amount": st.sampled_from([None, 1, 2]),
            "status": st.sampled_from([None, "to_ship", "shipped", "finished"]),
        }
    ),
    min_size=1,
)


def part(number, export, *, kept=False):
    rows = [{"order_id": name, "created_at": DAY, **cells} for name, cells in export.items()]
    frame = pl.DataFrame(rows, schema={name: table_schema("orders")[name] for name in rows[0]})
    frame = frame.with_columns(_row=pl.int_range(2, pl.len() + 2))
    return Part(number, frame, DAY + dt.timedelta(days=number), kept=kept)


def joined(saved, new):
    """The table saved before and one more export, saved again."""
    parts = [new] if saved is None else [saved, new]
    frame = merge(TABLES["orders"], parts).frame.with_columns(_row=pl.int_range(1, pl.len() + 1))
    return Part(9, frame, max(each.time for each in parts), kept=True)


def rows_of(frame):
    return sorted(frame.drop("_row", strict=False).rows(), key=repr)


@LAWS
@given(st.lists(EXPORT, min_size=1, max_size=4))
def test_joining_export_after_export_is_merging_them_all(exports):
    parts = [part(number, export) for number, export in enumerate(exports)]
    saved = None
    for each in parts:
        saved = joined(saved, each)
    assert rows_of(saved.frame) == rows_of(merge(TABLES["orders"], parts).frame)


@LAWS
@given(st.permutations(range(4)), st.lists(EXPORT, min_size=4, max_size=4))
def test_joining_an_export_twice_is_joining_it_once(order, exports):
    saved = None
    for number in order:
        new = part(number, exports[number])
        saved = joined(saved, new)
        assert rows_of(joined(saved, new).frame) == rows_of(saved.frame)
