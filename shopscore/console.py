"""What the command line reads from and writes to the world: clock, environment, configuration, terminal, files."""

from __future__ import annotations

import datetime as dt
import locale
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from shopscore import cache, key, options
from shopscore.errors import ShopscoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from shopscore.cache import Cache
    from shopscore.model import (
        Account,
        Draft,
        DueList,
        Explanation,
        Listing,
        Opened,
        Report,
        ShopComparison,
    )
    from shopscore.render.layout import Line

_BUG = 70


def run(app: Callable[[], object]) -> int:
    """Run a Typer app and turn what goes wrong into a sentence on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except ShopscoreError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SHOPSCORE_DEBUG"):
            raise
        print(
            f"This is a bug of shopscore, not of your data: {type(error).__name__}: {error}\n"
            "Please report it with the output of the same command under SHOPSCORE_DEBUG=1.",
            file=sys.stderr,
        )
        return _BUG
    return 0


def language(given: str | None) -> str:
    """The language of this run."""
    return options.language(given, os.environ, locale.getlocale()[0] or "")


def today() -> dt.date:
    """The calendar day here."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def latest_local_time() -> dt.datetime:
    """The latest local time anywhere on earth: an event after it cannot have happened."""
    return dt.datetime.now(tz=dt.UTC).replace(tzinfo=None) + dt.timedelta(hours=14)


def now() -> dt.datetime:
    """This moment, with its zone."""
    return dt.datetime.now(tz=dt.UTC)


def pseudonym_key() -> bytes:
    """The key behind buyers' pseudonyms."""
    return key.current(os.environ, config_folder(), lambda text: print(text, file=sys.stderr))


def kept(*, use: bool) -> Cache | None:
    """Where what files and rules gave is kept from run to run, if it is to be."""
    import platformdirs

    if not use:
        return None
    given = os.environ.get(cache.VARIABLE)
    return cache.Cache(Path(given) if given else platformdirs.user_cache_path("shopscore", appauthor=False))


def tidy(where: Cache | None) -> None:
    """Keep what is kept within its bounds."""
    if where is not None:
        cache.prune(where, time.time())


def config_folder() -> Path:
    """The user's configuration folder for shopscore."""
    import typer

    return Path(typer.get_app_dir("shopscore"))


def show_key() -> None:
    """Say which key is in use and where it comes from, never the key itself."""
    from_environment = bool(os.environ.get(key.VARIABLE))
    print(f"key {key.fingerprint(pseudonym_key())}")
    print(f"from {key.VARIABLE}" if from_environment else f"in {key.key_file(config_folder())}")


def rotate_key() -> None:
    """Replace the key and say what follows from it."""
    old, new = key.rotate(os.environ, config_folder())
    print(f"key {new} in {key.key_file(config_folder())}" + (f", instead of {old}" if old else ""))
    print("Tables saved before hold pseudonyms of the old key: read the exports again with --save.")


