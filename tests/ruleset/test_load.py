"""Folders of rules: what is read, what replaces what, and every mistake with its place."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shopscore.errors import RuleError
from shopscore.ruleset import one_file
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.own_files import load_shop_file

PACK = "tmall.yaml"


def problems(folder, *more):
    with pytest.raises(RuleError) as caught:
        load_rules([folder, *more])
    return caught.value.problems


def test_a_folder_becomes_rules(rules_dir):
    rules = load_rules([rules_dir()])
    assert list(rules.packs) == ["tmall"]
    assert [metric.id for metric in rules.packs["tmall"].pack.metrics] == ["ship_fulfil_rate", "refund_rate"]
    assert len(rules.packs["tmall"].sha256) == 64
    assert [loaded.format.id for loaded in rules.formats] == ["tmall_orders"]
    assert list(rules.words) == ["tmall_status"]
    assert rules.machine.states["refunded"].only == "status = 'success'"
    assert rules.warnings == ()


def test_a_later_folder_replaces_what_has_the_same_id_and_adds_the_rest(rules_dir):
    mine = rules_dir({PACK: [("2026.11", "mine")], "aftersale.yaml": None, "words/tmall_status.yaml": None}, "mine")
    (mine / "formats" / "tmall_orders.yaml").rename(mine / "formats" / "mine.yaml")
    text = (mine / "formats" / "mine.yaml").read_text(encoding="utf-8")
    (mine / "formats" / "mine.yaml").write_text(text.replace("id: tmall_orders", "id: mine"), encoding="utf-8")
    rules = load_rules([rules_dir(), mine])
    assert rules.packs["tmall"].pack.version == "mine"
    assert [loaded.format.id for loaded in rules.formats] == ["mine", "tmall_orders"]


def test_a_changed_file_is_read_again(rules_dir):
    assert load_rules([rules_dir()]).packs["tmall"].pack.version == "2026.11"
    assert load_rules([rules_dir({PACK: [("2026.11", "2026.12.1")]})]).packs["tmall"].pack.version == "2026.12.1"


STAKED = """segments: [carrier, hour]
    stake: {of: amount, currency: CNY, what: {en: a, zh: 一}, source: [guide]}"""
MISTAKES = [
    # shape
    ("where: kind IN", "wher: kind IN", "metrics.ship_fulfil_rate", "unknown key 'wher'", "did you mean 'where'?"),
    ("    kind: ratio\n", "    kind: ration\n", "metrics.ship_fulfil_rate.kind", "not one of the words", "'ratio'"),
    ("platform: tmall", "platform: 1688", "platform", "text is wanted here", '"1688"'),
    ("default: 2.0", "default: '2.0'", "parameters.b_weight.default", "a number is wanted", ""),
    ("    better: higher\n", "", "metrics.ship_fulfil_rate", "the key 'better' is missing", ""),
    ("valid_to: 2025-05-31", "valid_to: '2025-05-31'", "facts.chat.0.valid_to", "a date is wanted", "without quotes"),
    ('"08:00"', "8:00", "facts.chat.0.service_hours.opens", "base 60", '"8:00"'),
    ("id: SHIP-01", "id: ship01", "advice.ship01.id", "an advice id", "SHIP-03"),
    ("zh: 企业买家权重}\n    source: [guide]", "zh: 企业买家权重}\n    source: []", "parameters.b_weight.source",
     "at least one entry", ""),
    ("zh: 企业买家权重}\n    source: [guide]", "zh: 企业买家权重}\n    source: guide", "parameters.b_weight.source",
     "a list is wanted", "[a, b]"),
    ("{from: refunds,", "{form: refunds,", "metrics.refund_rate.numerator", "unknown key 'form'", "'from'"),
    ("segments: [carrier", "segments: [carier", "metrics.ship_fulfil_rate.segments.0", "not one of", "'carrier'"),
    # the language
    ("kind IN ('spot'", "kind IN ('spott'", "metrics.ship_fulfil_rate.where", "never 'spott'", "'spot'"),
    ("cancelled_by = 'buyer'", "cancelled_by = buyer", "metrics.ship_fulfil_rate.exclude.buyer_cancelled",
     "unknown column 'buyer'", "buyer_id"),
    ("numerator: pickup_seconds <= ship_allowed_seconds", "numerator: pickup_seconds",
     "metrics.ship_fulfil_rate.numerator", "is wanted here", "compare it"),
    ("weight_by: buyer_weight", "weight_by: is_due", "metrics.ship_fulfil_rate.weight_by", "a number is wanted", ""),
    ('where: "is_success"', "where: is_succes", "metrics.refund_rate.numerator.where", "unknown column", "is_succ"),
    ("where: kind = 'spot'", "where: kynd = 'spot'", "metrics.ship_fulfil_rate.versions.1.changes.where",
     "unknown column", "'kind'"),
    ("numerator: click_seconds", "numerator: clock_seconds",
     "metrics.ship_fulfil_rate.switches.clicks.options.clicks.changes.numerator", "unknown column", "'click_seconds'"),
    ("window: T-33..T-4", "windo: T-33..T-4", "metrics.ship_fulfil_rate.versions.1.changes.windo", "cannot name",
     "'window'"),
    ("window: T-33..T-4", "window: 33 dayz", "metrics.ship_fulfil_rate.versions.1.changes.window", "not a window", ""),
    ("where: kind = 'spot'", "from: refunds", "metrics.ship_fulfil_rate.at", "not a time of the fact 'refunds'", ""),
    ("clock_at: paid_at", "clock_at: picked_up_at", "facts.columns.clock_at", "unknown column", ""),
    ("clock_at: paid_at", "clock: paid_at", "facts.columns.clock", "does not compute", "'clock_at'"),
    ("buyer_weight: CASE WHEN buyer_level = 'L6' THEN b_weight ELSE 1 END", "buyer_weight: paid_at",
     "facts.columns.buyer_weight", "a number is wanted", ""),
    ("from: orders\n    at: clock_at", "from: order\n    at: clock_at", "metrics.ship_fulfil_rate.from",
     "unknown fact", "'orders'"),
    ("at: clock_at", "at: carrier", "metrics.ship_fulfil_rate.at", "not a time", "its times"),
    ("segments: [carrier", "optional: [shiped_at]\n    segments: [carrier",
     "metrics.ship_fulfil_rate.optional.0", "no column 'shiped_at'", "'shipped_at'"),
    ("segments: [carrier", "segments: [reason", "metrics.ship_fulfil_rate.segments.0", "no column 'reason'", ""),
    ("top_carrier_excess", "top_carier_excess", "advice.SHIP-02.when", "unknown column", "'top_carrier_excess'"),
    ("COALESCE(refund_rate", "COALESCE(refund", "advice.SHIP-02.when", "unknown column", "'refund_rate'"),
    # cross-checks
    ("metric: ship_fulfil_rate", "metric: ship_rate", "advice.SHIP-01.metric", "no metric 'ship_rate'", ""),
    ("id: refund_rate", "id: ship_fulfil_rate", "metrics.ship_fulfil_rate", "stands here 2 times", "unique"),
    ("id: SHIP-02", "id: SHIP-01", "advice.SHIP-01", "stands here 2 times", "unique"),
    ("source: [guide]", "source: [guid]", "guide.source.0", "unknown source", "'guide'"),
    (" AND top_carrier_excess > 0.4 AND COALESCE(refund_rate, 0) < 0.1", "", "advice.SHIP-02.when",
     "a second advice", "top_"),
    ("when: value < target AND top_carrier_excess > 0.4 AND COALESCE(refund_rate, 0) < 0.1",
     "when: (target > value)", "advice.SHIP-02.when", "a second advice", "top_"),
    ("effort: days", "effort: days\n    compliance: risky", "advice.SHIP-02", "says why", "compliance_reason"),
    ("effort: days", "effort: days\n    expects: {metric: x, direction: up, by_days: 9}",
     "advice.SHIP-02.expects.metric", "no metric 'x'", ""),
    ("    numerator: pickup_seconds <= ship_allowed_seconds\n", "", "metrics.ship_fulfil_rate",
     "kind: ratio needs the key 'numerator'", ""),
    ("    window: 30 days\n", "", "metrics.ship_fulfil_rate", "'window' is missing", "the platform's"),
    ("    kind: ratio\n", "    kind: mean\n", "metrics.ship_fulfil_rate", "needs the key 'of'", ""),
    ("    kind: ratio\n", "    kind: quantile\n", "metrics.ship_fulfil_rate", "needs the key 'quantile'", ""),
    ("    kind: ratio\n", "    kind: composite\n", "metrics.ship_fulfil_rate", "needs the key 'inputs'", ""),
    ("    kind: ratio\n", "    kind: none\n", "metrics.ship_fulfil_rate", "needs the key 'not_found'", ""),
    ("    kind: ratio\n", "    kind: none\n", "metrics.ship_fulfil_rate.kind", "no source defines", "not_found"),
    ("    kind: ratio\n", "    kind: count\n", "metrics.ship_fulfil_rate.numerator", "does not use", "leave it out"),
    ("kind: ratio_of", "kind: ratio", "metrics.refund_rate.numerator", "a condition as its numerator", "ratio_of"),
    ("    denominator: {from: orders, at: paid_at}\n", "", "metrics.refund_rate", "needs the key 'denominator'", ""),
    ("{from: orders, at: paid_at}", "{from: orders}", "metrics.refund_rate.denominator", "needs the key 'at'", ""),
    ("segments: [product_id]", "segments: [product_id]\n    bound_of: x\n    bound: best_case",
     "metrics.refund_rate.bound_of", "no metric 'x'", ""),
    ("segments: [product_id]", "segments: [product_id]\n    bound_of: ship_fulfil_rate", "metrics.refund_rate",
     "go together", ""),
    ("    numerator: pickup_seconds <= ship_allowed_seconds\n", "    numerator: picked_up_by <= ship_deadline_at\n",
     "metrics.ship_fulfil_rate.numerator", "is a bound of a time", "`bound:`"),
    ("default: scans", "default: scan", "metrics.ship_fulfil_rate.switches.clicks.default", "no option", "'scans'"),
    ("valid_to: 2024-12-31", "{valid_from: 2025-01-01, valid_to: 2024-12-31}",
     "metrics.ship_fulfil_rate.versions.0", "before valid_from", ""),
    ("where: kind IN", "once_per: buyer\n    where: kind IN", "metrics.ship_fulfil_rate.once_per",
     "no id or text", "'buyer_id'"),
    ("{from: orders, at: paid_at}", "{from: orders, at: paid_at, once_per: order_id}",
     "metrics.refund_rate.denominator.once_per", "no id or text that rows", ""),
    ("{from: orders, at: paid_at}", "{from: orders, at: paid_at, still_open: is_paid}",
     "metrics.refund_rate.denominator.still_open", "against the shop only", "bad cases"),
    ("segments: [carrier, hour]", "segments: [carrier, hour]\n    still_open: is_paid",
     "metrics.ship_fulfil_rate.still_open", "against the shop only", "bad cases"),
    ('at: applied_at, where: "is_success"', 'at: applied_at, where: "is_success", still_open: "status = 1"',
     "metrics.refund_rate.numerator.still_open", "", ""),
    ('{from: refunds, at: applied_at, where: "is_success"}', "{from: reviews, at: created_at, still_open: is_first}",
     "metrics.refund_rate.numerator.still_open", "no cases that end", "refunds"),
    ("segments: [carrier, hour]", STAKED.replace("amount", "amont"),
     "metrics.ship_fulfil_rate.stake.of", "unknown column", "'amount'"),
    ("segments: [carrier, hour]", STAKED.replace("CNY", "yuan"),
     "metrics.ship_fulfil_rate.stake.currency", "is not a currency", "CNY"),
    ("segments: [product_id]", STAKED.replace("carrier, hour", "product_id"), "metrics.refund_rate.stake",
     "has no misses", "ratio"),
    # the clocks
    ("due: ship_deadline_at", "due: ship_deadline", "clocks.ship.due", "unknown column", "'ship_deadline_at'"),
    ("due: ship_deadline_at", "due: is_due", "clocks.ship.due", "a time is wanted", ""),
    ("done: picked_up_at", "done: pickup_seconds", "clocks.ship.done", "a time is wanted", ""),
    ("start: clock_at", "start: is_paid", "clocks.ship.start", "a time is wanted", ""),
    ("over: [cancelled_at, status", "over: [cancelled_at, statu", "clocks.ship.over.1", "unknown column", "'status'"),
    ("over: [cancelled_at", "over: [amount", "clocks.ship.over.0", "ends at a time",
     "cancelled_at"),
    ("      - since: shipped_at", "      - since: carrier", "clocks.ship.steps.1.since", "a time is wanted", ""),
    ("      - since: shipped_at\n        holder", "      - holder", "clocks.ship.steps.1", "says since when",
     "add `since`"),
    ("    where: kind = 'spot'\n    start", "    subject: kind\n    start", "clocks.ship.subject",
     "is no id", "its ids"),
    ("    where: kind = 'spot'\n    start", "    optional: [pickedup_at]\n    start",
     "clocks.ship.optional.0", "no column 'pickedup_at'", "'picked_up_at'"),
    ("from: orders\n    where: kind = 'spot'\n    start", "from: order\n    where: kind = 'spot'\n    start",
     "clocks.ship.from", "unknown fact", "'orders'"),
    ("metrics: [ship_fulfil_rate]\n    steps", "metrics: [ship_rate]\n    steps", "clocks.ship.metrics.0",
     "no metric", ""),
    # the guide
    ("      metrics: [ship_fulfil_rate]\n    - name", "    - name", "guide.indicators.0", "nothing is said of",
     "`missing`"),
    ("metrics: [ship_fulfil_rate]", "metrics: [ship_rate]", "guide.indicators.0.metrics.0", "no metric", ""),
    ("      advice: [SHIP-01]\n", "", "guide.advice.0", "neither matched nor refused", ""),
    ("advice: [SHIP-01]", "advice: [SHIP-11]", "guide.advice.0.advice.0", "no advice 'SHIP-11'", "'SHIP-01'"),
    ("      refused: {en: No source., zh: 没有来源。}\n", "", "guide.consequences.1", "beside no metric", "`gates`"),
    ("gates: [campaign]", "gates: [campain]", "guide.consequences.0.gates.0", "no gate 'campain'", "'campaign'"),
    ("      metrics: [ship_fulfil_rate]\n      gates", "      metrics: [refund_rate]\n      gates",
     "guide.consequences.0.metrics.0", "refund_rate names none", "consequences"),
    ("    at_least: 4\n", "    at_least: 4\n    at_most: 5\n", "gates.campaign", "one limit", "at_least or at_most"),
    ("    at_least: 4\n", "", "gates.campaign", "one limit", ""),
    ("scores: [logistics]", "scores: [rank]", "gates.campaign.scores.0", "nothing says what 'rank' is called", "title"),
    ("structures:\n", "scores:\n  logistic: {unit: rate}\nstructures:\n", "scores.logistic", "asks for 'logistic'",
     "'logistics'"),
    ("  - id: stars\n", "  - id: stars\n    valid_from: 2025-01-01\n    valid_to: 2024-01-01\n", "structures.stars",
     "before valid_from", ""),
    ("kind: ratio_of", "kind: ratio_of\n    unit: money", "metrics.refund_rate", "of which currency", "currency"),
    ("kind: ratio_of", "kind: ratio_of\n    unit: money\n    currency: CNY", "metrics.refund_rate.unit",
     "only counted are no money", "`of`"),
    ("kind: ratio_of", "kind: ratio_of\n    currency: CNY", "metrics.refund_rate.currency", "only unit: money", ""),
    ("    kind: ratio\n", "    kind: ratio\n    unit: times\n", "metrics.ship_fulfil_rate.unit", "is a share", ""),
    ("    kind: ratio\n", "    kind: count\n    unit: times\n", "metrics.ship_fulfil_rate.unit", "by another",
     "ratio_of"),
    ("    kind: ratio\n", "    kind: composite\n    adds_up: true\n    missing: leave_out\n",
     "metrics.ship_fulfil_rate.missing", "add up only where none is missing", ""),
    ("{from: orders, at: paid_at}", "{from: orders, at: paid_at, of: amount, weight_by: buyer_weight}",
     "metrics.refund_rate.denominator.weight_by", "not both", "product"),
    ("  b_weight:\n", "  carrier:\n", "parameters.carrier", "already", "another name"),
    ("id: refund_rate", "id: value", "metrics.value.id", "could not tell", "another id"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[f"{m[2]}: {m[3]}" for m in MISTAKES])
def test_a_mistake_in_a_pack_is_a_sentence_with_its_place(rules_dir, mistake):
    old, new, where, what, hint = mistake
    folder = rules_dir({PACK: [(old, new)]})
    found = [each for each in problems(folder) if each.where == where and what in each.what]
    assert found, problems(folder)
    assert any(hint in each.hint for each in found)
    lines = (folder / PACK).read_text(encoding="utf-8").splitlines()
    path, _, line = found[0].place.rpartition(":")
    assert path == str(folder / PACK)
    assert 1 <= int(line) <= len(lines)


def test_the_line_and_the_caret_are_those_of_the_condition(rules_dir):
    folder = rules_dir({PACK: [("pending: NOT is_due", "pending: NOT is_duee")]})
    (problem,) = problems(folder)
    line = (folder / PACK).read_text(encoding="utf-8").splitlines().index("    pending: NOT is_duee") + 1
    assert str(problem).splitlines() == [
        f"{folder / PACK}:{line}: metrics.ship_fulfil_rate.pending: unknown column 'is_duee'",
        "    NOT is_duee",
        "        ^",
        "    did you mean 'is_due'?",
    ]


@pytest.mark.parametrize(
    "mistake",
    [
        ("formats/tmall_orders.yaml", "table: orders", "table: order", "table", "no table 'order'"),
        ("formats/tmall_orders.yaml", "paid_at:", "payed_at:", "columns.payed_at", "no column 'payed_at'"),
        ("formats/tmall_orders.yaml", "  created_at: 订单创建时间\n", "", "columns", "needs the column 'created_at'"),
        ("formats/tmall_orders.yaml", "word_list: tmall_status", "word_list: x", "columns.status.word_list", "no word"),
        ("formats/tmall_orders.yaml", "预售: presale", "预售: pre", "columns.kind.words.预售", "kind is never 'pre'"),
        ("formats/tmall_orders.yaml", "default: spot", "default: x", "columns.kind.default", "kind is never 'x'"),
        ("formats/tmall_orders.yaml", "columns:\n", "times: ['%H:%M']\ncolumns:\n", "times.0", "says no year"),
        ("formats/tmall_orders.yaml", "columns:\n", "times: ['%Y/%m/%d %K']\ncolumns:\n", "times.0", "directive %K"),
        ("formats/tmall_orders.yaml", "columns:\n", "decimal: ';'\ncolumns:\n", "decimal", "not one of the words"),
        ("formats/tmall_orders.yaml", "columns:\n", "once: [status]\ncolumns:\n", "once.0", "no column of money"),
        ("formats/tmall_orders.yaml", "columns:\n", "fill_down: [amount]\ncolumns:\n", "fill_down.0", "every line"),
        ("formats/tmall_orders.yaml", "columns:\n", "totals: ['(?P<rows>1)(?!2)']\ncolumns:\n", "totals.0", "looks"),
        ("formats/tmall_orders.yaml", "columns:\n", "untotalled: [amout]\ncolumns:\n", "untotalled.0", "no column"),
        (
            "formats/tmall_orders.yaml",
            "columns:\n",
            "melt: {name: 订单编号, value: 数值, headers: [率]}\ncolumns:\n",
            "melt.value",
            "no column is filled from '数值'",
        ),
        (
            "formats/tmall_orders.yaml",
            "column: [订单类型]",
            "column: [订单类型], find: '(?<=预)售'",
            "columns.kind.find",
            "a group may only be",
        ),
        ("formats/tmall_orders.yaml", "columns:\n", "totals: ['共(']\ncolumns:\n", "totals.0", "regular expression"),
        ("formats/tmall_orders.yaml", "columns:\n", "totals: ['共.*']\ncolumns:\n", "totals.0", "names no total"),
        ("formats/tmall_orders.yaml", "columns:\n", "totals: ['(?P<a>共)']\ncolumns:\n", "totals.0", "'a' is no total"),
        ("formats/tmall_orders.yaml", "id: tmall_orders", "id: orders", "id", "the file is not"),
        (
            "formats/tmall_orders.yaml",
            "column: [订单类型]",
            "column: 订单类型",
            "columns.kind.column",
            "a list is wanted",
        ),
        ("words/tmall_status.yaml", "shipped:", "sent:", "columns.status.word_list", "status is never 'sent'"),
        ("words/tmall_status.yaml", "[交易成功]", "[卖家已发货]", "words.finished.0", "stands for 'shipped' already"),
        ("aftersale.yaml", "entered: applied_at", "entered: applied", "states.applied.entered", "not a time"),
        ("aftersale.yaml", "'success'", "'done'", "states.refunded.only", "never 'done'"),
    ],
)
def test_a_mistake_in_another_file_is_one_too(rules_dir, mistake):
    name, old, new, where, what = mistake
    found = problems(rules_dir({name: [(old, new)]}))
    assert any(each.where == where and what in each.what for each in found), found


def test_all_mistakes_of_all_files_come_at_once_in_the_order_of_their_lines(rules_dir):
    folder = rules_dir(
        {
            PACK: [("NOT is_due", "NOT is_du"), ("better: lower", "better: smaller")],
            "aftersale.yaml": [("'success'", "'done'")],
            "words/tmall_status.yaml": [("title:", "titel:")],
        }
    )
    assert [each.where for each in problems(folder)] == [
        "states.refunded.only",
        "metrics.refund_rate.better",
        "document",
        "document",
    ]


def test_two_packs_of_one_platform_in_a_folder_are_a_mistake(rules_dir):
    folder = rules_dir()
    (folder / "tmall2.yaml").write_bytes((folder / PACK).read_bytes())
    assert any("described in tmall.yaml already" in each.what for each in problems(folder))


def test_a_missing_folder_and_a_missing_guide_are_mistakes(tmp_path, rules_dir):
    assert "no such folder" in problems(tmp_path / "none")[0].what
    assert "after-sale guide" in problems(rules_dir({"aftersale.yaml": None}))[0].what


IDLE_SOURCE = "  old: {title: a, publisher: b, retrieved: 2026-01-01, status: dated, confidence: low}\n"


def test_what_is_of_no_use_is_a_warning(rules_dir):
    changes = [
        ("segments: [carrier, hour]", "segments: [hour]"),
        ("segments: [product_id]", "segments: [product_id, reason_class]"),
        ("物流}, metrics: [ship_fulfil_rate]", "物流}, metrics: [ship]"),
        ("sources:\n", f"sources:\n{IDLE_SOURCE}"),
    ]
    rules = load_rules([rules_dir({PACK: changes})])
    assert [each.where for each in rules.warnings] == [
        "structures.stars.factors.0.metrics.0",
        "metrics.refund_rate.segments.1",
        "advice.SHIP-02.when",
        "sources.old",
    ]


def test_a_shop_file_is_read_as_strictly(tmp_path):
    path = tmp_path / "shop.yaml"
    path.write_text("", encoding="utf-8")
    assert load_shop_file(path).name is None
    path.write_text('name: 小店\nplatform: "1688"\ncutoffs: {ship_fulfil_rate: {"4.5": 0.95}}\n', encoding="utf-8")
    assert load_shop_file(path).cutoffs == {"ship_fulfil_rate": {"4.5": 0.95}}
    path.write_text("platform: 1688\nnam: x\nservice_hours: {opens: 09:00, closes: '21:00'}\n", encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_shop_file(path)
    assert [each.where for each in caught.value.problems] == ["platform", "document", "service_hours.opens"]


def test_the_rules_shipped_are_right_and_nothing_in_them_is_idle():
    rules = load_rules([default_rules_dir()])
    assert {"1688", "tmall"} <= set(rules.packs)
    assert rules.formats
    idle = [each for each in rules.warnings if "rests on the source" in each.what or "never fits" in each.what]
    assert idle == []


def test_loading_needs_no_engine_and_reads_what_has_not_changed_once(monkeypatch):
    code = (
        "import sys; from shopscore.ruleset.home import default_rules_dir;"
        "from shopscore.ruleset.load import load_rules;"
        "load_rules([default_rules_dir()]); print('polars' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
    load_rules([default_rules_dir()])
    monkeypatch.setattr(one_file, "read_yaml", None)
    load_rules([default_rules_dir()])
