"""What is remembered of files is what they give: whatever is edited, renamed, added or taken away in between."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_world import KEY, archive, workbook

from shopscore.cache import Cache
from shopscore.readers import plan, read_unit, remembered
from shopscore.readers.entries import unpacked
from shopscore.readers.read import read_item
from shopscore.ruleset.checked import load_checked
from shopscore.ruleset.home import default_rules_dir

LAWS = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOW = dt.datetime(2026, 11, 23, 10)
DAY = dt.timedelta(days=1)
HEADER = "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间,物流单号,宝贝总数量"
SCANS = "运单号,快递公司,揽收时间,签收时间"


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return load_checked([default_rules_dir()], Cache(tmp_path_factory.mktemp("rules")))


def text(numbers, status="交易成功", day="2026-11-03", header=HEADER):
    rows = [
        f"{number},某甲{number % 3},12.00,{status},{day} 10:00:00,{day} 10:0{number % 9}:00,,1" for number in numbers
    ]
    return "\r\n".join([header, *rows]).encode("gb18030")


def book(numbers):
    row = ["某乙", "12.00", "交易成功", "2026-11-04 10:00:00", "2026-11-04 10:05:00", "", "1"]
    return workbook([HEADER.split(","), *([str(number), *row] for number in numbers)])


CONTENTS = {
    "one.csv": [text([1, 2]), text([1, 2, 3]), text([2], status="等待买家付款")],
    "ExportOrderList202611231000.csv": [text([1, 4]), text([4], day="2026-11-30"), text([4], day="2027-01-01")],
    "late_20261130.csv": [text([5]), text([5, 6])],
    "book.xlsx": [book([7]), book([7, 2738461928374650010])],
    "refunds.csv": [b"refund_id,order_id,applied_at\nr1,1,2026-11-05 10:00:00\n", b"refund_id,order_id\nr1,1\n"],
    "broken.csv": [text([8])[:-9], b"\x00\x01", b""],
    "pack.zip": [archive({"inner.csv": text([9])}), archive({"inner.csv": text([9]), "more.csv": text([10])})],
    "shop.yaml": ["name: 店甲\nplatform: tmall\n".encode(), "name: 店乙\nplatform: tmall\n".encode()],
}
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(sorted(CONTENTS)), st.integers(0, 2)),
        st.tuples(st.just("remove"), st.sampled_from(sorted(CONTENTS)), st.just(0)),
        st.tuples(st.just("rename"), st.sampled_from(["one.csv", "book.xlsx"]), st.integers(0, 1)),
        st.tuples(st.just("days"), st.just(""), st.integers(-3, 60)),
    ),
    min_size=1,
    max_size=6,
)


def edit(folder, what, name, number, now):
    path = folder / name
    if what == "write":
        path.write_bytes(CONTENTS[name][number % len(CONTENTS[name])])
    elif what == "remove":
        path.unlink(missing_ok=True)
    elif what == "rename" and path.exists():
        path.replace(folder / f"renamed{number}{path.suffix}")
    return now + number * DAY if what == "days" else now


def told(readings):
    """All that a reading says, comparable."""
    return [
        (
            reading.accounts,
            reading.warnings,
            reading.own_formats,
            [
                (
                    shop.platform,
                    shop.shop,
                    shop.seen_until,
                    shop.gaps,
                    shop.timeless,
                    shop.keys,
                    {name: (frame.schema, frame.rows()) for name, frame in shop.tables.items()},
                )
                for shop in reading.shops
            ],
        )
        for reading in readings
    ]


def readings(folder, rules, now, kept=None, key=KEY):
    return told([read_unit(unit, rules, key=key, now=now, cache=kept) for unit in plan([folder], rules.packs)])


@given(EDITS)
@LAWS
def test_remembered_is_read_for_any_sequence_of_edits(tmp_path_factory, rules, edits):
    folder = tmp_path_factory.mktemp("shops") / "tmall" / "店"
    folder.mkdir(parents=True)
    kept, now = Cache(tmp_path_factory.mktemp("cache")), NOW
    for name in ("one.csv", "ExportOrderList202611231000.csv", "book.xlsx"):
        edit(folder, "write", name, 0, now)
    for each in edits:
        now = edit(folder, *each, now)
        assert readings(folder.parents[1], rules, now, kept) == readings(folder.parents[1], rules, now)


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "shops" / "tmall" / "店"
    folder.mkdir(parents=True)
    for name in ("one.csv", "book.xlsx", "pack.zip", "refunds.csv"):
        edit(folder, "write", name, 0, NOW)
    return folder


@pytest.fixture
def kept(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.fixture
def read_anew(monkeypatch):
    """The names of the files that were read, and not remembered."""
    names = []

    def counting(item, *words, **options):
        names.append(item.name.rpartition("/")[2])
        return read_item(item, *words, **options)

    monkeypatch.setattr(remembered, "read_item", counting)
    return names


def test_what_has_not_changed_is_not_read_again(shop, kept, rules, read_anew):
    readings(shop, rules, NOW, kept)
    assert sorted(read_anew) == ["book.xlsx", "inner.csv", "one.csv", "refunds.csv"]
    read_anew.clear()
    readings(shop, rules, NOW + DAY, kept)
    assert read_anew == []
    edit(shop, "write", "one.csv", 1, NOW)
    readings(shop, rules, NOW, kept)
    assert read_anew == ["one.csv"]


@pytest.mark.parametrize(
    "change",
    [
        {"key": b"another" * 5},
        {"now": NOW - DAY},
    ],
)
def test_another_key_and_a_clock_set_back_read_anew(shop, kept, rules, read_anew, change):
    readings(shop, rules, NOW, kept)
    read_anew.clear()
    readings(shop, rules, change.get("now", NOW), kept, change.get("key", KEY))
    assert len(read_anew) == 4


def test_what_may_yet_happen_is_read_until_it_has(shop, kept, rules, read_anew):
    edit(shop, "write", "ExportOrderList202611231000.csv", 1, NOW)
    edit(shop, "write", "late_20261130.csv", 0, NOW)
    for day in (NOW, NOW + DAY, NOW + 8 * DAY, NOW + 9 * DAY):
        read_anew.clear()
        readings(shop, rules, day, kept)
    assert read_anew == []
    read_anew.clear()
    readings(shop, rules, NOW + 2 * DAY, kept)
    assert {"ExportOrderList202611231000.csv"} <= set(read_anew)


def test_no_name_of_a_buyer_is_kept(shop, kept, rules):
    readings(shop, rules, NOW, kept)
    files = [path for path in kept.folder.rglob("*") if path.is_file()]
    assert len(files) == 4
    for path in files:
        for told, rows in unpacked(path.read_bytes()):
            assert "某" not in str(told)
            assert "某" not in str(rows.rows())


@pytest.mark.parametrize(
    "damaged",
    [
        lambda data: data[: len(data) // 2],
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :],
        lambda _: zlib.crc32(b"{}").to_bytes(8, "little") + b"{}",
    ],
    ids=["half", "empty", "end", "middle", "other"],
)
def test_a_damaged_entry_is_read_anew(damaged, shop, kept, rules, read_anew):
    once = readings(shop, rules, NOW, kept)
    for path in (path for path in kept.folder.rglob("*") if path.is_file()):
        path.write_bytes(damaged(path.read_bytes()))
    read_anew.clear()
    assert readings(shop, rules, NOW, kept) == once
    assert len(read_anew) == 4


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind the administrator")
def test_a_folder_that_cannot_be_written_is_none(shop, tmp_path, rules):
    tmp_path.chmod(0o500)
    try:
        assert readings(shop, rules, NOW, Cache(tmp_path / "cache")) == readings(shop, rules, NOW)
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_none(shop, tmp_path, rules):
    (tmp_path / "cache").write_text("in the way")
    assert readings(shop, rules, NOW, Cache(tmp_path / "cache")) == readings(shop, rules, NOW)


def test_other_rules_read_anew(shop, kept, tmp_path, read_anew):
    own = tmp_path / "own"
    shutil.copytree(default_rules_dir() / "words", own / "words")
    first = load_checked([default_rules_dir(), own], kept)
    readings(shop, first, NOW, kept)
    read_anew.clear()
    words = next(iter(sorted((own / "words").glob("*.yaml"))))
    words.write_text(words.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    second = load_checked([default_rules_dir(), own], kept)
    assert second.digest != first.digest
    readings(shop, second, NOW, kept)
    assert len(read_anew) == 4