def read_report(path: Path) -> Report:
    """The report a JSON file tells."""
    from shopscore import saved

    try:
        return saved.read(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not a JSON report; its text is not UTF-8") from None


# ── what goes out ────────────────────────────────────────────────────────────────────────────────────────────────


def deliver(report: Report, chosen: Sequence[str], output: Path | None, lang: str, *, plain: bool) -> None:
    """Print one format, or write one file, or several into a folder."""
    for name in chosen:
        if output is not None:
            target = output / f"report.{'txt' if name == 'text' else name}" if len(chosen) > 1 else output
            _write(target, _told(name, report, lang))
        elif name == "text":
            _print(_text(report, lang), plain=plain)
        else:
            _out(_told(name, report, lang))


def _told(name: str, report: Report, lang: str) -> str:
    """A report in one format."""
    if name == "text":
        return "".join(f"{line.text}\n" for line in _text(report, lang))
    return _html(report, lang) if name == "html" else _json(report, lang)


def _text(report: Report, lang: str) -> list[Line]:
    from shopscore.render import text

    return text.render(report, lang)


def _json(report: Report, lang: str) -> str:
    from shopscore.render import json

    return json.render(report, lang)


def _html(report: Report, lang: str) -> str:
    from shopscore.render import html

    return html.render(report, lang)


def _write(path: Path, content: str | bytes, option: str = "--output ", line: str = "\n") -> None:
    """Whole or not at all: a reader never sees half a file.

    Args:
        path: where to.
        content: text becomes UTF-8.
        option: what the user typed in front of the path.
        line: what ends a line; nothing: what stands in the text.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        if isinstance(content, bytes):
            part.write_bytes(content)
        else:
            part.write_text(content, encoding="utf-8", newline=line)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{option}{path}: {error.strerror or error}") from None


def exit_code(
    report: Report, asked: Sequence[str], since: Mapping[str, ShopComparison] | None, lang: str, *, zero: bool
) -> int:
    """0; 5 when some shops failed, 1 when a gate did: the worse of the two. What failed is said on stderr.

    Args:
        report: the audit.
        asked: what is asked of every shop that does not ask something of its own.
        since: what each shop has become since its last audit alike; None without a history.
        lang: the language.
        zero: a gate that fails is said and ends in 0.
    """
    from shopscore import gates
    from shopscore.render import fired

    if name := gates.unknown(report, asked):
        raise UsageError(f"--fail-on {name}: no such metric in this report")
    found = gates.fired(report, asked, since or {})
    for line in (*fired.lines(found, report, lang), *fired.unanswered(report, asked, since, lang)):
        tell(line)
    return 5 if report.failed else 1 if found and not zero else 0


def tell(text: str) -> None:
    """A line to the person, beside the result."""
    print(text, file=sys.stderr)


def deliver_page(content: str | Iterable[Line], output: Path | None, *, plain: bool) -> None:
    """Print a page, or write it."""
    if output is not None:
        text = content if isinstance(content, str) else "".join(f"{line.text}\n" for line in content)
        _write(output, text)
    elif isinstance(content, str):
        _out(content)
    else:
        _print(content, plain=plain)


def show(explanation: Explanation, lang: str, *, plain: bool) -> None:
    """Print an explanation."""
    from shopscore.render import explain

    _print(explain.render(explanation, lang), plain=plain)


def show_account(account: Account, lang: str, *, plain: bool) -> None:
    """Print what was read."""
    from shopscore.render import account as accounts

    _print(accounts.render(account, lang), plain=plain)


def write_drafts(drafts: Sequence[Draft], lang: str, *, plain: bool) -> None:
    """Write what is proposed, and say what it is."""
    from shopscore.render import drafts as page

    for each in drafts:
        if each.path is not None and each.text is not None:
            _write(Path(each.path), each.text, "")
    _print(page.render(drafts, lang), plain=plain)


def print_schema() -> None:
    """Print the JSON Schema of the report."""
    from shopscore.render import schema

    _out(schema.text())


def print_lines(listing: Listing, lang: str) -> None:
    """Print a plain table."""
    print_all([listing], lang)


def print_all(listings: Iterable[Listing], lang: str) -> None:
    """Print plain tables, a blank line between them."""
    from shopscore.render import listing as table
    from shopscore.render.layout import Line

    for number, listing in enumerate(listings):
        _print([*([Line("")] if number else []), *table.render(listing, lang)], plain=True)


def write_rows(opened: Sequence[Opened], path: Path) -> None:
    """The rows of an explanation as CSV; a metric's rows stand under a head of their own."""
    from shopscore.render import csv, explain

    sheets = explain.sheets(opened)
    _write(
        path, "".join(csv.render(each).removeprefix(csv.BOM if at else "") for at, each in enumerate(sheets)), line=""
    )
    print(f"{sum(len(each.rows) for each in sheets)} rows written to {path}", file=sys.stderr)


def deliver_due(found: DueList, chosen: Sequence[str], output: Path | None, lang: str, *, plain: bool) -> None:
    """Print one format of what runs out, or write one file, or several into a folder."""
    from shopscore.render import csv, due, json_due, pick_list, xlsx

    for name in chosen:
        if output is None and name == "text":
            _print(due.render(found, lang), plain=plain)
            continue
        content: str | bytes
        if name == "xlsx":
            content = xlsx.render([pick_list.sheet(found, lang)], max(shop.now for shop in found.shops))
        elif name == "csv":
            content = csv.render(pick_list.sheet(found, lang))
        elif name == "json":
            content = json_due.render(found, lang)
        else:
            content = "".join(f"{line.text}\n" for line in due.render(found, lang))
        if output is None:
            _out(str(content))
            continue
        target = output / f"due.{'txt' if name == 'text' else name}" if len(chosen) > 1 else output
        _write(target, content, line="" if name == "csv" else "\n")


def _print(lines: Iterable[Line], *, plain: bool) -> None:
    """To a colour terminal with its colours, elsewhere as plain lines: never cut, never wrapped by a library."""
    colour = not plain and sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    if not colour:
        _out("".join(f"{line.text}\n" for line in lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=line.style))


def _out(text: str) -> None:
    """To stdout; a reader that has seen enough (``| head``) changes neither the exit code nor anything else."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise UsageError(f"stdout: {error.strerror or error}") from None
