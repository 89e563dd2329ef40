"""The rule packs as people ask for them: what there is, what a metric means, what it needs. No data, no Polars."""

from __future__ import annotations

import fnmatch
from functools import cache
from typing import TYPE_CHECKING

from shopscore.catalog import checks
from shopscore.catalog.metric import both, definition, needs_of
from shopscore.errors import UsageError
from shopscore.model import Explanation
from shopscore.ruleset.checked import load_checked
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.integrity import PREFIX

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from shopscore.cache import Cache
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.rules import LoadedPack, Rules

__all__ = ["both", "checks", "definition", "describe", "find", "load", "needs_of", "packs_of"]


def load(extra: Sequence[Path] = (), kept: Cache | None = None) -> Rules:
    """The packs shipped, and those in the user's folders; once a process.

    Args:
        extra: the user's folders.
        kept: where rules that were read before are kept.
    """
    return _load(tuple(extra), kept)


@cache
def _load(extra: tuple[Path, ...], kept: Cache | None) -> Rules:
    return load_checked([default_rules_dir(), *extra], kept)


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────


def find(rules: Rules, name: str, platform: str | None) -> list[tuple[LoadedPack, Metric]]:
    """The metrics a name means: a full id, a short id, an advice id, or a glob; none where it means checks only.

    Raises:
        UsageError: nothing has that name; the sentence says what is near it.
    """
    found = [
        (loaded, metric)
        for loaded in packs_of(rules, platform)
        for metric in loaded.pack.metrics
        if _means(name, loaded.pack, metric)
    ]
    if not found and not checks.named(rules, name):
        raise _unknown(rules, name, platform)
    return found


def packs_of(rules: Rules, platform: str | None) -> list[LoadedPack]:
    """The packs, or the one of a platform.

    Raises:
        UsageError: the platform has none.
    """
    if platform is not None and platform not in rules.packs:
        raise UsageError(
            f"--platform {platform}: no such pack; there are {', '.join(sorted(rules.packs))}",
            f"--platform {platform}：没有这个规则包；现有 {'、'.join(sorted(rules.packs))}",
        )
    return [loaded for name, loaded in sorted(rules.packs.items()) if platform in (None, name)]


def _means(name: str, pack: Pack, metric: Metric) -> bool:
    full = f"{pack.platform}.{metric.id}"
    of_metric = {each.id for each in pack.advice if each.metric == metric.id}
    if name.removeprefix(f"{pack.platform}.") in of_metric:
        return True
    return name in (metric.id, full) or ("*" in name and fnmatch.fnmatchcase(full, name))


def _unknown(rules: Rules, name: str, platform: str | None) -> UsageError:
    import difflib  # noqa: PLC0415 (only for a mistyped name)

    ids = [
        f"{loaded.pack.platform}.{metric.id}" for loaded in packs_of(rules, platform) for metric in loaded.pack.metrics
    ]
    ids += [f"{PREFIX}{check.id}" for check in rules.integrity.checks]
    shorts = dict.fromkeys(full.split(".", 1)[1] for full in ids)
    near = difflib.get_close_matches(name, [*ids, *shorts], 3)
    # A short id stands for that metric of every platform.
    meant = dict.fromkeys(full for each in near for full in ids if each in {full, full.split(".", 1)[1]})
    hint = f"did you mean {', '.join(meant)}?" if meant else "see: shopscore rules list"
    zh_hint = f"是否想写 {'、'.join(meant)}？" if meant else "请看：shopscore rules list"
    return UsageError(
        f"{name}: no metric or advice has this name; {hint}", f"{name}：没有这个名称的指标或建议；{zh_hint}"
    )


# ── one metric in words ──────────────────────────────────────────────────────────────────────────────────────────


def describe(name: str, extra: Sequence[Path], platform: str | None, today: dt.date) -> Explanation:
    """What a name means, without data, by the definitions in force today."""
    rules = load(extra)
    metrics = tuple(definition(rules, loaded, metric, today) for loaded, metric in find(rules, name, platform))
    ids = checks.named(rules, name)
    return Explanation((*metrics, *checks.definitions(rules, ids, packs_of(rules, platform), today)))
