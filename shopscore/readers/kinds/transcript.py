"""Chat text copied from a window → one sheet of messages: who wrote, when, and what a line tells; never the text."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.readers import limits, sentences, sniff
from shopscore.readers.cells.conventions import fold_header
from shopscore.readers.cells.tells import found_in, told
from shopscore.readers.kinds import decoding
from shopscore.readers.kinds.sheet import Header, Sheet
from shopscore.readers.kinds.speakers import House, with_sides
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from shopscore.model import Words
    from shopscore.readers.formats import Known
    from shopscore.ruleset.format import Format
    from shopscore.ruleset.transcript import Transcript

TEXT, SPEAKER = "text", "speaker"
TOLD = "told"
"""The header of what a message's text tells."""
_LOOKED_AT = 2_000
"""Characters of a line that are looked at."""


class Text(Struct, frozen=True):
    """A text file that may be a transcript: where it is, its encoding, its first lines."""

    content: Path | bytes
    encoding: str
    first: pl.Series


def opened(content: Path | bytes, words: Collection[str], encoding: str | None) -> Text | None:
    """The first lines of a text file, or None for bytes that are no text.

    Args:
        content: the file on disk, or its bytes.
        words: folded words by which encodings are told.
        encoding: if the user states it.
    """
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
        head = stream.read(limits.SAMPLE_BYTES)
    encoding = encoding or sniff.encoding_of(head, words)
    return None if encoding is None else Text(content, encoding, _lines(decoding.whole(head, encoding)))


def begins(text: Text, form: Format) -> bool:
    """Whether the first line that says something begins a message of a format."""
    if form.transcript is None:
        return False
    marked = _marked(text.first, form.transcript).filter(~pl.col("_none") & (pl.col("line") != ""))
    return not marked.is_empty() and bool(marked.item(0, "_starts"))


def sheet(text: Text, known: Known, house: House) -> Sheet | Words:
    """The messages of a transcript.

    Args:
        text: the file.
        known: its format.
        house: who writes for the shop.
    """
    content, talk = text.content, known.format.transcript
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if talk is None or size > limits.MAX_TRANSCRIPT_BYTES:
        return sentences.TRANSCRIPT_TOO_LARGE
    whole = decoding.whole(content, text.encoding)
    if whole.count("\n") > limits.MAX_TRANSCRIPT_LINES:
        return sentences.TRANSCRIPT_TOO_LARGE
    messages = _messages(_lines(whole), talk, known.format.tells.get(TEXT, {}))
    if SPEAKER in messages.columns:
        messages = with_sides(messages, talk, house)
    names = [name for name in messages.columns if fold_header(name) in known.headers]
    rows = messages.select("_row", "_flaw", *names)
    return Sheet("", (tuple(names),), partial(_grids, rows), text.encoding)


def _grids(messages: pl.DataFrame, header: Header) -> Iterator[pl.DataFrame]:
    names = messages.columns[2:]
    yield messages.select("_row", "_flaw", *(pl.col(names[place]).alias(f"c{place}") for place in header.wanted))


def _lines(text: str) -> pl.Series:
    return pl.Series("line", text.split("\n"), dtype=pl.String()).str.strip_chars().str.head(_LOOKED_AT)


def _messages(lines: pl.Series, talk: Transcript, tells: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """One row per message: its parts, what its text tells, and the line and the conversation it stands in."""
    marked = _marked(lines, talk)
    parts = [name for name in marked.columns if not name.startswith("_") and name != "line"]
    said = marked.filter(pl.col("_message") > 0).with_columns(
        pl.when("_starts").then(pl.col(TEXT) if TEXT in parts else None).otherwise("line").alias(TEXT)
    )
    texts = pl.col(TEXT).filter(~pl.col("_none") & (pl.col(TEXT) != ""))
    messages = said.group_by("_message", maintain_order=True).agg(
        pl.col("_row", "_conversation").first(),
        pl.lit(None, dtype=pl.String()).first().alias("_flaw"),
        *(pl.col(name).first() for name in parts if name != TEXT),
        texts.str.join("\n").alias(TEXT),
        pl.col("_kind").drop_nulls().first().alias("_kind"),
    )
    # A message of which only a platform's line is left is what that line says.
    what = pl.when(pl.col(TEXT) == "").then("_kind").otherwise(told(messages.get_column(TEXT), tells))
    return messages.with_columns(what.alias(TOLD)).drop("_message", "_kind", TEXT)


def _marked(lines: pl.Series, talk: Transcript) -> pl.DataFrame:
    """Every line with its number, the parts of a message that begins there, and what it is if it is no text."""
    skipped = found_in(lines, talk.skip)
    breaks = found_in(lines, talk.breaks)
    kind = told(lines, talk.lines)
    none = skipped | breaks | kind.is_not_null()
    starts, parts, taken = _beginnings(lines, ~none, talk)
    return pl.DataFrame(
        [
            pl.int_range(1, len(lines) + 1, dtype=pl.Int64(), eager=True).alias("_row"),
            lines.alias("line"),
            starts.alias("_starts"),
            (none | taken).alias("_none"),
            kind.alias("_kind"),
            starts.cum_sum().alias("_message"),
            breaks.cum_sum().alias("_conversation"),
            *parts,
        ]
    )


def _beginnings(
    lines: pl.Series, possible: pl.Series, talk: Transcript
) -> tuple[pl.Series, list[pl.Series], pl.Series]:
    """Which lines begin a message, the parts they are made of, and which lines are the second of a beginning."""
    found: dict[str, pl.Series] = {}
    starts = repeated(len(lines), pl.Boolean(), value=False)
    for pattern in map(talk.written, talk.message):
        here = possible & ~starts & lines.str.contains(pattern)
        _add(found, lines.set(~here, None), pattern)
        starts = starts | here
    taken = starts.new_from_index(0, len(lines)) & False
    if talk.above is not None and talk.below is not None:
        above, below = talk.written(talk.above), talk.written(talk.below)
        second = possible & ~starts & lines.str.contains(below)
        here = possible & ~starts & ~second & lines.str.contains(above) & second.shift(-1, fill_value=False)
        _add(found, lines.set(~here, None), above)
        _add(found, lines.shift(-1).set(~here, None), below)
        starts, taken = starts | here, here.shift(1, fill_value=False)
    return starts, [series.alias(name) for name, series in found.items()], taken


def _add(found: dict[str, pl.Series], lines: pl.Series, pattern: str) -> None:
    """The parts that a pattern captures, in addition to those found by other patterns."""
    for part in lines.str.extract_groups(pattern).struct.unnest().iter_columns():
        found[part.name] = pl.select(pl.coalesce(found[part.name], part)).to_series() if part.name in found else part
