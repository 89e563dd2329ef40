"""What is wrong with what was read → a sentence in both languages: where, how much, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Words
from shopscore.trust.weights import CELLS, column_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.trust.weights import Weight

_ROWS = {
    "lost": Words("{count} of {rows} rows are lost: {what}", "{rows} 行中丢失 {count} 行：{what}"),
    "doubtful": Words("{count} of {rows} rows are doubtful: {what}", "{rows} 行中有 {count} 行存疑：{what}"),
}
_FILE = Words("{what}", "{what}")
_CELLS = Words("{count} cells of {column} {what}", "{column} 有 {count} 格{what}")
_UNUSED = Words(
    "could not be used; what to do stands in: shopscore read PATH",
    "无法使用；处理办法见 shopscore read PATH",
)


def of_weight(weight: Weight, reason: str, count: int, rows: int, files: Sequence[str]) -> Words:
    """A reason of the account.

    Args:
        weight: the reason's weight.
        reason: the reason.
        count: rows, or what else it counts.
        rows: rows of the table it is found in.
        files: where it is found.
    """
    said = {"column": column_of(reason), "reason": reason, "count": f"{count:,}"}
    form = _ROWS.get(weight.effect, _FILE)
    en, zh = (
        text.format(count=f"{count:,}", rows=f"{rows:,}", what=what.format(**said))
        for text, what in ((form.en, weight.what.en), (form.zh, weight.what.zh))
    )
    return _at(files, Words(f"{en}; {weight.remedy.en}", f"{zh}；{weight.remedy.zh}"))


def of_cells(column: str, count: int, files: Sequence[str]) -> Words:
    """Cells of one column that could not be read."""
    en, zh = (
        text.format(count=f"{count:,}", column=column, what=what)
        for text, what in ((_CELLS.en, CELLS.en), (_CELLS.zh, CELLS.zh))
    )
    return _at(files, Words(en, zh))


def of_unused(files: Sequence[str]) -> Words:
    """Files of which nothing could be used."""
    return _at(files, _UNUSED)


def _at(files: Sequence[str], words: Words) -> Words:
    more = len(files) - 1
    if not more:
        return Words(f"{files[0]}: {words.en}", f"{files[0]}：{words.zh}")
    return Words(f"{files[0]} and {more} more: {words.en}", f"{files[0]} 等 {len(files)} 个文件：{words.zh}")
