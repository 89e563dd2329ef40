"""Gates, what is set aside, and two audits side by side, as a cron job meets them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from end_to_end_world import metrics, run, small_orders, small_scans, small_shop, spawn

from shopscore import diff, saved
from shopscore.render import letter

PICKED = "1688.pickup_48h_rate"
OWN = """\
suppressions:
  - {metric: pickup_48h_rate, reason: 换仓库, owner: 李, expires: 2026-12-31}
"""


@pytest.fixture
def shop(tmp_path):
    small_shop(tmp_path / "exports")
    return tmp_path / "exports"


def written(folder, path, **files):
    """An audit of a small shop as a JSON file."""
    small_shop(folder, **files)
    done = run("audit", folder, "--format", "json", "--output", path, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    return path


# ── gates ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_fired_is_said_on_stderr_with_why(shop):
    done = run("audit", shop, "--lang", "en", "--fail-on", "level:fail", "--fail-on", "error,metric:1688.pickup_*")
    assert done.code == 1
    first, second = done.err.splitlines()
    assert first.startswith("--fail-on level:fail: 1688/小店: ")
    assert second.startswith("--fail-on metric:1688.pickup_*: 1688/小店: ")
    assert "Picked up within 48 hours" in second
    assert "(needs >= " in second
    assert "FAIL" in second
    chinese = run("audit", shop, "--lang", "zh-Hans", "--fail-on", "fail")
    assert "48H揽收率" in chinese.err
    assert "不达标" in chinese.err


def test_exit_zero_says_it_and_ends_in_0(shop):
    done = run("audit", shop, "--fail-on", "fail", "--exit-zero", "--lang", "en")
    assert done.code == 0
    assert "level:fail" in done.err


def test_quiet_still_writes_the_file_it_was_asked_for(shop, tmp_path):
    out = tmp_path / "report.txt"
    done = run("audit", shop, "--fail-on", "error", "--quiet", "--output", out)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert out.read_text(encoding="utf-8")


def test_a_gate_that_asks_for_evidence_fails_where_there_is_too_little(tmp_path):
    small_shop(tmp_path, shipments=small_scans(late=(3,)))
    report = run("audit", tmp_path, "--format", "json").report
    assert metrics(report["shops"][0])[PICKED]["verdict"] in ("undecided", "likely_pass")
    (tmp_path / "1688" / "小店" / "shop.yaml").write_text("fail_on: [likely_fail]\n", encoding="utf-8")
    assert run("audit", tmp_path, "--fail-on", "evidence:likely", "--lang", "en").code == 0
    (tmp_path / "1688" / "小店" / "shop.yaml").unlink()
    done = run("audit", tmp_path, "--fail-on", "evidence:likely", "--lang", "en")
    assert (done.code == 1) == any(metric["verdict"] == "undecided" for metric in report["shops"][0]["metrics"])


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ("level:pass", "--fail-on level:pass: not known; write one of level:fail, "),
        ("metric:1688.nothing", "--fail-on metric:1688.nothing: no such metric in this report"),
        ("regression", "--fail-on regression: worse than which audit? Give --history PATH"),
    ],
)
def test_a_gate_that_cannot_be_is_a_sentence(shop, gate, said):
    done = run("audit", shop, "--fail-on", gate)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)


def test_a_shop_may_ask_for_less_or_for_more(shop):
    place = shop / "1688" / "小店" / "shop.yaml"
    place.write_text("fail_on: []\n", encoding="utf-8")
    assert run("audit", shop, "--fail-on", "fail").code == 0
    place.write_text(f"fail_on: [metric:{PICKED}]\n", encoding="utf-8")
    done = run("audit", shop, "--lang", "en")
    assert done.code == 1
    assert done.err.startswith(f"--fail-on metric:{PICKED}: 1688/小店: ")
    assert done.out == run("audit", shop, "--lang", "en", "--exit-zero").out
    place.write_text("fail_on: [error, often]\n", encoding="utf-8")
    refused = run("audit", shop)
    assert refused.code == 2
    assert "shop.yaml:1" in refused.err
    assert "write one of level:fail" in refused.err


# ── what is set aside ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_set_aside_fires_nothing_and_is_always_shown(shop):
    (shop / "1688" / "小店" / "shop.yaml").write_text(OWN, encoding="utf-8")
    done = run("audit", shop, "--fail-on", f"metric:{PICKED}", "--lang", "zh-Hans")
    assert (done.code, done.err) == (0, "")
    assert "已搁置：48H揽收率（换仓库；李，至 2026-12-31）" in done.out
    report = run("audit", shop, "--format", "json").report
    aside = {"metric": PICKED, "reason": "换仓库", "owner": "李", "expires": "2026-12-31"}
    assert report["shops"][0]["set_aside"] == [aside]
    assert PICKED not in report["shops"][0]["shortfalls"]


def test_what_was_set_aside_comes_back_when_its_time_is_over(shop):
    (shop / "1688" / "小店" / "shop.yaml").write_text(OWN.replace("2026-12-31", "2026-11-02"), encoding="utf-8")
    done = run("audit", shop, "--fail-on", f"metric:{PICKED}", "--lang", "en")
    assert done.code == 1
    assert "expired on 2026-11-02" in done.out
    assert "Set aside" not in done.out


@pytest.mark.parametrize("missing", ["reason: 换仓库, ", "owner: 李, ", ", expires: 2026-12-31"])
def test_setting_aside_needs_a_reason_an_owner_and_a_day(shop, missing):
    place = shop / "1688" / "小店" / "shop.yaml"
    assert missing in OWN
    place.write_text(OWN.replace(missing, ""), encoding="utf-8")
    done = run("audit", shop)
    assert done.code == 2
    assert f"suppressions.0: the key '{missing.strip(', ').split(':')[0]}' is missing" in done.err
    place.write_text(OWN.replace("换仓库", '" "'), encoding="utf-8")
    assert run("audit", shop).code == 2


# ── two audits ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def two(tmp_path):
    """The small shop before and after two thirds of its parcels became late."""
    good = written(tmp_path / "good", tmp_path / "good.json", shipments=small_scans(late=range(6)))
    bad = written(tmp_path / "bad", tmp_path / "bad.json", shipments=small_scans(late=range(40)))
    return good, bad


def test_what_got_worse_stands_first_and_what_got_better_below(two):
    done = run("diff", *two, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("小店 | 1688 | 2026-11-")
    assert lines[1].endswith(" worse, 0 better, 0 the same or within chance")
    assert lines[3] == "Worse"
    assert any("Picked up within 48 hours" in line and "->" in line for line in lines)
    back = run("diff", *reversed(two), "--lang", "zh-Hans")
    assert "变差\n" not in back.out
    assert "\n变好：" in back.out


def test_a_comparison_as_json(two, tmp_path):
    told = json.loads(run("diff", *two, "--format", "json").out)
    (shop,) = told["shops"]
    by_id = {change["id"]: change for change in shop["regressions"]}
    change = by_id[PICKED]
    assert change["after"]["value"] - change["before"]["value"] == change["difference"] < 0
    assert change["interval"][0] <= change["difference"] <= change["interval"][1] < 0
    assert set(change["because"]) <= {"verdict", "value"}
    assert shop["comparable"]
    assert run("diff", *two, "--format", "json", "--output", tmp_path / "d.json").out == ""
    assert json.loads((tmp_path / "d.json").read_text(encoding="utf-8")) == told


def of_carriers(path, slow, slow_late):
    """A small shop of 120 orders of which ``slow`` went by 乙运 and ``slow_late`` of these were late."""
    orders, parcels = (text.splitlines() for text in (small_orders(120), small_scans(120, late=())))
    for at in range(slow):
        row = 1 + at * 120 // slow
        orders[row] = orders[row].replace("甲运", "乙运")
        parcels[row] = parcels[row].replace("甲运", "乙运")
        if at < slow_late:
            number, carrier, tracking, picked, arrived = parcels[row].split(",")
            late = dt.datetime.fromisoformat(picked) + dt.timedelta(days=2)
            parcels[row] = ",".join((number, carrier, tracking, str(late), arrived))
    small_shop(path, orders="\n".join(orders) + "\n", shipments="\n".join(parcels) + "\n")
    return path


@pytest.mark.parametrize("kind", ["json", "html"])
def test_two_files_tell_what_a_change_came_from_as_a_history_does(tmp_path, kind):
    files = [tmp_path / f"{night}.{kind}" for night in (1, 2)]
    nights = ("--history", tmp_path / "nights.db")
    for path, slow_late in zip(files, (4, 36), strict=True):
        shop = of_carriers(tmp_path / path.stem, 40, slow_late)
        assert run("audit", shop, "--format", kind, "--output", path).code == 0
        assert run("audit", shop, *nights).code == 0
    told = [json.loads(run("diff", *words, "--format", "json").out) for words in (files, ("previous", "last", *nights))]
    assert told[0]["shops"] == told[1]["shops"]
    change = {each["id"]: each["change"] for each in told[0]["shops"][0]["regressions"]}[PICKED]
    assert (change["dimension"], change["mix"]) == ("carrier", 0)
    assert change["rate"] == pytest.approx(change["difference"])
    assert "乙运" in run("diff", *files, "--lang", "zh-Hans").out


def test_a_regression_can_be_asked_for(two):
    assert run("diff", *two, "--fail-on", "regression").code == 1
    assert run("diff", *reversed(two), "--fail-on", "regression").code == 0
    same = run("diff", two[0], two[0], "--fail-on", "regression", "--lang", "en")
    assert same.code == 0
    assert same.out.startswith("this is the same audit twice\n")
    assert run("diff", *two, "--fail-on", "weather").code == 2


def test_an_export_that_is_added_fires_no_gate_and_is_told_as_new(tmp_path):
    paths = [tmp_path / f"{night}.json" for night in ("without", "with")]
    nights = ("--history", tmp_path / "nights.db", "--fail-on", "regression", "--lang", "en", "--no-cache")
    for path, parcels in zip(paths, (None, small_scans(late=range(50))), strict=True):
        small_shop(tmp_path / "exports", shipments=parcels)
        done = run("audit", tmp_path / "exports", *nights)
        assert done.code == 0, done.err
        assert run("audit", tmp_path / "exports", "--format", "json", "--output", path).code == 0
    new = done.out.partition("\nNot measured before, and failing\n")[2]
    assert "  - Picked up within 48 hours" in new
    assert run("diff", *paths, "--fail-on", "regression").code == 0
    (told,) = json.loads(run("diff", *paths, "--format", "json").out)["shops"]
    assert (told["regressions"], PICKED in [each["id"] for each in told["new"]]) == ([], True)
    told = run("diff", *paths, "--lang", "zh-Hans").out
    assert "此前未测得，现不达标\n" in told
    assert "变差\n" not in told
    assert f"\tnew\tmetric\t{PICKED}\t" in run("diff", *paths, "--plain").out


@pytest.mark.parametrize(("first", "fires"), [("good", True), ("bad", False)])
def test_a_night_without_an_export_hides_no_regression(tmp_path, first, fires):
    good, bad = small_scans(late=range(2)), small_scans(late=range(50))
    nights = ("--history", tmp_path / "nights.db", "--lang", "en", "--no-cache")
    for night, parcels in enumerate((good if first == "good" else bad, None, bad)):
        (small_shop(tmp_path / "exports", shipments=good) / "shipments.csv").unlink()
        small_shop(tmp_path / "exports", shipments=parcels)
        asked = ("--as-of", f"2026-11-{19 + night}", "--fail-on", "regression")
        done = run("audit", tmp_path / "exports", *nights, *asked)
    assert done.code == int(fires), done.err
    assert ("worse than before" in done.err) == fires
    assert "Not measured before" not in done.out
    worse = done.out.partition("\nWorse\n")[2].partition("\n\n")[0]
    assert ("last measured 2026-11-19" in " ".join(worse.split())) == fires
    # Two audits that are named are these two.
    assert "Not measured before" in run("diff", "previous", "last", *nights[:4]).out


def test_a_message_calls_new_what_is_new_and_gone_what_is_gone(tmp_path):
    reports = []
    for night, parcels in (("without", None), ("with", small_scans(late=range(50)))):
        path = written(tmp_path / night, tmp_path / f"{night}.json", shipments=parcels)
        reports.append(saved.read(path.read_text(encoding="utf-8"), "report"))
    for pair, said in ((reports, "Judged now: "), (reports[::-1], "No longer judged: ")):
        since = {"1688/小店": diff.compare(*pair).shops[0]}
        sent = letter.render(pair[1], since, pair[1].shops, None, "en")
        (line,) = [line for line in sent.shops[0].lines if line.startswith(said)]
        assert "Picked up within 48 hours" in line
        assert "not judged" in line
        assert not any("within chance" in line or "worse" in line for line in sent.shops[0].lines)
        assert sent.event == "change"


def test_other_shops_are_not_compared_unless_asked_for(two, tmp_path):
    small_shop(tmp_path / "other", shop="大店")
    run("audit", tmp_path / "other", "--format", "json", "--output", tmp_path / "other.json")
    done = run("diff", two[0], tmp_path / "other.json", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "1688/大店: these audits are not alike: shop 小店 and 大店; with --force they are compared all the same\n"
    )
    forced = run("diff", two[0], tmp_path / "other.json", "--lang", "en", "--force")
    assert forced.code == 0
    assert "! not alike: shop 小店 and 大店" in forced.out


def test_other_rules_are_not_compared_unless_asked_for(two, tmp_path):
    place = small_shop(tmp_path / "again", orders=small_orders(), shipments=small_scans())
    assert place.is_dir()
    of_old = tmp_path / "old.json"
    run("audit", tmp_path / "again", "--rules-as-of", "2026-10-01", "--format", "json", "--output", of_old)
    done = run("diff", two[0], of_old, "--lang", "en")
    assert done.code == 2
    assert "rules 1688@" in done.err
    assert run("diff", two[0], of_old, "--force").code == 0


def test_a_process_of_its_own_compares_without_the_engine(two):
    code = (
        "import sys\nfrom shopscore import console\nfrom shopscore.cli import app\n"
        "code = console.run(lambda: app(sys.argv[1:]))\n"
        "print([code, sorted({'polars', 'fastexcel', 'yaml'} & set(sys.modules))], file=sys.stderr)"
    )
    done = spawn("diff", *two, "--fail-on", "regression", code=code)
    assert done.err.strip() == "[1, []]"


def test_what_is_no_report_is_a_sentence(two, tmp_path):
    done = run("diff", two[0], tmp_path / "none.json")
    assert (done.code, done.out) == (2, "")
    assert "none.json" in done.err
