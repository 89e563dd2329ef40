"""What is said of a fleet, sentence by sentence, for the terminal and for the page alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import due, numbers, trusted
from shopscore.render.fleet.matrix import place
from shopscore.render.words import clauses, joined, labelled, say, segment_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.model import (
        Fleet,
        FleetAction,
        MetricResult,
        Report,
        SharedCause,
        SharedIn,
        ShopReport,
        Trust,
        Words,
    )
    from shopscore.render.fleet.matrix import Matrix

    Shops = Mapping[tuple[str, str], ShopReport]

_SHOPS_NAMED = 4
_TIMES = ("hour", "weekday", "day")


def shop_name(platform: str, shop: str) -> str:
    """A shop as it is named among others."""
    return f"{platform}/{shop}"


def title(report: Report, lang: str) -> str:
    """What this is a report of: how many shops, when."""
    days = sorted({shop.as_of.date() for shop in report.shops})
    when = str(days[0]) if len(days) == 1 else f"{days[0]}..{days[-1]}"
    rules = " ".join(f"{used.platform}@{used.version}" for used in report.rules)
    count = say(lang, "fleet_title", count=len(report.shops))
    return f"{count} | {say(lang, 'as_of')} {when} | {say(lang, 'rules')} {rules}"


def answer(report: Report, fleet: Fleet, lang: str) -> str:
    """How many fall short, what cannot be told, and what to begin with."""
    states = [each.state for each in fleet.shops]
    parts = [say(lang, "fleet_answer", all=len(states), short=states.count("short"))]
    distrusted = sum(shop.trust.level == "low" for shop in report.shops)
    for key, count in (
        ("fleet_undecided", states.count("undecided")),
        ("fleet_meets", states.count("meets")),
        ("fleet_unjudged", states.count("unjudged")),
        ("fleet_failed_count", len(fleet.failed)),
        ("fleet_low_trust", distrusted),
        ("fleet_unread", sum(bool(trusted.unread(shop.trust)) for shop in report.shops)),
        ("fleet_shared_count", len(fleet.causes)),
    ):
        parts += [say(lang, key, count=count)] if count else []
    text = joined(lang, parts) + say(lang, "fleet_stop")
    first = next((each for each in fleet.actions if each.advice), None)
    if first is None:
        return text
    shops = {(shop.platform, shop.shop): shop for shop in report.shops}
    about = format(metric_of(shops, first).title, lang)
    told = say(lang, "fleet_first", shop=first.shop, title=about, advice=first.advice)
    return f"{text}{' ' if lang == 'en' else ''}{told}{say(lang, 'fleet_stop')}"


# ── what to do ───────────────────────────────────────────────────────────────────────────────────────────────────


def metric_of(shops: Shops, action: FleetAction) -> MetricResult:
    """The metric that falls short."""
    shop = shops[action.platform, action.shop]
    return next(each for each in shop.metrics if each.id == action.metric)


def is_advisory(metric: MetricResult) -> bool:
    """Whether its target is not the platform's own."""
    return metric.target.basis not in ("cutoff", "published")


def now_and_target(metric: MetricResult, lang: str) -> tuple[str, str]:
    """The value, and the target; one that is not the platform's own is marked."""
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency)
    now = numbers.value(metric.measurement.value, metric.unit, lang, metric.currency)
    return now, f"{goal} *" if is_advisory(metric) else goal


def gain(action: FleetAction) -> str:
    """Thresholds for an hour of work."""
    return "-" if action.per_hour is None else f"{action.per_hour:.2g}"


def work(action: FleetAction, lang: str) -> str:
    """Hours of work."""
    if action.hours is None:
        return say(lang, "fleet_unknown_work")
    return say(lang, "fleet_hours", hours=f"{action.hours:g}")


def advice(shops: Shops, action: FleetAction, lang: str) -> str:
    """The advice in full, after its id."""
    shop = shops[action.platform, action.shop]
    found = next(each for each in shop.advice if each.id == action.advice and each.metric == action.metric)
    return labelled(lang, found.id, format(found.text, lang))


# ── what is shared ───────────────────────────────────────────────────────────────────────────────────────────────


def where(cause: SharedCause, lang: str) -> str:
    """The segment as people call it."""
    name = segment_name(cause.dimension, cause.segment, lang)
    if cause.dimension in _TIMES:
        return name
    return say(lang, "segment", dimension=say(lang, cause.dimension), segment=name)


