"""What stands beside the computed numbers: the platform's figures, entered scores, measures, other days' rules."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from end_to_end_world import metrics, run, small_shop, too_wide
from msgspec.structs import replace

from shopscore.render import explain as page

DASHBOARD = """date,metric,value,peer,goal
2026-11-14 00:00:00,1688.pickup_48h_rate,0.6,,
2026-11-17 00:00:00,1688.pickup_48h_rate,0.873,0.9,0.95
2026-11-17 00:00:00,ww_3min_rate,0.91,,
2026-11-17 00:00:00,no_such_name,1,,
"""
SHOP = """
shown: {pickup_48h_rate: 0.5, dispute_rate: 0.002, no_metric: 1}
switches: {pickup_48h_rate: {limit: h24}}
measures:
  - {date: 2026-11-06, what: 换快递, metric: pickup_48h_rate}
  - {date: 2026-11-17, what: just now, metric: pickup_48h_rate}
  - {date: 2026-11-07, what: wrong, metric: no_metric}
"""

APART = {"aliexpress.snad_dispute_rate": True, "aliexpress.online_rate_24h": False, "1688.pickup_48h_rate": False}
"""Metrics: whether two holidays keep the window before from being compared."""


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beside")
    small_shop(folder, platform_scores=DASHBOARD, shop__yaml=SHOP)
    return folder


@pytest.fixture(scope="module")
def one(beside):
    (shop,) = run("audit", beside, "--format", "json", "--lang", "en").report["shops"]
    return shop


def test_the_newest_figure_of_the_platform_stands_beside_the_value(one):
    shown = metrics(one)["1688.pickup_48h_rate"]["displayed"]
    assert (shown["value"], shown["date"], shown["origin"]) == (0.873, "2026-11-17", "platform_scores")
    assert (shown["peer"], shown["goal"], shown["differs"]) == (0.9, 0.95, True)
    assert [each["kind"] for each in shown["reasons"]] == ["other_day", "uncovered"]
    typed = metrics(one)["1688.dispute_rate"]["displayed"]
    assert (typed["value"], typed["date"], typed["origin"]) == (0.002, None, "shop.yaml")
    assert metrics(one)["1688.ship_fulfil_rate"]["displayed"] is None


def test_an_earlier_day_sees_an_earlier_figure(beside):
    (shop,) = run("audit", beside, "--format", "json", "--as-of", "2026-11-15").report["shops"]
    assert metrics(shop)["1688.pickup_48h_rate"]["displayed"]["date"] == "2026-11-14"


def test_names_that_mean_nothing_are_said(one):
    said = " ".join(one["warnings"])
    assert "no_such_name" in said
    assert "shown.no_metric" in said
    assert "measures.no_metric" in said


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "the platform shows 87.3% (2026-11-17), the exports give 64.3%"),
        ("zh-Hans", "平台显示 87.3% (2026-11-17)，导出数据算得 64.3%"),
    ],
)
def test_the_text_says_both_figures_and_keeps_its_width(beside, lang, line):
    done = run("audit", beside, "-v", "--lang", lang)
    assert line in done.out.replace("\n    ", " ").replace("  ", " ")
    assert not too_wide(done.out)


def test_the_reading_that_gives_the_figure_is_named(tmp_path):
    """Of 56 orders 24 hours old 36 were scanned in 24 hours; of 52 that are 48 hours old, 32 in 48."""
    small_shop(tmp_path, shop__yaml="shown: {pickup_48h_rate: 0.6429}\n")
    (shop,) = run("audit", tmp_path, "--format", "json", "--lang", "en").report["shops"]
    metric = metrics(shop)["1688.pickup_48h_rate"]
    assert metric["value"] == pytest.approx(32 / 52)
    reading = next(each for each in metric["displayed"]["reasons"] if each["kind"] == "switch")
    assert (reading["reading"], reading["value"]) == ("limit=h24", pytest.approx(36 / 56))
    assert "limit=h24" in run("audit", tmp_path, "-v", "--lang", "en").out


def test_a_figure_that_agrees_is_counted_and_not_told(tmp_path):
    small_shop(tmp_path, shop__yaml="shown: {pickup_48h_rate: 0.615}\n")
    done = run("audit", tmp_path, "-v", "--lang", "en")
    assert "figures that agree with what the platform shows: 1" in done.out
    assert "the platform shows 61.5%" not in done.out


def test_a_measure_is_judged_over_the_same_days_on_both_sides(one):
    first, late = one["effects"]
    # Before are Sunday to Thursday, so the same days after; the eleventh is a promotion and no day to compare with.
    assert (first["date"], first["verdict"], first["answer"]) == ("2026-11-06", "better", "worked")
    assert (first["days"], first["after"]["from"], first["after"]["to"]) == (4, "2026-11-08", "2026-11-12")
    assert first["before"]["value"] < 0.1
    assert first["interval"][0] > 0.5
    assert (late["verdict"], late["before"]) == ("too_little_data", None)


def test_days_after_the_next_measure_are_not_the_first_ones(tmp_path, one):
    small_shop(tmp_path, shop__yaml=SHOP.replace("2026-11-17, what: just now", "2026-11-10, what: 再换"))
    shop = run("audit", tmp_path, "--format", "json", "--lang", "en").report["shops"][0]
    first = shop["effects"][0]
    assert (first["until"], first["after"]["to"]) == ("2026-11-10", "2026-11-09")
    assert first["days"] < one["effects"][0]["days"]
    assert "days before the next measure of 11-10 only" in run("audit", tmp_path, "-v", "--lang", "en").out.replace(
        "\n    ", " "
    )


def test_why_a_measure_has_no_answer_is_said(tmp_path):
    asked = ["ww_3min_rate", "pickup_48h_rate"]
    lines = [
        f"  - {{date: 2026-11-{6 if name != 'pickup_48h_rate' else 25:02}, what: x, metric: {name}}}" for name in asked
    ]
    small_shop(tmp_path, shop__yaml="\n".join(["measures:", *lines, ""]))
    shop = run("audit", tmp_path, "--format", "json", "--lang", "en").report["shops"][0]
    lacking = {each["metric"].split(".")[1]: each["lacking"] for each in shop["effects"]}
    assert lacking["pickup_48h_rate"] == "no_day_yet"
    assert lacking["ww_3min_rate"] == "not_counted"
    said = run("audit", tmp_path, "-v", "--lang", "zh-Hans").out.replace("\n    ", "")
    assert "之后还没有已过完、已定论的日子" in said
    assert "文件里没有它的逐日数据" in said


def test_a_measure_is_told_where_its_metric_is_opened_up(beside):
    assert "换快递" in run("explain", "1688.pickup_48h_rate", beside, "--lang", "en").out
    assert "换快递" not in run("explain", "1688.ship_fulfil_rate", beside, "--lang", "en").out


def test_readings_in_use_are_named(beside, one):
    (chosen,) = metrics(one)["1688.pickup_48h_rate"]["chosen"]
    assert (chosen["switch"], chosen["option"]) == ("limit", "h24")
    assert "(limit: h24)" in run("audit", beside, "-v", "--lang", "en").out
    opened = run("explain", "1688.pickup_48h_rate", beside, "--lang", "en").out
    assert "orders: Which orders stand below the line: all" in opened


# ── the rules of two days ────────────────────────────────────────────────────────────────────────────────────────


def chats():
    """A buyer a day who asks at half past eight and is answered a minute later."""
    lines = ["session_id,buyer_id,agent_id,sender,sent_at"]
    for day in range(1, 29):
        who = f"S{day},buyer {day},"
        lines += [f"{who},buyer,2026-10-{day:02} 10:30:00", f"{who}甲,human,2026-10-{day:02} 10:31:00"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def two_days(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    small_shop(folder, platform="tmall", messages=chats())
    words = ("audit", folder, "--as-of", "2026-10-29", "--lang", "en")
    return folder, {
        days: run(*words, "--format", "json", "--rules-as-of", days)
        for days in ("2023-05-26", "2023-05-28", "2023-05-26,2023-05-28")
    }


def test_the_last_of_two_days_judges_and_the_other_stands_beside_it(two_days):
    _, done = two_days
    (before,), (now,), (both,) = (each.report["shops"] for each in done.values())
    old, new, shown = (metrics(shop)["tmall.ww_3min_rate"] for shop in (before, now, both))
    assert (old["status"], new["status"]) == ("measured", "too_few")
    assert {name: shown[name] for name in new if name != "under"} == {
        name: value for name, value in new.items() if name != "under"
    }
    (under,) = shown["under"]
    assert (under["day"], under["status"], under["value"]) == ("2023-05-26", "measured", old["value"])
    assert under["note"]
    assert old["under"] == new["under"] == []


def test_only_what_differs_has_another_value_beside_it(two_days):
    _, done = two_days
    (shop,) = done["2023-05-26,2023-05-28"].report["shops"]
    assert metrics(shop)["tmall.pickup_48h_rate"]["under"] == []
    assert json.loads(done["2023-05-28"].out)["audit_id"] != json.loads(done["2023-05-26,2023-05-28"].out)["audit_id"]


@pytest.mark.parametrize("much", [[], ["-v"]])
def test_the_text_sets_the_two_side_by_side(two_days, much):
    folder, _ = two_days
    words = ("--as-of", "2026-10-29", *much, "--lang", "en", "--rules-as-of", "2023-05-26,2023-05-28")
    done = run("audit", folder, *words)
    assert "What the change of rules does to this shop" in done.out
    assert "2023-05-26" in done.out
    assert "fewer than 100 rounds are not assessed" in done.out
    assert not too_wide(done.out)


@pytest.mark.parametrize("days", ["2023-05-26,2023-05-27,2023-05-28", "2023-05-26,2023-05-26", "2023-05-26,x"])
def test_days_that_cannot_be_set_side_by_side_are_refused(days):
    done = run("audit", ".", "--rules-as-of", days)
    assert done.code == 2
    assert "--rules-as-of" in done.err


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "cannot be said: 11.11, National Day 2026 make the two too unlike to compare"),
        ("zh", "无法判断比上期是否变差：受双 11，2026 年国庆节影响，两期不可比"),
    ],
)
def test_special_days_that_leave_unsaid_whether_a_metric_got_worse_are_named(explanation, lang, said):
    texts = {
        name: " ".join(line.text for line in page.render(replace(explanation, definitions=(each,)), lang, 1000))
        for each in explanation.definitions
        if (name := each.id) in APART
    }
    assert {name: said in text for name, text in texts.items()} == APART


@pytest.mark.parametrize(("days", "worse"), [(33, ""), (60, "true")])
def test_a_month_of_which_three_days_are_known_is_not_what_a_shop_was_like(tmp_path, days, worse):
    folder, first = tmp_path / "1688" / "s", dt.datetime(2026, 9, 20) - dt.timedelta(days=days)
    folder.mkdir(parents=True)
    rows = ["order_id,created_at,paid_at,picked_up_at,kind,status"]
    for at in range(days * 30):
        paid = first + dt.timedelta(hours=0.8 * at)
        late = paid >= dt.datetime(2026, 8, 21) and at % 5 == 0
        rows.append(f"O{at},{paid},{paid},{paid + dt.timedelta(hours=60 if late else 5)},spot,finished")
    (folder / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
    (shop,) = run("audit", tmp_path, "--as-of", "2026-09-20T00:00", "--format", "json").report["shops"]
    (advice,) = (each for each in shop["advice"] if each["id"] == "SHIP-01")
    assert dict(advice["because"])["worse"] == worse
