"""The shape of ``fleet.yaml``: which folders are shops, whose they are, and what work costs here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shopscore.ruleset.shopfile import Said
from shopscore.ruleset.strict import Strict

Hours = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Work(Strict):
    """Hours of work behind each word the packs use for an effort: a convention, to be replaced by the agency's own."""

    minutes: Hours = 0.5
    hours: Hours = 4
    days: Hours = 16
    weeks: Hours = 80


class Member(Strict):
    """One folder of a fleet; what the shop says of itself stands in its ``shop.yaml``.

    Attributes:
        folder: relative to ``fleet.yaml``.
        owner: who looks after it.
        group: what it is counted with.
        effort: how many times the usual work takes here.
    """

    folder: Said
    owner: str = ""
    group: str = ""
    effort: Hours = 1


class FleetFile(Strict):
    """``fleet.yaml``."""

    work: Work = Work()
    shops: list[Member] = []
