"""Rows whose cells have moved are refused whole, columns of another kind are named; an odd cell is neither."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from damage_world import NOTHING, SOUND, found, read_alone
from readers_world import csv, order

from shopscore.ruleset.format import Format, WordList

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "row",
    [
        "2,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明,",
        "2,甲,,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1",
        "2,甲,交易成功,2026-11-03 10:00:00,12.50,SF1,王小明,",
        "交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明,13800000000,",
        "2,甲,交易成功,2026-11-03 10:00:00,12.50元,SF1,王小明,",
        "2,甲,交易成功,2026-11-03 10:00:00,,2026-11-03 10:05:00,12.50,SF1",
        "2,甲,交易成功,2026-11-03 10:00:00,2738461928374650001,,1.00,",
        "2,甲,2026-11-03,2026-11-03 10:00:00,2026-11-03 10:05:00,2026-11-03,SF1,王小明",
        "2,甲,交易成功2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明",
        "2,甲,交易成功,2026-11-03 10:00:00,No:78000001,王小明,",
    ],
)
def test_a_row_with_cells_of_other_columns_is_refused_whole(orders_of, row):
    rows, account = orders_of(csv(*SOUND, row))
    assert len(rows) == 5
    assert found(account) == ({"shifted_row": 1}, {}, {})
    (example,) = account.refusals[0].examples
    assert example.row == 7
    assert not re.search("王|小|明|1380", example.shape)


@pytest.mark.parametrize(
    ("row", "refused", "blank"),
    [
        ("2,甲,交易成功,soon,,1.00,SF1,王小明", {"unreadable_created_at": 1}, {}),
        (order("2", amount="about ten"), {}, {"amount": 1}),
        (order("2", paid="未付款"), {}, {"paid_at": 1}),
        (order("2", paid="45963.41"), {}, {"paid_at": 1}),
        (order("2", paid="45963"), {}, {"paid_at": 1}),
        (order("2", paid="17"), {}, {"paid_at": 1}),
        (order("2", amount="2026-11-03"), {}, {"amount": 1}),
        (order("2", status="未知状态"), {}, {"status": 1}),
        (order("2", status="交易成功 2026-11-03 10:00:00"), {}, {"status": 1}),
        (order("2", tracking="12.50"), {}, {}),
        (order("2", buyer="2026-11-03"), {}, {}),
        (order("2", paid="未付款", amount="面议", status="新状态"), {}, {"status": 1, "paid_at": 1, "amount": 1}),
    ],
)
def test_an_odd_cell_is_no_shifted_row(orders_of, row, refused, blank):
    _, account = orders_of(csv(*SOUND, row))
    assert found(account) == (refused, {}, blank)


def test_a_column_of_another_kind_is_a_wrong_column_and_no_row_is_to_blame(orders_of):
    rows, account = orders_of(csv(*(order(f"{number}", amount="2026-11-03 10:00:00") for number in range(9))))
    assert [row["amount"] for row in rows] == [None] * 9
    assert found(account) == ({}, {"wrong_kind": 9}, {"amount": 9})
    assert account.notes[0].examples[0].shape == "9×4-9×2-9×2 9×2:9×2:9×2"


def test_a_wrong_column_that_every_row_needs_refuses_them_by_that_name(orders_of):
    rows = [order(f"2026-11-0{number} 10:00:00") for number in range(1, 9)]
    assert found(orders_of(csv(*rows))[1]) == ({"wrong_kind": 8}, {"wrong_kind": 8}, {})


def shipped(name):
    return yaml.safe_load((ROOT / "rules" / name).read_text(encoding="utf-8"))


TMALL = SimpleNamespace(
    formats=[SimpleNamespace(format=Format.model_validate(shipped("formats/tmall_orders.yaml")))],
    words={"tmall_order_status": WordList.model_validate(shipped("words/tmall_order_status.yaml"))},
    digest="",
    packs={"tmall": SimpleNamespace(pack=SimpleNamespace(timezone="Asia/Shanghai"))},
)


TAOBAO = "订单编号,买家实际支付金额,订单状态,订单创建时间,订单付款时间,预约门店,确认收货时间,打款商家金额,配送类型"


@pytest.mark.parametrize(
    "moved",
    ["是,2026-11-07 10:00:00,12.34元,快递,", "2026-11-07 10:00:00,12.34元,快递,", ",,2026-11-07 10:00:00,12.34元"],
    ids=["it stays", "a value is missing before it", "a value is too much before it"],
)
def test_the_receipt_time_and_payout_of_taobao_that_move(moved):
    ordinary = "…,12.34,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,,2026-11-07 10:00:00,12.34元,快递"
    rows = [ordinary.replace("…", f"{number}") for number in range(5)]
    rows.append(f"9,12.34,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,{moved}")
    rows, account = read_alone(csv(*rows, header=TAOBAO).encode("gb18030"), TMALL)
    if moved.startswith("是"):
        assert (len(rows), found(account)) == (6, NOTHING)
    else:
        assert found(account) == ({"shifted_row": 1}, {}, {})
        assert sorted(row["order_id"] for row in rows) == ["0", "1", "2", "3", "4"]
    assert "打款商家金额" in account.columns_ignored
