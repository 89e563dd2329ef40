"""A reason of the reading's account → what it does to the trust in a table, and how a person is told.

The one place that says how much each reason weighs. A reason that is not listed weighs like its kind: a refusal has
lost its rows, a note says something without a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shopscore.model import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.model import Level

Effect = Literal["nothing", "lost", "doubtful", "fair", "low"]
"""``nothing``: no row of data is touched. ``lost``: the rows counted are missing. ``doubtful``: the rows counted are
used and may be wrong. ``fair``, ``low``: nobody knows how many rows are touched; no table with it is trusted more."""

LEVELS: tuple[Level, ...] = ("good", "fair", "low")
ONE_LOST_IN_GOOD = 1000
"""Up to one row in a thousand: less than the digits in which platforms publish and show rates can tell."""
ONE_LOST_IN_FAIR = 20
"""Up to one row in twenty: beyond it more is missing than lies between two rungs of a platform's scale."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a reason does, what it is in words, and what to do about it; ``{column}`` is filled in."""

    effect: Effect
    what: Words
    remedy: Words


_AGAIN = Words("export the file again and do not edit it", "请重新导出，不要手工编辑")
_AS_TEXT = Words("export again as CSV, or format the column as text", "请重新导出为 CSV，或把该列设为文本格式")
_NOTHING = Weight("nothing", Words("", ""), Words("", ""))

WEIGHTS: Mapping[str, Weight] = {
    "header_row": _NOTHING,
    "description_row": _NOTHING,
    "total_row": _NOTHING,
    "damaged_id": Weight("lost", Words("a spreadsheet damaged their ids", "编号被表格软件损坏"), _AS_TEXT),
    "ragged_row": Weight("lost", Words("they have more cells than the header", "格数多于表头"), _AGAIN),
    "shifted_row": Weight("lost", Words("their cells are shifted", "各格错位"), _AGAIN),
    "undecodable": Weight("lost", Words("their text cannot be decoded", "文字无法解码"), _AGAIN),
    "unreadable": Weight("lost", Words("{column} cannot be read", "{column} 读不懂"), _AGAIN),
    "missing": Weight(
        "lost",
        Words("{column} is blank", "{column} 为空"),
        Words("export again with this column", "导出时请勾选该列"),
    ),
    "conflict": Weight(
        "lost",
        Words("two copies contradict each other and nothing says which is newer", "两份数据互相矛盾，无法判断哪份更新"),
        Words("remove the older file, or put the export time into the names", "请移走旧文件，或在文件名里写上导出时间"),
    ),
    "unknown_platform": Weight(
        "lost",
        Words("nothing says which platform they are of", "无法判断平台"),
        Words("put the file into <platform>/<shop>/", "请把文件放入 <平台>/<店铺>/"),
    ),
    "mixed_encoding": Weight("doubtful", Words("they mix encodings", "混有多种编码"), _AGAIN),
    "swapped_dates": Weight(
        "doubtful",
        Words("day and month of their dates may be swapped", "日期的日与月可能颠倒"),
        Words("export again as CSV and do not save it in a spreadsheet", "请重新导出为 CSV，不要用表格软件另存"),
    ),
    "future_times": Weight(
        "doubtful",
        Words("their times lie in the future", "时间晚于现在"),
        Words("check the clock and the date format of the export", "请检查导出时间与日期格式"),
    ),
    "excel_rounded_ids": Weight("doubtful", Words("a spreadsheet rounded their ids", "编号被表格软件取整"), _AS_TEXT),
    "truncated": Weight(
        "low",
        Words("the file is cut off; nobody knows how many rows are missing", "文件不完整，缺多少行无法得知"),
        Words("download it again", "请重新下载"),
    ),
    "gap": Weight(
        "fair",
        Words("days without a row in the middle of its period ({count})", "期间内有 {count} 天没有任何数据"),
        Words("export the missing days", "请补充导出缺少的日期"),
    ),
    "control_total": Weight(
        "fair",
        Words("its rows do not add up to its own total row", "各行之和与文件自带的合计不符"),
        _AGAIN,
    ),
    "open_in_excel": Weight(
        "nothing",
        Words("it is open in a spreadsheet", "正在表格软件中打开"),
        Words("save and close it", "请保存并关闭"),
    ),
}
"""``unreadable`` and ``missing`` stand for all reasons that begin with them and name a column."""

UNLISTED_REFUSAL = Weight("lost", Words("{reason}", "{reason}"), _AGAIN)
UNLISTED_NOTE = Weight("fair", Words("{reason}", "{reason}"), _AGAIN)
CELLS = Words("count as blank, because they cannot be read", "读不懂，按空白处理")

EXPORT_ENDINGS = (".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".parquet", ".json", ".jsonl", ".zip",
                  ".rar", ".7z", ".gz", ".txt", ".html", ".htm", ".db")  # fmt: skip
"""Names under which somebody keeps data: a picture that could not be used has cost nobody a row."""


def refusal(reason: str) -> Weight:
    """The weight of a reason for which rows were refused."""
    return _weight(reason) or UNLISTED_REFUSAL


def note(reason: str) -> Weight:
    """The weight of a note on a whole file."""
    return _weight(reason) or UNLISTED_NOTE


def column_of(reason: str) -> str:
    """The column a reason names, if it names one."""
    return "" if reason in WEIGHTS else reason.partition("_")[2]


def _weight(reason: str) -> Weight | None:
    found = WEIGHTS.get(reason)
    kind, _, column = reason.partition("_")
    return found or (WEIGHTS.get(kind) if column else None)


def ceiling(weight: Weight) -> Level:
    """The most trust a reason leaves that no rows can be counted for; a counted one leaves what its count leaves."""
    return weight.effect if weight.effect in ("fair", "low") else "good"


def level_of(lost: int, rows: int) -> Level:
    """The trust in a table that lost so many of its rows."""
    if lost * ONE_LOST_IN_GOOD <= rows:
        return "good"
    return "fair" if lost * ONE_LOST_IN_FAIR <= rows else "low"


def worst(*levels: Level) -> Level:
    """The lowest of some levels; good where there are none."""
    return max(levels, key=LEVELS.index, default="good")
