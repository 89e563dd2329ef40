"""The time of refund cases by stage → shares, lengths and holders, with their intervals.

Cases that are still open count with the time they have taken so far, and a stay that goes on is known to be longer
than that (Kaplan & Meier, JASA 53, 1958): left out, they would make a shop that has just become slow look quick.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from shopscore.diagnosis.survival import Curve, Life, product_limit
from shopscore.intervals import Z, student, wilson
from shopscore.model import FlowLoop, FlowLoops, FlowStage, FlowTimeouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopscore.ledger.case_endings import Endings, Loops
    from shopscore.ledger.case_time import StageTime
    from shopscore.model import Stage

FEWEST = 5
"""Cases below which nothing is named."""
HALF, MOST = 0.5, 0.9
_ROUNDING = 1e-12


class Length(NamedTuple):
    """How long stays take, in seconds; None where too many go on to tell."""

    median: int | None
    p90: int | None
    interval: tuple[int, int | None] | None


def flow_stages(times: Iterable[StageTime], cases: int, squares: float) -> tuple[FlowStage, ...]:
    """Each stage's share of all the time and how long its stays take; most time first, equal ones by name.

    Args:
        times: the stages.
        cases: how many cases have any time.
        squares: Σ of the cases' whole times squared.
    """
    known = list(times)
    whole = sum(each.seconds for each in known)
    found = [_stage(each, whole, cases, squares) for each in known]
    return tuple(sorted(found, key=lambda stage: (-stage.seconds, stage.states, stage.holders)))


def _stage(time: StageTime, whole: int, cases: int, squares: float) -> FlowStage:
    took = length(time.ended, time.running)
    share = time.seconds / whole if whole else 0.0
    told = time.cases >= FEWEST
    return FlowStage(
        time.states,
        time.holders,
        time.cases,
        len(time.running),
        time.seconds,
        share,
        share_interval(share, (time.squares, time.products, squares), whole, cases) if told else None,
        took.median,
        took.p90,
        took.interval,
    )


def share_interval(share: float, sums: tuple[float, float, float], whole: float, cases: int) -> tuple[float, float]:
    """95 % interval of a part of the time, over the cases as they come.

    The ratio estimator (Cochran, Sampling Techniques, 1977, §6.4): ``R ± t(k-1)·√(k·s²)/Σx`` with
    ``s² = Σ(y - Rx)²/(k-1)``; y is a case's time in the stage, x its whole time, k the cases.

    Args:
        share: R = Σy / Σx.
        sums: Σy², Σxy and Σx².
        whole: Σx.
        cases: k.
    """
    if cases <= 1 or not whole:
        return 0.0, 1.0
    left = max(sums[0] - 2 * share * sums[1] + share * share * sums[2], 0.0)
    half = student(cases - 1) * math.sqrt(cases * left / (cases - 1)) / whole
    return max(share - half, 0.0), min(share + half, 1.0)


def ordered(hops: Iterable[Stage]) -> tuple[Stage, ...]:
    """Hops by total time, longest first; equal ones by name, so that their order never depends on the input's."""
    return tuple(sorted(hops, key=lambda each: (-each.seconds, each.from_state, each.to_state, each.holder or "")))


def held(stages: Iterable[FlowStage]) -> tuple[tuple[tuple[str, float], ...], float]:
    """Each holder's part of the time, largest first, and the part of which the files do not tell whose it was."""
    shares: defaultdict[str, list[float]] = defaultdict(list)
    unsplit = []
    for stage in stages:
        if len(stage.holders) == 1:
            shares[stage.holders[0]].append(stage.share)
        else:
            unsplit.append(stage.share)
    sums = ((name, math.fsum(parts)) for name, parts in shares.items())
    return tuple(sorted(sums, key=lambda part: (-part[1], part[0]))), math.fsum(unsplit)


def timeouts(found: Endings) -> FlowTimeouts:
    """The cases the system ended, by whose clock had run out; the share is of those of which the files tell it."""
    lapsed = dict(found.lapsed)
    own, untold = lapsed.get("seller", 0), lapsed.get("untold", 0)
    known = found.ended - found.blank - untold
    return FlowTimeouts(
        found.ended,
        found.blank,
        found.at_once,
        own,
        lapsed.get("buyer", 0),
        lapsed.get("nobody", 0),
        untold,
        own / known if known else None,
        wilson(own / known, known) if known else None,
        length(found.waits, ()).median,
    )


def looped(found: Loops) -> FlowLoops:
    """The cases that went round again, the way that took most time first."""
    share = found.cases / found.ended if found.ended else None
    ways = [FlowLoop(way, *loop) for way, loop in found.ways]
    return FlowLoops(
        found.ended,
        found.cases,
        share,
        None if share is None else wilson(share, found.ended),
        found.seconds,
        tuple(sorted(ways, key=lambda way: (-way.seconds, -way.cases, way.way))),
    )


# ── how long a stay takes ────────────────────────────────────────────────────────────────────────────────────────


def length(ended: Sequence[int], running: Sequence[int]) -> Length:
    """Median and 90th percentile of stays by the product-limit estimate, and the median's interval.

    The interval holds the times at which half left is within reach of the estimate (Brookmeyer & Crowley, Biometrics
    38, 1982), with Greenwood's variance on the scale of log(-log).

    Args:
        ended: seconds of stays that are over.
        running: seconds so far of those that go on.
    """
    if not ended:
        return Length(None, None, None)
    curve = product_limit([*(Life(each, done=True) for each in ended), *(Life(each, done=False) for each in running)])
    low, high = _limits(curve, sorted((*ended, *running)))
    least = _falls_to(curve.steps, low, HALF)
    interval = None if least is None else (least, _falls_to(curve.steps, high, HALF))
    told = len(ended) + len(running) >= FEWEST
    return Length(
        _falls_to(curve.steps, curve.left, HALF),
        _falls_to(curve.steps, curve.left, 1 - MOST),
        interval if told else None,
    )


def _falls_to(steps: Sequence[float], left: Sequence[float], share: float) -> int | None:
    """The first time after which no more than a share is left; None if it is never that few."""
    return next((int(step) for step, part in zip(steps, left, strict=True) if part <= share + _ROUNDING), None)


def _limits(curve: Curve, watched: Sequence[int]) -> tuple[list[float], list[float]]:
    """Pointwise 95 % limits of the share that is left after each step."""
    low: list[float] = []
    high: list[float] = []
    greenwood, before = 0.0, 1.0
    for step, left in zip(curve.steps, curve.left, strict=True):
        at_risk = len(watched) - bisect_left(watched, step)
        gone = 1 - left / before
        before = left
        if left <= _ROUNDING or gone >= 1:
            low.append(0.0)
            # All are gone: the last of them may have been an early one.
            high.append(high[-1] if high else 1.0)
            continue
        greenwood += gone / (at_risk * (1 - gone))
        reach = math.exp(Z * math.sqrt(greenwood) / -math.log(left)) if left < 1 else 1.0
        low.append(left**reach)
        high.append(left ** (1 / reach))
    return low, high
