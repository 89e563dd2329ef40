"""The shape of the after-sale state machine, ``rules/aftersale.yaml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shopscore.ruleset.pack import Source
from shopscore.ruleset.strict import Strict, Text

State = Literal[
    "none", "applied", "agreed", "returned", "received", "refunded", "refused", "intervened", "closed"
]  # fmt: skip
Actor = Literal["buyer", "seller", "system", "platform", "carrier"]


class StateSpec(Strict):
    """One state: the moment a case enters it, who holds the clock while it is there."""

    title: Text
    entered: str | None
    """A column of the refunds fact, or nothing for the state before any case."""
    only: str | None = None
    """A condition that must hold as well, such as ``status = 'success'``."""
    holder: Actor | None = None
    skippable: bool = True
    """Whether a case may have passed through without a record of it."""


class Transition(Strict):
    """One step: who, under which condition, does what, and where it leads."""

    from_: State = Field(alias="from")
    to: State
    actor: list[Actor]
    when: Text
    action: Text
    kinds: list[str] = []
    """The kinds of case that may take this step; none named: every kind."""
    source: list[str] = []
    """Ids into ``sources``."""


class StateMachine(Strict):
    """The general after-sale guide as data; its states stand in the order in which ties in time are read."""

    states: dict[State, StateSpec]
    transitions: list[Transition]
    default_rule: Text
    sources: dict[str, Source]
