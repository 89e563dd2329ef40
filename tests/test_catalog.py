import datetime as dt
import re

import pytest
import yaml

from shopscore import catalog, listings
from shopscore.catalog import exclusions, said
from shopscore.errors import UsageError
from shopscore.model import Explanation
from shopscore.render.explain import render
from shopscore.ruleset.home import default_rules_dir

TODAY = dt.date(2026, 11, 23)


def ids(name, platform=None):
    return [f"{loaded.pack.platform}.{metric.id}" for loaded, metric in catalog.find(catalog.load(), name, platform)]


def test_a_full_id_a_short_id_an_advice_id_and_a_glob_find_metrics():
    assert ids("1688.ww_3min_rate") == ["1688.ww_3min_rate"]
    assert {"1688.ww_3min_rate", "tmall.ww_3min_rate"} <= set(ids("ww_3min_rate"))
    assert ids("ww_3min_rate", "tmall") == ["tmall.ww_3min_rate"]
    assert ids("tmall.dsr_*") == ["tmall.dsr_description", "tmall.dsr_service", "tmall.dsr_logistics"]
    assert len(ids("DISP-01", "1688")) == 1


def test_a_mistyped_name_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match=r"ww_3min_rat: .*did you mean .*ww_3min_rate"):
        ids("ww_3min_rat")
    with pytest.raises(UsageError, match="no such pack; there are 1688, "):
        ids("ww_3min_rate", "ebay")


def test_a_definition_says_window_conditions_sources_and_what_to_export():
    (found,) = catalog.describe("tmall.pickup_48h_rate", (), None, TODAY).definitions
    facts = {fact.label.en: fact.text.en for fact in found.facts}
    assert facts["window"] == "T-33..T-4 (2026-10-21 .. 2026-11-19)"
    assert any(label.en == "hit when" for label, _ in found.conditions)
    assert any(need.table == "shipments" for need in found.needs)
    assert found.sources
    assert found.advice


def test_advice_says_effort_risk_expectation_and_who_says_so():
    for name in ("REF-05", "tmall.REF-05"):
        (found,) = catalog.describe(name, (), "tmall", TODAY).definitions
        about = {each.id: each.about for each in found.advice}["REF-05"]
        assert about.en == (
            "takes hours; risky: Money leaves before the goods are back; set a limit per order; "
            "expected within 30 days: Self-finished return-and-refund time down; [guide-tmall-2022]"
        )
        assert about.zh.startswith("需几小时；有风险：货未到先退款")
        assert "预期 30 天内：退货退款自主完结时长下降" in about.zh
        assert any(each.en.startswith("[guide-tmall-2022]") for each in found.sources)
        text = " ".join(line.text.strip() for line in render(Explanation((found,)), "en"))
        assert about.en in text


def test_every_piece_of_advice_is_told_whole_and_its_sources_are_named():
    rules = catalog.load()
    for loaded, metric in catalog.find(rules, "*.*", None):
        found = catalog.definition(rules, loaded, metric, TODAY)
        named = {each.en.partition("]")[0].removeprefix("[") for each in found.sources}
        pieces = {each.id: each for each in loaded.pack.advice if each.metric == metric.id}
        for each in found.advice:
            piece = pieces.pop(each.id)
            assert set(piece.source) <= named
            assert piece.compliance == "ok" or f"; {piece.compliance}: " in each.about.en
            assert all(effect.text.en.rstrip(".") in each.about.en for effect in piece.side_effects)
        assert not pieces


def test_a_number_that_is_no_threshold_is_told_with_its_reason_and_who_gives_it():
    found = [
        (loaded, metric, catalog.definition(catalog.load(), loaded, metric, TODAY))
        for loaded, metric in catalog.find(catalog.load(), "*.*", None)
        if metric.refused
    ]
    assert found
    for _, metric, told in found:
        for each, text in zip(metric.refused, told.refused, strict=True):
            assert text.en.startswith(f"{each.value.en}: no threshold")
            assert each.reason.zh in text.zh
            for lang in ("en", "zh-Hans"):
                shown = "".join(line.text.strip() for line in render(Explanation((told,)), lang))
                assert "".join(format(text, lang).split()) in "".join(shown.split())
            assert all(any(line.en.startswith(f"[{name}]") for line in told.sources) for name in each.source)


