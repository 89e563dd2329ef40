"""Paths → the files in them: folders and archives walked in a fixed order, nothing read from outside them."""

from __future__ import annotations

import errno
import os
import stat
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.model import FileAccount
from shopscore.readers import limits, sentences
from shopscore.readers.folders import ours

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from shopscore.model import Words

SHOP_FILE = "shop.yaml"
OWN_FORMAT = ".format.yaml"
"""How the name of a format ends that a person keeps beside the files it is for."""
_QUIET = ("~$", ".")
_LOCKS = ("~${}", ".~{}", ".~lock.{}#")
"""What Excel, WPS and LibreOffice put beside a file while it is open."""
_QUIET_NAMES = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_QUIET_ENDINGS = (".md", ".py", ".pyc", ".yaml", ".yml")
"""Notes, programs and settings that lie beside exports."""


class Beside(Struct, frozen=True):
    """What people keep beside exports, for the files of a folder and of all below it.

    Attributes:
        shop_file: the nearest ``shop.yaml``, or None.
        formats: formats of their own, the nearest folder's last.
    """

    shop_file: Path | None = None
    formats: tuple[Path, ...] = ()


class Source(Struct, frozen=True):
    """One file to read.

    Attributes:
        name: how it is shown, relative to the path given.
        path: where it is on disk (the archive, for a member).
        folders: the folders it stands in, outermost first; the last one is its own.
        shop_file: the nearest ``shop.yaml`` above it, or None.
        formats: the formats kept in its folder and the folders above, the nearest folder's last.
        in_use: a lock file beside it says that a spreadsheet program has it open.
    """

    name: str
    path: Path
    folders: tuple[str, ...]
    shop_file: Path | None
    formats: tuple[Path, ...] = ()
    in_use: bool = False


class Unit(Struct, frozen=True):
    """Files that can be read without looking at any other file.

    Attributes:
        name: the folder that makes it a unit, or nothing for what belongs to none.
        sources: its files, sorted by name.
        skipped: files left out, with the reason.
    """

    name: str
    sources: tuple[Source, ...]
    skipped: tuple[FileAccount, ...] = ()


def refused_file(name: str, message: Words, sha256: str = "") -> FileAccount:
    """The account of a file of which nothing was read."""
    return FileAccount(clean_name(name), sha256, None, None, None, None, None, 0, 0, 0, 0, message=message)


def clean_name(name: str) -> str:
    """A file name without characters that do not print."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def name_text(name: str) -> str:
    """A name on disk as text: bytes the system cannot read are UTF-8, or were unpacked from a Chinese Windows."""
    try:
        name.encode()
    except UnicodeEncodeError:
        written = name.encode("utf-8", "surrogateescape")
        try:
            return written.decode()
        except UnicodeDecodeError:
            return written.decode("gb18030", "replace")
    return name


def plan(paths: Sequence[Path | str], platforms: Collection[str] = ()) -> tuple[Unit, ...]:
    """Find the files and the sets of them that can be read on their own.

    Args:
        paths: folders and files as given.
        platforms: names of the known packs; a folder ``<platform>/<shop>/`` is a unit of its own.

    Returns:
        Units sorted by name. A folder with a ``shop.yaml`` and a ``<platform>/<shop>/`` folder are units; all other
        files together are one. Folders of one platform and shop in different places are one unit.
    """
    several = len(paths) > 1
    found = [item for path in sorted({Path(path) for path in paths}) for item in _walk_given(path, several=several)]
    units: dict[str, tuple[list[Source], list[FileAccount]]] = {}
    for item in found:
        name = _unit_name(item, platforms) if isinstance(item, Source) else ""
        sources, skipped = units.setdefault(name, ([], []))
        if isinstance(item, Source):
            sources.append(item)
        else:
            skipped.append(item)
    return tuple(
        Unit(name, tuple(sorted(sources, key=lambda source: source.name)), tuple(skipped))
        for name, (sources, skipped) in sorted(units.items())
    )


def platform_folder(folders: Sequence[str], platforms: Collection[str]) -> tuple[str, str] | None:
    """The deepest ``<platform>/<shop>`` among a file's folders."""
    return next(((a, b) for a, b in reversed(list(pairwise(folders))) if a in platforms), None)


def _unit_name(source: Source, platforms: Collection[str]) -> str:
    if source.shop_file is not None:
        return str(source.shop_file.parent)
    pair = platform_folder(source.folders, platforms)
    return "/".join(pair) if pair else ""


