"""Sets of files → what each gave, by as many processes as they are worth; one that gives nothing stops no other."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from shopscore.errors import UsageError
from shopscore.ledger.crew import A_HANDFUL, helpers, started
from shopscore.ledger.local import Failure, alone, beside, each
from shopscore.model import FailedShop, Words
from shopscore.unchanged import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from shopscore.ledger.crew import Crew
    from shopscore.model import FileAccount
    from shopscore.readers import Unit

Blame = Literal["nobody", "person", "system", "program"]
_MISTAKES = ("RuleError", "UsageError")
_ENDED = ("TookTooLong", "WorkerLost")
"""A process that took longer than it may, and one that the system ended."""


def run(
    units: Sequence[Unit], work: Callable[[Unit], Found], workers: int | None, patience: float | None, crew: Crew | None
) -> Iterator[Found | Failure[Unit]]:
    """Every unit, by as many processes as were asked for or as the units are worth; results in the units' order.

    Args:
        units: sets of files.
        work: from one to what it gave.
        workers: processes asked for.
        patience: seconds one may take in a process of its own.
        crew: processes that were started ahead.
    """
    size = helpers(len(units), workers)
    if not size:
        yield from alone(units, work)
        return
    with nullcontext(crew) if crew else started(size) as ready:
        if workers is None and len(units) <= A_HANDFUL:
            yield from beside(units, work, ready, patience=patience, size=_size)
        else:
            yield from each(units, work, ready, patience=patience)


def _size(unit: Unit) -> int:
    """The bytes of a unit's files; those that are gone are told of when they are read."""
    size = 0
    for path in {source.path for source in unit.sources}:
        with suppress(OSError):
            size += path.stat().st_size
    return size


def blame(part: Found | Failure[Unit]) -> Blame:
    """Whose matter it is that a set of files gave nothing: of who wrote a file beside it, of the system, or ours."""
    if not isinstance(part, Failure):
        return "nobody"
    return "person" if part.kind in _MISTAKES else "system" if part.kind in _ENDED else "program"


def settled(part: Found | Failure[Unit], *, together: bool = False) -> Found:
    """What a set of files gave; one that failed is a warning and its files give nothing.

    Args:
        part: the result.
        together: a file that a person wrote wrongly stops its own shop only, since there are many.

    Raises:
        UsageError: a person wrote a file wrongly.
    """
    if not isinstance(part, Failure):
        return part
    mistaken = blame(part) == "person"
    if mistaken and not together:
        raise UsageError(part.message.en, part.message.zh)
    en, zh = (_one_line(text) if mistaken else text for text in (part.message.en, part.message.zh))
    return gave_nothing(
        part.unit.name, Words(en, zh) if mistaken else Words(f"{part.kind}: {en}", f"{part.kind}：{zh}")
    )


def _one_line(text: str) -> str:
    """Several mistakes and what points at them, as one sentence."""
    return "; ".join(line.strip() for line in text.splitlines() if line.strip(" ^"))


def gave_nothing(name: str, reason: Words, accounts: tuple[FileAccount, ...] = ()) -> Found:
    """A set of files of which nothing came, told as a warning."""
    warning = Words(
        f"{name}: failed, other shops are not touched: {reason.en}",
        f"{name}：失败，不影响其他店铺：{reason.zh}",
    )
    return Found(accounts, (), (warning,), failed=FailedShop(name, "", "", reason))


def told_apart(units: Sequence[Unit], found: Sequence[Found]) -> list[Found]:
    """What the sets of files gave, each shop from one of them: two that name the same one are not two shops.

    Args:
        units: the sets of files; of two that give a shop of the same name the first keeps it.
        found: what each gave.
    """
    owners: dict[tuple[str, str], str] = {}
    apart = []
    for unit, part in zip(units, found, strict=True):
        names = [(shop.platform, shop.shop) for shop in part.shops]
        twice = {name: owners[name] for name in names if name in owners}
        place = unit.name or "."
        owners |= dict.fromkeys(names, place) | twice
        apart.append(_without(part, place, twice) if twice else part)
    return apart


def _without(part: Found, name: str, twice: Mapping[tuple[str, str], str]) -> Found:
    """A set of files without the shops that others have given, told as one that failed."""
    (platform, shop), other = next(iter(twice.items()))
    reason = Words(
        f"{platform}/{shop} stands in {other} too: put both into one folder, or give one another name in its shop.yaml",
        f"{other} 里也有 {platform}/{shop}：请把两处文件放进同一个文件夹，或在其中一处的 shop.yaml 里另取店名",
    )
    lost = gave_nothing(name, reason)
    rest = tuple(each for each in part.shops if (each.platform, each.shop) not in twice)
    # Their files are nobody's: those of the shop that stands in the report are others.
    files = tuple(replace(each, shop=None) if (each.platform, each.shop) in twice else each for each in part.accounts)
    return replace(part, accounts=files, shops=rest, warnings=(*part.warnings, *lost.warnings), failed=lost.failed)
