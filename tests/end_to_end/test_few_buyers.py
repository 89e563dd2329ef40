"""A segment that few buyers stand behind is not named, however many rows it has."""

from __future__ import annotations

import pytest
from end_to_end_world import run, small_orders, small_scans, small_shop

from shopscore import history

LATE = range(30)


def orders(buyers):
    """The late orders are of a product of their own, which so many buyers bought."""
    lines = small_orders(count=80).splitlines()
    head = lines[0].split(",")
    for at in LATE:
        row = dict(zip(head, lines[at + 1].split(","), strict=True))
        row |= {
            "product_id": "77",
            "sku": "Z",
            "warehouse": "乙仓",
            "buyer_id": f"collector {at % buyers}" if buyers else "",
        }
        lines[at + 1] = ",".join(row[name] for name in head)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("buyers", "is_named"), [(1, False), (4, False), (5, True), (0, True)])
def test_a_product_of_few_buyers_is_no_cause_that_is_told(tmp_path, buyers, is_named):
    small_shop(tmp_path, orders=orders(buyers), shipments=small_scans(count=80, late=LATE))
    done = run("audit", tmp_path, "--format", "json", "--as-of", "2026-11-25T10:00")
    (shop,) = done.report["shops"]
    told = {
        (each["dimension"], each["segment"])
        for metric in shop["metrics"]
        for each in metric["drivers"]
        if metric["id"] == "1688.pickup_48h_rate"
    }
    assert (("product_id", "77") in told or ("warehouse", "乙仓") in told) == is_named, told
    # Nor does what it carries for a later audit name them.
    assert ('"segment": "77"' in done.out or "乙仓" in done.out) == is_named


@pytest.mark.parametrize(("buyers", "is_named"), [(1, False), (4, False), (5, True), (0, True)])
def test_a_history_keeps_no_name_of_a_segment_of_few_buyers(tmp_path, buyers, is_named):
    shop, place = tmp_path / "shop", str(tmp_path / "nights.db")
    shop.mkdir()
    small_shop(shop, orders=orders(buyers), shipments=small_scans(count=80, late=LATE))
    run("audit", shop, "--history", place, "--as-of", "2026-11-25T10:00")
    (one,) = history.load(place, "last").shops
    (late,) = [each for each in one.metrics if each.id == "1688.pickup_48h_rate"]
    kept = {(name, each.segment): each.rows for name, counts in late.cells.dimensions for each in counts}
    assert (("product_id", "77") in kept) == (("warehouse", "乙仓") in kept) == is_named
    # What is not named stands with the rest: no row is lost.
    assert sum(rows for (name, _), rows in kept.items() if name == "warehouse") == late.measurement.rows[1]


@pytest.mark.parametrize(("buyers", "is_named"), [(1, False), (5, True)])
def test_a_number_that_is_opened_up_tells_small_segments_as_one(tmp_path, buyers, is_named):
    small_shop(tmp_path, orders=orders(buyers), shipments=small_scans(count=80, late=LATE))
    asked = (
        "explain",
        "1688.pickup_48h_rate",
        tmp_path,
        "--as-of",
        "2026-11-25T10:00",
        "--lang",
        "en",
        "--width",
        "120",
    )
    (line,) = (line for line in run(*asked).out.splitlines() if line.strip().startswith("- product:"))
    assert ("77 0% (0/30)" in line) == is_named
    assert ("(all others) 0% (0/30)" in line) != is_named
