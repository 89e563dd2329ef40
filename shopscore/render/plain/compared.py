"""Two audits side by side, and audits of before → records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.plain.records import moment, record, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import Change, Comparison, PastAudit, PastSeries, ShopComparison
    from shopscore.render.layout import Line


def comparison(found: Comparison, lang: str) -> Iterator[Line]:
    """Every shop, those with regressions first."""
    for shop in sorted(found.shops, key=lambda each: (not each.regressions, each.platform, each.shop)):
        yield from _shop(shop, lang)
    yield from (record("only", "before", name) for name in found.only_before)
    yield from (record("only", "after", name) for name in found.only_after)


def _shop(shop: ShopComparison, lang: str) -> Iterator[Line]:
    whose = (shop.platform, shop.shop)
    moments = (moment(at, shop.timezone) for at in (shop.before_as_of, shop.after_as_of))
    yield record("compared", *whose, *moments, len(shop.regressions), len(shop.improvements), shop.same, len(shop.new))
    yield from (record("unlike", *whose, each.kind, each.before, each.after) for each in shop.unlike)
    ways = (("worse", shop.regressions), ("new", shop.new), ("better", shop.improvements), ("unsure", shop.unsure))
    for way, changes in ways:
        yield from (_change(each, whose, shop.timezone, way, lang) for each in changes)
    for left in shop.not_compared:
        yield record("not_compared", *whose, left.id, left.why, words(format(left.title, lang), lang))


def _change(each: Change, whose: tuple[str, str], timezone: str, way: str, lang: str) -> Line:
    low, high = each.interval or (None, None)
    before = each.before
    return record(
        "change", *whose, way, each.kind, each.id, before.value if before else None, each.after.value, each.difference,
        low, high, before.verdict if before else None, each.after.verdict, words(format(each.title, lang), lang),
        moment(each.before_as_of, timezone) if each.before_as_of else None,
    )  # fmt: skip


def audits(found: Iterable[PastAudit]) -> Iterator[Line]:
    """A record for each shop of each audit, oldest first."""
    for each in found:
        yield record(
            "audit", each.audit_id, each.as_of, each.platform, each.shop, each.rules, each.tool_version, each.trust,
            each.failing,
        )  # fmt: skip


def series(found: Iterable[PastSeries]) -> Iterator[Line]:
    """A record for each audit of each metric, oldest first."""
    for each in found:
        for point in each.points:
            low, high = point.interval or (None, None)
            yield record(
                "point", each.platform, each.shop, each.metric, point.as_of, point.audit_id, point.value, low, high,
                each.unit, point.numerator, point.denominator, point.target, point.verdict, point.status, point.rules,
                point.rules_changed,
            )  # fmt: skip
