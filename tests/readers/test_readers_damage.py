"""Damage is the same whatever the order of rows, sound files are never accused, and every reason is documented."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from damage_world import NOTHING, found, long_id, read_alone, rounded
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_world import NOW, csv, order

from shopscore.render.words import WORDS

ROOT = Path(__file__).parents[2]
TABLE_OF_REASONS = re.compile(r"^\| (`[a-z_<>]+`(?:, `[a-z_<>]+`)*) \|", re.MULTILINE)


MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), NOW - dt.timedelta(days=2)).map(
    lambda each: each.replace(microsecond=0)
)
SOUND_CELLS = st.fixed_dictionaries(
    {
        "number": st.integers(10**17, 10**19).map(str),
        "buyer": st.sampled_from(["甲", "tb_88", "2026", "张三", "12.5"]),
        "status": st.sampled_from(["交易成功", "买家已付款，等待卖家发货", "", "已关闭"]),
        "created": MOMENTS,
        "later": st.timedeltas(dt.timedelta(), dt.timedelta(hours=20)),
        "amount": st.sampled_from(["12.50", "￥3", '"1,234.00"', "", "-", "17元"]),
        "tracking": st.sampled_from(["", "SF0001", "78900000000", "No:778000111"]),
    }
)


def sound(cells):
    created = cells["created"]
    rest = {name: cells[name] for name in ("buyer", "status", "amount", "tracking")}
    return order(cells["number"], created=str(created), paid=str(created + cells["later"]), **rest)


@given(st.lists(SOUND_CELLS, min_size=1, max_size=40, unique_by=lambda cells: cells["number"]))
@settings(deadline=None)
def test_sound_files_are_never_accused(rules, rows):
    assert found(read_alone(csv(*map(sound, rows)).encode(), rules)[1]) == NOTHING


DAMAGED = [
    *(order(rounded(number)) for number in range(6)),
    *(order(long_id(number)) for number in range(6)),
    "2,交易成功,2026-11-03 10:00:00,2026-11-03 10:05:00,12.50,SF1,王小明,",
    "3,甲,交易成功,2026-11-03 10:00:00,12.50元,SF1,王小明,",
    order("4", created="13/11/2026 10:00"),
    order("5", created="11/14/2026 10:00"),
    order("6", created="03/11/2026 10:00"),
    order("7", created="2026-11-28 10:00:00"),
]


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_nothing(rules, luck):
    def said(rows):
        kept, account = read_alone(csv(*rows).encode(), rules)
        return sorted(kept, key=lambda row: row["order_id"]), found(account)

    assert said(luck.sample(DAMAGED, len(DAMAGED))) == said(DAMAGED)
    assert said(DAMAGED)[1] == (
        {"shifted_row": 2, "damaged_id": 6, "swapped_dates": 1},
        {"excel_rounded_ids": 6, "swapped_dates": 1, "future_times": 1},
        {},
    )


def documented():
    """Kind → the names in the tables of docs/reading.md, without the column."""
    text = (ROOT / "docs/reading.md").read_text(encoding="utf-8")
    rows, _, rest = text.partition("| note | meaning |")
    notes = rest.partition("\n\n")[0]
    named = {"reason": rows[rows.index("| reason | meaning |") :], "note": notes}
    return {
        kind: {
            re.sub(r"_<.*", "", name)
            for line in TABLE_OF_REASONS.findall(part)
            for name in re.findall(r"`([^`]+)`", line)
        }
        for kind, part in named.items()
    }


@pytest.mark.parametrize("kind", ["reason", "note"])
def test_every_reason_of_the_account_is_documented_and_says_what_to_do(kind):
    names = {name.removeprefix(f"{kind}_") for name in WORDS if name.startswith(f"{kind}_")} - {"class"}
    assert documented()[kind] == names, "docs/reading.md and render/words/ name different reasons"
    for name in names:
        en, zh = WORDS[f"{kind}_{name}"]
        assert re.search(": |; |, nothing to do", en), name
        assert re.search("：|，无需处理", zh), name
