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
        console.tell(line)
