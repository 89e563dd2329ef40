"""The shape of ``shop.yaml``: what only the seller knows."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import AfterValidator, StringConstraints, model_validator

from shopscore import gates
from shopscore.errors import NotThisError
from shopscore.ruleset.metric import Slug
from shopscore.ruleset.pack import ServiceHours
from shopscore.ruleset.strict import Strict, TimeZone

Said = Annotated[str, StringConstraints(pattern=r"\S")]
"""A text that says something."""


class Suppression(Strict):
    """A metric the seller does not want ranked for now: shown, never hidden."""

    metric: str
    reason: Said
    owner: Said
    expires: dt.date


class Measure(Strict):
    """Something the seller did on a day to move a metric."""

    date: dt.date
    what: str
    metric: Slug


class OwnPromotion(Strict):
    """Days on which the shop sold as it does not usually: a sale of its own, or its part in a platform's."""

    title: str
    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise NotThisError("it ends before it begins", "结束早于开始")
        return self


class Applied(Strict):
    """A piece of the pack's advice that the seller followed, and since when; ``SHIP-03`` or ``tmall.SHIP-03``."""

    advice: str
    date: dt.date


class ShopFile(Strict):
    """``shop.yaml`` beside the exports; every key is optional.

    Attributes:
        scores: item scores the dashboard shows, by metric id (``ship_fulfil_rate: 3.5``) or composite input.
        displayed: the composite the dashboard shows (stars or points).
        cutoffs: per metric, the value needed for a band (``{"4.5": 0.95}``), as the dashboard shows it.
        parameters: numbers the platform keeps to itself.
        switches: metric id → switch → option.
        exempted_orders: orders the platform has excused.
        shown: what the dashboard shows for a metric, in the metric's unit (``ship_fulfil_rate: 0.873``).
        closed_days: local holidays on which the carrier's clock does not run, where the platform stops it.
        promotions: the shop's own sales, which are held against each other and not against usual days.
        measures: what was done when to move which metric.
        fail_on: what ends an audit of this shop with 1, instead of ``--fail-on``; nothing does with an empty list.
        applied: which advice was followed since when.
        agents: names under which the shop's side writes in chats; with them, everybody else is a buyer.
    """

    name: str | None = None
    platform: Slug | None = None
    timezone: TimeZone | None = None
    service_hours: ServiceHours | None = None
    displayed: float | None = None
    scores: dict[Slug, float] = {}
    cutoffs: dict[Slug, dict[str, float]] = {}
    parameters: dict[Slug, float] = {}
    switches: dict[Slug, dict[Slug, Slug]] = {}
    exempted_orders: list[str] = []
    shown: dict[Slug, float] = {}
    closed_days: list[dt.date] = []
    promotions: list[OwnPromotion] = []
    measures: list[Measure] = []
    applied: list[Applied] = []
    agents: list[str] = []
    suppressions: list[Suppression] = []
    fail_on: Annotated[list[str], AfterValidator(lambda texts: list(gates.parse(texts)))] | None = None
