"""Orders live a life, exports show it on some days: what the bounds call certain is so, for every single order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle.conftest import PROFILE
from oracle.engine import rules
from shopscore.facts import build
from shopscore.ledger import evidence
from shopscore.readers.shops.merge import Part
from shopscore.readers.shops.sightings import sightings
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile
from shopscore.tables import ShopTables, table_schema

START = dt.datetime(2026, 11, 1)
AS_OF = dt.datetime(2026, 11, 12, 12)
HOUR = dt.timedelta(hours=1)
BOUNDS = ("ship_fulfil", "pickup_48h")


@dataclass(frozen=True)
class Life:
    """What happened to an order, in hours from the start: each step's wait from the one before, or never."""

    paid: int
    click: int
    scan: int | None
    second_scan: int | None
    closed: int | None
    promise: int | None
    cod: bool
    shows_wait: bool

    @property
    def clicked(self):
        return self.paid + self.click

    @property
    def scans(self):
        first = None if self.scan is None else self.clicked + self.scan
        second = [] if self.second_scan is None or first is None else [first + self.second_scan]
        return [first, *second]

    def in_time(self, hours):
        """Whether the last parcel was picked up within some hours of payment."""
        return None not in self.scans and max(self.scans) <= self.paid + hours

    def reached(self, hour):
        """The position an export shows: it follows the first parcel, and some trades show no carrier's step."""
        if self.closed is not None and hour >= self.closed:
            return None
        if hour < self.clicked:
            return "to_ship"
        scanned = self.scans[0] is not None and hour >= self.scans[0]
        if self.cod:
            return "picked_up" if scanned else "to_pick_up"
        return "to_pick_up" if self.shows_wait and not scanned else "shipped"

    def status(self, hour):
        if self.closed is not None and hour >= self.closed:
            return "closed"
        return "to_ship" if hour < self.clicked else "shipped"


WAITS = st.sampled_from([0, 1, 11, 12, 13, 23, 24, 25, 47, 48, 49, 90])
LIVES = st.lists(
    st.builds(
        Life,
        paid=st.integers(0, 60),
        click=WAITS,
        scan=st.none() | WAITS,
        second_scan=st.sampled_from([None, None, 1, 30]),
        closed=st.sampled_from([None, None, None, 60, 120, 200]),
        promise=st.sampled_from([None, None, 12, 24, 72]),
        cod=st.booleans(),
        shows_wait=st.booleans(),
    ),
    min_size=4,
    max_size=12,
)
EXPORTS = st.builds(
    lambda first, step, missed: {hour for place, hour in enumerate(range(first, 270, step)) if place not in missed},
    st.integers(0, 23),
    st.sampled_from([6, 12, 23, 24]),
    st.sets(st.integers(0, 9), max_size=4),
)
NAMED = {"day": 24 * HOUR, "minute": HOUR / 60}
SPANS = (24, 72, 1000)
"""Hours an export reaches back; of an order that has left the exports the status is old."""


def moment(hour):
    return START + hour * HOUR


def exported(number, lives, hour, span, named):
    """An export of some hour, of the orders paid a span of hours before it, under a name that tells day or minute."""
    known = [(order, life) for order, life in enumerate(lives) if hour - span <= life.paid <= hour]
    rows = [{"order_id": f"o{order}", "reached": life.reached(hour)} for order, life in known]
    frame = pl.DataFrame(rows, schema={name: table_schema("orders")[name] for name in ("order_id", "reached")})
    since = moment(hour).replace(hour=0) if named == "day" else moment(hour)
    newest = max((moment(life.paid) for _, life in known), default=since)
    return Part(number, frame, max(since, newest), since + NAMED[named] - dt.timedelta(seconds=1))


