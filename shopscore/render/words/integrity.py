"""What looks wrong in a shop's own data."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "integrity": (
        "Looks wrong in your own data (suspicious, not proven)",
        "自己的数据里看着不对的地方（可疑，未必属实）",
    ),
    "integrity_line": (
        "{title}: {suspicious} of {rows}{where}",
        "{title}：{rows} 行中 {suspicious} 行{where}",
    ),
    "integrity_where": (" ({count} of them with {place})", "（其中 {count} 行在{place}）"),
    "integrity_recount": ("{metric} {reported} would be {value} at worst", "{metric} {reported}，按最坏情况是 {value}"),
    "integrity_without": ("{metric} {reported} is {value} without them", "{metric} {reported}，不算它们是 {value}"),
    "integrity_more": (
        "{count} more: shopscore explain 'integrity.*' PATH",
        "另有 {count} 项：shopscore explain 'integrity.*' PATH",
    ),
    "integrity_whole": (
        "in full: shopscore explain 'integrity.*' PATH",
        "完整说明：shopscore explain 'integrity.*' PATH",
    ),
    "integrity_penalty": ("If true", "若属实"),
}
