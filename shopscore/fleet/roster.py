"""The paths of an audit → the sets of files to read, and whose they are where a ``fleet.yaml`` says so."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.ledger.crew import A_HANDFUL
from shopscore.model import FailedShop, Words
from shopscore.readers import plan
from shopscore.ruleset.fleetfile import FleetFile, Member
from shopscore.ruleset.own_files import load_fleet_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from shopscore.readers import Unit

FLEET_FILE = "fleet.yaml"
NO_MEMBER = Member(folder=".")
"""A folder of which ``fleet.yaml`` says nothing."""


class Roster(Struct, frozen=True):
    """What is to be read, and whose it is.

    Attributes:
        units: sets of files.
        members: what ``fleet.yaml`` says of each of them, in their order.
        file: what it says of all.
        lacking: folders it names in which there is nothing to read, and folders that cannot be opened.
        is_fleet: whether they are judged together too.
    """

    units: tuple[Unit, ...]
    members: tuple[Member, ...]
    file: FleetFile
    lacking: tuple[FailedShop, ...]
    is_fleet: bool

    @property
    def are_many(self) -> bool:
        """Whether what a person wrote wrongly beside one set of files stops that one only, not the run."""
        return self.is_fleet or len(self.units) > A_HANDFUL


class _Listed(Struct, frozen=True):
    """A folder that ``fleet.yaml`` names, and where that is."""

    member: Member
    place: Path


def roster(paths: Sequence[Path], platforms: Collection[str], *, asked: bool | None) -> Roster:
    """Find the sets of files, and whose they are.

    Args:
        paths: folders, files, zips; a ``.yaml`` among them is a list of a fleet's folders, and only those are read.
        platforms: names of the known packs.
        asked: whether they are a fleet; None: they are where there is more than a handful, or a list is given.

    Raises:
        RuleError: a ``fleet.yaml`` is wrong.
    """
    lists = [path for path in paths if path.suffix.lower() in (".yaml", ".yml") and path.is_file()]
    others = [path for path in paths if path not in lists]
    units = plan(others, platforms)
    if asked is False and not lists:
        return Roster(units, (NO_MEMBER,) * len(units), FleetFile(), (), is_fleet=False)
    beside = [path / FLEET_FILE for path in others if (path / FLEET_FILE).is_file()]
    if not (asked or lists or len(units) > A_HANDFUL):
        return Roster(units, (NO_MEMBER,) * len(units), FleetFile(), (), is_fleet=False)
    files = {path: load_fleet_file(path) for path in (*lists, *beside)}
    listed = [
        _Listed(each, (path.parent / each.folder).resolve()) for path, file in files.items() for each in file.shops
    ]
    given = [each for path in lists for each in _given(path, files[path], platforms)]
    whole = [part for unit in (*units, *given) for part in _apart(unit, listed, others)]
    members = tuple(_member(unit, listed) for unit in whole)
    work = next(iter(files.values()), FleetFile()).work
    lacking = (*_lacking(whole, listed), *_closed(whole))
    return Roster(tuple(whole), members, FleetFile(work=work, shops=[each.member for each in listed]), lacking, True)


def _given(path: Path, file: FleetFile, platforms: Collection[str]) -> Iterator[Unit]:
    """The sets of files in the folders that a list names, by names below the list's own folder where they lie there."""
    root = path.resolve().parent
    places = [(root / each.folder).resolve() for each in file.shops]
    inside = [place for place in places if place.is_relative_to(root)]
    for unit in plan([root], platforms) if inside else ():
        sources = tuple(each for each in unit.sources if _below(each.path, inside))
        skipped = tuple(each for each in unit.skipped if _below(root / each.file, inside))
        if sources or skipped:
            yield replace(unit, sources=sources, skipped=skipped)
    elsewhere = [place for place in places if place not in inside and place.exists()]
    yield from plan(elsewhere, platforms) if elsewhere else ()


def _below(path: Path, places: Sequence[Path]) -> bool:
    return any(path.is_relative_to(place) for place in places)


def _apart(unit: Unit, listed: Sequence[_Listed], roots: Sequence[Path]) -> Iterator[Unit]:
    """Files that no folder with a name of its own holds, by the folder of the fleet they lie in."""
    if unit.name or not unit.sources:
        yield unit
        return
    parts: dict[str, list[int]] = defaultdict(list)
    for at, source in enumerate(unit.sources):
        own = _deepest(source.path, listed)
        parts[own.member.folder if own else _top(source.path, roots)].append(at)
    for number, (name, places) in enumerate(sorted(parts.items())):
        yield replace(
            unit,
            name=name,
            sources=tuple(unit.sources[each] for each in places),
            skipped=() if number else unit.skipped,
        )


def _top(path: Path, roots: Sequence[Path]) -> str:
    """The folder directly below the one that was given; nothing for a file in that one itself."""
    for root in map(Path.resolve, roots):
        if path.is_relative_to(root) and len(inner := path.relative_to(root).parts) > 1:
            return inner[0]
    return ""


def _deepest(path: Path, listed: Sequence[_Listed]) -> _Listed | None:
    found = [each for each in listed if path.is_relative_to(each.place)]
    return max(found, key=lambda each: len(each.place.parts), default=None)


def _member(unit: Unit, listed: Sequence[_Listed]) -> Member:
    own = _deepest(unit.sources[0].path, listed) if unit.sources else None
    return own.member if own else NO_MEMBER


def _lacking(units: Sequence[Unit], listed: Sequence[_Listed]) -> Iterator[FailedShop]:
    """Folders that are listed and hold nothing to read."""
    for each in listed:
        if any(source.path.is_relative_to(each.place) for unit in units for source in unit.sources):
            continue
        there = each.place.exists()
        reason = (
            Words("there are no export files in it", "里面没有导出文件")
            if there
            else Words("there is no such folder", "没有这个文件夹")
        )
        yield FailedShop(each.member.folder, each.member.owner, each.member.group, reason)


def _closed(units: Sequence[Unit]) -> Iterator[FailedShop]:
    """Folders that could not be opened."""
    for unit in units:
        for each in unit.skipped:
            if each.file.endswith("/") and each.message is not None:
                yield FailedShop(each.file.rstrip("/"), "", "", each.message)
