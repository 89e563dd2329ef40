"""What the user typed, checked: every refusal names what is allowed."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from shopscore.errors import NotThisError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
FORMATS = ("text", "json", "html", "ndjson", "md", "md-summary", "csv", "xlsx", "junit", "prom")
DUE_FORMATS = ("text", "json", "csv", "xlsx")
NOTIFY_ON = ("change", "regression", "always")
HISTORY_FORMATS = ("text", "json", "csv")
_TWO = 2
ROWS = ("hit", "miss", "counted", "pending", "unknown", "excluded", "suspicious")


def one_of(option: str, given: str, allowed: Sequence[str]) -> str:
    """The value if it is allowed; else a sentence that names what is."""
    if given not in allowed:
        raise UsageError(
            f"{option} {given}: not known; write one of {', '.join(allowed)}",
            f"{option} {given}：没有这个选择；可以写 {'、'.join(allowed)}",
        )
    return given


def formats(given: str, output: Path | None, known: Sequence[str] = FORMATS) -> tuple[str, ...]:
    """The output formats; several need a folder to go to."""
    chosen = tuple(one_of("--format", name.strip(), known) for name in given.split(","))
    if len(chosen) > 1 and output is None:
        raise UsageError(
            f"--format {given}: several formats need --output FOLDER",
            f"--format {given}：要写多种格式，请用 --output 指定一个文件夹",
        )
    return chosen


def gates(given: Sequence[str] | None, *, remembers: bool = False) -> tuple[str, ...]:
    """The gates of ``--fail-on``; one of them needs audits to compare with."""
    from shopscore import gates as known  # noqa: PLC0415 - --help needs none of the nouns

    try:
        asked = known.parse(given or ())
    except NotThisError as error:
        raise UsageError(f"--fail-on {error}", f"--fail-on {error.zh}") from None
    if known.REGRESSION in asked and not remembers:
        raise UsageError(
            f"--fail-on {known.REGRESSION}: worse than which audit? Give --history PATH",
            f"--fail-on {known.REGRESSION}：与哪一次体检相比？请用 --history 给出历史库",
        )
    return asked


def notify_on(given: str | None) -> str | None:
    """When somebody is told."""
    return None if given is None else one_of("--notify-on", given, NOTIFY_ON)


def language(given: str | None, environment: Mapping[str, str], system: str) -> str:
    """The language asked for, also as a locale calls it, else the locale's: Chinese or, elsewhere, English."""
    if given is not None:
        tag = given.replace("_", "-").partition(".")[0]
        known = tag.lower().partition("-")[0] in ("zh", "en")
        return _of_locale(tag) if known else one_of("--lang", given, LANGUAGES)
    names = [environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    found = next((name for name in names if name), None) or system
    return _of_locale(found)


def spoken(arguments: Sequence[str], environment: Mapping[str, str], system: str) -> str:
    """The language of what is said beside the result, also before the arguments are known to be right."""
    words = [part for each in arguments for part in (each.split("=", 1) if each.startswith("--lang=") else [each])]
    given = next((after for each, after in pairwise(words) if each == "--lang"), None)
    try:
        return language(given, environment, system)
    except UsageError:
        return language(None, environment, system)


def _of_locale(name: str) -> str:
    if not name.lower().startswith(("zh", "chinese")):
        return "en"
    return "zh-Hant" if any(part in name.lower() for part in ("tw", "hk", "mo", "hant", "traditional")) else "zh-Hans"


def moment(option: str, given: str | None) -> dt.datetime | None:
    """A shop-local moment; a bare day means its last second."""
    if given is None:
        return None
    try:
        found = dt.datetime.fromisoformat(given.replace(" ", "T"))
    except ValueError:
        raise UsageError(
            f"{option} {given}: not a time; write it like 2026-11-23T10:00",
            f"{option} {given}：不是时间；请写成 2026-11-23T10:00 的样子",
        ) from None
    if found.tzinfo is not None:
        raise UsageError(
            f"{option} {given}: leave the offset out, the time is the shop's own",
            f"{option} {given}：请去掉时区，这里的时间就是店铺当地时间",
        )
    bare = len(given) == len("2026-11-23")
    return found + dt.timedelta(days=1, seconds=-1) if bare else found


def day(option: str, given: str | None) -> dt.date | None:
    """A calendar day."""
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"{option} {given}: not a day; write it like 2026-11-23",
            f"{option} {given}：不是日期；请写成 2026-11-23 的样子",
        ) from None


