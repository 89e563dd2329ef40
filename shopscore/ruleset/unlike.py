"""A value that is not what its place wants → what is wrong with it and what to write, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from shopscore.ruleset.language.check import did_you_mean, in_chinese

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATTERNS = {
    r"^[a-z0-9][a-z0-9_]*$": (
        *("small letters, digits and underscores only", "such as ship_fulfil_rate"),
        *("只含小写字母、数字和下划线的名称", "例如 ship_fulfil_rate"),
    ),
    r"^\d\d:\d\d$": (
        *("a time of day in quotes", 'such as "09:00"; the end of the day is "24:00"'),
        *("加引号的时刻", '例如 "09:00"；一天结束写 "24:00"'),
    ),
    r"^[A-Z]{3}$": ("a currency: three capitals", "such as CNY", "币种（三个大写字母）", "例如 CNY"),
    r"^[A-Z0-9]+-\d+$": (
        *("an advice id: capitals, a dash and a number", "such as SHIP-03"),
        *("建议编号（大写字母、短横、数字）", "例如 SHIP-03"),
    ),
    r"^(\d+ days?|\d+ months?|T-\d+\.\.T-\d+|previous week|calendar month)$": (
        *("a window", "30 days, T-33..T-4, 6 months, previous week or calendar month"),
        *("统计窗口", "可以写 30 days、T-33..T-4、6 months、previous week 或 calendar month"),
    ),
    r"\S": ("a text that says something", "", "有内容的文字", ""),
}
"""What a pattern stands for and what to write, in English and in Chinese."""
_NAMES = {str: "text", bool: "true or false", int: "a whole number", float: "a number", dt.date: "a date"}
_WANTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "date_type": "a date",
    "list_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "int_from_float": "a whole number",
}
_EXAMPLES = {
    "a date": ("write 2025-01-31, without quotes", "请写 2025-01-31，不加引号"),
    "a list": ("write [a, b], or one line each with a dash", "请写 [a, b]，或每行一项、以短横开头"),
    "keys and values": (
        "write {en: …, zh: …}, or one line each with a colon",
        "请写 {en: …, zh: …}，或每行一项、键后加冒号",
    ),
    "true or false": ("write true or false, without quotes", "请写 true 或 false，不加引号"),
}
_IN_CHINESE = {
    "text": "文字",
    "true or false": "true 或 false",
    "a whole number": "整数",
    "a number": "数字",
    "a date": "日期",
    "a list": "列表",
    "keys and values": "键和值",
    "nothing": "空",
}


def told(kind: str, context: Mapping[str, Any], value: object) -> tuple[str, str, str, str]:
    """What is wrong and what to write instead, in English, then both in Chinese.

    Args:
        kind: pydantic's name of the mistake.
        context: what pydantic says beside it.
        value: what was written.
    """
    if kind in _WANTED:
        return _other_kind(_WANTED[kind], value)
    shown, zh_shown = _shown(value)
    if kind == "literal_error":
        allowed = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        hint, zh_hint = did_you_mean(str(value), allowed, "allowed"), in_chinese(str(value), allowed)
        return f"{shown} is not one of the words allowed here", hint, f"{zh_shown}不是这里可以写的词", zh_hint
    if kind == "string_pattern_mismatch":
        what, hint, zh, zh_hint = _PATTERNS.get(str(context["pattern"]), ("text of another form", "", "所需的形式", ""))
        return f"{value!r} is not {what}", hint, f"{value!r} 不是{zh}", zh_hint
    if kind in {"too_short", "string_too_short"}:
        return (
            "at least one entry is wanted here",
            "leave the key out if there is none",
            "这里至少要有一项",
            "没有就删去这个键",
        )
    error = context.get("error", kind.replace("_", " "))
    return str(error), "", getattr(error, "zh", ""), ""


def _other_kind(wanted: str, value: object) -> tuple[str, str, str, str]:
    hint, zh_hint = _EXAMPLES.get(wanted, ("", ""))
    if wanted == "text" and _is_plain(value):
        hint, zh_hint = f'write it in quotes: "{value}"', f'请加引号："{value}"'
    found, zh_found = ("nothing", _IN_CHINESE["nothing"]) if value is None else _shown(value)
    return (
        f"{wanted} is wanted here; this is {found}",
        hint,
        f"这里应为{_IN_CHINESE[wanted]}，写的是{zh_found}",
        zh_hint,
    )


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int | float | dt.date)


def _shown(value: object) -> tuple[str, str]:
    """What was written, in English and in Chinese."""
    if isinstance(value, dict | list):
        name = "a list" if isinstance(value, list) else "keys and values"
        return name, _IN_CHINESE[name]
    name = next((name for kind, name in _NAMES.items() if type(value) is kind), type(value).__name__)
    return f"{name} ({value})", f"{_IN_CHINESE.get(name, name)}（{value}）"
