"""The traps: those that are no matter of rows, and that none of them is left without a case, a test or a reason."""

from __future__ import annotations

import re
from pathlib import Path

from case_files import OWN_PACKS, rules
from docs_pages import trap_cases, traps


def test_trap_37_no_star_or_rank_stands_in_a_pack():
    for platform in OWN_PACKS:
        for metric in rules().packs[platform].pack.metrics:
            if metric.kind == "composite":
                assert {each.score for each in metric.inputs}.isdisjoint(
                    other.id for other in rules().packs[platform].pack.metrics
                ), "a composite is made of entered scores, never of raw values"


def test_trap_42_forbidden_practices_are_only_warned_against():
    forbidden = ("好评返现", "买好评", "刷单", "提前录单号", "先打单录号", "虚假发货")
    for platform in OWN_PACKS:
        warned = set()
        for piece in rules().packs[platform].pack.advice:
            named = {word for word in forbidden if word in piece.do.zh}
            warned |= named
            if named:
                assert piece.compliance == "prohibited"
                assert "不要" in piece.do.zh
                assert "not" in piece.do.en.lower()
            if piece.compliance != "ok":
                assert piece.compliance_reason is not None
        assert warned


def test_trap_43_the_80_percent_of_the_general_guide_is_no_limit():
    for platform in OWN_PACKS:
        for metric in rules().packs[platform].pack.metrics:
            for limit in (metric.targets.published, metric.targets.advisory):
                # A rank in the category is no rate: JD's 80 % is another number, with sources of its own.
                assert metric.kind == "composite" or limit is None or limit.value not in {0.8, 80}
                assert limit is None or "guide-general" not in limit.source


def test_every_trap_is_held_by_a_case_or_a_test_or_says_why_not():
    cases = trap_cases()
    assert sorted(traps()) == list(range(1, 44))
    assert set(cases) <= set(traps())
    for number, trap in traps().items():
        assert set(trap) <= {"trap", "tests", "note", "instead"}
        assert cases.get(number) or trap.get("tests") or trap.get("instead"), number


def test_tests_that_hold_a_trap_exist():
    named = {name for trap in traps().values() for name in trap.get("tests", ())}
    written = {
        name
        for path in Path(__file__).parent.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named <= written
