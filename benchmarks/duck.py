"""The yardstick: a hand-written DuckDB program that counts what some metrics of the packs count.

    python benchmarks/duck.py benchmarks/data/200k --mode shop --output counts.json

It reads the files `invent.py` writes and says, for every shop and metric, how many rows hit, settled, are pending,
unknown, undated and excluded, and the sum of seconds of the means. It knows only what those files hold: one line an
order, no parcels, no entered promises, no blank flags.

``--mode whole`` runs one plan over all shops of a platform, ``shop`` one plan a shop, ``shops`` several of those at
once, each in one thread. The plans are the same text; they differ in what the views ``o``, ``m`` and ``r`` see.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duck_metrics import CHATS, METRICS, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Counts = dict[str, dict[str, object]]

ENDS = """
CREATE TEMP TABLE ends AS
SELECT shop, greatest(o_end, m_end, r_end) AS as_of, o_end, m_end, r_end, CAST(as_of AS DATE) AS today
FROM (SELECT shop, greatest(max(created_at), max(paid_at), max(shipped_at), max(picked_up_at), max(delivered_at),
                            max(finished_at), max(cancelled_at)) AS o_end FROM o GROUP BY shop)
JOIN (SELECT shop, max(sent_at) AS m_end FROM m GROUP BY shop) USING (shop)
JOIN (SELECT shop, greatest(max(applied_at), max(agreed_at), max(return_signed_at), max(finished_at)) AS r_end
      FROM r GROUP BY shop) USING (shop)
"""
ORDERS = """
CREATE TEMP TABLE f_orders AS
WITH first_refund AS (SELECT shop, order_id, min(applied_at) AS refund_at FROM r GROUP BY shop, order_id),
clocked AS (
  SELECT o.*, CASE WHEN kind = 'cod' THEN created_at ELSE paid_at END AS clock_at,
         clock_at + to_seconds(promised_ship_hours * 3600) AS promise_at, refund_at, o_end AS judged_at, today
  FROM o JOIN ends USING (shop) LEFT JOIN first_refund USING (shop, order_id)),
scans AS (SELECT shop, carrier, min(clock_at) AS since FROM clocked WHERE picked_up_at IS NOT NULL GROUP BY ALL)
SELECT clocked.*,
       CASE WHEN picked_up_at IS NOT NULL THEN 'done'
            WHEN clock_at BETWEEN since AND judged_at THEN 'not_done' ELSE 'unrecorded' END AS pickup_state,
       CASE WHEN kind = 'presale' THEN promise_at
            WHEN promise_at < clock_at + INTERVAL 48 HOUR THEN promise_at
            ELSE clock_at + INTERVAL 48 HOUR END AS deadline_48,
       CASE WHEN kind = 'presale' THEN promise_at ELSE clock_at + INTERVAL 24 HOUR END AS deadline_24
FROM clocked LEFT JOIN scans USING (shop, carrier)
"""
ROUNDS = """
CREATE TEMP TABLE f_rounds AS
WITH lines AS (
  SELECT shop, buyer_id, sent_at, CAST(sent_at AS DATE) AS day, sender = 'buyer' AS asks,
         CASE sender WHEN 'buyer' THEN 0 WHEN 'human' THEN 2 ELSE 1 END AS rank
  FROM m WHERE {kept} AND (sender = 'buyer' OR {answers})),
paired AS (
  SELECT *, lag(asks) OVER w AS asked_before,
         min(CASE WHEN NOT asks THEN sent_at END)
           OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS answered_at
  FROM lines WINDOW w AS (PARTITION BY shop, buyer_id, day ORDER BY sent_at, rank))
SELECT shop, buyer_id, day, sent_at AS asked_at, answered_at,
       date_diff('second', sent_at, answered_at) AS reply_seconds,
       row_number() OVER (PARTITION BY shop, buyer_id, day ORDER BY sent_at) = 1 AS first_of_day,
       CAST(sent_at AS TIME) >= TIME '{opens}' AND CAST(sent_at AS TIME) < TIME '{closes}' AS in_hours,
       day + INTERVAL 1 DAY AS closes_at, m_end AS judged_at, today
FROM paired JOIN ends USING (shop) WHERE asks AND asked_before IS DISTINCT FROM TRUE
"""
REFUNDS = """
CREATE TEMP TABLE f_refunds AS
SELECT r.*, today, date_diff('second', applied_at, finished_at) AS finish_seconds,
       finished_at IS NOT NULL
         AND CASE WHEN status = 'closed' THEN NOT withdrawn ELSE status = 'success' END AS is_finished,
       last_actor IN ('seller', 'system') AS by_seller,
       row_number() OVER (PARTITION BY shop, order_id ORDER BY applied_at, refund_id) = 1 AS is_first