def test_needs_reach_back_over_window_and_lag():
    rows = listings.list_needs("tmall", (), TODAY).rows
    days = {row[0].en: row[2].en for row in rows}
    assert days["tmall.pickup_48h_rate"] == "33 d"
    assert days["tmall.ww_3min_rate"] == "30 d"


def test_what_looks_at_the_moment_of_the_audit_asks_for_no_days():
    rows = listings.list_needs("aliexpress", (), TODAY).rows
    assert {row[2].en for row in rows if row[0].en == "aliexpress.no_picture_rate"} == {"-"}


def test_every_metric_can_be_described_on_any_day():
    for day in (dt.date(2017, 1, 1), dt.date(2022, 6, 1), TODAY):
        assert catalog.describe("*.*", (), None, day).definitions


def test_lists_have_a_row_for_each():
    rules = catalog.load()
    metrics = sum(len(loaded.pack.metrics) for loaded in rules.packs.values())
    assert len(listings.list_rules(()).rows) == metrics + len(rules.integrity.checks)
    assert len(listings.list_formats(()).rows) == len(rules.formats)
    assert {row[0].en for row in listings.check_rules((), TODAY).rows} == set(rules.packs)


def test_what_to_export_names_no_other_platforms_tools():
    def asked(platform):
        return " ".join(export.en for row in listings.list_needs(platform, [], TODAY).rows for export in row)

    assert "Qianniu" in asked("tmall")
    assert "Qianniu" not in asked("pdd")
    assert "Dongdong" in asked("jd")
    assert "Dongdong" not in asked("1688")


def test_a_check_of_the_data_is_described_with_what_each_platform_does_about_it():
    (found,) = catalog.describe("integrity.click_without_scan", (), None, TODAY).definitions
    said = [text.en for text in found.consequences]
    assert {text.partition(":")[0] for text in said} == set(catalog.load().packs)
    assert any("pdd: pending" in label.en for label, _ in found.conditions)
    (own,) = catalog.describe("integrity.click_without_scan", (), "pdd", TODAY).definitions
    assert [text.en for text in own.consequences] == [text for text in said if text.startswith("pdd")]
    assert own.needs
    assert len(catalog.describe("integrity.*", (), None, TODAY).definitions) == len(catalog.load().integrity.checks)


def test_a_glob_over_everything_means_metrics_and_checks():
    ids = {each.id for each in catalog.describe("*.*", (), "pdd", TODAY).definitions}
    assert {"pdd.late_ship", "integrity.tracking_reused"} <= ids


def test_clocks_stand_with_the_pack_and_with_the_metrics_their_misses_count_in():
    metrics, clocks = listings.show_rules("pdd", (), TODAY)
    assert {"late_ship", "manual_reply_3min_rate"} <= {row[0].en for row in metrics.rows}
    assert [row[0].en for row in clocks.rows] == [each.id for each in catalog.load().packs["pdd"].pack.clocks]
    ship = next(row[2].en for row in clocks.rows if row[0].en == "ship")
    assert "from `clock_at` until `picked_up_at`, by `ship_deadline_at`; with the seller, then the carrier" in ship
    (late,) = catalog.describe("pdd.late_ship", (), None, TODAY).definitions
    assert [fact.label.en for fact in late.clocks] == ["ship: Ship and have it scanned"]
    assert any("Clocks whose miss counts here" in line.text for line in render(Explanation((late,)), "en"))
    (none,) = catalog.describe("pdd.average_order_value", (), None, TODAY).definitions
    assert none.clocks == ()


# ── in the reader's language ─────────────────────────────────────────────────────────────────────────────────────

RULE_WORDS = re.compile(
    r"\b(by|and|or|not|null|days?|months?|weeks?|calendar|previous|published|derived|assumed|hours?|from|until)\b",
    re.IGNORECASE,
)
"""Words of English or of the rule language that have no place in a Chinese sentence."""


