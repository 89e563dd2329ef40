"""Names of pages: whatever a shop is called, a file of its own in the folder asked for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from shopscore.fleet.causes import compared
from shopscore.render.html.fleet import page_name

NAMES = st.text(st.characters(exclude_categories=[]), max_size=80)


@given(NAMES)
def test_no_name_leaves_its_folder_or_is_too_long_for_a_disk(shop):
    name = page_name("1688", shop)
    assert re.fullmatch(r"1688-[\w-]*\.html", name)
    assert len(name.encode("utf-8", "surrogatepass")) <= 255
    assert name == name.casefold()


@given(st.lists(NAMES, unique=True, max_size=6))
def test_no_two_shops_share_a_page_also_where_capitals_are_no_matter(shops):
    assert len({page_name("1688", shop).casefold() for shop in shops}) == len(shops)


def test_usual_names_stand_in_full_and_others_are_told_apart():
    assert page_name("tmall", "示例云朵家居旗舰店") == "tmall-示例云朵家居旗舰店.html"
    assert page_name("tmall", "Shop") != page_name("tmall", "shop")
    assert page_name("tmall", "a/b") != page_name("tmall", "a-b")
    assert page_name("tmall", "") != page_name("tmall", "-")


def test_a_carrier_is_the_same_whatever_the_width_of_its_letters():
    assert compared(" ＳＦ Express ") == compared("sf express")
    assert compared("中通快递") != compared("圆通速递")
