"""A user's mistake is a sentence on stderr and the right exit code; nothing reaches stdout, nothing is a traceback."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from end_to_end_world import A1688, HEADERS, SAMPLES, metrics, run, small_orders, small_scans, small_shop

from shopscore import audit as program

PASSWORD_FLAG = 1


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A small shop that is in order, and fails its targets."""
    folder = tmp_path_factory.mktemp("small")
    small_shop(folder)
    return folder


def refused(done, code, *said):
    """Whether a run ended as a mistake should; what it said is given back."""
    assert done.code == code, done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    assert "This is a bug" not in done.err
    assert done.err.strip()
    for text in said:
        assert text in done.err
    return done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--platform", "amazon"], 2, ["--platform amazon", "1688, "]),
        (["--shop", "nobody"], 3, ["no shop called nobody", "shopscore read"]),
        (["--as-of", "soon"], 2, ["--as-of soon", "2026-11-23T10:00"]),
        (["--as-of", "2026-11-10T12:00+08:00"], 2, ["--as-of", "offset"]),
        (["--rules-as-of", "2026-13-01"], 2, ["--rules-as-of 2026-13-01", "2026-11-23"]),
        (["--lang", "fr"], 2, ["--lang fr", "zh-Hans, zh-Hant, en"]),
        (["--format", "pdf"], 2, ["--format pdf", "text, json"]),
        (["--format", "text,json"], 2, ["--output FOLDER"]),
        (["--fail-on", "everything"], 2, ["--fail-on everything", "likely_fail"]),
        (["--fail-on", "metric:1688.nope"], 2, ["metric:1688.nope", "no such metric"]),
        (["--encoding", "klingon"], 2, ["klingon", "gb18030"]),
        (["--engine", "spark"], 2, ["--engine spark", "local"]),
        (["--workers", "0"], 2, ["--workers"]),
        (["--rules", "nowhere"], 2, ["nowhere", "no such folder"]),
        (["--such-option"], 2, ["No such option", "--such-option"]),
        (["and/another/path"], 2, ["and/another/path", "no such file or folder"]),
    ],
)
def test_an_audit_asked_for_wrongly(shop, words, code, said):
    refused(run("audit", shop, *words), code, *said)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["1688.ww_3min_rat"], 2, ["did you mean 1688.ww_3min_rate"]),
        (["ww_3min_rat"], 2, ["1688.ww_3min_rate", "tmall.ww_3min_rate"]),
        (["no metric at all"], 2, ["shopscore rules list"]),
        (["xyz.*"], 2, ["xyz.*"]),
        (["ww_3min_rate", "--platform", "amazon"], 2, ["--platform amazon", "1688, "]),
        (["1688.pickup_48h_rate", "--rows", "miss"], 2, ["need data"]),
        (["1688.pickup_48h_rate", "SHOP", "--rows", "bad"], 2, ["--rows bad", "hit, miss"]),
        (["1688.pickup_48h_rate", "SHOP", "-o", "rows.csv"], 2, ["--rows"]),
        (["tmall.pickup_48h_rate", "SHOP"], 3, ["no shop of this platform"]),
        (["1688.pickup_48h_rate", "SHOP", "--shop", "nobody"], 3, ["shopscore read"]),
        (["1688.pickup_48h_rate", "nowhere"], 2, ["nowhere", "no such file or folder"]),
    ],
)
def test_an_explanation_asked_for_wrongly(shop, words, code, said):
    refused(run("explain", *(shop if word == "SHOP" else word for word in words)), code, *said)


