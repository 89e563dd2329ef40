"""The quieter parts of the report: metrics that hold, metrics that could not be measured, files that need a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import account as accounts
from shopscore.render import figures, numbers, verdicts, wanted
from shopscore.render.layout import STYLES, Line, fold
from shopscore.render.table import table
from shopscore.render.words import clauses, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import FileAccount, MetricResult, Report, ShopReport

_SHOWN_STRANGERS = 5
_SHOWN_EXPORTS = 3
_WELL_COVERED = 0.5
"""The part of the score above which a page need not begin with what is missing."""


def others(
    shop: ShopReport, inputs: Sequence[FileAccount], shown: Sequence[str], lang: str, width: int
) -> Iterator[Line]:
    """Every metric with a value that is not among the shortfalls, then the bounds of what has none."""
    rest = [
        metric
        for metric in shop.metrics
        if metric.id not in shown and metric.measurement.value is not None and metric.bound_of is None
    ]
    if rest:
        found = table([_other_row(metric, lang) for metric in rest], (0, 12, 26, 12, 30), width=width)
        for lines, metric in zip(found, rest, strict=True):
            yield from (Line(line, STYLES.get(metric.verdict, "")) for line in lines)
    yield from _bounds(shop, inputs, lang, width)


def _bounds(shop: ShopReport, inputs: Sequence[FileAccount], lang: str, width: int) -> Iterator[Line]:
    """What a metric is at most, or at least and at most where both are known of the same rows."""
    known = [metric for metric in shop.metrics if metric.bound_of and metric.measurement.value is not None]
    titles = {metric.id: metric.title for metric in shop.metrics}
    for of in dict.fromkeys(metric.bound_of or "" for metric in known):
        mine = {metric.bound: metric for metric in known if metric.bound_of == of}
        least, most = mine.get("worst_case"), mine.get("best_case")
        if least and most and least.measurement.denominator == most.measurement.denominator:
            exports = _exports(shop, inputs)
            key = "between_exports" if exports else "between_line"
            title = format(titles[of], lang)
            texts = [say(lang, key, title=title, exports=str(exports), **_span(least, most, lang))]
        else:
            texts = [
                say(lang, "bound_line", title=format(metric.title, lang), **_counts(metric, lang))
                for metric in mine.values()
            ]
        yield from (Line(line) for text in texts for line in fold(text, width, "  ", ""))


def _exports(shop: ShopReport, inputs: Sequence[FileAccount]) -> int:
    """How many different exports say how far orders had come; saved tables do not tell how many they were made of."""
    own = (each for each in inputs if (each.platform, each.shop) == (shop.platform, shop.shop))
    return len({each.sha256 for each in own if any(column == "reached" for column, _ in each.columns_used)})


def _counts(metric: MetricResult, lang: str) -> dict[str, str]:
    found = metric.measurement
    return {
        "value": numbers.value(found.value, metric.unit, lang, metric.currency),
        "numerator": numbers.count(found.numerator or 0),
        "denominator": numbers.count(found.denominator or 0),
    }


def _span(least: MetricResult, most: MetricResult, lang: str) -> dict[str, str]:
    low, high = _counts(least, lang), _counts(most, lang)
    return {
        "low": low["value"],
        "high": high["value"],
        "certain": low["numerator"],
        "possible": high["numerator"],
        "denominator": high["denominator"],
    }


def _other_row(metric: MetricResult, lang: str) -> list[str]:
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency)
    known = metric.target.value is not None
    if metric.suppressed:
        verdict = say(lang, "suppressed")
    elif metric.verdict == "not_measured":
        verdict = say(lang, "too_few") if metric.measurement.status == "too_few" else ""
    else:
        verdict = say(lang, metric.verdict)
    note = figures.beside_verdict(metric, lang)
    if metric.doubt and not metric.suppressed:
        note = say(lang, "doubt_note")
    return [
        format(metric.title, lang),
        numbers.value(metric.measurement.value, metric.unit, lang, metric.currency),
        f"{goal} {say(lang, metric.target.basis)}" if known else "",
        verdict,
        note,
    ]


def export_first(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """The files that give most, where next to nothing of the score is measured or nothing could be judged."""
    if shop.score.coverage >= _WELL_COVERED and verdicts.judged(shop):
        return
    texts = list(wanted.sentences(shop, lang))
    for text in texts[:_SHOWN_EXPORTS]:
        yield from (Line(line) for line in fold(text, width, "    ", "  - "))
    if (more := len(texts) - _SHOWN_EXPORTS) > 0:
        yield from (Line(line, "dim") for line in fold(say(lang, "more_exports", count=more), width, "    "))


def not_measured(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """What to export and what each file would give; what no file gives."""
    for text in wanted.sentences(shop, lang):
        yield from (Line(line) for line in fold(text, width, "    ", "  - "))
    for status in ("no_definition", "not_applicable"):
        named = [format(metric.title, lang) for metric in shop.metrics if metric.measurement.status == status]
        if named:
            text = say(lang, status, titles=joined(lang, named))
            yield from (Line(line, "dim") for line in fold(text, width, "    ", "  - "))


def files(shop: ShopReport, report: Report, lang: str, width: int) -> Iterator[Line]:
    """How many rows were used; a line for each file in which something was left out."""
    own = [account for account in report.inputs if (account.platform, account.shop) == (shop.platform, shop.shop)]
    if not own:
        return
    yield from (Line(line) for line in fold(accounts.total(own, lang), width, "  ", "  "))
    for account in own:
        yield from (Line(line) for line in _file(account, lang, width))
    # A file that lost every row cannot say whose it is.
    strangers = [each for each in report.inputs if each.shop is None and each.rows_refused == each.rows_read]
    beside = [account for account in strangers if _folder(account) in {_folder(each) for each in own}]
    for account in beside[:_SHOWN_STRANGERS]:
        yield from (Line(line, "yellow") for line in _file(account, lang, width))
    others = len(strangers) - len(beside[:_SHOWN_STRANGERS])
    if others:
        yield from (Line(line, "dim") for line in fold(say(lang, "other_files", count=others), width, "    ", "  "))


def _folder(account: FileAccount) -> str:
    return account.file.rpartition("/")[0]


def _file(account: FileAccount, lang: str, width: int) -> Iterator[str]:
    """A file is worth a line when something in it was left out or could not be read."""
    notes = [accounts.noted(note, lang) for note in accounts.notes(account)]
    notes += [accounts.refused_rows(refusal, lang) for refusal in account.refusals]
    notes += [accounts.refused_cells(cells, lang) for cells in account.cells_refused]
    if account.message:
        notes.append(format(account.message, lang))
    if notes:
        yield from fold(labelled(lang, account.file, clauses(lang, notes)), width, "      ", "    - ")
