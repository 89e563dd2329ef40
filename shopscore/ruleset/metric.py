"""The shape of one metric of a rule pack: which rows count, which of them hit, over which days, against what."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from shopscore.ruleset.states import State
from shopscore.ruleset.strict import Strict, Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]
Condition = Annotated[str, StringConstraints(min_length=1)]
"""True, false or blank for a row, in the rule language."""
Expression = Annotated[str, StringConstraints(min_length=1)]
"""A number (or a time) for a row, in the rule language."""
Window = Annotated[
    str,
    StringConstraints(pattern=r"^(\d+ days?|\d+ months?|T-\d+\.\.T-\d+|previous week|calendar month)$"),
]
"""``30 days`` (T-30..T-1), ``T-33..T-4``, ``6 months``, ``previous week``, ``calendar month``."""

DefinitionStatus = Literal["published", "derived", "assumed", "not_found"]
Purpose = Literal["score", "badge", "penalty", "display"]
Dimension = Literal[
    "consultation", "logistics", "aftersale", "disputes", "product", "reviews", "listing", "marketing", "overall",
]  # fmt: skip
Unit = Literal["rate", "times", "seconds", "hours", "days", "stars", "points", "count", "money"]
"""``hours`` and ``days`` are made of an ``of`` in seconds; ``times`` is a ratio read as a multiple, not as percent."""
Segment = Literal[
    "carrier", "warehouse", "region", "product_id", "sku", "category", "hour", "weekday", "agent_id",
    "buyer_level", "kind", "reason", "reason_class", "first_reason_class", "stage", "last_actor", "liability",
    "channel", "campaign", "type", "ship_origin", "opened_by",
]  # fmt: skip


class Side(Strict):
    """Which rows count: one side of a metric over one fact.

    A row's fate: ``where`` → first matching exclusion → ``unknown`` → ``pending`` → hit or miss. ``once_per`` names a
    column: of the rows of a window that hold the same in it and are settled, only the first by ``at`` counts.
    ``still_open`` is no part of it: of refunds and disputes that count by how they end it says which have not ended.
    """

    from_: str | None = Field(default=None, alias="from")
    at: str | None = None
    where: Condition | None = None
    exclude: dict[Slug, Condition] = {}
    unknown: Condition | None = None
    pending: Condition | None = None
    of: Expression | None = None
    weight_by: Expression | None = None
    once_per: str | None = None
    still_open: Condition | None = None
    optional: list[str] = []
    """Columns it can do without: where the files do not give them, their cells are blank and the conditions decide."""


class Version(Strict):
    """A definition in force for some time; what it names replaces the metric's own.

    ``changes`` holds any of ``from at where exclude unknown pending once_per still_open optional numerator denominator
    of weight_by window minimum cap``; ``exclude`` is replaced whole.
    """

    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: list[str] = []
    note: Text | None = None
    changes: dict[str, Any] = {}


class Switch(Strict):
    """Another reading of the definition, chosen in ``shop.yaml``."""

    title: Text
    default: str
    options: dict[Slug, SwitchOption]


class SwitchOption(Strict):
    """One reading and what it changes."""

    title: Text
    changes: dict[str, Any] = {}


class Target(Strict):
    """A limit somebody published or advises; never without its source."""

    value: float
    source: list[str] = Field(min_length=1)
    note: Text | None = None


class Targets(Strict):
    """The rungs between the seller's own cut-off and the shop's own best."""

    published: Target | None = None
    advisory: Target | None = None


class Consequence(Strict):
    """What the platform does with the number."""

    text: Text
    source: list[str] = Field(min_length=1)


class Stake(Strict):
    """What one miss costs by the platform's price list: a number of ``currency`` for a row of the metric's fact."""

    of: Expression
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    what: Text
    source: list[str] = Field(min_length=1)


class Refused(Strict):
    """A number somebody gives for this metric that is no threshold of it, and why."""

    value: Text
    reason: Text
    source: list[str] = Field(min_length=1)


class Input(Strict):
    """One entered score of a composite; ``metric`` is the one it is the score of, where it has a name of its own."""

    score: Slug
    weight: float
    title: Text
    metric: Slug | None = None

    @property
    def of(self) -> str:
        """The id of the metric that it is the score of."""
        return self.metric or self.score


class Metric(Side):
    """One metric: which rows count, which of them hit, over which days, against what."""

    id: Slug
    title: Text
    why: Text
    definition: DefinitionStatus
    definition_text: Text
    purpose: Purpose = "score"
    source: list[str] = Field(min_length=1)
    dimension: Dimension
    kind: Literal["ratio", "ratio_of", "mean", "quantile", "count", "composite", "none"]
    unit: Unit = "rate"
    better: Literal["higher", "lower"]
    numerator: Condition | Side | None = None
    denominator: Side | None = None
    cap: float | None = None
    damp: float | None = None
    quantile: float | None = None
    inputs: list[Input] = []
    missing: Literal["leave_out", "null"] = "null"
    adds_up: bool = False
    """Of a composite: the entered scores are points that are added up; the weights are their full marks."""
    window: Window = "30 days"
    minimum: int = 1
    weight: float | None = None
    targets: Targets = Targets()
    reversibility: Literal["open", "until_adjudicated", "final"] = "final"
    segments: list[Segment] = []
    bound_of: Slug | None = None
    bound: Literal["best_case", "worst_case"] | None = None
    versions: list[Version] = []
    switches: dict[Slug, Switch] = {}
    consequences: list[Consequence] = []
    stake: Stake | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    refused: list[Refused] = []
    stages: list[State] = []
    """Of a metric of refund time: the after-sale states whose time it is made of."""
    not_found: Text | None = None

    @property
    def is_overall(self) -> bool:
        """Whether it is the platform's own composite."""
        return self.kind == "composite" and self.dimension == "overall" and self.purpose == "score"
