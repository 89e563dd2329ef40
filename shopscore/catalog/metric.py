"""A metric of a pack on a day → its definition in words: conditions, versions, sources, needs, advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import window
from shopscore.catalog import advising, clocks, exclusions, said
from shopscore.model import Definition as DefinitionText
from shopscore.model import Fact, Words
from shopscore.ruleset.needs import needs
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from shopscore.model import Need
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Bands, Pack
    from shopscore.ruleset.resolve import Definition, SideRules
    from shopscore.ruleset.rules import LoadedPack, Rules


def both(text: str) -> Words:
    """The same in both languages: ids, conditions, numbers."""
    return Words(text, text)


def definition(rules: Rules, loaded: LoadedPack, metric: Metric, day: dt.date) -> DefinitionText:
    """One metric: words, window, conditions, versions, sources, bands, consequences, needs, advice."""
    pack = loaded.pack
    full = f"{pack.platform}.{metric.id}"
    resolved = next(each for each in define(pack, day, ShopFile()) if each.id == full)
    return DefinitionText(
        id=full,
        title=metric.title.words,
        why=metric.why.words,
        text=(metric.not_found or metric.definition_text).words,
        status=metric.definition,
        facts=tuple(_facts(pack, metric, resolved, day)),
        conditions=tuple(conditions_of(resolved)),
        versions=tuple(_versions(metric)),
        switches=tuple(_switches(metric, resolved)),
        consequences=tuple(each.text.words for each in metric.consequences),
        needs=needs_of(resolved, rules),
        advice=tuple(advising.of_metric(pack, metric)),
        sources=tuple(_sources(pack, metric)),
        refused=tuple(_refused(metric)),
        clocks=tuple(clocks.of_metric(pack, metric)),
    )


def _refused(metric: Metric) -> Iterator[Words]:
    """Numbers that are given for a metric and are no threshold of it, each with the reason and who gives it."""
    for each in metric.refused:
        source = f"[{', '.join(each.source)}]"
        yield Words(
            f"{each.value.en}: no threshold of this metric. {each.reason.en} {source}",
            f"{each.value.zh}：不是该指标的门槛。{each.reason.zh}{source}",
        )


def days_of(text: str, first: dt.date, last: dt.date) -> Words:
    """A window, and which days it is."""
    called = said.window(text)
    return Words(f"{called.en} ({first} .. {last})", f"{called.zh}（{first} 至 {last}）")


def needs_of(resolved: Definition, rules: Rules) -> tuple[Need, ...]:
    """What a metric in force needs; nothing for one that is not."""
    return needs(resolved, rules) if resolved.in_force else ()


def _facts(pack: Pack, metric: Metric, resolved: Definition, day: dt.date) -> Iterator[Fact]:
    yield Fact(Words("platform", "平台"), pack.title.words)
    yield Fact(Words("kind", "算法"), said.words(metric.kind, f"in {metric.unit}", f"{metric.better} is better"))
    yield Fact(Words("purpose", "用途"), said.words(metric.purpose))
    if metric.kind not in ("none", "composite") and resolved.in_force:
        first, last = window.bounds(resolved.window, day)
        yield Fact(Words("window", "统计期"), days_of(resolved.window, first, last))
        if resolved.minimum > 1:
            yield Fact(Words("minimum", "最少样本"), both(str(resolved.minimum)))
    for label, target in (
        (Words("published limit", "平台公布的线"), metric.targets.published),
        (Words("advised limit", "业内参考线"), metric.targets.advisory),
    ):
        if target is not None:
            note = f" - {target.note.en}" if target.note else ""
            note_zh = f" - {target.note.zh}" if target.note else ""
            value = f"{target.value:g} [{', '.join(target.source)}]"
            yield Fact(label, Words(value + note, value + note_zh))
    if pack.bands is not None and metric.purpose == "score" and metric.kind not in ("none", "composite"):
        yield Fact(Words("item score", "单项分"), _bands(pack.bands))
    for name, parameter in pack.parameters.items():
        if any(
            name in (side.weight_by or "") for side in (metric, metric.numerator) if side and not isinstance(side, str)
        ):
            yield Fact(
                both(name),
                Words(
                    f"{parameter.default:g}: {parameter.meaning.en}", f"{parameter.default:g}：{parameter.meaning.zh}"
                ),
            )


def _bands(bands: Bands) -> Words:
    """The platform's steps; which value earns which is known from the seller's dashboard only."""
    steps = " / ".join(f"{step:g}" for step in bands.steps)
    weak = f"; below {bands.weak_below:g} is weak" if bands.weak_below is not None else ""
    weak_zh = f"；低于 {bands.weak_below:g} 为短板" if bands.weak_below is not None else ""
    source = f" [{', '.join(bands.source)}]"
    scale = f"{steps} {bands.unit}{weak}; " if steps else ""
    scale_zh = f"{steps}{weak_zh}；" if steps else ""
    return Words(
        f"{scale}cut-offs compare shops: type your dashboard's into shop.yaml{source}",
        f"{scale_zh}分档与同行比较得出，请把后台的截止值填入 shop.yaml{source}",
    )


_ROLES = (
    ("where", Words("counts", "计入")),
    ("unknown", Words("unknown when", "无法判断")),
    ("pending", Words("pending while", "未到期")),
    ("numerator", Words("hit when", "达标条件")),
    ("of", Words("measures", "取值")),
    ("weight_by", Words("weighs", "权重")),
    ("once_per", Words("once a window per", "每期只计一次")),
    ("still_open", Words("still to be decided while", "未有定论的条件")),
)


def conditions_of(resolved: Definition) -> Iterator[tuple[Words, str]]:
    """Which rows count, condition by condition as written."""
    for side, rules in resolved.sides.items():
        mark = {"n": Words("top: ", "分子"), "d": Words("bottom: ", "分母")}.get(side, both(""))
        yield _marked(mark, Words("rows of", "取自")), rules.fact
        yield _marked(mark, Words("on the day of", "日期取")), rules.at
        for role, label in _ROLES:
            text = getattr(rules, role)
            if text is not None:
                yield _marked(mark, label), text
        yield from _exclusions(mark, rules)


def _exclusions(mark: Words, rules: SideRules) -> Iterator[tuple[Words, str]]:
    for name, condition in rules.exclude:
        out = exclusions.called(name)
        yield _marked(mark, Words(f"left out: {out.en} ({name})", f"剔除：{out.zh}（{name}）")), condition


def _marked(mark: Words, label: Words) -> Words:
    return Words(mark.en + label.en, mark.zh + label.zh)


def _versions(metric: Metric) -> Iterator[Fact]:
    for version in metric.versions:
        span = _span(version.valid_from, version.valid_to)
        changed = ", ".join(f"`{each}`" for each in version.changes)
        notes = [(version.note.en, version.note.zh)] if version.note else []
        if changed:
            notes.append((f"changes {changed}", f"改动：{changed}"))
        yield Fact(span, Words(" ".join(en for en, _ in notes), "".join(zh for _, zh in notes)))


def _span(first: dt.date | None, last: dt.date | None) -> Words:
    if first is None:
        return Words(f"until {last}", f"{last} 及以前") if last else Words("always", "一直")
    return Words(f"{first} .. {last}", f"{first} 至 {last}") if last else Words(f"since {first}", f"{first} 起")


def _switches(metric: Metric, resolved: Definition) -> Iterator[Fact]:
    used = dict(resolved.switches)
    for name, switch in metric.switches.items():
        now = used.get(name, switch.default)
        marks = {option: "* " if option == now else "" for option in switch.options}
        options = "; ".join(f"{marks[option]}{option}: {each.title.en}" for option, each in switch.options.items())
        options_zh = "；".join(f"{marks[option]}{option}：{each.title.zh}" for option, each in switch.options.items())
        yield Fact(Words(f"{name}: {switch.title.en}", f"{switch.title.zh}（{name}）"), Words(options, options_zh))


def _sources(pack: Pack, metric: Metric) -> Iterator[Words]:
    single = (metric.targets.published, metric.targets.advisory, metric.stake)
    given = [metric, *metric.versions, *(each for each in single if each), *metric.consequences, *metric.refused]
    advice = [each for each in pack.advice if each.metric == metric.id]
    used = dict.fromkeys(name for each in (*given, *advice) for name in each.source)
    yield from (source_text(pack, name) for name in used)


_STATUS = {"current": "核对时有效", "dated": "可能已有变化", "superseded": "已被取代", "undated": "未注明日期"}
_CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}


def source_text(pack: Pack, name: str) -> Words:
    """A source in one line: what it is, whose, of when, how sure."""
    source = pack.sources[name]
    head, head_zh = (f"[{name}] {source.called:{lang}} - {source.held_by:{lang}}" for lang in ("en", "zh-Hans"))
    # What has no date is called undated; no source is of no date and of an age.
    day = [str(source.published)] if source.published else [] if source.status == "undated" else [""]
    en = [*(each or "no date" for each in day), source.status, f"confidence {source.confidence}"]
    zh = [*(each or "无日期" for each in day), _STATUS[source.status], f"可信程度{_CONFIDENCE[source.confidence]}"]
    return Words(", ".join((head, *en)), "，".join((head_zh, *zh)))
