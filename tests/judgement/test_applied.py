from __future__ import annotations

import datetime as dt

import pytest
from evidence import applied as evidence
from msgspec.structs import replace
from stand_ins import TEXT, pack, shop

from shopscore.applied import short_id, worked
from shopscore.model import Effect

ON = dt.date(2026, 11, 3)
EXPECTED = {"metric": "ship", "direction": "up", "by_days": 14}
NOTHING = Effect(ON, "", "demo.ship", 0, None, None, None, None, "too_little_data")


def piece(name, **changes):
    given = {"id": name, "metric": "ship", "when": "gap > 0", "do": TEXT, "effort": "hours", "source": ["s"]}
    return given | changes


PACK = pack(advice=[piece("SHIP-03", expects=EXPECTED), piece("SHIP-04")])


def told(verdict, day, *, advice="SHIP-03", steady=True):
    file = shop(applied=[{"advice": advice, "date": ON}])
    found = list(worked(PACK, file.applied, day, lambda *_: (replace(NOTHING, verdict=verdict), steady)))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("verdict", "steady", "said"),
    [
        ("better", True, "kept"),
        ("better", False, "unclear"),
        ("no_difference", True, "no_effect"),
        ("no_difference", False, "no_effect"),
        ("worse", False, "worse"),
        ("too_little_data", True, "too_little_data"),
    ],
)
def test_what_is_seen_once_the_days_are_over(verdict, steady, said):
    found = told(verdict, ON + dt.timedelta(days=15), steady=steady)
    assert (found.verdict, found.advice, found.metric) == (said, "SHIP-03", "demo.ship")
    assert found.effect.verdict == verdict


def test_before_that_nothing_is_judged_and_the_day_is_named():
    found = told("better", ON + dt.timedelta(days=14))
    assert (found.verdict, found.by, found.effect) == ("too_early", ON + dt.timedelta(days=14), None)


def test_advice_that_promises_nothing_and_advice_nobody_knows():
    assert told("better", ON, advice="SHIP-04").verdict == "nothing_expected"
    assert told("better", ON, advice="SHIP-99") is None
    assert told("better", ON + dt.timedelta(days=15), advice="demo.SHIP-03").verdict == "kept"
    assert (short_id("tmall.SHIP-03", "tmall"), short_id("SHIP-03", "jd")) == ("SHIP-03", "SHIP-03")


def test_a_metric_that_cannot_be_counted_tells_too_little():
    file = shop(applied=[{"advice": "SHIP-03", "date": ON}])
    (found,) = worked(PACK, file.applied, ON + dt.timedelta(days=30), lambda *_: None)
    assert found.verdict == "too_little_data"


def test_the_order_in_the_file_is_no_matter():
    applied = [{"advice": "SHIP-04", "date": ON}, {"advice": "SHIP-03", "date": dt.date(2026, 10, 1)}]
    both = [tuple(worked(PACK, shop(applied=each).applied, ON, lambda *_: None)) for each in (applied, applied[::-1])]
    assert both[0] == both[1]
    assert [each.advice for each in both[0]] == ["SHIP-03", "SHIP-04"]


def test_it_worked_is_seldom_said_of_what_does_nothing_and_mostly_of_what_does():
    nothing, halved, more, incident = evidence.said(80)
    assert nothing.kept <= 0.06
    assert nothing.less > 0.3
    assert halved.kept > 0.55
    assert more.kept == 0
    assert incident.kept <= 0.06
    assert incident.less > 0.8
