"""A fleet → a page of its own and one page a shop: names of files that no shop's name can break."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from shopscore.render import html
from shopscore.render.fleet import sentences
from shopscore.render.fleet.matrix import matrices, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Report

INDEX = "index.html"
ACTIONS_SHOWN = 25
_LONGEST = 60
"""Letters of a shop's name in the name of its page: a file system counts bytes, of which a letter takes up to four."""


def pages(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    """The name and the content of every page, the index first; each is made when it is asked for.

    Args:
        report: a report of a fleet.
        lang: the language.
    """
    yield INDEX, index(report, lang)
    for shop in report.shops:
        yield page_name(shop.platform, shop.shop), html.render(page_of(report, shop), lang, index=INDEX)


def index(report: Report, lang: str) -> str:
    """The page of the fleet: what to do first, what is shared, the matrix, a link to each shop's page."""
    fleet = report.fleet
    if fleet is None:
        raise ValueError("this is no report of a fleet")
    return html.filled(
        "fleet.html",
        lang,
        report=report,
        fleet=fleet,
        matrices=matrices(report),
        shops={(shop.platform, shop.shop): shop for shop in report.shops},
        actions=fleet.actions[:ACTIONS_SHOWN],
        sentences=sentences,
        page_name=page_name,
    )


def page_name(platform: str, shop: str) -> str:
    """The file of a shop's page: letters and digits of its name, and a digest where that is not the whole name."""
    name = unicodedata.normalize("NFC", shop).casefold()
    plain = "".join(letter if letter.isalnum() or letter == "_" else "-" for letter in name)[:_LONGEST].strip("-")
    if plain != shop:
        digest = hashlib.sha256(shop.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        plain = f"{plain}-{digest}" if plain else digest
    return f"{platform}-{plain}.html"
