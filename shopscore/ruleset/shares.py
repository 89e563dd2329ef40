"""A shop's ``shop.yaml`` → figures in it that are shares and were typed as percentages: 95 for 0.95."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.shopfile import ShopFile


_WHOLE = 100


def no_shares(pack: Pack, shop: ShopFile) -> Iterator[Problem]:
    """Figures of shares that lie outside 0 to 1: a target of 9500 % would be judged as it stands."""
    rates = {metric.id for metric in pack.metrics if metric.unit == "rate"}
    ranks = {
        name
        for gate in pack.gates
        for name in gate.scores
        if any(limit is not None and 0 < limit < 1 for limit in (gate.at_least, gate.at_most))
    }
    given = [
        *((f"shown.{name}", value) for name, value in shop.shown.items() if name in rates),
        *(
            (f"cutoffs.{name}.{band}", value)
            for name, bands in shop.cutoffs.items()
            if name in rates
            for band, value in bands.items()
        ),
        *((f"scores.{name}", value) for name, value in shop.scores.items() if name in ranks - rates),
    ]
    for where, value in given:
        if not 0 <= value <= 1:
            hint, zh_hint = _meant(value)
            what, zh = f"{value:g} is no share", f"{value:g} 不是比例"
            yield Problem("shop.yaml", where, what, hint=hint, zh=zh, zh_hint=zh_hint)


def _meant(value: float) -> tuple[str, str]:
    """What was probably meant, as an example that fits the figure."""
    share = value / _WHOLE
    if 0 < share <= 1:
        return f"write {share:.6g} for {value:g} %", f"{value:g} % 请写 {share:.6g}"
    return "write a number from 0 to 1, such as 0.95 for 95 %", "请写 0 到 1 的数，例如 95 % 写 0.95"
