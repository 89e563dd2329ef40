"""The command line: parse, one call, print, exit code.

Heavy imports wait inside the commands: ``--help`` needs neither Polars nor pydantic. The clock, the environment and the
user's configuration are read here and nowhere below.
"""

from __future__ import annotations

from typing import Annotated

import typer

from shopscore import __version__
from shopscore.cli import audits, reports
from shopscore.cli.keys import key_app
from shopscore.cli.rules import formats_app, rules_app

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Audit a shop's service metrics from the files its platform exports.",
    epilog="Exit codes: 0 ran; 1 a --fail-on gate failed; 2 usage or rule error; 3 data unusable; "
    "4 something was not delivered; 5 some shops failed; 70 a bug of ours; 75 another run at work; 130, 143 stopped.",
)
app.command()(audits.audit)
app.command()(audits.due)
app.command()(audits.explain)
app.command()(audits.read)
app.command()(audits.init)
app.command()(reports.render)
app.command()(reports.diff)
app.command()(reports.history)
app.command()(reports.schema)
app.add_typer(rules_app, name="rules")
app.add_typer(formats_app, name="formats")
app.add_typer(key_app, name="key")


@app.callback(invoke_without_command=True)
def _version(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False
) -> None:
    if version:
        typer.echo(f"shopscore {__version__}")
        raise typer.Exit
