"""The parameters that commands share, and what they ask of an audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shopscore import console, options

if TYPE_CHECKING:
    from shopscore.asked import Request
    from shopscore.cache import Cache

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
Formats = Annotated[
    str, typer.Option("--format", help=f"One of {', '.join(options.FORMATS)}; or several with commas, into a folder.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when all is well: no gate, no shop failed.")]
Notify = Annotated[
    list[str] | None,
    typer.Option(
        help="Tell somebody: a notify.yaml, or an address with '${NAME}' for its secrets; repeat it for several "
        "(default: SHOPSCORE_NOTIFY, where --notify-on is given)."
    ),
]
NotifyOn = Annotated[
    str | None, typer.Option(help="Tell of a change, a regression, or always (the default); see docs/cron.md.")
]
Heartbeat = Annotated[
    Path | None,
    typer.Option(help="Leave a sign of life here when the run got through: JSON, or NAME.prom for Prometheus."),
]
Lock = Annotated[Path | None, typer.Option(help="Take turns with every other run that names this file, too.")]
Wait = Annotated[
    str, typer.Option(help="How long to wait for another run on the same folder or history: 0, 30s, 10m, 1h.")
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read every file anew, and keep nothing of it.")]
Fleet = Annotated[
    bool | None,
    typer.Option(
        "--fleet/--no-fleet",
        help="Judge the shops together too, or each alone (default: together where there are more than 8, or a "
        "fleet.yaml is given as PATH).",
    ),
]
ShopTimeout = Annotated[str, typer.Option(help="Stop a shop that takes longer in a process of its own, e.g. 90m.")]
Plain = Annotated[
    bool,
    typer.Option("--plain", help="Tab-separated records for programs instead of text; see docs/plain.md."),
]
Width = Annotated[
    int | None,
    typer.Option("--width", help="Cells a line may take (default: the terminal's; 100 in files, pipes and mails)."),
]
Whole = Annotated[bool, typer.Option("--verbose", "-v", help="All details, not only what answers.")]


def request(
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
    """What these parameters ask for; the clock, the key and the environment come in here."""
    from shopscore.asked import Request
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
