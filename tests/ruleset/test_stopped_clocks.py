from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from shopscore.errors import RuleError
from shopscore.ruleset.calendar import closed_days, days_off, holidays, known_years
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.shopfile import ShopFile

CHAT = "  chat:\n    - valid_to"
DAY = dt.date(2026, 11, 23)


def stopped(*rules):
    lines = "".join(f"    - {rule}\n" for rule in rules)
    return {"tmall.yaml": [(CHAT, f"  stopped:\n{lines}{CHAT}")]}


def clocks(folder, shop):
    rules = load_rules([folder])
    return fact_settings(rules.packs["tmall"].pack, DAY, shop, rules.machine).stopped


def test_holidays_weekdays_and_closed_days_become_days(rules_dir):
    folder = rules_dir(
        stopped(
            "{when: kind = 'spot', weekdays: [7], holidays: [labour_day], source: [guide]}",
            "{when: kind = 'presale', local: true, source: [guide]}",
        )
    )
    sunday, monday = dt.date(2026, 11, 22), dt.date(2026, 11, 23)
    first, second = clocks(folder, ShopFile(closed_days=[monday, sunday]))
    assert first.weekdays == {7}
    assert [day for day in first.dates if day.year == 2026] == [dt.date(2026, 5, day) for day in (1, 2, 4, 5)]
    assert first.known == (dt.date(2023, 1, 1), dt.date(2028, 12, 31))
    assert (second.dates, second.weekdays, second.known) == ((sunday, monday), frozenset(), None)


@pytest.mark.parametrize(
    ("rule", "mistake"),
    [
        ("{when: kind = 'spot', holidays: [labor_day], source: [guide]}", "no holiday is called 'labor_day'"),
        ("{when: kind = 'spot', weekdays: [0], source: [guide]}", "0 is no day of the week"),
        ("{when: kind = 'spot', weekdays: [8], source: [guide]}", "8 is no day of the week"),
        ("{when: status = 'closed', source: [guide]}", "status"),
        ("{when: pickup_seconds > 3, source: [guide]}", "pickup_seconds"),
    ],
)
def test_what_no_clock_can_be_stopped_by_is_refused(rules_dir, rule, mistake):
    with pytest.raises(RuleError, match=mistake):
        load_rules([rules_dir(stopped(rule))])


def test_the_calendar_knows_each_holiday_once_a_year():
    years = Counter((each.id, each.first.year) for each in holidays())
    names = ("spring_festival", "labour_day", "national_day")
    assert years == {(name, year): 1 for name in names for year in range(2023, 2029)}
    assert known_years(names) == (2023, 2028)


def test_a_holidays_own_days_are_those_off_and_workshops_close_around_them():
    assert dt.date(2026, 2, 14) not in days_off(["spring_festival"])
    assert dt.date(2026, 2, 15) in days_off(["spring_festival"])
    assert dt.date(2026, 2, 8) in closed_days()
    may = [day for day in closed_days() if (day.year, day.month) == (2026, 5)]
    assert sorted(may) == [dt.date(2026, 5, day) for day in range(1, 6)]
    assert dt.date(2026, 4, 30) not in closed_days()
