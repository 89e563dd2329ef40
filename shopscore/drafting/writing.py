"""A proposal → a format as YAML that a person can edit: sure and doubtful lines told apart, the rest by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.drafting import sentences
from shopscore.drafting.sentences import quoted
from shopscore.model import Words
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shopscore.drafting.proposal import Line, Proposal
    from shopscore.drafting.vocabulary import Vocabulary

DOUBTFUL = "# DOUBTFUL: "
_SURE = "# sure"
_COMMENT = 100
_FEW = 3


def write(proposal: Proposal, name: str, sheet: str, lang: str, *, stated: bool = False) -> str:
    """A proposal as the text of a format.

    Args:
        proposal: the mapping.
        name: the file's, without its ending; it becomes the format's id.
        sheet: the sheet it was found in, or nothing.
        lang: of the comments.
        stated: the file's folder or its ``shop.yaml`` says whose export it is.
    """
    return "".join(f"{line}\n" for line in _lines(proposal, name, sheet, lang, stated=stated))


def _lines(proposal: Proposal, name: str, sheet: str, lang: str, *, stated: bool) -> Iterator[str]:
    yield from _said(sentences.head(name, sheet, proposal.rows), lang)
    yield f"id: {quoted(name)}"
    yield from _platform(proposal, lang, stated=stated)
    doubt = f"  {DOUBTFUL}{sentences.other_table(proposal.rival):{lang}}" if proposal.rival else ""
    yield f"table: {proposal.table}{doubt}"
    yield f"title: {{en: {quoted(name)}, zh: {quoted(name)}}}"
    yield from _said(sentences.MUST, lang)
    yield f"must: [{_listed(proposal.must)}]"
    yield from _said(sentences.COLUMNS, lang)
    yield "columns:"
    for line in proposal.lines:
        yield from _column(line, proposal.table, lang)
    yield from _unfilled(proposal, lang)
    yield from _rows(proposal, lang)
    yield from _ignored(proposal, lang)
    yield from _said(sentences.EXPORT, lang)
    yield f"export: {{menu: {{en: {quoted(sentences.SOMEWHERE.en)}, zh: {quoted(sentences.SOMEWHERE.zh)}}},"
    yield '  confidence: low, source: ["shopscore init"]}'


def _platform(proposal: Proposal, lang: str, *, stated: bool) -> Iterator[str]:
    if proposal.platform is not None:
        yield f'platform: "{proposal.platform}"  {_SURE}'
    elif stated:
        yield from _said(sentences.PLATFORM_STATED, lang)
    else:
        yield f"{DOUBTFUL}{sentences.PLATFORM:{lang}}"
        yield '# platform: ""'


def _column(line: Line, table: str, lang: str) -> Iterator[str]:
    doubt = "; ".join(format(words, lang) for words in line.doubts)
    note = f"  {DOUBTFUL}{doubt}" if doubt else f"  {_SURE}"
    vocabulary = line.candidate.vocabulary
    if vocabulary is None:
        yield f"  {line.column}: {quoted(line.header)}{note}"
        return
    yield f"  {line.column}:{note}"
    yield f"    column: [{quoted(line.header)}]"
    yield from _words(vocabulary, TABLES[table].by_name[line.column].words, lang)


def _words(vocabulary: Vocabulary, allowed: Sequence[str], lang: str) -> Iterator[str]:
    if vocabulary.known:
        yield "    words:"
    for text, word in vocabulary.known.items():
        unsure = f"  {DOUBTFUL}{sentences.UNSURE_WORD:{lang}}" if text in vocabulary.unsure else ""
        yield f"      {quoted(text)}: {word}{unsure}"
    if vocabulary.unknown:
        yield f"      {DOUBTFUL}{sentences.UNKNOWN_TEXTS:{lang}} {', '.join(allowed)}"
    for text in vocabulary.unknown:
        yield f"      # {quoted(text)}: "
    if vocabulary.hidden:
        yield f"      {DOUBTFUL}{sentences.hidden_texts(vocabulary.hidden):{lang}}"


def _unfilled(proposal: Proposal, lang: str) -> Iterator[str]:
    """The columns of the table that nothing fills, so that a person sees what could be."""
    filled = {line.column for line in proposal.lines}
    yield from _said(sentences.UNFILLED, lang, "  ")
    for column in TABLES[proposal.table].columns:
        if column.name not in filled:
            yield f"  # {column.name}: ...  ({column.meaning})"


def _rows(proposal: Proposal, lang: str) -> Iterator[str]:
    """What is said about rows: how cells are written, which are no rows, which belong together."""
    yield from _style(proposal, lang)
    if proposal.drop:
        yield from _said(sentences.DROP, lang)
        yield "drop:"
        for header, texts in proposal.drop.items():
            yield f"  {quoted(header)}: [{', '.join(map(quoted, texts))}]"
    if proposal.orders.fill_down:
        yield from _said(sentences.FILL_DOWN, lang)
        yield f"fill_down: [{', '.join(proposal.orders.fill_down)}]"
    if proposal.orders.same:
        yield from _said(sentences.ONCE, lang)
        doubt = f"  {DOUBTFUL}{sentences.FEW_ORDERS:{lang}}" if proposal.orders.several < _FEW else ""
        yield f"once: [{', '.join(proposal.orders.same)}]{doubt}"
    if proposal.line_key:
        yield from _said(sentences.LINE_KEY, lang)
        yield f"line_key: [{', '.join(map(quoted, proposal.line_key))}]"


def _style(proposal: Proposal, lang: str) -> Iterator[str]:
    """How times and amounts are written, where it is not as everywhere."""
    looks = [line.candidate.look for line in proposal.lines]
    if any(seen.offsets for seen in looks):
        yield from _said(Words(DOUBTFUL[2:] + sentences.OFFSETS.en, DOUBTFUL[2:] + sentences.OFFSETS.zh), lang)
    forms = list(dict.fromkeys(seen.form for seen in looks if seen.form))
    if forms:
        yield from _said(sentences.TIMES, lang)
        yield f"times: [{', '.join(map(quoted, forms))}]"
    elif any(seen.order in {"unknown", "mixed"} for seen in looks):
        yield f"{DOUBTFUL}{sentences.STATE_TIMES:{lang}}"
        yield '# times: ["%d/%m/%Y"]'
        yield '# times: ["%m/%d/%Y"]'
    if any(seen.comma for seen in looks) and not any(seen.point for seen in looks):
        doubt = f"  {DOUBTFUL}{sentences.POINT_OR_GROUP:{lang}}" if any(seen.unclear for seen in looks) else ""
        yield from _said(sentences.DECIMAL, lang)
        yield f'decimal: ","{doubt}'


def _ignored(proposal: Proposal, lang: str) -> Iterator[str]:
    if not proposal.persons and not proposal.others:
        return
    yield "ignored:"
    for said, names in ((sentences.PERSONS, proposal.persons), (sentences.OTHERS, proposal.others)):
        if names:
            yield from _said(said, lang, "  ")
        yield from (f"  - {quoted(name)}" for name in names)


def _listed(names: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, names))}]"


def _said(words: Words, lang: str, indent: str = "") -> Iterator[str]:
    """A sentence as comment lines."""
    line = f"{indent}#"
    for piece in _pieces(format(words, lang)):
        if len(line) + len(piece) > _COMMENT and line.strip() != "#":
            yield line
            line = f"{indent}#"
        line += piece
    yield line


def _pieces(text: str) -> Iterator[str]:
    """Where a comment may be broken: before spaces, and after Chinese punctuation."""
    for word in text.split(" "):
        parts = word.replace("，", "，\0").replace("。", "。\0").split("\0")
        yield from (f" {part}" if number == 0 else part for number, part in enumerate(parts) if part)
