"""Invented shops of any size as canonical Parquet: ``<folder>/<platform>/<shop>/{orders,messages,refunds}.parquet``.

    python benchmarks/invent.py benchmarks/data/1m --orders 1000000 --shops 40

The same seed gives the same shops. Ids are text, as in real exports; buyers are already pseudonyms. Half of the shops
are Tmall's, half 1688's.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping


PLATFORMS = ("tmall", "1688")
START = dt.datetime(2026, 8, 1)
DAYS = 75
END = START + dt.timedelta(days=DAYS)
CARRIERS = {"中通快递": 0.4, "圆通速递": 0.2, "韵达快递": 0.15, "申通快递": 0.1, "顺丰速运": 0.1, "极兔速递": 0.05}
KINDS = {"spot": 0.9, "presale": 0.05, "custom": 0.02, "virtual": 0.02, "cod": 0.01}
LEVELS = {"L0": 0.4, "L1": 0.25, "L2": 0.15, "L3": 0.1, "L4": 0.06, "L5": 0.04}
REASONS = {"no_reason": 0.4, "quality": 0.15, "late": 0.15, "not_received": 0.1, "description": 0.1, "other": 0.1}
ACTORS = {"seller": 0.8, "system": 0.12, "platform": 0.08}
TIME = pl.Datetime("us")


class Dice:
    """Columns of pseudo-random numbers: each throw hashes the row's number with the next seed."""

    def __init__(self, seed: int, row: str = "row") -> None:
        self._seed = seed * 1_000_003
        self._row = pl.col(row)

    def word(self) -> pl.Expr:
        """64 random bits a row."""
        self._seed += 1
        return self._row.hash(self._seed)

    def share(self) -> pl.Expr:
        """A number from 0 up to 1."""
        return (self.word() // (1 << 11)).cast(pl.Float64) / float(1 << 53)

    def below(self, chance: float) -> pl.Expr:
        """True with this chance."""
        return self.share() < chance

    def whole(self, top: int) -> pl.Expr:
        """A whole number from 0 to top - 1."""
        return (self.share() * top).floor().cast(pl.Int64)

    def waiting(self, mean: float) -> pl.Expr:
        """Seconds, exponentially spread around a mean."""
        return pl.duration(seconds=(-(1 - self.share()).log() * mean).floor().cast(pl.Int64))

    def one_of(self, weights: Mapping[str, float]) -> pl.Expr:
        """One of some words, as often as its weight says."""
        throw, upto = self.share(), 0.0
        expr = pl.lit(next(iter(weights)))
        for word, weight in weights.items():
            expr = pl.when(throw >= upto).then(pl.lit(word)).otherwise(expr)
            upto += weight
        return expr


def until_end(name: str) -> pl.Expr:
    """What happened after the export is not in it."""
    return pl.when(pl.col(name) < END).then(pl.col(name)).alias(name)


def buyer(word: pl.Expr, buyers: int) -> pl.Expr:
    """The pseudonym of one of so many buyers."""
    number = (word % buyers).cast(pl.UInt64).hash(97)
    parts = [(number // (1 << shift) % 16).cast(pl.Int64) for shift in range(0, 64, 4)]
    digits = pl.lit(pl.Series(list("0123456789abcdef")))
    return pl.concat_str(pl.lit("b_"), *(digits.gather(part) for part in parts))


def orders(count: int, seed: int) -> pl.DataFrame:
    """One shop's orders, one line each."""
    dice = Dice(seed)
    rows = pl.DataFrame({"row": pl.int_range(count, dtype=pl.UInt64, eager=True)})
    at = lambda expr: expr.dt.truncate("1s").cast(TIME)  # noqa: E731 - a name for a cast
    return (
        rows.lazy()
        .with_columns(
            pl.concat_str(
                pl.lit("26"),
                (10**16 + dice.whole(10**15) * 9).cast(pl.String),
                pl.col("row").cast(pl.String).str.zfill(7),
            ).alias("order_id"),
            buyer(dice.word(), max(count // 2, 1)).alias("buyer_id"),
            dice.one_of(LEVELS).alias("buyer_level"),
            dice.one_of(KINDS).alias("kind"),
            at(pl.lit(START) + pl.duration(seconds=dice.whole(DAYS * 86400))).alias("created_at"),
            dice.one_of(CARRIERS).alias("carrier"),
            pl.concat_str(pl.lit("仓"), dice.whole(3).cast(pl.String)).alias("warehouse"),
            pl.concat_str(pl.lit("省"), dice.whole(31).cast(pl.String)).alias("region"),
            pl.concat_str(
                pl.lit("p"), (dice.share() * dice.share() * 400).floor().cast(pl.Int64).cast(pl.String)
            ).alias("product_id"),
            pl.concat_str(pl.lit("类"), dice.whole(8).cast(pl.String)).alias("category"),
            (dice.whole(50_000) + 100).cast(pl.Decimal(18, 2)).alias("amount"),
        )
        .with_columns(
            pl.when(dice.below(0.97) & (pl.col("kind") != "cod"))
            .then(at(pl.col("created_at") + dice.waiting(600)))
            .alias("paid_at"),
        )
        .with_columns(
            pl.when(dice.below(0.1))
            .then(pl.lit(24.0))
            .when(pl.col("kind") == "presale")
            .then(pl.lit(240.0))
            .alias("promised_ship_hours"),
            pl.when(dice.below(0.96))
            .then(at(pl.coalesce("paid_at", "created_at") + dice.waiting(50_000)))
            .alias("shipped_at"),
            pl.when(dice.below(0.03)).then(at(pl.col("created_at") + dice.waiting(40_000))).alias("cancelled_at"),
        )
        .with_columns(
            pl.when(dice.below(0.98)).then(at(pl.col("shipped_at") + dice.waiting(20_000))).alias("picked_up_at"),
            pl.when(pl.col("cancelled_at").is_not_null())
            .then(dice.one_of({"buyer": 0.7, "seller": 0.3}))
            .alias("cancelled_by"),
        )
        .with_columns(at(pl.col("picked_up_at") + dice.waiting(200_000)).alias("delivered_at"))
        .with_columns(at(pl.col("delivered_at") + dice.waiting(300_000)).alias("finished_at"))
        .with_columns(
            until_end(name)
            for name in ("paid_at", "shipped_at", "picked_up_at", "delivered_at", "finished_at", "cancelled_at")
        )
        .with_columns(pl.when(pl.col("cancelled_at").is_not_null()).then("cancelled_by").alias("cancelled_by"))
        .with_columns(
            pl.when(pl.col("finished_at").is_not_null())
            .then(pl.lit("finished"))
            .when(pl.col("cancelled_at").is_not_null())
            .then(pl.lit("closed"))
            .when(pl.col("shipped_at").is_not_null())
            .then(pl.lit("shipped"))
            .when(pl.col("paid_at").is_not_null())
            .then(pl.lit("to_ship"))
            .otherwise(pl.lit("unpaid"))
            .alias("status"),
        )
        .drop("row")
        .collect()
    )


def refunds(of: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Cases of about one order in twelve, now and then two of one order."""
    dice = Dice(seed, "case")
    at = lambda expr: expr.dt.truncate("1s").cast(TIME)  # noqa: E731
    twice = pl.concat([of.gather_every(13), of.gather_every(130, 7)])
    return (
        twice.lazy()
        .select("order_id", paid=pl.coalesce("paid_at", "created_at"))
        .with_row_index("case")
        .with_columns(pl.col("case").cast(pl.UInt64))
        .with_columns(
            pl.concat_str(pl.lit("9"), (10**12 + pl.col("case") * 7919 + seed).cast(pl.String)).alias("refund_id"),
            dice.one_of({"refund_only": 0.55, "return_refund": 0.43, "exchange": 0.02}).alias("kind"),
            dice.one_of({"before_ship": 0.3, "in_transit": 0.2, "received": 0.5}).alias("stage"),
            dice.one_of(REASONS).alias("first_reason_class"),
            dice.one_of(ACTORS).alias("last_actor"),
            dice.below(0.06).alias("withdrawn"),
            dice.below(0.05).alias("escalated"),
            at(pl.col("paid") + dice.waiting(300_000)).alias("applied_at"),
        )
        .with_columns(
            pl.when(dice.below(0.9)).then(at(pl.col("applied_at") + dice.waiting(30_000))).alias("agreed_at"),
            pl.col("first_reason_class").alias("reason_class"),
        )
        .with_columns(
            pl.when(pl.col("kind") == "return_refund")
            .then(at(pl.col("agreed_at") + dice.waiting(200_000)))
            .alias("return_signed_at")
        )
        .with_columns(
            pl.when(dice.below(0.95))
            .then(at(pl.coalesce("return_signed_at", "agreed_at", "applied_at") + dice.waiting(40_000)))
            .alias("finished_at")
        )
        .filter(pl.col("applied_at") < END)
        .with_columns(until_end(name) for name in ("agreed_at", "return_signed_at", "finished_at"))
        .with_columns(
            pl.when(pl.col("finished_at").is_null())
            .then(pl.lit("open"))
            .when(pl.col("withdrawn") | pl.col("agreed_at").is_null())
            .then(pl.lit("closed"))
            .otherwise(pl.lit("success"))
            .alias("status"),
            pl.when(pl.col("finished_at").is_not_null()).then("last_actor").alias("last_actor"),
        )
        .drop("case", "paid")
        .collect()
    )


def messages(count: int, seed: int) -> pl.DataFrame:
    """About two conversations for five orders, of one to four lines each; many of them at the same second."""
    dice = Dice(seed)
    talks = pl.DataFrame({"row": pl.int_range(count * 2 // 5, dtype=pl.UInt64, eager=True)}).lazy()
    talks = talks.with_columns(
        buyer(dice.word(), max(count // 2, 1)).alias("buyer_id"),
        pl.concat_str(pl.lit("客服"), dice.whole(6).cast(pl.String)).alias("agent_id"),
        (pl.lit(START) + pl.duration(seconds=dice.whole(DAYS * 86400))).cast(TIME).alias("asked"),
    )
    lines = (
        ("buyer", pl.duration(seconds=0), 1.0, None),
        ("buyer", dice.waiting(60), 0.4, None),
        ("bot", pl.duration(seconds=1), 0.3, "auto"),
        ("bot", pl.duration(seconds=2), 0.05, "assist"),
        ("human", dice.waiting(150), 0.88, None),
    )
    return (
        pl.concat(
            talks.filter(dice.below(chance)).select(
                "buyer_id",
                "agent_id",
                pl.lit(sender).alias("sender"),
                (pl.col("asked") + wait).dt.truncate("1s").cast(TIME).alias("sent_at"),
                pl.lit(mode, dtype=pl.String).alias("bot_mode"),
                dice.below(0.002).alias("is_blocked"),
            )
            for sender, wait, chance, mode in lines
        )
        .filter(pl.col("sent_at") < END)
        .sort("sent_at", "buyer_id", "sender", "bot_mode", "is_blocked")
        .collect()
    )


def write(folder: Path, count: int, shops: int, seed: int = 1) -> None:
    """Write shops of equal size; a shop already there is kept."""
    for at in range(shops):
        home = folder / PLATFORMS[at % len(PLATFORMS)] / f"shop{at:05}"
        if (home / "refunds.parquet").exists():
            continue
        home.mkdir(parents=True, exist_ok=True)
        sold = orders(count // shops, seed * 100_003 + at * 10)
        sold.write_parquet(home / "orders.parquet")
        messages(count // shops, seed * 100_003 + at * 10 + 1).write_parquet(home / "messages.parquet")
        refunds(sold, seed * 100_003 + at * 10 + 2).write_parquet(home / "refunds.parquet")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--orders", type=int, default=200_000)
    parser.add_argument("--shops", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, given.orders, given.shops, given.seed)
