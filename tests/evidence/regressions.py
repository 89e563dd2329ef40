"""Two audits of simulated shops, with nothing changed between them or one share doubled → what ``diff`` calls worse.

A shop has ten shares near their targets, a weekly rhythm, and days that differ more than chance would have them. It is
audited twice, some days apart, each time over the 30 days before.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from evidence.tables import Table
from evidence.waiting import LATE, WEEK, sums
from shopscore import diff, score
from shopscore.became import FAILING
from shopscore.diagnosis.effects import difference_interval
from shopscore.measure import measure
from shopscore.model import MetricResult, Report, Score, ShopReport, Target, Window, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOW = 30
METRICS = 10
START = dt.date(2026, 1, 1)
TITLE = Words("late", "迟")


def days(rng: random.Random, usual: float, volume: int, count: int, worse_from: int | None) -> list[tuple[int, int]]:
    """(late, orders) of some days; from one of them on twice as many are late."""
    found = []
    for day in range(count):
        orders = max(1, round(volume * WEEK[day % 7] * rng.uniform(0.8, 1.2)))
        share = usual * rng.lognormvariate(0, 0.2) * (2 if worse_from is not None and day >= worse_from else 1)
        found.append((sum(rng.random() < min(share, 0.95) for _ in range(orders)), orders))
    return found


def metric(name: str, known: list[tuple[int, int]], first: int, goal: float) -> MetricResult:
    """One share over the window that begins on day ``first``."""
    dated = [(START + dt.timedelta(days=first + at), sums(*day)) for at, day in enumerate(known)]
    whole = sums(sum(late for late, _ in known), sum(orders for _, orders in known))
    found = measure(LATE, whole, Window(dated[0][0], dated[-1][0], WINDOW), dated)
    target = Target(goal, "published")
    verdict = score.verdict(found, target, "lower", judged=True)
    return MetricResult(
        name, TITLE, TITLE, "d", "published", "score", "ratio", "rate", "lower", found, target, verdict, None, "final"
    )


def audits(rng: random.Random, apart: int, *, changed: bool) -> tuple[Report, Report]:
    """Two audits of one shop; what changed did so on the day of the first."""
    first, second = [], []
    volume = rng.choice((15, 40, 120))
    for at in range(METRICS):
        usual = rng.uniform(0.02, 0.1)
        worse_from = WINDOW if changed and at == 0 else None
        known = days(rng, usual, volume, WINDOW + apart, worse_from)
        goal = usual * rng.uniform(0.6, 1.8)
        first.append(metric(f"m{at}", known[:WINDOW], 0, goal))
        second.append(metric(f"m{at}", known[apart:], apart, goal))
    return report(first), report(second)


def report(metrics: list[MetricResult]) -> Report:
    shop = ShopReport("p", TITLE, "s", dt.datetime(2026, 3, 1), "UTC", (), (), Score(None, "none", None, None, 0.0),
                      tuple(metrics), (), (), ())  # fmt: skip
    return Report("1", "1", "a", (), (), (shop,))


def ours(before: Report, after: Report) -> set[str]:
    """What ``diff`` calls worse."""
    return {change.id for change in diff.compare(before, after).shops[0].regressions}


def failing(before: Report, after: Report) -> set[str]:
    """A third: whatever did not fail and does now."""
    return {one.id for one, other in pairs(before, after) if one.verdict not in FAILING and other.verdict in FAILING}


def any_rise(before: Report, after: Report) -> set[str]:
    """The naive guess: whatever has a worse value."""
    return {one.id for one, other in pairs(before, after) if other.measurement.value > one.measurement.value}


def any_verdict(before: Report, after: Report) -> set[str]:
    """Another: whatever has a worse verdict, by one step of five."""
    order = ["pass", "likely_pass", "undecided", "likely_fail", "fail"]
    return {one.id for one, other in pairs(before, after) if order.index(other.verdict) > order.index(one.verdict)}


def without_overlap(before: Report, after: Report) -> set[str]:
    """The plain interval of a difference at 95 %, as if the windows had nothing in common."""
    found = set()
    for one, other in pairs(before, after):
        first, second = one.measurement, other.measurement
        if difference_interval(first.value, first.interval, second.value, second.interval)[0] > 0:
            found.add(one.id)
    return found


def pairs(before: Report, after: Report) -> list[tuple[MetricResult, MetricResult]]:
    return list(zip(before.shops[0].metrics, after.shops[0].metrics, strict=True))


RULES = {
    "`diff`": ours,
    "interval of 95 %, overlap ignored": without_overlap,
    "what began to fail": failing,
    "any worse verdict": any_verdict,
    "any worse value": any_rise,
}


def counts(seeds: int, apart: int) -> dict[str, tuple[int, int, int]]:
    """Rule → unchanged shops with an alarm, changed shops whose change is found, innocent metrics named in those."""
    found = dict.fromkeys(RULES, (0, 0, 0))
    for seed in range(seeds):
        calm = audits(random.Random(f"calm {apart} {seed}"), apart, changed=False)  # noqa: S311 - a simulation
        worse = audits(random.Random(f"worse {apart} {seed}"), apart, changed=True)  # noqa: S311
        for name, rule in RULES.items():
            named, alarms, others = rule(*worse), bool(rule(*calm)), found[name]
            found[name] = (others[0] + alarms, others[1] + ("m0" in named), others[2] + len(named - {"m0"}))
    return found


def tables(seeds: int) -> Iterator[Table]:
    """The table of docs/evidence.md."""
    seeds = min(seeds, 300)
    head = ("days apart", "rule", "alarms in unchanged shops", "changes found", "innocent metrics a changed shop")
    rows = [
        (str(apart), name, f"{alarms / seeds:.0%}", f"{hits / seeds:.0%}", f"{innocent / seeds:.2f}")
        for apart in (1, 7, 30)
        for name, (alarms, hits, innocent) in counts(seeds, apart).items()
    ]
    yield Table("regressions", head, tuple(rows))
