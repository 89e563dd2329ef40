"""Commands that read export folders."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from shopscore import console, delivery, options
from shopscore.cli.parameters import (
    AsOf,
    Encoding,
    FailOn,
    Fleet,
    Formats,
    Heartbeat,
    History,
    Lang,
    Lock,
    NoCache,
    Notify,
    NotifyOn,
    Output,
    Paths,
    Plain,
    Platform,
    Quiet,
    RulesDir,
    Shop,
    ShopTimeout,
    Wait,
    Whole,
    Width,
    request,
)

if TYPE_CHECKING:
    from shopscore.cache import Cache


def audit(
    paths: Paths,
    platform: Platform = None,
    shop: Shop = None,
    rules: RulesDir = None,
    as_of: AsOf = None,
    rules_as_of: Annotated[
        str | None,
        typer.Option(help="Apply the definitions in force on this day; of two (D1,D2) D1 is shown beside D2."),
    ] = None,
    formats: Formats = "text",
    output: Output = None,
    lang: Lang = None,
    fail_on: FailOn = None,
    history: History = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 where a gate fails; say it all the same.")
    ] = False,
    encoding: Encoding = None,
    workers: Annotated[int | None, typer.Option(help="Shops audited at once (default: the cores).")] = None,
    engine: Annotated[str, typer.Option(help="Who runs the shops: local.")] = "local",
    no_cache: NoCache = False,
    quiet: Quiet = False,
    whole: Whole = False,
    plain: Plain = False,
    width: Width = None,
    notify: Notify = None,
    notify_on: NotifyOn = None,
    heartbeat: Heartbeat = None,
    lock: Lock = None,
    wait: Wait = "10m",
    fleet: Fleet = None,
    shop_timeout: ShopTimeout = "60m",
) -> None:
    """Read export folders and print where each shop falls short, most worth fixing first."""
    from shopscore import after, lookback
    from shopscore.ledger.crew import ahead

    options.one_of("--engine", engine, ("local",))
    chosen = options.formats(formats, output)
    options.a_file_for(chosen, output, "report.xlsx")
    gates = options.gates(fail_on, remembers=history is not None)
    language = console.language(lang)
    workers, patience = options.workers(workers), options.within(shop_timeout, "--shop-timeout").total_seconds()
    told = after.told(notify, options.notify_on(notify_on), remembers=history is not None)
    look = console.look(output, plain=plain, width=width, whole=whole)
    wishes = after.Wishes(gates, exit_zero, history, chosen, output, language, quiet, look, heartbeat, told)
    lookback.begin(history)
    cache = console.kept(use=not no_cache)
    with after.turn(paths, wishes, lock, wait):
        folders = tuple(rules or ())
        light, ready = partial(_light, folders, cache), partial(_ready, folders, cache)
        with ahead(paths, workers, light, ready) as crew:
            from shopscore import audit as program

            asked = request(paths, platform, shop, rules, as_of, encoding, rules_as_of, workers, cache)
            kept = history is not None or any(delivery.REPORT[name].kept for name in chosen)
            asked = replace(asked, segments=kept, fleet=fleet, patience=patience)
            with console.progress(quiet=quiet, plain=plain) as seen:
                report = program.audit(asked, crew, seen)
        console.tidy(cache)
        code = after.finish(report, wishes)
    raise typer.Exit(code)


def _light(rules: tuple[Path, ...], cache: Cache | None) -> None:
    """Load what auditing a shop needs, without the engine."""
    from shopscore import catalog

    catalog.load(rules, cache)


def _ready(rules: tuple[Path, ...], cache: Cache | None) -> None:
    """Load all that auditing a shop needs."""
    from shopscore.audit import audit  # noqa: F401 - all that hangs on it

    _light(rules, cache)


def due(
    paths: Paths,
    within: Annotated[str, typer.Option(help="How far ahead to look: 30m, 6h, 2d.")] = "24h",
    platform: Platform = None,
    shop: Shop = None,
    rules: RulesDir = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="Look from this moment of the shop, e.g. 2026-11-23T10:00 (default: now, by this computer)."),
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="text, json, csv, xlsx, or several: text,xlsx.")] = "text",
    output: Output = None,
    lang: Lang = None,
    encoding: Encoding = None,
    workers: Annotated[int | None, typer.Option(help="Shops at once (default: the cores).")] = None,
    no_cache: NoCache = False,
    plain: Plain = False,
    width: Width = None,
) -> None:
    """List what runs out soon, first what is worth most: to ship, to have scanned, to answer, to decide."""
    from shopscore import audit as program
    from shopscore.due import due_list

    length = options.within(within)
    chosen = options.formats(formats, output, options.DUE_FORMATS)
    options.a_file_for(chosen, output, "due.xlsx")
    language = console.language(lang)
    workers, cache = options.workers(workers), console.kept(use=not no_cache)
    asked = request(paths, platform, shop, rules, as_of, encoding, workers=workers, cache=cache)
    report = program.audit(replace(asked, live=True, fleet=False))
    found = due_list(report, length, None if as_of else console.now())
    delivery.deliver_due(found, chosen, output, language, look=console.look(output, plain=plain, width=width))
    raise typer.Exit(5 if report.failed else 0)


def explain(
    metric: Annotated[
        str, typer.Argument(help="A metric (PLATFORM.NAME or NAME), an advice id, or a glob; see: rules list.")
    ],
    paths: Annotated[list[Path] | None, typer.Argument(help="With data: the counts, the rows, the segments.")] = None,
    platform: Platform = None,
    shop: Shop = None,
    rules: RulesDir = None,
    as_of: AsOf = None,
    rows: Annotated[
        str | None,
        typer.Option(help="List these rows: miss, hit, pending, unknown, excluded, counted; suspicious of a check."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the rows to this CSV file.")] = None,
    lang: Lang = None,
    encoding: Encoding = None,
    no_cache: NoCache = False,
    plain: Plain = False,
    width: Width = None,
) -> None:
    """Open one number up: its definition, and with data every step from rows read to value."""
    from shopscore import catalog

    language = console.language(lang)
    look = console.look(plain=plain, width=width)
    if not paths:
        options.no_rows_without_data(rows, output)
        delivery.show(catalog.describe(metric, rules or [], platform, console.today()), language, look=look)
        return
    from shopscore import explain as program

    fate = options.rows(rows, output)
    asked = request(paths, platform, shop, rules, as_of, encoding, cache=console.kept(use=not no_cache))
    found = program.explain(metric, asked, fate, everything=output is not None)
    if output is not None:
        delivery.write_rows(found.opened, output)
    delivery.show(found, language, look=look)


def read(
    paths: Paths,
    rules: RulesDir = None,
    save: Annotated[Path | None, typer.Option(help="Write the canonical tables as Parquet into this folder.")] = None,
    lang: Lang = None,
    encoding: Encoding = None,
    no_cache: NoCache = False,
    plain: Plain = False,
    width: Width = None,
) -> None:
    """Show what each file was taken for, which columns went where, and every row accounted for."""
    from shopscore import account as program

    cache = console.kept(use=not no_cache)
    account = program.account(request(paths, None, None, rules, None, encoding, cache=cache), save)
    console.tidy(cache)
    delivery.show_account(account, console.language(lang), look=console.look(plain=plain, width=width))
    raise typer.Exit(0 if any(file.rows_accepted for file in account.files) else 3)


def init(
    paths: Paths,
    rules: RulesDir = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write into this folder (default: beside the files).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write again what is there already.")] = False,
    lang: Lang = None,
    encoding: Encoding = None,
    plain: Plain = False,
    width: Width = None,
) -> None:
    """Propose mappings for files no format knows, and a shop.yaml with blanks, as YAML to edit."""
    from shopscore import catalog
    from shopscore.drafting import Asked, draft
    from shopscore.paths import meant

    language = console.language(lang)
    drafts = draft(Asked(meant(paths), output, force, encoding, language), catalog.load(rules or []))
    delivery.write_drafts(drafts, language, look=console.look(plain=plain, width=width))
