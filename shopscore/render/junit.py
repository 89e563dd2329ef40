"""A report → JUnit XML for a build server: a suite a shop, a case a metric.

A case fails only where the verdict is `fail`, which chance does not explain: a build must not turn red by chance.
`likely_fail` and `undecided` are skipped with their reason, as is what is set aside or could not be measured;
`--fail-on level:likely_fail` is for those who want to be stopped earlier. A metric that could not be computed is an
error, and so is a shop that failed as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shopscore.render import figures, why
from shopscore.render.escape import terminal
from shopscore.render.words import joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import MetricResult, Report, ShopReport, Words

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TESTS = ("failure", "error", "skipped")
_NO_TIME = "0"
"""An audit is not a run of tests: no case takes time, and two reports of the same inputs are the same."""


def render(report: Report, lang: str) -> str:
    """The report as XML 1.0.

    Args:
        report: the report.
        lang: the language of messages.
    """
    root = Element("testsuites", {"name": "shopscore", "time": _NO_TIME})
    for shop in report.shops:
        _suite(root, shop, report, lang)
    for name, warning in _failed(report):
        suite = SubElement(root, "testsuite", {"name": _clean(name), "time": _NO_TIME})
        case = SubElement(suite, "testcase", {"classname": _clean(name), "name": "audit", "time": _NO_TIME})
        _say(case, "error", "error", format(warning, lang) if warning else "failed")
        _count(suite)
    _count(root)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _failed(report: Report) -> Iterator[tuple[str, Words | None]]:
    """Shops that failed as a whole, each with the warning that names it."""
    for name in report.failed:
        yield name, next((each for each in report.warnings if each.en.startswith(f"{name}:")), None)


def _suite(root: Element, shop: ShopReport, report: Report, lang: str) -> None:
    name = f"{shop.platform}/{shop.shop}"
    about = {"name": name, "time": _NO_TIME, "timestamp": f"{shop.as_of:%Y-%m-%dT%H:%M:%S}"}
    suite = SubElement(root, "testsuite", {key: _clean(text) for key, text in about.items()})
    rules = " ".join(f"{used.platform}@{used.version}" for used in report.rules if used.platform == shop.platform)
    score = [] if shop.score.value is None else [("score", f"{shop.score.value:.15g}")]
    known = [("timezone", shop.timezone), ("rules", rules), ("audit_id", report.audit_id), ("trust", shop.trust.level)]
    _properties(suite, [*known, *score])
    set_aside = {each.metric: f"{each.reason} ({each.owner}, {each.expires})" for each in shop.set_aside}
    for metric in shop.metrics:
        case = SubElement(suite, "testcase", {"classname": _clean(name), "name": metric.id, "time": _NO_TIME})
        _properties(case, _facts(metric, lang))
        _outcome(case, metric, set_aside.get(metric.id), lang)
    _count(suite)


def _facts(metric: MetricResult, lang: str) -> Iterator[tuple[str, str]]:
    """What is known of a metric, numbers unrounded."""
    found = metric.measurement
    yield "title", format(metric.title, lang)
    yield "unit", metric.unit
    yield "verdict", metric.verdict
    if found.interval:
        yield "interval", "..".join(f"{end:.15g}" for end in found.interval)
    numbers = {
        "value": found.value,
        "target": metric.target.value,
        "numerator": found.numerator,
        "n": found.denominator,
    }
    for name, number in numbers.items():
        if number is not None:
            yield name, f"{number:.15g}"
    if metric.target.value is not None:
        yield "target_basis", metric.target.basis


def _outcome(case: Element, metric: MetricResult, set_aside: str | None, lang: str) -> None:
    """Nothing for what holds."""
    stated = figures.stated(metric, lang)
    if metric.measurement.status == "error":
        message = metric.measurement.message
        _say(case, "error", "error", format(message, lang) if message else stated)
    elif set_aside is not None or metric.suppressed:
        _say(case, "skipped", "set_aside", labelled(lang, say(lang, "suppressed"), set_aside or ""))
    elif metric.verdict != "not_measured" and not metric.counts:
        _say(case, "skipped", "only_shown", joined(lang, [say(lang, "only_shown"), stated, *_short(metric, lang)]))
    elif metric.verdict == "fail":
        reasons = why.told(metric, lang)
        _say(case, "failure", "fail", joined(lang, [stated, *_short(metric, lang)]), "\n".join(reasons))
    elif metric.verdict == "not_measured":
        message = metric.measurement.message
        kind = "no_target" if metric.measurement.status == "measured" else metric.measurement.status
        _say(case, "skipped", kind, format(message, lang) if message else stated)
    elif metric.verdict in ("likely_fail", "undecided"):
        _say(case, "skipped", metric.verdict, joined(lang, [stated, *_short(metric, lang)]))


def _short(metric: MetricResult, lang: str) -> Iterator[str]:
    """Value, interval, target, and what is missing."""
    yield f"{figures.value(metric, metric.measurement.value, lang)} ({figures.interval(metric)})"
    yield f"{say(lang, 'target')} {figures.target(metric, lang)}"
    if metric.shortfall:
        yield f"{say(lang, 'short_by')} {figures.short_by(metric, lang)}"


# ── XML ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _say(case: Element, what: str, kind: str, message: str, text: str = "") -> None:
    found = SubElement(case, what, {"message": _clean(message), "type": kind})
    found.text = _clean(text, keep_lines=True) or None


def _properties(owner: Element, found: Iterable[tuple[str, str]]) -> None:
    held = SubElement(owner, "properties")
    for name, value in found:
        SubElement(held, "property", {"name": name, "value": _clean(value)})


def _count(suite: Element) -> None:
    """How many cases there are beneath, and how they ended."""
    suite.set("tests", str(sum(1 for _ in suite.iter("testcase"))))
    for name, key in zip(_TESTS, ("failures", "errors", "skipped"), strict=True):
        suite.set(key, str(sum(1 for _ in suite.iter(name))))


def _clean(text: str, *, keep_lines: bool = False) -> str:
    """Text without what XML 1.0 does not allow and what an eye does not see."""
    shown = "\n".join(terminal(line) for line in text.splitlines()) if keep_lines else terminal(text)
    return _NOT_XML.sub("", shown)
