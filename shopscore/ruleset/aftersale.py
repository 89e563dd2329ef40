"""The shape of the after-sale state machine, ``rules/aftersale.yaml``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shopscore.ruleset.pack import Source
from shopscore.ruleset.states import Actor, State
from shopscore.ruleset.strict import Strict, Text

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class StateSpec(Strict):
    """One state: the moment a case enters it, who holds the clock while it is there."""

    title: Text
    entered: str | None
    """A column of the refunds fact, or nothing for the state before any case."""
    only: str | None = None
    """A condition that must hold as well, such as ``status = 'success'``."""
    holder: Actor | None = None
    holder_by_kind: dict[str, Actor] = {}
    """Who holds it instead, for kinds of case that have something else to wait for."""
    skippable: bool = True
    """Whether a case may have passed through without a record of it."""


class Transition(Strict):
    """One step: who, under which condition, does what, and where it leads."""

    from_: State = Field(alias="from")
    to: State
    actor: list[Actor]
    when: Text
    action: Text
    lapse: Literal["seller", "buyer"] | None = None
    """Whose clock has run out where it is the system that takes the step."""
    kinds: list[str] = []
    """The kinds of case that may take this step; none named: every kind."""
    source: list[str] = []
    """Ids into ``sources``."""


class Rounds(Strict):
    """The times of day at which a guide has the refunds gone through."""

    times: list[TimeOfDay] = Field(min_length=1)
    source: list[str] = Field(min_length=1)


class Night(Strict):
    """From when to when it is night; it may run over midnight."""

    from_: TimeOfDay = Field(alias="from")
    to: TimeOfDay


class Reading(Strict):
    """How words of the guides are read where they leave room.

    Attributes:
        at_once_seconds: a step within so many seconds is an automatic one: no clock runs out that soon, nobody waited.
    """

    rounds: Rounds
    night: Night
    weekend: list[int]
    at_once_seconds: int
    source: list[str] = Field(min_length=1)


class StateMachine(Strict):
    """The general after-sale guide as data; its states stand in the order in which ties in time are read."""

    states: dict[State, StateSpec]
    transitions: list[Transition]
    default_rule: Text
    reading: Reading | None = None
    sources: dict[str, Source]