@pytest.mark.parametrize("command", [["audit"], ["read"], ["explain", "1688.pickup_48h_rate"]])
def test_paths_without_anything_to_read(tmp_path, command):
    refused(run(*command, tmp_path / "not there"), 2, "not there", "no such file or folder")
    empty = tmp_path / "empty"
    empty.mkdir()
    refused(run(*command, empty), 3)
    junk = tmp_path / "junk"
    junk.mkdir()
    (junk / "notes.txt").write_text("remember the milk\n", encoding="utf-8")
    (junk / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 and so on")
    refused(run(*command, junk), 3)


def test_junk_is_named_file_by_file(tmp_path):
    (tmp_path / "notes.txt").write_text("remember the milk\n", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 and so on")
    refused(run("audit", tmp_path), 3, "notes.txt: No header row", "photo.jpg: A picture", "shopscore rules show")
    (tmp_path / "empty").mkdir()
    refused(run("audit", tmp_path / "empty"), 3, "no export files in")


def test_a_mistyped_command_and_no_paths():
    refused(run("audti"), 2, "audti")
    refused(run("audit"), 2, "paths")
    refused(run("rules", "show", "amazon"), 2, "amazon")
    refused(run("rules", "show", "amazon", "--needs"), 2, "amazon", "1688, ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name: 小店\nplatfrom: "1688"\n', ["shop.yaml:2", "'platfrom'", "did you mean 'platform'"]),
        ("platform: [\n", ["shop.yaml:", "not YAML"]),
        (b"\xff\xfe\x00", ["shop.yaml:1", "UTF-8"]),
        ("name: 小店\ntimezone: Mars/Olympus\n", ["shop.yaml:2", "Mars/Olympus", "Asia/Shanghai"]),
        ("displayed: four\n", ["shop.yaml:1", "displayed", "a number is wanted"]),
        ("parameters: {x: 1.0}\n", ["shop.yaml", "parameters.x", "b_buyer_weight"]),
        ("cutoffs:\n  pickup_48h_rate: 0.9\n", ["shop.yaml:2", "pickup_48h_rate"]),
        ("name: 甲\nname: 乙\n", ["shop.yaml:2", "name"]),
    ],
)
def test_a_broken_shop_file_is_named_with_its_place(tmp_path, text, said):
    small_shop(tmp_path, shop__yaml=text)
    refused(run("audit", tmp_path), 2, *said)
    if "parameters" not in str(text):
        refused(run("read", tmp_path), 2, *said)


def test_a_platform_without_rules_is_named(tmp_path):
    small_shop(tmp_path, shop__yaml="platform: amazon\n")
    refused(run("audit", tmp_path), 3, "amazon/小店", "no rule pack", "1688, ")


def test_names_in_a_shop_file_that_mean_nothing_are_told(tmp_path):
    small_shop(tmp_path, shop__yaml='cutoffs: {pickup_48_rate: {"4": 0.9}}\nscores: {nope: 3.0}\n')
    done = run("audit", tmp_path, "--format", "json", "--lang", "en")
    warnings = "\n".join(done.report["shops"][0]["warnings"])
    assert "cutoffs.pickup_48_rate" in warnings
    assert "scores.nope" in warnings


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("shown: {pickup_48h_rate: 87.3}", ["shown.pickup_48h_rate", "write 0.873 for 87.3 %"]),
        ('cutoffs: {pickup_48h_rate: {"4": 95}}', ["cutoffs.pickup_48h_rate.4", "write 0.95 for 95 %"]),
        ("shown: {pickup_48h_rate: -1}", ["shown.pickup_48h_rate", "a number from 0 to 1"]),
    ],
)
def test_a_share_that_is_typed_as_a_percentage_is_refused_and_corrected(tmp_path, line, said):
    small_shop(tmp_path, shop__yaml=f"{line}\n")
    refused(run("audit", tmp_path), 2, *said)


def test_a_rank_that_is_typed_as_a_percentage_opens_no_gate(tmp_path):
    small_shop(tmp_path, shop__yaml="platform: jd\nscores: {rank_overall: 27}\n")
    refused(run("audit", tmp_path), 2, "scores.rank_overall", "write 0.27 for 27 %")


@pytest.mark.parametrize("command", [["audit", "SHOP", "--rules", "DIR"], ["rules", "check", "DIR"]])
def test_a_broken_pack_is_refused_with_every_place(tmp_path, shop, command):
    (tmp_path / "amazon.yaml").write_text("platform: amazon\nmetrics: 7\n", encoding="utf-8")
    words = [{"SHOP": shop, "DIR": tmp_path}.get(word, word) for word in command]
    said = refused(run(*words), 2, "amazon.yaml:2: metrics", "'title' is missing")
    assert said.count("amazon.yaml:") > 3