def days(option: str, given: str | None) -> tuple[dt.date, ...]:
    """One calendar day, or two with a comma: the second judges, the first is shown beside it."""
    found = tuple(each for text in (given or "").split(",") if (each := day(option, text.strip() or None)) is not None)
    if len(found) > _TWO or (len(found) == _TWO and found[0] == found[1]):
        raise UsageError(
            f"{option} {given}: write one day, or two different ones: 2025-01-01,2026-11-23",
            f"{option} {given}：请写一个日期，或两个不同的日期：2025-01-01,2026-11-23",
        )
    return found


def no_rows_without_data(rows: str | None, output: Path | None) -> None:
    """``--rows`` and ``--output`` list rows of data."""
    if rows is not None or output is not None:
        raise UsageError(
            "--rows and --output need data: shopscore explain METRIC FOLDER --rows miss",
            "--rows 和 --output 需要数据：shopscore explain METRIC FOLDER --rows miss",
        )


def rows(given: str | None, output: Path | None) -> str | None:
    """The fate of the rows to list; a file to write them to needs one."""
    if given is None and output is not None:
        raise UsageError(
            f"--output {output}: say which rows to write: --rows {', '.join(ROWS)}",
            f"--output {output}：请说明要写哪些行：--rows {'、'.join(ROWS)}",
        )
    return one_of("--rows", given, ROWS) if given is not None else None


def width(given: int | None) -> int | None:
    """How many cells a line may take."""
    if given is not None and not _NARROWEST <= given <= _WIDEST:
        raise UsageError(
            f"--width {given}: write {_NARROWEST} to {_WIDEST}", f"--width {given}：请写 {_NARROWEST} 到 {_WIDEST}"
        )
    return given


_NARROWEST, _WIDEST = 40, 1000


def workers(given: int | None) -> int | None:
    """How many shops at once."""
    if given is not None and given < 1:
        raise UsageError(f"--workers {given}: write 1 or more", f"--workers {given}：请写 1 或更大的数")
    return given


_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(m|min|h|d)")
_LENGTHS = {"m": 60, "min": 60, "h": 3600, "d": 86_400}
_LONGEST_DAYS = 366


def within(given: str, option: str = "--within") -> dt.timedelta:
    """A length of time, such as how far ahead to look: ``30m``, ``6h``, ``2d``."""
    found = _SPAN.fullmatch(given.strip().lower())
    length = dt.timedelta(seconds=float(found[1]) * _LENGTHS[found[2]]) if found and len(given) < _SPAN_MOST else None
    if length is None or not dt.timedelta() < length <= dt.timedelta(days=_LONGEST_DAYS):
        raise UsageError(
            f"{option} {given}: not a length of time; write it like 30m, 6h or 2d",
            f"{option} {given}：不是时长；请写成 30m、6h 或 2d 的样子",
        )
    return length


def wait(given: str) -> float:
    """Seconds to wait for another run: ``0``, ``30s``, ``10m``, ``1h``."""
    found = _PATIENCE.fullmatch(given.strip().lower())
    if not found or len(given) >= _SPAN_MOST:
        raise UsageError(
            f"--wait {given}: not a length of time; write it like 0, 30s, 10m or 1h",
            f"--wait {given}：不是时长；请写成 0、30s、10m 或 1h 的样子",
        )
    return float(found[1]) * {"s": 1, **_LENGTHS}[found[2] or "s"]


_PATIENCE = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|min|h|d)?")
_SPAN_MOST = 12
"""Characters a length of time may have."""


def a_file_for(formats: Sequence[str], output: Path | None, name: str) -> None:
    """A workbook goes to a file, never to a terminal."""
    if "xlsx" in formats and output is None:
        raise UsageError(
            f"--format xlsx: say where to: --output {name}", f"--format xlsx：请说明写到哪里：--output {name}"
        )
