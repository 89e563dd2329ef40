"""A letter and a place → the steps that bring it there, and one of them done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.notify import apprising, dingtalk, feishu, webhook, wecom
from shopscore.notify.wire import STEP, within
from shopscore.ruleset.services import services

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopscore.model import Letter
    from shopscore.notify.targets import Kind, Target
    from shopscore.notify.wire import Wire

    Steps = Callable[[Letter, Target, bytes | None], Sequence[Callable[[Wire], None]]]

_SERVICES: Mapping[Kind, Steps] = {
    "dingtalk": dingtalk.steps,
    "wecom": wecom.steps,
    "feishu": feishu.steps,
    "webhook": webhook.steps,
    "apprise": apprising.steps,
}


def steps(letter: Letter, target: Target, report: bytes | None) -> Sequence[Callable[[Wire], None]]:
    """What brings a letter to a place, one request or file after the other; always the same for the same letter."""
    return _SERVICES[target.kind](letter, target, report)


def do(step: Callable[[Wire], None], wire: Wire) -> None:
    """Do a step, or give up after a while.

    Raises:
        Undelivered: it was not taken.
    """
    within(STEP, lambda: step(wire))


def a_minute(target: Target) -> int | None:
    """Steps a place bears in a minute; None where no limit is known."""
    service = services().by_name.get(target.kind)
    return service.a_minute.most if service else None
