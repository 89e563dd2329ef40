"""A change whose verdict is one on another limit says both limits."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shopscore.model import Change, Standing, Words
from shopscore.render import diff
from shopscore.render.letter import moves

TITLE = Words("Picked up", "揽收率")
FELL = Change(
    "metric", "p.up", TITLE, "rate", None, "higher",
    Standing(0.96, None, 0.98, "fail"), Standing(0.9499, None, 0.95, "undecided"), -0.0101, None, ("value",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "letter"),
    [
        (
            "en",
            "(needs >= 95.0%, before >= 98.0%), FAIL -> undecided",
            "FAIL → undecided, target >= 98.0%, now >= 95.0%",
        ),
        ("zh-Hans", "（需 >= 95.0%，之前需 >= 98.0%）", "目标 >= 98.0%，现为 >= 95.0%"),
    ],
)
def test_a_verdict_on_the_next_rung_of_a_ladder_names_both(lang, text, letter):
    told = diff._change(FELL, lang)
    assert text in told or text.replace("（", "(").replace("）", ")") in told
    assert letter in moves.named([FELL], lang)


@pytest.mark.parametrize(
    "alike",
    [
        replace(FELL, before=Standing(0.96, None, 0.95, "pass")),
        replace(FELL, before=Standing(0.96, None, 0.98, "undecided")),
        replace(FELL, before=None),
        replace(FELL, before=Standing(0.96, None, None, "not_measured")),
    ],
)
def test_the_same_limit_or_the_same_verdict_is_told_once(alike):
    assert "before >=" not in diff._change(alike, "en")
    assert "target" not in moves.named([alike], "en")
