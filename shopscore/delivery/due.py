"""What runs out → every format it leaves in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.delivery import formats
from shopscore.delivery.formats import Format, joined, standard_look
from shopscore.delivery.quiet import tell_unlisted, tell_unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from shopscore.model import DueList
    from shopscore.render.layout import Line, Look


def deliver_due(found: DueList, chosen: Sequence[str], output: Path | None, lang: str, *, look: Look) -> None:
    """Print one format of what runs out, or write one file, or several into a folder.

    A list to pick from has no room for what is not in it: files that could not be read, what cannot be worked on yet
    and cases without a deadline are said on stderr.
    """
    formats.deliver(found, "due", {name: DUE[name] for name in chosen}, output, lang, look=look)
    if not set(chosen) & {"text", "json"}:
        tell_unread(found.shops, lang)
        tell_unlisted(found.shops, lang)


def _due_text(found: DueList, lang: str, look: Look) -> Iterable[Line]:
    from shopscore.render import due, plain

    return plain.due(found, lang) if look.plain else due.render(found, lang, look.width)


def _due_json(found: DueList, lang: str) -> str:
    from shopscore.render.json import due

    return due.render(found, lang)


def _due_csv(found: DueList, lang: str) -> str:
    from shopscore.render import csv, pick_list

    return csv.render(pick_list.sheet(found, lang))


def _due_xlsx(found: DueList, lang: str) -> bytes:
    from shopscore.render import pick_list, xlsx

    return xlsx.render([pick_list.sheet(found, lang)], max(shop.now for shop in found.shops))


DUE: Mapping[str, Format[DueList]] = {
    "text": Format("txt", lambda found, lang: joined(_due_text(found, lang, standard_look())), _due_text),
    "json": Format("json", _due_json),
    "csv": Format("csv", _due_csv),
    "xlsx": Format("xlsx", _due_xlsx),
}
