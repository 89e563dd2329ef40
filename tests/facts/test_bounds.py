"""Where no time says when an order was shipped and picked up, exports of several days say between which moments."""

from __future__ import annotations

import pytest
from facts_world import LATE, Settings, at, shop

from shopscore.facts import build

ORDER = {"order_id": "1", "created_at": "11-01 08:00", "paid_at": "11-01 09:00", "tracking_no": "T1"}
SEEN = {
    "order_id": "1",
    "shipped_after": "11-01 10:00",
    "shipped_by": "11-02 23:59:59",
    "picked_up_after": "11-02 10:00",
    "picked_up_by": "11-03 23:59:59",
}
NAMES = ("shipped_after", "shipped_by", "picked_up_after", "picked_up_by")


def bounds(order=None, seen=None, as_of=LATE, **tables):
    sightings = {"sightings": [SEEN | (seen or {})]} if seen is not None else {}
    built = build(shop(orders=[ORDER | (order or {})], **sightings, **tables), Settings(), as_of)
    return built.frames["orders"].select(NAMES).collect().row(0)


def times(*texts):
    return tuple(map(at, texts))


ALL = times(*(SEEN[name] for name in NAMES))
NONE = times(None, None, None, None)


def test_without_sightings_there_are_no_bounds():
    assert bounds() == NONE


def test_bounds_are_those_of_the_exports():
    assert bounds(seen={}) == ALL


def test_a_known_time_makes_its_bounds_blank():
    assert bounds({"shipped_at": "11-02 09:00"}, {}) == times(None, None, *(SEEN[name] for name in NAMES[2:]))
    assert bounds({"picked_up_at": "11-02 20:00"}, {}) == times(*(SEEN[name] for name in NAMES[:2]), None, None)
    scanned = [{"order_id": "1", "shipment_id": "P", "picked_up_at": "11-02 20:00"}]
    assert bounds(seen={}, shipments=scanned)[2:] == NONE[2:]


@pytest.mark.parametrize("numbers", [None, "T1,T2", "T1;T2"])
def test_one_status_does_not_speak_for_several_parcels_or_none(numbers):
    assert bounds({"tracking_no": numbers}, {}) == (*ALL[:3], None)


def test_a_parcel_listed_with_the_carriers_counts():
    listed = [{"order_id": "1", "shipment_id": number} for number in ("P", "Q")]
    assert bounds(seen={}, shipments=listed[:1]) == ALL
    assert bounds(seen={}, shipments=listed) == (*ALL[:3], None)


def test_an_order_that_waited_for_its_carrier_and_has_gone_on_was_picked_up_between():
    waited = {"picked_up_by": None, "waiting_after": "11-02 10:00", "waiting_by": "11-03 12:00"}
    assert bounds(seen=waited)[3] == at("11-03 12:00")
    assert bounds(seen=waited | {"waiting_after": None})[3] is None
    assert bounds(seen=waited | {"picked_up_by": "11-03 11:00"})[3] == at("11-03 11:00")


@pytest.mark.parametrize(
    "against",
    [
        {"shipped_after": "11-02 23:59:59"},
        {"picked_up_by": "11-02 10:00"},
        {"waiting_after": "11-03 12:00", "waiting_by": "11-03 11:59:59"},
    ],
)
def test_exports_that_contradict_each_other_about_an_order_are_not_believed(against):
    assert bounds(seen=against) == NONE


def test_an_export_of_later_than_the_moment_asked_for_does_not_exist_yet():
    assert bounds(seen={}, as_of=at("11-03 12:00")) == (*ALL[:3], None)
    assert bounds(seen={}, as_of=at("11-01 12:00")) == (ALL[0], None, None, None)


def test_bounds_change_nothing_else_of_an_order():
    orders = [ORDER | {"order_id": "1"}, ORDER | {"order_id": "2"}]
    plain = build(shop(orders=orders), Settings(), LATE).frames["orders"].drop(NAMES).collect()
    seen = build(shop(orders=orders, sightings=[SEEN]), Settings(), LATE).frames["orders"].collect()
    assert seen.drop(NAMES).equals(plain)
    assert seen.select(NAMES).rows() == [ALL, NONE]
