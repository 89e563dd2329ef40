"""What the command line does with audits of before: open a history, compare, keep, show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shopscore import console, delivery
from shopscore.errors import UsageError
from shopscore.model import Comparison
from shopscore.render.layout import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.model import PastAudit, PastSeries, Report, ShopComparison
    from shopscore.render.layout import Look

_NAMED = 8
"""Shops of a report that are named where the one asked for is not among them."""
_NOT_KEPT = 4
"""The exit code of a report that was made and did not get where it was to go."""


def report_of(name: str, history: str | None, platform: str | None, shop: str | None) -> Report:
    """A JSON report by its path, else an audit of the history by its name; of one platform or shop, where asked for.

    Raises:
        UsageError: there is no such report, or no such shop in it.
    """
    if history is None or Path(name).is_file():
        found = console.read_report(Path(name))
    else:
        from shopscore import history as past

        found = past.load(history, name, platform=platform, shop=shop)
    return _only(found, name, platform, shop)


def _only(report: Report, name: str, platform: str | None, shop: str | None) -> Report:
    """The shops that are asked for; the report as it is, fleet and all, where that is all of them."""
    kept = tuple(each for each in report.shops if platform in (None, each.platform) and shop in (None, each.shop))
    if len(kept) == len(report.shops):
        return report
    if not kept:
        wanted = " ".join(filter(None, (platform, shop)))
        there = sorted(f"{each.platform}/{each.shop}" for each in report.shops)
        named, more = there[:_NAMED], len(there) - _NAMED
        raise UsageError(
            f"{name}: no shop called {wanted} in this report; it tells of {', '.join(named)}"
            + (f", and {more} more" if more > 0 else ""),
            f"{name}：这份报告里没有名为 {wanted} 的店铺；其中有 {'、'.join(named)}"
            + (f" 等 {len(there)} 家" if more > 0 else ""),
        )
    from shopscore.render.fleet.matrix import pages_of

    return pages_of(report, kept)


def begin(history: str | None) -> None:
    """Make sure, before anything is read, that the history can be written."""
    if history is not None:
        from shopscore import history as past

        past.begin(history)


def since(history: str | None, report: Report) -> dict[str, ShopComparison] | None:
    """What each shop has become since its last audit alike; None without a history."""
    if history is None:
        return None
    from shopscore import past

    return past.since(history, report)


def keep(history: str | None, report: Report) -> int:
    """Keep an audit; 0, or the exit code of what could not be delivered."""
    if history is None:
        return 0
    from shopscore import history as past

    try:
        past.keep(history, report)
    except UsageError as error:
        console.tell(error.en, error.zh)
        return _NOT_KEPT
    return 0


def show_since(found: Mapping[str, ShopComparison] | None, lang: str, *, look: Look) -> None:
    """Print, below the report, what each shop has become."""
    if found:
        rule = [] if look.plain else [Line(""), Line("=" * look.width), Line("")]
        lines = _compared(Comparison("", "now", tuple(found.values())), lang, look)
        delivery.deliver_page([*rule, *lines], None, plain=look.plain)


def _compared(found: Comparison, lang: str, look: Look) -> Iterable[Line]:
    from shopscore.render import diff as page
    from shopscore.render import plain

    return plain.comparison(found, lang) if look.plain else page.render(found, lang, look.width)


def refuse_unlike(found: Comparison) -> None:
    """Stop where the numbers of two audits may differ because they were not made alike."""
    from shopscore.render import diff as page

    if not found.shops:
        names = ", ".join((*found.only_before, *found.only_after))
        raise UsageError(
            f"these audits have no shop in common ({names}): there is nothing to compare",
            f"两次体检没有共同的店铺（{names}）：没有可比的内容",
        )
    for shop in found.shops:
        if shop.unlike:
            raise UsageError(
                f"{shop.platform}/{shop.shop}: these audits are not alike: {page.sentences(shop.unlike, 'en')}; "
                "with --force they are compared all the same",
                f"{shop.platform}/{shop.shop}：两次体检口径不同：{page.sentences(shop.unlike, 'zh')}；"
                "加 --force 仍可比较",
            )


def show_comparison(found: Comparison, kind: str, output: Path | None, lang: str, *, look: Look) -> None:
    """Print a comparison, or write it."""
    from shopscore.render import diff as page

    content = page.as_json(found, lang) if kind == "json" else _compared(found, lang, look)
    delivery.deliver_page(content, output, plain=look.plain)


def show_audits(found: Sequence[PastAudit], kind: str, output: Path | None, lang: str, *, look: Look) -> None:
    """Print which audits there are, or write it."""
    from shopscore.render import csv, plain
    from shopscore.render import history as page

    if kind == "text":
        lines = plain.audits(found) if look.plain else page.audit_lines(found, lang, look.width)
        delivery.deliver_page(lines, output, plain=look.plain)
    else:
        text = page.audit_json(found) if kind == "json" else csv.render(page.audit_sheet(found))
        delivery.deliver_page(text, output)


def show_series(found: Sequence[PastSeries], kind: str, output: Path | None, lang: str, *, look: Look) -> None:
    """Print a metric over audits, or write it."""
    from shopscore.render import csv, plain
    from shopscore.render import history as page

    if kind == "text":
        lines = plain.series(found) if look.plain else page.series_lines(found, lang, look.width)
        delivery.deliver_page(lines, output, plain=look.plain)
    else:
        text = page.series_json(found, lang) if kind == "json" else csv.render(page.series_sheet(found))
        delivery.deliver_page(text, output)
