"""The traps: those that are no matter of rows, and the page that says which cases hold which."""

from __future__ import annotations

import re
from collections import defaultdict

from case_files import CASES, FILES, OWN_PACKS, read, rules

TRAP = re.compile(r"trap (\d+): (.*)")
ROW = re.compile(r"\| (\d+) \| [^|]+ \| (.*) \|")


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


def trap_cases():
    """Trap → metric → the names of its cases, as the case files have them."""
    found = defaultdict(lambda: defaultdict(list))
    for path in FILES:
        for case in read(path)["cases"]:
            if match := TRAP.fullmatch(case["name"]):
                found[int(match[1])][read(path)["metric"]].append(match[2])
    return found


def test_the_page_of_traps_tells_what_is_tested():
    page = (CASES.parents[1] / "docs" / "traps.md").read_text(encoding="utf-8")
    told = {int(match[1]): match[2].split("<br>") for line in page.splitlines() if (match := ROW.fullmatch(line))}
    assert sorted(told) == list(range(1, 44))
    tested = trap_cases()
    for trap, parts in told.items():
        named = {metric: names for metric, names in tested[trap].items() if metric.startswith(("1688.", "tmall."))}
        lines = {f"`{metric}`: {' · '.join(names)}" for metric, names in named.items()}
        assert {part for part in parts if part.startswith(("`1688.", "`tmall."))} == lines, f"trap {trap}"


def test_the_page_of_traps_names_tests_that_exist():
    page = (CASES.parents[1] / "docs" / "traps.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    assert named
    assert named <= set(globals())