def shown(lives, hours, span=SPANS[-1], named="day", platform="1688"):
    """The shop as its exports show it: no time of shipping or pick-up anywhere."""
    lasts = [max((hour for hour in hours if hour - span <= life.paid <= hour), default=None) for life in lives]
    rows = [
        {
            "order_id": f"o{order}",
            "kind": "cod" if life.cod else "spot",
            "created_at": moment(life.paid),
            "paid_at": moment(life.paid),
            "promised_ship_hours": life.promise,
            "status": life.status(lasts[order]),
            "tracking_no": f"T{order}" if life.second_scan is None else f"T{order},T{order}b",
        }
        for order, life in enumerate(lives)
        if lasts[order] is not None
    ]
    schema = {name: dtype for name, dtype in table_schema("orders").items() if name in rows[0]}
    seen = sightings([exported(number, lives, hour, span, named) for number, hour in enumerate(sorted(hours))])
    tables = {"orders": pl.DataFrame(rows, schema=schema), "sightings": seen.drop("_row")}
    return ShopTables(platform, "shop", tables, {"orders": moment(max(hours))})


def told(shop):
    """Bound → orders it calls certain: in time for the worst case, late for the best."""
    pack = rules().packs[shop.platform].pack
    facts = build(shop, fact_settings(pack, AS_OF.date(), ShopFile(), rules().machine), AS_OF)
    found = {}
    for definition in define(pack, AS_OF.date(), ShopFile()):
        if definition.metric.bound is not None:
            fate = "hit" if definition.metric.bound == "worst_case" else "miss"
            rows = evidence.rows(facts, definition, fate)
            found[definition.metric.id] = set(rows.get_column("order_id")) if rows.width else set()
    return found


@settings(PROFILE)
@given(LIVES, EXPORTS, st.sampled_from(SPANS), st.sampled_from([*NAMED]))
def test_what_a_bound_calls_certain_is_so(lives, hours, span, named):
    hours |= {max(life.paid for life in lives)}
    certain = told(shown(lives, hours, span, named))
    for name in BOUNDS:
        allowed = {f"o{n}": 48 if name == "pickup_48h" else life.promise or 48 for n, life in enumerate(lives)}
        for order in certain[f"{name}_worst_case"]:
            assert lives[int(order[1:])].in_time(allowed[order])
        for order in certain[f"{name}_best_case"]:
            assert not lives[int(order[1:])].in_time(allowed[order])
        assert not certain[f"{name}_worst_case"] & certain[f"{name}_best_case"]


@settings(PROFILE)
@given(LIVES, EXPORTS, st.sampled_from(SPANS), st.sampled_from([*NAMED]))
def test_what_jds_best_case_calls_late_is_late(lives, hours, span, named):
    hours |= {max(life.paid for life in lives)}
    certain = told(shown(lives, hours, span, named, "jd"))
    for order in certain["pickup_48h_best_case"]:
        assert not lives[int(order[1:])].in_time(48)


def test_jds_daily_exports_tell_who_still_waited():
    """JD's statuses tell of the click only: late for certain is who had not even been marked as shipped."""
    late = Life(paid=10, click=90, scan=1, second_scan=None, closed=None, promise=None, cod=False, shows_wait=False)
    silent = Life(paid=10, click=2, scan=90, second_scan=None, closed=None, promise=None, cod=False, shows_wait=False)
    certain = told(shown([late, silent], set(range(20, 270, 24)), platform="jd"))
    assert certain["pickup_48h_best_case"] == {"o0"}


@pytest.mark.parametrize("name", BOUNDS)
def test_daily_exports_tell_much(name):
    """The law above would hold of bounds that never say anything."""
    quick = Life(paid=10, click=2, scan=20, second_scan=None, closed=None, promise=None, cod=False, shows_wait=True)
    late = Life(paid=10, click=2, scan=90, second_scan=None, closed=None, promise=None, cod=False, shows_wait=True)
    silent = Life(paid=10, click=2, scan=20, second_scan=None, closed=None, promise=None, cod=False, shows_wait=False)
    certain = told(shown([quick, late, silent], set(range(20, 270, 24))))
    assert certain[f"{name}_worst_case"] == {"o0"}
    assert certain[f"{name}_best_case"] == {"o1"}
