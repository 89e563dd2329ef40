"""The pages of docs/ that are made: what the packs make of each guide, which cases hold which trap, the JSON Schema."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import partial
from pathlib import Path

import reference_pages
import traditional_table
import yaml
from case_files import FILES, read, rules
from traditional_table import AGAIN

from shopscore.catalog.guides import guide_of
from shopscore.render import schema

ROOT = Path(__file__).parents[1]
TRAPS = Path(__file__).parent / "traps.yaml"
TRAP = re.compile(r"trap (\d+): (.*)")
DAY = dt.date(2026, 11, 23)
"""The day whose definitions the page shows."""

METRICS = f"""# Metrics

What each platform's guide names, the metrics that measure it, the status of their definitions, the exports they need
and what is missing. `shopscore rules guide` shows the same for your packs, in Chinese too; `shopscore explain METRIC`
opens one metric up.

Made from the packs, by the definitions in force on {DAY}; write it again with `{AGAIN}`.
"""
TRAPPED = f"""# Traps

Ways in which a plain reading of the platforms' rules goes wrong, and the cases that hold this program to the right one.
The cases stand in `tests/cases/<platform>/<metric>.yaml`; their names begin with `trap NN:`. A test makes sure that
each trap is held by a case or a test, or says why it cannot be.

Made from the cases and `tests/traps.yaml`; write it again with `{AGAIN}`.
"""


def cell(text):
    """A text inside a Markdown table."""
    return " ".join(text.replace("|", "\\|").split())


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines)


# ── the guides ───────────────────────────────────────────────────────────────────────────────────────────────────


def both(words):
    """A name in both languages."""
    return words.en if words.en == words.zh else f"{words.en} · {words.zh}"


def measures(first, found):
    """Indicators, or further metrics, with what they need."""
    rows = [
        (
            both(each.name),
            f"`{each.metric}`" if each.metric else "-",
            each.status.replace("_", " "),
            "; ".join(exports.en for exports in each.exports) or "-",
            each.missing.en if each.missing else "-",
        )
        for each in found
    ]
    return table((first, "metric", "definition", "exports needed", "missing"), rows)


def answers(first, found):
    """Advice or consequences of a guide, and where each stands."""
    rows = [
        (both(each.text), " ".join(f"`{name}`" for name in each.where) or "-", each.refused.en if each.refused else "-")
        for each in found
    ]
    return table((first, "where", "why not"), rows)


def metrics_page():
    """docs/metrics.md."""
    parts = [METRICS]
    for loaded in rules().packs.values():
        guide = guide_of(rules(), loaded, DAY)
        parts.append(f"## {guide.platform}: {both(guide.title)}\n")
        if guide.indicators:
            parts.append(measures("indicator", guide.indicators))
        if guide.advice:
            parts.append(answers("advice of the guide", guide.advice))
        if guide.consequences:
            parts.append(answers("consequence", guide.consequences))
        if guide.beyond:
            parts.append(measures("beyond the guide" if guide.indicators else "title", guide.beyond))
    return "\n".join(parts)


# ── the traps ────────────────────────────────────────────────────────────────────────────────────────────────────


def traps():
    """What is known of every trap beside its cases, by number."""
    return dict(enumerate(yaml.safe_load(TRAPS.read_text(encoding="utf-8")), 1))


def trap_cases():
    """Trap → platform → metric → the names of its cases."""
    found = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for path in FILES:
        platform, _, metric = read(path)["metric"].partition(".")
        for case in read(path)["cases"]:
            if match := TRAP.fullmatch(case["name"]):
                found[int(match[1])][platform][metric].append(match[2])
    return found


def held(trap, platforms):
    """Where a trap is held, grouped by platform, and what else there is to say."""
    for platform, metrics in sorted(platforms.items()):
        yield f"**{platform}**"
        yield from (f"`{metric}`: {' · '.join(names)}" for metric, names in sorted(metrics.items()))
    if trap.get("tests"):
        yield ", ".join(f"`{name}`" for name in trap["tests"])
    if not platforms and not trap.get("tests"):
        yield trap["instead"]
    if "note" in trap:
        yield trap["note"]


def traps_page():
    """docs/traps.md."""
    cases = trap_cases()
    rows = [
        (str(number), trap["trap"], "<br>".join(held(trap, cases.get(number, {})))) for number, trap in traps().items()
    ]
    return f"{TRAPPED}\n{table(('#', 'trap', 'held by'), rows)}"


PAGES = {
    "docs/metrics.md": metrics_page,
    "docs/traps.md": traps_page,
    "docs/report.schema.json": schema.text,
    "docs/plain.md": reference_pages.plain_page,
    "docs/cli.md": reference_pages.cli_page,
    "docs/exports.md": reference_pages.exports_page,
    "docs/columns.md": reference_pages.columns_page,
    "docs/report.en.svg": partial(reference_pages.picture, "en", "1688"),
    "docs/report.zh.svg": partial(reference_pages.picture, "zh-Hans", "1688"),
    "shopscore/traditional/table.txt": traditional_table.page,
}
