"""What acting is worth, from exports to the report: the order, fixes together, evidence of advice, what worked."""

from __future__ import annotations

import shutil

import pytest
from end_to_end_world import SAMPLES, metrics, run, small_orders, small_scans, small_shop

APPLIED = """
applied:
  - {advice: SHIP-01, date: 2026-09-20}
  - {advice: 1688.SHIP-02, date: 2026-11-20}
  - {advice: SHIP-99, date: 2026-11-01}
"""


@pytest.fixture(scope="module")
def sample():
    (shop,) = run("audit", SAMPLES / "1688", "--format", "json", "--lang", "en").report["shops"]
    return shop


def test_every_shortfall_says_what_acting_is_worth_and_no_other_metric_does(sample):
    told = {name for name, metric in metrics(sample).items() if metric["acting"]}
    assert told == set(sample["shortfalls"])
    assert all(0 <= metrics(sample)[name]["acting"]["part"] <= 1 for name in told)


def test_a_gate_that_asks_for_four_items_names_all_four(sample):
    together = sample["together"]
    assert {step["metric"] for step in together["steps"]} == {
        "1688.ww_3min_rate", "1688.quality_refund_rate", "1688.ship_fulfil_rate", "1688.dispute_rate",
    }  # fmt: skip
    assert all(step["needed"] for step in together["steps"])
    assert (together["before"]["gates"], together["after"]["gates"]) == ([], ["weak_item"])
    assert together["sharing"]["events"] < together["sharing"]["apart"]


def test_advice_says_its_evidence(sample):
    said = {each["id"]: each["because_text"] for each in sample["advice"]}
    assert said["CHAT-01"].startswith("because 78% of the misses fall on 20:00-20:59")
    assert all(said.values())


def test_what_was_applied_is_judged_and_unknown_advice_is_warned_of(tmp_path):
    small_shop(tmp_path, shop__yaml=APPLIED)
    (shop,) = run("audit", tmp_path, "--format", "json", "--lang", "en").report["shops"]
    assert [(each["advice"], each["on"]) for each in shop["applied"]] == [
        ("SHIP-01", "2026-09-20"), ("SHIP-02", "2026-11-20"),
    ]  # fmt: skip
    assert shop["applied"][1]["outcome"] == "too_early"
    assert any("applied.SHIP-99" in warning for warning in shop["warnings"])
    text = run("audit", tmp_path, "-v", "--lang", "en").out
    assert "SHIP-02, applied on 2026-11-20: too early to tell before" in text


def aliexpress(folder, more=""):
    """The sample's AliExpress shop, with more said in its shop.yaml and no displayed whole."""
    shutil.copytree(SAMPLES / "aliexpress", folder)
    (file,) = folder.rglob("shop.yaml")
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    (shown,) = folder.rglob("platform_scores.csv")
    rows = shown.read_text("utf-8").splitlines(keepends=True)
    shown.write_text("".join(row for row in rows if ",service_score," not in row), "utf-8")
    (shop,) = run("audit", folder, "--format", "json", "--lang", "en").report["shops"]
    return shop


def test_points_that_lack_in_a_published_score_decide_which_comes_first(tmp_path):
    shop = aliexpress(tmp_path / "shop")
    lacking = {name: metrics(shop)[name]["acting"]["lacking"] for name in shop["shortfalls"]}
    assert list(lacking.items())[:2] == [("aliexpress.snad_dispute_rate", 7.0), ("aliexpress.dsr_description", 6.0)]
    assert list(lacking.values())[-3:] == [3.0, 3.0, 1.0]
    assert [metrics(shop)[name]["verdict"] for name in shop["shortfalls"][-3:]] == ["undecided"] * 3
    assert metrics(shop)[shop["shortfalls"][3]]["verdict"] == "fail"
    text = " ".join(run("audit", tmp_path / "shop", "-v", "--lang", "en").out.split())
    assert "its item is 7 short of full marks in the platform's score" in text


