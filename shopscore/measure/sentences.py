"""What to do about a metric that was not measured, or only in part: one sentence in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Sums, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.model import Need, Status, Window
    from shopscore.ruleset.resolve import Definition

_SENTENCES: Mapping[Status, Words] = {
    "no_table": Words(
        en="The data for this metric is not there. To measure it, add: {needs}.",
        zh="缺少计算该指标所需的数据。请补充：{needs}。",
    ),
    "not_covered": Words(
        en="The data covers no day of {first} to {last}. Export these days again: {needs}.",
        zh="现有数据未覆盖 {first} 至 {last} 的任何一天。请重新导出这段时间的：{needs}。",
    ),
    "too_unknown": Words(
        en="For {unknown} rows the data cannot say, against {known} that could be counted. "
        "The value is shown and not scored; fill the blank columns or export a fuller file.",
        zh="有 {unknown} 行数据无法判断，多于可计的 {known} 行。数值仅供参考，不计分；请补全空白列或导出更完整的文件。",
    ),
    "too_few": Words(
        en="Only {rows} rows, fewer than the {minimum} needed. The value is shown and not scored; wait for more.",
        zh="只有 {rows} 行，少于要求的 {minimum} 行。数值仅供参考，不计分；待数据增多后再看。",
    ),
    "no_definition": Words(
        en="No source gives this metric's formula, so it is not computed. Read it on the platform's dashboard.",
        zh="未找到该指标的公开公式，因此不作计算。请在平台后台查看。",
    ),
    "not_applicable": Words(
        en="No version of this rule is in force on the audit's day. Choose another day to see it.",
        zh="在审计日期当天，该规则没有生效的版本。如需查看，请更换日期。",
    ),
}
_NO_ROWS = Words(
    en="No rows to divide by in {first} to {last}. Nothing needs doing unless the exports should hold some.",
    zh="{first} 至 {last} 没有可作分母的数据。若本应有数据，请检查导出文件，否则无需处理。",
)
_PARTIAL = Words(
    en="The data covers {covered} of {days} days; a verdict is sure only where the others could not turn it. Export "
    "the missing days; if nothing happened on them, put the day of the export into the file's name "
    "(disputes_20261122.csv).",
    zh="数据覆盖 {days} 天中的 {covered} 天；只有缺少的日期怎样都改变不了的判定才是确定的。请补充缺少的日期；"
    "如果那几天确实没有发生，请在文件名里写上导出日期（如 disputes_20261122.csv）。",
)
_ENTER = Words(
    en="Enter the scores your dashboard shows in shop.yaml under scores: {scores}.",
    zh="请把后台显示的分数填入 shop.yaml 的 scores：{scores}。",
)
_NO_TIMES = Words(
    en="The chats in {files} have no usable times, so no reply can be timed by them. Export or copy them with date and "
    "time.",
    zh="{files} 中的聊天记录没有可用的时间，无法计算回复时长。请导出或复制带日期和时间的记录。",
)
_NAMED = 3
"""How many files a sentence names."""
_NEEDED = Words(en="the tables this metric names (see explain)", zh="该指标所列的数据表（见 explain）")


def sentence(
    status: Status,
    definition: Definition,
    sums: Sums | None = None,
    window: Window | None = None,
    needs: Sequence[Need] = (),
) -> Words | None:
    """What to do about a status; None where nothing is to be said.

    Args:
        status: what became of the metric.
        definition: its definition, for the minimum.
        sums: the window's sums, where there are any.
        window: the window, where there is one.
        needs: what would have to be exported.
    """
    rows = sums or Sums()
    if status == "measured":
        partial = window is not None and window.covered_days < window.days
        words: Words | None = _PARTIAL if partial else None
    elif status == "too_few" and (not rows.rows or rows.rows >= definition.minimum):
        words = _NO_ROWS
    else:
        words = _SENTENCES.get(status)
    return None if words is None else _fill(words, definition, rows, window, needs)


def _fill(words: Words, definition: Definition, sums: Sums, window: Window | None, needs: Sequence[Need]) -> Words:
    facts = {
        "rows": sums.rows,
        "known": known_events(definition, sums),
        "unknown": sums.unknown,
        "minimum": definition.minimum,
        "first": window.first.isoformat() if window else "…",
        "last": window.last.isoformat() if window else "…",
        "covered": window.covered_days if window else 0,
        "days": window.days if window else 0,
    }
    return Words(
        en=words.en.format(needs=_exports(needs, "en"), **facts),
        zh=words.zh.format(needs=_exports(needs, "zh"), **facts),
    )


def known_events(definition: Definition, sums: Sums) -> int:
    """What unknown rows are held against: the rows that count; of two facts the events above the line.

    Three disputes without a verdict among thousands of orders leave a dispute rate unknown when two are judged.
    """
    return sums.hits if definition.metric.kind == "ratio_of" else sums.rows


def _exports(needs: Sequence[Need], lang: str) -> str:
    menus = dict.fromkeys(f"{each:{lang}}" for need in needs for each in need.exports)
    tables = dict.fromkeys(need.table for need in needs)
    separator = "; " if lang == "en" else "；"
    return separator.join(menus or tables) or f"{_NEEDED:{lang}}"


def no_times(files: Sequence[str]) -> Words:
    """Say why talk that was handed in cannot be timed."""
    return Words(
        en=_NO_TIMES.en.format(files=", ".join(files[:_NAMED])), zh=_NO_TIMES.zh.format(files="、".join(files[:_NAMED]))
    )


def enter_scores(lacking: Sequence[str]) -> Words:
    """Ask for the scores a composite lacks, named as ``shop.yaml`` names them."""
    return Words(en=_ENTER.en.format(scores=", ".join(lacking)), zh=_ENTER.zh.format(scores="、".join(lacking)))
