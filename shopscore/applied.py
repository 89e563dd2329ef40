"""Advice the seller says to have applied → whether what it expects was seen, and where that is too early to tell."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopscore.model import Worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shopscore.model import Effect, WorkedVerdict
    from shopscore.ruleset.pack import Advice, Pack
    from shopscore.ruleset.shopfile import Applied

_VERDICTS: dict[str, WorkedVerdict] = {"better": "kept", "no_difference": "no_effect", "worse": "worse"}


def worked(
    pack: Pack,
    applied: Sequence[Applied],
    today: dt.date,
    effect: Callable[[dt.date, str, str], tuple[Effect, bool] | None],
) -> Iterator[Worked]:
    """What became of advice that was applied, oldest first; ids the pack does not know are left to the warnings.

    Before ``by_days`` are over nothing is judged: looking every night until chance helps would find an effect too
    often.

    Args:
        pack: the platform's rules.
        applied: what ``shop.yaml`` says.
        today: T.
        effect: (day, advice id, metric's short id) → what changed around the day, and whether the days before it were
            of one level; None where it cannot be counted.
    """
    known = {piece.id: piece for piece in pack.advice}
    for each in sorted(applied, key=lambda each: (each.date, each.advice)):
        piece = known.get(short_id(each.advice, pack.platform))
        if piece is not None:
            yield _one(pack, piece, each.date, today, effect)


def short_id(advice: str, platform: str) -> str:
    """An advice id as the pack has it: ``tmall.SHIP-03`` is ``SHIP-03``."""
    return advice.removeprefix(f"{platform}.")


def _one(
    pack: Pack,
    piece: Advice,
    on: dt.date,
    today: dt.date,
    effect: Callable[[dt.date, str, str], tuple[Effect, bool] | None],
) -> Worked:
    expected = piece.expects
    if expected is None:
        return Worked(piece.id, f"{pack.platform}.{piece.metric}", on, None, "nothing_expected", None)
    metric, by = f"{pack.platform}.{expected.metric}", on + dt.timedelta(days=expected.by_days)
    if today <= by:
        return Worked(piece.id, metric, on, by, "too_early", None)
    found = effect(on, piece.id, expected.metric)
    if found is None:
        return Worked(piece.id, metric, on, by, "too_little_data", None)
    change, steady = found
    verdict = _VERDICTS.get(change.verdict, "too_little_data")
    return Worked(piece.id, metric, on, by, "unclear" if verdict == "kept" and not steady else verdict, change)
