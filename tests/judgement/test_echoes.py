from shopscore.diagnosis.echoes import without_echoes
from shopscore.model import Driver


def driver(dimension, segment, excess):
    return Driver(dimension, segment, 10.0, 100.0, excess, 0.1)


def test_a_weekday_that_is_one_day_is_left_out():
    day, weekday = driver("day", "2026-11-11", 50.0), driver("weekday", "3", 52.0)
    assert without_echoes([weekday, day]) == (day,)


def test_a_weekday_over_many_days_stays():
    weekday = driver("weekday", "3", 52.0)
    assert without_echoes([weekday, driver("day", "2026-11-11", 20.0)])[0] == weekday


def test_a_day_of_another_weekday_says_nothing_about_it():
    found = [driver("weekday", "3", 52.0), driver("day", "2026-11-12", 50.0)]
    assert without_echoes(found) == tuple(found)


def test_other_dimensions_are_not_touched():
    found = [driver("carrier", "3", 52.0), driver("day", "2026-11-11", 60.0)]
    assert without_echoes(found) == tuple(found)
