"""Chinese in traditional characters: our texts whole, data never."""

from __future__ import annotations

import pytest
import traditional_table
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore import traditional
from shopscore.model import Words
from shopscore.render.words import WORDS, say

TABLE = traditional.read(traditional.TABLE.read_text(encoding="utf-8"))
SIMPLIFIED = frozenset(TABLE.letters) - frozenset("".join(traditional_table.wanted().values()))
"""Characters that no traditional text has."""


def test_every_text_of_ours_becomes_what_opencc_makes_of_it():
    """What the table was not made for is found here; ``traditional_table.AGAIN`` makes it again."""
    wrong = {
        text: traditional.of(text)
        for text, other in traditional_table.wanted().items()
        if traditional.of(text) != other
    }
    assert wrong == {}, traditional_table.AGAIN


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("不要虚假发货", "不要虛假發貨"),
        ("重复 3 行", "重複 3 行"),
        ("3分钟旺旺回复率", "3分鐘旺旺回覆率"),
        ("关系到：后台显示", "關係到：後台顯示"),
        ("联系买家，标签", "聯繫買家，標籤"),
    ],
)
def test_characters_with_several_forms_follow_their_phrase(simplified, expected):
    assert traditional.of(simplified) == expected


def test_names_in_a_sentence_stay_as_the_files_have_them():
    sentence = Words(
        "云朵家居/发货表.csv: failed, other shops are not touched", "云朵家居/发货表.csv：失败，不影响其他店铺"
    )
    assert format(sentence, "zh-Hant") == "云朵家居/发货表.csv：失敗，不影響其他店鋪"
    assert format(sentence, "zh-Hans") == sentence.zh


def test_terms_our_english_quotes_are_no_names():
    sentence = Words("In the selected store (严选) it counts", "严选商城：照样计算")
    assert format(sentence, "zh-Hant") == "嚴選商城：照樣計算"


def test_values_filled_into_a_phrase_are_not_touched():
    assert "云朵" in say("zh-Hant", "segment", dimension=say("zh-Hant", "carrier"), segment="云朵")


@pytest.mark.parametrize("key", sorted(WORDS))
def test_no_phrase_keeps_a_simplified_character(key):
    assert SIMPLIFIED.isdisjoint(traditional.of(WORDS[key][1]))


@given(st.text(alphabet=st.sampled_from("".join(TABLE.letters) + "abc，。 12"), max_size=60))
@settings(max_examples=200)
def test_converting_keeps_the_length_and_a_second_time_changes_nothing_more(text):
    once = traditional.of(text)
    assert len(once) == len(text)
    assert SIMPLIFIED.isdisjoint(once)
