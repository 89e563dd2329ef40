"""What was read → records: each file with its columns and what was left out, then the trust; what ``init`` proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.plain.records import record, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Account, Draft, FileAccount
    from shopscore.render.layout import Line


def account(found: Account, lang: str) -> Iterator[Line]:
    """Every file, then every shop, then what else is to be known."""
    for file in found.files:
        yield from _file(file, lang)
    for name, trust in found.shops:
        if not trust.reasons:
            yield record("trust", name, trust.level, None, None, None, None)
        for each in trust.reasons:
            yield record("trust", name, trust.level, each.reason or each.kind, each.table, each.count, each.rows)
    yield from (record("warning", None, None, words(format(each, lang), lang)) for each in found.warnings)


def drafts(found: Sequence[Draft], lang: str) -> Iterator[Line]:
    """Every file that ``init`` looked at."""
    for each in found:
        doubtful = " ".join(each.doubtful)
        yield record("draft", each.file, each.path, doubtful, words(format(each.said, lang), lang))


def _file(file: FileAccount, lang: str) -> Iterator[Line]:
    message = words(format(file.message, lang), lang) if file.message else None
    yield record(
        "file", file.file, file.sha256, file.format, file.table, file.encoding, file.platform, file.shop,
        file.rows_read, file.rows_accepted, file.rows_duplicate, file.rows_refused, message,
    )  # fmt: skip
    yield from (record("column", file.file, column, header) for column, header in file.columns_used)
    yield from (record("column", file.file, None, header) for header in file.columns_ignored)
    refused = [("rows", each.reason, each.count, each.examples) for each in file.refusals]
    refused += [("note", each.reason, each.count, each.examples) for each in file.notes]
    refused += [("cells", "unreadable", each.count, each.examples) for each in file.cells_refused]
    for what, reason, count, examples in refused:
        first = examples[0] if examples else None
        place = (first.row, first.column, first.shape) if first else (None, None, None)
        yield record("refusal", file.file, what, reason, count, *place)
