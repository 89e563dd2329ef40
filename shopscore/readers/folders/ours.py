"""What this program itself writes, where it is kept among exports: a report, a history, a sign of life are no exports.

Otherwise a run whose report lies beside the exports would read it the next night, trust them less for it, and be
another audit each time. What is written stands in rooms that reading does not see; a test writes every format in every
language and holds both together (`test_ours`). Notes in Markdown are never read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_HEAD = 1 << 16
_BEGINNINGS = {
    ".html": re.compile(rb"<!DOCTYPE html>\n.*shopscore</title>", re.DOTALL),
    ".json": re.compile(
        rb'\{\n "(at": "[^"]+",\n "at_timestamp": \d+,\n ")?audit_id": "[0-9a-f]{64}"'
        rb'|\{\n  "failed": \[.*?\],\n  "shops": \['
        rb'|\{\n "(audits|series)": \[\n  \{\n   "(as_of|better)": ',
        re.DOTALL,
    ),
    ".csv": re.compile(
        "\ufeff((platform,shop,metric id|平台,店[^,]+,指[^,]+)"
        "|(rank,platform,shop,what runs out|序[^,]+,平台,店[^,]+,(时|時)限)"
        "|platform,shop,metric,as_of,value|as_of,platform,shop,rules,trust),".encode()
    ),
    ".txt": re.compile(
        r"([^\t\n|]+\|)?[^\t\n|]+\|\s+(as of|截至)\s+\d{4}-\d\d-\d\d\s"
        r"|[^\t\n|]+\|[^\t\n|]+\|\s+\d{4}-\d\d-\d\d\s+\d\d:\d\d\s+[A-Z][A-Za-z_]+/[A-Z]"
        r"|\d+ shops: \d+ with\s+metrics\s+that\s+fail|共 \d+ 家店：\d+ 家有指(标|標)不".encode()
    ),
    ".ndjson": re.compile(rb'\{"audit_id": "[0-9a-f]{64}"'),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), re.compile(rb"SQLite format 3\0.*shopscore_history", re.DOTALL)),
}
"""Ending → how the first bytes of such a file of ours go."""
_AUTHOR = b"<dc:creator>shopscore</dc:creator>"
"""What our workbooks say of who made them."""
_NAMES = re.compile(
    r"report\.(read_me|metrics|shortfalls|at_risk|evidence|changes|findings|advice|measures|inputs)\.csv"
    r"|.+\.prom|report\.junit\.xml"
)
_BESIDE = (".lock", "-journal", "-wal", "-shm")
"""What lies beside a history while, and after, it is used."""


def written(path: Path, names: Collection[str]) -> bool:
    """Whether this program wrote a file.

    Args:
        path: the file.
        names: those of all files in its folder.
    """
    name = path.name
    kept = next((name.removesuffix(end) for end in _BESIDE if name.endswith(end)), None)
    if kept is not None and kept in names:
        return written(path.with_name(kept), ())
    if (ending := path.suffix.lower()) == ".xlsx":
        return _AUTHOR in _properties(path)
    beginning = _BEGINNINGS.get(ending)
    return bool(_NAMES.fullmatch(name) or (beginning and beginning.match(_head(path))))


def _properties(path: Path) -> bytes:
    """What a workbook says of itself; what is none is for its reader to refuse."""
    try:
        with zipfile.ZipFile(path) as parts, parts.open("docProps/core.xml") as told:
            return told.read(_HEAD)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, NotImplementedError, RuntimeError, ValueError):
        return b""


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
