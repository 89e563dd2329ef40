"""A JSON value → the objects in its lists, each with the place of its list and what encloses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopscore.readers.kinds.flat import flat, lists_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Above = tuple["Mapping[str, str]", ...]
"""The scalars of what encloses a record, the outermost first, under names that lead from the top."""
Record = tuple[str, "dict[str, str] | None", Above]
"""The place of a list, an entry's scalars (None where it is no object), and what encloses it."""

_ABOVE = "/"
"""Before the name of a column of what encloses a record, where the record has a column of that name itself."""


def records_in(values: Iterable[Any], place: str, above: Above) -> Iterator[Record]:
    """The entries of a list, each before those of the lists inside it."""
    for value in values:
        if isinstance(value, dict):
            own = flat(value)
            yield place, own, above
            yield from below(value, place, own, above)
        else:
            yield place, None, above


def below(record: Mapping[str, Any], place: str, own: Mapping[str, str], above: Above = ()) -> Iterator[Record]:
    """The entries of the lists inside an object.

    Args:
        record: the object.
        place: of the object.
        own: its scalars.
        above: what encloses it.
    """
    prefix = f"{place}." if place else ""
    lists = list(lists_in(record))
    if lists:
        here = (*above, {prefix + name: text for name, text in own.items()})
        for name, values in lists:
            yield from records_in(values, prefix + name, here)


def places_of(own: Sequence[str], upper: Iterable[str]) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """A header and where each of its columns is found: under which name, and whether in the record itself."""
    outer = tuple(upper)
    header = (*own, *(f"{_ABOVE}{key}" if key in own else key for key in outer))
    return header, (*((key, True) for key in own), *((key, False) for key in outer))


def picked(own: Mapping[str, str], above: Above, places: Iterable[tuple[str, bool]]) -> list[str]:
    """The cells of a record; of names that several enclosing objects have the nearest one's."""
    return [own.get(key, "") if mine else _looked_up(above, key) for key, mine in places]


def _looked_up(above: Above, key: str) -> str:
    return next((each[key] for each in reversed(above) if key in each), "")