FROM r JOIN ends USING (shop)
"""


def counted(side: Side) -> str:
    """One side as (shop, metric, side, fate, rows, x) inside its window; rows without a day have the fate undated."""
    first, last = side.days
    return f"""
    SELECT shop, '{side.metric}', '{side.side}', CASE WHEN {side.at} IS NULL THEN 'undated' ELSE told END,
           count(*), coalesce(sum(x), 0)
    FROM (SELECT shop, {side.at}, today, {side.fate} AS told, {side.x} AS x FROM {side.table})
    WHERE told IS NOT NULL AND ({side.at} IS NULL
      OR ({side.at} >= today - {first} AND {side.at} < today - {last} + INTERVAL 1 DAY))
    GROUP BY ALL"""  # noqa: S608 - every part is a literal above


def run(
    connection: duckdb.DuckDBPyConnection, platform: str, files: dict[str, str], shop: str | None
) -> Iterator[tuple]:
    """Count one shop, or all shops of a platform."""
    connection.execute("DROP TABLE IF EXISTS ends; DROP TABLE IF EXISTS f_orders; DROP TABLE IF EXISTS f_rounds")
    connection.execute("DROP TABLE IF EXISTS f_refunds")
    for view, path in files.items():
        named = f"'{shop}'" if shop else "split_part(filename, '/', -2)"
        wide = ", filename = true" if shop is None else ""
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT *, {named} AS shop FROM read_parquet('{path}'{wide})"  # noqa: S608
        )
    for text in (ENDS, ORDERS, ROUNDS.format(**CHATS[platform]), REFUNDS):
        connection.execute(text)
    union = " UNION ALL ".join(counted(side) for side in METRICS[platform])
    yield from connection.execute(union).fetchall()


def shops_of(folder: Path) -> list[tuple[str, Path]]:
    """(platform, folder) of every shop."""
    return [(platform, shop) for platform in METRICS for shop in sorted((folder / platform).glob("*"))]


def _files(home: Path | str) -> dict[str, str]:
    return {"o": f"{home}/orders.parquet", "m": f"{home}/messages.parquet", "r": f"{home}/refunds.parquet"}


def _one(parent: duckdb.DuckDBPyConnection | None, at: tuple[str, Path]) -> list[tuple]:
    platform, home = at
    connection = parent or duckdb.connect(config={"threads": 1})
    return [(platform, *row) for row in run(connection, platform, _files(home), home.name)]


def count(folder: Path, mode: str) -> Counts:
    """Counts by ``platform/shop`` and metric."""
    if mode == "whole":
        connection = duckdb.connect()
        rows = [
            (platform, *row)
            for platform in METRICS
            for row in run(connection, platform, _files(folder / platform / "*"), None)
        ]
    elif mode == "shop":
        rows = [row for shop in shops_of(folder) for row in _one(duckdb_once(), shop)]
    else:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            rows = [row for found in pool.map(partial(_one, None), shops_of(folder)) for row in found]
    return _arranged(rows)


_KEPT: list[duckdb.DuckDBPyConnection] = []


def duckdb_once() -> duckdb.DuckDBPyConnection:
    """The one connection of ``--mode shop``."""
    if not _KEPT:
        _KEPT.append(duckdb.connect())
    return _KEPT[0]


def _arranged(rows: Iterable[tuple]) -> Counts:
    found: dict[str, dict[str, dict]] = defaultdict(dict)
    for platform, shop, metric, side, fate, number, x in rows:
        one = found[f"{platform}/{shop}"].setdefault(
            metric, {"hits": 0, "rows": 0, "pending": 0, "unknown": 0, "undated": 0, "x": 0, "excluded": {}}
        )
        if fate.startswith("excluded."):
            name = fate.removeprefix("excluded.")
            one["excluded"][name] = one["excluded"].get(name, 0) + number
        elif fate in {"pending", "unknown", "undated"}:
            one[fate] += number
        elif side == "n":
            one["hits"] += number
        else:
            one["rows"] += number
            one["hits"] += number if fate == "hit" else 0
            one["x"] += int(x)
    return {shop: dict(sorted(metrics.items())) for shop, metrics in sorted(found.items())}


def differences(ours: Counts, theirs: Counts) -> list[str]:
    """Where two counts of the same shops differ, in words."""
    return [
        f"{shop} {metric}: {ours.get(shop, {}).get(metric)} against {theirs.get(shop, {}).get(metric)}"
        for shop in sorted(ours.keys() | theirs.keys())
        for metric in sorted(ours.get(shop, {}).keys() | theirs.get(shop, {}).keys())
        if ours.get(shop, {}).get(metric) != theirs.get(shop, {}).get(metric)
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", choices=["whole", "shop", "shops"], default="shop")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    text = json.dumps(count(given.folder, given.mode), ensure_ascii=False, indent=1, sort_keys=True)
    if given.output:
        given.output.write_text(text)
    else:
        print(text)
