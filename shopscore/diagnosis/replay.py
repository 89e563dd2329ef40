"""What was asked and answered in a shift → what would have been answered in time by one agent more: a replay.

An agent answers one question at a time. He began an answer when the question was there and his answer before it was
sent, so the time since then is the work it took (Lindley, Proc. Camb. Phil. Soc. 48, 1952, read backwards). A question
that took far longer, or got no answer at all, was left lying. The agents who were there repeat what they did, only
sooner where questions before are taken off their hands. The one more takes questions in the order asked whenever
nobody has begun them, and works like the others. What is left lying in quiet hours too he would leave lying as well.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.model.staffing import Asked

GOLDEN = (math.sqrt(5) - 1) / 2
"""Multiples of it spread evenly over 0 to 1 whatever their number, so that a draw needs no luck."""
FENCE = 1.5
"""Quartiles' distances beyond the upper quartile of the logarithms of work: what took longer was left lying (Tukey,
Exploratory Data Analysis, 1977)."""
_ROUNDING = 1e-9
FEWEST = 30
"""Fewer answers than this say little of one agent; the shop's stand in."""


class Step(NamedTuple):
    """A question as the replay needs it.

    Attributes:
        question: what was asked.
        free: when its agent had sent the answer before.
        begins: when he began this one; infinite where nobody did.
        lay: whether it was left lying.
    """

    question: Asked
    free: float
    begins: float
    lay: bool


class Habits(Struct, frozen=True):
    """How the shop's agents answer when they can.

    Attributes:
        work: the seconds answers take that are not left lying, ascending.
        lying: the part of all questions that is left lying.
    """

    work: tuple[int, ...]
    lying: float


def steps(questions: Sequence[Asked]) -> list[Step]:
    """When each question was begun, and whether it was left lying; in the order asked.

    Args:
        questions: all of the shop's, so that each agent's answer before is known.
    """
    questions = sorted(questions, key=_place)
    before = _before(questions)
    longest = _longest(questions, before)
    found = []
    for each, free in zip(questions, before, strict=True):
        if each.answered is None:
            found.append(Step(each, free, math.inf, lay=True))
            continue
        begins, most = max(each.at, free), longest.get(each.agent, longest[None])
        lay = each.answered - begins > most
        found.append(Step(each, free, each.answered - most if lay else begins, lay))
    return found


def _place(question: Asked) -> tuple[int, float, int, int]:
    """In the order asked; within a second those answered first, so that the order of files says nothing."""
    at, answered, agent, row = question
    return at, math.inf if answered is None else answered, agent or 0, row or 0


def _before(questions: Sequence[Asked]) -> list[float]:
    """When the same agent had sent his answer before each."""
    found = [-math.inf] * len(questions)
    last: dict[int | None, int] = {}
    answers = [(each.answered, at) for at, each in enumerate(questions) if each.answered is not None]
    for moment, at in sorted(answers):
        agent = questions[at].agent
        found[at] = last.get(agent, -math.inf)
        last[agent] = moment
    return found


def _longest(questions: Sequence[Asked], before: Sequence[float]) -> Mapping[int | None, float]:
    """What an agent's answers take at most as a rule; under None that of the whole shop."""
    work: dict[int | None, list[float]] = defaultdict(list)
    for each, free in zip(questions, before, strict=True):
        if each.answered is not None:
            work[each.agent].append(each.answered - max(each.at, free))
    everything = [seconds for each in work.values() for seconds in each]
    known = {agent: _usual(each) for agent, each in work.items() if agent is not None and len(each) >= FEWEST}
    return known | {None: _usual(everything)}


def _usual(seconds: list[float]) -> float:
    if not seconds:
        return 1.0
    logs = sorted(math.log(max(each, 1.0)) for each in seconds)
    low, high = logs[len(logs) // 4], logs[3 * len(logs) // 4]
    return math.exp(high + FENCE * (high - low)) * (1 + _ROUNDING)


def habits(quiet: Sequence[Step]) -> Habits | None:
    """How agents answer, from the questions outside the shifts; None where there is no answer."""
    work = sorted(
        int(each.question.answered - each.begins)
        for each in quiet
        if not each.lay and each.question.answered is not None
    )
    return Habits(tuple(work), sum(each.lay for each in quiet) / len(quiet)) if work else None


def saved(about: Iterable[Step], shift: tuple[int, int], known: Habits, limit: int, lying: float) -> set[int]:
    """The missed rows of one day's shift that one more agent would have answered in time.

    Args:
        about: the questions asked shortly before, in and shortly after the shift, in the order asked.
        shift: its first second and the one after its last.
        known: how agents answer in quiet hours.
        limit: the longest wait that still hits.
        lying: the part of the shift's questions that was left lying; what exceeds that of quiet hours had no agent.
    """
    ahead: dict[int | None, float] = defaultdict(float)
    more, ends = shift
    seed, drawn, lain = more * GOLDEN, 0, 0
    left = min(known.lying / lying, 1.0) if lying else 1.0
    rows: set[int] = set()
    late: set[int] = set()
    for question, before, begins, lay in about:
        at, answered, agent, row = question
        sent = math.inf if answered is None else answered
        free = before - ahead[agent]
        begun = begins if lay else max(at, free)
        taken = max(at, more)
        lain += lay
        if lay and (seed + lain * GOLDEN) % 1 < left:
            pass
        elif taken < min(begun, ends):
            drawn += 1
            more = taken + known.work[int((seed + drawn * GOLDEN) % 1 * len(known.work))]
            if not lay:
                ahead[agent] = sent - free
            sent = more
        elif not lay:
            ahead[agent] = begins - begun
            sent -= begins - begun
        if row is not None:
            rows.add(row)
            if sent - at > limit:
                late.add(row)
    return rows - late
