from __future__ import annotations

import datetime as dt

from shopscore.diagnosis.due import due

NOW = dt.datetime(2026, 11, 23, 10)


def test_clocks_are_sorted_by_deadline_and_told_in_hours():
    hour = dt.timedelta(hours=1)
    clocks = [
        ("demo.ship", "o2", NOW + 5 * hour),
        ("demo.reply", "s1", NOW + hour / 2),
        ("demo.ship", "o1", NOW + 5 * hour),
        ("demo.ship", "o1", NOW + 5 * hour),
        ("demo.refund", "r1", NOW - hour),
    ]
    found = due(clocks, NOW)
    assert [(each.subject, each.hours_left) for each in found] == [("r1", -1), ("s1", 0.5), ("o1", 5), ("o2", 5)]
    assert [each.subject for each in due(clocks, NOW, within_hours=1)] == ["r1", "s1"]
    assert due(reversed(clocks), NOW) == found
