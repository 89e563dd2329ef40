"""Text files of any size, encoding and damage, read block by block."""

from __future__ import annotations

import csv
import io
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_world import HEADER, order

from shopscore.readers import limits
from shopscore.readers.kinds import marks, text
from shopscore.readers.kinds.sheet import Header

LAWS = settings(deadline=None, max_examples=80)
NAMES = ("訂單編號", "標題", "備註")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le")
CELLS = st.text(st.sampled_from('a1中國\U00020000 ,;"\n\t'), max_size=6)


def grids_of(content, *, size=limits.TEXT_BYTES, encoding=None, lines=limits.ROW_LINES, row=limits.ROW_BYTES):
    """The grids of a text with three columns, and its notes."""
    sizes = {"TEXT_BYTES": size, "ROW_LINES": lines, "ROW_BYTES": row}
    with mock.patch.multiple(limits, **sizes):
        ((comma, *_),) = text.sheets(content, {"订单编号"}, encoding)
        grids = list(comma.grids(Header(0, len(NAMES), (0, 1, 2))))
        return grids, comma.faults()


def rows_of(content, **options):
    """Number, flaw and cells of every row."""
    grids, _ = grids_of(content, **options)
    return [
        tuple("" if cell is None and at > 1 else cell for at, cell in enumerate(row))
        for grid in grids
        for row in grid.rows()
    ]


def written(rows, ending="\n", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    csv.writer(out, lineterminator=ending, quoting=quoting).writerows([NAMES, *rows])
    return out.getvalue()


@LAWS
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12),
    encoding=st.sampled_from(ENCODINGS),
    ending=st.sampled_from(["\n", "\r\n"]),
    manner=st.tuples(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.booleans()),
    size=st.integers(1, 90),
)
def test_a_well_formed_file_gives_its_cells_wherever_it_is_cut_into_blocks(rows, encoding, ending, manner, size):
    quoting, ended = manner
    content = written(rows, ending, quoting)
    content = content if ended else content.removesuffix(ending)
    expected = [(number, None, *row) for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)]
    data = content.encode(encoding, "replace").replace(b"?", b"x")
    if encoding == "big5hkscs":
        expected = [(*row[:2], *(_in_big5(cell) for cell in row[2:])) for row in expected]
    assert rows_of(data, size=size, encoding=encoding.removesuffix("-sig")) == expected


def _in_big5(cell):
    return cell.encode("big5hkscs", "replace").replace(b"?", b"x").decode("big5hkscs")


@LAWS
@given(
    body=st.text(st.sampled_from('a1中 ,,""\n\n\r;\ufeff\x00'), max_size=60),
    encoding=st.sampled_from(ENCODINGS),
    size=st.integers(4, 40),
    lines=st.integers(1, 4),
    row=st.integers(8, 40),
)
def test_any_text_gives_the_same_rows_in_one_block_as_in_many(body, encoding, size, lines, row):
    content = f"{','.join(NAMES)}\n{body}".encode(encoding, "replace")
    options = {"encoding": encoding.removesuffix("-sig"), "lines": lines, "row": max(row, 36)}
    assert rows_of(content, size=size, **options) == rows_of(content, **options)
    assert grids_of(content, size=size, **options)[1] == grids_of(content, **options)[1]


@LAWS
@given(body=st.binary(max_size=60), size=st.integers(4, 40), encoding=st.sampled_from(["utf-8", "gb18030", "big5"]))
def test_any_bytes_give_the_same_rows_in_one_block_as_in_many(body, size, encoding):
    content = ",".join(NAMES).encode(encoding) + b"\n" + body
    options = {"encoding": encoding, "lines": 3}
    assert rows_of(content, size=size, **options) == rows_of(content, **options)
    assert grids_of(content, size=size, **options)[1] == grids_of(content, **options)[1]


# ── what the rows above a block say of those in it ───────────────────────────────────────────────────────────────────


