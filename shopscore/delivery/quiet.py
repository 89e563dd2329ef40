"""What is printed without a word about files → what must be said on stderr: silence says that all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import ShopDue, ShopReport


def tell_unread(shops: Iterable[ShopReport | ShopDue], lang: str) -> None:
    """Say which files could not be read: what they hold is in no verdict, and may be what is not well."""
    from shopscore.render import trusted

    for line in trusted.silenced(shops, lang):
        console.say(line)


def tell_unlisted(shops: Iterable[ShopDue], lang: str) -> None:
    """Say what stands in no row of a pick list."""
    from shopscore.render import due
    from shopscore.render.escape import terminal
    from shopscore.render.words import labelled

    for shop in shops:
        for told in due.beside(shop, lang):
            console.say(terminal(labelled(lang, f"{shop.platform}/{shop.shop}", told)))
