"""A history → which audits there are, and a metric over them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, func, select

from shopscore.errors import UsageError
from shopscore.history.asking import of, opened, shops_of
from shopscore.history.database import connected
from shopscore.history.tables import AUDITS, METRICS, SHOPS
from shopscore.model import PastAudit, PastPoint, PastSeries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, RowMapping

    from shopscore.model import Report, ShopReport


def audits(history: str, last: int, *, platform: str | None = None, shop: str | None = None) -> tuple[PastAudit, ...]:
    """The last audits, oldest first, each with its shops and how many metrics fail."""
    with connected(history, writes=False) as connection:
        counts = (
            select(METRICS.c.number, METRICS.c.platform, METRICS.c.shop, func.count().label("failing"))
            .where(METRICS.c.verdict == "fail", METRICS.c.suppressed.is_(False))
            .group_by(METRICS.c.number, METRICS.c.platform, METRICS.c.shop)
            .subquery()
        )
        of_shop = and_(*(counts.c[name] == SHOPS.c[name] for name in ("number", "platform", "shop")))
        asked = (
            select(AUDITS.c.audit_id, AUDITS.c.tool_version, SHOPS, func.coalesce(counts.c.failing, 0).label("failing"))
            .join(SHOPS, SHOPS.c.number == AUDITS.c.number)
            .outerjoin(counts, of_shop)
            .where(*of(SHOPS, platform, shop))
            .order_by(SHOPS.c.as_of.desc(), SHOPS.c.number.desc(), SHOPS.c.platform, SHOPS.c.shop)
            .limit(last)
        )
        rows = connection.execute(asked).mappings().all()
    return tuple(PastAudit(**{name: row[name] for name in PastAudit.__struct_fields__}) for row in reversed(rows))


def series(
    history: str, metric: str, last: int, *, platform: str | None = None, shop: str | None = None
) -> tuple[PastSeries, ...]:
    """A metric over the last audits of each shop, oldest first.

    Args:
        history: where audits are kept.
        metric: an id, an id without its platform, or a glob of either.
        last: how many audits of each shop.
        platform: only this platform.
        shop: only this shop.

    Raises:
        UsageError: no audit has such a metric.
    """
    with connected(history, writes=False) as connection:
        asked = (
            select(METRICS.c.platform, METRICS.c.shop, METRICS.c.metric).where(*of(METRICS, platform, shop)).distinct()
        )
        names = sorted(tuple(name) for name in connection.execute(asked) if _is_meant(name.metric, metric))
        if not names:
            raise UsageError(
                f"{metric}: no such metric in the history; see: shopscore rules list",
                f"{metric}：历史库里没有这个指标；请看：shopscore rules list",
            )
        held = _Held({}, {})
        return tuple(_series(connection, name, last, held) for name in names)


class _Held(NamedTuple):
    """Audits without their shops, by number; and the shop asked for last, by its audit and name."""

    audits: dict[int, Report]
    shop: dict[tuple[int, str, str], ShopReport]


def _is_meant(metric: str, pattern: str) -> bool:
    """Whether an id, with or without its platform, fits."""
    return fnmatchcase(metric, pattern) or fnmatchcase(metric.partition(".")[2], pattern)


def _series(connection: Connection, name: tuple[str, ...], last: int, held: _Held) -> PastSeries:
    platform, shop, metric = name
    same_shop = and_(*(METRICS.c[key] == SHOPS.c[key] for key in ("number", "platform", "shop")))
    asked = (
        select(METRICS, SHOPS.c.as_of, SHOPS.c.rules, AUDITS.c.audit_id)
        .join(SHOPS, same_shop)
        .join(AUDITS, AUDITS.c.number == METRICS.c.number)
        .where(*of(METRICS, platform, shop), METRICS.c.metric == metric)
        .order_by(SHOPS.c.as_of.desc(), METRICS.c.number.desc())
        .limit(last)
    )
    rows = connection.execute(asked).mappings().all()
    newest = int(rows[0]["number"])
    told = next(each for each in _shop(connection, newest, platform, shop, held).metrics if each.id == metric)
    return PastSeries(
        platform, shop, metric, told.title, told.unit, told.currency, told.better, tuple(_points(rows[::-1]))
    )


def _shop(connection: Connection, number: int, platform: str, shop: str, held: _Held) -> ShopReport:
    """A shop of an audit, opened once for all its metrics, which are asked for one after another."""
    if number not in held.audits:
        held.audits[number] = opened(connection, number)
    if (number, platform, shop) not in held.shop:
        held.shop.clear()
        (held.shop[number, platform, shop],) = shops_of(connection, number, held.audits[number], platform, shop)
    return held.shop[number, platform, shop]


def _points(rows: Sequence[RowMapping]) -> Iterator[PastPoint]:
    before = None
    for row in rows:
        yield PastPoint(
            row["as_of"], row["audit_id"], row["value"],
            None if row["low"] is None else (row["low"], row["high"]),
            row["numerator"], row["denominator"], row["target"], row["status"], row["verdict"], row["rules"],
            rules_changed=before not in (None, row["rules"]),
        )  # fmt: skip
        before = row["rules"]
