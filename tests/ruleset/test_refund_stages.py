from __future__ import annotations

import pytest

from shopscore.errors import RuleError
from shopscore.ruleset.load import load_rules

PACK = "tmall.yaml"


def problems(folder):
    with pytest.raises(RuleError) as caught:
        load_rules([folder])
    return [(each.where, each.what) for each in caught.value.problems]


def test_only_a_figure_of_refund_time_is_made_of_stages(rules_dir):
    for line in ("segments: [carrier, hour]", "segments: [product_id]"):
        found = problems(rules_dir({PACK: [(line, f"{line}\n    stages: [applied]")]}))
        assert any("for a figure of the time they take" in what for _, what in found)


def test_a_stage_is_a_state_of_the_guide(rules_dir):
    line = "segments: [product_id]"
    found = problems(rules_dir({PACK: [(line, f"{line}\n    stages: [waiting]")]}))
    assert any("stages" in where for where, _ in found)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('times: ["09:00"]', 'times: ["9:00"]', "reading.rounds.times"),
        ('from: "22:00"', 'from: "24:00"', "reading.night.from"),
        ("holder: seller}", "holder: seller, holder_by_kind: {refund_only: nobody}}", "states.applied.holder_by_kind"),
    ],
)
def test_how_the_guides_words_are_read_is_checked(rules_dir, old, new, where):
    reading = (
        'reading: {rounds: {times: ["09:00"], source: [s]}, night: {from: "22:00", to: "08:00"}, weekend: [6, 7],\n'
        "  at_once_seconds: 60, source: [s]}\ntransitions: []"
    )
    folder = rules_dir({"aftersale.yaml": [("transitions: []", reading), (old, new)]})
    assert any(found.startswith(where) for found, _ in problems(folder))
