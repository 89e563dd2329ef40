"""Commands about the key of the buyers' pseudonyms."""

from __future__ import annotations

import typer

from shopscore import console

key_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The key of the buyers' pseudonyms.")


@key_app.command("show")
def key_show() -> None:
    """Which key is in use, by its fingerprint, and where it is kept."""
    console.show_key()


@key_app.command("rotate")
def key_rotate() -> None:
    """Make a new key: from now on buyers get other pseudonyms, and the old ones can no longer be made."""
    console.rotate_key()
