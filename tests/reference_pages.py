"""Pages of docs/ that tell what the program takes and writes: commands, columns of tables, plain records."""

from __future__ import annotations

import datetime as dt
import html
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import typer
import yaml
from case_files import rules
from rich.console import Console
from rich.text import Text

from shopscore.catalog.metric import needs_of
from shopscore.cli import app
from shopscore.render import cells
from shopscore.render.plain.kinds import KINDS
from shopscore.ruleset.needs import is_of
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile
from shopscore.schema import FACTS, TABLES

ROOT = Path(__file__).parents[1]

PLAIN = """# Plain records

`--plain` writes what `audit`, `render`, `due`, `diff`, `history`, `explain`, `read` and `init` say as records for
programs: one a line, fields apart by tabs. The first field says what kind of record it is, and the columns of a kind
stand in the order given here; more may be added at their end. Nothing but the names in the data and Chinese sentences
(`--lang zh-Hans`) is beyond ASCII. A blank field is not known; rates are shares of one, times carry their offset, flags
are `yes` or `no`. Tabs and control characters inside a name are written as spaces.

```
shopscore audit exports --plain --lang en | awk -F'\\t' '$1 == "metric" && $5 == "fail" {print $3, $4, $7}'
```

Text for people is not turned into records where it is piped: cron mails and `| less` get the same sentences as a
terminal, without colour, never cropped.

"""


def plain_page():
    """docs/plain.md."""
    parts = [PLAIN]
    for kind, (tells, columns) in KINDS.items():
        rows = [(str(at), f"`{name}`", meaning) for at, (name, meaning) in enumerate(columns.items(), 2)]
        lines = [("field", "column", "meaning"), ("---",) * 3, ("1", f"`{kind}`", "the kind of record"), *rows]
        table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
        parts.append(f"## {kind}\n\n{tells[0].upper()}{tells[1:]}.\n\n{table}\n")
    return "".join(parts).rstrip() + "\n"


# ── the command line ─────────────────────────────────────────────────────────────────────────────────────────────

CLI = """# Commands

Every command with its arguments and options, as `--help` has them. {epilog}

"""


def commands(command, name):
    """A command and those below it, each by its full name."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
    for key, each in (inner or {}).items():
        yield from commands(each, f"{name} {key}")


def cell(text):
    """A text inside a Markdown table."""
    return " ".join(str(text).replace("|", "\\|").split())


def parameter(found):
    """An argument or an option as a row."""
    named = found.param_type_name == "option"
    names = (
        ", ".join(f"`{each}`" for each in (*found.opts, *found.secondary_opts)) if named else f"`{found.name.upper()}`"
    )
    default = found.default if isinstance(found.default, (str, int)) and not isinstance(found.default, bool) else None
    return names, cell(getattr(found, "help", "") or ""), f"`{default}`" if default is not None else ""


def cli_page():
    """docs/cli.md."""
    root = typer.main.get_command(app)
    parts = [CLI.format(epilog=app.info.epilog)]
    for name, command in commands(root, "shopscore"):
        rows = [("", "", "default"), ("---",) * 3, *(parameter(each) for each in command.params if each.name != "help")]
        table = "".join(f"| {' | '.join(row)} |\n" for row in rows) if len(rows) > 2 else ""
        parts.append(f"## {name}\n\n{cell(command.help)}\n\n{table}\n")
    return "".join(parts).rstrip() + "\n"


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────────────

COLUMNS = """# Columns

The canonical tables: the target of every export format, what `read --save` writes, and the way in for what a back
office does not export (a CSV file in UTF-8, or Parquet, named after the table). A column may be missing or blank; only
those marked **needed** are not. Then the facts: what conditions in rule packs may name.

Times are shop-local moments in whole seconds; a unit stands in a column's name (`_seconds`, `_at`); money has two
decimals; flags are true, false or blank; ids are text.

