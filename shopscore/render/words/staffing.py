"""When replies are missed, and who should be there."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "staffing": ("When replies are missed", "什么时段回复不及时"),
    "staffing_share": (
        "{metric}: {share} of the misses ({misses} of {all}) fall {when}; {then}",
        "{metric}：{share} 的超时（{all} 笔中 {misses} 笔）集中在{when}；{then}",
    ),
    "staffing_effect": (
        "one more agent then would remove about {removed} of all misses ({low} to {high})",
        "这时多安排一人，全部超时约可减少 {removed}（{low}～{high}）",
    ),
    "staffing_also": (
        "also {when}: {misses} of {all}; one more agent then removes about {removed} ({low} to {high})",
        "还有{when}：{all} 笔中 {misses} 笔；这时多一人约可减少 {removed}（{low}～{high}）",
    ),
    "staffing_no_agents": (
        "the files do not say who answered, so what one more agent would change cannot be told",
        "文件没有写明由谁回复，多一人能改善多少无法判断",
    ),
    "staffing_not_waiting": (
        "they waited for no busy agent: one more would change nothing",
        "当时并不是客服忙不过来：多一人也不会改善",
    ),
    "staffing_now": (
        "Now {agents} agents answer then; up to {peak} buyers wait at once, not counting those whose time is up",
        "现在这些时段平均 {agents} 人回复，最多同时有 {peak} 位买家在等（已超时的不算）",
    ),
    "staffing_move": (
        "{when} could spare one of {agents} agents: {misses} of {rows} missed",
        "可从{when}调一人过来：那时平均 {agents} 人，{rows} 笔中超时 {misses} 笔",
    ),
    "staffing_flat": (
        "{metric}: missed alike at all hours. More people at some hours would not help",
        "{metric}：各时段超时差不多，只在某些时段加人没有用",
    ),
    "staffing_look": ("; look at {cause} first", "；先看{cause}"),
    "staffing_not_steady": (
        "{metric}: the misses gather in some hours, but too unevenly from week to week to name a shift",
        "{metric}：超时集中在某些时段，但各周差别太大，还不能点名班次",
    ),
    "staffing_left_out": ("without {days}, on which far more was missed", "未计超时特别多的 {days}"),
    # Where few asked, the digit leans on the usual of its hour: none missed of 15 at a bad hour is a tenth.
    "staffing_legend": ("tenths missed, evened out", "超时几成(已平滑)"),
    "staffing_asked": ("asked, 9 most, . none", "咨询多少，9 为最多，. 无"),
    "shift": ("{days} {first:02d}:00-{last:02d}:00", "{days} {first} 点到 {last} 点"),
    "shift_over_night": ("{days} {first:02d}:00-{last:02d}:00", "{days} {first} 点到次日 {last} 点"),
    "shift_daily": ("every day", "每天"),
    "shift_days": ("{first} to {last}", "{first}至{last}"),
    "shift_day_1": ("Mon", "周一"),
    "shift_day_2": ("Tue", "周二"),
    "shift_day_3": ("Wed", "周三"),
    "shift_day_4": ("Thu", "周四"),
    "shift_day_5": ("Fri", "周五"),
    "shift_day_6": ("Sat", "周六"),
    "shift_day_7": ("Sun", "周日"),
}
