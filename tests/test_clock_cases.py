"""The clock cases: rows in YAML, and which clocks run on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_files import OWN_PACKS, moment, read, rules, shop_tables

from shopscore import facts
from shopscore.ledger.clocks import watch
from shopscore.ruleset.clocks import define_clocks
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile

FOLDER = Path(__file__).parent / "clocks"
STATES = {"runs", "done", "over", "passed", "blocked", "undated", "none"}


def clock_cases():
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in read(path)["cases"]:
            yield pytest.param(path, case, id=f"{path.stem}.{case['clock']}: {case['name']}")


def watched(platform, file, case):
    as_of = moment(case.get("as_of", file["as_of"]))
    pack, shop = rules().packs[platform].pack, ShopFile.model_validate(case.get("shop", {}))
    settings = fact_settings(pack, as_of.date(), shop, rules().machine)
    built = facts.build(shop_tables(platform, file, case, as_of), settings, as_of)
    found = watch(built, define_clocks(pack, shop), define(pack, as_of.date(), shop))
    (own,) = (each for each in found if each.rules.id == f"{platform}.{case['clock']}")
    return own


def state(turn):
    """What became of a turn, by the words of the cases."""
    if turn.running:
        return "runs"
    if turn.done is not None and (turn.over is None or turn.done <= turn.over):
        return "done"
    return "passed" if turn.over is None else "over"


@pytest.mark.parametrize(("path", "case"), list(clock_cases()))
def test_a_clock_runs_as_its_rows_say(path, case):
    file = read(path)
    own = watched(path.stem, file, case)
    found = {turn.subject: turn for turn in own.turns}
    for subject, expected in case["expect"].items():
        wanted = expected if isinstance(expected, dict) else {"state": expected}
        assert wanted["state"] in STATES
        if wanted["state"] in ("none", "blocked", "undated"):
            assert subject not in found, subject
            assert (subject in dict(own.blocked)) == (wanted["state"] == "blocked"), subject
            assert (subject in dict(own.undated)) == (wanted["state"] == "undated"), subject
            if "due" in wanted:
                assert dict(own.blocked)[subject] == moment(wanted["due"]), subject
            continue
        turn = found[subject]
        assert state(turn) == wanted["state"], subject
        if "due" in wanted:
            assert turn.due == moment(wanted["due"]), subject
        if "holder" in wanted:
            assert own.rules.steps[turn.step].holder == wanted["holder"], subject
        if "counts_in" in wanted:
            counting = {name.partition(".")[2] for name, stakes in own.stakes.items() if subject in stakes}
            assert counting == set(wanted["counts_in"]), subject
    assert {turn.subject for turn in own.running} | dict(own.blocked + own.undated).keys() <= set(case["expect"])


@pytest.mark.parametrize("platform", OWN_PACKS)
def test_every_clock_of_a_pack_is_met_running_and_stopped(platform):
    seen = {each.id: set() for each in rules().packs[platform].pack.clocks}
    for case in read(FOLDER / f"{platform}.yaml")["cases"]:
        for expected in case["expect"].values():
            seen[case["clock"]].add(expected["state"] if isinstance(expected, dict) else expected)
    for name, states in seen.items():
        own = next(each for each in rules().packs[platform].pack.clocks if each.id == name)
        assert {"runs", "done", "passed"} <= states | ({"passed"} if platform and own.due == "timeout_at" else set()), (
            name
        )
        assert own.blocked is None or "blocked" in states, name
        assert own.undated is None or "undated" in states, name
        if own.over:
            assert "over" in states or "none" in states, name
