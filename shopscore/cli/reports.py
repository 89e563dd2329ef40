"""Commands that read audits of before: write one again, compare two, look back over many."""

from __future__ import annotations

from typing import Annotated

import typer

from shopscore import console, delivery, options
from shopscore.cli.parameters import Formats, History, Lang, Output, Plain, Platform, Shop, Whole, Width


def render(
    report: Annotated[
        str,
        typer.Argument(
            help="A report written by: shopscore audit PATH --format json (or html); "
            "with --history: last, previous, an id."
        ),
    ],
    formats: Formats = "text",
    output: Output = None,
    history: History = None,
    platform: Platform = None,
    shop: Shop = None,
    lang: Lang = None,
    whole: Whole = False,
    plain: Plain = False,
    width: Width = None,
) -> None:
    """Write an old report again: in another format, in the other language."""
    from shopscore import lookback

    chosen = options.formats(formats, output)
    options.a_file_for(chosen, output, "report.xlsx")
    found = lookback.report_of(report, history, platform, shop)
    look = console.look(output, plain=plain, width=width, whole=whole)
    delivery.deliver(found, chosen, output, console.language(lang), look=look)


def diff(
    before: Annotated[
        str, typer.Argument(help="The earlier audit: a JSON report, or with --history: last, previous, an id.")
    ],
    after: Annotated[str, typer.Argument(help="The later audit, likewise.")],
    history: History = None,
    platform: Platform = None,
    shop: Shop = None,
    force: Annotated[bool, typer.Option("--force", help="Compare what is not alike too.")] = False,
    fail_on: Annotated[str | None, typer.Option(help="Exit 1 on: regression.")] = None,
    formats: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    output: Output = None,
    lang: Lang = None,
    plain: Plain = False,
    width: Width = None,
) -> None:
    """Compare two audits: what got worse first, what got better as a footnote."""
    from shopscore import diff as program
    from shopscore import lookback

    options.one_of("--format", formats, ("text", "json"))
    if fail_on is not None:
        options.one_of("--fail-on", fail_on, ("regression",))
    language = console.language(lang)
    first, second = (lookback.report_of(name, history, platform, shop) for name in (before, after))
    found = program.compare(first, second)
    if not force:
        lookback.refuse_unlike(found)
    look = console.look(output, plain=plain, width=width)
    lookback.show_comparison(found, formats, output, language, look=look)
    raise typer.Exit(1 if fail_on and any(shop.regressions for shop in found.shops) else 0)


def history(
    history: Annotated[str, typer.Option("--history", help="Where past audits are kept: a path (SQLite), or a URL.")],
    metric: Annotated[
        str | None,
        typer.Argument(help="A metric (PLATFORM.NAME or NAME) or a glob; without one the audits are listed."),
    ] = None,
    platform: Platform = None,
    shop: Shop = None,
    last: Annotated[int, typer.Option("--last", min=1, help="So many audits of each shop.")] = 30,
    formats: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    output: Output = None,
    lang: Lang = None,
    plain: Plain = False,
    width: Width = None,
) -> None:
    """Show a metric over past audits, or which audits there are."""
    from shopscore import history as past
    from shopscore import lookback

    options.one_of("--format", formats, options.HISTORY_FORMATS)
    language = console.language(lang)
    look = console.look(output, plain=plain, width=width)
    if metric is None:
        found = past.audits(history, last, platform=platform, shop=shop)
        lookback.show_audits(found, formats, output, language, look=look)
    else:
        series = past.series(history, metric, last, platform=platform, shop=shop)
        lookback.show_series(series, formats, output, language, look=look)


def schema() -> None:
    """Print the JSON Schema of the JSON report."""
    delivery.print_schema()
