"""Commands about packs and formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shopscore import console, delivery
from shopscore.cli.parameters import Lang, RulesDir

rules_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The rule packs: list, show, guide, check, stale."
)
formats_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The export formats: list, check.")


@rules_app.command("list")
def rules_list(rules: RulesDir = None, lang: Lang = None) -> None:
    """The packs and their metrics."""
    from shopscore import listings

    delivery.print_listing(listings.list_rules(rules or []), console.language(lang))


@rules_app.command("show")
def rules_show(
    platform: Annotated[str, typer.Argument(help="A platform, or one metric (PLATFORM.NAME); see: rules list.")],
    rules: RulesDir = None,
    lang: Lang = None,
    needs: Annotated[
        bool, typer.Option("--needs", help="Per metric: which file to download for how many days.")
    ] = False,
) -> None:
    """One pack: its metrics with definition status and window, its clocks; or what each metric needs."""
    from shopscore import catalog, listings

    language = console.language(lang)
    today = console.today()
    if needs:
        delivery.print_listing(listings.list_needs(platform, rules or [], today), language)
    elif listings.is_platform(platform, rules or []):
        delivery.print_listings(listings.show_rules(platform, rules or [], today), language)
    else:
        delivery.show(
            catalog.describe(platform, rules or [], None, today), language, look=console.look(plain=False, width=None)
        )


@rules_app.command("guide")
def rules_guide(
    platform: Annotated[str | None, typer.Argument(help="A platform (1688); default: every one.")] = None,
    rules: RulesDir = None,
    lang: Lang = None,
) -> None:
    """The platform's guide item by item: the metrics of each indicator, what they need, what is missing."""
    from shopscore import listings

    delivery.print_listings(listings.list_guides(platform, rules or [], console.today()), console.language(lang))


@rules_app.command("stale")
def rules_stale(
    rules: RulesDir = None,
    lang: Lang = None,
    months: Annotated[int, typer.Option(min=1, help="How old a text, or the last look at it, may be.")] = 12,
) -> None:
    """What in the packs may have aged, worst first: sources, versions, calendars."""
    from shopscore import listings

    delivery.print_listing(listings.list_stale(rules or [], console.today(), months), console.language(lang))


@rules_app.command("check")
def rules_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of packs to check too.")] = None,
) -> None:
    """Load every pack strictly and say all that is wrong, each with file and line."""
    from shopscore import listings

    delivery.print_listing(listings.check_rules(paths or [], console.today()), console.language(None))


@formats_app.command("list")
def formats_list(rules: RulesDir = None, lang: Lang = None) -> None:
    """The export files shopscore knows, and where the seller gets them."""
    from shopscore import listings

    delivery.print_listing(listings.list_formats(rules or []), console.language(lang))


@formats_app.command("check")
def formats_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of formats to check too.")] = None,
) -> None:
    """Load every format strictly and say all that is wrong."""
    rules_check(paths)
