"""Several files of one shop give what one complete file gives, in any order."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_world import HEADER, order

from shopscore.model import Account
from shopscore.readers import plan, save
from shopscore.readers.shops.merge import Part, merge, newest_event
from shopscore.render.account import render as render_account
from shopscore.schema import TABLES
from shopscore.tables import DTYPES, table_schema

DAY = dt.datetime(2026, 11, 1)
OLD, NEW = DAY + dt.timedelta(days=5), DAY + dt.timedelta(days=9)
LAWS = settings(deadline=None, max_examples=60)


def part(file, table, rows, time=OLD):
    names = dict.fromkeys(name for row in rows for name in row)
    schema = {name: table_schema(table)[name] for name in names}
    frame = pl.DataFrame(rows, schema=schema).with_columns(_row=pl.int_range(2, pl.len() + 2))
    return Part(file, frame, time)


def row(number, **cells):
    return {"order_id": number, "created_at": DAY, **cells}


def rows_of(merged):
    return sorted(merged.frame.rows(), key=repr)


def test_a_later_export_wins_column_by_column():
    old = part(0, "orders", [row("1", status="shipped", carrier="甲", amount=None)], OLD)
    new = part(1, "orders", [row("1", status="to_ship", carrier=None, paid_at=DAY)], NEW)
    merged = merge(TABLES["orders"], [old, new])
    assert merged.frame.to_dicts() == [row("1", status="to_ship", paid_at=DAY, amount=None, carrier="甲")]
    assert (merged.accepted, merged.duplicate) == ({1: 1}, {0: 1, 1: 0})


def test_among_exports_of_one_time_the_later_stage_wins():
    parts = [part(number, "orders", [row("1", status=status)]) for number, status in enumerate(["finished", "to_ship"])]
    assert merge(TABLES["orders"], parts).frame["status"].to_list() == ["finished"]


def test_what_still_differs_is_refused_with_every_row_of_its_key():
    parts = [
        part(0, "orders", [row("1", carrier="甲"), row("2", carrier="甲")]),
        part(1, "orders", [row("1", carrier="乙"), row("2", carrier=None)]),
        part(2, "orders", [row("1", carrier="丙")], DAY),
    ]
    merged = merge(TABLES["orders"], parts)
    assert merged.frame.to_dicts() == [row("2", carrier="甲")]
    assert sorted(merged.conflicts.rows()) == [(0, 2), (1, 2), (2, 2)]
    assert (merged.accepted, merged.duplicate) == ({0: 1}, {0: 0, 1: 1, 2: 0})


def test_an_older_disagreement_does_not_matter_once_a_newer_file_says_it():
    parts = [part(0, "orders", [row("1", carrier="甲")]), part(1, "orders", [row("1", carrier="乙")])]
    newest = part(2, "orders", [row("1", carrier="丙")], NEW)
    assert merge(TABLES["orders"], [*parts, newest]).frame["carrier"].to_list() == ["丙"]


def test_rows_without_a_key_stay_as_often_as_the_file_with_most_has_them():
    line = {"buyer_id": "b", "sender": "buyer", "sent_at": DAY}
    parts = [part(0, "messages", [line] * 3), part(1, "messages", [line] * 2 + [line | {"sender": "human"}])]
    merged = merge(TABLES["messages"], parts)
    assert sorted(merged.frame["sender"]) == ["buyer"] * 3 + ["human"]
    assert (merged.accepted, merged.duplicate) == ({0: 3, 1: 1}, {0: 0, 1: 2})


def test_a_row_about_the_whole_order_speaks_for_each_of_its_lines():
    lines = part(0, "orders", [row("1", line_id="A", amount=1, shipped_at=DAY), row("1", line_id="B", amount=2)])
    whole = part(1, "orders", [row("1", kind="presale", amount=3), row("2", kind="cod")], NEW)
    merged = merge(TABLES["orders"], [lines, whole])
    found = {(line["order_id"], line["line_id"]): (line["kind"], line["amount"]) for line in merged.frame.to_dicts()}
    assert found == {("1", "A"): ("presale", 1), ("1", "B"): ("presale", 2), ("2", None): ("cod", None)}
    assert (merged.accepted, merged.duplicate) == ({0: 2, 1: 1}, {0: 0, 1: 1})


def test_the_whole_order_in_conflict_is_refused_once():
    lines = part(0, "orders", [row("1", line_id="A", kind="spot"), row("1", line_id="B", kind="spot")])
    merged = merge(TABLES["orders"], [lines, part(1, "orders", [row("1", kind="presale")])])
    assert merged.frame.is_empty()
    assert sorted(merged.conflicts.rows()) == [(0, 2), (0, 3), (1, 2)]


def test_parcels_may_have_a_tracking_number_only():
    merged = merge(
        TABLES["shipments"], [part(0, "shipments", [{"tracking_no": "1"}, {"tracking_no": "1"}, {"tracking_no": "2"}])]
    )
    assert sorted(merged.frame["tracking_no"]) == ["1", "2"]
    assert merged.duplicate == {0: 1}


def test_promises_are_no_events_and_the_future_has_not_happened():
    frame = part(0, "orders", [row("1", promised_ship_at=NEW, paid_at=OLD, finished_at=NEW)]).frame
    assert newest_event(TABLES["orders"], frame, OLD) == OLD
    assert newest_event(TABLES["products"], pl.DataFrame({"product_id": ["1"]}), OLD) is None


ORDERS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from([None, "to_ship", "shipped", "finished"]),
            "carrier": st.sampled_from([None, "甲", "乙"]),
            "amount": st.sampled_from([None, 1, 2]),
        }
    ),
    min_size=1,
    max_size=6,
)


@LAWS
@given(st.data(), ORDERS)
def test_splitting_and_repeating_a_file_changes_nothing(data, cells):
    whole = [row(str(number), **cell) for number, cell in enumerate(cells)]
    count = data.draw(st.integers(1, 4))
    homes = [data.draw(st.sets(st.integers(0, count - 1), min_size=1)) for _ in whole]
    pieces = [[item for item, home in zip(whole, homes, strict=True) if file in home] for file in range(count)]
    one = merge(TABLES["orders"], [part(0, "orders", whole)])
    several = merge(TABLES["orders"], [part(file, "orders", rows) for file, rows in enumerate(pieces) if rows])
    assert rows_of(several) == rows_of(one)
    assert sum(several.accepted.values()) == len(whole)
    assert sum(several.duplicate.values()) == sum(map(len, homes)) - len(whole)


@LAWS
@given(st.data(), st.lists(st.tuples(ORDERS, st.sampled_from([DAY, OLD, NEW])), min_size=1, max_size=4))
def test_the_order_of_files_and_rows_changes_nothing(data, files):
    files = [([row(str(at % 3), **cell) for at, cell in enumerate(cells)], time) for cells, time in files]
    parts = [part(number, "orders", rows, time) for number, (rows, time) in enumerate(files)]
    shuffled = [
        Part(item.file, item.frame.sample(fraction=1, shuffle=True, seed=data.draw(st.integers(0, 99))), item.time)
        for item in data.draw(st.permutations(parts))
    ]
    one, other = merge(TABLES["orders"], parts), merge(TABLES["orders"], shuffled)
    assert rows_of(one) == rows_of(other)
    assert sorted(one.conflicts.rows()) == sorted(other.conflicts.rows())
    for merged in (one, other):
        for number, (rows, _) in enumerate(files):
            refused = merged.conflicts.filter(pl.col("_file") == number).height
            assert merged.accepted.get(number, 0) + merged.duplicate[number] + refused == len(rows)
    assert sum(one.accepted.values()) == sum(other.accepted.values()) == one.frame.height


@LAWS
@given(st.lists(st.lists(st.sampled_from(["buyer", "human", "bot"]), min_size=1, max_size=5), min_size=1, max_size=3))
def test_downloading_chats_again_changes_nothing(files):
    def lines(senders):
        return [{"buyer_id": "b", "sender": sender, "sent_at": DAY} for sender in senders]

    parts = [part(number, "messages", lines(senders)) for number, senders in enumerate(files)]
    found = merge(TABLES["messages"], parts).frame["sender"].to_list()
    assert {word: found.count(word) for word in found} == {
        word: max(senders.count(word) for senders in files) for senders in files for word in senders
    }


def test_overlapping_downloads_give_what_one_file_gives(read):
    early = [order("1"), order("2", status="买家已付款，等待卖家发货")]
    late = [order("2", tracking="7"), order("3")]
    parts = read(
        {"export202611050000.csv": "\n".join([HEADER, *early]), "export202611090000.csv": "\n".join([HEADER, *late])},
        folder="a/店",
    )
    whole = read({"export202611090000.csv": "\n".join([HEADER, early[0], *late])}, folder="b/店")
    assert [rows_of_shop(shop) for shop in parts.shops] == [rows_of_shop(shop) for shop in whole.shops]
    account = parts.accounts["export202611050000.csv"]
    assert (account.rows_accepted, account.rows_duplicate) == (1, 1)


def rows_of_shop(shop):
    frame = shop.tables["orders"]
    return shop.platform, shop.shop, shop.seen_until, sorted(frame.select(sorted(frame.columns)).rows(), key=repr)


def test_the_same_file_twice_is_one_file(read):
    text = f"{HEADER}\n{order('1')}\n"
    accounts = read({"a.csv": text, "copy.csv": text}).accounts
    assert [account.rows_accepted for account in accounts.values()] == [1, 0]


def test_conflicting_rows_are_listed(read):
    account = read({"a.csv": "\n".join([HEADER, order("1", tracking="7"), order("1", tracking="8")])}).accounts["a.csv"]
    assert (account.refusals[0].reason, [example.row for example in account.refusals[0].examples]) == (
        "conflict",
        [2, 3],
    )


def test_lines_of_an_order_cut_by_two_files_are_its_lines(read):
    header = "订单编号,货品总价(元),下单,会员,SKU ID,货号,数量,实收分,卖家"
    first, second = "9,1,2026-11-03,甲,S1,,1,1,店", "9,1,2026-11-03,甲,S2,,1,1,店"
    other = "8,1,2026-11-03,甲,S1,,1,1,店"
    parts = read({"a.csv": f"{header}\n{first}\n{other}\n", "b.csv": f"{header}\n{second}\n"}, folder="x")
    whole = read({"a.csv": f"{header}\n{other}\n{first}\n{second}\n"}, folder="y")
    assert rows_of_shop(parts.shops[0]) == rows_of_shop(whole.shops[0])
    assert sorted(str(line) for line in whole.shops[0].tables["orders"]["line_id"]) == ["None", "S1", "S2"]


@pytest.mark.parametrize("shop", ["店", "a/b:c"])
def test_what_is_saved_reads_back_as_it_was(read, tmp_path, rules, shop):
    text = "platform,shop,order_id,created_at,paid_at,amount,buyer_id,kind\n"
    text += f"tmall,{shop},1,2026-11-03 10:00:00,,12.50,甲,presale\ntmall,{shop},2,2026-11-02,,,,\n"
    first = read({"orders.csv": text, "export202611200930.csv": f"{HEADER},店铺名称\n{order('3')},{shop}\n"})
    out = tmp_path / "saved"
    save(first.shops, out)
    again = read_again(out, rules)
    assert [(item.platform, item.shop, item.seen_until) for item in again.shops] == [
        (item.platform, item.shop, item.seen_until) for item in first.shops
    ]
    before, after = first.shops[0].tables["orders"].sort("order_id"), again.shops[0].tables["orders"].sort("order_id")
    assert before.equals(after)
    assert before.schema == after.schema
    written = {path: path.read_bytes() for path in save(again.shops, out)}
    assert written == {path: path.read_bytes() for path in save(first.shops, out)}


def read_again(folder, rules):
    from readers_world import KEY, NOW  # noqa: PLC0415

    from shopscore.readers import read_unit  # noqa: PLC0415

    (unit,) = plan([folder], rules.packs)
    return read_unit(unit, rules, key=KEY, now=NOW)


def test_parquet_is_checked_where_its_types_are_not_the_dictionarys(tmp_path, rules):
    folder = tmp_path / "tmall" / "店"
    folder.mkdir(parents=True)
    frame = pl.DataFrame(
        {
            "order_id": [1, 2],
            "created_at": [DAY.replace(tzinfo=dt.UTC)] * 2,
            "amount": [1.5, None],
            "status": ["to_ship", "weird"],
            "paid_at": ["2026-11-03 10:00:00", "later"],
            "buyer_id": ["甲", "b_0123456789abcdef"],
            "secret": ["王", "张"],
        }
    )
    frame.write_parquet(folder / "orders.parquet")
    reading = read_again(tmp_path, rules)
    (account,) = reading.accounts
    assert {cells.column: cells.count for cells in account.cells_refused} == {"status": 1, "paid_at": 1}
    orders = reading.shops[0].tables["orders"].sort("order_id")
    assert orders["created_at"].to_list() == [DAY + dt.timedelta(hours=8)] * 2
    assert orders["order_id"].to_list() == ["1", "2"]
    assert orders.schema == {name: dtype for name, dtype in table_schema("orders").items() if name in orders.columns}
    assert orders["created_at"].dtype == DTYPES["time"]
    assert orders["buyer_id"][1] == "b_0123456789abcdef" != orders["buyer_id"][0]


def test_a_table_of_which_no_column_is_known_is_there_and_has_none():
    rows = pl.DataFrame({"_row": []}, schema={"_row": pl.Int64()})
    assert merge(TABLES["agent_stats"], [Part(0, rows, None)]).frame.columns == []


# ── what a file still gives whose rows another one holds too ─────────────────────────────────────────────────────────

MORE = "order_id,created_at,carrier,region\n1,2026-11-03 10:00:00,圆通速递,浙江\n"
"""What orders of the platform's export do not say; a region in the canonical table only."""


