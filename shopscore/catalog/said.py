"""What a pack writes in one word of its own → the same in both languages: windows, kinds, purposes, definitions."""

from __future__ import annotations

import re

from shopscore.model import Words

_COUNTED = re.compile(r"(\d+) (day|month)s?")
_LAGGED = re.compile(r"T-(\d+)\.\.T-(\d+)")
_UNITS = {"day": "天", "month": "个月"}
_CHINESE = {
    "previous week": "上一自然周",
    "calendar month": "上一自然月",
    "T-0..T-0": "当前状态",
    "published": "平台公布",
    "derived": "推导",
    "assumed": "推定",
    "not_found": "没有公布算法",
    "check": "自查项",
    "integrity": "自查",
    "ratio": "占比",
    "ratio_of": "两数之比",
    "mean": "平均值",
    "quantile": "分位数",
    "count": "计数",
    "composite": "综合分",
    "none": "未公布算法",
    "in rate": "单位：比率",
    "in seconds": "单位：秒",
    "in hours": "单位：小时",
    "in stars": "单位：分",
    "in points": "单位：分",
    "in count": "单位：笔",
    "in times": "单位：倍",
    "in days": "单位：天",
    "in money": "单位：金额",
    "higher is better": "越高越好",
    "lower is better": "越低越好",
    "score": "计分",
    "badge": "标识",
    "penalty": "处罚",
    "display": "仅展示",
}


def words(*texts: str) -> Words:
    """Words of ours, side by side; one that has no Chinese stands as it is written."""
    return Words(", ".join(texts), "，".join(_CHINESE.get(text, text) for text in texts))


def window(text: str) -> Words:
    """A window as people call it: ``30 days``, 最近 30 天."""
    if match := _COUNTED.fullmatch(text):
        return Words(text, f"最近 {match[1]} {_UNITS[match[2]]}")
    if text not in _CHINESE and (match := _LAGGED.fullmatch(text)):
        return Words(text, f"T-{match[1]}～T-{match[2]}")
    return words(text)