def test_gaps_closed_together_move_a_score_whose_items_have_names_of_their_own(tmp_path):
    typed = 'cutoffs:\n  snad_dispute_rate: {"8": 0.03, "15": 0.006}\n  dsr_description: {"24": 4.0, "30": 4.5}\n'
    shop = aliexpress(tmp_path / "shop", typed)
    together = shop["together"]
    assert {step["metric"] for step in together["steps"]} == {
        "aliexpress.snad_dispute_rate", "aliexpress.dsr_description",
    }  # fmt: skip
    assert (together["before"]["score"], together["after"]["score"]) == (79, 92)
    assert metrics(shop)["aliexpress.dsr_description"]["acting"]["score_points"] == 6


def first_page(folder, lang="en"):
    """What stands on the page that nobody asked for details of, as one line."""
    return ("" if lang == "zh-Hans" else " ").join(
        line.strip() for line in run("audit", folder, "--lang", lang).out.splitlines()
    )


def test_the_first_page_says_what_breaches_cost_though_no_target_is_known(tmp_path):
    small_shop(tmp_path, platform="pdd")
    page = first_page(tmp_path)
    assert "none of them judged yet" in page
    # 20 orders of 10.00 without a scan in time: 20 yuan each for the number, 3 yuan each for the delay.
    assert "Money at stake: Numbers scanned within 24 hours (the others are fake shipping): ¥400.00 for" in page
    assert "Orders shipped in time (late ones are compensated): ¥60.00 for what is missed" in page
    zh = first_page(tmp_path, "zh-Hans")
    assert "涉及金额：上传单号后 24 小时内有揽收（其余按虚假发货处理）：已超时的赔 ￥400.00" in zh


def test_money_stands_below_the_table_by_the_number_of_its_metric(tmp_path):
    small_shop(tmp_path, platform="pdd", shop__yaml='cutoffs:\n  on_time_ship_rate: {"4.5": 0.95}\n')
    assert "number 1: ¥60.00 for what is missed" in first_page(tmp_path)
    assert "Money at stake" not in first_page(SAMPLES / "1688")


def without_scans(folder, *lost):
    """A small Pinduoduo shop whose parcels are on their way, some of them without a scan."""
    head, *scans = small_scans(late=()).splitlines(keepends=True)
    kept = [scan for number, scan in enumerate(scans) if number not in lost]
    small_shop(folder, platform="pdd", orders=small_orders(status="shipped"), shipments="".join([head, *kept]))
    return first_page(folder)


def test_the_first_page_says_what_looks_wrong_and_what_the_platform_does_about_it(tmp_path):
    page = without_scans(tmp_path / "few", 20, 23, 26, 29, 32)
    assert "Parcels called shipped that no carrier has scanned: 5 of 60. If true: Fake shipping" in page
    assert "20 CNY an order" in page
    assert "Looks wrong" not in without_scans(tmp_path / "none")


def test_days_without_any_scan_are_told_as_such_and_accuse_nobody(tmp_path):
    page = without_scans(tmp_path, *range(20, 28))
    assert "Five parcels or more, one shipped after the other, without a scan: 8 of 60" in page
    assert "(late ones are compensated) 84.6% is 100% without them" in page
    assert "no carrier has scanned" not in page


def test_one_late_order_of_twelve_is_no_sure_failure(tmp_path):
    # The last eight of twenty have not reached their deadline.
    small_shop(
        tmp_path,
        platform="pdd",
        orders=small_orders(20),
        shipments=small_scans(20, late=(0,)),
        shop__yaml='cutoffs:\n  on_time_ship_rate: {"5": 0.99}\n',
    )
    (shop,) = run("audit", tmp_path, "--format", "json", "--lang", "en").report["shops"]
    found = metrics(shop)["pdd.on_time_ship_rate"]
    assert (found["numerator"], found["denominator"], found["verdict"]) == (11, 12, "likely_fail")
    assert round(found["by_chance"], 3) == 0.114
    text = " ".join(run("audit", tmp_path, "-v", "--lang", "en").out.split())
    assert "of 100 shops just at the target 11 would show as many by chance: this is likely fail" in text
    assert "碰巧" in run("audit", tmp_path, "-v", "--lang", "zh-Hans").out


def test_the_number_to_open_up_is_one_that_was_measured(tmp_path):
    traffic = "date,clicks,exposures\n" + "".join(f"2026-11-{day:02d},5,100\n" for day in range(1, 20))
    small_shop(tmp_path, platform="pdd", orders=None, shipments=None, traffic=traffic)
    assert "shopscore explain pdd.exposures PATH" in first_page(tmp_path)
