"""What the renderers themselves say, as (English, Chinese); everything else a report says comes from the packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS: dict[str, tuple[str, str]] = {
    "as_of": ("as of", "截至"),
    "rules": ("rules", "规则"),
    "data": ("Data", "数据"),
    "data_line": (
        "{files} files, {rows} rows, {refused} refused, trust {level}",
        "{files} 个文件，{rows} 行，未采用 {refused} 行，可信度{level}",
    ),
    "trust_good": ("GOOD", "良好"),
    "trust_fair": ("FAIR", "一般"),
    "trust_low": ("LOW", "低"),
    "and_more": ("{file} and {count} more", "{file} 等（另 {count} 个）"),
    "rows_lost": ("{count} of {rows} rows left out: {reason}", "{rows} 行中未采用 {count} 行：{reason}"),
    "cells_lost": (
        "{count} cells of {column} in {rows} rows could not be read and count as blank",
        "{rows} 行中 {column} 有 {count} 格读不懂，按空白处理",
    ),
    "unused": ("nothing could be made of it", "无法使用"),
    "trust_more": ("and {count} more reasons: shopscore read PATH", "另有 {count} 条原因：shopscore read PATH"),
    "trust_elsewhere": ("nothing that is wrong concerns this metric", "问题与该指标无关"),
    "doubt_band": (
        "would be {verdict}, but {lost} rows or cells of {tables} are lost: with them it may be {low} to {high}",
        "本应为{verdict}，但{tables}丢失 {lost} 行（格），计入后可能是 {low} 至 {high}",
    ),
    "doubt_open": (
        "would be {verdict}, but the trust in {tables} is {level}",
        "本应为{verdict}，但{tables}的可信度{level}",
    ),
    "doubt_note": ("see explain: rows were lost", "有数据未读入，见 explain"),
    "tables": ("Tables", "各表"),
    "rows": ("{count} {table}", "{table} {count}"),
    "answer_ok": (
        "{measured} of {all} metrics measured; none that can be judged falls short.",
        "{all} 项指标中 {measured} 项可计算，凡能判定的均未落后。",
    ),
    "answer_short": (
        "{short} of {judged} judged metrics fall short. First: {first}.",
        "可判定的 {judged} 项指标中 {short} 项落后。最该先做：{first}。",
    ),
    "answer_none": (
        "Nothing could be judged yet: see what to export below.",
        "目前没有可判定的指标：请看下面要补哪些导出文件。",
    ),
    "answer_doubt": (
        "{count} verdicts are weaker than the values look, because of what could not be read.",
        "因有数据未能读入，{count} 项判定比数值看上去更弱。",
    ),
    "score": ("Platform score", "平台评分"),
    "score_unknown": (
        "not known: it ranks against peers and cannot be computed from one shop's files",
        "未知：它与同行排名有关，不能由一家店的数据推算",
    ),
    "next_band": ("next step {band}", "下一档 {band}"),
    "coverage": ("{percent} of the scored metrics measured", "计分指标已测 {percent}"),
    "shortfalls": ("Falls short, most worth fixing first", "落后的指标（越靠前越值得先改）"),
    "others": ("Other metrics", "其他指标"),
    "ahead": ("The way back", "怎样回到目标"),
    "ahead_running": ("{count} clocks still run", "还有 {count} 笔没到时限"),
    "ahead_wait": (
        "back on {day} if days stay as they are since {since} ({pace})",
        "若保持 {since} 以来的水平（{pace}），{day} 达标",
    ),
    "ahead_dilute": ("{count} further good ones in a row would do it", "或再有 {count} 笔全部达标"),
    "soon": ("Meets its target, but not for long at the present pace", "目前达标，但照现在的水平撑不久"),
    "soon_one": (
        "{metric} {value}: misses {target} from {day} if days stay as they are since {since} ({pace})",
        "{metric} 现 {value}：若保持 {since} 以来的水平（{pace}），{day} 起不再满足 {target}",
    ),
    "soon_left": ("{count} more bad ones are left", "还可再差 {count} 笔"),
    "why": ("Why", "为什么"),
    "guide": ("The platform's own four steps", "平台四步诊断"),
    "not_measured": ("Not measured, and what to export", "未测指标，以及需要补的文件"),
    "metric": ("metric", "指标"),
    "now": ("now", "现值"),
    "interval": ("95 % interval", "95% 区间"),
    "target": ("target", "目标"),
    "short_by": ("short by", "差距"),
    "verdict": ("verdict", "判定"),
    "counts": ("counts", "计数"),
    "pass": ("pass", "达标"),
    "likely_pass": ("likely pass", "大概达标"),
    "undecided": ("undecided", "证据不足"),
    "likely_fail": ("likely fail", "大概不达标"),
    "fail": ("FAIL", "不达标"),
    "not_measured_verdict": ("-", "-"),
    "cutoff": ("your cut-off", "后台截止值"),
    "published": ("published", "平台公布"),
    "advisory": ("advised", "业内参考"),
    "own": ("own best", "自身最好"),
    "none": ("no target", "无目标"),
    "fix_events": ("{count} events", "{count} 笔"),
    "driver": (
        "{where}: {bad} of {rows}, {excess} more than elsewhere ({share} of the bad)",
        "{where}：{rows} 中 {bad}，比其余多 {excess}（占全部失误 {share}）",
    ),
    "driver_mean": (
        "{where}: {rows} rows take {excess} more than elsewhere ({share} of the total)",
        "{where}：{rows} 行，比其余多花 {excess}（占总时长 {share}）",
    ),
    "segment": ("{dimension} {segment}", "{dimension}「{segment}」"),
    "and": (" = ", " = "),
    "segment_blank": ("(blank)", "（空）"),
    "segment_rest": ("(all others)", "（其余）"),
    "stages": ("Where refunds of the last 30 days spent their time", "近 30 天退款的时间花在哪里"),
    "stage_line": (
        "{from_state} -> {to_state} ({holder}): {share} of the time, {cases} cases, median {median} h, p90 {p90} h",
        "{from_state} → {to_state}（{holder}）：占 {share}，{cases} 笔，中位 {median} 小时，九成在 {p90} 小时内",
    ),
    "state_applied": ("applied", "申请"),
    "state_agreed": ("agreed", "同意"),
    "state_returned": ("returned", "寄回"),
    "state_received": ("received", "签收退货"),
    "state_refunded": ("refunded", "退款"),
    "state_refused": ("refused", "拒绝"),
    "state_intervened": ("platform in", "平台介入"),
    "state_closed": ("closed", "关闭"),
    "holder_seller": ("the seller", "商家"),
    "holder_buyer": ("the buyer", "买家"),
    "holder_carrier": ("the carrier", "快递"),
    "holder_platform": ("the platform", "平台"),
    "holder_system": ("the system", "系统"),
    "holder_none": ("nobody", "无"),
    "hour_of": ("{hour}:00-{hour}:59", "{hour}:00-{hour}:59"),
    "day_of": ("{day}", "{day} 当天"),
    "weekday_1": ("Mondays", "星期一"),
    "weekday_2": ("Tuesdays", "星期二"),
    "weekday_3": ("Wednesdays", "星期三"),
    "weekday_4": ("Thursdays", "星期四"),
    "weekday_5": ("Fridays", "星期五"),
    "weekday_6": ("Saturdays", "星期六"),
    "weekday_7": ("Sundays", "星期日"),
    "no_driver": (
        "no single carrier, product, hour … stands out: it is spread over the shop",
        "没有哪个快递、商品、时段特别突出：问题分布在全店",
    ),
    "gain": ("what hangs on it", "关系到"),
    "unknown_rows": ("{count} unknown", "{count} 行无法判断"),
    "pending_rows": ("{count} pending", "{count} 行未到期"),
    "undated_rows": ("{count} undated", "{count} 行无日期"),
    "excluded_rows": ("{count} excluded", "{count} 行剔除"),
    "before_exclusions": ("{value} before exclusions", "剔除前 {value}"),
    "bound_line": (
        "{title}: {value} ({numerator} of {denominator})",
        "{title}：{value}（{denominator} 中 {numerator}）",
    ),
    "between_exports": (
        "{title}, as far as {exports} exports show: between {low} and {high} "  # noqa: ISC004 - one text
        "(of {denominator}: {certain} surely, {possible} maybe)",
        "{title}（对照 {exports} 次导出）：在 {low} 与 {high} 之间（{denominator} 中 {certain} 必然，{possible} 可能）",
    ),
    "between_line": (
        "{title}, as far as exports show: between {low} and {high} "  # noqa: ISC004 - one text
        "(of {denominator}: {certain} surely, {possible} maybe)",
        "{title}（对照各次导出）：在 {low} 与 {high} 之间（{denominator} 中 {certain} 必然，{possible} 可能）",
    ),
    # What stands beside the judged numbers.
    "more_in_json": ("and {count} more: --format json", "另有 {count} 项：--format json"),
    "stakes": ("Money at stake", "涉及金额"),
    "stake_open": ("{count} still to be done, {amount} if they run late", "未完成 {count} 单，逾期将赔 {amount}"),
    "stake_missed": ("what is missed already costs {amount}", "已超时的按规定赔 {amount}"),
    "stake_unpriced": ("{count} without a price", "{count} 单算不出金额"),
    "displayed": ("Shown by the platform, and computed", "平台显示与导出数据"),
    "displayed_line": (
        "the platform shows {shown}, the exports give {computed}",
        "平台显示 {shown}，导出数据算得 {computed}",
    ),
    "displayed_only": ("the platform shows {shown}; the exports do not give it", "平台显示 {shown}，导出数据算不出"),
    "displayed_agree": ("figures that agree with what the platform shows: {count}", "{count} 项与平台显示一致"),
    "displayed_peer": ("peers {value}", "同行 {value}"),
    "displayed_goal": ("goal {value}", "目标 {value}"),
    "may_explain": ("this may explain it", "可能的原因"),
    "differs_other_day": ("the platform's figure is of {day}, another window", "平台数字是 {day} 的，统计期不同"),
    "differs_no_day": ("the platform's figure was typed in without its day", "没有填写平台数字的日期"),
    "differs_that_day": ("for the window of {day} the exports give {value}", "按 {day} 的统计期算得 {value}"),
    "differs_unknown": ("{count} rows unknown", "{count} 行无法判断"),
    "differs_uncovered": ("{count} days of the window are not covered", "统计期内有 {count} 天没有数据"),
    "differs_switch": ("with the reading {name} ({title}) it is {value}", "按口径 {name}（{title}）算得 {value}"),
    "gates": ("Score structure and gates", "评分构成与门槛"),
    "gate_missed": (
        "missed: {title} ({scores}; needs {limit}, short by {by})",
        "未达到：{title}（{scores}；需 {limit}，差 {by}）",
    ),
    "gates_met": ("{count} gates met", "已达到 {count} 项门槛"),
    "scores_blank": ("not entered (scores: in shop.yaml): {names}", "未填写（shop.yaml 的 scores）：{names}"),
    "not_entered": ("not entered", "未填写"),
    "effects": ("What measures did", "措施的效果"),
    "effect_line": ("{before} -> {after}, {days} days on each side", "{before} → {after}，前后各 {days} 天"),
    "effect_interval": ("difference {span} (95 %)", "变化 {span}（95%）"),
    "effect_better": ("better", "变好"),
    "effect_worse": ("worse", "变差"),
    "effect_no_difference": ("no difference shown", "看不出差别"),
    "effect_too_little_data": ("too little data", "数据不足"),
    "under": ("What the change of rules does to this shop", "规则变化对本店的影响"),
    "readings": ("Readings in use here", "本店采用的口径"),
    "default": ("the default", "默认"),
    "under_without": (
        "{count} more definitions differ; nothing of them is measured here",
        "另有 {count} 项口径不同，但本店没有数值",
    ),
    "chosen": ("Readings in use that are not the default", "采用的非默认口径"),
    "assumed": ("assumed reading, not scored", "推定口径，不计分"),
    "derived": ("derived", "推导口径"),
    "need_export": ("export {exports}, at least {days} days", "导出{exports}，至少 {days} 天"),
    "need_export_now": ("export {exports} as it stands", "导出{exports}（当前状态）"),
    "gives": ("gives", "可得"),
    "no_definition": (
        "The platform names these but publishes no formula: {titles}",
        "平台只有名称、没有公布算法：{titles}",
    ),
    "not_applicable": ("Not in force on this day: {titles}", "当日不适用：{titles}"),
    "tonight": ("Tonight", "今晚要做"),
    "tonight_nothing": (
        "nothing urgent; export again tomorrow",
        "没有紧急事项；明天再导出一次数据",
    ),
    "due": (
        "{count} clocks run out within 24 hours. First: {list}",
        "24 小时内有 {count} 个时限到期。最早的是：{list}",
    ),
    "due_one": ("{subject} by {deadline}", "{deadline} 前 {subject}"),
    "other_files": (
        "not known as exports: {count} more; each is listed by: shopscore read PATH",
        "另有 {count} 个文件不是已知的导出文件；用 shopscore read PATH 逐个查看",
    ),
    "stars_shown": ("{value} stars, as entered", "{value} 星（按后台填写）"),
    "points_shown": ("{value}, as entered", "{value} 分（按后台填写）"),
    "avoid": ("Do not", "不要做"),
    "more_advice": ("more advice ({count})", "另有 {count} 条建议"),
    "open_up": ("Open a number up", "看明细"),
    "account": ("Files", "文件"),
    "account_line": (
        "files: {files}; rows: {read}, of which {accepted} used, {duplicate} repeated, {refused} left out",
        "{files} 个文件 {read} 行：采用 {accepted}，重复 {duplicate}，未采用 {refused}",
    ),
    "file_line": (
        "{file}: {read} rows, {accepted} used, {duplicate} repeated, {refused} left out",
        "{file}：{read} 行，采用 {accepted}，重复 {duplicate}，未采用 {refused}",
    ),
    "cells_line": (
        "{count} cells of {column} could not be read (for example {example})",
        "{column} 有 {count} 格读不懂（例如 {example}）",
    ),
    "refusal_line": ("{count} × {reason}", "{count} 行：{reason}"),
    "suppressed": ("set aside", "已搁置"),
    "rows_line": (
        "{read} rows: {accepted} used, {duplicate} repeated, {refused} left out",
        "{read} 行：采用 {accepted}，重复 {duplicate}，未采用 {refused}",
    ),
    "example": ("row {row}, {column}: {shape}", "第 {row} 行 {column}：{shape}"),
    "example_column": ("row {row}, {column}", "第 {row} 行 {column}"),
    "example_row": ("row {row}", "第 {row} 行"),
    # Why rows are left out, and what to do about it.
    "reason_missing": ("{column} is blank: choose this column when exporting", "缺少 {column}：导出时请勾选该列"),
    "reason_unreadable": (
        "{column} cannot be read: export again, and do not edit the file",
        "{column} 读不懂：请重新导出，不要手工编辑文件",
    ),
    "reason_damaged_id": (
        "the id was damaged by a spreadsheet: export as CSV and do not save it in one, or format the column as text",
        "编号被表格软件损坏：请导出为 CSV，不要用表格软件另存，或把该列设为文本格式",
    ),
    "reason_shifted_row": (
        "the cells have moved, a value is missing before them: export again, and do not edit the file",
        "单元格错位，前面缺少一个值：请重新导出，不要手工编辑文件",
    ),
    "reason_swapped_dates": (
        "day and month may have changed places: export as CSV, and do not open it in a spreadsheet first",
        "日与月可能颠倒：请导出为 CSV，不要先用表格软件打开",
    ),
    "reason_several_days": (
        "a row over several days is of no single one: choose data by day when exporting",
        "一行是多天的合计，不属于任何一天：导出时请选择分天数据",
    ),
    "reason_wrong_kind": (
        "the column holds something else in nearly all rows: see what it was taken for, and correct the header",
        "该列几乎全是别的内容：请核对采用的列，改正表头",
    ),
    "reason_broken_record": (
        "cut off, or no JSON object: download it again",
        "不完整，或不是 JSON 对象：请重新下载",
    ),
    "reason_unknown_speaker": (
        "nothing says whether the shop or a buyer writes: list the shop's names in chats under agents in shop.yaml",
        "无法判断是店铺还是买家发言：请在 shop.yaml 的 agents 下列出店铺一方的昵称",
    ),
    "reason_several_buyers": (
        "several speakers may be the buyer: list the shop's names in chats under agents in shop.yaml",
        "有多人可能是买家：请在 shop.yaml 的 agents 下列出店铺一方的昵称",
    ),
    "reason_unknown_buyer": (
        "only the shop's side writes, and nothing says to whom: export the whole conversation",
        "只有店铺一方发言，无法判断买家是谁：请导出完整会话",
    ),
    "reason_conflict": (
        "two rows contradict each other: put the export time into the files' names, or take the older file away",
        "两行互相矛盾：请在文件名里写上导出时间，或移走旧文件",
    ),
    "reason_description_row": ("explanation row, nothing to do", "说明行，无需处理"),
    "reason_header_row": ("repeated header row, nothing to do", "重复的表头行，无需处理"),
    "reason_ragged_row": (
        "more cells than the header has: export again, and do not edit the file",
        "格数多于表头：请重新导出，不要手工编辑文件",
    ),
    "reason_total_row": ("total row, nothing to do", "合计行，无需处理"),
    "reason_unknown_platform": (
        "nothing says which platform: put the file into <platform>/<shop>/, or add the columns platform and shop",
        "无法判断平台：请把文件放入 <平台>/<店铺>/，或加上 platform 和 shop 两列",
    ),
    "reason_undecodable_row": (
        "cells in another encoding than the file: export the file again, and do not join files by hand",
        "有的格与文件编码不同：请重新导出，不要手工拼接文件",
    ),
    "reason_cut_row": (
        "the file ends in the middle of this row: download it again",
        "文件在这一行中间断开：请重新下载",
    ),
    "reason_long_row": (
        "longer than a row may be: export the table with one row a line",
        "行过长：请重新导出，每行一条记录",
    ),
    "reason_uneven_orders": (
        "several orders share the row and its cells do not say which is whose: export with a row an order",
        "一行含多个订单，各列个数不一，无法对应：请按子订单维度导出",
    ),
    # What is wrong with a file beyond single rows, and what to do about it.
    "note_open_in_excel": (
        "it is open in a spreadsheet program: what is not saved there is not read; save, close and run again",
        "文件正在表格软件中打开：没有保存的内容读不到，请保存并关闭后重新运行",
    ),
    "note_mixed_encoding": (
        "{count} lines are in another encoding than the rest: export the file again, and do not join files by hand",
        "有 {count} 行的编码与文件其余部分不同：请重新导出，不要手工拼接文件",
    ),
    "note_gap": (
        "the shop has no rows on {count} days between busy ones: export these days again",
        "本店有 {count} 天没有数据，而前后同类日子都有不少：请补充导出这些天",
    ),
    "note_unread_sheet": (
        "a sheet of {count} rows holds no known table and was not read: describe it by a format, should it count",
        "有一个 {count} 行的工作表没有已知的表，没有读取：如需计入，请为它写一个格式",
    ),
    "note_error_cell": (
        "{count} cells show the error of a formula and count as blank: correct the formula, or export again",
        "有 {count} 格是公式错误，按空白处理：请改正公式，或重新导出",
    ),
    "note_formula_cell": (
        "{count} formulas have no stored result and count as blank: open the file in a spreadsheet and save it",
        "有 {count} 格公式没有保存结果，按空白处理：请用表格软件打开后保存一次",
    ),
    "note_lost_before": (
        "{count} rows were lost from the exports this table was saved from: read sound exports and save again",
        "保存该表时所用的导出文件丢失了 {count} 行：请读取完好的导出文件后重新保存",
    ),
    "note_truncated": (
        "the file ends in the middle of a row: download it again",
        "文件在一行中间断开：请重新下载",
    ),
    "note_no_zone": (
        "{count} times carry an offset, and nothing says the shop's time zone: write `timezone:` into shop.yaml",
        "有 {count} 个时间带有时差，但不知道店铺时区：请在 shop.yaml 写明 `timezone:`",
    ),
    "note_control_total": (
        "{count} totals in the file are not what its rows add up to (stated ≠ counted): download the file again",
        "有 {count} 个合计与明细之和不符（所列 ≠ 实际）：请重新下载该文件",
    ),
    "totals_agree": ("totals in the file that agree with its rows: {count}", "文件所列合计与明细相符：{count} 项"),
    "note_date_order": (
        "{count} dates do not say which number is the day: write `times:` into the format, or export as text",
        "有 {count} 个日期看不出哪个数字是日：请在格式中写明 `times:`，或以文本导出",
    ),
    "note_swapped_dates": (
        "day and month of {count} dates may have changed places: export as CSV, do not open it in a spreadsheet first",
        "{count} 个日期的日与月可能颠倒：请导出为 CSV，不要先用表格软件打开",
    ),
    "note_future_times": (
        "{count} rows have events after the export: check the clock of the computer, and the moment in the file's name",
        "{count} 行有晚于导出时间的事件：请检查导出电脑的时钟，以及文件名里的时间",
    ),
    "note_excel_rounded_ids": (
        "a spreadsheet kept 15 digits of {count} ids: export as CSV and do not save it in one, or format ids as text",
        "表格软件只保留了 {count} 个编号的前 15 位：请导出为 CSV，不要用表格软件另存，或把编号列设为文本格式",
    ),
    "note_wrong_kind": (
        "{count} cells, nearly all of a column, hold something else: see what it was taken for, correct the header",
        "有一列几乎全是别的内容（{count} 格）：请核对采用的列，改正表头",
    ),
    "taken_format": ("format", "格式"),
    "taken_table": ("table", "数据表"),
    "taken_encoding": ("encoding", "编码"),
    "taken_platform": ("platform", "平台"),
    "taken_shop": ("shop", "店铺"),
    "doubtful": ("doubtful, look at", "存疑，请查看"),
    "written": ("written", "已写入"),
    "next_step": (
        "Correct the lines marked DOUBTFUL, fill in the blanks you know, then look: shopscore read PATH",
        "请修改标有 DOUBTFUL 的行，填写您知道的空白，然后查看结果：shopscore read PATH",
    ),
    "columns_used": ("columns used", "采用的列"),
    "columns_ignored": ("columns ignored", "忽略的列"),
    "facts": ("In short", "概要"),
    "conditions": ("Which rows count, in the rule language", "哪些行计入（规则语言）"),
    "versions": ("Versions", "各时期的口径"),
    "switches": ("Other readings (* in use; choose in shop.yaml)", "其他口径（* 为当前；可在 shop.yaml 选择）"),
    "refused": ("Numbers that are no threshold", "不能当作门槛的数字"),
    "consequences": ("What the platform does with it", "平台如何使用"),
    "needs": ("What to export", "需要导出"),
    "advice": ("Advice", "建议"),
    "advice_matched": ("Advice that fits, and why", "适用的建议与原因"),
    "sources": ("Sources", "来源"),
    "when": ("when", "条件"),
    "because": ("because", "因为"),
    "not_because": ("does not fit:", "不适用，条件是"),
    "funnel": ("From rows to value", "从行到数值"),
    "segments": ("Segments, most misses first", "分段（失误多的在前）"),
    "rows_of": ("Rows: {fate}", "明细：{fate}"),
    "no_rows": ("none", "没有"),
    "more_rows": (
        "and {count} more: write them all with --output rows.csv",
        "还有 {count} 行：用 --output rows.csv 全部写出",
    ),
    "side_n": ("top", "分子"),
    "side_d": ("bottom", "分母"),
    "definition_published": ("published definition", "平台公布的口径"),
    "definition_derived": ("derived definition", "推导的口径"),
    "definition_assumed": ("assumed definition, never scored", "推定的口径，不计分"),
    "definition_not_found": ("no definition found", "没有找到公布的算法"),
    "prohibited": ("prohibited", "违规"),
    "risky": ("risky", "有风险"),
    "ok": ("ok", "合规"),
    "status_measured": ("no target", "无目标"),
    "status_too_few": ("too few rows to judge", "样本太少，不作判定"),
    "status_no_table": ("not measured: data missing", "未测：缺数据"),
    "status_not_covered": ("not measured: days not covered", "未测：日期不足"),
    "status_too_unknown": ("not measured: too many rows unknown", "未测：无法判断的行太多"),
    "status_no_definition": ("no definition found", "没有公布算法"),
    "status_not_applicable": ("not in force", "当日不适用"),
    "status_error": ("error", "出错"),
    "carrier": ("carrier", "快递"),
    "warehouse": ("warehouse", "仓库"),
    "region": ("region", "地区"),
    "product_id": ("product", "商品"),
    "sku": ("SKU", "SKU"),
    "category": ("category", "类目"),
    "hour": ("hour", "时段"),
    "weekday": ("weekday", "星期"),
    "day": ("day", "日期"),
    "agent_id": ("agent", "客服"),
    "buyer_level": ("buyer level", "买家等级"),
    "kind": ("kind", "类型"),
    "reason": ("reason", "原因"),
    "reason_class": ("reason", "原因类"),
    "first_reason_class": ("first reason", "首次原因类"),
    "stage": ("stage", "阶段"),
    "last_actor": ("last step by", "最后操作方"),
    "liability": ("liability", "责任方"),
    "channel": ("channel", "渠道"),
    "campaign": ("campaign", "推广计划"),
    "type": ("type", "种类"),
    "ship_origin": ("shipped from", "发货地"),
    "opened_by": ("opened by", "发起方"),
    "orders": ("orders", "订单"),
    "order_lines": ("order lines", "订单行"),
    "shipments": ("parcels", "包裹"),
    "refunds": ("refunds", "退款"),
    "sessions": ("sessions", "会话"),
    "messages": ("chat lines", "聊天"),
    "reviews": ("reviews", "评价"),
    "disputes": ("disputes", "纠纷"),
    "products": ("listings", "商品"),
    "traffic": ("traffic days", "流量"),
    "violations": ("violations", "违规"),
    "platform_scores": ("displayed scores", "后台分数"),
    "agent_stats": ("agent days", "客服绩效"),
    "bills": ("bill entries", "账务明细"),
    "measured": ("measured", "已测"),
    "too_few": ("too few rows", "样本太少"),
    "yuan_sign": ("¥", "￥"),
    "days_unit": ("d", "天"),
    "hours_unit": ("h", "小时"),
    "seconds_unit": ("s", "秒"),
    "stars_unit": ("", "分"),
    "points_unit": ("", "分"),
    "of": ("{numerator} of {denominator}", "{denominator} 中 {numerator}"),
    "minutes": ("minutes", "几分钟"),
    "hours": ("hours", "几小时"),
    "days": ("days", "几天"),
    "weeks": ("weeks", "几周"),
}


def say(lang: str, key: str, **values: object) -> str:
    """The phrase ``key`` in ``lang``, filled in."""
    english, chinese = WORDS[key]
    return (english if lang == "en" else chinese).format(**values)


def joined(lang: str, parts: Iterable[str]) -> str:
    """Parts of a sentence side by side."""
    return (", " if lang == "en" else "\uff0c").join(parts)


def labelled(lang: str, label: str, text: str) -> str:
    """A label and what it says."""
    return f"{label}: {text}" if lang == "en" else f"{label}\uff1a{text}"


def segment_name(dimension: str, segment: str, lang: str) -> str:
    """A segment as people call it: ``20:00-20:59``, ``Wednesdays``, blank and the many small ones by name."""
    if not segment or segment == "rest":
        return say(lang, "segment_blank" if not segment else "segment_rest")
    if dimension == "hour":
        return say(lang, "hour_of", hour=f"{int(segment):02d}")
    if dimension == "weekday":
        return say(lang, f"weekday_{segment}")
    if dimension == "day":
        return say(lang, "day_of", day=segment)
    return segment


def say_reason(reason: str, lang: str) -> str:
    """A refusal's reason in words; one without words as it is."""
    if f"reason_{reason}" in WORDS:
        return say(lang, f"reason_{reason}")
    kind, _, column = reason.partition("_")
    return say(lang, f"reason_{kind}", column=column) if f"reason_{kind}" in WORDS and column else reason
