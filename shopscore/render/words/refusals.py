"""Why rows are left out, and what to do about it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
}
