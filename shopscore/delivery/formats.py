"""A page in the formats asked for → the terminal, a file, or several files in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from shopscore import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from shopscore.render.layout import Line, Look

Page = TypeVar("Page")


class Format(NamedTuple, Generic[Page]):
    """How a page is written.

    Attributes:
        suffix: of the name of its file.
        render: the page in a language; what is large comes in pieces.
        lines: the same as lines, which have colours on a terminal and look as they are asked to, in a file too.
        files: the same as several files, each with its name, where it goes into a folder.
        pages: the pages of a site, each with its name, where there is more to tell than one page; None where not.
        kept: whether `render` and `diff` can read the page back.
    """

    suffix: str
    render: Callable[[Page, str], str | bytes | Iterable[str]]
    lines: Callable[[Page, str, Look], Iterable[Line]] | None = None
    files: Callable[[Page, str], Iterable[tuple[str, str]]] | None = None
    pages: Callable[[Page, str], Iterable[tuple[str, str]] | None] | None = None
    kept: bool = False


def deliver(  # noqa: PLR0913 - where to and how are facts of their own
    page: Page, stem: str, formats: Mapping[str, Format[Page]], output: Path | None, lang: str, *, look: Look
) -> None:
    """Print one format, or write one file, or several into a folder.

    Args:
        page: what is told.
        stem: how its files are called in a folder.
        formats: those asked for, by name.
        output: where to; None prints.
        lang: the language.
        look: how lines look.
    """
    for written in formats.values():
        if output is not None:
            into = len(formats) > 1 or _is_folder(output, written)
            _write(page, stem, written, output, lang, into=into, look=look)
        elif written.lines is not None:
            console.print_lines(written.lines(page, lang, look), plain=look.plain)
        else:
            content = written.render(page, lang)
            console.out(content.decode() if isinstance(content, bytes) else content)


def _is_folder(output: Path, written: Format[Page]) -> bool:
    """Whether a single format goes into a folder: into one there is, or one named for several files."""
    return output.is_dir() or (written.files is not None and not output.suffix)


def _write(  # noqa: PLR0913 - where to and how are facts of their own
    page: Page, stem: str, written: Format[Page], output: Path, lang: str, *, into: bool, look: Look
) -> None:
    a_file = output.suffix.lower() in _ONE_PAGE and not output.is_dir()
    site = written.pages(page, lang) if written.pages is not None and not a_file else None
    if site is not None:
        for name, content in site:
            console.write(output / name, content)
    elif into and written.files is not None:
        for name, content in written.files(page, lang):
            console.write(output / f"{stem}.{name}.{written.suffix}", content)
    else:
        lines = written.lines(page, lang, look) if written.lines is not None else None
        whole = written.render(page, lang) if lines is None else joined(lines)
        console.write(output / f"{stem}.{written.suffix}" if into else output, whole)


_ONE_PAGE = (".html", ".htm")
"""How a name ends that is a file's, even where there would be a folder of pages."""


def standard_look() -> Look:
    """How lines look in a file that nobody asked to look otherwise."""
    from shopscore.render.layout import Look

    return Look()


def joined(lines: Iterable[Line]) -> str:
    """Lines as one text."""
    return "".join(f"{line.text}\n" for line in lines)
