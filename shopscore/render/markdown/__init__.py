"""A report → Markdown for a wiki, an issue or a pull request: the answer in the first line, plain GitHub tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import because, rest, to_do, verdicts, why, worth
from shopscore.render.markdown import tables
from shopscore.render.markdown.syntax import block, code, inline
from shopscore.render.shop_view import UNFOLDED, of_shop, told
from shopscore.render.words import labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import AdviceResult, MetricResult, Report
    from shopscore.render.shop_view import ShopView

_WHY = 10


def render(report: Report, lang: str) -> str:
    """The whole report.

    Args:
        report: the report.
        lang: the language.
    """
    shops = [of_shop(shop, report, lang) for shop in report.shops]
    lines = [*head(shops, lang), ""]
    for each in shops:
        lines += _shop(each, report, lang, alone=len(shops) == 1)
    lines += [f"> {block(format(warning, lang))}" for warning in report.warnings]
    return "\n".join(lines).rstrip() + "\n"


def head(shops: list[ShopView], lang: str) -> Iterator[str]:
    """The answer in a line, and below it how many metrics each shop has of each verdict."""
    yield f"**{inline(answer(shops, lang))}**"
    yield ""
    yield from tables.verdicts([each.shop for each in shops], lang)


def answer(shops: list[ShopView], lang: str) -> str:
    """The sentence that matters: of one shop its own, of several in how many something fails."""
    if len(shops) == 1:
        return labelled(lang, shops[0].shop.shop, shops[0].answer)
    short = [each for each in shops if verdicts.failing(each.shop)]
    if not short:
        doubted = sum(each.shop.trust.level != "good" for each in shops)
        key = "md_shops_doubted" if doubted else "md_shops_ok"
        return say(lang, key, shops=len(shops), count=doubted) if shops else say(lang, "answer_none")
    first = min(short, key=lambda each: verdicts.most_to_do(each.shop))
    told_of = labelled(lang, first.shop.shop, first.answer).rstrip(".。")
    return say(lang, "md_shops_short", short=len(short), shops=len(shops), first=told_of)


def _shop(each: ShopView, report: Report, lang: str, *, alone: bool) -> Iterator[str]:
    """All of one shop; of several, each under a heading of its own."""
    shop, mark = each.shop, "##" if alone else "###"
    if not alone:
        yield from (f"## {inline(shop.shop)}", "", f"**{inline(each.answer)}**", "")
    yield from standing(each, lang)
    shortfalls = [*tables.shortfalls(each.ranked, lang), "", *_items(told(worth.joint(shop, lang, UNFOLDED)))]
    yield from section(mark, say(lang, "shortfalls"), shortfalls if each.ranked else ())
    yield from section(mark, to_do.heading(shop, lang), next_step(each, lang))
    yield from section(mark, say(lang, "why"), _why(each, lang))
    found = tables.due(shop, lang)
    yield from section(mark, say(lang, "md_due", shown=min(len(shop.due), tables.DUE), count=len(shop.due)), found)
    yield from section(mark, say(lang, "advice"), _advice(each, lang))
    yield from section(mark, say(lang, "avoid"), _items(_forbidden(each.avoid, lang)))
    yield from section(mark, say(lang, "soon"), _items(each.soon))
    for title, sentences in each.beside:
        yield from section(mark, title, _items(sentences))
    yield from section(mark, say(lang, "trend"), _items(each.trend))
    yield from section(mark, say(lang, "integrity"), _items(each.integrity))
    yield from section(mark, say(lang, "html_suppressed"), _items(each.set_aside))
    yield from section(mark, say(lang, "others"), tables.others(each.others, lang))
    yield from section(mark, say(lang, "not_measured"), _items(each.missing))
    yield from section(mark, say(lang, "account"), _items(told(rest.files(shop, report, lang, UNFOLDED))))
    made = say(lang, "md_made", audit=report.audit_id, version=report.tool_version)
    yield from section(mark, say(lang, "md_method"), [inline(f"{say(lang, 'md_how')} {made}")])


def standing(each: ShopView, lang: str) -> Iterator[str]:
    """When and by which rules, how far the data can be trusted, what is known of the score."""
    shop = each.shop
    when = f"{say(lang, 'as_of')} {shop.as_of:%Y-%m-%d %H:%M} {shop.timezone}"
    rules = f"{say(lang, 'rules')} {code(each.versions)}"
    yield f"{inline(format(shop.platform_title, lang))} \u00b7 {inline(when)} \u00b7 {rules}"
    yield ""
    score = each.score.replace(" | ", " \u00b7 ")
    yield from _items([*each.trust, each.tables, score, *(format(text, lang) for text in shop.warnings)])
    yield ""


def section(mark: str, title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands under it; nothing where there is nothing."""
    body = list(lines)
    if body:
        yield from (f"{mark} {inline(title)}", "", *body, "")


def next_step(each: ShopView, lang: str) -> Iterator[str]:
    """What to do first."""
    yield from _items(told(to_do.lines(each.shop, list(each.ranked), lang, UNFOLDED)))


def _items(texts: Iterable[str]) -> Iterator[str]:
    return (f"- {block(each)}" for each in texts if each)


def _why(each: ShopView, lang: str) -> Iterator[str]:
    """The ranked metrics, each a list of what explains it."""
    for number, metric in enumerate(each.ranked[:_WHY], 1):
        if number > 1:
            yield ""
        yield f"{number}\\. **{inline(format(metric.title, lang))}** {code(metric.id)}"
        yield ""
        yield from _items(why.told(metric, lang))


def _advice(each: ShopView, lang: str) -> Iterator[str]:
    by_id = {metric.id: metric for metric in each.shop.metrics}
    for advice in each.advice:
        about = by_id.get(advice.metric)
        effort = labelled(lang, say(lang, "html_effort"), say(lang, advice.effort))
        tags = f"{code(advice.id)} \u00b7 {code(advice.metric)} \u00b7 {inline(effort)} \u00b7 "
        yield f"- {block(format(advice.text, lang))} ({tags}{inline(say(lang, advice.compliance))})"
        yield from (f"  - {block(part)}" for part in _beside(advice, about, lang))


def _beside(advice: AdviceResult, about: MetricResult | None, lang: str) -> Iterator[str]:
    """Why it is given, what must be kept in mind."""
    if about and (reasons := because.sentence(advice, about, lang)):
        yield reasons
    if advice.compliance_reason:
        yield format(advice.compliance_reason, lang)
    yield from (because.side_effect(effect, lang) for effect in advice.touches)


def _forbidden(found: Iterable[AdviceResult], lang: str) -> Iterator[str]:
    for advice in found:
        yield f"{because.forbidden(advice, lang)} [{advice.id}]"
