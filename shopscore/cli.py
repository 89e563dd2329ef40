"""The command line: parse, one call, print, exit code.

Heavy imports wait inside the commands: ``--help`` needs neither Polars nor pydantic. The clock, the environment and the
user's configuration are read here and nowhere below.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shopscore import options

if TYPE_CHECKING:
    from shopscore.audit import Request
    from shopscore.cache import Cache

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Audit a shop's service metrics from the files its platform exports.",
    epilog="Exit codes: 0 ran; 1 a --fail-on gate failed; 2 usage or rule error; 3 data unusable; "
    "4 the report could not be kept; 5 some shops failed; 70 a bug of ours.",
)
rules_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The rule packs: list, show, guide, check, stale."
)
formats_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The export formats: list, check.")
app.add_typer(rules_app, name="rules")
app.add_typer(formats_app, name="formats")
key_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The key of the buyers' pseudonyms.")
app.add_typer(key_app, name="key")

Paths = Annotated[list[Path], typer.Argument(help="Folders, files or zips with the platform's exports.")]
Platform = Annotated[str | None, typer.Option(help="Only this platform; see: shopscore rules list.")]
Shop = Annotated[str | None, typer.Option(help="Only this shop.")]
RulesDir = Annotated[list[Path] | None, typer.Option("--rules", help="A folder of packs to add to those shipped.")]
AsOf = Annotated[
    str | None, typer.Option(help="Judge as of this moment, e.g. 2026-11-23T10:00 (default: the newest event).")
]
Lang = Annotated[str | None, typer.Option(help="zh-Hans, zh-Hant or en (default: the locale's).")]
Encoding = Annotated[str | None, typer.Option(help="Read text files in this encoding (default: found out).")]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        help="Exit 1 on: level:fail, level:likely_fail, evidence:likely, metric:ID, regression, error, low_trust; "
        "several with commas or by repeating it."
    ),
]
History = Annotated[
    str | None,
    typer.Option("--history", help="Where past audits are kept: a path (SQLite), or the URL of a database."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of to the terminal.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when all is well: no gate, no shop failed.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read every file anew, and keep nothing of it.")]
Plain = Annotated[bool, typer.Option("--plain", help="No colour.")]


def main() -> None:
    """Run the command line; a mistake is a sentence on stderr and an exit code, never a traceback."""
    from shopscore.console import run

    sys.exit(run(app))


@app.callback(invoke_without_command=True)
def _version(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False
) -> None:
    if version:
        from shopscore import __version__

        typer.echo(f"shopscore {__version__}")
        raise typer.Exit


@app.command()
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
    formats: Annotated[str, typer.Option("--format", help="text, json, or both: text,json.")] = "text",
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
    plain: Plain = False,
) -> None:
    """Read export folders and print where each shop falls short, most worth fixing first."""
    from shopscore import console, lookback
    from shopscore.ledger.crew import ahead

    options.one_of("--engine", engine, ("local",))
    chosen = options.formats(formats, output)
    gates = options.gates(fail_on, remembers=history is not None)
    language = console.language(lang)
    workers = options.workers(workers)
    lookback.begin(history)
    cache = console.kept(use=not no_cache)
    with ahead(paths, workers, partial(_ready, tuple(rules or ()), cache)) as crew:
        from shopscore import audit as program

        request = _request(paths, platform, shop, rules, as_of, encoding, rules_as_of, workers, cache)
        report = program.audit(request, crew)
    console.tidy(cache)
    since = lookback.since(history, report)
    code = console.exit_code(report, gates, since, language, zero=exit_zero)
    kept = lookback.keep(history, report)  # whatever the gates say
    code = code or kept
    if not quiet or code or output is not None or any(each.regressions for each in (since or {}).values()):
        console.deliver(report, chosen, output, language, plain=plain)
        if output is None and chosen == ("text",):
            lookback.show_since(since, language, plain=plain)
    raise typer.Exit(code)


def _ready(rules: tuple[Path, ...], cache: Cache | None) -> None:
    """Load what auditing a shop needs."""
    from shopscore import catalog
    from shopscore.audit import audit  # noqa: F401 - all that hangs on it

    catalog.load(rules, cache)


@app.command()
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
) -> None:
    """List what runs out soon, first what is worth most: to ship, to have scanned, to answer, to decide."""
    from shopscore import audit as program
    from shopscore import console
    from shopscore.due import due_list

    length = options.within(within)
    chosen = options.formats(formats, output, options.DUE_FORMATS)
    options.a_file_for(chosen, output)
    language = console.language(lang)
    workers, cache = options.workers(workers), console.kept(use=not no_cache)
    request = _request(paths, platform, shop, rules, as_of, encoding, workers=workers, cache=cache)
    report = program.audit(replace(request, live=True))
    found = due_list(report, length, None if as_of else console.now())
    console.deliver_due(found, chosen, output, language, plain=plain)
    raise typer.Exit(5 if report.failed else 0)


@app.command()
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
) -> None:
    """Open one number up: its definition, and with data every step from rows read to value."""
    from shopscore import catalog, console

    language = console.language(lang)
    if not paths:
        options.no_rows_without_data(rows, output)
        console.show(catalog.describe(metric, rules or [], platform, console.today()), language, plain=plain)
        return
    from shopscore import explain as program

    fate = options.rows(rows, output)
    request = _request(paths, platform, shop, rules, as_of, encoding, cache=console.kept(use=not no_cache))
    found = program.explain(metric, request, fate, everything=output is not None)
    if output is not None:
        console.write_rows(found.opened, output)
    console.show(found, language, plain=plain)


@app.command()
def read(
    paths: Paths,
    rules: RulesDir = None,
    save: Annotated[Path | None, typer.Option(help="Write the canonical tables as Parquet into this folder.")] = None,
    lang: Lang = None,
    encoding: Encoding = None,
    plain: Plain = False,
) -> None:
    """Show what each file was taken for, which columns went where, and every row accounted for."""
    from shopscore import audit as program
    from shopscore import console

    account = program.read_only(_request(paths, None, None, rules, None, encoding), save)
    console.show_account(account, console.language(lang), plain=plain)
    raise typer.Exit(0 if any(file.rows_accepted for file in account.files) else 3)


@app.command()
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
) -> None:
    """Propose mappings for files no format knows, and a shop.yaml with blanks, as YAML to edit."""
    from shopscore import catalog, console
    from shopscore.drafting import Asked, draft
    from shopscore.paths import meant

    language = console.language(lang)
    drafts = draft(Asked(meant(paths), output, force, encoding, language), catalog.load(rules or []))
    console.write_drafts(drafts, language, plain=plain)


@app.command()
def render(
    report: Annotated[Path, typer.Argument(help="A report written by: shopscore audit PATH --format json.")],
    formats: Annotated[str, typer.Option("--format", help="text, json, or both: text,json.")] = "text",
    output: Output = None,
    lang: Lang = None,
    plain: Plain = False,
) -> None:
    """Write an old report again: in another format, in the other language."""
    from shopscore import console

    chosen = options.formats(formats, output)
    console.deliver(console.read_report(report), chosen, output, console.language(lang), plain=plain)


@app.command()
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
) -> None:
    """Compare two audits: what got worse first, what got better as a footnote."""
    from shopscore import console, lookback
    from shopscore import diff as program

    options.one_of("--format", formats, ("text", "json"))
    if fail_on is not None:
        options.one_of("--fail-on", fail_on, ("regression",))
    language = console.language(lang)
    first, second = (lookback.report_of(name, history, platform, shop) for name in (before, after))
    found = program.compare(first, second)
    if not force:
        lookback.refuse_unlike(found, language)
    lookback.show_comparison(found, formats, output, language, plain=plain)
    raise typer.Exit(1 if fail_on and any(shop.regressions for shop in found.shops) else 0)


@app.command()
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
) -> None:
    """Show a metric over past audits, or which audits there are."""
    from shopscore import console, lookback
    from shopscore import history as past

    options.one_of("--format", formats, options.HISTORY_FORMATS)
    language = console.language(lang)
    if metric is None:
        found = past.audits(history, last, platform=platform, shop=shop)
        lookback.show_audits(found, formats, output, language, plain=plain)
    else:
        series = past.series(history, metric, last, platform=platform, shop=shop)
        lookback.show_series(series, formats, output, language, plain=plain)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the JSON report."""
    from shopscore import console

    console.print_schema()


