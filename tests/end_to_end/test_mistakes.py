"""A user's mistake is a sentence on stderr and the right exit code; nothing reaches stdout, nothing is a traceback."""

from __future__ import annotations

import re

import pytest
from end_to_end_world import SAMPLES, refused, run, small_shop


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
        (["1688.pickup_48h_rate", "SHOP", "--rows", "suspicious"], 2, ["--rows suspicious", "checks", "--rows miss"]),
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


# ── in the language of the run ───────────────────────────────────────────────────────────────────────────────────

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--platform", "amazon"], 2, "没有这个规则包；现有 1688、"),
        (["--shop", "nobody"], 3, "没有名为 nobody 的店铺"),
        (["--as-of", "soon"], 2, "不是时间"),
        (["--as-of", "2026-11-10T12:00+08:00"], 2, "请去掉时区"),
        (["--rules-as-of", "2026-13-01"], 2, "不是日期"),
        (["--format", "pdf"], 2, "没有这个选择；可以写 text、"),
        (["--format", "text,json"], 2, "请用 --output"),
        (["--fail-on", "everything"], 2, "没有这个选择；可以写 level:fail、"),
        (["--fail-on", "metric:1688.nope"], 2, "没有这个指标"),
        (["--fail-on", "regression"], 2, "--history"),
        (["--encoding", "klingon"], 2, "没有 'klingon' 这种编码"),
        (["--workers", "0"], 2, "请写 1 或更大的数"),
        (["and/another/path"], 2, "没有这个文件或文件夹"),
    ],
)
def test_a_mistake_is_told_in_the_language_asked_for(shop, words, code, said):
    told = refused(run("audit", shop, *words, "--lang", "zh-Hans"), code)
    assert said in told
    assert all(CHINESE.search(line) for line in told.splitlines())


def test_files_of_no_use_are_told_in_the_language_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    told = refused(run("audit", tmp_path, "--lang=zh-Hant"), 3)
    assert told.startswith("這些文件都不能當作店鋪數據使用\n  a.csv")
    assert "各文件被當作什麼：shopscore read PATH" in told


def test_what_the_system_refuses_is_told_in_the_language_asked_for(shop, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    told = refused(run("audit", shop, "--history", tmp_path / "file" / "n.db", "--lang", "zh-Hans"), 2)
    assert told == f"--history {tmp_path / 'file' / 'n.db'}：已经存在\n"


@pytest.mark.parametrize(
    ("words", "locale", "said"),
    [
        ([], "zh_CN.UTF-8", "没有这个文件或文件夹"),
        ([], "zh_TW.UTF-8", "沒有這個文件或文件夾"),
        ([], "de_DE.UTF-8", "there is no such"),
        (["--lang", "en"], "zh_CN.UTF-8", "there is no such"),
        (["--lang", "zh"], "en_GB.UTF-8", "没有这个文件或文件夹"),
    ],
)
def test_without_a_language_asked_for_it_is_the_locale_s(words, locale, said, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    refused(run("audit", "nowhere", *words), 2, said)


def test_an_unknown_language_is_told_in_the_locale_s(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    refused(run("audit", "nowhere", "--lang", "fr"), 2, "--lang fr：没有这个选择；可以写 zh-Hans、zh-Hant、en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cutofs: {}", "shop.yaml:1: 文件：没有 'cutofs' 这个键\n    是否想写 'cutoffs'？"),
        ("measures:\n  - {date: 2026-11-01, what: x}", "measures.0：缺少键 'metric'"),
        ("scores: {ww_3min_rate: good}", "scores.ww_3min_rate：这里应为数字，写的是文字（good）"),
        ("agents: 客服小甲", "agents：这里应为列表，写的是文字（客服小甲）\n    请写 [a, b]，或每行一项、以短横开头"),
        ("name: 12", 'name：这里应为文字，写的是整数（12）\n    请加引号："12"'),
        ("name: no", "name：YAML 会把不加引号的 no 当作真假值"),
        ("closed_days: [2026-02-30]", "closed_days.0：日历里没有 2026-02-30"),
        ("name: a\nname: b", "键 'name' 在这里出现了两次\n    第一次在第 1 行"),
        ("name: 'a", "这不是 YAML："),
        ("timezone: Beijing", "timezone：'Beijing' 不是时区"),
        ("fail_on: [everything]", "fail_on：everything：没有这个选择；可以写 level:fail、"),
        ("promotions:\n  - {title: x, first: 2026-11-12, last: 2026-11-01}", "promotions.0：结束早于开始"),
        ("cutoffs: {ww_3min_rate: {'5': 97}}", "cutoffs.ww_3min_rate.5：97 不是比例\n    97 % 请写 0.97"),
        ("switches: {ww_3min_rate: {day: all}}", "没有这个开关"),
        ("parameters: {nothing: 1}", "1688 没有参数 'nothing'"),
    ],
)
def test_a_mistake_in_shop_yaml_is_told_in_the_language_asked_for(tmp_path, text, told):
    small_shop(tmp_path)
    (tmp_path / "1688" / "小店" / "shop.yaml").write_text(text, encoding="utf-8")
    assert told in refused(run("audit", tmp_path, "--lang", "zh-Hans"), 2)
