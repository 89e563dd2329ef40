"""Rows too many to hold are merged range by range, to the same result."""

from __future__ import annotations

import gc
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from readers_world import HEADER, KEY, NOW, order

from shopscore.readers import limits, plan, read_unit, save

SMALL = {"HELD_BYTES": 0, "TOGETHER_BYTES": 0, "RANGE_BYTES": 300, "STORED_ROWS": 3, "TEXT_BYTES": 150}
LAWS = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
LINES = "订单编号,货品总价(元),下单,会员,SKU ID,货号,数量,实收分,卖家"


def told(shop):
    """A shop's tables in any order of rows, and what is known of them."""
    tables = {
        name: (list(frame.schema.items()), sorted(frame.select(sorted(frame.columns)).rows(), key=repr))
        for name, frame in sorted(shop.tables.items())
    }
    return shop.platform, shop.shop, tables, shop.seen_until, shop.keys, shop.gaps, shop.timeless


def accounted(account):
    lost = sorted((*account.refusals, *account.cells_refused, *account.notes), key=lambda each: repr(each)[:40])
    counts = account.rows_read, account.rows_accepted, account.rows_duplicate, account.rows_refused
    return account.file, counts, [(type(each), each.count) for each in lost], account.platform, account.shop


@pytest.fixture
def both_ways(tmp_path, rules):
    """Files read with all rows held, and with as few as can be; both give the same."""

    def run(files):
        root = Path(tempfile.mkdtemp(dir=tmp_path)) / "店铺甲"
        root.mkdir()
        for name, content in files.items():
            (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
        (unit,) = plan([root], rules.packs)
        held = read_unit(unit, rules, key=KEY, now=NOW)
        with ExitStack() as patched:
            for name, value in SMALL.items():
                patched.enter_context(mock.patch.object(limits, name, value))
            stored = read_unit(unit, rules, key=KEY, now=NOW)
        assert [told(shop) for shop in stored.shops] == [told(shop) for shop in held.shops]
        assert [accounted(account) for account in stored.accounts] == [accounted(account) for account in held.accounts]
        assert stored.warnings == held.warnings
        return held, stored

    return run


ROWS = st.lists(
    st.builds(
        order,
        st.integers(1, 12).map(str),
        status=st.sampled_from(["交易成功", "买家已付款，等待卖家发货", "交易关闭", "新状态"]),
        tracking=st.sampled_from(["", "7", "8"]),
        amount=st.sampled_from(["1.00", "2.00", ""]),
        created=st.sampled_from(["2026-11-03 10:00:00", "2026-11-04", "x"]),
    ),
    max_size=20,
)


@LAWS
@given(files=st.lists(ROWS, min_size=1, max_size=3))
def test_orders_of_several_files_merge_the_same(both_ways, files):
    both_ways({f"export2026110{number}0000.csv": "\n".join([HEADER, *rows]) for number, rows in enumerate(files, 1)})


@LAWS
@given(rows=st.lists(st.tuples(st.sampled_from(["", "1", "2", "3"]), st.sampled_from("AB"), st.integers(1, 2))))
def test_lines_of_an_order_are_numbered_the_same(both_ways, rows):
    lines = [f"{number},1,2026-11-03,甲,{sku},,{count},1,店" for number, sku, count in rows]
    both_ways({"a.csv": "\n".join([LINES, *lines]), "b.csv": "\n".join([LINES, *lines[::2]])})


@LAWS
@given(senders=st.lists(st.lists(st.sampled_from(["buyer", "human", "bot"]), max_size=8), min_size=1, max_size=3))
@example(senders=[["buyer", "buyer", "bot", *["buyer"] * 4]])
def test_rows_without_a_key_merge_the_same(both_ways, senders):
    head = "platform,shop,buyer_id,sender,sent_at"
    files = [
        "\n".join([head, *(f"tmall,{'甲乙'[at % 2]},b,{who},2026-11-03 10:00:0{at}" for at, who in enumerate(each))])
        for each in senders
    ]
    both_ways({f"messages-{number}.csv": text for number, text in enumerate(files)})


def test_files_that_name_several_shops_or_none_merge_the_same(both_ways):
    named = "\n".join([f"{HEADER},店铺名称", *(f"{order(str(n))},{'甲乙'[n % 2]}" for n in range(9))])
    both_ways({"a.csv": named, "b.csv": "\n".join([HEADER, *(order(str(n)) for n in range(5, 12))])})


def test_what_is_saved_from_disk_is_what_is_saved_at_once(both_ways, tmp_path):
    rows = [order(str(number), tracking=str(number % 3)) for number in (*range(30), *range(10, 20))]
    held, stored = both_ways({"export202611050000.csv": "\n".join([HEADER, *rows])})
    (whole,), (parts,) = save(held.shops, tmp_path / "held"), save(stored.shops, tmp_path / "stored")
    assert pl.read_parquet(parts).equals(pl.read_parquet(whole))
    assert pl.read_parquet_metadata(parts)["shopscore.platform"] == "tmall"
    assert whole.read_bytes() == save(held.shops, tmp_path / "again")[0].read_bytes()


def test_nothing_stays_on_disk(tmp_path, rules, monkeypatch):
    folder, root = tmp_path / "temporary", tmp_path / "店"
    folder.mkdir()
    root.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name, value in SMALL.items():
        monkeypatch.setattr(limits, name, value)
    (root / "a.csv").write_text("\n".join([HEADER, *(order(str(number)) for number in range(20))]), encoding="utf-8")
    reading = read_unit(plan([root], rules.packs)[0], rules, key=KEY, now=NOW)
    (left,) = folder.iterdir()
    assert left.stat().st_mode & 0o077 == 0
    assert reading.shops[0].tables["orders"].height == 20
    del reading
    gc.collect()
    assert list(folder.iterdir()) == []
