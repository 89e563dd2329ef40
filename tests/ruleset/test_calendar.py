from __future__ import annotations

import datetime as dt

import pytest

from shopscore.errors import RuleError
from shopscore.ruleset.calendar import calendar
from shopscore.ruleset.own_files import load_shop_file
from shopscore.ruleset.shopfile import ShopFile
from shopscore.ruleset.special_days import special_days

HEAD = """\
holidays:
  - {id: new_year, title: {en: New Year, zh: 元旦}, first: 2026-01-01, last: 2026-01-01, around: 0}
promotions:
  - id: sale
    title: {en: Sale, zh: 大促}
    source: the platform's notice
    confidence: high
    dates:
      - {first: 2026-03-01, last: 2026-03-03}
"""


def written(folder, text):
    path = folder / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_calendar_that_is_shipped_holds_together():
    found = calendar()
    assert {each.id for each in found.promotions} == {"mid_year_618", "double_11", "double_12"}
    assert all(each.source and each.dates for each in found.promotions)
    assert all(each.title.zh.encode("gbk") for each in found.promotions)


@pytest.mark.parametrize(
    ("more", "line", "told"),
    [
        ("      - {first: 2026-03-03, last: 2026-03-09}\n", 10, "another edition"),
        ("      - {first: 2026-05-03, last: 2026-05-01}\n", 10, "ends before it begins"),
        ("  - {id: sale, title: {en: a, zh: b}, source: s, confidence: low, dates: []}\n", 10, "twice"),
        ("  - {id: other, title: {en: a, zh: b}, confidence: low, dates: []}\n", 10, "'source' is missing"),
        ("  - {id: other, title: {en: a, zh: b}, source: s, confidence: sure, dates: []}\n", 10, "sure"),
    ],
)
def test_a_mistake_in_the_calendar_is_told_with_its_line(tmp_path, more, line, told):
    with pytest.raises(RuleError) as refused:
        calendar(written(tmp_path, HEAD + more))
    assert told in str(refused.value)
    assert f"calendar.yaml:{line}" in str(refused.value)


def test_days_belong_to_the_shops_own_promotion_then_to_the_platforms_then_to_a_holiday():
    own = {"title": "店庆", "first": dt.date(2026, 11, 10), "last": dt.date(2026, 11, 11)}
    plain = special_days("tmall", ShopFile())
    named = special_days("tmall", ShopFile.model_validate({"promotions": [own]}))
    assert (plain[dt.date(2026, 11, 11)].id, plain[dt.date(2026, 11, 11)].promotion) == ("double_11", True)
    assert named[dt.date(2026, 11, 11)].id == "own:店庆"
    assert dt.date(2026, 11, 10) not in plain
    assert (plain[dt.date(2026, 10, 3)].id, plain[dt.date(2026, 10, 3)].promotion) == ("national_day", False)
    # Workshops are closed around Spring Festival: those days are no usual ones either.
    assert plain[dt.date(2026, 2, 10)].id == "spring_festival"


def test_a_promotion_of_some_platforms_is_not_one_of_the_others():
    assert dt.date(2026, 12, 12) in special_days("tmall", ShopFile())
    assert dt.date(2026, 12, 12) not in special_days("aliexpress", ShopFile())


def test_a_promotion_of_shop_yaml_that_runs_backwards_is_refused(tmp_path):
    path = tmp_path / "shop.yaml"
    path.write_text("promotions:\n  - {title: 店庆, first: 2026-05-03, last: 2026-05-01}\n", encoding="utf-8")
    with pytest.raises(RuleError, match="before it begins"):
        load_shop_file(path)