def prose(text):
    """A sentence without what is marked as the rule's own text, and without names in brackets."""
    return re.sub(r"`[^`]*`|\[[^\]]*\]|（[a-z0-9_]+）", "", text)


def test_chinese_sentences_hold_no_words_of_the_rule_language():
    for platform in catalog.load().packs:
        for found in catalog.describe(f"{platform}.*", (), None, TODAY).definitions:
            texts = [
                part for each in (*found.facts, *found.versions, *found.clocks) for part in (each.label, each.text)
            ]
            texts += [label for label, _ in found.conditions]
            for text in texts:
                assert not RULE_WORDS.search(prose(text.zh)), (found.id, text.zh)
    for table in (listings.list_rules(()), *listings.show_rules("jd", (), TODAY)[:1]):
        for _, *row in table.rows:
            assert not RULE_WORDS.search(" ".join(cell.zh for cell in row[1:4])), row


def test_the_rule_s_own_text_stands_as_written_and_is_marked():
    lines = {"en": [], "zh-Hans": []}
    for lang, told in lines.items():
        page = render(catalog.describe("1688.ship_fulfil_rate", (), None, TODAY), lang, 10_000)
        told += [line.text for line in page]
    assert "  - counts: clock_at IS NOT NULL AND kind IN ('spot', 'custom', 'cod')" in lines["en"]
    assert "  - 计入：clock_at IS NOT NULL AND kind IN ('spot', 'custom', 'cod')" in lines["zh-Hans"]
    assert any(line.endswith("(rule: `gap > 0 AND top_carrier_excess > 0.4`)") for line in lines["en"])
    assert any(line.endswith("（规则：`gap > 0 AND top_carrier_excess > 0.4`）") for line in lines["zh-Hans"])
    assert any("统计期：最近 30 天（" in line for line in lines["zh-Hans"])


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("30 days", "最近 30 天"),
        ("6 months", "最近 6 个月"),
        ("T-33..T-4", "T-33～T-4"),
        ("T-0..T-0", "当前状态"),
        ("previous week", "上一自然周"),
        ("calendar month", "上一自然月"),
        ("-", "-"),
    ],
)
def test_a_window_has_a_chinese_name_and_stands_as_written_in_english(text, chinese):
    assert (said.window(text).en, said.window(text).zh) == (text, chinese)


def excluded_by(plain):
    """The names under every ``exclude:`` of a pack as it is written."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield from value if key == "exclude" and isinstance(value, dict) else excluded_by(value)
    elif isinstance(plain, list):
        for each in plain:
            yield from excluded_by(each)


def test_every_name_under_which_rows_are_left_out_has_words_and_no_other_does():
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in default_rules_dir().glob("*.yaml")]
    assert set(excluded_by(files)) == exclusions.names().keys()
    assert exclusions.called("of_ours").en == "of_ours"


HAN = re.compile(r"[\u4e00-\u9fff]")


def test_a_source_is_described_in_both_languages_or_called_by_the_name_it_was_published_under():
    for loaded in catalog.load().packs.values():
        for name, source in loaded.pack.sources.items():
            where = (loaded.pack.platform, name, source.title)
            if isinstance(source.title, str):
                assert HAN.search(source.title), where
            else:
                assert HAN.search(source.called.zh), where
                assert source.called.zh != source.called.en, where
            assert source.held_by.en == source.held_by.zh or HAN.search(source.held_by.zh), where


def test_an_explanation_names_its_sources_in_the_language_it_is_asked_for():
    (found,) = catalog.describe("1688.ww_3min_rate", (), None, TODAY).definitions
    english, chinese = (format(found.sources[1], lang) for lang in ("en", "zh-Hans"))
    assert english.startswith("[badge-2022-11] Notice on the 7×24H reply badge - 39zn.cn, second copy r435.com, ")
    assert chinese.startswith("[badge-2022-11] 7×24H响应标识的公告 - 39zn.cn，另有副本 r435.com，")
