"""Shops whose orders are packed in rounds and picked up by carriers: what the chances of a late parcel are worth."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence.tables import Table
from shopscore.diagnosis.chances import DAY, WAYS, chances, usual
from shopscore.diagnosis.survival import Clock, by_age, running_at
from shopscore.ledger.clocks import HISTORY, LATELY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.diagnosis.survival import Way

HOUR = 3600.0
ALLOWED = 48 * HOUR
DAYS = 45
PLANS = (
    "rounds and a slow carrier",
    "heavy tails",
    "weekends off",
    "a bad week begins",
    "any moment alike",
    "nothing tells",
)
BUCKETS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1.01)


def shop(seed: int, plan: str) -> list[Clock]:
    """The parcels of 45 days: paid, handed over in rounds, scanned by a carrier; some cancelled, some out of stock."""
    luck = random.Random(f"{seed} {plan}")  # noqa: S311 - invented orders are no secret
    volume = luck.choice((12, 30, 60))
    out_of_stock, slow_share = luck.uniform(0.02, 0.08), luck.uniform(0.1, 0.4)
    clocks = []
    for day in range(DAYS + 4):
        busy = 1.3 if day % 7 in (5, 6) else 0.9
        for _ in range(round(volume * busy * luck.uniform(0.7, 1.3))):
            start = day * DAY + luck.triangular(7, 24, 21) * HOUR
            handed, done = _way(luck, plan, start, out_of_stock, slow_share)
            over = start + luck.uniform(0.5, 40) * HOUR if luck.random() < 0.03 else None
            if over is not None and over >= done:
                over = None
            gone = over is not None
            clocks.append(
                Clock(start, start + ALLOWED, None if gone else done, over, None if gone and handed > over else handed)
            )
    return sorted(clocks, key=lambda clock: clock.start)


def _way(luck: random.Random, plan: str, start: float, out_of_stock: float, slow_share: float) -> tuple[float, float]:
    """When a parcel is handed over and when it is scanned."""
    if plan == "any moment alike":
        done = start + luck.expovariate(1 / (22 * HOUR))
        return done - luck.uniform(0, 1) * (done - start), done
    if plan == "nothing tells":
        taken = luck.uniform(48, 90) if luck.random() < out_of_stock else luck.uniform(47, 48)
        return start + 46 * HOUR, start + taken * HOUR
    ready = start + luck.uniform(1, 5) * HOUR
    if luck.random() < out_of_stock:
        ready += luck.uniform(20, 90) * HOUR
    handed = _next_round(ready, (10, 17), closed=(5, 6) if plan == "weekends off" else (6,))
    begun = start >= (DAYS - 3) * DAY
    slow = luck.random() < (slow_share + 0.4 if plan == "a bad week begins" and begun else slow_share)
    if plan == "heavy tails":
        return handed, handed + luck.lognormvariate(1.6, 1.4) * HOUR
    wait = luck.uniform(8, 45) if slow else luck.uniform(0.5, 6)
    return handed, handed + wait * HOUR


def _next_round(moment: float, hours: tuple[int, ...], closed: tuple[int, ...]) -> float:
    day = int(moment // DAY)
    while True:
        for hour in hours:
            at = day * DAY + hour * HOUR
            if at >= moment and day % 7 not in closed:
                return at
        day += 1


# ── what the chances are worth ───────────────────────────────────────────────────────────────────────────────────


@dataclass
class Found:
    """What was said on the last evening of the shops of a plan, and what came.

    ``ours`` and ``plain`` are sums of squared errors over the clocks something was said of.
    """

    plan: str
    shops: int = 0
    shown: int = 0
    clocks: int = 0
    ours: float = 0.0
    plain: float = 0.0
    said: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def skill(self) -> float:
        """How much better than the plain guess."""
        return 1 - self.ours / self.plain if self.plain else 0.0


def measured(plan: str, seeds: int, ways: tuple[Way, ...] = WAYS) -> Found:
    """What an audit of the evening of day 45 says of the clocks that run, held against what comes."""
    found = Found(plan)
    until = DAYS * DAY - HOUR / 2
    for seed in range(seeds):
        clocks = [each for each in shop(seed, plan) if each.start < until]
        known = [_as_of(each, until) for each in clocks]
        running = [(seen, whole) for seen, whole in zip(known, clocks, strict=True) if running_at([whole], until)]
        past = known[:: -math.ceil(len(known) / HISTORY)][::-1]
        lately = [each for each in known if until - LATELY.total_seconds() < each.deadline < until]
        told = chances(past, [seen for seen, _ in running], until, ways, lately=lately)
        guess = usual(known, until)
        found.shops += 1
        found.shown += any(each is not None for each in told)
        for said, (_, whole) in zip(told, running, strict=True):
            late = whole.late()
            if said is not None and late is not None and guess is not None:
                found.clocks += 1
                found.ours += (said - late) ** 2
                found.plain += (guess - late) ** 2
                found.said.append((said, late))
    return found


def _as_of(clock: Clock, until: float) -> Clock:
    """A clock as it is known on that evening."""
    return clock._replace(
        **{name: None for name in ("done", "over", "handed") if (at := getattr(clock, name)) is not None and at > until}
    )


def calibration(found: list[Found]) -> Iterator[tuple[float, float, int, float, float]]:
    """(from, to, clocks, chance said, share that came late) by what was said."""
    low = 0.0
    pairs = [pair for each in found for pair in each.said]
    for high in BUCKETS:
        own = [(said, late) for said, late in pairs if low <= said < high]
        if own:
            yield (
                low,
                min(high, 1.0),
                len(own),
                sum(said for said, _ in own) / len(own),
                sum(late for _, late in own) / len(own),
            )
        low = high


def tables(seeds: int) -> Iterator[Table]:
    """The chances by plan, and whether what was said came as often."""
    shops = max(seeds // 10, 1)
    found = [measured(plan, shops) for plan in PLANS]
    alone = [measured(plan, shops, (by_age,)) for plan in PLANS]
    head = (
        "the shop",
        "shops",
        "chances shown in",
        "clocks",
        "said, mean",
        "late",
        "better than the usual share by",
        "by age alone",
    )
    rows = tuple(
        (
            each.plan,
            str(each.shops),
            f"{each.shown / each.shops:.0%}",
            str(each.clocks),
            f"{sum(said for said, _ in each.said) / each.clocks:.0%}" if each.clocks else "-",
            f"{sum(late for _, late in each.said) / each.clocks:.0%}" if each.clocks else "-",
            f"{each.skill:.0%}" if each.clocks else "-",
            f"{plain.skill:.0%} in {plain.shown / plain.shops:.0%}" if plain.clocks else "-",
        )
        for each, plain in zip(found, alone, strict=True)
    )
    yield Table("clocks", head, rows)
    rows = tuple(
        (f"{low:.0%} to {high:.0%}", str(n), f"{said:.0%}", f"{came:.0%}")
        for low, high, n, said, came in calibration(found)
    )
    yield Table("clocks.calibration", ("chance said", "clocks", "said, mean", "late"), rows)
