"""Commands about packs and formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shopscore import console, delivery
from shopscore.cli.parameters import Lang, RulesDir, Width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Listing

rules_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The rule packs: list, show, guide, check, stale."
)
formats_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The export formats: list, check.")


@rules_app.command("list")
def rules_list(rules: RulesDir = None, lang: Lang = None, width: Width = None) -> None:
    """The packs and their metrics."""
    from shopscore import listings

    _print([listings.list_rules(rules or [])], lang, width)


@rules_app.command("show")
def rules_show(
    platform: Annotated[str, typer.Argument(help="A platform, or one metric (PLATFORM.NAME); see: rules list.")],
    rules: RulesDir = None,
    lang: Lang = None,
    needs: Annotated[
        bool, typer.Option("--needs", help="Per metric: which file to download for how many days.")
    ] = False,
    width: Width = None,
) -> None:
    """One pack: its metrics with definition status and window, its clocks; or what each metric needs."""
    from shopscore import catalog, listings

    today = console.today()
    if needs:
        _print([listings.list_needs(platform, rules or [], today)], lang, width)
    elif listings.is_platform(platform, rules or []):
        _print(listings.show_rules(platform, rules or [], today), lang, width)
    else:
        found = catalog.describe(platform, rules or [], None, today)
        delivery.show(found, console.language(lang), look=console.look(plain=False, width=width))


@rules_app.command("guide")
def rules_guide(
    platform: Annotated[str | None, typer.Argument(help="A platform (1688); default: every one.")] = None,
    rules: RulesDir = None,
    lang: Lang = None,
    width: Width = None,
) -> None:
    """The platform's guide item by item: the metrics of each indicator, what they need, what is missing."""
    from shopscore import listings

    _print(listings.list_guides(platform, rules or [], console.today()), lang, width)


@rules_app.command("stale")
def rules_stale(
    rules: RulesDir = None,
    lang: Lang = None,
    months: Annotated[int, typer.Option(min=1, help="How old a text, or the last look at it, may be.")] = 12,
    width: Width = None,
) -> None:
    """What in the packs may have aged, worst first: sources, versions, calendars."""
    from shopscore import listings

    _print([listings.list_stale(rules or [], console.today(), months)], lang, width)


@rules_app.command("check")
def rules_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of packs to check too.")] = None,
    lang: Lang = None,
    width: Width = None,
) -> None:
    """Load every pack strictly and say all that is wrong, each with file and line."""
    from shopscore import listings

    _print([listings.check_rules(paths or [], console.today())], lang, width)


@formats_app.command("list")
def formats_list(rules: RulesDir = None, lang: Lang = None, width: Width = None) -> None:
    """The export files shopscore knows, and where the seller gets them."""
    from shopscore import listings

    _print([listings.list_formats(rules or [])], lang, width)


@formats_app.command("check")
def formats_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of formats to check too.")] = None,
    lang: Lang = None,
    width: Width = None,
) -> None:
    """Load every format strictly and say all that is wrong."""
    rules_check(paths, lang, width)


def _print(found: Iterable[Listing], lang: str | None, width: int | None) -> None:
    delivery.print_listings(found, console.language(lang), look=console.look(plain=False, width=width))
