"""The account of a shop's files → what was lost of each of its tables, and how far its reading can be trusted.

Trust is worked out from counts and nothing else, and only ever sinks: no reason makes up for another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shopscore.model import Trust, TrustReason
from shopscore.trust import sentences, weights
from shopscore.trust.weights import level_of, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.model import FileAccount, Level
    from shopscore.trust.weights import Weight

UNREADABLE_CELLS, UNUSED_FILE = "unreadable_cells", "unused_file"


@dataclass(frozen=True, slots=True)
class TableLoss:
    """What one table of a shop lacks.

    Attributes:
        files: files that gave or should have given it rows.
        rows: rows of data in them, the lost ones among them.
        lost: rows that are missing.
        doubtful: rows that are used and may be wrong.
        cells: column → cells that count as blank because they could not be read.
        open: what is left of trust by findings nobody can count rows for.
    """

    files: int = 0
    rows: int = 0
    lost: int = 0
    doubtful: int = 0
    cells: Mapping[str, int] = field(default_factory=dict)
    open: Level = "good"

    @property
    def level(self) -> Level:
        """The trust in the whole table."""
        return self.trust_in(self.cells)

    def trust_in(self, columns: Iterable[str]) -> Level:
        """The trust in the table for somebody who reads these columns.

        Blank cells alone never make it low: their rows are there, and a metric that needs them counts them as unknown.
        """
        blank = max((self.cells.get(column, 0) for column in columns), default=0)
        blanks: Level = "good" if level_of(blank, self.rows) == "good" else "fair"
        return worst(self.open, blanks, level_of(self.lost + self.doubtful, self.rows))


@dataclass(frozen=True, slots=True)
class Losses:
    """A shop's trust, and what each of its tables lacks."""

    trust: Trust
    tables: Mapping[str, TableLoss]


NOTHING_LOST = Losses(Trust("good", 0, 0, 0), {})


def of_shop(accounts: Iterable[FileAccount], platform: str, shop: str) -> Losses:
    """Judge what was read of a shop.

    Args:
        accounts: the files read with it, other shops' among them; their order does not matter.
        platform: the shop's platform.
        shop: its name.
    """
    own = belonging(accounts, platform, shop)
    by_table: dict[str, list[FileAccount]] = defaultdict(list)
    for account in own:
        if account.table is not None and (account.rows_read or account.notes):
            by_table[account.table].append(account)
    tables = {name: _loss(files) for name, files in sorted(by_table.items())}
    reasons = [
        *(reason for name, files in by_table.items() for reason in _reasons(name, files, tables[name].rows)),
        *_unused([account for account in own if account.table is None]),
    ]
    level = worst(*(each.level for each in tables.values()), *(each.level for each in reasons))
    return Losses(
        Trust(
            level,
            len(own),
            sum(account.rows_read for account in own),
            sum(account.rows_refused for account in own),
            _ordered(reasons, tables),
        ),
        tables,
    )


# ── whose files ──────────────────────────────────────────────────────────────────────────────────────────────────


def belonging(accounts: Iterable[FileAccount], platform: str, shop: str) -> tuple[FileAccount, ...]:
    """The files that gave a shop rows or should have, by name.

    Its own; those that hold rows of several shops; and those of nobody's that lie in its folders, above or below: a
    file that lost every row cannot say whose it is.
    """
    everything = sorted(accounts, key=lambda account: (account.file, account.sha256))
    own = [account for account in everything if (account.platform, account.shop) == (platform, shop)]
    folders = {_folder(account) for account in own}
    return tuple(
        account
        for account in everything
        if account in own
        or (
            account.shop is None
            and account.platform in (None, platform)
            and (_used(account) or not folders or any(_near(_folder(account), folder) for folder in folders))
        )
    )


def _used(account: FileAccount) -> bool:
    return account.rows_accepted + account.rows_duplicate > 0


def _folder(account: FileAccount) -> str:
    return account.file.rpartition("/")[0]


def _near(one: str, other: str) -> bool:
    return not one or not other or f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


# ── what a table lacks ───────────────────────────────────────────────────────────────────────────────────────────


def _weighed(account: FileAccount) -> Iterator[tuple[str, int, Weight]]:
    """The reasons of a file that say something of its data."""
    found = [(each.reason, each.count, weights.refusal(each.reason)) for each in account.refusals]
    found += [(each.reason, each.count, weights.note(each.reason)) for each in account.notes]
    return (each for each in found if each[2].what.en)


def _loss(files: Sequence[FileAccount]) -> TableLoss:
    counts: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    level: Level = "good"
    for account in files:
        for _, count, weight in _weighed(account):
            counts[weight.effect] += count
            level = worst(level, weights.ceiling(weight))
        for each in account.cells_refused:
            cells[each.column] += each.count
    used = sum(account.rows_accepted + account.rows_duplicate for account in files)
    return TableLoss(len(files), used + counts["lost"], counts["lost"], counts["doubtful"], dict(cells), level)


# ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reasons(table: str, files: Sequence[FileAccount], rows: int) -> Iterator[TrustReason]:
    found: dict[tuple[str, Weight], list[tuple[str, int]]] = defaultdict(list)
    blank: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for account in files:
        for reason, count, weight in _weighed(account):
            found[reason, weight].append((account.file, count))
        for each in account.cells_refused:
            blank[each.column].append((account.file, each.count))
    for (reason, weight), places in found.items():
        count, names = sum(count for _, count in places), _names(places)
        text = sentences.of_weight(weight, reason, count, rows, names)
        yield TrustReason(reason, table, names, count, _alone(weight, count, rows), text)
    for column, places in blank.items():
        count, names = sum(count for _, count in places), _names(places)
        level = TableLoss(rows=rows, cells={column: count}).level
        yield TrustReason(UNREADABLE_CELLS, table, names, count, level, sentences.of_cells(column, count, names))


def _names(places: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The files, those with most of it first."""
    return tuple(dict.fromkeys(name for name, _ in sorted(places, key=lambda place: (-place[1], place[0]))))


def _alone(weight: Weight, count: int, rows: int) -> Level:
    if weight.effect in ("lost", "doubtful"):
        return level_of(count, rows)
    return weights.ceiling(weight)


def _unused(files: Sequence[FileAccount]) -> Iterator[TrustReason]:
    """Files nothing was made of, in one reason: what stands in them nobody knows."""
    names = tuple(each.file for each in files if each.file.lower().endswith(weights.EXPORT_ENDINGS))
    if names:
        yield TrustReason(UNUSED_FILE, None, names, len(names), "fair", sentences.of_unused(names))


def _ordered(reasons: Iterable[TrustReason], tables: Mapping[str, TableLoss]) -> tuple[TrustReason, ...]:
    """Weightiest first: by level, then by the share of the table's rows."""

    def key(reason: TrustReason) -> tuple[int, float, str, str, str]:
        rows = tables[reason.table].rows if reason.table is not None else 0
        share = reason.count / rows if rows else 0.0
        return -weights.LEVELS.index(reason.level), -share, reason.reason, reason.table or "", reason.text.en

    return tuple(sorted(reasons, key=key))
