"""A report → one page of HTML: nothing to load, nothing to run for reading it, the JSON report inside.

What a page says is in the templates, in the order in which a person asks: how it stands, what to do, why, what else,
how it was computed. Numbers and phrases are those of the text report. Everything printed is escaped; the page's own
style and script are named by their digests, and nothing else may run.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from shopscore.render import figures, json
from shopscore.render.html import joints, pictures, refunds, tried, view, waterfall
from shopscore.render.shop_view import of_shop
from shopscore.render.words import labelled, say

if TYPE_CHECKING:
    from shopscore.model import Report

TEMPLATES = Path(__file__).parent / "templates"
ISLAND = "shopscore-report"
"""The id of the element that holds the JSON report."""


def render(report: Report, lang: str, *, index: str | None = None) -> str:
    """The whole report as one page.

    Args:
        report: the report.
        lang: the language.
        index: the page that links to this one, where it is one of many.
    """
    return filled(
        "page.html",
        lang,
        report=report,
        shops=[of_shop(shop, report, lang) for shop in report.shops],
        index=index,
        island=_island(json.render(report, lang)),
        island_id=ISLAND,
    )


def filled(template: str, lang: str, **values: object) -> str:
    """A template with what every page has: its style and script with their digests, phrases and pictures.

    Args:
        template: its name.
        lang: the language.
        values: what this page tells.
    """
    style, script = (Markup((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))  # noqa: S704 - our own files
    return (
        _templates()
        .get_template(template)
        .render(
            **values,
            lang=lang,
            spoken=lang,
            style=style,
            script=script,
            style_digest=_digest(style),
            script_digest=_digest(script),
            say=lambda key, **more: say(lang, key, **more),
            labelled=lambda label, text: labelled(lang, label, text),
            told=lambda words: format(words, lang),
            coded=lambda words: view.coded(format(words, lang)),
            figures=figures,
            joints=joints,
            pictures=pictures,
            refunds=refunds,
            tried=tried,
            view=view,
            waterfalls=waterfall,
        )
    )


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=view.clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _digest(text: str) -> str:
    """What a content security policy calls a piece of style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _island(text: str) -> Markup:
    """JSON as it may stand inside a page: nothing in it can end the element or begin a comment."""
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - what could be markup is escaped
