"""Looking from an earlier day: later events are not used, and a status of that day is not made up."""

from __future__ import annotations

import datetime as dt

import pytest
from end_to_end_world import DAY, HEADERS, SHOPS, metrics, run, small_orders, small_scans, small_shop

from shopscore.catalog import load
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile

AS_OF = dt.datetime(2026, 11, 10, 12, 0)


@pytest.fixture(scope="module")
def earlier(sample):
    done = run("audit", sample, "--format", "json", "--lang", "en", "--as-of", "2026-11-10T12:00")
    assert (done.code, done.err) == (0, "")
    return done.report


def frozen(platform):
    pack = load().packs[platform].pack
    return {each.id for each in define(pack, AS_OF.date(), ShopFile()) if each.in_force and each.frozen}


def test_every_shop_is_judged_at_the_moment_asked_for(earlier):
    """Each on its own clock: noon in Los Angeles is not noon in Shanghai."""
    moments = {shop["timezone"]: shop["as_of"] for shop in earlier["shops"]}
    assert moments == {"America/Los_Angeles": "2026-11-10T12:00:00-08:00", "Asia/Shanghai": "2026-11-10T12:00:00+08:00"}
    assert len(earlier["shops"]) == len(SHOPS)
    for shop in earlier["shops"]:
        for metric in shop["metrics"]:
            if metric["window"]:
                # A snapshot is of the day itself; every other window ends before it.
                of_the_day = metric["window"]["from"] == "2026-11-10"
                assert of_the_day or metric["window"]["to"] < "2026-11-10", metric["id"]
                assert all(day["day"] <= metric["window"]["to"] for day in metric["trend"]), metric["id"]
        assert all(due["deadline"] > "2026-11-10T12:00:00" for due in shop["due"])
        assert shop["warnings"], "nothing says that this is a view of the past"


def test_what_needs_a_status_of_that_day_is_not_covered(earlier):
    for shop in earlier["shops"]:
        found = metrics(shop)
        needing = frozen(shop["platform"]) & set(found)
        assert needing, "no metric of this pack needs a status"
        for name in needing:
            assert found[name]["status"] in {"not_covered", "no_table"}, name
            assert found[name]["value"] is None, name
            assert found[name]["verdict"] == "not_measured", name


def test_most_metrics_are_still_measured(earlier):
    for shop in earlier["shops"]:
        assert sum(metric["value"] is not None for metric in shop["metrics"]) >= 5


def test_a_moment_after_the_newest_event_waits_for_nothing(sample):
    done = run("audit", sample / "1688", "--format", "json", "--as-of", "2026-12-31")
    assert done.code == 0
    assert done.report["shops"][0]["as_of"] == "2026-12-31T23:59:59+08:00"


def test_a_moment_before_all_data_is_a_report_without_values(sample):
    done = run("audit", sample / "1688", "--format", "json", "--as-of", "2020-01-01T00:00")
    assert done.code == 0, done.err
    counted = [metric for metric in done.report["shops"][0]["metrics"] if metric["kind"] not in {"composite", "none"}]
    assert [metric["id"] for metric in counted if metric["value"] is not None] == []


def test_files_cut_at_that_moment_say_the_same_as_files_that_go_on(tmp_path):
    """Rows born later taken out and later events blanked by hand: what blanking by ``as_of`` must come to."""
    small_shop(tmp_path / "whole")
    # An order and a scan happen at this very moment, so that the cut files too are known to reach it.
    moment = DAY + dt.timedelta(days=9)

    def cut(text, born):
        head, *rows = text.splitlines()
        kept = [row.split(",") for row in rows if born(row.split(",")) <= str(moment)]
        blanked = [["" if cell[:4] == "2026" and cell > str(moment) else cell for cell in row] for row in kept]
        return "\n".join([head, *(",".join(row) for row in blanked)]) + "\n"

    paid = HEADERS["orders"].split(",").index("paid_at")
    orders = cut(small_orders(), lambda row: row[paid])
    known = {row.split(",")[0] for row in orders.splitlines()}
    scans = "\n".join(row for row in cut(small_scans(), lambda _: "").splitlines() if row.split(",")[0] in known)
    small_shop(tmp_path / "cut", orders=orders, shipments=scans + "\n")
    found = []
    for folder in ("whole", "cut"):
        done = run("audit", tmp_path / folder, "--format", "json", "--as-of", f"{moment:%Y-%m-%dT%H:%M}")
        assert done.code == 0, done.err
        found.append(metrics(done.report["shops"][0]))
    picked = [each["1688.pickup_48h_rate"] for each in found]
    assert picked[0]["pending"] > 0
    assert picked[0]["numerator"] > 0
    for key in ("numerator", "denominator", "pending", "unknown", "excluded", "trend", "value"):
        assert picked[0][key] == picked[1][key], key


def test_rules_of_an_earlier_day_are_the_versions_of_that_day(sample, report):
    done = run("audit", sample / "1688", "--format", "json", "--lang", "en", "--rules-as-of", "2022-06-01")
    assert done.code == 0, done.err
    (then,) = done.report["shops"]
    now = next(shop for shop in report["shops"] if shop["platform"] == "1688")
    badge = "1688.ww_3min_rate_before_202211"
    assert metrics(now)[badge]["status"] == "not_applicable"
    assert metrics(then)[badge]["status"] not in {"not_applicable", "error"}
    assert then["as_of"] == now["as_of"], "only the rules are of that day"
    assert done.report["audit_id"] != report["audit_id"]


def test_the_rules_of_the_day_of_the_data_are_the_default(sample, json_text, report):
    done = run("audit", sample, "--format", "json", "--lang", "en", "--rules-as-of", "2026-11-22")
    assert done.report["shops"] == report["shops"]
    assert done.out != json_text, "the audit's id must tell a day of rules that was asked for"


def test_days_whose_orders_are_missing_are_not_covered(tmp_path):
    rows = [line for line in small_orders(600).splitlines() if line]
    # Thirty-six orders a day, and three days of them lost between two exports.
    busy = [
        line.replace(line.split(",")[0], f"{line.split(',')[0]}{copy}", 1) for line in rows[1:80] for copy in range(9)
    ]
    kept = [line for line in busy if not any(f"2026-11-{day:02}" in line.split(",")[3] for day in (9, 10, 11))]
    small_shop(tmp_path, orders="\n".join([rows[0], *kept]) + "\n", shipments=None)
    done = run("audit", tmp_path, "--format", "json", "--lang", "en")
    window = metrics(done.report["shops"][0])["1688.pickup_48h_best_case"]["window"]
    # Twenty days with orders, less three.
    assert window == {"from": "2026-10-22", "to": "2026-11-20", "covered_days": 17}
    (note,) = done.report["inputs"][0]["notes"]
    assert (note["reason"], note["count"]) == ("gap", 3)
    text = run("audit", tmp_path, "--format", "text", "-v", "--lang", "en").out
    assert "2026-11-09..2026-11-11" in " ".join(text.split())
