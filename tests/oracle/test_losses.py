"""What a random shop would have given whole lies in the room left by the rows it has lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from oracle import engine
from oracle.conftest import PROFILE
from oracle.strategies import shops
from shopscore.doubt import room
from shopscore.intervals.kinds import weighted
from shopscore.trust import TableLoss

MOST = 3


@st.composite
def shops_and_losses(draw):
    """A shop, one of its tables, and up to three rows of it that could not be read."""
    shop = draw(st.sampled_from(["tmall", "1688"]).flatmap(shops))
    table = draw(st.sampled_from([name for name, rows in shop.tables.items() if len(rows) > 1] or [None]))
    if table is None:
        return shop, shop, {}
    rows = shop.tables[table]
    gone = draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=min(MOST, len(rows) - 1)))
    kept = [row for number, row in enumerate(rows) if number not in gone]
    lost = {name: TableLoss(files=1, rows=len(each)) for name, each in shop.tables.items()}
    lost[table] = structs.replace(lost[table], lost=len(gone))
    return shop, replace(shop, tables={**shop.tables, table: kept}), lost


def outside(whole, read, lost):
    """The metrics whose whole value lies where the losses say it cannot, by metric."""
    found = {}
    then, now = engine.measure(whole), engine.measure(read)
    for metric, measured in now.items():
        true, seen = then[metric].measurement.value, measured.measurement.value
        definition = measured.definition
        if true is None or seen is None or any(weighted(definition, side) for side in definition.sides):
            continue
        space = room(definition, measured.sums, measured.sums, lost)
        if space is None:
            low, high = seen, seen
        elif space.certain is None or space.level != "good":
            continue
        else:
            low, high = space.certain
        if not low - 1e-9 <= true <= high + 1e-9:
            found[metric] = (true, seen, space)
    return found


@settings(PROFILE)
@given(shops_and_losses())
def test_the_whole_value_lies_in_the_room_that_losses_leave(drawn):
    assert outside(*drawn) == {}
