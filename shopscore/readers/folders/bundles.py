"""Many small files of one kind in one place → one item for all of them, so that a month of chats is one file."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from shopscore.model import Words
from shopscore.readers import limits
from shopscore.readers.formats import find, header_words
from shopscore.readers.kinds import records
from shopscore.readers.kinds.flat import flat
from shopscore.readers.kinds.sheet import Bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from shopscore.readers.folders.items import Item
    from shopscore.readers.formats import Known

    Catalogue = Callable[[Sequence[Path]], Sequence[Known]]

ENDING = ".json"
ALL = "*"
"""The name, before its ending, of a bundle."""


class _Gathering(Struct):
    """A bundle as it grows.

    Attributes:
        form: the format of its files.
        items: the files.
        told: what tells each of them from the others.
        size: their bytes.
    """

    form: str
    items: list[Item] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    size: int = 0


def bundled(items: Iterable[Item], known_for: Catalogue, encoding: str | None) -> Iterator[Item]:
    """Files, those among them that a format bundles together as one item.

    Two files of which nothing says that their rows differ never stand in one bundle, so that a row both of them have
    counts once.

    Args:
        items: files, those of one folder or archive one after the other.
        known_for: a file's own formats → the catalogue for it.
        encoding: of text files, if the user states it.
    """
    for _, together in groupby(items, key=lambda item: PurePosixPath(item.name).parent):
        yield from _of_one_place(together, known_for, encoding)


def _of_one_place(items: Iterable[Item], known_for: Catalogue, encoding: str | None) -> Iterator[Item]:
    growing: list[_Gathering] = []
    made = 0
    for item in items:
        found = _member(item, known_for(item.formats), encoding)
        if found is None:
            yield item
            continue
        form, teller = found
        place = next((each for each in growing if each.form == form and teller not in each.told), None)
        if place is None:
            place = _Gathering(form)
            growing.append(place)
        place.items.append(item)
        place.told.add(teller)
        place.size += _size(item)
        if place.size > limits.MAX_JSON_BYTES:
            growing.remove(place)
            made += 1
            yield _bundle(place, made)
    for number, place in enumerate(growing, made + 1):
        yield _bundle(place, number)


def _member(item: Item, known: Sequence[Known], encoding: str | None) -> tuple[str, str] | None:
    """The format of a file that can be bundled, and what tells it from other files of its kind."""
    content, name = item.content, PurePosixPath(item.name)
    if isinstance(content, (Words, Bundle)) or name.suffix.lower() != ENDING or _size(item) > limits.MAX_BUNDLED_BYTES:
        return None
    tellers = {each.format.bundle for each in known if each.format.bundle is not None}
    try:
        read = records.document(content, header_words(known), encoding)
    except OSError:
        return None
    if isinstance(read, Words) or not isinstance(read[0], dict) or not tellers & read[0].keys():
        return None
    said = flat(read[0])
    # What encloses the lists is a sheet without a name.
    sheets = [sheet for sheet in records.sheets_of([read[0]], read[1]) if sheet.name]
    if len(sheets) != 1 or (match := find(sheets[0].rows, known, name.stem)) is None:
        return None
    form = match.known.format
    teller = said.get(form.bundle or "", "")
    return (form.id, teller) if teller else None


def _size(item: Item) -> int:
    if isinstance(item.content, Path):
        return item.content.stat().st_size if item.content.is_file() else 0
    return len(item.content) if isinstance(item.content, bytes) else 0


def stem_of(name: str) -> str:
    """A file's name without its ending; of a bundle, the name of the archive or folder it stands in."""
    path = PurePosixPath(name)
    return path.parent.stem if path.stem.startswith(ALL) and path.suffix == ENDING else path.stem


def _bundle(place: _Gathering, number: int) -> Item:
    first = place.items[0]
    name = ALL if number == 1 else f"{ALL}-{number}"
    members = tuple(item.content for item in place.items if isinstance(item.content, (Path, bytes)))
    return replace(
        first,
        name=str(PurePosixPath(first.name).with_name(name + ENDING)),
        content=Bundle(members),
        in_use=any(item.in_use for item in place.items),
    )
