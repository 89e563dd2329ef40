"""What the command line reads from and writes to the world: clock, environment, configuration, terminal, files."""

from __future__ import annotations

import datetime as dt
import gc
import locale
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shopscore import atomic, cache, key, options, terminal, traditional
from shopscore.errors import ShopscoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from shopscore.cache import Cache
    from shopscore.model import Report
    from shopscore.render.layout import Line, Look

_BUG = 70
_GARBAGE = (50_000, 20, 100)
"""Objects after which cycles are looked for: rules, reports and expressions are many and stay, and hold hardly any; the
first audit of a few shops is looked through 4 times instead of 540, for 0.06 s instead of 0.35."""
_HELD = 8 << 20
"""Bytes of what is printed in pieces that are put aside in memory; more go to a temporary file."""
_PIECE = 1 << 20
_LIBRARIES = {"POLARS_ENGINE_AFFINITY": "in-memory", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""How plans are run that do not say it themselves, and that no other package has a say in how rules are read, which to
find out means looking through all that is installed; helpers inherit it, and who sets it otherwise is heard."""


def run(app: Callable[[], object]) -> int:
    """Run a Typer app and turn what goes wrong into a sentence on stderr and an exit code."""
    gc.set_threshold(*_GARBAGE)
    os.environ |= {**_LIBRARIES, **os.environ}
    terminal.standing()
    for stream in (sys.stdout, sys.stderr):
        terminal.prepare(stream, os.environ)
    try:
        app()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except ShopscoreError as error:
        tell(error.en, error.zh)
        return error.exit_code
    except Exception as error:
        if os.environ.get("SHOPSCORE_DEBUG"):
            raise
        tell(
            f"This is a bug of shopscore, not of your data: {type(error).__name__}: {error}\n"
            "Please report it with the output of the same command under SHOPSCORE_DEBUG=1.",
            f"这是 shopscore 的缺陷，不是您数据的问题：{type(error).__name__}：{error}\n"
            "请在 SHOPSCORE_DEBUG=1 下再运行同一命令，并附上输出告诉我们。",
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
    return key.current(os.environ, config_folder(), tell)


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


def state_folder() -> Path:
    """Where this user's runs remember what is not to be lost: locks, messages that still have to go out."""
    import platformdirs

    given = os.environ.get("SHOPSCORE_STATE")
    return Path(given) if given else platformdirs.user_state_path("shopscore", appauthor=False)


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
        raise UsageError.of_system(error, str(path)) from None
    except UnicodeDecodeError:
        raise UsageError(
            f"{path}: not a JSON report; its text is not UTF-8", f"{path}：不是 JSON 报告；内容不是 UTF-8"
        ) from None


# ── what goes out ────────────────────────────────────────────────────────────────────────────────────────────────


def tell(en: str, zh: str) -> None:
    """A line to the person, beside the result, in the language that was asked for."""
    told = {"en": en, "zh-Hans": zh}
    lang = options.spoken(sys.argv, os.environ, locale.getlocale()[0] or "")
    print(told[lang] if lang in told else traditional.of_sentence(zh, en), file=sys.stderr)


def say(text: str) -> None:
    """As `tell`, a line that is in the right language already."""
    print(text, file=sys.stderr)


def write(path: Path, content: str | bytes | Iterable[str], option: str = "--output ") -> None:
    """Whole or not at all: a reader never sees half a file.

    Args:
        path: where to.
        content: text becomes UTF-8, with the line ends it has; what comes in pieces is never held whole.
        option: what the user typed in front of the path.
    """
    if isinstance(content, str):
        content = content.encode()
    try:
        atomic.write(path, content if isinstance(content, bytes) else (piece.encode() for piece in content))
    except (FileExistsError, NotADirectoryError):
        raise UsageError(
            f"{option}{path}: what should be a folder there is a file", f"{option}{path}：应为文件夹的地方是一个文件"
        ) from None
    except OSError as error:
        raise UsageError.of_system(error, f"{option}{path}") from None


def look(output: Path | None = None, *, plain: bool, width: int | None, whole: bool = False) -> Look:
    """How a page is to look where it goes: a file is the same whoever writes it."""
    from shopscore.render.layout import WIDTH, Look

    options.width(width)
    found = terminal.width(sys.stdout, os.environ) if output is None else WIDTH
    return Look(width or found, whole=whole, plain=plain)


def progress(*, quiet: bool, plain: bool) -> AbstractContextManager[Callable[[int, int], None]]:
    """How far the work inside is, on stderr, where somebody looks and it takes longer than a second."""
    from shopscore import progress as line

    wanted = not quiet and not plain and terminal.animates(sys.stderr, os.environ)
    return line.shown(sys.stderr, "shops", wanted=wanted)


def print_lines(lines: Iterable[Line], *, plain: bool = False) -> None:
    """To a colour terminal with its colours, elsewhere as plain lines: never cut, never wrapped by a library."""
    if plain or not terminal.colours(sys.stdout, os.environ):
        out("".join(f"{line.text}\n" for line in lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(
        highlight=False,
        markup=False,
        soft_wrap=True,
        force_terminal=True,
        color_system="standard" if os.environ.get("FORCE_COLOR") else "auto",
    )
    told = list(lines)
    _say_lost(sum(terminal.lost(line.text, sys.stdout) for line in told))

    def write() -> None:
        for line in told:
            console.print(Text(line.text, style=line.style))

    _guarded(write)


def out(text: str | Iterable[str]) -> None:
    """To stdout; a reader that has seen enough (``| head``) changes neither the exit code nor anything else.

    What comes in pieces is put aside until all of it is made: where making one fails, a program reads nothing and
    not half of it.
    """
    if isinstance(text, str):
        _print((text,))
        return
    import tempfile

    with tempfile.SpooledTemporaryFile(_HELD, "w+", encoding="utf-8", errors="surrogatepass", newline="") as aside:
        try:
            aside.writelines(text)
        except OSError as error:
            said = "stdout: a temporary file cannot be written", "stdout：无法写入临时文件"
            raise UsageError.of_system(error, *said) from None
        aside.seek(0)
        _print(iter(partial(aside.read, _PIECE), ""))


def _print(pieces: Iterable[str]) -> None:
    lost = 0

    def write() -> None:
        nonlocal lost
        for piece in pieces:
            lost += terminal.lost(piece, sys.stdout)
            sys.stdout.write(piece)

    _guarded(write)
    _say_lost(lost)


def _guarded(write: Callable[[], object]) -> None:
    try:
        write()
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise UsageError.of_system(error, "stdout") from None


def _say_lost(count: int) -> None:
    if count:
        name = sys.stdout.encoding
        tell(
            f"stdout: {count} characters are not in {name} and stand as ?; write to a file with --output",
            f"stdout：有 {count} 个字符不在 {name} 中，显示为 ?；请用 --output 写入文件",
        )
