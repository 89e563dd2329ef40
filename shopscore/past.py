"""An audit and its history → what each shop has become since its last comparable audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import diff, history

if TYPE_CHECKING:
    from shopscore.model import Report, ShopComparison, ShopReport


def since(kept: str, report: Report) -> dict[str, ShopComparison]:
    """The comparison of each shop (``platform/shop``) that has an earlier audit alike."""
    opened: dict[int, Report] = {}
    found = {f"{shop.platform}/{shop.shop}": _since(kept, report, shop, opened) for shop in report.shops}
    return {name: each for name, each in found.items() if each is not None}


def _since(kept: str, report: Report, shop: ShopReport, opened: dict[int, Report]) -> ShopComparison | None:
    for other in history.earlier(kept, report, shop, opened):
        before = next(each for each in other.shops if (each.platform, each.shop) == (shop.platform, shop.shop))
        compared = diff.shops(other, before, report, shop)
        if not compared.unlike:
            return compared
    return None
