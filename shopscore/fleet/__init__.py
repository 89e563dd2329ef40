"""Reports of many shops → what is said of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.fleet.causes import shared_causes
from shopscore.fleet.ranking import actions
from shopscore.fleet.roster import Roster, roster
from shopscore.model import Fleet, FleetShop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.model import FailedShop, ShopReport, ShopState
    from shopscore.ruleset.fleetfile import FleetFile, Member

__all__ = ["Roster", "roster", "together"]

_SHORT = ("fail", "likely_fail")


def together(
    shops: Sequence[ShopReport],
    members: Mapping[tuple[str, str], Member],
    file: FleetFile,
    failed: Sequence[FailedShop],
) -> Fleet:
    """What is said of some shops together.

    Args:
        shops: their reports with their tallies, by platform and name.
        members: platform and shop → what ``fleet.yaml`` says of it.
        file: what it says of all.
        failed: those that could not be audited.
    """
    work = file.work.model_dump()
    causes, looked_at = shared_causes(shops)
    harder = {name: member.effort for name, member in members.items()}
    return Fleet(
        shops=tuple(_one(shop, members[shop.platform, shop.shop]) for shop in shops),
        actions=actions(shops, work, harder),
        causes=causes,
        looked_at=looked_at,
        failed=tuple(sorted(failed, key=lambda each: each.name)),
        work=tuple(work.items()),
    )


def _one(shop: ShopReport, member: Member) -> FleetShop:
    ranked = [each for each in shop.metrics if each.id in shop.shortfalls]
    judged = sum(each.verdict != "not_measured" for each in shop.metrics)
    short = sum(each.verdict in _SHORT for each in ranked)
    state: ShopState = "short" if short else "undecided" if ranked else "meets" if judged else "unjudged"
    return FleetShop(shop.platform, shop.shop, member.owner, member.group, state, short, judged)
