"""Cross-checks of a pack's guide, structures and gates: every name is there, and nothing is left without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.lint_metrics import exists
from shopscore.ruleset.shape import problem_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shopscore.errors import Problem
    from shopscore.ruleset.guidebook import Gate, Guide, Structure
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.yamlfile import Document, Keys


def check_guide(pack: Pack, document: Document) -> Iterator[Problem]:
    """What is wrong with what a pack says of its guide, structures and gates."""
    if pack.guide is not None:
        yield from _indicators(pack, pack.guide, document)
        yield from _advice(pack, pack.guide, document)
        yield from _consequences(pack, pack.guide, document)
    yield from _dates(document, "structures", pack.structures)
    yield from _dates(document, "gates", pack.gates)
    for index, gate in enumerate(pack.gates):
        yield from _gate(gate, document, ("gates", index))
    yield from _scores(pack, document)


def check_factors(pack: Pack, document: Document) -> Iterator[Problem]:
    """Metrics of a structure's factors that are not there."""
    for index, structure in enumerate(pack.structures):
        for number, factor in enumerate(structure.factors):
            yield from _metrics(pack, document, ("structures", index, "factors", number), factor.metrics)


def _metrics(pack: Pack, document: Document, keys: Keys, names: Iterable[str]) -> Iterator[Problem]:
    for number, name in enumerate(names):
        yield from exists(pack, document, (*keys, "metrics", number), name)


def _indicators(pack: Pack, guide: Guide, document: Document) -> Iterator[Problem]:
    for index, indicator in enumerate(guide.indicators):
        keys: Keys = ("guide", "indicators", index)
        if not indicator.metrics and indicator.missing is None:
            what = f"nothing is said of {indicator.name.en!r}"
            yield problem_at(document, keys, what, "name its metrics, or write under `missing` what would be needed")
        yield from _metrics(pack, document, keys, indicator.metrics)


def _advice(pack: Pack, guide: Guide, document: Document) -> Iterator[Problem]:
    known = [each.id for each in pack.advice]
    for index, piece in enumerate(guide.advice):
        keys: Keys = ("guide", "advice", index)
        if not piece.advice and piece.refused is None:
            yield problem_at(document, keys, "this advice is neither matched nor refused", "add `advice` or `refused`")
        yield from _known(document, (*keys, "advice"), piece.advice, known, "advice")


def _known(document: Document, keys: Keys, names: Iterable[str], known: Sequence[str], what: str) -> Iterator[Problem]:
    for number, name in enumerate(names):
        if name not in known:
            yield problem_at(
                document, (*keys, number), f"there is no {what} {name!r}", did_you_mean(name, known, "it has")
            )


def _consequences(pack: Pack, guide: Guide, document: Document) -> Iterator[Problem]:
    metrics = {each.id: each for each in pack.metrics}
    for index, each in enumerate(guide.consequences):
        keys: Keys = ("guide", "consequences", index)
        if not each.metrics and not each.gates and each.refused is None:
            what = "this consequence stands beside no metric and no gate"
            yield problem_at(document, keys, what, "add `metrics`, `gates` or `refused`")
        yield from _metrics(pack, document, keys, each.metrics)
        yield from _known(document, (*keys, "gates"), each.gates, [gate.id for gate in pack.gates], "gate")
        for number, name in enumerate(each.metrics):
            if name in metrics and not metrics[name].consequences:
                what = f"the guide names a consequence of {name}, and {name} names none"
                yield problem_at(document, (*keys, "metrics", number), what, f"write it under {name}: consequences")


def _dates(document: Document, key: str, found: Sequence[Structure | Gate]) -> Iterator[Problem]:
    ids = [each.id for each in found]
    for index, each in enumerate(found):
        keys: Keys = (key, index)
        if each.valid_from and each.valid_to and each.valid_from > each.valid_to:
            yield problem_at(document, keys, "valid_to is before valid_from", "exchange them")
        if ids.index(each.id) < index:
            yield problem_at(document, keys, f"the id {each.id!r} stands here already", "ids are unique")


def _scores(pack: Pack, document: Document) -> Iterator[Problem]:
    """Names under ``scores:`` that nothing asks for, and gates that ask for a score nobody has named."""
    factors = {each.score for found in pack.structures for each in found.factors}
    titled = factors | {each.score for each in pack.inputs}
    titled |= {metric.id for metric in pack.metrics}
    known = titled | {name for gate in pack.gates for name in gate.scores}
    for name in sorted(pack.scores.keys() - known):
        what = f"no structure, gate or composite asks for {name!r}"
        yield problem_at(document, ("scores", name), what, did_you_mean(name, sorted(known), "they ask for"))
    titled |= {name for name, each in pack.scores.items() if each.title}
    for index, gate in enumerate(pack.gates):
        for number, name in enumerate(gate.scores):
            if name not in titled:
                what = f"nothing says what {name!r} is called"
                yield problem_at(
                    document, ("gates", index, "scores", number), what, f"write scores: {{{name}: {{title: …}}}}"
                )


def _gate(gate: Gate, document: Document, keys: Keys) -> Iterator[Problem]:
    if (gate.at_least is None) == (gate.at_most is None):
        yield problem_at(document, keys, "a gate has one limit", "write at_least or at_most")