def _walk_given(path: Path, *, several: bool) -> Iterator[Source | FileAccount]:
    if not is_there(path):
        yield refused_file(str(path), sentences.NO_SUCH_PATH)
        return
    root = path.resolve()
    shown = name_text(root.name)
    prefix = f"{shown}/" if several else ""
    if root.is_dir():
        # Two folders above are known as well, so that naming <platform>/<shop> itself works.
        folders = tuple(map(name_text, root.parts[-2:]))
        yield from _walk(_Place(root, root, prefix, folders, Beside()))
    else:
        folders = tuple(map(name_text, root.parent.parts[-2:]))
        try:
            entries = _listed(root.parent)
        except OSError:
            # A file can be read in a folder that cannot be.
            entries = []
        yield from _file(root, prefix + shown, folders, beside(entries, Beside()), {entry.name for entry in entries})


def beside(entries: Iterable[os.DirEntry[str]], above: Beside) -> Beside:
    """What is kept among the entries of a folder, and in the folders above it."""
    shop_file, formats = above.shop_file, []
    for entry in entries:
        if entry.name == SHOP_FILE and Path(entry.path).is_file():
            shop_file = Path(entry.path)
        elif _is_own_format(entry.name) and entry.is_file(follow_symlinks=False):
            formats.append(Path(entry.path))
    return Beside(shop_file, (*above.formats, *sorted(formats)))


def _is_own_format(name: str) -> bool:
    return name.endswith(OWN_FORMAT) and not is_hidden(name)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """What stands in a folder, by name; of most of it the kind is known without another look at the disk."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


class _Place(Struct, frozen=True):
    """A folder on the way down: where it is, how its files are shown, what stands above it."""

    folder: Path
    root: Path
    prefix: str
    folders: tuple[str, ...]
    above: Beside
    depth: int = 0


def _walk(place: _Place) -> Iterator[Source | FileAccount]:
    if place.depth > limits.MAX_DEPTH:
        yield refused_file(place.prefix, sentences.TOO_DEEP)
        return
    try:
        entries = _listed(place.folder)
    except OSError as error:
        yield refused_file(place.prefix, sentences.folder_closed(error))
        return
    here, names = beside(entries, place.above), {entry.name for entry in entries}
    for entry in entries:
        shown, path = name_text(entry.name), Path(entry.path)
        name = place.prefix + shown
        if is_hidden(entry.name) or (is_quiet(entry.name) and not path.is_dir()):
            continue
        if entry.is_symlink():
            yield from _link(path, place.root, name)
        elif entry.is_dir():
            folders = (*place.folders, shown)
            yield from _walk(_Place(path, place.root, f"{name}/", folders, here, place.depth + 1))
        elif not (entry.is_file() and ours.written(path, names)):
            yield from _file(path, name, place.folders, here, names)


def is_hidden(name: str) -> bool:
    """Whether nobody would wonder that a file or folder of this name is left out."""
    return name.startswith(_QUIET) or name.lower() in _QUIET_NAMES


def is_quiet(name: str) -> bool:
    """Whether nobody would wonder that a file of this name is left out."""
    return is_hidden(name) or name.lower().endswith(_QUIET_ENDINGS)


def _link(entry: Path, root: Path, name: str) -> Iterable[FileAccount]:
    try:
        target = entry.resolve()
        there = _leads_somewhere(entry)
    except (OSError, RuntimeError):
        # A link that ends in itself leads nowhere.
        return (refused_file(name, sentences.LINK_LOOP),)
    if target.is_relative_to(root) and there:
        # What it points to is walked where it stands.
        return ()
    return (refused_file(name, sentences.LINK_OUT),)


def _leads_somewhere(entry: Path) -> bool:
    """Whether a link's target is there; OSError where it leads back to itself: `resolve` is silent from 3.13 on."""
    try:
        entry.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise
        return False
    return True


def _file(
    path: Path, name: str, folders: tuple[str, ...], here: Beside, names: Collection[str]
) -> Iterable[Source | FileAccount]:
    """A file among others of these names."""
    try:
        status = path.stat()
    except OSError as error:
        return (refused_file(name, sentences.file_closed(error)),)
    if not stat.S_ISREG(status.st_mode):
        return (refused_file(name, sentences.NO_FILE),)
    if status.st_size > limits.MAX_FILE_BYTES:
        return (refused_file(name, sentences.TOO_LARGE),)
    return (Source(name, path, folders, here.shop_file, here.formats, _in_use(path.name, names)),)


def _in_use(name: str, names: Collection[str]) -> bool:
    return any(lock.format(name) in names for lock in _LOCKS)


def is_there(path: Path) -> bool:
    """Whether a path names something; one that no file can have does not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
