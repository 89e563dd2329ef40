from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shopscore.render.layout import fold, table

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
    lines = list(table([["指标", "1"], ["reply rate", "22"]], [20, 5], right=frozenset({1})))
    assert [cell_len(line) for line in lines] == [14, 14]


def test_a_cell_that_is_too_wide_is_cut_and_says_so():
    (line,) = table([["三分钟人工响应率"]], [10])
    assert line == "三分钟人.."


def test_escape_sequences_of_a_shop_name_do_not_reach_the_terminal():
    (line,) = table([["\x1b[31mred\u202e"]], [40])
    assert line == "·[31mred·"
    assert list(fold("a\x1b]0;title\x07b", 40)) == ["a·]0;title·b"]
