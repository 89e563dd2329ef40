"""Pages of docs/ that tell what the program takes and writes: commands, columns of tables, plain records."""

from __future__ import annotations

from shopscore.render.plain.records import KINDS

PLAIN = """# Plain records

`--plain` writes what `audit`, `render`, `due`, `diff`, `history`, `explain` and `read` say as records for programs: one
a line, its fields apart by tabs. The first field says what kind of record it is, and the columns of a kind stand in the
order given here; more may be added at their end. Nothing but the names in the data and Chinese sentences
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
