"""Sentences in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Words


def texts(words: Iterable[Words], lang: str) -> list[str]:
    """Each in a language."""
    return [format(text, lang) for text in words]
