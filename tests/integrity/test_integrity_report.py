"""From a shop's rows to what the report says of its data: how much rests on it, in how many lines."""

from __future__ import annotations

import datetime as dt

import pytest
from case_files import rules, shop_tables
from integrity_world import repeated
from rich.cells import cell_len

from shopscore.assess import assess
from shopscore.prepare import prepare
from shopscore.render import integrity as page
from shopscore.render.layout import room
from shopscore.ruleset.shopfile import ShopFile

AS_OF = dt.datetime(2026, 11, 23, 10)
ORDER = {"status": "shipped", "carrier": "yto", "region": "浙江"}


def orders(count, **changes):
    """Orders of one day, scanned eight hours after the click, each with a number of its own."""
    return [
        {
            **ORDER,
            "order_id": f"O{number:03d}",
            "buyer_id": f"B{number:03d}",
            "created_at": dt.datetime(2026, 11, 1 + number % 15, 9),
            "paid_at": dt.datetime(2026, 11, 1 + number % 15, 10),
            "shipped_at": dt.datetime(2026, 11, 1 + number % 15, 12),
            "picked_up_at": dt.datetime(2026, 11, 1 + number % 15, 20),
            "tracking_no": f"T{number:03d}",
            **changes,
        }
        for number in range(count)
    ]


def report(tables, shop=None, platform="tmall"):
    case = repeated({"tables": tables})
    found = shop_tables(platform, {}, case, AS_OF)
    return assess(prepare(found, ShopFile.model_validate(shop or {}), rules(), now=AS_OF, as_of=AS_OF))


@pytest.fixture
def fakes():
    rows = orders(60)
    for row in rows[:6]:
        row["picked_up_at"] = None
    for row in rows[10:14]:
        row |= {"tracking_no": "T050", "region": "广东"}
    return {"orders": rows}


def suspicion(shop, name):
    return next(each for each in shop.integrity if each.id == f"integrity.{name}")


def test_an_honest_shop_is_told_nothing():
    shop = report({"orders": orders(60)})
    assert shop.integrity == ()
    assert list(page.lines(shop, (), "en", 100)) == []


def test_suspicious_clicks_are_counted_on_the_bad_side_of_the_metric_they_flatter(fakes):
    shop = report(fakes)
    found = suspicion(shop, "click_without_scan")
    assert (found.suspicious, found.rows) == (6, 60)
    assert found.examples[0] == "O005"
    (recount,) = found.affects
    best = next(metric for metric in shop.metrics if metric.id == "tmall.pickup_48h_best_case")
    assert recount.metric == best.id
    assert recount.rows == 6
    assert recount.reported == best.measurement.value
    assert (recount.numerator, recount.denominator) == (best.measurement.numerator - 6, best.measurement.denominator)
    assert found.source == ("pickup-48h", "pickup-24h")


def test_borrowed_numbers_take_the_scans_with_them(fakes):
    (recount,) = suspicion(report(fakes), "tracking_reused").affects
    assert (recount.metric, recount.rows, recount.counted_as) == ("tmall.pickup_48h_rate", 5, "miss")
    assert recount.value < recount.reported


def test_a_suppressed_check_is_silent(fakes):
    quiet = {
        "suppressions": [
            {"metric": "integrity.tracking_reused", "reason": "r", "owner": "o", "expires": dt.date(2027, 1, 1)}
        ]
    }
    ids = {each.id for each in report(fakes, quiet).integrity}
    assert "integrity.tracking_reused" not in ids
    assert "integrity.click_without_scan" in ids
    assert not [each.en for each in report(fakes, quiet).warnings if "integrity" in each.en]


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_all_of_it_takes_a_few_lines_and_no_finding_falls_away_unsaid(fakes, lang, width):
    late = [
        dict(
            row,
            order_id=f"L{row['order_id']}",
            tracking_no=f"L{row['tracking_no']}",
            picked_up_at=dt.datetime(2026, 10, 1),
        )
        for row in orders(5)
    ]
    shop = report({"orders": [*fakes["orders"], *late]})
    assert len(shop.integrity) == 3
    lines = [line.text for line in page.lines(shop, (), lang, width)]
    assert 0 < len(lines) <= room(page.MOST_LINES, width)
    assert all(cell_len(line) <= width for line in lines)
    told = [line for line in lines if line.startswith("  - ")]
    page_of = (" " if lang == "en" else "").join(line.strip() for line in lines)
    if not all(format(each.todo, lang).rstrip(".。") in page_of for each in shop.integrity):
        *told, last = told
        assert "explain 'integrity.*'" in last
        assert len(told) == 3 or f"{3 - len(told)} " in last
    assert len(told) <= 3
    text = "\n".join(lines) + str(page.as_dicts(shop, lang))
    assert "B00" not in text
    text.encode("gb18030")


def test_a_table_of_another_zone_is_told_once_and_explains_the_impossible_orders():
    rows = orders(300)
    for number, row in enumerate(rows):
        row["picked_up_at"] = row["created_at"] + dt.timedelta(hours=2 + number % 30)
    shipments = [
        {
            "order_id": row["order_id"],
            "shipment_id": row["tracking_no"],
            "picked_up_at": row.pop("picked_up_at") - dt.timedelta(hours=8),
        }
        for row in rows
    ]
    shop = report({"orders": rows, "shipments": shipments})
    found = suspicion(shop, "shifted_hours")
    assert "8" in found.title.en
    assert "parcels" in found.title.en
    assert "包裹" in found.title.zh
    assert suspicion(shop, "impossible_times").explained_by == "integrity.shifted_hours"
    said = "\n".join(line.text for line in page.lines(shop, (), "en", 100))
    assert "8 hours earlier" in said
    assert "before their causes" not in said


def talk(agent, seconds, count=25):
    """Questions on days of their own, each answered by an agent after so many seconds."""
    lines = []
    for number in range(count):
        asked = dt.datetime(2026, 10, 25, 10) + dt.timedelta(days=number, minutes=number)
        about = {"session_id": f"{agent}{number}", "buyer_id": f"{agent}{number}", "agent_id": agent}
        lines += [
            {**about, "sender": "buyer", "sent_at": asked},
            {**about, "sender": "human", "sent_at": asked + dt.timedelta(seconds=seconds)},
        ]
    return lines


def test_answers_that_all_take_equally_long_are_not_said_to_take_two_seconds():
    shop = report({"orders": orders(60), "messages": talk("even", 7)})
    found = suspicion(shop, "instant_replies")
    assert found.suspicious == 25
    assert "equally long" in found.title.en
    assert "间隔一律" in found.title.zh


def test_nobody_is_said_to_have_closed_a_refund_of_which_the_export_does_not_tell_who_did():
    case = {"order_id": "O001", "kind": "refund_only", "status": "closed", "finished_at": dt.datetime(2026, 11, 9)}
    refunds = [
        {**case, "refund_id": "R1", "applied_at": dt.datetime(2026, 11, 8)},
        {**case, "refund_id": "R2", "applied_at": dt.datetime(2026, 11, 10), "finished_at": dt.datetime(2026, 11, 11)},
    ]
    found = suspicion(report({"orders": orders(60), "refunds": refunds}), "refund_reopened")
    assert found.suspicious == 1
    assert "shop" not in found.title.en
    assert "do not tell who" in found.honest.en
