import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shopscore.render import cells
from shopscore.render.layout import fold
from shopscore.render.table import table

TEXT = st.text(alphabet=st.sampled_from("abc ,。「」店铺退款时长%123"), max_size=200)


@given(TEXT, st.integers(20, 100))
def test_no_folded_line_is_wider_than_asked(text, width):
    assert all(cell_len(line) <= width for line in fold(text, width, "    ", "  - "))


@given(TEXT, st.integers(20, 100))
def test_folding_loses_nothing_but_spaces(text, width):
    folded = "".join(fold(text, width)).replace(" ", "")
    assert folded == text.replace(" ", "")


def test_chinese_is_broken_between_characters_but_not_before_its_punctuation():
    assert list(fold("甲乙丙丁,戊己", 8)) == ["甲乙丙", "丁,戊己"]


def test_columns_line_up_whatever_the_script():
    lines = [line for (line,) in table([["指标", "1"], ["reply rate", "22"]], [20, 5], right=frozenset({1}))]
    assert [cell_len(line) for line in lines] == [14, 14]


def test_a_cell_that_does_not_fit_goes_on_below_and_loses_nothing():
    ((first, second),) = table([["三分钟人工响应率", "1"]], [10, 2])
    assert (first, second) == ("三分钟人工  1", "响应率")


def test_a_cell_without_an_end_is_cut_and_says_so():
    (lines,) = table([["很" * 200, "1"]], [10, 2])
    assert len(lines) == 12
    assert lines[-1].endswith("..")


def test_where_a_title_has_no_room_it_stands_above_its_row():
    rows = [["#", "metric", "now", "target"], ["1", "Orders shipped as promised", "84.8%", ">= 93.0% your cut-off"]]
    head, row = table(rows, (2, 0, 10, 26), width=30)
    assert head == ("#  metric", "   now    target")
    assert row == ("1  Orders shipped as promised", "   84.8%  >= 93.0% your", "          cut-off")


def test_titles_that_would_take_three_lines_each_stand_above_their_rows():
    name = "a name of several words that go on"
    rows = [["#", name, "1,234", "between 12 and 34"]] * 3
    wide, narrow = (list(table(rows, (2, 0, 10, 20), width=width)) for width in (60, 40))
    assert [len(lines) for lines in wide] == [2, 2, 2]
    assert wide[0][0].startswith("#  a name of several words")
    assert wide[0][0].endswith("1,234  between 12 and 34")
    assert [lines[0] for lines in narrow] == [f"#  {name}"] * 3
    assert [len(lines) for lines in narrow] == [2, 2, 2]


def test_an_id_is_torn_last():
    rows = [["261121-000000000001581", "11-23 17:47", "9 小时 48 分", "99%", "￥6.58"]]
    (lines,) = table(rows, (40, 11, 26, 8, 0), width=46)
    assert lines[0].startswith("261121-000000000001581  ")
    assert max(map(cell_len, lines)) <= 46


def test_a_last_column_without_room_follows_below():
    rows = [["id", "by", "what a miss does"], ["400026112100005034", "11-23 12:26", "the rate falls to 84.1%"]]
    head, row = table(rows, (40, 11, 0), width=40)
    assert head == ("id                  by", "    what a miss does")
    assert row == ("400026112100005034  11-23 12:26", "    the rate falls to 84.1%")


CELLS = st.lists(st.lists(TEXT, min_size=4, max_size=4), min_size=1, max_size=6)


@given(CELLS, st.integers(40, 160), st.sampled_from([(20, 0, 12, 30), (30, 10, 26, 0), (9, 26, 26, 26)]))
def test_no_line_of_a_table_is_wider_than_asked(rows, width, limits):
    found = list(table(rows, limits, width=width))
    assert len(found) == len(rows)
    assert all(cells.most(line) <= width for lines in found for line in lines)


@given(st.text(max_size=80), st.integers(20, 60))
def test_room_is_reckoned_for_terminals_that_draw_ambiguous_characters_wide(text, width):
    lines = list(fold(text + "…×“”→≥±", width))
    assert all(cells.most(line) <= width for line in lines)


def test_a_mark_stays_on_its_letter():
    assert all(not line.startswith("\u0301") for line in fold("e\u0301" * 60, 21))
    assert cells.shown("e\u0301") == 1


def test_escape_sequences_of_a_shop_name_do_not_reach_the_terminal():
    ((line,),) = table([["\x1b[31mred\u202e"]], [40])
    assert line == "·[31mred·"
    assert list(fold("a\x1b]0;title\x07b", 40)) == ["a·]0;title·b"]


def test_chinese_beside_long_names_is_not_squeezed_to_a_character_a_line():
    row = ["三分钟旺旺响应率", "ww_3min_rate_before_202211", "published", "导出聊天记录，由批量导出工具保存"]
    (lines,) = table([row], [26, 26, 26, 0], width=60)
    assert lines[0].startswith("三分钟旺旺")
    assert len(lines) <= 4


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("last", [False, True])
def test_a_sentence_that_a_narrow_column_would_cut_stands_on_lines_of_its_own(width, last):
    sentence = "Mean daily score of last month, which makes this month's level, as the assessment by categories says"
    row = ["示例云朵家居旗舰店", "Tmall / Taobao", "8 of 10, of them 3 undecided", "assumed reading, not scored"]
    limits = [24, 16, 30, 30]
    place = len(row) if last else 0
    row.insert(place, sentence)
    limits.insert(place, 0)
    (lines,) = table([row], limits, width=width)
    assert sentence in " ".join(line.strip() for line in lines)
    assert sum(sentence[:12] in line for line in lines) == 1
