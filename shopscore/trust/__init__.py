"""The account of a shop's files → what was lost of each of its tables, and how far its reading can be trusted.

Trust is worked out from counts and nothing else, and only ever sinks: no reason makes up for another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from shopscore.model import Trust, TrustReason
from shopscore.trust import weights
from shopscore.trust.weights import Effect, level_of, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.model import FileAccount, Level, Words


class TableLoss(Struct, frozen=True):
    """What one table of a shop lacks.

    Attributes:
        files: files that gave or should have given it rows.
        rows: rows of data in them, the lost ones among them.
        lost: rows that are missing.
        doubtful: rows that are used and may be wrong.
        cells: column → cells that count as blank because they could not be read.
        open: what is left of trust by findings nobody can count rows for.
        shown: the same, days that are missing among them.
    """

    files: int = 0
    rows: int = 0
    lost: int = 0
    doubtful: int = 0
    cells: Mapping[str, int] = field(default_factory=dict)
    open: Level = "good"
    shown: Level = "good"

    @property
    def level(self) -> Level:
        """The trust in the whole table."""
        return worst(self.shown, self.trust_in(self.cells))

    def trust_in(self, columns: Iterable[str]) -> Level:
        """The trust in the table for somebody who reads these columns.

        Blank cells alone never make it low: their rows are there, and a metric that needs them counts them as unknown.
        """
        blank = max((self.cells.get(column, 0) for column in columns), default=0)
        blanks: Level = "good" if level_of(blank, self.rows) == "good" else "fair"
        return worst(self.open, blanks, level_of(self.lost + self.doubtful, self.rows))


class Losses(Struct, frozen=True):
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
            len({_file(account) for account in own}),
            sum(account.rows_read for account in own),
            sum(account.rows_refused for account in own),
            tuple(sorted(reasons, key=_weightiest)),
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
    folders = {_folder(each) for each in everything if (each.platform, each.shop) == (platform, shop)}

    def belongs(account: FileAccount) -> bool:
        if account.shop is not None or account.platform not in (None, platform):
            return (account.platform, account.shop) == (platform, shop)
        return _used(account) or not folders or any(_near(_folder(account), folder) for folder in folders)

    return tuple(filter(belongs, everything))


def _file(account: FileAccount) -> tuple[str, str]:
    """What the sheets of one workbook have in common."""
    name = account.file.rpartition("[")[0] if account.file.endswith("]") else account.file
    return name, account.sha256


def _used(account: FileAccount) -> bool:
    return account.rows_accepted + account.rows_duplicate > 0


def _folder(account: FileAccount) -> str:
    return account.file.rpartition("/")[0]


def _near(one: str, other: str) -> bool:
    return not one or not other or f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


# ── what a table lacks ───────────────────────────────────────────────────────────────────────────────────────────

Found = tuple[Literal["rows", "note"], str, Effect]
"""Where a reason stands, the reason, and what it does."""


def _found(account: FileAccount) -> Iterator[tuple[Found, int]]:
    """The reasons of a file that say something of its data, and how much of each there is."""
    for each in account.refusals:
        if (effect := weights.of_refusal(each.reason)) != "nothing":
            yield ("rows", each.reason, effect), each.count
    for each in account.notes:
        yield ("note", each.reason, weights.of_note(each.reason)), each.count


def _loss(files: Sequence[FileAccount]) -> TableLoss:
    counts: Counter[Effect] = Counter()
    cells: Counter[str] = Counter()
    for account in files:
        for (_, _, effect), count in _found(account):
            counts[effect] += count
        for each in account.cells_refused:
            cells[each.column] += each.count
    used = sum(account.rows_accepted + account.rows_duplicate for account in files)
    return TableLoss(
        files=len(files),
        rows=used + counts["lost"],
        lost=counts["lost"],
        doubtful=counts["doubtful"],
        cells=dict(cells),
        open=worst(*map(weights.ceiling, counts)),
        shown=worst(*map(weights.shown, counts)),
    )


# ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reasons(table: str, files: Sequence[FileAccount], rows: int) -> Iterator[TrustReason]:
    found: dict[Found, list[tuple[str, int]]] = defaultdict(list)
    blank: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for account in files:
        for key, count in _once(account):
            found[key].append((account.file, count))
        for each in account.cells_refused:
            blank[each.column].append((account.file, each.count))
    for (kind, reason, effect), places in found.items():
        count, names = _together(places)
        counted = effect in ("lost", "doubtful")
        level = level_of(count, rows) if counted else weights.shown(effect)
        about = _of_files(files, names, reason.partition("_")[2] if kind == "rows" else "")
        yield TrustReason(kind, reason, table, names, count, rows, level, None, *about)
    for column, places in blank.items():
        count, names = _together(places)
        level = TableLoss(rows=rows, cells={column: count}).level
        about = _of_files(files, names, column)
        yield TrustReason("cells", column, table, names, count, rows, level, None, *about)


def _of_files(files: Sequence[FileAccount], names: Sequence[str], column: str) -> tuple[int, str]:
    """Rows of some files, and what the first of them calls a column; nothing where it is called like the column."""
    read = sum(each.rows_read for each in files if each.file in names)
    called = (dict(each.columns_used).get(column, column) for each in files if each.file == names[0])
    return read, next((header for header in called if header != column), "")


def _once(account: FileAccount) -> Iterator[tuple[Found, int]]:
    """The reasons of a file without the row within which it ends: that is told of the file."""
    ends = any(note.reason == "truncated" for note in account.notes)
    for key, count in _found(account):
        if left := count - (ends and key[:2] == ("rows", "cut_row")):
            yield key, left


def _together(places: Sequence[tuple[str, int]]) -> tuple[int, tuple[str, ...]]:
    """How much there is, and the files, those with most of it first."""
    ordered = sorted(places, key=lambda place: (-place[1], place[0]))
    return sum(count for _, count in places), tuple(dict.fromkeys(name for name, _ in ordered))


def _unused(files: Sequence[FileAccount]) -> Iterator[TrustReason]:
    """Files nothing was made of, a reason for each sentence that is said of them: what they hold nobody knows."""
    found: dict[Words | None, list[str]] = defaultdict(list)
    for each in files:
        if each.file.lower().endswith(weights.EXPORT_ENDINGS):
            found[each.message].append(each.file)
    for message, names in found.items():
        unlike = tuple(dict.fromkeys(names))
        yield TrustReason("unused", "", None, unlike, len(unlike), 0, "fair", message)


def _weightiest(reason: TrustReason) -> tuple[int, float, str, str, str, int, tuple[str, ...]]:
    """By level, then by the share of the table's rows, then by files."""
    share = reason.count / reason.rows if reason.rows else 0.0
    name = (reason.kind, reason.reason, reason.table or "")
    return -weights.LEVELS.index(reason.level), -share, *name, -len(reason.files), reason.files
