"""How refunds went → what the condition of a piece of advice may ask of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.model import RefundFlow

_HOUR = 3600
FEWEST = 5
"""Cases below which nothing is named."""
HOLDERS = ("seller", "buyer", "carrier", "platform")
OWN = {"decision_share_of_time": "applied", "receiving_share_of_time": "received"}
"""Columns of single states in which it is the seller's turn."""


def flow_columns(flow: RefundFlow | None) -> Mapping[str, object]:
    """The columns `shopscore.ruleset.diagnosis_columns` describes under ``FLOW``; what the files do not tell is blank.

    A holder's or a state's part is blank where part of the time is nobody's for certain and may be his.
    """
    if flow is None:
        return {}
    row: dict[str, object] = {f"{who}_share_of_time": _of_holder(flow, who) for who in HOLDERS}
    row |= {name: _of_state(flow, state) for name, state in OWN.items()}
    first, own = flow.stages[0], flow.own()
    row["slowest_stage"] = first.states[0] if len(first.states) == 1 and first.cases >= FEWEST else None
    row["slowest_own_stage"] = own.states[0] if own is not None and own.cases >= FEWEST else None
    row["timeout_share"] = flow.timeouts.share if flow.timeouts else None
    row["rework_share"] = flow.loops.share if flow.loops else None
    row["night_wait_share"] = flow.night_share
    row["rounds_saving_hours"] = _saving(flow)
    named = [reason for reason in (flow.reasons.classes if flow.reasons else ()) if reason.name != "rest"]
    row["top_refund_reason"] = named[0].name if named else None
    row["top_refund_reason_share"] = named[0].case_share if named else None
    return row


def _of_holder(flow: RefundFlow, who: str) -> float | None:
    if any(len(stage.holders) > 1 and who in stage.holders for stage in flow.stages):
        return None
    return dict(flow.holders).get(who, 0.0)


def _of_state(flow: RefundFlow, state: str) -> float | None:
    """The part of the time spent in a state on the seller's turn."""
    if any(len(stage.holders) > 1 and state in stage.states for stage in flow.stages):
        return None
    return math.fsum(stage.share for stage in flow.stages if stage.states == (state,) and stage.holders == ("seller",))


def _saving(flow: RefundFlow) -> float | None:
    """Hours by which fixed rounds would surely shorten the mean wait; 0 where that is not sure."""
    if flow.rounds is None or flow.rounds.saved is None:
        return None
    return flow.rounds.saved[0] / _HOUR if flow.rounds.pays() else 0.0
