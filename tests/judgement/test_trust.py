from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore.model import CellRefusals, FileAccount, Refusal, Words
from shopscore.render.trusted import sentence
from shopscore.trust import belonging, of_shop
from shopscore.trust.weights import LEVELS

NOISE = ("header_row", "description_row", "total_row")
LOSS = ("damaged_id", "ragged_row", "unreadable_created_at", "missing_order_id", "conflict", "undecodable")
NOTES = ("mixed_encoding", "truncated", "swapped_dates", "gap", "future_times", "control_total", "open_in_excel",
         "excel_rounded_ids", "something_new")  # fmt: skip


def file(name="1688/店/orders.csv", table="orders", used=1000, shop="店", **changes):
    """A file's account: rows used, and ``refused`` and ``notes`` as reason → count, ``cells`` as column → count."""
    refused, notes, cells = (changes.pop(key, {}) for key in ("refused", "notes", "cells"))
    lost = sum(refused.values())
    return FileAccount(
        file=name, sha256=name, format=None, table=table, encoding=None, platform="1688" if shop else None, shop=shop,
        rows_read=used + lost, rows_accepted=used, rows_duplicate=0, rows_refused=lost,
        refusals=tuple(Refusal(*each) for each in refused.items()),
        notes=tuple(Refusal(*each) for each in notes.items()),
        cells_refused=tuple(CellRefusals(*each) for each in cells.items()),
        **changes,
    )  # fmt: skip


def trust(*files):
    return of_shop(files, "1688", "店").trust


# ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("used", "lost", "level"),
    [(999, 1, "good"), (998, 1, "fair"), (19, 1, "fair"), (18, 1, "low"), (0, 5, "low"), (60, 0, "good")],
)
def test_one_lost_row_in_a_thousand_is_good_and_one_in_twenty_is_fair(used, lost, level):
    found = trust(file(used=used, refused={"damaged_id": lost} if lost else {}))
    assert (found.level, found.files, found.rows, found.refused) == (level, 1, used + lost, lost)


def test_rows_that_never_were_data_cost_no_trust():
    found = trust(file(used=10, refused={"header_row": 3, "description_row": 1, "total_row": 1}))
    assert (found.level, found.refused, found.reasons) == ("good", 5, ())


def test_the_shop_is_trusted_like_its_worst_table():
    found = of_shop([file(), file("1688/店/refunds.csv", "refunds", used=10, refused={"damaged_id": 5})], "1688", "店")
    assert {name: loss.level for name, loss in found.tables.items()} == {"orders": "good", "refunds": "low"}
    assert found.trust.level == "low"


def test_small_losses_of_a_table_add_up():
    reasons = {"damaged_id": 1, "ragged_row": 1}
    found = trust(file(used=1500, refused=reasons))
    assert found.level == "fair"
    assert [(each.reason, each.level) for each in found.reasons] == [("damaged_id", "good"), ("ragged_row", "good")]


def test_what_is_lost_is_told_of_the_rows_of_its_files_and_by_the_files_own_header():
    used = (("created_at", "下单时间"), ("paid_at", "paid_at"))
    here = file("a.xlsx", used=60, refused={"unreadable_created_at": 40}, cells={"paid_at": 9}, columns_used=used)
    rows, cells = trust(here, file("b.csv", used=900)).reasons
    assert (rows.count, rows.rows, rows.of_files, rows.header) == (40, 1000, 100, "下单时间")
    assert sentence(rows, "en").startswith("a.xlsx: 40 of 100 rows left out: 下单时间 (created_at) cannot be read")
    assert sentence(rows, "zh-Hans").startswith("a.xlsx：100 行中未采用 40 行：下单时间（created_at）")
    assert (cells.header, sentence(cells, "en")) == (
        "",
        "a.xlsx: 9 cells of paid_at in 100 rows could not be read and count as blank",
    )
    several = trust(here, file("b.csv", used=0, refused={"unreadable_created_at": 50})).reasons[0]
    assert (several.files, several.count, several.of_files, several.header) == (("b.csv", "a.xlsx"), 90, 150, "")


@pytest.mark.parametrize(
    ("note", "level"),
    [("truncated", "low"), ("gap", "fair"), ("control_total", "fair"), ("open_in_excel", "good"),
     ("something_new", "fair"), ("swapped_dates", "good"), ("future_times", "good")],
)  # fmt: skip
def test_a_note_weighs_what_the_table_says(note, level):
    found = trust(file(used=1000, notes={note: 1}))
    assert found.level == level
    assert [(each.kind, each.reason, each.count) for each in found.reasons] == [("note", note, 1)]


def test_days_that_are_missing_are_left_to_the_windows_they_are_missing_in():
    loss = of_shop([file(notes={"gap": 3})], "1688", "店").tables["orders"]
    assert (loss.level, loss.open, loss.trust_in(["paid_at"])) == ("fair", "good", "good")
    cut = of_shop([file(notes={"control_total": 1})], "1688", "店").tables["orders"]
    assert (cut.level, cut.open, cut.trust_in(["paid_at"])) == ("fair", "fair", "fair")


def test_rows_a_note_calls_doubtful_weigh_like_lost_ones():
    assert trust(file(used=1000, notes={"error_cell": 51})).level == "low"
    assert trust(file(used=1000, notes={"future_times": 2})).level == "fair"