@pytest.fixture
def in_blocks(read):
    """Read one file whole, and in blocks of about a row; both give the same."""

    def run(content, name="export.csv"):
        whole = read({name: content}, folder="a/店")
        with mock.patch.object(limits, "TEXT_BYTES", 60):
            parts = read({name: content}, folder="b/店")
        assert [_tables(shop) for shop in parts.shops] == [_tables(shop) for shop in whole.shops]
        assert _told(parts.accounts[name]) == _told(whole.accounts[name])
        return parts.shops[0].tables["orders"].sort("order_id"), parts.accounts[name]

    return run


def _tables(shop):
    return {
        name: (frame.schema, sorted(frame.select(sorted(frame.columns)).rows(), key=repr))
        for name, frame in shop.tables.items()
    }


def _told(account):
    refusals = sorted((*account.refusals, *account.cells_refused, *account.notes), key=repr)
    return account.rows_read, account.rows_accepted, account.rows_duplicate, refusals


def test_orders_whose_lines_are_cut_apart_keep_what_their_first_row_says(in_blocks):
    header = "订单编号,货品总价(元),下单,会员,SKU ID,货号,数量,实收分,卖家"
    lines = [
        "9,1,2026-11-03,甲,S1,,1,1,店",
        ",,,,S1,,2,1,",
        ",,,,S1,,1,1,",
        "8,1,2026-11-04,乙,S1,,1,1,店",
        ",,,,S2,,1,1,",
    ]
    orders, account = in_blocks("\n".join([header, *lines]) + "\n")
    assert (account.rows_accepted, account.rows_refused) == (5, 0)
    found = sorted((row["order_id"], row["line_id"], row["item_count"]) for row in orders.to_dicts())
    assert found == [("8", "S1", 1), ("8", "S2", 1), ("9", "S1", 1), ("9", "S1#2", 1), ("9", "S1#3", 2)]


def test_only_the_rows_above_the_first_order_are_descriptions(in_blocks):
    _, account = in_blocks(
        "\n".join(
            [
                HEADER,
                "说明：订单的编号,,,,,,,",
                "说明：续,,,,,,,",
                order("1"),
                order("2"),
                "总计,,,,,2.00,,",
                "总计,,,,,,,",
            ]
        )
    )
    assert {refusal.reason: refusal.count for refusal in account.refusals} == {"description_row": 2, "total_row": 2}


def test_the_order_of_day_and_month_is_told_by_the_whole_file(in_blocks):
    orders, account = in_blocks(
        "\n".join([HEADER, order("1", paid="05/11/2026 10:00"), order("2", paid="13/11/2026 10:00")])
    )
    assert [time.strftime("%m-%d") for time in orders["paid_at"]] == ["11-05", "11-13"]
    assert account.cells_refused == ()


# ── damage ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def reasons(account):
    return {refusal.reason: (refusal.count, refusal.examples[0].row) for refusal in account.refusals}


def noted(account):
    return {note.reason: (note.count, note.examples[0].row) for note in account.notes}


