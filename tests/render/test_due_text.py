"""What stands above a group of clocks: how its metric stands against its target."""

from __future__ import annotations

import datetime as dt

import pytest

from shopscore.model import Breach, Due, DueList, ShopDue, Words
from shopscore.render import due

NOW = dt.datetime(2026, 11, 27, 20)
WORDS = Words("Ship it", "发货")


@pytest.mark.parametrize(
    ("stands", "en", "zh"),
    [
        ({"left": 2}, "target <= 2.0%: 2 more may be missed, 1 run", "还能超时 2 个，在计时 1 个"),
        # Of what is shown only there is no budget; that does not say that it is short.
        ({"left": None}, "Ship it is 1.5%, target <= 2.0%", "发货现为 1.5%，目标 <= 2.0%"),
        ({"value": 0.025}, "short already, each miss costs more", "已不达标，每超时一个差得更多"),
        ({"better": "higher"}, "target >= 2.0%: short already", "已不达标"),
        ({"value": 0.02, "better": "higher"}, "Ship it is 2.0%, target >= 2.0%", "发货现为 2.0%，目标 >= 2.0%"),
    ],
)
def test_a_metric_is_called_short_only_where_it_misses_its_target(stands, en, zh):
    breach = Breach("p.late", WORDS, **({"value": 0.015, "target": 0.02, "better": "lower"} | stands))
    clock = Due("p.ship", "7", NOW, 5.0, WORDS, "seller", WORDS, NOW, NOW, breaches=(breach,))
    found = DueList(dt.timedelta(hours=12), (ShopDue("p", WORDS, "店", "Asia/Shanghai", NOW, NOW, (clock,)),))
    for lang, told in (("en", en), ("zh-Hans", zh)):
        lines = [line.text.strip() for line in due.render(found, lang, 200)]
        (line,) = (line for line in lines if "%" in line)
        assert line.endswith(told) or told in line
        assert ("short already" in line or "已不达标" in line) == ("short" in en)