@rules_app.command("list")
def rules_list(rules: RulesDir = None, lang: Lang = None) -> None:
    """The packs and their metrics."""
    from shopscore import console, listings

    console.print_lines(listings.list_rules(rules or []), console.language(lang))


@rules_app.command("show")
def rules_show(
    platform: Annotated[str, typer.Argument(help="A platform, or one metric (PLATFORM.NAME); see: rules list.")],
    rules: RulesDir = None,
    lang: Lang = None,
    needs: Annotated[
        bool, typer.Option("--needs", help="Per metric: which file to download for how many days.")
    ] = False,
) -> None:
    """One pack: its metrics with definition status and window, or what each needs."""
    from shopscore import catalog, console, listings

    language = console.language(lang)
    today = console.today()
    if needs:
        console.print_lines(listings.list_needs(platform, rules or [], today), language)
    elif listings.is_platform(platform, rules or []):
        console.print_lines(listings.show_rules(platform, rules or [], today), language)
    else:
        console.show(catalog.describe(platform, rules or [], None, today), language, plain=False)


@rules_app.command("guide")
def rules_guide(
    platform: Annotated[str | None, typer.Argument(help="A platform (1688); default: every one.")] = None,
    rules: RulesDir = None,
    lang: Lang = None,
) -> None:
    """The platform's guide item by item: the metrics of each indicator, what they need, what is missing."""
    from shopscore import console, listings

    console.print_all(listings.list_guides(platform, rules or [], console.today()), console.language(lang))


