"""Figures side by side become rows: each figure shown once, none where a page shows nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from exports_world import cells, refused

FORMAT = """\
id: figures
platform: pdd
table: platform_scores
title: {en: figures, zh: 数据}
must: [[甲率], [乙天]]
columns:
  date: 日期
  metric: {column: [指标], words: {甲率: pdd.a, 乙天: pdd.b}}
  value: 数值
melt: {name: 指标, value: 数值, headers: [乙天, 甲率, 乙天数]}
drop: {日期: [合计]}
export:
  menu: {en: there, zh: 那里}
  confidence: low
  source: [invented]
"""
DAY, NEXT = dt.datetime(2026, 11, 20), dt.datetime(2026, 11, 21)


@pytest.fixture
def figures(read):
    def run(*lines, **files):
        reading = read({"x.format.yaml": FORMAT, "页.csv": "\r\n".join(lines), **files})
        frame = reading.shops[0].tables["platform_scores"]
        return cells(frame, "date", "metric", "value"), reading.accounts["页.csv"]

    return run


def test_each_figure_of_a_day_is_a_row(figures):
    rows, account = figures("日期,甲率,乙天", "2026-11-20,52.17%,2.45", "2026-11-21,98.2%,0")
    assert rows == sorted(
        [(DAY, "pdd.a", 0.5217), (DAY, "pdd.b", 2.45), (NEXT, "pdd.a", 0.982), (NEXT, "pdd.b", 0.0)], key=repr
    )
    assert (account.rows_read, account.rows_accepted, account.rows_refused) == (4, 4, 0)
    assert dict(account.columns_used) == {"date": "日期", "metric": "甲率 / 乙天", "value": "甲率 / 乙天"}


def test_a_figure_that_is_not_shown_is_no_row_and_no_zero(figures):
    rows, account = figures("日期,甲率,乙天", "2026-11-20,-,2.45", "2026-11-21,,--", ",,")
    assert rows == [(DAY, "pdd.b", 2.45)]
    assert (account.rows_read, account.rows_refused) == (1, 0)


def test_a_figure_nobody_asked_for_is_named_as_left_out(figures):
    rows, account = figures("丙率,日期,甲率", "9%,2026-11-20,1%")
    assert rows == [(DAY, "pdd.a", 0.01)]
    assert account.columns_ignored == ("丙率",)


def test_every_figure_of_a_day_nobody_can_read_is_refused(figures):
    rows, account = figures("日期,甲率,乙天", "2026-11-20,1%,2", "20260601~20260630,1%,2", "合计,1%,2")
    assert len(rows) == 2
    assert refused(account) == {"several_days": 2, "total_row": 1}
    assert account.rows_read == account.rows_accepted + account.rows_refused == 5


def test_a_figure_that_is_no_number_is_blank_and_named(figures):
    rows, account = figures("日期,甲率,乙天", "2026-11-20,优,2")
    assert rows == [(DAY, "pdd.a", None), (DAY, "pdd.b", 2.0)]
    assert [(each.column, each.count) for each in account.cells_refused] == [("value", 1)]


def test_pages_of_one_day_read_twice_count_once(figures):
    twice = {"页2.csv": "日期,甲率\r\n2026-11-20,1%\r\n2026-11-21,3%"}
    rows, account = figures("日期,甲率", "2026-11-20,1%", **twice)
    assert rows == [(DAY, "pdd.a", 0.01), (NEXT, "pdd.a", 0.03)]
    assert account.rows_read == account.rows_accepted + account.rows_duplicate == 1
