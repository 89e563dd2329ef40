"""What the platform displays, from ``platform_scores`` and ``shop.yaml`` → scores, and a figure beside each metric."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.model import Displayed
from shopscore.standing import entered_names

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from shopscore.doubt import Room
    from shopscore.model import Origin
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.shopfile import ShopFile
    from shopscore.tables import ShopTables


class Shown(Struct, frozen=True):
    """What is displayed on T.

    Attributes:
        file: ``shop.yaml`` with the scores of ``platform_scores`` added; what the seller typed in stands.
        figures: metric id → its figure.
        scores: name under ``scores:`` → its value and where it was read.
        unknown: names in ``platform_scores`` that are no metric and no score of the platform.
        overruled: names for which ``shop.yaml`` gives another score than ``platform_scores``.
    """

    file: ShopFile
    figures: Mapping[str, Displayed]
    scores: Mapping[str, tuple[float, Origin]]
    unknown: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()


def shown(tables: ShopTables, file: ShopFile, pack: Pack, day: dt.date) -> Shown:
    """The newest figure of every metric by a day, and every score that was entered.

    A name that is a metric's is that metric's figure, in its unit; the names of composites' inputs, factors and gates
    are scores. The platform's dated figure outranks ``shown:``, since its day is known; for scores and the composite
    ``shop.yaml`` does, since it was typed in to be used.
    """
    metrics = {metric.id: metric for metric in pack.metrics}
    names = score_names(pack)
    rows = {_short(name, pack): found for name, found in _newest(tables, day)}
    figures = {name: Displayed(value, None, None, None, "shop.yaml") for name, value in file.shown.items()}
    figures |= {name: found for name, found in rows.items() if name in metrics}
    read: dict[str, tuple[float, Origin]] = {
        name: (found.value, "platform_scores")
        for name, found in rows.items()
        if name in names and (name not in metrics or metrics[name].kind in ("none", "composite"))
    }
    scores = read | {name: (value, "shop.yaml") for name, value in file.scores.items()}
    overall = next((rows[name].value for name, each in metrics.items() if name in rows and each.is_overall), None)
    update = {
        "scores": {name: value for name, (value, _) in scores.items()},
        "displayed": file.displayed if file.displayed is not None else overall,
    }
    return Shown(
        file=file.model_copy(update=update),
        figures={name: each for name, each in figures.items() if name in metrics},
        scores=scores,
        unknown=tuple(sorted(set(rows) - metrics.keys() - names)),
        overruled=tuple(sorted(name for name in read if name in file.scores and file.scores[name] != read[name][0])),
    )


def compared(figure: Displayed | None, value: float | None, unit: str, room: Room | None) -> Displayed | None:
    """A figure with whether the computed value is another one.

    It is not where it rounds to the figure, or where what was lost while reading leaves it room to.
    """
    if figure is None or value is None:
        return figure
    low, high = (value, value) if room is None or room.certain is None else room.certain
    half = rounding(figure.value, unit)
    return replace(figure, differs=not low - half <= figure.value <= high + half)


def rounding(figure: float, unit: str) -> float:
    """Half a unit of the last digit a figure was shown with; rates are shown in whole percents at least."""
    exponent = Decimal(repr(figure)).normalize().as_tuple().exponent
    digits = max(-exponent, 0) if isinstance(exponent, int) else 0
    return 0.5 * 10.0 ** -max(digits, 2 if unit == "rate" else 0) * (1 + 1e-9)


def score_names(pack: Pack) -> frozenset[str]:
    """What may stand under ``scores:`` besides the metrics themselves."""
    return entered_names(pack) | {each.score for each in pack.inputs}


def _short(name: str, pack: Pack) -> str:
    return name.strip().removeprefix(f"{pack.platform}.")


def _newest(tables: ShopTables, day: dt.date) -> Iterator[tuple[str, Displayed]]:
    """Each name's newest figure by a day; of figures of one day, the last row."""
    frame = tables.tables.get("platform_scores")
    if frame is None or not {"date", "metric", "value"} <= set(frame.columns):
        return
    extra = [name for name in ("peer", "goal") if name in frame.columns]
    known = frame.select("date", "metric", "value", *extra).drop_nulls(["date", "metric", "value"])
    past = known.filter(known.get_column("date").dt.date() <= day)
    newest = past.sort("date", maintain_order=True).unique("metric", keep="last", maintain_order=True)
    for row in newest.iter_rows(named=True):
        day_shown = row["date"].date()
        yield row["metric"], Displayed(row["value"], day_shown, row.get("peer"), row.get("goal"), "platform_scores")
