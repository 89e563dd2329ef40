"""What is said of many shops together."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "fleet_comma": (", ", "、"),
    "fleet_stop": (".", "。"),
    "fleet_title": ("{count:shop|shops}", "{count} 家店铺"),
    "fleet_answer": ("{short} of {all} shops fall short", "{all} 家店铺中 {short} 家落后"),
    "fleet_undecided": ("{count} may fall short, the evidence is not decisive", "{count} 家可能落后，证据不足"),
    "fleet_meets": ("{count} meet all that can be judged", "{count} 家凡能判定的都达标"),
    "fleet_unjudged": ("{count} cannot be judged yet", "{count} 家还无法判定"),
    "fleet_failed_count": ("{count} could not be audited", "{count} 家未能审计"),
    "fleet_low_trust": ("the data of {count} cannot be trusted", "{count} 家的数据不可信"),
    "fleet_unread": ("{count:shop has|shops have} files that could not be read in full", "{count} 家有文件没能读全"),
    "fleet_shared_count": ("{count:cause is|causes are} shared by several shops", "{count} 个原因是多家店铺共有的"),
    "fleet_first": ("Begin with {shop}: {title} ({advice})", "最该先做：{shop} 的{title}（{advice}）"),
    "fleet_actions": (
        "Do this first: thresholds crossed for an hour of work",
        "先做这些（按每小时工作量预计跨过的门槛数）",
    ),
    "fleet_other_basis": (
        "* not the platform's own threshold (advice, or the shop's own best): after those that are",
        "* 不是平台自己的门槛（参考值或本店最好水平），排在平台门槛之后",
    ),
    "fleet_shop": ("shop", "店铺"),
    "fleet_owner": ("owner", "负责人"),
    "fleet_group": ("group", "分组"),
    "fleet_gain": ("per hour", "每小时"),
    "fleet_work": ("work", "工作量"),
    "fleet_hours": ("{hours} h", "{hours} 小时"),
    "fleet_unknown_work": ("not known", "未知"),
    "fleet_advice": ("advice", "建议"),
    "fleet_more_actions": (
        "and {count} more: --format json, or the page of HTML",
        "另有 {count} 项：见 --format json 或 HTML 页",
    ),
    "fleet_causes": ("Shared by several shops", "多家店铺共有的原因"),
    "fleet_cause": (
        "{where}: {excess} misses of {title} too many (95 %: {low} to {high}), {share} of all in {shops} shops",
        "{where}：{title}多失误 {excess} 次（95 % 区间 {low} 至 {high}），占 {shops} 家店铺全部失误的 {share}",
    ),
    "fleet_cause_enough": (
        "{count} of them would meet their target without it",
        "没有它，其中 {count} 家就能达标",
    ),
    "fleet_cause_unseen": ("no shop shows it alone", "单看任何一家都看不出来"),
    "fleet_cause_seen": ("{count} show it alone", "单看能看出的有 {count} 家"),
    "fleet_cause_most": ("most in {list}", "最多的是 {list}"),
    "fleet_cause_also": ("also in {list}", "也影响 {list}"),
    "fleet_unmeasured": ("not measured", "没测到"),
    "fleet_where": ("In which of the {count} shops", "在这 {count} 家店铺里各是多少"),
    "fleet_within": ("{bad} of {rows} missed, {excess} too many", "{rows} 中失误 {bad}，多出 {excess}"),
    "fleet_within_named": ("in its own report too", "该店报告也已指出"),
    "fleet_within_enough": ("meets its target without them", "没有这些就能达标"),
    "fleet_no_cause": (
        "Of {count} segments put to the test none is worse in several shops beyond chance.",
        "检验了 {count} 个分段，没有一个在多家店铺都差得超出偶然。",
    ),
    "fleet_no_segments": (
        "Nothing could be compared between shops: too few of them share a carrier, a warehouse, a region or hours.",
        "店铺之间没有可比的分段：共有的快递、仓库、地区或时段太少。",
    ),
    "fleet_matrix": ("{title}: {short} of {count} shops fall short", "{title}：{count} 家店铺中 {short} 家落后"),
    "fleet_short": ("short", "落后"),
    "fleet_legend": (
        "X falls short, X? likely falls short, ? undecided, ok? likely meets, ok meets its target, - not measured",
        "X 不达标，X? 可能不达标，? 证据不足，ok? 可能达标，ok 达标，- 没测到",
    ),
    "fleet_column": ("{number} {title} {short}/{judged}", "{number} {title} {short}/{judged}"),
    "fleet_columns": ("Metrics, with the shops that fall short of those judged", "指标（落后家数/可判定家数）"),
    "fleet_more_columns": (
        "{count:more metric|more metrics}, in each of which at most {short} shops fall short",
        "另有 {count} 项指标，每项最多 {short} 家落后",
    ),
    "fleet_fine": ("{count} more where nothing falls short: {list}", "另有 {count} 家没有落后：{list}"),
    "fleet_nobody": ("no owner named", "未写负责人"),
    "fleet_owners": ("By owner", "按负责人"),
    "fleet_group_line": (
        "{name}: {short} of {count} shops fall short",
        "{name}：{count} 家店铺中 {short} 家落后",
    ),
    "fleet_failed": ("Could not be audited", "未能审计"),
    "fleet_trust": (
        "Data that cannot be trusted, was not read in full, or ends early",
        "数据不可信、没能读全或截止过早",
    ),
    "fleet_set_aside": ("Set aside", "已搁置"),
    "fleet_open": (
        "one shop: shopscore audit PATH --shop NAME; a page for each: --format html --output FOLDER",
        "看一家：shopscore audit PATH --shop NAME；每家一页：--format html --output FOLDER",
    ),
    "fleet_pages": ("All shops", "全部店铺"),
    "fleet_matrix_caption": (
        "Every shop and metric; those that fall short most first",
        "每家店铺的每项指标，落后最多的在前",
    ),
    "fleet_work_note": (
        "Hours of work: {list} (a convention; fleet.yaml may say otherwise).",
        "工作量按小时计：{list}（约定值，可在 fleet.yaml 改写）。",
    ),
    "fleet_crossings_note": (
        "Thresholds: the target, gates it keeps shut, the next band; counted by how likely the metric is truly short, "  # noqa: ISC004 - one text
        "and by the part of the coming window in which acting makes a difference.",
        "门槛指该指标的目标、被它卡住的资格和评分的下一档；按确实落后的可能性、以及接下来统计期内做了才有用的部分折算。",
    ),
}