@rules_app.command("stale")
def rules_stale(
    rules: RulesDir = None,
    lang: Lang = None,
    months: Annotated[int, typer.Option(min=1, help="How old a text, or the last look at it, may be.")] = 12,
) -> None:
    """What in the packs may have aged, worst first: sources, versions, calendars."""
    from shopscore import console, listings

    console.print_lines(listings.list_stale(rules or [], console.today(), months), console.language(lang))


@rules_app.command("check")
def rules_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of packs to check too.")] = None,
) -> None:
    """Load every pack strictly and say all that is wrong, each with file and line."""
    from shopscore import console, listings

    console.print_lines(listings.check_rules(paths or [], console.today()), console.language(None))


@formats_app.command("list")
def formats_list(rules: RulesDir = None, lang: Lang = None) -> None:
    """The export files shopscore knows, and where the seller gets them."""
    from shopscore import console, listings

    console.print_lines(listings.list_formats(rules or []), console.language(lang))


@formats_app.command("check")
def formats_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of formats to check too.")] = None,
) -> None:
    """Load every format strictly and say all that is wrong."""
    rules_check(paths)


@key_app.command("show")
def key_show() -> None:
    """Which key is in use, by its fingerprint, and where it is kept."""
    from shopscore import console

    console.show_key()


@key_app.command("rotate")
def key_rotate() -> None:
    """Make a new key: from now on buyers get other pseudonyms, and the old ones can no longer be made."""
    from shopscore import console

    console.rotate_key()


def _request(
    paths: list[Path],
    platform: str | None,
    shop: str | None,
    rules: list[Path] | None,
    as_of: str | None,
    encoding: str | None,
    rules_as_of: str | None = None,
    workers: int | None = None,
    cache: Cache | None = None,
) -> Request:
    from shopscore import console
    from shopscore.audit import Request
    from shopscore.paths import meant

    days = options.days("--rules-as-of", rules_as_of)
    return Request(
        paths=meant(paths),
        rules_dirs=tuple(rules or ()),
        platform=platform,
        shop=shop,
        as_of=options.moment("--as-of", as_of),
        rules_as_of=days[-1] if days else None,
        encoding=encoding,
        key=console.pseudonym_key(),
        now=console.latest_local_time(),
        workers=workers,
        rules_beside=days[0] if len(days) > 1 else None,
        cache=cache,
    )
