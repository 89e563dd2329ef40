"""What only Markdown says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "md_shop": ("shop", "店铺"),
    "md_platform": ("platform", "平台"),
    "md_at_target": ("at target", "到了目标"),
    "md_unmeasured": ("not judged", "未判定"),
    "md_trust": ("data", "数据"),
    "md_shops_short": (
        "{short} of {shops} shops have metrics that fail or likely fail. Begin with {first}.",
        "{shops} 家店铺中 {short} 家有不达标或大概不达标的指标。最该先看：{first}。",
    ),
    "md_shops_ok": (
        "{shops} shops; no metric that can be judged fails or likely fails.",
        "{shops} 家店铺，凡能判定的指标没有不达标或大概不达标的。",
    ),
    "md_shops_doubted": (
        "{shops} shops; no metric that can be judged fails or likely fails, but the data of {count} is not all there "  # noqa: ISC004 - one text
        "or in doubt.",
        "{shops} 家店铺，凡能判定的指标没有不达标或大概不达标的，但有 {count} 家的数据不全或可疑。",
    ),
    "md_due": ("What runs out soon ({shown} of {count})", "快到期的（{count} 个中的 {shown} 个）"),
    "md_method": ("How this was computed", "计算方法"),
    "md_how": (
        "Every number comes from the files named above, by the definitions of the rule packs named. Blank is not zero, "  # noqa: ISC004 - one text
        "pending is not late, unmeasured is not bad.",
        "所有数字都由上列文件按所列规则包的口径算出。空白不是零，未到期不算超时，没测到不算差。",
    ),
    "md_made": ("audit {audit}, shopscore {version}", "审计编号 {audit}，shopscore {version}"),
    "md_left_out": ("{count:more line is|more lines are} in the full report.", "另有 {count} 行见完整报告。"),
    "md_more": (
        "Everything else: `shopscore render REPORT.json --format html`",
        "完整内容：`shopscore render REPORT.json --format html`",
    ),
}
