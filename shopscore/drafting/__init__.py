"""Files nobody has described → mappings to edit, and a ``shop.yaml`` with blanks for what only a dashboard shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.asked import plan_paths
from shopscore.drafting import sentences, shop_yaml
from shopscore.drafting.candidates import Knowledge
from shopscore.drafting.files import Wanted, look_at
from shopscore.errors import DataError
from shopscore.model import Draft
from shopscore.readers.folders.bundles import bundled
from shopscore.readers.folders.files import SHOP_FILE, Unit, platform_folder
from shopscore.readers.folders.items import items
from shopscore.readers.formats import catalogue, owned
from shopscore.readers.shops.store import folder_name
from shopscore.ruleset.own_files import load_own_format, load_shop_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from shopscore.readers.folders.files import Source
    from shopscore.readers.formats import Known
    from shopscore.ruleset.rules import Rules

__all__ = ["Asked", "draft"]


class Asked(Struct, frozen=True):
    """What is to be drafted and how.

    Attributes:
        paths: files and folders.
        output: the folder to write to instead of beside the files.
        force: what is there already is written again.
        encoding: of text files, if the user states it.
        lang: of comments.
    """

    paths: tuple[Path, ...]
    output: Path | None
    force: bool
    encoding: str | None
    lang: str


def draft(asked: Asked, rules: Rules) -> tuple[Draft, ...]:
    """Propose a mapping for every file no format knows, and a ``shop.yaml`` for every folder without one.

    Nothing is written here: each draft says where it goes and what it says.

    Raises:
        UsageError: a path is not there.
        RuleError: a format or a ``shop.yaml`` beside the files is wrong.
        DataError: no file is known, and nothing can be proposed for any.
    """
    drafts: list[Draft] = []
    shops: dict[Path, tuple[Path, set[str]]] = {}
    of_use = False
    musts: dict[str, frozenset[str]] = {}
    for source, root in _sources(asked.paths, rules):
        target = _target(source.path.parent, root, asked.output)
        wanted = Wanted(target, asked.force, asked.encoding, asked.lang, _is_stated(source, rules))
        knowledge = Knowledge(rules.headers, _known(source, wanted, rules), rules.words)
        for item in bundled(items(Unit("", (source,))), _always(knowledge.known), wanted.encoding):
            looked = look_at(item, knowledge, wanted, musts)
            # Of a bundle of files only one speaks.
            drafts += (each for each in looked.drafts if each not in drafts)
            musts.update(looked.musts)
            of_use = of_use or looked.of_use
            if looked.of_use and source.shop_file is None and root.is_dir():
                shop = _shop_folder(source, root, rules)
                shops.setdefault(shop, (root, set()))[1].update(looked.platforms)
    if not of_use:
        raise _nothing(drafts)
    return (*drafts, *(_shop(folder, *found, asked, rules) for folder, found in sorted(shops.items())))


def _always(known: Sequence[Known]) -> Callable[[Sequence[Path]], Sequence[Known]]:
    """One catalogue for every file of a source."""
    return lambda _: known


def _sources(paths: Sequence[Path], rules: Rules) -> Iterator[tuple[Source, Path]]:
    """Every file once, and the path given that leads to it."""
    roots = sorted((path.resolve() for path in paths), key=lambda path: len(path.parts))
    found = {source.path: source for unit in plan_paths(paths, rules) for source in unit.sources}
    for source in sorted(found.values(), key=lambda source: source.name):
        yield source, next(root for root in roots if source.path.is_relative_to(root))


def _target(folder: Path, root: Path, output: Path | None) -> Path:
    """Where drafts for a folder go: there, or to the same place below the folder asked for."""
    if output is None:
        return folder
    return output / folder.relative_to(root) if root.is_dir() else output


def _is_stated(source: Source, rules: Rules) -> bool:
    """Whether a file's folder or its ``shop.yaml`` says whose export it is."""
    if platform_folder(source.folders, rules.packs.keys()) is not None:
        return True
    return source.shop_file is not None and load_shop_file(source.shop_file).platform is not None


def _known(source: Source, wanted: Wanted, rules: Rules) -> tuple[Known, ...]:
    """The catalogue for a file; its own draft that is to be written again does not count."""
    kept = [path for path in source.formats if not (wanted.force and _is_draft_of(path, source, wanted.target))]
    own = owned(load_own_format(path, rules.words).format for path in kept)
    return (*catalogue(loaded.format for loaded in rules.formats), *own)


def _is_draft_of(path: Path, source: Source, target: Path) -> bool:
    return path.parent == target and path.name.startswith(folder_name(source.path.stem))


def _shop_folder(source: Source, root: Path, rules: Rules) -> Path:
    """The folder of a file's shop: ``<platform>/<shop>``, else the one given."""
    pair = platform_folder(source.folders, rules.packs.keys())
    above = (folder for folder in source.path.parents if pair == (folder.parent.name, folder.name))
    return next(above, root)


def _shop(folder: Path, root: Path, platforms: set[str], asked: Asked, rules: Rules) -> Draft:
    pair = (folder.parent.name, folder.name)
    named = {pair[0]} if pair[0] in rules.packs else platforms
    platform = next(iter(named)) if len(named) == 1 else None
    loaded = rules.packs.get(platform or "")
    path = _target(folder, root, asked.output) / SHOP_FILE
    if path.exists():
        return Draft(SHOP_FILE, sentences.there(str(path)))
    text = shop_yaml.write(platform, loaded.pack if loaded else None, asked.lang)
    return Draft(SHOP_FILE, sentences.SHOP, str(path), text)


def _nothing(drafts: Sequence[Draft]) -> DataError:
    """Why nothing is proposed, file by file."""
    return DataError(
        "\n".join((sentences.NOTHING.en, *(f"  {each.file}: {each.said.en}" for each in drafts))),
        "\n".join((sentences.NOTHING.zh, *(f"  {each.file}：{each.said.zh}" for each in drafts))),
    )
