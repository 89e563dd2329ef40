"""What many shops' segments hold → what several of them suffer from, whatever each alone can tell.

Segments are pooled by dimension, name and the metric's name without its platform: the same id means the same thing
with the same direction on every platform, and every shop is held against itself. Among the carriers of all metrics, the
warehouses, the hours, false discoveries are held to a share (Benjamini & Hochberg, JRSS B 57, 1995).
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections import Counter, defaultdict
from itertools import chain, groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.diagnosis.chance import benjamini_hochberg
from shopscore.diagnosis.echoes import DAY, WEEKDAY
from shopscore.fleet.pooled import Stratum, pooled, tells
from shopscore.model import SharedCause, SharedIn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from shopscore.fleet.pooled import Pooled
    from shopscore.model import ShopReport, Tally

FALSE_DISCOVERIES = 0.05
LEAST_SHARE = 0.05
"""The least part of these shops' bad events that is worth naming."""

Key = tuple[str, str, str]
"""The metric's id without its platform, the dimension, the segment as it is compared."""


class Seen(Struct, frozen=True):
    """One segment in one shop."""

    shop: ShopReport
    tally: Tally
    segment: str
    stratum: Stratum


Tested = tuple[Key, "list[Seen]", "Pooled"]


def shared_causes(shops: Sequence[ShopReport]) -> tuple[tuple[SharedCause, ...], int]:
    """What several shops suffer from, the largest excess first, and how many segments were put to the test.

    Args:
        shops: reports with their tallies.
    """
    tested: list[Tested] = []
    for key, seen in sorted(_by_segment(shops).items()):
        found = pooled([each.stratum for each in seen])
        if found is not None:
            tested.append((key, seen, found))
    families = (list(family) for _, family in groupby(sorted(tested, key=_dimension), _dimension))
    believed = [each for each in chain.from_iterable(map(_believed, families)) if each[2].interval[0] > 0]
    causes = [_cause(*each) for each in believed if not _is_echo(each, believed)]
    worth = [each for each in causes if each.share >= LEAST_SHARE]
    return tuple(_once_a_segment(sorted(worth, key=_place))), len(tested)


def _dimension(tested: Tested) -> str:
    return tested[0][1]


def _believed(family: Sequence[Tested]) -> Iterator[Tested]:
    """What is believed of the segments of one dimension, over all metrics."""
    kept = benjamini_hochberg([found.chance for _, _, found in family], FALSE_DISCOVERIES)
    return (each for each, keep in zip(family, kept, strict=True) if keep)


def _is_echo(tested: Tested, believed: Sequence[Tested]) -> bool:
    """Whether a weekday is bad for a date only that is bad in these shops: without that date nothing is left."""
    (metric, dimension, weekday), seen, _ = tested
    if dimension != WEEKDAY:
        return False
    bad_days = {
        name for (of, along, name), _, _ in believed if (of, along) == (metric, DAY) and _weekday(name) == weekday
    }
    if not bad_days:
        return False
    rest = pooled([less for each in seen if tells(less := _without(each, bad_days))])
    return rest is None or rest.interval[0] <= 0


def _weekday(day: str) -> str:
    return str(dt.date.fromisoformat(day).isoweekday())


def _without(seen: Seen, days: Collection[str]) -> Stratum:
    """A weekday's counts without some of its dates."""
    by_day = (each for each in seen.shop.tallies if (each.metric, each.dimension) == (seen.tally.metric, DAY))
    left_out = [(bad, rows) for each in by_day for day, bad, rows in each.parts if day in days]
    bad, rows = sum(each[0] for each in left_out), sum(each[1] for each in left_out)
    whole = seen.stratum
    return Stratum(whole.bad - bad, whole.rows - rows, whole.all_bad - bad, whole.all_rows - rows, whole.phi)


def _by_segment(shops: Iterable[ShopReport]) -> dict[Key, list[Seen]]:
    found: dict[Key, list[Seen]] = defaultdict(list)
    for shop in shops:
        for tally in shop.tallies:
            metric = tally.metric.partition(".")[2]
            for segment, bad, rows in tally.parts:
                stratum = Stratum(bad, rows, tally.bad, tally.rows, tally.phi)
                if tells(stratum):
                    found[metric, tally.dimension, compared(segment)].append(Seen(shop, tally, segment, stratum))
    return found


def compared(segment: str) -> str:
    """A name as it is compared between shops: width of letters, capitals and spaces around it are no matter."""
    return unicodedata.normalize("NFKC", segment).casefold().strip()


def _cause(key: Key, seen: Sequence[Seen], found: Pooled) -> SharedCause:
    shops = sorted((_in_one(each) for each in seen), key=lambda one: (-one.excess, one.platform, one.shop))
    first = min(seen, key=lambda each: (each.shop.platform, each.shop.shop))
    title = next(metric.title for metric in first.shop.metrics if metric.id == first.tally.metric)
    spelled = Counter(each.segment for each in seen)
    return SharedCause(
        dimension=key[1],
        segment=min(spelled, key=lambda name: (-spelled[name], name)),
        metric=key[0],
        title=title,
        excess=found.excess,
        interval=found.interval,
        share=found.excess / math.fsum(each.stratum.all_bad for each in seen),
        chance=found.chance,
        shops=tuple(shops),
    )


def _in_one(seen: Seen) -> SharedIn:
    result = next(each for each in seen.shop.metrics if each.id == seen.tally.metric)
    excess, allowed, bad = seen.stratum.excess, seen.tally.allowed, seen.stratum.all_bad
    return SharedIn(
        platform=seen.shop.platform,
        shop=seen.shop.shop,
        bad=seen.stratum.bad,
        rows=seen.stratum.rows,
        excess=excess,
        named=any((each.dimension, each.segment) == (seen.tally.dimension, seen.segment) for each in result.drivers),
        enough=allowed is not None and bad - excess <= allowed < bad,
    )


def _place(cause: SharedCause) -> tuple[float, str, str, str]:
    return (-cause.excess, cause.metric, cause.dimension, cause.segment)


def _once_a_segment(causes: Iterable[SharedCause]) -> Iterator[SharedCause]:
    """Each segment once, for the metric in which it does most; the others beside it."""
    found: dict[tuple[str, str], list[SharedCause]] = defaultdict(list)
    for each in causes:
        found[each.dimension, compared(each.segment)].append(each)
    for first, *others in found.values():
        yield replace(first, also=tuple(dict.fromkeys(each.title for each in others if each.title != first.title)))
