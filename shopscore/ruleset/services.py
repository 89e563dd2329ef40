"""``rules/services.yaml`` → what each chat service takes, and what its error numbers mean."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.lint import check_sources
from shopscore.ruleset.pack import Confidence, Source
from shopscore.ruleset.shape import problem_at, required
from shopscore.ruleset.strict import Strict
from shopscore.ruleset.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from shopscore.errors import Problem
    from shopscore.ruleset.yamlfile import Document

FILE = "services.yaml"
Sources = Annotated[list[str], Field(min_length=1)]


class Limit(Strict):
    """The most that a service takes, where that is said, and how sure it is."""

    most: Annotated[int, Field(gt=0)]
    source: Sources
    confidence: Confidence


class Refusal(Strict):
    """An error number.

    Attributes:
        number: as the service sends it.
        says: what it means, for the person whose message was not taken.
        too_many: it asks to be left alone for a while.
        source: where that is said.
        confidence: how sure it is.
    """

    number: int
    says: str
    too_many: bool = False
    source: Sources
    confidence: Confidence


class DingTalk(Strict):
    """A robot of a DingTalk group: messages a minute, bytes of one, characters that clients show of it."""

    a_minute: Limit
    message_bytes: Limit
    letters: Limit
    refusals: list[Refusal]


class WeCom(Strict):
    """A robot of a WeCom group: messages a minute, bytes of markdown, of text, of a file."""

    a_minute: Limit
    markdown_bytes: Limit
    text_bytes: Limit
    file_bytes: Limit
    refusals: list[Refusal]


class Feishu(Strict):
    """A bot of a Feishu or Lark group: messages a minute, bytes of a request."""

    a_minute: Limit
    request_bytes: Limit
    refusals: list[Refusal]


class Services(Strict):
    """Everything ``services.yaml`` says."""

    sources: dict[str, Source]
    dingtalk: DingTalk
    wecom: WeCom
    feishu: Feishu

    @property
    def by_name(self) -> Mapping[str, DingTalk | WeCom | Feishu]:
        """The services by the name under which they are spoken to."""
        return {"dingtalk": self.dingtalk, "wecom": self.wecom, "feishu": self.feishu}

    def facts(self) -> Iterator[tuple[str, Limit | Refusal]]:
        """Every limit and every error number, by service and name."""
        for name, service in self.by_name.items():
            for field in type(service).model_fields:
                if isinstance(limit := getattr(service, field), Limit):
                    yield f"{name}.{field}", limit
            yield from ((f"{name}.{each.number}", each) for each in service.refusals)

    def refusal(self, service: str, number: int) -> Refusal | None:
        """What a service's error number means, where that is known."""
        return next((each for each in self.by_name[service].refusals if each.number == number), None)


@cache
def services(path: Path | None = None) -> Services:
    """What the chat services take.

    Args:
        path: the file; the one that comes with shopscore when not given.

    Raises:
        RuleError: with every mistake of the file and its place.
    """
    return required(Services, read_yaml(path or default_rules_dir() / FILE), _checked)


def _checked(found: Services, document: Document) -> Iterator[Problem]:
    """Sources that are not described or that nothing rests on, numbers told twice."""
    yield from check_sources(document, found.sources)
    for name, service in found.by_name.items():
        seen: set[int] = set()
        for at, each in enumerate(service.refusals):
            if each.number in seen:
                yield problem_at(document, (name, "refusals", at), f"{each.number} stands here twice", "leave one out")
            seen.add(each.number)
    used = {source for _, fact in found.facts() for source in fact.source}
    for name in found.sources:
        if name not in used:
            yield problem_at(document, ("sources", name), f"nothing rests on the source {name!r}", "leave it out")