def test_a_pack_that_is_no_yaml_or_asks_for_unknown_columns(tmp_path, shop):
    pack = (SAMPLES.parent / "rules" / "1688.yaml").read_text(encoding="utf-8")
    broken = pack.replace("platform: 1688", "platform: other").replace('platform: "1688"', "platform: other")
    assert broken != pack
    (tmp_path / "other.yaml").write_text(broken.replace("paid_at", "payed_at"), encoding="utf-8")
    refused(run("audit", shop, "--rules", tmp_path), 2, "other.yaml:", "payed_at", "paid_at")
    (tmp_path / "other.yaml").write_text("a: b: c\n", encoding="utf-8")
    refused(run("audit", shop, "--rules", tmp_path), 2, "other.yaml:1", "YAML")


# ── bad files among good ones ────────────────────────────────────────────────────────────────────────────────────


def locked_zip():
    """An archive that says of its member that it is encrypted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("orders.csv", small_orders())
    content = bytearray(out.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= PASSWORD_FLAG
    return bytes(content)


def half_a_workbook():
    book = (SAMPLES / A1688 / "订单导出_20261122.xlsx").read_bytes()
    return book[: len(book) // 2]


BAD_FILES = {
    "cut.xlsx": (half_a_workbook(), "damaged or cut off"),
    "nul.csv": (b"\0" * 4000, "no text in any known encoding"),
    "locked.zip": (locked_zip(), "password"),
    "locked.xlsx": ((Path(__file__).parents[1] / "readers/data/locked.xlsx").read_bytes(), "password"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or cut off"),
    "empty.csv": (b"", "empty"),
}


@pytest.fixture(scope="module")
def with_bad_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("messy")
    place = small_shop(folder)
    for name, (content, _) in BAD_FILES.items():
        (place / name).write_bytes(content)
    (place / "reviews.csv").write_text("review_id,order_id,created_at,stars\n", encoding="utf-8")
    return folder


def test_bad_files_do_not_stop_the_audit(shop, with_bad_files):
    good = run("audit", shop, "--format", "json", "--lang", "en")
    messy = run("audit", with_bad_files, "--format", "json", "--lang", "en")
    assert (messy.code, messy.err) == (0, "")
    before, after = (metrics(done.report["shops"][0]) for done in (good, messy))
    assert before["1688.pickup_48h_rate"]["verdict"] == "fail"
    for name, metric in before.items():
        assert (name, metric["value"]) == (name, after[name]["value"])


@pytest.mark.parametrize("name", BAD_FILES)
def test_the_account_says_what_is_wrong_with_a_bad_file(with_bad_files, name):
    messy = run("audit", with_bad_files, "--format", "json", "--lang", "en")
    (account,) = [each for each in messy.report["inputs"] if name in each["file"]]
    assert BAD_FILES[name][1] in account["message"]
    assert account["rows_read"] == 0
    shown = run("read", with_bad_files, "--lang", "en")
    assert shown.code == 0
    block = shown.out[shown.out.index(account["file"]) :]
    assert BAD_FILES[name][1] in " ".join(block.split())


def test_a_table_without_rows_is_there_and_empty(with_bad_files, tmp_path):
    messy = run("audit", with_bad_files, "--format", "json")
    assert messy.report["shops"][0]["rows"]["reviews"] == 0
    small_shop(tmp_path, orders=HEADERS["orders"] + "\n", shipments=None)
    done = run("audit", tmp_path, "--format", "json", "--lang", "en")
    assert done.code == 3
    assert "orders.csv: no rows" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is text")
def test_folders_unpacked_from_a_chinese_windows_keep_their_names(tmp_path):
    small_shop(tmp_path, "shop")
    platform = tmp_path / "1688"
    (platform / "shop").rename(platform / os.fsdecode("小店".encode("gb18030")))
    done = run("audit", tmp_path, "--format", "json")
    assert done.code == 0, done.err
    assert done.report["shops"][0]["shop"] == "小店"
    assert {account["file"] for account in done.report["inputs"]} == {"1688/小店/orders.csv", "1688/小店/shipments.csv"}


def test_only_a_bad_file_is_data_that_cannot_be_used(tmp_path):
    place = small_shop(tmp_path, orders=None, shipments=None)
    (place / "cut.xlsx").write_bytes(half_a_workbook())
    refused(run("audit", tmp_path), 3, "cut.xlsx", "damaged or cut off")


# ── gates and where reports go ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gate", ["fail", "likely_fail", "metric:1688.pickup_48h_rate", "error,fail"])
def test_a_gate_that_fails_ends_in_1_and_prints_the_report(shop, gate):
    plain = run("audit", shop, "--lang", "en")
    gated = run("audit", shop, "--lang", "en", "--fail-on", gate)
    assert (plain.code, gated.code) == (0, 1)
    assert gated.out == plain.out != ""
    assert run("audit", shop, "--lang", "en", "--fail-on", gate, "--quiet").out == plain.out


@pytest.mark.parametrize("gate", ["error", "metric:1688.ww_3min_rate"])
def test_a_gate_that_holds_ends_in_0(shop, gate):
    assert run("audit", shop, "--fail-on", gate).code == 0
    quiet = run("audit", shop, "--fail-on", gate, "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_a_shop_on_target_passes_its_gates(tmp_path):
    small_shop(tmp_path, shipments=small_scans(late=()))
    done = run("audit", tmp_path, "--fail-on", "fail,likely_fail", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("place", ["/proc/nothing/report.txt", "blocked/report.txt"])
def test_a_report_that_cannot_be_written_is_a_sentence(shop, tmp_path, place):
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")
    refused(run("audit", shop, "--output", tmp_path / place), 2, "--output", place)
    refused(run("audit", shop, "--format", "text,json", "--output", tmp_path / "blocked"), 2, "--output")
    rows = ("explain", "1688.pickup_48h_rate", shop, "--rows", "miss", "--output", tmp_path / place)
    refused(run(*rows), 2, "--output", place)
    refused(run("read", shop, "--save", tmp_path / "blocked"), 2, "--save")


def test_reports_written_are_what_would_be_printed(shop, tmp_path):
    done = run("audit", shop, "--format", "text,json", "--output", tmp_path / "new" / "folder", "--lang", "zh-Hans")
    assert (done.code, done.out, done.err) == (0, "", "")
    for name, kind in (("report.txt", "text"), ("report.json", "json")):
        printed = run("audit", shop, "--format", kind, "--lang", "zh-Hans").out
        assert (tmp_path / "new" / "folder" / name).read_text(encoding="utf-8") == printed
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == ["report.json", "report.txt"]
    assert run("audit", shop, "--output", tmp_path / "one.txt", "--lang", "en").out == ""
    assert (tmp_path / "one.txt").read_text(encoding="utf-8") == run("audit", shop, "--lang", "en").out


# ── a bug of ours ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def fleet(tmp_path, monkeypatch):
    """Two shops, one of which a bug brings down."""
    small_shop(tmp_path, "好店")
    small_shop(tmp_path, "坏店")
    assess = program.assess

    def failing(shop, losses, other, **options):
        if shop.tables.shop == "坏店":
            raise ZeroDivisionError("by nought")
        return assess(shop, losses, other, **options)

    monkeypatch.setattr(program, "assess", failing)
    return tmp_path


def test_a_shop_that_fails_takes_no_other_down_and_ends_in_5(fleet):
    done = run("audit", fleet, "--format", "json", "--lang", "en", "--fail-on", "fail")
    assert done.code == 5, "a failed shop outweighs a failed gate"
    assert [shop["shop"] for shop in done.report["shops"]] == ["好店"]
    assert "坏店" in done.report["failed"][0]
    assert "ZeroDivisionError" in done.report["warnings"][0]
    text = run("audit", fleet, "--lang", "en")
    assert (text.code, "坏店" in text.out, "好店" in text.out.splitlines()[0]) == (5, True, True)


def test_a_bug_is_owned_up_to_without_a_traceback(fleet):
    done = run("audit", fleet, "--shop", "坏店")
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("This is a bug of shopscore, not of your data")
    assert "Traceback" not in done.err


def test_a_failed_shop_is_never_quiet(fleet):
    done = run("audit", fleet, "--quiet")
    assert done.code == 5
    assert "坏店" in done.out + done.err
