"""Clocks that still run: what must be done by when, how likely it is to fail, and what that would do."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.model.reading import NOTHING_READ, Trust
from shopscore.model.sentences import Words

if TYPE_CHECKING:
    from collections.abc import Iterable


_NEVER = dt.datetime.max  # noqa: DTZ901 - shop-local times are naive


class Breach(Struct, frozen=True):
    """What missing one deadline does to a metric, nothing else changing.

    Attributes:
        metric: the metric's full id.
        title: what it is called.
        unit: of its values.
        better: higher or lower.
        value: its value now; None where it has none.
        after: its value with this one missed; None where that cannot be said.
        target: the rung of the ladder that applies.
        left: bad events the window can still bear; None where it is short already, or they cannot be counted.
        crosses: this one alone takes it from the good side of the target to the bad one.
        points: what that loses on the platform's scale, where cut-offs are known.
        money: what the platform takes for it by its price list.
        currency: of the money.
    """

    metric: str
    title: Words
    unit: str = "rate"
    better: str = "higher"
    value: float | None = None
    after: float | None = None
    target: float | None = None
    left: int | None = None
    crosses: bool = False
    points: float | None = None
    money: float | None = None
    currency: str | None = None

    @property
    def is_short(self) -> bool:
        """Its value misses the target already."""
        if self.value is None or self.target is None or math.isclose(self.value, self.target):
            return False
        return (self.value < self.target) == (self.better == "higher")


class Due(Struct, frozen=True):
    """A clock still running.

    Attributes:
        clock: the clock's full id, ``tmall.ship``.
        subject: the order, case or conversation it is about.
        deadline: by when.
        hours_left: from ``as_of``; below zero where the deadline passed after the data ends: nobody knows yet.
        title: what has to be done.
        holder: whose move it is.
        todo: what to do about it now.
        since: when the clock started.
        seen: up to when the data can be trusted.
        chance: how likely it is to be missed, by the shop's own history; None where that is no better than the usual
            share.
        usual: the share of this clock's deadlines that the shop has missed so far; None where too few have passed.
        weight: how much the platform lets its buyer weigh.
        first: why it comes before others worth as much; None: it does not.
        breaches: what missing it does to each metric that waits for it.
    """

    clock: str
    subject: str
    deadline: dt.datetime
    hours_left: float
    title: Words
    holder: str
    todo: Words
    since: dt.datetime
    seen: dt.datetime
    chance: float | None = None
    usual: float | None = None
    weight: float | None = 1.0
    breaches: tuple[Breach, ...] = ()
    first: Words | None = None


class OpenCase(Struct, frozen=True):
    """A refund or dispute that has not ended, and whose end decides whether a metric counts it.

    Attributes:
        subject: the dispute's number, else the refund's.
        since: when it was opened; None where no file says.
        seen: up to when the data can be trusted that it has not ended.
        deadline: the first of its clocks that still runs, else what the export shows as its time limit while it is
            ahead; None: the files hold no deadline of it that is still ahead.
        runs: one of its clocks runs, so that it is listed there.
    """

    subject: str
    since: dt.datetime | None
    seen: dt.datetime
    deadline: dt.datetime | None = None
    runs: bool = True


def in_order(cases: Iterable[OpenCase]) -> tuple[OpenCase, ...]:
    """Cases with a deadline by deadline, then the others, the oldest first; one that no file dates comes last."""

    def place(case: OpenCase) -> tuple[bool, dt.datetime, str]:
        return case.deadline is None, case.deadline or case.since or _NEVER, case.subject

    return tuple(sorted(cases, key=place))


class Aside(Struct, frozen=True):
    """Something that waits without a clock that runs: nothing can be done with it yet, or no file tells by when.

    Attributes:
        clock: the full id of the clock it would have.
        subject: the order, case or conversation.
        why: what such rows are called: what they wait for, and what follows.
        deadline: by when; it may have passed; None: no file tells.
        seen: up to when the data can be trusted.
    """

    clock: str
    subject: str
    why: Words
    deadline: dt.datetime | None
    seen: dt.datetime


class TooOld(Struct, frozen=True):
    """Clocks that cannot be told of: what is known of them is older than the time asked about.

    Attributes:
        title: which clocks.
        seen: up to when they are known.
        running: how many ran then.
    """

    title: Words
    seen: dt.datetime
    running: int


class ShopDue(Struct, frozen=True):
    """The clocks of one shop that run out soon.

    Attributes:
        now: the shop-local moment the list is made for.
        seen: up to when the data of what is listed is known, the oldest of it; of a shop without clocks all of it.
        due: what runs out, first what is worth most; ``hours_left`` is from ``now`` on.
        too_old: what is not listed because too little is known of it.
        trust: how far the reading can be trusted: what was lost may be what runs out.
        open_cases: cases that can still be settled and have no clock that runs: they may run out unseen.
        blocked: what runs out by then, or has, and with which nothing can be done yet.
        undated: what waits for the shop and of which no file tells by when.
    """

    platform: str
    platform_title: Words
    shop: str
    timezone: str
    now: dt.datetime
    seen: dt.datetime
    due: tuple[Due, ...]
    too_old: tuple[TooOld, ...] = ()
    trust: Trust = NOTHING_READ
    open_cases: tuple[OpenCase, ...] = ()
    blocked: tuple[Aside, ...] = ()
    undated: tuple[Aside, ...] = ()


class DueList(Struct, frozen=True):
    """What runs out within some time, over all shops."""

    within: dt.timedelta
    shops: tuple[ShopDue, ...]
    warnings: tuple[Words, ...] = ()
    failed: tuple[str, ...] = ()