def cause(each: SharedCause, lang: str) -> str:
    """What a shared cause does, how sure that is, and where it shows."""
    low, high = (f"{end:,.0f}" for end in each.interval)
    told = {"excess": f"{each.excess:,.0f}", "low": low, "high": high, "share": f"{100 * each.share:.0f}%"}
    about = {"where": where(each, lang), "title": format(each.title, lang), "shops": len(each.shops)}
    parts = [say(lang, "fleet_cause", **told, **about)]
    if enough := sum(one.enough for one in each.shops):
        parts.append(say(lang, "fleet_cause_enough", count=enough))
    seen = sum(one.named for one in each.shops)
    parts.append(say(lang, "fleet_cause_seen", count=seen) if seen else say(lang, "fleet_cause_unseen"))
    most = [f"{one.shop} ({one.excess:,.0f})" for one in each.shops[:_SHOPS_NAMED] if one.excess > 0]
    parts.append(say(lang, "fleet_cause_most", list=say(lang, "fleet_comma").join(most)))
    if each.also:
        also = say(lang, "fleet_comma").join(format(one, lang) for one in each.also)
        parts.append(say(lang, "fleet_cause_also", list=also))
    return clauses(lang, parts)


def within(one: SharedIn, lang: str) -> str:
    """What a shared cause does in one shop."""
    counts = {"bad": f"{one.bad:,}", "rows": f"{one.rows:,}", "excess": f"{one.excess:,.0f}"}
    parts = [say(lang, "fleet_within", **counts)]
    parts += [say(lang, "fleet_within_named")] if one.named else []
    parts += [say(lang, "fleet_within_enough")] if one.enough else []
    return clauses(lang, parts)


# ── whose shops, and what went wrong ─────────────────────────────────────────────────────────────────────────────


def member(group: str, owner: str) -> str:
    """A group and its owner; nothing where neither is named."""
    return " / ".join(filter(None, (group, owner)))


def owners(fleet: Fleet, lang: str) -> Iterator[str]:
    """A line for each group and owner; none where nobody is named."""
    if not any(each.owner or each.group for each in fleet.shops):
        return
    found: dict[str, list[str]] = {}
    for each in sorted(fleet.shops, key=place):
        name = member(each.group, each.owner) or say(lang, "fleet_nobody")
        found.setdefault(name, []).append(each.state)
    for name, states in sorted(found.items()):
        yield say(lang, "fleet_group_line", name=name, count=len(states), short=states.count("short"))


def matrix_title(found: Matrix, lang: str) -> str:
    """A platform, and how many of its shops fall short."""
    short = sum(row.told.state == "short" for row in found.rows)
    return say(lang, "fleet_matrix", title=format(found.title, lang), count=len(found.rows), short=short)


def set_aside(report: Report, lang: str) -> Iterator[str]:
    """What is set aside in any shop, by whom and until when: it is never hidden."""
    for shop in report.shops:
        titles = {metric.id: metric.title for metric in shop.metrics}
        for each in shop.set_aside:
            told = {"reason": each.reason, "owner": each.owner, "day": str(each.expires)}
            text = say(lang, "set_aside_one", title=format(titles[each.metric], lang), **told)
            yield labelled(lang, shop_name(shop.platform, shop.shop), text)


def failed(fleet: Fleet, lang: str) -> Iterator[str]:
    """Each folder of which no shop could be audited, and why."""
    for each in fleet.failed:
        whose = member(each.group, each.owner)
        yield labelled(lang, f"{each.name} ({whose})" if whose else each.name, format(each.reason, lang))


def distrusted(report: Report, lang: str) -> Iterator[str]:
    """Each shop whose data cannot be trusted or could not be read in full, and the weightiest reason of that."""
    for shop in report.shops:
        doubted = shop.trust.level == "low" or trusted.unread(shop.trust)
        why = [*_why_doubted(shop.trust, lang)] if doubted else []
        if silent := due.silent(shop, lang):
            why.append(silent)
        if doubted or why:
            text = joined(lang, why) or say(lang, "trust_low")
            yield labelled(lang, shop_name(shop.platform, shop.shop), text)


def _why_doubted(trust: Trust, lang: str) -> Iterator[str]:
    """The weightiest reason; what could not be read in full as well, where that is another one."""
    first = [trusted.sentence(each, lang) for each in trust.reasons[:1]]
    files = trusted.unread(trust)
    yield from first
    if files and not set(files) & set(trust.reasons[0].files):
        yield trusted.caveat(trust, lang)


def conventions(fleet: Fleet, lang: str) -> str:
    """What words for an effort are in hours of work."""
    told = say(lang, "fleet_comma").join(f"{say(lang, name)} {hours:g}" for name, hours in fleet.work)
    return say(lang, "fleet_work_note", list=told)


def warnings(report: Report) -> Iterator[Words]:
    """What else a user should know: what failed is said where it stands."""
    names = tuple(f"{each.name}: failed" for each in report.fleet.failed) if report.fleet else ()
    for each in report.warnings:
        if not each.en.startswith(names):
            yield each
