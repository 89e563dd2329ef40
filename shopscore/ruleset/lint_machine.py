"""Cross-checks of the after-sale guide: the names and conditions of its states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.ruleset.conditions import condition
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.shape import problem_at
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.errors import Problem
    from shopscore.ruleset.aftersale import StateMachine
    from shopscore.ruleset.yamlfile import Document, Keys


def check_machine(machine: StateMachine, document: Document) -> Iterator[Problem]:
    """What is wrong with the names and conditions of the after-sale states."""
    columns = FACTS["refunds"].by_name
    times = [column.name for column in columns.values() if column.kind == "time"]
    for name, state in machine.states.items():
        keys: Keys = ("states", name)
        if state.entered is not None and state.entered not in times:
            hint = did_you_mean(state.entered, times, "its times")
            yield problem_at(
                document, (*keys, "entered"), f"{state.entered!r} is not a time of the fact 'refunds'", hint
            )
        if state.only is not None:
            yield from condition((document, (*keys, "only")), state.only, columns, ())
