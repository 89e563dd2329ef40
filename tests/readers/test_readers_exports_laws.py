"""What must not matter does not: the order of columns, the spelling of headers, how a table was downloaded."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from exports_world import lines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_world import KEY

from shopscore.readers import plan, read_unit
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

LAWS = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOW = dt.datetime(2026, 11, 23, 10)
HEADER = (
    "订单编号",
    "买家会员名",
    "买家实际支付金额",
    "订单状态",
    "订单创建时间",
    "订单付款时间",
    "物流单号",
    "宝贝总数量",
)
STATUS = ("等待买家付款", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "交易成功")
"""From early to late in an order's life."""
MOMENTS = ("2026-11-03 10:00:00", "2026/11/3 10:00", "-", "")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(("某甲", "某乙", "****")),
        st.sampled_from(("12.00", "¥1,200.50", "(3.00)", "-", "12元")),
        st.sampled_from(STATUS),
        st.sampled_from(MOMENTS[:2]),
        st.sampled_from(MOMENTS),
        st.sampled_from(("", "No:789", "'790")),
        st.sampled_from(("1", "2件", "")),
    ),
    min_size=1,
    max_size=6,
)
SPELT = (
    lambda name: name,
    lambda name: f"{name} ",
    lambda name: f"　{name}",
    lambda name: f"{name[:2]}\n{name[2:]}",
    lambda name: f"{name}（元）" if name.endswith("金额") else name,
    lambda name: f"\ufeff{name}",
)


@pytest.fixture(scope="module")
def shipped():
    return load_rules([default_rules_dir()])


@pytest.fixture
def read(tmp_path, shipped):
    """Read files given as name → header and rows; every reading has a folder of its own."""
    numbers = iter(range(10_000))

    def run(files):
        folder = tmp_path / str(next(numbers)) / "tmall" / "店"
        folder.mkdir(parents=True)
        for name, (header, rows) in files.items():
            content = lines(*(",".join(_quoted(cell) for cell in row) for row in (header, *rows)))
            (folder / name).write_bytes(content.encode("gb18030"))
        (unit,) = plan([folder.parents[1]], shipped.packs)
        reading = read_unit(unit, shipped, key=KEY, now=NOW)
        for account in reading.accounts:
            assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused
        frame = reading.shops[0].tables["orders"]
        return SimpleNamespace(
            rows=sorted(frame.select(sorted(frame.columns)).rows(), key=repr),
            orders=frame.sort("order_id"),
            counts=[(each.rows_read, each.rows_accepted, each.rows_duplicate) for each in reading.accounts],
            refused=sum(each.rows_refused for each in reading.accounts),
        )

    return run


def _quoted(cell):
    return f'"{cell}"' if any(sign in cell for sign in ",\n") else cell


def numbered(rows):
    return [(f"19300000000000{n}", *row) for n, row in enumerate(rows)]


@LAWS
@given(rows=ROWS, order=st.permutations(range(len(HEADER))))
def test_the_order_of_columns_does_not_matter(read, rows, order):
    rows = numbered(rows)
    mixed = [tuple(row[place] for place in order) for row in rows]
    one, other = (read({"a.csv": part}) for part in ((HEADER, rows), (tuple(HEADER[n] for n in order), mixed)))
    assert (one.rows, one.counts) == (other.rows, other.counts)


@LAWS
@given(rows=ROWS, spelt=st.lists(st.sampled_from(SPELT), min_size=len(HEADER), max_size=len(HEADER)))
def test_how_a_header_is_spelt_does_not_matter(read, rows, spelt):
    rows = numbered(rows)
    header = tuple(spell(name) for spell, name in zip(spelt, HEADER, strict=True))
    assert read({"a.csv": (header, rows)}).rows == read({"a.csv": (HEADER, rows)}).rows


@LAWS
@given(rows=ROWS, copies=st.integers(2, 3))
def test_a_file_copied_changes_nothing_but_the_duplicates(read, rows, copies):
    rows = numbered(rows)
    one = read({"a.csv": (HEADER, rows)})
    several = read({f"a ({n}).csv": (HEADER, rows) for n in range(copies)})
    assert several.rows == one.rows
    assert sum(accepted for _, accepted, _ in several.counts) == len(rows)
    assert sum(duplicate for *_, duplicate in several.counts) == len(rows) * (copies - 1)


@LAWS
@given(rows=ROWS, data=st.data())
def test_overlapping_downloads_give_the_table_they_were_cut_from(read, rows, data):
    rows = numbered(rows)
    first = data.draw(st.integers(0, len(rows)))
    second = data.draw(st.integers(0, first))
    cut = {"a.csv": (HEADER, rows[:first]), "b.csv": (HEADER, rows[second:])}
    found = read(cut)
    assert found.rows == read({"a.csv": (HEADER, rows)}).rows
    assert found.refused == 0
    assert sum(read_ for read_, *_ in found.counts) == len(rows) + first - second


@LAWS
@given(rows=ROWS, data=st.data())
def test_a_later_status_wins(read, rows, data):
    rows = numbered(rows)
    later = [(*row[:3], data.draw(st.sampled_from(STATUS[STATUS.index(row[3]) :])), *row[4:]) for row in rows]
    by_name = {"ExportOrderList202611050900.csv": (HEADER, rows), "ExportOrderList202611090900.csv": (HEADER, later)}
    nameless = {"a.csv": (HEADER, later), "b.csv": (HEADER, rows)}
    wanted = read({"a.csv": (HEADER, later)}).orders["status"].to_list()
    assert read(by_name).orders["status"].to_list() == wanted
    assert read(nameless).orders["status"].to_list() == wanted


@LAWS
@given(rows=ROWS, data=st.data())
def test_a_newer_download_wins_even_over_a_later_status(read, rows, data):
    rows = numbered(rows)
    newer = [(*row[:3], data.draw(st.sampled_from(STATUS)), *row[4:]) for row in rows]
    files = {"ExportOrderList202611090900.csv": (HEADER, newer), "ExportOrderList202611050900.csv": (HEADER, rows)}
    assert read(files).orders["status"].to_list() == read({"a.csv": (HEADER, newer)}).orders["status"].to_list()
