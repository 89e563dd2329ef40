"""The cells of one column → what they look like: how many read as its kind, and in which way they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.readers.cells import cast
from shopscore.readers.cells.privacy import shape
from shopscore.readers.cells.style import PLAIN, Style, Zones
from shopscore.readers.cells.times import OFFSET
from shopscore.schema import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from shopscore.readers.cells.style import Order
    from shopscore.schema import Kind

_ZONE = Zones("UTC")
"""Any zone: whether a time with an offset can be read does not depend on it."""
_CLOCK = r"\d[:.]\d\d"
_CLOCK_AND_OFFSET = rf"\d:\d\d.*{OFFSET}"
_NO_IDENTIFIER = r"\s\S+\s|[,;!?。，]"
_LONGEST_IDENTIFIER = 64
_GROUPS_OR_FRACTION = r"^\D*[1-9]\d{0,2}\.\d{3}\D*$"
_POINT = "."


class Look(Struct, frozen=True):
    """What the filled cells of a column look like as one kind.

    Attributes:
        filled: cells that say something.
        fitting: those of them that read as the kind.
        clocks: of times, those with a time of day.
        offsets: of times, those with an offset.
        form: of times, the form only a format can state, or nothing.
        order: of times, what they tell of the order of day and month, where it matters.
        comma: of amounts, they read better with a comma before the fraction.
        point: of amounts, only a point before the fraction makes sense of them.
        unclear: of amounts, all those with a point could be thousands or fractions.
        odd: the shape of the first cell that does not read, or nothing.
    """

    filled: int
    fitting: int
    clocks: int = 0
    offsets: int = 0
    form: str = ""
    order: Order | None = None
    comma: bool = False
    point: bool = False
    unclear: bool = False
    odd: str = ""

    @property
    def share(self) -> float:
        """The part that fits; all of nothing."""
        return self.fitting / self.filled if self.filled else 1.0


def filled_cells(cells: pl.Series) -> pl.Series:
    """The cells that say something, without their guards."""
    texts = cast.clean(cells)
    return texts.filter(~cast.blank(texts))


def look(cells: pl.Series, kind: Kind, forms: Iterable[str] = ()) -> Look:
    """What a column's cells look like as one kind.

    Args:
        cells: as they were written.
        kind: of the canonical column the header may fill.
        forms: of times, those that only formats state.
    """
    texts = filled_cells(cells)
    if texts.is_empty():
        return Look(0, 0)
    if kind == "time":
        return _times(texts, forms)
    if kind in {"money", "number", "integer"}:
        return _numbers(texts, kind)
    found = _read(texts, kind, PLAIN)
    if kind != "id":
        return found
    odd = texts.filter(texts.str.contains(_NO_IDENTIFIER) | (texts.str.len_chars() > _LONGEST_IDENTIFIER))
    return replace(found, fitting=max(found.fitting - len(odd), 0), odd=found.odd or _first(odd))


def _read(texts: pl.Series, kind: Kind, style: Style) -> Look:
    read = cast.typed(texts, Column("cells", kind, ""), _ZONE, style)
    odd = texts.filter(read.refused)
    return Look(len(texts), len(texts) - len(odd), order=read.order, odd=_first(odd))


def _first(odd: pl.Series) -> str:
    return shape(odd[0]) if len(odd) else ""


def _times(texts: pl.Series, forms: Iterable[str]) -> Look:
    """Times as they are read anyway, else in the form under which most of them can be."""
    best = _read(texts, "time", PLAIN)
    if best.order in {"unknown", "mixed"}:
        return best
    for form in forms if best.fitting < best.filled else ():
        other = _read(texts, "time", Style((form,)))
        if other.fitting > best.fitting:
            best = replace(other, form=form)
    offsets = int(texts.str.contains(_CLOCK_AND_OFFSET).sum()) if best.fitting and not best.form else 0
    return replace(best, clocks=int(texts.str.contains(_CLOCK).sum()), offsets=offsets)


def _numbers(texts: pl.Series, kind: Kind) -> Look:
    """Numbers with a point before their fraction, or with a comma where only that, or rather that, makes sense."""
    point, comma = (_read(texts, kind, Style(decimal=sign)) for sign in (_POINT, ","))
    pointed = texts.filter(texts.str.contains(_POINT, literal=True))
    unclear = kind == "money" and len(pointed) > 0 and bool(pointed.str.contains(_GROUPS_OR_FRACTION).all())
    if comma.fitting > point.fitting or (unclear and comma.fitting == comma.filled):
        return replace(comma, comma=True, unclear=unclear and point.fitting == point.filled)
    return replace(point, point=point.fitting > comma.fitting)
