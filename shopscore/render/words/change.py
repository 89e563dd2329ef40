"""How a value changed since the window before."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "change_worse": (
        "{amount} worse than in the {days} days before ({before} -> {now})",
        "比前 {days} 天差 {amount}（{before} → {now}）",
    ),
    "change_better": (
        "{amount} better than in the {days} days before ({before} -> {now})",
        "比前 {days} 天好 {amount}（{before} → {now}）",
    ),
    "change_chance": (
        "{before} in the {days} days before: the difference is within chance",
        "前 {days} 天为 {before}：差别在偶然范围内",
    ),
    "change_unlike": ("{names} in one of the two only", "只有其中一期含{names}"),
    "change_nowhere": (
        "no single carrier, product, hour … changed more than the others",
        "没有哪个快递、商品、时段变化特别大",
    ),
    "change_more": (
        "{amount} because {where} took a larger part ({before} -> {now})",
        "{where}占比上升（{before} → {now}）占 {amount}",
    ),
    "change_less": (
        "{amount} because {where} took a smaller part ({before} -> {now})",
        "{where}占比下降（{before} → {now}）占 {amount}",
    ),
    "change_more_together": (
        "{amount} because larger parts fell on {where}",
        "{where}占比上升，共占 {amount}",
    ),
    "change_less_together": (
        "{amount} because smaller parts fell on {where}",
        "{where}占比下降，共占 {amount}",
    ),
    "change_moved": ("{where} ({before} -> {now})", "{where}（{before} → {now}）"),
    "change_others": ("{count} more", "另外 {count} 个"),
    "change_grew_worse": (
        "{amount} because {where} got worse ({before} -> {now})",
        "{where}变差（{before} → {now}）占 {amount}",
    ),
    "change_grew_better": (
        "{amount} because {where} got better ({before} -> {now})",
        "{where}变好（{before} → {now}）占 {amount}",
    ),
    "change_all_worse": ("{amount} because it got worse all over", "各处都变差占 {amount}"),
    "change_all_better": ("{amount} because it got better all over", "各处都变好占 {amount}"),
    "change_all_elsewhere": ("{amount} elsewhere", "其他地方占 {amount}"),
    "change_all_against": ("all else took {amount} off that", "其他地方抵消 {amount}"),
    "change_simpson_worse": (
        "every larger {dimension} got better, and the shop worse all the same",
        "较大的每个{dimension}单独看都变好了，全店却变差",
    ),
    "change_simpson_better": (
        "every larger {dimension} got worse, and the shop better all the same",
        "较大的每个{dimension}单独看都变差了，全店却变好",
    ),
}
