"""JSON → a sheet for every list of objects in it, and one for what encloses them; JSON Lines likewise, line by line."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from shopscore.model import Words
from shopscore.readers import limits, sentences, sniff
from shopscore.readers.kinds import jsonlines
from shopscore.readers.kinds.flat import flat, parsed
from shopscore.readers.kinds.grids import grids_of
from shopscore.readers.kinds.nested import below, picked, places_of, records_in
from shopscore.readers.kinds.sheet import Bundle, Header, Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from shopscore.readers.kinds.nested import Above, Record

BROKEN = "broken_record"
"""What is no object where records stand."""


class _Records(Struct, frozen=True):
    """The objects found at one place of a document, and for each what encloses it."""

    own: list[dict[str, str] | None] = field(default_factory=list)
    above: list[Above] = field(default_factory=list)

    def add(self, own: dict[str, str] | None, above: Above) -> None:
        """One more object, or what stands in the place of one."""
        self.own.append(own)
        self.above.append(above)


def sheets(content: Path | bytes, words: Collection[str], encoding: str | None) -> Iterator[tuple[Sheet, ...]] | Words:
    """The sheets of a JSON file.

    Args:
        content: the file on disk, or its bytes.
        words: folded header words of all formats, by which encodings are told.
        encoding: if the user states it.
    """
    with _opened(content) as stream:
        head = stream.read(limits.SAMPLE_BYTES)
    encoding = encoding or sniff.encoding_of(head, words)
    if encoding is not None and jsonlines.are_lines(head.decode(encoding, "replace")):
        return iter([(each,) for each in jsonlines.sheets(content, encoding)])
    read = document(content, words, encoding)
    if isinstance(read, Words):
        return read
    found = sheets_of([read[0]], read[1])
    return iter([(each,) for each in found]) if found else sentences.JSON_NO_RECORDS


def of_bundle(bundle: Bundle, words: Collection[str], encoding: str | None) -> Iterator[tuple[Sheet, ...]] | Words:
    """The sheets of files of one kind, as if they were one file."""
    read = [document(content, words, encoding) for content in bundle.members]
    known = [each for each in read if not isinstance(each, Words)]
    return iter([(each,) for each in sheets_of([each for each, _ in known], known[0][1])])


def document(content: Path | bytes, words: Collection[str], encoding: str | None) -> tuple[Any, str] | Words:
    """The value of a JSON document and its encoding, or the sentence why it cannot be read.

    Args:
        content: the file on disk, or its bytes.
        words: folded header words of all formats, by which encodings are told.
        encoding: if it is known.
    """
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > limits.MAX_JSON_BYTES:
        return sentences.JSON_TOO_LARGE
    data = content if isinstance(content, bytes) else content.read_bytes()
    if data.count(b",") > limits.MAX_JSON_VALUES:
        return sentences.JSON_TOO_LARGE
    encoding = encoding or sniff.encoding_of(data[: limits.SAMPLE_BYTES], words)
    if encoding is None:
        return sentences.NO_TEXT
    value, problem = parsed(data.decode(encoding, "replace").removeprefix("\ufeff"))
    return problem or (value, encoding)


def _opened(content: Path | bytes) -> io.BufferedIOBase:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def sheets_of(documents: Sequence[Any], encoding: str) -> tuple[Sheet, ...]:
    """The lists of objects of some JSON values, those at one place of each as one sheet.

    What encloses the lists of a value is a sheet of one record too: it may be the order whose lines they are.
    """
    found: dict[str, _Records] = {}
    enclosing = _Records()
    for value in documents:
        if isinstance(value, list) and ("" in found or any(isinstance(each, dict) for each in value)):
            _gather(found, records_in(value, "", ()))
        elif isinstance(value, dict):
            own = flat(value)
            _gather(found, below(value, "", own))
            if not found and not any(isinstance(each, list) for each in value.values()):
                _gather(found, [("", own, ())])
            elif found:
                enclosing.add(own, ())
    sheets = [_sheet(name, records, encoding) for name, records in found.items()]
    # Lists come first, so that an account begins with what most files are exported for.
    return (*sheets, *([_sheet("", enclosing, encoding)] if enclosing.own and "" not in found else ()))


def _gather(found: dict[str, _Records], records: Iterable[Record]) -> None:
    """Records by their places; a list without any object is no table."""
    for place, own, above in records:
        if place not in found:
            if len(found) == limits.MAX_SHEETS:
                continue
            found[place] = _Records()
        found[place].add(own, above)


def _sheet(name: str, records: _Records, encoding: str) -> Sheet:
    own = tuple(dict.fromkeys(key for record in records.own if record for key in record))
    outer = {id(each): each for above in records.above for each in above}.values()
    header, places = places_of(own, dict.fromkeys(key for each in outer for key in each))
    rows = (header,) if len(header) <= limits.MAX_COLUMNS else ()
    return Sheet(name, rows, partial(_grids, records, places), encoding)


def _grids(records: _Records, places: Sequence[tuple[str, bool]], header: Header) -> Iterator[pl.DataFrame]:
    wanted = [places[place] for place in header.wanted]

    def rows() -> Iterator[tuple[int, str | None, list[str] | None]]:
        for number, (own, above) in enumerate(zip(records.own, records.above, strict=True), start=1):
            if own is None:
                yield number, BROKEN, None
            elif any(own.values()):
                yield number, None, picked(own, above, wanted)

    return grids_of(rows(), header.wanted)
