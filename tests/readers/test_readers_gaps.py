"""Days whose rows must be missing are found, and silence that chance or habit explains is not accused."""

from __future__ import annotations

import datetime as dt
import math
import random

import pytest
from readers_world import HEADER, order

from shopscore.readers.shops.rhythm import silences

DAY = dt.timedelta(days=1)
START = dt.date(2025, 3, 3)


def days(*rows):
    return {START + number * DAY: count for number, count in enumerate(rows)}


def poisson(rng, mean):
    if mean > 400:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    floor, drawn, count = math.exp(-mean), rng.random(), 0
    while drawn > floor:
        drawn *= rng.random()
        count += 1
    return count


def table(seed, length, mean=None, clustering=(0, 0.02, 0.1, 0.4)):
    """A stationary table with a weekly rhythm, days that cluster, and a promotion day."""
    rng = random.Random(seed)  # noqa: S311 - invented days are no secret
    mean = mean or 10 ** rng.uniform(-0.3, 2.3)
    weekend, clusters = (rng.choice([1, 0.4, 0.1, 0]), rng.choice([1, 0.4, 0])), rng.choice(clustering)
    promotion = rng.randrange(length)
    found = {}
    for number in range(length):
        day = START + number * DAY
        due = mean * (1, 1, 1, 1, 1, *weekend)[day.weekday()] * (8 if number == promotion else 1)
        found[day] = poisson(rng, due * (rng.gammavariate(1 / clusters, clusters) if clusters else 1))
    return found


def test_two_hundred_years_without_a_hole_are_never_accused():
    assert [seed for seed in range(200) if silences(table(seed, 365))] == []


@pytest.mark.parametrize("length", [2, 3])
def test_a_hole_of_days_in_a_busy_table_is_found_to_the_day(length):
    for seed in range(40):
        rows = table(seed, 120, mean=150, clustering=(0, 0.02, 0.1))
        rng = random.Random(seed)  # noqa: S311 - invented days are no secret
        first = START + 7 * rng.randrange(2, 14) * DAY + rng.randrange(6 - length) * DAY  # on working days
        hole = [first + number * DAY for number in range(length)]
        assert silences(rows | dict.fromkeys(hole, 0)) == ((hole[0], hole[-1]),)


def test_a_single_day_missing_between_two_busy_files_is_found():
    assert silences(days(*[80] * 20, 0, *[80] * 20)) == ((START + 20 * DAY, START + 20 * DAY),)


def test_several_holes_are_found_each():
    rows = days(*[80, 75, 90, 85, 70] * 20)
    holes = [START + number * DAY for number in (20, 21, 50, 51, 52, 70, 71)]
    assert silences(rows | dict.fromkeys(holes, 0)) == (
        (holes[0], holes[1]),
        (holes[2], holes[4]),
        (holes[5], holes[6]),
    )


def test_closed_weekdays_are_the_rhythm_and_no_gap():
    assert silences(days(*[60, 60, 60, 60, 60, 0, 0] * 12)) == ()


def test_every_second_saturday_off_is_no_gap():
    assert silences(days(*[60, 60, 60, 60, 60, 60, 0, 60, 60, 60, 60, 60, 0, 0] * 8)) == ()


def test_a_shop_that_is_often_closed_needs_a_longer_silence():
    often = days(*([60] * 5 + [0] + [60] * 2 + [0]) * 12)
    assert silences(often) == ()
    longer = dict.fromkeys([START + number * DAY for number in range(50, 59)], 0)
    assert silences(often | longer)[0][1] >= START + 58 * DAY


def test_single_days_off_every_now_and_then_are_no_gaps():
    off = {START + number * DAY: 0 for number in (9, 31, 50, 74, 92, 110, 139, 155, 178)}
    assert silences(days(*[80, 75, 90, 85] * 50) | off) == ()


def test_a_small_shop_has_no_gaps_however_long_it_is_silent():
    assert silences(days(*[2] * 60, *[0] * 30, *[2] * 60)) == ()


def test_a_stray_old_row_opens_no_gap():
    assert silences({dt.date(2016, 1, 1): 1, dt.date(2025, 1, 5): 3} | days(*[90] * 30)) == ()


def test_days_before_and_after_a_table_are_no_gap():
    assert silences(days(0, 0, 0, *[90] * 30, 0, 0)) == ()


def test_holidays_say_nothing_but_what_lies_beyond_them_does():
    rows = days(*[90] * 20, *[0] * 6, *[90] * 20)
    closed = {START + number * DAY for number in range(20, 24)}
    assert silences(rows, closed) == ((START + 24 * DAY, START + 25 * DAY),)
    assert silences(rows, closed | {START + 24 * DAY, START + 25 * DAY}) == ()


def test_no_days_and_one_day_have_no_gap():
    assert silences({}) == silences(days(5)) == ()


# ── over all files of a shop ─────────────────────────────────────────────────────────────────────────────────────────


def lines(first, last, a_day=20):
    """A file of chat-sized orders, so many a day, first and last day in."""
    rows = [
        order(f"{day:%m%d}{number:03}", created=f"{day} 10:00:00")
        for day in (first + each * DAY for each in range((last - first).days + 1))
        for number in range(a_day)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def nov(day):
    return dt.date(2026, 11, day)


def test_a_hole_between_two_files_is_a_gap_of_the_shop_and_noted_at_the_file_before_it(read):
    reading = read(
        {"a.csv": lines(dt.date(2026, 10, 20), nov(8)), "b.csv": lines(nov(12), nov(22)), "空.csv": HEADER + "\n"}
    )
    (shop,) = reading.shops
    assert shop.gaps == {"orders": ((nov(9), nov(11)),)}
    (note,) = reading.accounts["a.csv"].notes
    assert (note.reason, note.count) == ("gap", 3)
    assert (note.examples[0].row, note.examples[0].column, note.examples[0].shape) == (
        382,
        "created_at",
        "2026-11-09..2026-11-11",
    )
    assert reading.accounts["b.csv"].notes == ()


def test_a_file_that_fills_the_hole_closes_the_gap(read):
    reading = read(
        {
            "a.csv": lines(dt.date(2026, 10, 20), nov(8)),
            "b.csv": lines(nov(12), nov(22)),
            "c.csv": lines(nov(7), nov(13)),
        }
    )
    assert reading.shops[0].gaps == {}


def test_days_that_have_not_come_yet_open_no_gap(read):
    reading = read({"a.csv": lines(nov(1), nov(22)) + lines(dt.date(2027, 1, 1), dt.date(2027, 1, 20))})
    assert reading.shops[0].gaps == {}


def test_orders_known_from_their_lines_are_there(read):
    days_missing = lines(dt.date(2026, 10, 20), nov(8)) + lines(nov(12), nov(22)).partition("\n")[2]
    of_lines = "order_id,line_id,created_at\n" + "".join(
        f"{day}{number},1,2026-11-{day:02} 10:00:00\n" for day in (9, 10, 11) for number in range(20)
    )
    reading = read({"a.csv": days_missing, "order_lines.csv": of_lines})
    assert reading.shops[0].gaps == {}


def test_disputes_are_rare_and_have_no_gaps(read):
    rows = [
        f"{day}-{number},2026-{10 if day > 22 else 11}-{day:02} 09:00:00"
        for day in [*range(23, 31), *range(1, 9), *range(14, 23)]
        for number in range(9)
    ]
    text = "\n".join(["dispute_id,opened_at,platform", *(f"{row},tmall" for row in rows)])
    assert read({"disputes.csv": text}).shops[0].gaps == {}
