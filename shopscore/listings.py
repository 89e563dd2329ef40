"""The packs and formats as plain tables: what there is, what each metric needs, that all of it loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.catalog import both, guides, load, needs_of, packs_of, said
from shopscore.catalog.clocks import clocks_of
from shopscore.catalog.stale import stale
from shopscore.errors import RuleError
from shopscore.model import Listing, Words
from shopscore.ruleset import lint_across
from shopscore.ruleset.calendar import calendar
from shopscore.ruleset.cells import cells
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.integrity import PREFIX, suspects
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.resolve import define
from shopscore.ruleset.services import services
from shopscore.ruleset.shopfile import ShopFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from shopscore.ruleset.integrity import IntegrityRules
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.rules import LoadedPack


ALL_IS_WELL = Words("All is well.", "全部正确。")


def list_rules(extra: Sequence[Path]) -> Listing:
    """Every metric of every pack, one line each."""
    rules = load(extra)
    return Listing(
        (
            Words("metric", "指标"),
            Words("title", "名称"),
            Words("definition", "口径"),
            Words("purpose", "用途"),
            Words("window", "统计期"),
        ),
        tuple(
            (
                both(f"{loaded.pack.platform}.{metric.id}"),
                metric.title.words,
                said.words(metric.definition),
                said.words(metric.purpose),
                said.window(metric.window) if metric.kind not in ("none", "composite") else both("-"),
            )
            for loaded in packs_of(rules, None)
            for metric in loaded.pack.metrics
        )
        + tuple(
            (
                both(PREFIX + check.id),
                check.title.words,
                said.words("check"),
                said.words("integrity"),
                said.window(check.window),
            )
            for check in rules.integrity.checks
        ),
        Words(
            "; ".join(_size(each.pack, "{} metrics, {} pieces of advice") for each in packs_of(rules, None)),
            "；".join(_size(each.pack, "{} 项指标，{} 条建议") for each in packs_of(rules, None)),
        ),
    )


def _size(pack: Pack, text: str) -> str:
    return f"{pack.platform} {pack.version}: {text.format(len(pack.metrics), len(pack.advice))}"


def is_platform(name: str, extra: Sequence[Path]) -> bool:
    """Whether a name is a pack's."""
    return name in load(extra).packs


def show_rules(name: str, extra: Sequence[Path], today: dt.date) -> tuple[Listing, ...]:
    """A platform's metrics as they are in force, and its clocks where it has any."""
    loaded = load(extra).packs[name]
    metrics = _metrics_of(loaded, load(extra).integrity, today)
    return (metrics, clocks_of(loaded.pack)) if loaded.pack.clocks else (metrics,)


def _metrics_of(loaded: LoadedPack, checks: IntegrityRules, today: dt.date) -> Listing:
    name = loaded.pack.platform
    in_force = {each.id: each for each in define(loaded.pack, today, ShopFile())}
    return Listing(
        (
            Words("metric", "指标"),
            Words("title", "名称"),
            Words("version", "版本"),
            Words("window", "统计期"),
            Words("sources", "来源"),
        ),
        tuple(
            (
                both(metric.id),
                metric.title.words,
                said.words(in_force[f"{name}.{metric.id}"].version or metric.definition),
                said.window(in_force[f"{name}.{metric.id}"].window)
                if metric.kind not in ("none", "composite")
                else both("-"),
                both(" ".join(metric.source)),
            )
            for metric in loaded.pack.metrics
        )
        + tuple(
            (
                both(each.id),
                each.check.title.words,
                said.words("check"),
                said.window(each.check.window),
                both(" ".join(each.platform.penalty.source if each.platform.penalty else ())),
            )
            for each in suspects(checks, loaded.pack, ShopFile())
        ),
    )


def list_needs(platform: str, extra: Sequence[Path], today: dt.date) -> Listing:
    """Per metric: which file to download from which menu, for how many days."""
    rules = load(extra)
    rows = []
    for loaded in packs_of(rules, platform):
        for resolved in define(loaded.pack, today, ShopFile()):
            for need in needs_of(resolved, rules):
                exports = Words(
                    " / ".join(each.en for each in need.exports), " / ".join(each.zh for each in need.exports)
                )
                # What looks at the moment of the audit asks for no days back.
                days = Words(f"{need.days} d", f"{need.days} 天") if need.days else both("-")
                rows.append((both(resolved.id), resolved.metric.title.words, days, exports))
    return Listing(
        (Words("metric", "指标"), Words("title", "名称"), Words("days", "天数"), Words("export", "要导出的文件")),
        tuple(rows),
    )


def list_guides(platform: str | None, extra: Sequence[Path], today: dt.date) -> tuple[Listing, ...]:
    """What the guides name and what is made of it: every pack's that has one, or those of one platform.

    Raises:
        UsageError: there is no such pack.
    """
    rules = load(extra)
    wanted = packs_of(rules, platform)
    return tuple(
        each
        for loaded in wanted
        if loaded.pack.guide is not None or platform is not None
        for each in guides.listings(guides.guide_of(rules, loaded, today))
    )


def list_stale(extra: Sequence[Path], today: dt.date, months: int) -> Listing:
    """What in the packs may have aged by today, worst first."""
    found = stale(load(extra), today, months, extra)
    return Listing(
        (Words("what", "内容"), Words("why, and what to do", "原因与处理")),
        tuple(
            (both(each.what), Words(f"{each.why.en}: {each.todo.en}", f"{each.why.zh}：{each.todo.zh}"))
            for each in found
        ),
        Words(f"{len(found)} to look at, as of {today}.", f"截至 {today}，共 {len(found)} 项待核对。"),
    )


def check_rules(extra: Sequence[Path], today: dt.date) -> Listing:
    """Load everything strictly, alone and together; what is allowed but of no use stands in the note.

    Raises:
        RuleError: with every mistake and its place.
    """
    folders = (default_rules_dir(), *extra)
    rules = load_rules(folders)
    calendar()
    services()
    cells()
    mistakes = list(lint_across.contradictions(rules, folders))
    if mistakes:
        raise RuleError(mistakes)
    remarks = [str(each) for each in (*rules.warnings, *lint_across.idle(rules, today))]
    shown, count = "".join(f"{each}\n" for each in remarks), len(remarks)
    well = Words(f"No mistake; {count} remarks.", f"没有错误；{count} 条提示。") if remarks else ALL_IS_WELL
    return Listing(
        (Words("pack", "规则包"), Words("metrics", "指标"), Words("advice", "建议"), Words("sha256", "sha256")),
        tuple(
            (both(name), both(str(len(each.pack.metrics))), both(str(len(each.pack.advice))), both(each.sha256[:12]))
            for name, each in sorted(rules.packs.items())
        ),
        Words(f"{shown}{len(rules.formats)} formats. {well.en}", f"{shown}{len(rules.formats)} 种文件格式。{well.zh}"),
    )


def list_formats(extra: Sequence[Path]) -> Listing:
    """The export files known, the table each fills, and where the seller gets it."""
    rules = load(extra)
    return Listing(
        (Words("format", "格式"), Words("title", "名称"), Words("table", "数据表"), Words("menu", "后台菜单")),
        tuple(
            (both(each.format.id), each.format.title.words, both(each.format.table), each.format.export.menu.words)
            for each in sorted(rules.formats, key=lambda item: item.format.id)
        ),
    )
