"""What only the page of HTML says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "html_skip": ("To the report", "跳到报告"),
    "html_shops": ("Shops", "店铺"),
    "html_due_soon": ("{count} clocks run out within 24 hours", "24 小时内有 {count} 个时限到期"),
    "html_money": ("{amount} at stake on what is still open", "未完成的部分涉及 {amount}"),
    "html_ranked": ("Most worth fixing first", "最值得先改的在前"),
    "html_scale": ("Value, interval and target", "数值、区间与目标"),
    "html_trend": ("Days", "逐日"),
    "html_bar": ("{value}, interval {interval}, target {target}", "{value}，区间 {interval}，目标 {target}"),
    "html_days": (
        "{title}, day by day; days out of the ordinary: {signals}",
        "{title}，逐日；异常的天数：{signals}",
    ),
    "html_causes": ("What the misses come with, largest excess first", "失误集中在哪里（多出最多的在前）"),
    "html_cause": ("Where", "哪里"),
    "html_share": ("Share", "占比"),
    "html_beside": ("What stands beside it", "旁证"),
    "html_others": ("All other metrics with a value", "其余有数值的指标"),
    "html_suppressed": ("Set aside, with reason, owner and expiry", "已搁置（原因、负责人、期限）"),
    "html_filter": ("Filter", "筛选"),
    "html_due": ("What still runs", "正在计时"),
    "html_due_caption": (
        "{count} clocks still run; here are {shown}, the most valuable first (all of them: shopscore due PATH)",
        "共 {count} 个时限在走，这里是最要紧的 {shown} 个（全部：shopscore due PATH）",
    ),
    "html_what": ("What to do", "要做什么"),
    "html_subject": ("Order or case", "订单或单号"),
    "html_deadline": ("By", "截止"),
    "html_hours": ("Hours left", "剩余小时"),
    "html_chance": ("Chance of missing it", "超时可能"),
    "html_loses": ("What missing it costs", "超时的代价"),
    "html_left": ("{count} more may be missed", "还可失误 {count} 次"),
    "html_week": (
        "{metric}: replies missed, by weekday and hour; the darker, the more",
        "{metric}：按星期与小时统计的超时回复，颜色越深越多",
    ),
    "html_of": ("{count} of {all} missed", "{all} 中超时 {count}"),
    "html_stages": ("Stages, {first} to {last}, {cases} cases", "各阶段，{first} 至 {last}，{cases} 笔"),
    "html_stage": ("Stage", "阶段"),
    "html_cases": ("Cases", "笔数"),
    "html_median": ("Median", "中位"),
    "html_p90": ("9 of 10 within", "九成在"),
    "html_effort": ("effort", "所需时间"),
    "html_method": ("How this was computed", "计算方法"),
    "html_how": (
        "Every number comes from the files below, by the definitions of the rule packs named above. Blank is not zero, "  # noqa: ISC004 - one text
        "pending is not late, unmeasured is not bad. What a platform ranks against peers is never computed. "
        "The JSON report is inside this page.",
        "所有数字都由下列文件按上述规则包的口径算出。空白不是零，未到期不算超时，没测到不算差。"  # noqa: ISC004 - one text
        "与同行排名有关的分数不推算。本页内含 JSON 报告。",
    ),
    "html_audit": ("audit", "审计编号"),
    "html_sources": ("Where definitions and limits come from", "口径与门槛的出处"),
    "html_source": ("Source", "出处"),
    "html_title": ("Title", "标题"),
    "html_publisher": ("Publisher", "发布者"),
    "html_published": ("Published", "发布日期"),
    "html_confidence": ("Confidence", "可信程度"),
    "html_files": ("Every file and its rows", "全部文件与行数"),
    "html_file": ("File", "文件"),
    "html_read": ("Rows", "行数"),
    "html_used": ("Used", "采用"),
    "html_repeated": ("Repeated", "重复"),
    "html_refused": ("Left out", "未采用"),
}