"""


def columns_of(found, *, marked):
    """A table of columns."""
    rows = [("column", "kind", "meaning"), ("---",) * 3]
    for each in found:
        words = f" One of: {', '.join(each.words)}." if each.words else ""
        name = f"**`{each.name}`** needed" if marked and each.needed else f"`{each.name}`"
        rows.append((name, each.kind, cell(each.meaning + words)))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def columns_page():
    """docs/columns.md."""
    parts = [COLUMNS]
    for title, found, marked in (("Table", TABLES, True), ("Fact", FACTS, False)):
        for name, each in found.items():
            parts.append(f"## {title} {name}\n\n{each.meaning}\n\n{columns_of(each.columns, marked=marked)}\n")
    return "".join(parts).rstrip() + "\n"


# ── the picture ──────────────────────────────────────────────────────────────────────────────────────────────────

DRIVER = """
import datetime, sys
from shopscore import console
from shopscore.catalog.metric import needs_of
from shopscore.cli import app
console.latest_local_time = lambda: datetime.datetime(2026, 11, 23, 10)
sys.exit(console.run(lambda: app(sys.argv[1:])))
"""


TEXT = re.compile(r'<text (class="shopscore-r\d+") x="([\d.]+)"([^>]*?) textLength="[\d.]+"([^>]*)>(.*?)</text>')
CELL = 12.2
"""Units of the drawing that rich gives a terminal cell."""


def apart(found):
    """Text on a grid of cells, whatever the font: Chinese in runs of its own, each where its cells are."""
    style, x, before, after, text = found.groups()
    at, parts = float(x), []
    for run in re.findall(r"[\u2e80-\uffef]+|[^\u2e80-\uffef]+", html.unescape(text)):
        length = CELL * cells.shown(run)
        attributes = f'{style} x="{at:.1f}"{before} textLength="{length:.1f}"{after}'
        parts.append(f"<text {attributes}>{html.escape(run, quote=False).replace(' ', '&#160;')}</text>")
        at += length
    return "".join(parts)


def picture(lang, folder):
    """What a colour terminal shows of a sample shop, as SVG: the real output, drawn by rich."""
    environment = os.environ | {
        "FORCE_COLOR": "1",
        "COLUMNS": "100",
        "SHOPSCORE_KEY": "a picture's key",
        "PYTHONUTF8": "1",
    }
    environment.pop("NO_COLOR", None)
    words = [sys.executable, "-c", DRIVER, "audit", f"sample_data/{folder}", "--lang", lang, "--workers", "1"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=True)  # noqa: S603 - our own command
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi(done.stdout.decode()), soft_wrap=True)
    drawn = console.export_svg(title=f"shopscore audit sample_data/{folder} --lang {lang}", unique_id="shopscore")
    drawn = re.sub(
        r'<text (class="shopscore-r\d+") x="([\d.]+)"([^>]*?) textLength="[\d.]+"([^>]*)>(.*?)</text>', apart, drawn
    )
    drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    drawn = drawn.replace("Fira Code", "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', Menlo, Consolas")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


# ── where files come from ────────────────────────────────────────────────────────────────────────────────────────

EXPORTS = """# Where each file comes from · 每个文件从哪里导出

Every export shopscore knows, platform by platform: where in the back office it is found, and which table it fills; then
the [canonical files](columns.md) for what no export brings, which you write yourself. What a metric needs, and for how
many days: `shopscore rules show PLATFORM --needs`.

各平台后台可导出的文件及其位置；后台导不出的，用[标准表](columns.md)自己填写。
某项指标需要哪些文件、多少天：`shopscore rules show PLATFORM --needs`。

"""
BY_HAND = """No export known brings these columns, a canonical file does · 已知的导出文件都没有这些列，用标准表填写：

"""
SHOWN = dt.date(2026, 11, 23)
"""The day whose definitions the page shows."""


def exports_page():
    """docs/exports.md."""
    loaded = rules()
    packs = {platform: each.pack for platform, each in loaded.packs.items()}
    names = {platform: (pack.title.en, pack.title.zh) for platform, pack in packs.items()}
    others = yaml.safe_load((ROOT / "rules" / "platforms.yaml").read_text(encoding="utf-8"))["packless"]
    names |= {platform: (title["en"], title["zh"]) for platform, title in others.items()}
    parts = [EXPORTS]
    for platform, (english, chinese) in sorted(names.items()):
        found = [each.format for each in loaded.formats if is_of(each.format, platform)]
        if platform not in packs:
            found = [each for each in found if each.platform == platform]
        rows = [("file · 文件", "where · 位置", "table"), ("---",) * 3]
        for each in sorted(found, key=lambda one: (one.table, one.id)):
            name, menu = each.title.words, each.export.menu.words
            rows.append((cell(f"{name.en} · {name.zh}"), cell(f"{menu.en}<br>{menu.zh}"), f"`{each.table}`"))
        table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        heading = english if english == chinese else f"{english} · {chinese}"
        parts.append(f"## {heading} (`{platform}`)\n\n{table}\n{by_hand(packs.get(platform), loaded)}")
    return "".join(parts).rstrip() + "\n"


def by_hand(pack, loaded):
    """The tables whose columns a pack's metrics need and no export of the platform brings."""
    columns = {}
    for resolved in define(pack, SHOWN, ShopFile()) if pack else ():
        for need in needs_of(resolved, loaded):
            if len(need.exports) == 1:
                columns.setdefault(need.table, {}).update(dict.fromkeys(need.columns))
    lines = [
        f"- `{name}.csv`: {', '.join(f'`{each}`' for each in sorted(columns[name]))}\n" for name in sorted(columns)
    ]
    return f"{BY_HAND}{''.join(lines)}\n" if lines else ""
