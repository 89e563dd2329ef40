"""Many shops at once: whose they are, what to do first, what several suffer from, which could not be audited."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from shopscore.model.sentences import Words

ShopState = Literal["short", "undecided", "meets", "unjudged"]


class Tally(Struct, frozen=True):
    """One metric of one shop along one dimension, in bad events; carried up while a fleet is judged, then dropped.

    Attributes:
        metric: its full id.
        dimension: along which it is split.
        bad, rows: of the whole window.
        allowed: bad events the target allows; None without a target.
        phi: how much more days differ than chance has it, at least 1.
        parts: segment, bad events and rows; never the blank one, what lies beyond the largest, or fewer than five rows.
    """

    metric: str
    dimension: str
    bad: int
    rows: int
    allowed: float | None
    phi: float
    parts: tuple[tuple[str, int, int], ...]


class FleetShop(Struct, frozen=True):
    """One shop of a fleet.

    Attributes:
        owner, group: as ``fleet.yaml`` has it, empty where it says nothing.
        state: ``short`` where a ranked metric fails or likely fails; ``undecided`` where one is short of its target
            and the evidence is not decisive; ``meets`` where what is judged meets its target.
        short: how many metrics fail or likely fail.
        judged: how many have a verdict.
    """

    platform: str
    shop: str
    owner: str
    group: str
    state: ShopState
    short: int
    judged: int


class FleetAction(Struct, frozen=True):
    """One shortfall of one shop, with what closing it is expected to gain for an hour of work.

    Attributes:
        metric: the shortfall's full id.
        advice: the advice with the least effort that fits; None where none does.
        effort: its effort in the pack's words; None where there is none.
        hours: what that is in hours of work.
        crossings: thresholds that closing it is expected to cross: its target, missed gates, the next band, times the
            chance that it is truly short, times the part of the coming window in which acting makes the difference.
        per_hour: ``crossings / hours``; None where the hours are not known.
        at_risk: money that can still be saved.
        currency: of that money.
    """

    platform: str
    shop: str
    metric: str
    advice: str | None
    effort: str | None
    hours: float | None
    crossings: float
    per_hour: float | None
    at_risk: float
    currency: str | None


class SharedIn(Struct, frozen=True):
    """What a shared cause does in one shop.

    Attributes:
        bad, rows: of the cause's segment there.
        excess: bad events beyond what the rest of that shop would have had in its place.
        named: whether the shop's own report names it.
        enough: whether the shop would meet its target without the excess, and does not with it.
    """

    platform: str
    shop: str
    bad: int
    rows: int
    excess: float
    named: bool
    enough: bool


class SharedCause(Struct, frozen=True):
    """A segment that is worse than the rest of the shop in several shops, beyond chance and beyond one shop's doing.

    Attributes:
        dimension, segment: where.
        metric: the metric's id without its platform: the same one on several platforms is one.
        title: of the metric.
        excess: bad events beyond what the rest of each shop would have had in its place, over all shops.
        interval: where that lies, 95 %, with what shops differ among themselves.
        share: its part of all bad events of these shops.
        chance: how likely such an excess is by chance with the most telling shop left out.
        shops: those with rows there, the largest excess first.
        also: titles of further metrics in which the same segment is a shared cause.
    """

    dimension: str
    segment: str
    metric: str
    title: Words
    excess: float
    interval: tuple[float, float]
    share: float
    chance: float
    shops: tuple[SharedIn, ...]
    also: tuple[Words, ...] = ()


class FailedShop(Struct, frozen=True):
    """A folder of which no shop could be audited, and why."""

    name: str
    owner: str
    group: str
    reason: Words


class Fleet(Struct, frozen=True):
    """What is said of many shops together; what is said of each stands in its own report.

    Attributes:
        shops: those audited, by platform and name.
        actions: every shortfall of every shop, most worth an hour of work first.
        causes: what several shops suffer from, the largest excess first.
        looked_at: segments put to the test.
        failed: those that could not be audited.
        work: hours of work behind each word for an effort.
    """

    shops: tuple[FleetShop, ...]
    actions: tuple[FleetAction, ...]
    causes: tuple[SharedCause, ...]
    looked_at: int
    failed: tuple[FailedShop, ...]
    work: tuple[tuple[str, float], ...]
