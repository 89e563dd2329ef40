"""What a file was taken for, and what a draft proposes."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
}
