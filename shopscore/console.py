"""What the command line reads from and writes to the world: clock, environment, configuration, terminal, files."""

from __future__ import annotations

import csv
import datetime as dt
import locale
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from shopscore.errors import ShopscoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shopscore.model import Explanation, FileAccount, Listing, Report, RowList
    from shopscore.render.layout import Line

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
FORMATS = ("text", "json")
GATES = ("fail", "likely_fail", "error")
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
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
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


# ── what the user typed ──────────────────────────────────────────────────────────────────────────────────────────


def one_of(option: str, given: str, allowed: Sequence[str]) -> str:
    """The value if it is allowed; else a sentence that names what is."""
    if given not in allowed:
        raise UsageError(f"{option} {given}: not known; write one of {', '.join(allowed)}")
    return given


def formats(given: str, output: Path | None) -> tuple[str, ...]:
    """The output formats; several need a folder to go to."""
    chosen = tuple(one_of("--format", name.strip(), FORMATS) for name in given.split(","))
    if len(chosen) > 1 and output is None:
        raise UsageError(f"--format {given}: several formats need --output FOLDER")
    return chosen


def gates(given: str | None) -> tuple[str, ...]:
    """The gates of ``--fail-on``."""
    names = tuple(name.strip() for name in (given or "").split(",") if name.strip())
    for name in names:
        if not name.startswith("metric:"):
            one_of("--fail-on", name, (*GATES, "metric:ID"))
    return names


def language(given: str | None) -> str:
    """The language asked for, else the locale's: Chinese on a Chinese locale, English elsewhere."""
    if given is not None:
        return one_of("--lang", given, LANGUAGES)
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    found = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    if not found.lower().startswith(("zh", "chinese")):
        return "en"
    return "zh-Hant" if any(part in found for part in ("TW", "HK", "MO", "Hant", "Traditional")) else "zh-Hans"


def moment(option: str, given: str | None) -> dt.datetime | None:
    """A shop-local moment; a bare day means its last second."""
    if given is None:
        return None
    try:
        found = dt.datetime.fromisoformat(given.replace(" ", "T"))
    except ValueError:
        raise UsageError(f"{option} {given}: not a time; write it like 2026-11-23T10:00") from None
    if found.tzinfo is not None:
        raise UsageError(f"{option} {given}: leave the offset out, the time is the shop's own")
    bare = len(given) == len("2026-11-23")
    return found + dt.timedelta(days=1, seconds=-1) if bare else found


def day(option: str, given: str | None) -> dt.date | None:
    """A calendar day."""
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{option} {given}: not a day; write it like 2026-11-23") from None


def no_rows_without_data(rows: str | None, output: Path | None) -> None:
    """``--rows`` and ``--output`` list rows of data."""
    if rows is not None or output is not None:
        raise UsageError("--rows and --output need data: shopscore explain METRIC FOLDER --rows miss")


# ── the world ────────────────────────────────────────────────────────────────────────────────────────────────────


def today() -> dt.date:
    """The calendar day here."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def latest_local_time() -> dt.datetime:
    """The latest local time anywhere on earth: an event after it cannot have happened."""
    return dt.datetime.now(tz=dt.UTC).replace(tzinfo=None) + dt.timedelta(hours=14)


def pseudonym_key() -> bytes:
    """The key behind buyers' pseudonyms: SHOPSCORE_KEY, else a file of the user's own, made on first use."""
    given = os.environ.get("SHOPSCORE_KEY")
    if given:
        return given.encode()
    import typer  # noqa: PLC0415 (only for the folder's name on this system)

    path = Path(typer.get_app_dir("shopscore")) / "pseudonym.key"
    try:
        return bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        key = secrets.token_bytes(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(key.hex())
    except OSError:
        print(f"{path} cannot be written: buyers get other pseudonyms on the next run", file=sys.stderr)
    return key


# ── what goes out ────────────────────────────────────────────────────────────────────────────────────────────────


def deliver(report: Report, chosen: Sequence[str], output: Path | None, lang: str, *, plain: bool) -> None:
    """Print one format, or write one file, or several into a folder."""
    for name in chosen:
        if output is None:
            if name == "text":
                _print(_text(report, lang), plain=plain)
            else:
                sys.stdout.write(_json(report, lang))
        else:
            target = output / f"report.{'txt' if name == 'text' else name}" if len(chosen) > 1 else output
            content = (
                "".join(f"{line.text}\n" for line in _text(report, lang)) if name == "text" else _json(report, lang)
            )
            _write(target, content)


def _text(report: Report, lang: str) -> list[Line]:
    from shopscore.render import text  # noqa: PLC0415

    return text.render(report, lang)


def _json(report: Report, lang: str) -> str:
    from shopscore.render import json  # noqa: PLC0415

    return json.render(report, lang)


def _write(path: Path, content: str) -> None:
    """Whole or not at all: a reader never sees half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_text(content, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"--output {path}: {error.strerror or error}") from None


def exit_code(report: Report, asked: Sequence[str]) -> int:
    """0, or 1 when a gate failed."""
    metrics = [metric for shop in report.shops for metric in shop.metrics if not metric.suppressed]
    known = {metric.id for metric in metrics}
    for gate in asked:
        if gate == "error" and any(metric.measurement.status == "error" for metric in metrics):
            return 1
        if gate.startswith("metric:"):
            name = gate.removeprefix("metric:")
            if name not in known:
                raise UsageError(f"--fail-on {gate}: no such metric in this report")
            if any(metric.id == name and metric.verdict in ("fail", "likely_fail") for metric in metrics):
                return 1
        ranked = {name for shop in report.shops for name in shop.shortfalls}
        bad = ("fail",) if gate == "fail" else ("fail", "likely_fail") if gate == "likely_fail" else ()
        if any(metric.id in ranked and metric.verdict in bad for metric in metrics):
            return 1
    return 0


def show(explanation: Explanation, lang: str, *, plain: bool) -> None:
    """Print an explanation."""
    from shopscore.render import explain  # noqa: PLC0415

    _print(explain.render(explanation, lang), plain=plain)


def show_accounts(accounts: Sequence[FileAccount], lang: str, *, plain: bool) -> None:
    """Print what was read."""
    from shopscore.render import account  # noqa: PLC0415

    _print(account.render(accounts, lang), plain=plain)


def print_lines(listing: Listing, lang: str) -> None:
    """Print a plain table."""
    from shopscore.render import listing as table  # noqa: PLC0415

    _print(table.render(listing, lang), plain=True)


def write_rows(rows: Sequence[RowList], path: Path) -> None:
    """The rows of an explanation as CSV that Excel opens: UTF-8 with BOM, formulas neutralised."""
    from shopscore.render.escape import spreadsheet  # noqa: PLC0415

    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            for part in rows:
                writer.writerow(part.columns)
                writer.writerows([spreadsheet(cell) for cell in row] for row in part.rows)
    except OSError as error:
        raise UsageError(f"--output {path}: {error.strerror or error}") from None
    print(f"{sum(len(part.rows) for part in rows)} rows written to {path}", file=sys.stderr)


def _print(lines: Iterable[Line], *, plain: bool) -> None:
    """To a colour terminal with its colours, elsewhere as plain lines: never cut, never wrapped by a library."""
    colour = not plain and sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    if not colour:
        sys.stdout.writelines(f"{line.text}\n" for line in lines)
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, markup=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=line.style))
