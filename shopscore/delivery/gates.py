"""The gates an audit was asked to hold to → what of them fails, said on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import console
from shopscore.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.model import Report, ShopComparison


def gates_fail(report: Report, asked: Sequence[str], since: Mapping[str, ShopComparison] | None, lang: str) -> bool:
    """Whether a gate fails; which, and why, is said on stderr.

    Args:
        report: the audit.
        asked: what is asked of every shop that does not ask something of its own.
        since: what each shop has become since its last audit alike; None without a history.
        lang: the language.
    """
    from shopscore import gates
    from shopscore.render import fired

    if name := gates.unknown(report, asked):
        raise UsageError(
            f"--fail-on {name}: no such metric in this report", f"--fail-on {name}：这份报告里没有这个指标"
        )
    found = gates.fired(report, asked, since or {})
    for line in (*fired.lines(found, report, lang), *fired.unanswered(report, asked, since, lang)):
        console.say(line)
    return bool(found)
