"""A header row and the cells below it → which header may fill which column of a table, and how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from shopscore.drafting.looks import look
from shopscore.drafting.phrases import evidence, phrases, plain
from shopscore.drafting.vocabulary import vocabulary
from shopscore.readers.cells.conventions import fold, fold_header
from shopscore.readers.formats import source_headers
from shopscore.ruleset.format import FormatColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import polars as pl

    from shopscore.drafting.looks import Look
    from shopscore.drafting.phrases import Evidence, Phrases
    from shopscore.drafting.vocabulary import Vocabulary
    from shopscore.readers.formats import Known
    from shopscore.ruleset.format import WordList
    from shopscore.ruleset.headers import HeaderColumn, HeaderWords
    from shopscore.schema import Column, Kind, Table

_CONTRADICTED = 0.5
"""Below this share of cells that read as its kind, a column's words are not believed."""
_MOST = 12
"""Headers a column: a file that repeats one phrase in a thousand headers is not looked at a thousand times."""
_CLOCKS = 3
_BLANK = 12


class Candidate(Struct, frozen=True):
    """A header that may fill a column.

    Attributes:
        evidence: what its words say.
        look: what its cells look like.
        vocabulary: what its texts stand for, where the column has a closed vocabulary.
        score: both together; more is better, nothing below 1.
    """

    evidence: Evidence
    look: Look
    vocabulary: Vocabulary | None
    score: int


class Knowledge(Struct, frozen=True):
    """What is known about headers and words before a file is looked at.

    Attributes:
        headers: words of headers, whatever the platform.
        known: the catalogue of formats; their headers count as words too.
        words: word lists by id.
    """

    headers: HeaderWords
    known: Sequence[Known]
    words: Mapping[str, WordList]

    @property
    def barred(self) -> tuple[str, ...]:
        """Phrases of persons and free texts, as headers are compared."""
        return tuple(map(plain, (*self.headers.persons, *self.headers.texts)))

    def sources(self, table: str, column: str) -> frozenset[str]:
        """Folded headers that formats of a table fill a column from."""
        forms = (each.format for each in self.known if each.format.table == table)
        specs = (form.columns[column] for form in forms if column in form.columns)
        return frozenset(fold_header(name) for spec in specs for name in source_headers(spec))

    def lists(self, table: str, column: str) -> list[dict[str, str]]:
        """Folded text → word, of the word lists that formats of a table use for a column."""
        specs = (each.format.columns.get(column) for each in self.known if each.format.table == table)
        names = {spec.word_list: None for spec in specs if isinstance(spec, FormatColumn) and spec.word_list}
        return [
            {fold(text): word for word, texts in self.words[name].words.items() for text in texts}
            for name in names
            if name in self.words
        ]


class Columns(Struct, frozen=True):
    """A file's columns, and what their cells look like, looked at once however many tables ask.

    Attributes:
        header: place → header as it is written.
        cells: ``c0, c1, …`` below the header.
        forms: of times, those that only formats state.
        looks: what was looked at so far.
    """

    header: Mapping[int, str]
    cells: pl.DataFrame
    forms: Sequence[str] = ()
    looks: dict[tuple[int, Kind], Look] = field(default_factory=dict)

    def of(self, place: int) -> pl.Series:
        """The cells of one column."""
        return self.cells.get_column(f"c{place}")

    def look(self, place: int, kind: Kind) -> Look:
        """What the cells of one column look like as one kind."""
        if (place, kind) not in self.looks:
            self.looks[place, kind] = look(self.of(place), kind, self.forms)
        return self.looks[place, kind]


def candidates(columns: Columns, table: Table, knowledge: Knowledge) -> dict[tuple[str, int], Candidate]:
    """Every pair of a table's column and a header that may fill it.

    Args:
        columns: the file's.
        table: the canonical table.
        knowledge: what is known about headers.
    """
    specs = knowledge.headers.of(table.name)
    found: dict[tuple[str, int], Candidate] = {}
    for column in table.columns:
        spec = specs.get(column.name)
        if spec is not None:
            found |= {
                (column.name, place): candidate
                for place, candidate in _of_column(columns, (table, column), spec, knowledge)
            }
    return found


def _of_column(
    columns: Columns,
    wanted: tuple[Table, Column],
    spec: HeaderColumn,
    knowledge: Knowledge,
) -> Iterator[tuple[int, Candidate]]:
    table, column = wanted
    words = phrases(spec, knowledge.sources(table.name, column.name), knowledge.barred)
    lists = knowledge.lists(table.name, column.name) if column.words else []
    for place, said in _best_said(columns.header, words):
        seen = columns.look(place, column.kind)
        certain = said.how in {"says", "known"}
        texts = vocabulary(columns.of(place), column, spec, lists, certain=certain) if column.words else None
        score = _score(said, seen, texts)
        if score > 0:
            yield place, Candidate(said, seen, texts, score)


def _best_said(header: Mapping[int, str], words: Phrases) -> list[tuple[int, Evidence]]:
    """The headers whose words speak most for a column; the cells of no others are looked at."""
    found = ((place, evidence(name, words)) for place, name in header.items())
    said = [(place, each) for place, each in found if each is not None]
    return sorted(said, key=lambda pair: -pair[1].score)[:_MOST]


def _score(said: Evidence, seen: Look, texts: Vocabulary | None) -> int:
    """Words and cells together; nothing where cells contradict words that are not plain."""
    score = said.score
    strange = seen.share < _CONTRADICTED or (texts is not None and seen.filled > 0 and not texts.known)
    if strange:
        score = score // 3 if said.how == "says" else 0
    if score and not seen.filled:
        score = max(score - _BLANK, 1)
    return score + (_CLOCKS if score and seen.clocks else 0)


def best_places(header: Iterable[str]) -> dict[int, str]:
    """Place → header, without blank headers and repetitions."""
    seen: dict[str, int] = {}
    names = list(header)
    for place, name in enumerate(names):
        folded = fold_header(name)
        if folded:
            seen.setdefault(folded, place)
    return {place: names[place] for place in seen.values()}
