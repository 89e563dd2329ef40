"""The grid of a reply metric is the metric, hour by hour: nothing is added, nothing lost."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from case_files import rules
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore import facts, window
from shopscore.ledger import cells, kernel, reply_grid
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.reply_limit import ReplyLimit, reply_limit
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile
from shopscore.tables import ShopTables, table_schema

NOW = dt.datetime(2026, 11, 23, 10)
FIRST = dt.datetime(2026, 11, 10)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["b1", "b2", "b3"]),
        st.sampled_from(["buyer", "buyer", "human", "bot", "auto"]),
        st.integers(0, 3),
        st.sampled_from([8, 9, 20, 21, 22, 23]),
        st.integers(0, 900),
        st.sampled_from(["a", "b", None]),
    ),
    max_size=40,
)


def shop(platform, lines):
    rows = [
        {"buyer_id": buyer, "sender": sender, "agent_id": agent, "sent_at": at(day, hour, second)}
        for buyer, sender, day, hour, second, agent in lines
    ]
    schema = {name: kind for name, kind in table_schema("messages").items() if rows and name in rows[0]}
    frame = pl.DataFrame(rows, schema=schema or table_schema("messages"))
    pack = rules().packs[platform].pack
    tables = ShopTables(platform, "s", {"messages": frame}, frozenset(f"messages.{name}" for name in schema), {})
    built = facts.build(tables, fact_settings(pack, NOW.date(), ShopFile(), rules().machine), NOW)
    found = [(each, limit) for each in define(pack, NOW.date(), ShopFile()) if (limit := reply_limit(each))]
    return built, found


def at(day, hour, second):
    return FIRST + dt.timedelta(days=day, hours=hour, seconds=second)


@pytest.mark.parametrize("platform", ["1688", "jd", "pdd", "tmall"])
@settings(deadline=None, max_examples=12)
@given(lines=LINES)
def test_hours_add_up_to_the_metric_and_to_the_questions(platform, lines):
    built, found = shop(platform, lines)
    for definition, limit in found:
        days = window.bounds(definition.window, NOW.date())
        replies = reply_grid.replies(built, definition, limit, days)
        hours = reply_grid.hours(replies).values()
        sums = cells.totals(kernel.run(built, [definition]), {definition.id: days})[definition.id]
        assert sum(hour.rows for hour in hours) == sums.rows
        assert sum(hour.misses for hour in hours) == sums.rows - sums.hits
        asked = reply_grid.asked(replies)
        assert sum(hour.questions for hour in hours) == len(asked)
        assert all(hour.peak <= len(asked) for hour in hours)
        assert {each.row for each in asked} - {None} <= set(range(1, sums.rows - sums.hits + 1))


@settings(deadline=None, max_examples=12)
@given(lines=LINES, order=st.randoms())
def test_the_order_of_lines_says_nothing(lines, order):
    shuffled = order.sample(lines, len(lines))
    seen = []
    for each in (lines, shuffled):
        built, ((definition, limit),) = shop("pdd", each)
        replies = reply_grid.replies(built, definition, limit, window.bounds(definition.window, NOW.date()))
        seen.append((reply_grid.hours(replies), reply_grid.asked(replies)))
    assert seen[0] == seen[1]


def test_which_metrics_have_hours_follows_from_their_definitions():
    found = {
        each.id: limit
        for pack in rules().packs.values()
        for each in define(pack.pack, NOW.date(), ShopFile())
        if (limit := reply_limit(each))
    }
    assert found == {
        "1688.ww_3min_rate": ReplyLimit("first", 180),
        "jd.first_30s_reply_rate": ReplyLimit("first", 30),
        "pdd.manual_reply_3min_rate": ReplyLimit("any_in_service", 180),
        "tmall.ww_3min_rate": ReplyLimit("first", 180),
    }


def test_a_day_failed_by_a_later_question_stands_in_the_hour_of_that_question():
    lines = [
        ("b1", "buyer", 0, 9, 0, None),
        ("b1", "human", 0, 9, 20, "a"),
        ("b1", "buyer", 0, 21, 0, None),
        ("b1", "human", 0, 21, 400, "a"),
    ]
    built, ((definition, limit),) = shop("pdd", lines)
    replies = reply_grid.replies(built, definition, limit, window.bounds(definition.window, NOW.date()))
    hours = {hour: (each.rows, each.misses) for (_, hour), each in reply_grid.hours(replies).items()}
    assert hours == {9: (0, 0), 21: (1, 1)}
    assert [each.row for each in reply_grid.asked(replies)] == [None, 1]


def test_buyers_wait_at_once_until_they_are_answered_or_the_limit_has_passed():
    lines = [
        ("b1", "buyer", 0, 9, 0, None),
        ("b2", "buyer", 0, 9, 100, None),
        ("b2", "human", 0, 9, 150, "a"),
        ("b3", "buyer", 0, 9, 181, None),
    ]
    built, ((definition, limit),) = shop("tmall", lines)
    replies = reply_grid.replies(built, definition, limit, window.bounds(definition.window, NOW.date()))
    ((_, hour),) = reply_grid.hours(replies).items()
    assert (hour.questions, hour.agents, hour.peak) == (3, 1, 2)
