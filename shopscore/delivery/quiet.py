"""A report that nobody prints → what must be said on stderr all the same: silence says that all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import console

if TYPE_CHECKING:
    from shopscore.model import Report


def tell_unread(report: Report, lang: str) -> None:
    """Say which files could not be read: what they hold is in no verdict, and may be what is not well."""
    from shopscore.render import trusted

    for line in trusted.silenced(report, lang):
        console.tell(line)
