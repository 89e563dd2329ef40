"""What stands out in a metric's days."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "trend": ("Out of the ordinary", "异常的日子"),
    "trend_day": ("{day} {value} ({counts}), usually {usual}", "{day} 为 {value}（{counts}），通常 {usual}"),
    "trend_same": (
        "{day} {value} ({counts}), at {event} before {usual}",
        "{day} 为 {value}（{counts}），往年{event} {usual}",
    ),
    "trend_other": (
        "{day} {value} ({counts}), at other promotions {usual}",
        "{day} 为 {value}（{counts}），其他大促 {usual}",
    ),
    "trend_of": ("{numerator} of {denominator}", "{denominator} 中 {numerator}"),
    "trend_rows": ("{rows:row|rows}", "{rows} 行"),
    "trend_a_day": ("{count} a day", "每天 {count}"),
    "trend_more_days": ("{count:more day|more days}", "另有 {count} 天"),
    "trend_worse": ("worse since {day}: {before} -> {after}", "{day} 起变差：{before} → {after}"),
    "trend_better": ("better since {day}: {before} -> {after}", "{day} 起变好：{before} → {after}"),
    "trend_since": ("since {day}: {before} -> {after}", "{day} 起：{before} → {after}"),
    "trend_difference": ("difference {span} (95 %)", "变化 {span}（95%）"),
    "trend_special": (
        "special days, not compared with usual ones: {days}",
        "特殊日期，不与平日比较：{days}",
    ),
    "trend_unlike": (
        "this window and the one before are no like with like: {names}",
        "本期与上期不可直接相比：{names}",
    ),
    "trend_kept_apart": (
        "whether it got worse than in the window before cannot be said: {names} make the two too unlike to compare",
        "无法判断比上期是否变差：受{names}影响，两期不可比",
    ),
    "trend_title": ("Day by day", "逐日情况"),
    "trend_usual": ("usually {centre}, from {days:day|days}", "通常为 {centre}（取自 {days} 天）"),
    "trend_weekdays": ("weekdays differ: {days}", "各星期不同：{days}"),
    "trend_quiet": (
        "no day of the last {days} is out of the ordinary",
        "最近 {days} 天没有异常的日子",
    ),
}
