"""The speakers of conversations → their sides: the buyer, the shop's people and machines, the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.readers.cells.conventions import fold
from shopscore.readers.cells.tells import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.transcript import Transcript

SHOP, BOT, SYSTEM, BUYER = "shop", "bot", "system", "buyer"
UNKNOWN, SEVERAL, SILENT = "unknown_speaker", "several_buyers", "unknown_buyer"
"""Why nobody can say who a conversation's buyer is: the reasons its messages are refused for."""
_NO_PERSON = ("system", "transfer")
"""What a message tells that nobody of the two sides wrote."""


class House(Struct, frozen=True):
    """Who writes for the shop.

    Attributes:
        names: folded names: the shop's own and those of its people.
        whole: ``shop.yaml`` lists all of them, so that everybody else is a buyer.
    """

    names: frozenset[str] = frozenset()
    whole: bool = False


def with_sides(messages: pl.DataFrame, talk: Transcript, house: House) -> pl.DataFrame:
    """Messages with ``buyer``, ``agent`` and ``sender``; a conversation whose buyer is in doubt is flawed.

    Args:
        messages: rows with ``speaker``, ``told``, ``_conversation`` and perhaps ``addressee``.
        talk: whom a name gives away.
        house: who writes for the shop.
    """
    names = ["speaker", *(["addressee"] if "addressee" in messages.columns else [])]
    said = pl.concat([messages.select("_conversation", pl.col(name).alias("name")) for name in names]).drop_nulls()
    sides = _sides(said.get_column("name").unique(), talk, house)
    buyers, flaws = _buyers(said, sides, house, told_apart=_tells_apart(sides, talk))
    side = pl.col("speaker").replace_strict(list(sides), list(sides.values()), default=BUYER, return_dtype=pl.String())
    conversation = pl.col("_conversation")
    known = messages.with_columns(
        # In a conversation that is refused, whoever may be a buyer stands for himself.
        pl.coalesce(
            conversation.replace_strict(list(buyers), list(buyers.values()), default=None, return_dtype=pl.String()),
            pl.when(side == BUYER).then("speaker"),
        ).alias(BUYER),
        conversation.replace_strict(list(flaws), list(flaws.values()), default=None, return_dtype=pl.String()).alias(
            "_flaw"
        ),
        side.alias("_side"),
    )
    of_shop = pl.col("_side").is_in([SHOP, BOT])
    sender = (
        pl.when((pl.col("_side") == SYSTEM) | pl.col("told").is_in(_NO_PERSON))
        .then(pl.lit(SYSTEM))
        .when(pl.col("_side") == BUYER)
        .then(pl.lit(BUYER))
        .when(pl.col("_side") == BOT)
        .then(pl.lit(BOT))
        .when(pl.col("told") == "auto")
        .then(pl.lit("auto"))
        .otherwise(pl.lit("human"))
    )
    return known.with_columns(
        pl.when(of_shop & (sender != SYSTEM)).then("speaker").alias("agent"), sender.alias("sender")
    ).drop("_side")


def _sides(names: pl.Series, talk: Transcript, house: House) -> dict[str, str]:
    """Name → its side, of those that are known; all others may be buyers."""
    given_away = told(names, talk.speakers)
    found = dict(zip(names.to_list(), given_away.to_list(), strict=True))
    of_shop = names.filter(given_away == SHOP)
    accounts = [] if talk.account is None else of_shop.str.extract(talk.account).drop_nulls().to_list()
    house_names = house.names | {fold(name) for name in accounts}
    own = {name: SHOP for name in found if fold(name) in house_names}
    return {name: side for name, side in (found | own).items() if side is not None}


def _tells_apart(sides: Mapping[str, str], talk: Transcript) -> bool:
    """Whether the names of a file's people say whose they are, so that a name that does not is a buyer's."""
    people = pl.Series("name", [name for name, side in sides.items() if side == SHOP], dtype=pl.String())
    return talk.account is not None and bool(people.str.contains(talk.account).any())


def _buyers(
    said: pl.DataFrame, sides: Mapping[str, str], house: House, *, told_apart: bool
) -> tuple[dict[int, str], dict[int, str]]:
    """Conversation → its buyer, and conversation → why it has none that is certain.

    A name that stands alone is a buyer's whom nobody answered, if the shop's people are told by their names. Where
    another conversation of the file has two names that may be the buyer's, one of them may be the shop's all the same.
    """
    buyers: dict[int, str] = {}
    flaws: dict[int, str] = {}
    present: dict[int, set[str]] = {}
    for conversation, name in said.unique().iter_rows():
        present.setdefault(conversation, set()).add(name)
    unknown = {conversation: sorted(names - sides.keys()) for conversation, names in present.items()}
    several = {place for place, others in unknown.items() if len({fold(name) for name in others}) > 1}
    for conversation, names in present.items():
        others = unknown[conversation]
        answered = any(sides.get(name) in {SHOP, BOT} for name in names)
        if not others:
            flaws[conversation] = SILENT
        elif conversation in several:
            flaws[conversation] = SEVERAL
        elif not (answered or house.whole or (told_apart and not several)):
            flaws[conversation] = UNKNOWN
        else:
            buyers[conversation] = others[0]
    return buyers, flaws
