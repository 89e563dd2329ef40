"""An unquoted scalar of YAML → its value; what YAML 1.1 would bend silently is refused, with what to write."""

from __future__ import annotations

import datetime as dt
import re

Said = tuple[str, str, str, str]
"""What is wrong and what to write instead, in English, then both in Chinese."""

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_JOKES: tuple[tuple[re.Pattern[str], Said], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), (what, hint, zh, zh_hint))
    for pattern, what, hint, zh, zh_hint in (
        (
            r"yes|no|on|off",
            "YAML reads unquoted {0} as a flag",
            'write it in quotes: "{0}" (or true, false)',
            "YAML 会把不加引号的 {0} 当作真假值",
            '请加引号："{0}"（或写 true、false）',
        ),
        (
            r"true|false|null",
            "YAML readers differ on {0} in capitals",
            "write it small, or in quotes",
            "大写的 {0} 在不同程序里读法不同",
            "请写成小写，或加引号",
        ),
        (
            r"[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?",
            "YAML reads {0} as a number of base 60",
            'write it in quotes: "{0}"',
            "YAML 会把 {0} 当作六十进制数",
            '请加引号："{0}"',
        ),
        (
            r"[-+]?0\d[\d_]*",
            "YAML reads a leading zero as an octal number",
            'write it in quotes: "{0}"',
            "YAML 会把 0 开头的数当作八进制",
            '请加引号："{0}"',
        ),
        (
            r"[-+]?0[xob][0-9a-f_]+",
            "hexadecimal, octal and binary numbers are refused",
            'write it in quotes: "{0}"',
            "不接受十六进制、八进制和二进制数",
            '请加引号："{0}"',
        ),
        (
            r"[-+]?\d[\d_]*_[\d_]*(\.\d*)?",
            "YAML reads {0} as a number",
            'write it in quotes: "{0}", or without _',
            "YAML 会把 {0} 当作数字",
            '请加引号："{0}"，或去掉 _',
        ),
        (
            r"\+\d.*",
            "YAML reads {0} as a number without its sign",
            'write it in quotes: "{0}", or without +',
            "YAML 会把 {0} 的加号丢掉",
            '请加引号："{0}"，或去掉 +',
        ),
        (
            r"[-+]?(\.\d+|\d+\.)(e[-+]?\d+)?",
            "a number has digits on both sides of its point",
            "write 0.5 or 5.0",
            "小数点两边都要有数字",
            "请写 0.5 或 5.0",
        ),
        (
            r"[-+]?\d+(\.\d*)?e[-+]?\d+",
            "numbers with an exponent are refused",
            "write the number out",
            "不接受带指数的数",
            "请写出完整的数",
        ),
        (r"[-+]?\.inf|\.nan", "{0} is not a number", "leave the key out", "{0} 不是数字", "请删去这个键"),
        (
            r"\d{4}-\d\d?-\d\d?[Tt ].*\d:.*",
            "a time must be text",
            'write it in quotes: "{0}"',
            "时间要写成文字",
            '请加引号："{0}"',
        ),
        (
            r"\d{4}-\d\d?-\d\d?",
            "a date has two digits for month and day",
            "write 2025-01-31",
            "日期的月和日都是两位",
            "请写 2025-01-31",
        ),
        (r"<<", "merge keys are refused", "write the keys out", "不接受合并键", "请把键逐个写出"),
    )
)


def read(text: str) -> tuple[object, Said | None]:
    """What a text stands for: nothing, a flag, a number, a date or itself; and what is wrong with it, if anything."""
    if text in _CONSTANTS:
        return _CONSTANTS[text], None
    if _INTEGER.fullmatch(text):
        return int(text), None
    if _FLOAT.fullmatch(text):
        return float(text), None
    if _DATE.fullmatch(text):
        return _date(text)
    if text[0] in "yYnNoOtTfF+-.<0123456789":
        return text, _joke(text)
    return text, None


def _date(text: str) -> tuple[object, Said | None]:
    try:
        return dt.date.fromisoformat(text), None
    except ValueError:
        said = f"{text} is not in the calendar", "write a date such as 2025-01-31"
        return text, (*said, f"日历里没有 {text}", "请写 2025-01-31 这样的日期")


def _joke(text: str) -> Said | None:
    """The first surprise that a text would be."""
    for pattern, (what, hint, zh, zh_hint) in _JOKES:
        if pattern.fullmatch(text):
            return what.format(text), hint.format(text), zh.format(text), zh_hint.format(text)
    return None
