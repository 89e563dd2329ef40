"""Past audits, and a metric over them."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "audit": ("audit", "体检编号"),
    "counted": ("counts", "分子 / 分母"),
    "shop": ("shop", "店铺"),
    "trust_word": ("trust", "可信度"),
    "failing": ("failing", "不达标"),
    "rules_from_here": ("from here on by the rules {rules}", "以下按规则 {rules}"),
    "since_none": (
        "regression: {shop}: no earlier audit alike in the history; nothing to compare with",
        "regression：{shop}：历史里没有可比的早先体检，无法比较",
    ),
    "since_no_history": (
        "regression: {shop}: without --history there is no audit to compare with",
        "regression：{shop}：没有 --history，无法比较",
    ),
}
