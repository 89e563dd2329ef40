from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.flow_columns import flow_columns
from shopscore.model import FlowRounds, FlowStage, RefundFlow
from shopscore.ruleset.diagnosis_columns import FLOW

DAY = dt.date(2026, 11, 1)


def stage(states, holders, share, cases=9):
    return FlowStage(tuple(states.split()), tuple(holders.split()), cases, 0, 1, share, None, None, None, None)


def went(*stages, **more):
    unsplit = sum(each.share for each in stages if len(each.holders) > 1)
    known = {who for each in stages if len(each.holders) == 1 for who in each.holders}
    holders = tuple((who, sum(each.share for each in stages if each.holders == (who,))) for who in sorted(known))
    return RefundFlow(DAY, DAY, 9, 100, 0, stages, holders, unsplit, **more)


def test_every_column_is_described_and_nothing_else_is_filled():
    assert set(flow_columns(went(stage("applied", "seller", 1.0)))) == {column.name for column in FLOW}
    assert flow_columns(None) == {}


def test_shares_are_told_and_a_holder_without_time_has_none():
    row = flow_columns(
        went(stage("received", "seller", 0.5), stage("returned", "carrier", 0.3), stage("applied", "seller", 0.2))
    )
    assert row["seller_share_of_time"] == pytest.approx(0.7)
    assert (row["carrier_share_of_time"], row["platform_share_of_time"]) == (0.3, 0.0)
    assert (row["decision_share_of_time"], row["receiving_share_of_time"]) == (0.2, 0.5)
    assert (row["slowest_stage"], row["slowest_own_stage"]) == ("received", "received")


def test_what_the_files_do_not_tell_is_blank():
    row = flow_columns(went(stage("returned received", "carrier seller", 0.6), stage("applied", "seller", 0.4)))
    assert row["seller_share_of_time"] is row["carrier_share_of_time"] is row["receiving_share_of_time"] is None
    assert row["slowest_stage"] is None
    assert (row["decision_share_of_time"], row["buyer_share_of_time"], row["slowest_own_stage"]) == (
        0.4,
        0.0,
        "applied",
    )
    assert row["timeout_share"] is row["rounds_saving_hours"] is row["top_refund_reason"] is None


def test_a_stage_of_few_cases_is_not_named():
    row = flow_columns(went(stage("applied", "seller", 1.0, cases=4)))
    assert row["slowest_stage"] is row["slowest_own_stage"] is None


def test_a_saving_is_what_is_sure_and_none_where_it_is_not_seen():
    sure = FlowRounds(("09:00",), 50, 9.0, 1.0, (7200.0, 9000.0), 3.0)
    unseen = FlowRounds(("09:00",), 50, 9.0, 1.0, (7200.0, 9000.0), 1.1)
    only = stage("applied", "seller", 1.0)
    assert flow_columns(went(only, rounds=sure))["rounds_saving_hours"] == 2
    assert flow_columns(went(only, rounds=unseen))["rounds_saving_hours"] == 0


@given(
    st.lists(st.tuples(st.sampled_from(["seller", "buyer", "carrier", "buyer seller"]), st.integers(1, 9)), min_size=1)
)
def test_known_shares_never_exceed_one(parts):
    total = sum(weight for _, weight in parts)
    row = flow_columns(went(*(stage("applied", who, weight / total) for who, weight in parts)))
    shares = [row[f"{who}_share_of_time"] for who in ("seller", "buyer", "carrier", "platform")]
    assert sum(share or 0.0 for share in shares) <= 1 + 1e-9