def test_blank_cells_leave_a_fair_trust_at_the_worst():
    found = trust(file(cells={"amount": 1000}))
    assert found.level == "fair"
    assert [(each.kind, each.reason, each.count, each.rows) for each in found.reasons] == [
        ("cells", "amount", 1000, 1000)
    ]
    assert trust(file(cells={"amount": 1})).level == "good"


# ── whose files ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_lost_every_row_counts_for_the_shop_it_lies_with():
    damaged = file("1688/店/new.csv", used=0, shop=None, refused={"damaged_id": 9})
    found = of_shop([file(), damaged], "1688", "店")
    assert (found.tables["orders"].lost, found.trust.level) == (9, "fair")
    elsewhere = replace(damaged, file="1688/other/new.csv")
    assert belonging([file(), elsewhere], "1688", "店") == (file(),)


def test_a_file_of_several_shops_counts_for_each_of_them():
    shared = file("all.csv", used=100, shop=None, refused={"damaged_id": 2})
    assert of_shop([shared, file()], "1688", "店").tables["orders"].lost == 2
    assert of_shop([shared, file()], "1688", "另一家").tables["orders"].lost == 2


def test_a_file_nothing_was_made_of_is_said_with_its_own_words():
    words = Words("Protected by a password.", "有密码保护。")
    unknown = file("1688/店/退款.XLSX", None, used=0, shop=None, message=words)
    picture = file("1688/店/photo.png", None, used=0, shop=None, message=words)
    found = trust(file(), unknown, picture)
    assert (found.level, found.files) == ("fair", 3)
    assert [(each.kind, each.files, each.message) for each in found.reasons] == [
        ("unused", ("1688/店/退款.XLSX",), words)
    ]
    assert trust(file(), picture).level == "good"


def test_sheets_of_one_workbook_are_one_file():
    sheets = [replace(file(f"a.xlsx[{name}]"), sha256="same") for name in ("1", "2")]
    assert (trust(*sheets).files, trust(*sheets).rows) == (1, 2000)


def test_reasons_name_the_files_with_most_of_it_first():
    one, two = file("a.csv", refused={"damaged_id": 1}), file("b.csv", refused={"damaged_id": 7})
    assert [(each.files, each.count) for each in trust(one, two).reasons] == [(("b.csv", "a.csv"), 8)]


def test_the_weightiest_reason_stands_first():
    found = trust(
        file("a.csv", used=5000, refused={"ragged_row": 1, "damaged_id": 20}),
        file("c.csv", "refunds", used=50, notes={"truncated": 1}),
    )
    assert [each.reason for each in found.reasons] == ["truncated", "damaged_id", "ragged_row"]


def test_the_row_within_which_a_file_ends_is_told_of_the_file():
    ends = file("a.csv", notes={"truncated": 1}, refused={"cut_row": 1})
    found = trust(ends)
    assert [(each.kind, each.reason) for each in found.reasons] == [("note", "truncated")]
    assert (found.level, found.refused) == ("low", 1)
    more = trust(ends, file("b.csv", refused={"cut_row": 2}))
    assert [(each.reason, each.count, each.files) for each in more.reasons] == [
        ("truncated", 1, ("a.csv",)),
        ("cut_row", 2, ("b.csv",)),
    ]


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────

counts = st.integers(0, 60)
files = st.builds(
    file,
    name=st.sampled_from(["a.csv", "b.csv", "店/c.csv", "d.png"]),
    table=st.sampled_from(["orders", "refunds", "messages", None]),
    used=st.integers(0, 2000),
    shop=st.sampled_from(["店", None]),
    refused=st.dictionaries(st.sampled_from(LOSS + NOISE), counts, max_size=3),
    notes=st.dictionaries(st.sampled_from(NOTES), st.integers(1, 60), max_size=2),
    cells=st.dictionaries(st.sampled_from(["amount", "paid_at"]), counts, max_size=2),
)


@given(st.lists(files, max_size=5).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_files_changes_nothing(pair):
    one, other = pair
    assert of_shop(one, "1688", "店") == of_shop(other, "1688", "店")


@given(st.lists(files, min_size=1, max_size=4), st.sampled_from(LOSS + NOTES), st.integers(1, 500))
def test_more_loss_never_raises_trust(some, reason, count):
    first, *rest = some
    if reason in NOTES:
        worse = replace(first, notes=(*first.notes, Refusal(reason, count)))
    else:
        worse = replace(
            first,
            rows_read=first.rows_read + count,
            rows_refused=first.rows_refused + count,
            refusals=(*first.refusals, Refusal(reason, count)),
        )
    before, after = (LEVELS.index(trust(each, *rest).level) for each in (first, worse))
    assert after >= before


@given(st.lists(files, min_size=1, max_size=4), st.sampled_from(LOSS), st.integers(1, 500))
def test_a_row_used_that_is_lost_instead_never_raises_trust(some, reason, count):
    first, *rest = some
    count = min(count, first.rows_accepted)
    worse = replace(
        first,
        rows_accepted=first.rows_accepted - count,
        rows_refused=first.rows_refused + count,
        refusals=(*first.refusals, Refusal(reason, count)),
    )
    before, after = (LEVELS.index(trust(each, *rest).level) for each in (first, worse))
    assert after >= before


@given(st.lists(files, max_size=4))
def test_every_level_but_good_has_a_reason(some):
    found = trust(*some)
    assert found.level == "good" or found.reasons
    assert found.refused <= found.rows