@pytest.mark.parametrize(("encoding", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_lines_in_another_encoding_are_refused_with_the_remedy(in_blocks, encoding, other):
    own = "\n".join([HEADER, *(order(str(number)) for number in range(1, 8))]) + "\n"
    joined = "\n".join([order("8", buyer="买家丙"), order("9", buyer="买家丁")]) + "\n"
    _, account = in_blocks(own.encode(encoding) + joined.encode(other) + f"{order('10')}\n".encode(encoding))
    assert (account.encoding, account.rows_accepted) == (encoding, 8)
    assert reasons(account) == {"undecodable_row": (2, 9)}
    assert noted(account) == {"mixed_encoding": (2, 9)}


def test_bytes_in_a_column_nobody_reads_cost_no_row(in_blocks):
    content = f"{HEADER}\n{order('1')}\n{order('2')}\n{order('3')}\n".encode().replace("王".encode(), b"\xff", 1)
    _, account = in_blocks(content)
    assert (account.rows_accepted, account.refusals, account.notes) == (3, (), ())


def test_text_that_is_utf8_by_chance_is_no_other_encoding(in_blocks):
    rare = b"\xc2\xb7\xd7\xbf".decode("gb18030")
    assert rare.encode("gb18030").decode("utf-8")
    _, account = in_blocks(
        "\n".join([HEADER, *(order(str(n), buyer=rare, status="") for n in range(5))])
        .replace("王小明", "")
        .encode("gb18030"),
    )
    assert (account.encoding, account.rows_accepted, account.notes) == ("gb18030", 5, ())


@pytest.mark.parametrize("kept", [1, 10, 28])
def test_a_file_that_ends_within_a_row_says_so(in_blocks, kept):
    content = "\n".join([HEADER, order("1"), order("2"), order("3")[:kept]])
    _, account = in_blocks(content)
    assert account.rows_accepted == 2
    assert reasons(account) == {"cut_row": (1, 4)}
    assert noted(account) == {"truncated": (1, 4)}


@pytest.mark.parametrize(
    "content",
    [
        "\n".join([HEADER, order("1"), order("2")]),
        "\n".join([HEADER, order("1"), order("2")[:40] + "\n"]),
        "\n".join([HEADER, order("1")[:40], order("2")[:40]]),
        "\n".join([HEADER, order("1")[:40]]),
        "\n".join([HEADER, order("1"), order("2"), '3,甲,交易成功,2026-11-03 10:00:00,,1.00,,"王\n小明"']),
    ],
)
def test_last_rows_that_end_as_others_do_are_not_cut(in_blocks, content):
    _, account = in_blocks(content)
    assert (account.refusals, account.notes) == ((), ())
    assert account.rows_accepted == account.rows_read > 0


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_off_by_the_end_of_the_file_is_a_cut(in_blocks, encoding):
    header = "订单编号,订单创建时间,实付款(元),买家会员名"
    rows = [f"{number},2026-11-03 10:00:00,1.00,甲乙" for number in range(4)]
    content = "\n".join([header, *rows]).encode(encoding)[:-1]
    _, account = in_blocks(content)
    assert (account.encoding, account.rows_accepted) == (encoding, 3)
    assert reasons(account) == {"cut_row": (1, 5)}
    assert noted(account) == {"truncated": (1, 5)}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_line_longer_than_a_row_may_be_is_skipped(in_blocks, monkeypatch, encoding):
    monkeypatch.setattr(limits, "ROW_BYTES", 2_000)
    content = "\n".join([HEADER, order("1"), order("2", tracking="7" * 5_000), order("3"), "x" * 9_000]).encode(
        encoding
    )
    _, account = in_blocks(content)
    assert account.rows_accepted == 2
    assert reasons(account) == {"long_row": (2, 3)}


def test_a_quote_nobody_closes_is_a_character_of_its_own_line_only(in_blocks, monkeypatch):
    monkeypatch.setattr(limits, "ROW_LINES", 3)
    rows = [order("1", tracking='"7'), *(order(str(number)) for number in range(2, 7)), order("7", tracking='"7\n8"')]
    orders, account = in_blocks("\n".join([HEADER, *rows]))
    assert account.rows_accepted == 7
    assert orders["tracking_no"].to_list()[-1] == "7\n8"


@pytest.mark.parametrize("columns", [3_000, 400_000])
def test_a_header_of_too_many_columns_is_named(read, columns):
    header = ",".join(f"列{number}" for number in range(columns))
    (account,) = read({"a.csv": f"{header}\n{order('1')}\n"}).accounts.values()
    assert "more than 2,000 columns" in account.message.en


def test_a_wide_row_that_is_no_header_harms_nobody(orders_of):
    rows, account = orders_of("\n".join([HEADER, order("1"), order("2") + "," * 5_000, order("3") + ",x"]))
    assert (len(rows), reasons(account)) == (2, {"ragged_row": (1, 4)})


def test_a_line_that_is_almost_utf8_is_told_in_one_pass():
    line = ("交易a成功b" * 2_000).encode()
    assert marks.without_utf8_lines(line + b"\x81\x30,\n") == line + b"\x81\x30,\n"
    assert marks.without_utf8_lines(line + b"\n").startswith(marks.FOREIGN)
