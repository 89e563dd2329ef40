"""The page that answers first: one shop in a screen, several in a table."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "more_short": ("and {count} more short of target: -v", "另有 {count} 项没到目标：加 -v 看全部"),
    "more_short_below": (
        "and {count} more short of target: below, among the other metrics",
        "另有 {count} 项没到目标：见下面的其他指标",
    ),
    "more_exports": ("and {count:more line|more lines}: -v", "另有 {count} 条：加 -v 看全部"),
    "more_causes": ("and {count:more cause|more causes}: --format json", "另有 {count} 个原因：--format json"),
    "more_explained": (
        " (and {count} more: shopscore explain {name})",
        "（另有 {count} 项：shopscore explain {name}）",
    ),
    "more_warnings": ("and {count:more note|more notes}: -v", "另有 {count} 条提示：加 -v 看全部"),
    "see_more": (
        "All details: the same command with -v, or --format html -o report.html",
        "全部细节：同一命令加 -v，或加 --format html -o report.html",
    ),
    "shops_answer": (
        "{shops} shops: {short} with metrics that fail or likely fail; "  # noqa: ISC004 - one text
        "{due:clock runs|clocks run} out within 24 hours of the moment judged.",
        "共 {shops} 家店：{short} 家有指标不达标或大概不达标；截至时刻起 24 小时内有 {due} 个时限到期。",
    ),
    "shops_failed": ("{count} could not be audited: see below.", "有 {count} 家无法审计：见下。"),
    "shops_short": ("short", "没到目标"),
    "shops_short_of": ("{short} of {judged}", "{judged} 项中 {short}"),
    "shops_first": ("begin with", "先做"),
    "shops_due": ("due 24 h", "24 小时内到期"),
    "shops_open": (
        "Each shop on a page of its own: --shop NAME; all of them: -v",
        "单独看一家店：--shop 店名；全部展开：-v",
    ),
}
