"""Two audits of a shop side by side: what got worse, what got better, and what cannot be compared."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from shopscore.model.change import Movement
from shopscore.model.sentences import Words

Kind = Literal["metric", "gate", "score"]
Because = Literal["verdict", "value", "new"]
LeftOut = Literal["suppressed", "no_longer_measured", "defined_otherwise"]
Unlikeness = Literal["platform", "shop", "rules", "reading", "window"]


class Standing(Struct, frozen=True):
    """Where something stood in one audit.

    Attributes:
        value: of a metric or score; None of a gate.
        interval: of a metric, where it has one.
        target: of a metric, where it has one.
        verdict: of a metric; the state of a gate; nothing of a score.
    """

    value: float | None
    interval: tuple[float, float] | None
    target: float | None
    verdict: str


class Change(Struct, frozen=True):
    """Something that is worse, or better, than in the audit before, or that was not measured then.

    Attributes:
        before: None where it was not measured then.
        difference: after less before.
        interval: where the difference lies with 95 % confidence, what both windows share taken into account.
        because: what makes it one: the verdict began or ceased to be a failing one, the value moved by more than
            chance would have it, or it fails and was not measured before.
        movement: what the change of a metric came from, where the segments of both audits are known.
        before_as_of: as of when it was measured last, shop-local, where the audit before did not measure it and an
            earlier one of the history did.
        special: promotions that only one of the two windows holds: between them is no like with like.
    """

    kind: Kind
    id: str
    title: Words
    unit: str
    currency: str | None
    better: str
    before: Standing | None
    after: Standing
    difference: float | None
    interval: tuple[float, float] | None
    because: tuple[Because, ...]
    movement: Movement | None = None
    before_as_of: dt.datetime | None = None
    special: tuple[Words, ...] = ()


class NotCompared(Struct, frozen=True):
    """A metric about which nothing is said, and why."""

    id: str
    title: Words
    why: LeftOut


class Unlike(Struct, frozen=True):
    """In what two audits are not alike, so that their numbers may differ for that reason alone."""

    kind: Unlikeness
    before: str
    after: str


class Turn(Struct, frozen=True):
    """A verdict, the band or the trust that is another than in the audit before, beyond chance or not.

    Attributes:
        title: of a metric.
        before, after: the verdict, the band or the level of trust; None where there is no band.
    """

    kind: Literal["metric", "band", "trust"]
    id: str
    title: Words | None
    before: str | None
    after: str | None


class ShopComparison(Struct, frozen=True):
    """One shop in two audits.

    Attributes:
        unsure: metrics whose verdict began or ceased to fail while their value moved by no more than chance would have
            it: what they are measured against changed, or they stand close to it.
        same: how many other metrics were compared.
        turned: whatever has another verdict now, beyond chance or not.
        new: metrics that fail and were not measured before: there is nothing they could be worse than.
    """

    platform: str
    platform_title: Words
    shop: str
    timezone: str
    before_as_of: dt.datetime
    after_as_of: dt.datetime
    unlike: tuple[Unlike, ...]
    regressions: tuple[Change, ...]
    improvements: tuple[Change, ...]
    unsure: tuple[Change, ...]
    same: int
    not_compared: tuple[NotCompared, ...]
    turned: tuple[Turn, ...] = ()
    new: tuple[Change, ...] = ()


class Comparison(Struct, frozen=True):
    """Two audits side by side.

    Attributes:
        only_before: shops (``platform/shop``) that are in the first one only.
        only_after: shops that are in the second one only.
    """

    before_id: str
    after_id: str
    shops: tuple[ShopComparison, ...]
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
