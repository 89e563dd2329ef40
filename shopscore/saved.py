"""A report ↔ the JSON that keeps it: what the contract's keys do not tell of it stands under ``model``."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any, TypeVar

from msgspec.structs import replace

from shopscore.errors import UsageError
from shopscore.model import Report, ShopReport
from shopscore.overlay import NOTHING, MismatchError, left, made

Kept = TypeVar("Kept", Report, ShopReport)
KEY = "model"
_IN_A_PAGE = re.compile(r'<script type="application/json" id="shopscore-report">(.*?)</script>', re.DOTALL)
VERSION = 1
"""Of the way in which the rest is kept; not of the contract's keys."""


def rest(report: Report, told: dict[str, Any], lang: str) -> dict[str, Any]:
    """What a JSON report must hold beside the contract's keys to be read again.

    Args:
        report: the report.
        told: the contract's keys.
        lang: the language of the sentences in them.
    """
    spoken = _spoken(lang)
    return {"version": VERSION, "lang": spoken, "rest": _left(Report, report, told, spoken)}


def rest_of_shop(shop: ShopReport, told: dict[str, Any], lang: str) -> dict[str, Any]:
    """The same of a shop alone, as it stands below its number among the shops; empty if all is told."""
    return _left(ShopReport, shop, told, _spoken(lang))


def _spoken(lang: str) -> str:
    return "en" if lang == "en" else "zh"


def _left(shape: type, value: Report | ShopReport, told: dict[str, Any], spoken: str) -> dict[str, Any]:
    found: Any = left(shape, value, told, spoken)
    return {} if found is NOTHING else found


def read(text: str, name: str) -> Report:
    """The report that a JSON report tells.

    Args:
        text: the JSON, or a page of HTML that holds it.
        name: how the user called it, for what is said when it cannot be read.

    Raises:
        UsageError: it is none of ours, or one that this version cannot read.
    """
    inside = _IN_A_PAGE.search(text) if text.lstrip().startswith("<") else None
    try:
        told = json.loads(inside[1] if inside else text)
    except ValueError:
        raise UsageError(
            f"{name}: not JSON; give a report written by: shopscore audit PATH --format json",
            f"{name}：不是 JSON；请给出由 shopscore audit PATH --format json 写的报告",
        ) from None
    kept = told.pop(KEY, None) if isinstance(told, dict) else None
    if not isinstance(kept, dict):
        raise UsageError(
            f"{name}: not a whole report; give one written by: shopscore audit PATH --format json",
            f"{name}：不是完整的报告；请给出由 shopscore audit PATH --format json 写的报告",
        )
    lang = "zh" if kept.get("lang") == "zh" else "en"
    return _made(Report, told, kept, "rest", told, lang, name)


def pack(report: Report) -> bytes:
    """The report, compressed, for a place that keeps many; it keeps the segments beside it."""
    shops = tuple(_without_segments(shop) for shop in report.shops)
    return _packed("report", left(Report, replace(report, shops=shops)), report.tool_version)


def pack_shop(shop: ShopReport, tool_version: str) -> bytes:
    """The same of a shop alone."""
    return _packed("shop", left(ShopReport, _without_segments(shop)), tool_version)


def _packed(key: str, plain: object, tool_version: str) -> bytes:
    told = {"version": VERSION, "tool": {"version": tool_version}, key: plain}
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def _without_segments(shop: ShopReport) -> ShopReport:
    return replace(shop, metrics=tuple(replace(each, cells=None) if each.cells else each for each in shop.metrics))


def unpack(data: bytes, name: str) -> Report:
    """The report that was packed.

    Raises:
        UsageError: this version cannot read it.
    """
    return _unpacked(Report, data, "report", name)


def unpack_shop(data: bytes, name: str) -> ShopReport:
    """The shop's report that was packed.

    Raises:
        UsageError: this version cannot read it.
    """
    return _unpacked(ShopReport, data, "shop", name)


def _unpacked(shape: type[Kept], data: bytes, key: str, name: str) -> Kept:
    told = json.loads(zlib.decompress(data).decode())
    return _made(shape, told, told, key, NOTHING, "en", name)


def _made(  # noqa: PLR0913, PLR0917 - each is a fact of its own
    shape: type[Kept], told: dict[str, Any], kept: dict[str, Any], key: str, beneath: object, lang: str, name: str
) -> Kept:
    if kept.get("version") != VERSION:
        by = _writer(told)
        raise UsageError(
            f"{name}: written by another version of shopscore ({by}), which this one cannot read",
            f"{name}：由另一版本的 shopscore（{by}）写成，本版本读不了",
        )
    try:
        found = made(shape, kept.get(key, NOTHING), beneath, lang)
    except MismatchError as error:
        raise UsageError(
            f"{name}: cannot be read ({error}); it was written by shopscore {_writer(told)}",
            f"{name}：读不了（{error}）；由 shopscore {_writer(told)} 写成",
        ) from None
    if not isinstance(found, shape):
        raise TypeError(type(found).__name__)
    return found


def _writer(told: dict[str, Any]) -> str:
    tool = told.get("tool")
    version = tool.get("version") if isinstance(tool, dict) else None
    return version if isinstance(version, str) else "of an unknown version"
