"""One file → the mappings proposed for it, or the sentence why there are none."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.drafting import sentences, writing
from shopscore.drafting.finding import samples
from shopscore.drafting.proposal import Proposal, propose
from shopscore.model import Draft, Words
from shopscore.readers import sentences as readers_sentences
from shopscore.readers import sniff
from shopscore.readers.cells.conventions import fold_header
from shopscore.readers.folders.files import OWN_FORMAT
from shopscore.readers.formats import missing_columns
from shopscore.readers.kinds.sheet import Bundle
from shopscore.readers.opened import Hints, Opened, Unread, open_file
from shopscore.readers.shops.store import folder_name
from shopscore.stopping import Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.drafting.candidates import Knowledge
    from shopscore.drafting.finding import Sample
    from shopscore.readers.folders.items import Item

_HEAD = 4096


class Wanted(Struct, frozen=True):
    """How drafts are made.

    Attributes:
        target: the folder of the drafts of one file.
        force: files that are there already are written again.
        encoding: of text files, if the user states it.
        lang: of the comments.
        stated: the file's folder or its ``shop.yaml`` says whose export it is.
    """

    target: Path
    force: bool
    encoding: str | None
    lang: str
    stated: bool


class Looked(Struct, frozen=True):
    """What came of one file.

    Attributes:
        drafts: what to say of it and what to write.
        platforms: whose export it is, where that is known.
        of_use: it is known, or a mapping is proposed.
        musts: path of a draft → folded headers of the files it is for.
    """

    drafts: tuple[Draft, ...]
    platforms: frozenset[str]
    of_use: bool
    musts: Mapping[str, frozenset[str]]


def look_at(item: Item, knowledge: Knowledge, wanted: Wanted, earlier: Mapping[str, frozenset[str]]) -> Looked:
    """Propose mappings for one file.

    Args:
        item: the file.
        knowledge: what is known about headers; its catalogue holds the formats that stand for this file.
        wanted: how drafts are made.
        earlier: path of a draft made for an earlier file → folded headers of the files it is for.
    """
    if isinstance(item.content, Words):
        return _nothing(item, item.content)
    try:
        return _look_at(item, item.content, knowledge, wanted, earlier)
    except OSError as error:
        return _nothing(item, readers_sentences.file_closed(error))
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, Stopped):
        raise
    except BaseException as error:  # noqa: BLE001 - readers of hostile files panic, which is no Exception
        return _nothing(item, readers_sentences.damaged(error))


def _look_at(
    item: Item,
    content: Path | bytes | Bundle,
    knowledge: Knowledge,
    wanted: Wanted,
    earlier: Mapping[str, frozenset[str]],
) -> Looked:
    kind = "json" if isinstance(content, Bundle) else sniff.kind_of(_head(content), content)
    if isinstance(kind, Words) or kind == "zip":
        return _nothing(item, kind if isinstance(kind, Words) else readers_sentences.ARCHIVE_NESTED)
    stem = PurePosixPath(item.name).stem
    sheets = open_file(content, kind, knowledge.known, Hints(stem, wanted.encoding))
    opened = next(sheet for sheet in sheets if not isinstance(sheet, Unread))
    if isinstance(opened, Opened):
        form = opened.match.known.format
        platforms = frozenset([form.platform] if form.platform else [])
        return Looked((Draft(item.name, sentences.known(form.id, form.table)),), platforms, of_use=True, musts={})
    if isinstance(content, Bundle) or opened not in {readers_sentences.UNKNOWN, missing_columns(stem)}:
        return _nothing(item, opened)
    found = samples(content, kind, knowledge, wanted.encoding)
    if isinstance(found, Words):
        return _nothing(item, found)
    proposals = [(sample, propose(sample.header, sample.cells, knowledge)) for sample in found]
    return _gathered(item, stem, proposals, wanted, earlier)


def _gathered(
    item: Item,
    stem: str,
    found: Sequence[tuple[Sample, Proposal | Words]],
    wanted: Wanted,
    earlier: Mapping[str, frozenset[str]],
) -> Looked:
    """What is proposed for the sheets of a file; where nothing is, the reason of the first of them."""
    proposals = [(sample, proposal) for sample, proposal in found if isinstance(proposal, Proposal)]
    if not proposals:
        return _nothing(item, next((reason for _, reason in found if isinstance(reason, Words)), sentences.NO_WORDS))
    drafts: list[Draft] = []
    musts: dict[str, frozenset[str]] = {}
    for sample, proposal in proposals:
        name = f"{stem} {sample.sheet}" if len(proposals) > 1 else stem
        draft = _draft(item, name, (sample, proposal), wanted, {**earlier, **musts})
        drafts.append(draft)
        if draft.path is not None:
            musts[draft.path] = frozenset(map(fold_header, proposal.must))
    platforms = frozenset(proposal.platform for _, proposal in proposals if proposal.platform)
    return Looked(tuple(drafts), platforms, of_use=True, musts=musts)


def _draft(
    item: Item,
    name: str,
    found: tuple[Sample, Proposal],
    wanted: Wanted,
    earlier: Mapping[str, frozenset[str]],
) -> Draft:
    """One sheet's mapping, unless an earlier one is for it too or its place is taken."""
    sample, proposal = found
    here = set(map(fold_header, sample.header))
    same = next((path for path, must in earlier.items() if must <= here and Path(path).parent == wanted.target), None)
    if same is not None:
        return Draft(item.name, sentences.same(Path(same).name))
    path = wanted.target / f"{folder_name(name)}{OWN_FORMAT}"
    if path.exists() and not wanted.force:
        return Draft(item.name, sentences.there(str(path)))
    doubtful = [line.column for line in proposal.lines if line.doubts]
    said = sentences.proposed(proposal.table, len(proposal.lines), len(doubtful))
    doubtful += [] if proposal.platform or wanted.stated else ["platform"]
    text = writing.write(proposal, name, sample.sheet, wanted.lang, stated=wanted.stated)
    return Draft(item.name, said, str(path), text, tuple(doubtful))


def _nothing(item: Item, reason: Words) -> Looked:
    return Looked((Draft(item.name, reason),), frozenset(), of_use=False, musts={})


def _head(content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return content[:_HEAD]
    with content.open("rb") as stream:
        return stream.read(_HEAD)
