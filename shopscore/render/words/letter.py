"""What is sent of an audit."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "letter_one": ("{shop}: {answer}", "{shop}：{answer}"),
    "letter_many": ("{count} shops: {answer}", "{count} 家店铺：{answer}"),
    "letter_short": ("{count} short of target", "{count} 项没到目标"),
    "letter_worse": ("{count} worse", "{count} 项变差"),
    "letter_shops_short": ("{count} with metrics short of target", "{count} 家有指标没到目标"),
    "letter_shops_worse": ("{count} worse than before", "{count} 家变差"),
    "letter_well": ("nothing is short of target", "指标都到了目标"),
    "letter_well_but": ("nothing is known to be short of target, but {caveat}", "已知的指标都到了目标，但 {caveat}"),
    "letter_well_doubted": (
        "nothing is known to be short of target, but the data of {count} shops is not all there or in doubt",
        "已知的指标都到了目标，但有 {count} 家店的数据不全或可疑",
    ),
    "letter_nothing": ("nothing could be judged", "没有可判定的指标"),
    "letter_failed": ("{count:shop|shops} could not be audited", "{count} 家店铺体检失败"),
    "letter_head": ("{shop} · {platform} · as of {as_of}", "{shop} · {platform} · 截至 {as_of}"),
    "letter_now": ("{title} {value} (needs {limit})", "{title} {value}（需 {limit}）"),
    "letter_got_worse": ("Worse since {day}: {what}", "比 {day} 变差：{what}"),
    "letter_got_better": ("Better since {day}: {what}", "比 {day} 变好：{what}"),
    "letter_new": ("Judged now: {what}", "现在有判定：{what}"),
    "letter_gone": ("No longer judged: {what}", "不再有判定：{what}"),
    "letter_turned": ("Other verdict, within chance: {what}", "判定变了，但变化在偶然范围内：{what}"),
    "letter_moved": ("{title} {before} → {after}", "{title} {before} → {after}"),
    "letter_more": ("and {count} more", "另有 {count} 项"),
    "letter_due": ("Runs out by {until}: {count} ({kinds})", "{until} 前到期：{count} 个（{kinds}）"),
    "letter_set_aside": ("Set aside: {count}", "已搁置：{count} 项"),
    "letter_band": ("Band {before} → {after}", "档位 {before} → {after}"),
    "letter_trust": ("Trust in the data {before} → {after}", "数据可信度 {before} → {after}"),
    "letter_no_band": ("none", "无"),
    "letter_shops_more": ("and {count:more shop|more shops}: see the full report", "另有 {count} 家店铺，见完整报告"),
    "letter_where": ("Full report: {where}", "完整报告：{where}"),
    "letter_source": ("shopscore audit {audit}", "shopscore 体检 {audit}"),
    "letter_cut": ("{count:more line|more lines}: see the full report", "另有 {count} 行，见完整报告"),
    "letter_unjudged": ("not judged", "未判定"),
}
