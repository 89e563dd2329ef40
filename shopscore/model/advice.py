"""Why a piece of advice fits, what else it does, and whether it worked."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from shopscore.model.sentences import Words
from shopscore.model.trend import Effect

WorkedVerdict = Literal["kept", "unclear", "no_effect", "worse", "too_early", "too_little_data", "nothing_expected"]


class Ground(Struct, frozen=True):
    """A name of a diagnosis that made advice fit.

    Attributes:
        column: the name.
        number, text: its value.
        unit: of the number, where the name is not the advised metric's own.
        said: a sentence with ``{value}``, for other metrics and for what was found of the shop as a whole.
    """

    column: str
    number: float | None = None
    text: str | None = None
    unit: str = ""
    said: Words | None = None


class SideEffectResult(Struct, frozen=True):
    """What else advice does, and how this shop stands there.

    Attributes:
        text: what it does.
        metric: the metric in which that is seen; None where there is none.
        direction: where it moves.
        title, unit, value, target: of that metric, as far as they are known.
        room: how far it is from its target while it meets it; None where it does not.
    """

    text: Words
    metric: str | None = None
    direction: Literal["up", "down"] | None = None
    title: Words | None = None
    unit: str = ""
    value: float | None = None
    target: float | None = None
    room: float | None = None


class Worked(Struct, frozen=True):
    """What became of advice that was applied.

    Attributes:
        advice: its id in the pack.
        metric: the metric that was to move.
        on: the day it was applied.
        by: the day after which its effect is judged; None where it promises none.
        effect: the metric before and after; None before that day.
        verdict: ``kept`` what it promised; ``unclear``, since what was wrong had only begun and may have ended by
            itself; ``no_effect`` seen; the metric is ``worse``; ``too_early`` to tell.
    """

    advice: str
    metric: str
    on: dt.date
    by: dt.date | None
    verdict: WorkedVerdict
    effect: Effect | None = None
