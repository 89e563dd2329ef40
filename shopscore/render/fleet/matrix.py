"""Shops of a platform × its metrics → rows in groups, columns in the order in which most shops fall short."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from shopscore.model import FleetShop, MetricResult, Report, ShopReport, Words

FAILING = ("fail", "likely_fail")
_STATES = ("short", "undecided", "meets", "unjudged")


class Column(Struct, frozen=True):
    """A metric, and in how many shops it falls short of those in which it is judged."""

    id: str
    title: Words
    short: int
    judged: int


class Row(Struct, frozen=True):
    """A shop, and its metrics by id."""

    told: FleetShop
    shop: ShopReport
    metrics: dict[str, MetricResult]


class Group(Struct, frozen=True):
    """Shops with the same group and owner, those that fall short most first."""

    group: str
    owner: str
    rows: tuple[Row, ...]


class Matrix(Struct, frozen=True):
    """One platform's shops."""

    platform: str
    title: Words
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All shops, group by group."""
        return tuple(row for group in self.groups for row in group.rows)


def matrices(report: Report) -> tuple[Matrix, ...]:
    """A matrix for each platform; metrics that no shop is judged by are left out."""
    told = {(each.platform, each.shop): each for each in report.fleet.shops} if report.fleet else {}
    found = []
    for platform, shops in groupby(report.shops, key=lambda shop: shop.platform):
        rows = [
            Row(told[shop.platform, shop.shop], shop, {each.id: each for each in shop.metrics if each.bound_of is None})
            for shop in shops
        ]
        found.append(Matrix(platform, rows[0].shop.platform_title, _columns(rows), _groups(rows)))
    return tuple(found)


def _columns(rows: list[Row]) -> tuple[Column, ...]:
    titles = {name: metric.title for row in rows for name, metric in row.metrics.items()}
    found = []
    for name, title in titles.items():
        verdicts = [row.metrics[name].verdict for row in rows if name in row.metrics]
        judged = sum(each != "not_measured" for each in verdicts)
        if judged:
            found.append(Column(name, title, sum(each in FAILING for each in verdicts), judged))
    return tuple(sorted(found, key=lambda column: (-column.short, -column.judged, column.id)))


def _groups(rows: list[Row]) -> tuple[Group, ...]:
    def key(row: Row) -> tuple[str, str]:
        return (row.told.group, row.told.owner)

    ordered = sorted(rows, key=lambda row: (*key(row), *place(row.told)))
    return tuple(Group(*name, tuple(group)) for name, group in groupby(ordered, key=key))


def place(told: FleetShop) -> tuple[int, int, str, str]:
    """The order of shops: those that fall short most first."""
    return (_STATES.index(told.state), -told.short, told.platform, told.shop)


def page_of(report: Report, shop: ShopReport) -> Report:
    """The report of one shop of many, with what belongs to it only."""
    return pages_of(report, (shop,))


def pages_of(report: Report, shops: tuple[ShopReport, ...]) -> Report:
    """The report of some shops of many, with what belongs to them only; they are not told together."""
    names = {(shop.platform, shop.shop) for shop in shops}
    own = tuple(each for each in report.inputs if (each.platform, each.shop) in names)
    rules = tuple(each for each in report.rules if any(each.platform == shop.platform for shop in shops))
    return replace(report, shops=shops, inputs=own, rules=rules, warnings=(), failed=(), fleet=None)
