"""A history → one audit: by its name, or the one before another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import and_, or_, select

from shopscore.errors import UsageError
from shopscore.history import asking
from shopscore.history.asking import number_of, of, unpacked
from shopscore.history.database import connected
from shopscore.history.tables import AUDITS, METRICS, SHOPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import ColumnElement, Connection, Select

    from shopscore.model import Report, ShopReport

_MOST_ASKED = 30
"""Earlier audits looked at before it is said that none is alike."""
_MOST_HELD = 3
"""Audits held open, without their shops, while a fleet's shops are compared: their files are many."""
_SHORTEST_ID = 4


def load(history: str, name: str, *, platform: str | None = None, shop: str | None = None) -> Report:
    """One audit.

    Args:
        history: where audits are kept.
        name: ``last``, ``previous``, or the beginning of an audit's id.
        platform: count only audits of this platform.
        shop: count only audits of this shop.

    Raises:
        UsageError: there is no such audit, or several begin like that.
    """
    with connected(history, writes=False) as connection:
        if name in ("last", "previous"):
            number = _from_the_end(connection, name, platform, shop)
        else:
            number = _beginning(connection, name)
        return unpacked(connection, number)


def _from_the_end(connection: Connection, name: str, platform: str | None, shop: str | None) -> int:
    back = 0 if name == "last" else 1
    asked = select(AUDITS.c.number).where(AUDITS.c.number.in_(select(SHOPS.c.number).where(*of(SHOPS, platform, shop))))
    found = connection.scalars(asked.order_by(AUDITS.c.as_of.desc(), AUDITS.c.number.desc()).limit(2)).all()
    if len(found) <= back:
        raise UsageError(
            f"{name}: the history holds {len(found) or 'no'} such audit{'s' if not found else ''}",
            f"{name}：历史库里这样的体检" + (f"只有 {len(found)} 次" if found else "一次也没有"),
        )
    return int(found[back])


def _beginning(connection: Connection, name: str) -> int:
    found = connection.scalars(select(AUDITS.c.number).where(AUDITS.c.audit_id.startswith(name, autoescape=True))).all()
    if len(name) < _SHORTEST_ID or not found:
        raise UsageError(
            f"{name}: no such file, and no audit of the history; write last, previous, or an id: shopscore history",
            f"{name}：没有这个文件，历史库里也没有这次体检；请写 last、previous 或编号：shopscore history",
        )
    if len(found) > 1:
        raise UsageError(
            f"{name}: {len(found)} audits begin like that; write more of the id",
            f"{name}：有 {len(found)} 次体检的编号这样开头；请多写几位",
        )
    return int(found[0])


def earlier(
    history: str,
    report: Report,
    shop: ShopReport,
    opened: dict[int, Report] | None = None,
    judged: Collection[str] = (),
) -> Iterator[Report]:
    """The audits of a shop before this one, with this shop only, by the same version of the rules, the latest first.

    An audit that is kept already is compared with those before it, so that asking twice gives the same answer.

    Args:
        history: where audits are kept.
        report: the audit.
        shop: the shop, as in the audit.
        opened: audits already open, by their number; more are put there.
        judged: ids of metrics; only audits that have a verdict on one of them.
    """
    as_of = shop.as_of.isoformat(timespec="seconds")
    rules = next((used.version for used in report.rules if used.platform == shop.platform), "")
    with connected(history, writes=False) as connection:
        own = number_of(connection, report.audit_id)
        before: ColumnElement[bool] = SHOPS.c.as_of <= as_of
        if own is not None:
            before = or_(SHOPS.c.as_of < as_of, and_(SHOPS.c.as_of == as_of, SHOPS.c.number < own))
        asked = select(SHOPS.c.number).where(*of(SHOPS, shop.platform, shop.shop), SHOPS.c.rules == rules, before)
        if judged:
            asked = asked.where(SHOPS.c.number.in_(_judging(shop, judged)))
        newest = asked.order_by(SHOPS.c.as_of.desc(), SHOPS.c.number.desc()).limit(_MOST_ASKED)
        numbers = connection.scalars(newest).all()
    for number in numbers:
        with connected(history, writes=False) as connection:
            audit = _opened(connection, int(number), {} if opened is None else opened)
            own_only = asking.shops_of(connection, int(number), audit, shop.platform, shop.shop)
        yield replace(audit, shops=own_only)


def _judging(shop: ShopReport, metrics: Collection[str]) -> Select[tuple[int]]:
    """The numbers of audits that have a verdict on one of these metrics of a shop."""
    named = (METRICS.c.metric.in_(sorted(metrics)), METRICS.c.verdict != "not_measured")
    return select(METRICS.c.number).where(*of(METRICS, shop.platform, shop.shop), *named)


def _opened(connection: Connection, number: int, opened: dict[int, Report]) -> Report:
    """An audit, opened once for all the shops it holds; a few of the latest asked for are held."""
    if number not in opened:
        if len(opened) >= _MOST_HELD:
            del opened[next(iter(opened))]
        opened[number] = asking.opened(connection, number)
    return opened[number]