def filling(reading):
    return {name: account.columns_filling for name, account in reading.accounts.items()}


def test_a_file_all_of_whose_rows_another_holds_says_what_it_still_gives(read):
    reading = read({"tmall/店/a_202611231000.csv": f"{HEADER}\n{order('1')}\n", "tmall/店/orders.csv": MORE})
    account = reading.accounts["tmall/店/orders.csv"]
    assert (account.rows_accepted, account.rows_duplicate) == (0, 1)
    assert filling(reading) == {"tmall/店/a_202611231000.csv": (), "tmall/店/orders.csv": ("carrier", "region")}
    (row,) = reading.shops[0].tables["orders"].to_dicts()
    assert (row["carrier"], row["region"]) == ("圆通速递", "浙江")


def test_what_another_file_tells_too_or_nobody_tells_is_not_named(read):
    files = {
        "tmall/店/a_202611231000.csv": f"{HEADER},物流公司\n{order('1')},圆通速递\n",
        "tmall/店/orders.csv": MORE.replace("浙江", ""),
    }
    assert set(filling(read(files)).values()) == {()}


def test_a_file_of_which_a_row_is_used_says_nothing_more(read):
    more = f"{MORE}2,2026-11-03 10:00:00,圆通速递,浙江\n"
    reading = read({"tmall/店/a_202611231000.csv": f"{HEADER}\n{order('1')}\n", "tmall/店/orders.csv": more})
    assert set(filling(reading).values()) == {()}


def test_two_copies_of_one_file_fill_nothing(read):
    text = f"{HEADER}\n{order('1')}\n"
    assert set(filling(read({"a.csv": text, "b.csv": text})).values()) == {()}


@pytest.mark.parametrize("turned", [False, True])
def test_which_columns_fill_does_not_hang_on_the_order_of_files(turned):
    parts = [
        part(0, "orders", [row("1", amount=None, carrier="甲")], OLD),
        part(1, "orders", [row("1", amount=None, region="乙")], NEW),
    ]
    merged = merge(TABLES["orders"], parts[::-1] if turned else parts)
    assert merged.alone == {0: frozenset({"carrier"}), 1: frozenset({"region"})}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "of the repeated rows these columns are used, which no other file fills: carrier, region"),
        ("zh-Hans", "重复的行仍被采用的列（其他文件都没有内容）：carrier，region"),
    ],
)
def test_the_account_says_which_columns_of_repeated_rows_are_used(read, lang, said):
    reading = read({"tmall/店/a_202611231000.csv": f"{HEADER}\n{order('1')}\n", "tmall/店/orders.csv": MORE})
    account = Account(tuple(reading.accounts.values()), (), ())
    assert said in " ".join(line.text.strip() for line in render_account(account, lang, 200))
