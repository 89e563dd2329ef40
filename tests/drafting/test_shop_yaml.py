"""``shop.yaml`` as ``init`` writes it: says nothing as it is, and is true to the pack."""

from __future__ import annotations

import re

import pytest

from shopscore.catalog import load
from shopscore.drafting.shop_yaml import write
from shopscore.errors import RuleError
from shopscore.ruleset.own_files import load_shop_file
from shopscore.ruleset.shopfile import ShopFile

PACKS = {name: loaded.pack for name, loaded in load().packs.items()}


def loaded(tmp_path, text):
    (tmp_path / "shop.yaml").write_text(text, encoding="utf-8")
    return load_shop_file(tmp_path / "shop.yaml")


def uncommented(text, blank):
    """Every line filled in as a person would: the sign taken away, a number or text in each blank."""
    lines = [line[2:].partition("  ## ")[0] for line in text.splitlines() if line.startswith("# ")]
    body = "\n".join(line for line in lines if "suppressions" not in line and "metric: ," not in line)
    body = body.replace("{date: , what: , metric: }", "{date: 2026-11-20, what: 换快递, metric: pickup}")
    body = body.replace("{title: , first: , last: }", "{title: 店庆, first: 2026-10-01, last: 2026-10-03}")
    body = body.replace("opens: ,", 'opens: "09:00",').replace("closes: }", 'closes: "24:00"}')
    body = re.sub(r"(?m)^(  [a-z0-9_]+|displayed):$(?!\n   )", rf"\1: {blank}", body)
    return re.sub(r'("[^"]+"): (?=[,}])', rf"\1: {blank}", body)


@pytest.mark.parametrize("platform", PACKS)
@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_as_written_it_says_nothing(tmp_path, platform, lang):
    assert loaded(tmp_path, write(platform, PACKS[platform], lang)) == ShopFile()
    assert loaded(tmp_path, write(None, None, lang)) == ShopFile()


@pytest.mark.parametrize("platform", PACKS)
def test_every_blank_can_be_filled_in(tmp_path, platform):
    pack = PACKS[platform]
    shop = loaded(tmp_path, uncommented(write(platform, pack, "en"), "3.5"))
    scored = {metric.id for metric in pack.metrics if metric.purpose == "score" and metric.kind != "composite"}
    inputs = {each.score for metric in pack.metrics for each in metric.inputs}
    factors = {each.score for structure in pack.structures for each in structure.factors}
    gates = {name for gate in pack.gates for name in gate.scores}
    assert shop.scores.keys() == scored | inputs | factors | gates
    assert shop.shown.keys() == {metric.id for metric in pack.metrics if metric.bound_of is None}
    assert [(each.what, each.metric) for each in shop.measures] == [("换快递", "pickup")]
    assert set(shop.cutoffs) == {metric.id for metric in pack.metrics if metric.id in scored and metric.kind != "none"}
    assert shop.parameters == {name: each.default for name, each in pack.parameters.items()}
    assert shop.switches == {
        metric.id: {name: switch.default for name, switch in metric.switches.items()}
        for metric in pack.metrics
        if metric.switches
    }
    assert (shop.platform, shop.timezone, shop.displayed) == (platform, pack.timezone, 3.5)


def test_a_blank_that_was_not_filled_in_is_refused_with_its_place(tmp_path):
    text = write("1688", PACKS["1688"], "en").replace("# scores:", "scores:").replace("#   ww_3min", "  ww_3min", 1)
    with pytest.raises(RuleError, match=r"scores\.ww_3min_rate: a number is wanted here; this is nothing"):
        loaded(tmp_path, text)


def test_items_have_their_titles_in_both_languages():
    assert "#   ww_3min_rate:  ## Wangwang replies within 3 minutes / 3分钟旺旺响应率" in write(
        "1688", PACKS["1688"], "en"
    )


def test_what_a_score_opens_stands_below_it():
    pack = next(pack for pack in PACKS.values() if pack.gates)
    gate = pack.gates[0]
    limit = f">= {gate.at_least:g}" if gate.at_least is not None else f"<= {gate.at_most:g}"
    lines = write(pack.platform, pack, "en").splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith(f"#   {gate.scores[0]}:"))
    assert lines[place + 1].startswith(f"##      {limit}: {gate.title.en}; opens: ")


def test_the_options_of_a_switch_are_listed():
    text = write("1688", PACKS["1688"], "en")
    assert "#     limit: h48  ## The hours allowed\n##      h48: 48 hours\n" in text
