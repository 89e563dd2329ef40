"""The table of traditional characters: what OpenCC makes of every text of ours, in as few characters and phrases."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import yaml

from shopscore import traditional
from shopscore.render.words import WORDS

ROOT = Path(__file__).parents[1]
VARIANT = "s2tw"
"""Taiwan's characters, the mainland's words: the platforms' terms stay recognisable beside their back offices."""
FORCED = {"发": "發", "后": "後", "表": "表", "只": "只", "回": "回", "周": "週", "台": "台", "了": "了"}
"""What OpenCC's phrases get wrong in our texts (虚假发货 is no 假髮), and 台 as shops there write it."""
CORRECTED = {"支签": "支簽", "拒签": "拒簽", "回复": "回覆"}
LONGEST = 9
PATTERN = re.compile(r"\\[dsw]|\(\?")
"""In what finds texts in files; it is never shown."""
WIDTH = 118

HEAD = """# Simplified = traditional, for the characters of our texts and rules only, by OpenCC ({variant}).
# Write it again with `{again}`.
"""
AGAIN = "python -m pytest tests/test_docs_pages.py --rebuild-docs"


# ── our texts ────────────────────────────────────────────────────────────────────────────────────────────────────


def of_code():
    """Every text in the code that has Chinese in it."""
    for path in sorted((ROOT / "shopscore").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and traditional.HAN.search(node.value):
                yield node.value
    for path in sorted((ROOT / "shopscore").rglob("*.html")):
        yield path.read_text(encoding="utf-8")


def strings(value):
    """Every text inside a value of YAML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings(key)
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


class Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML as text: nothing in it is a date or a number."""


Plain.yaml_implicit_resolvers = {}


@cache
def files_of_rules():
    """Every file of the rules, read."""
    paths = sorted((ROOT / "rules").rglob("*.yaml"))
    return [yaml.load(path.read_text(encoding="utf-8"), Loader=Plain) for path in paths]  # noqa: S506 - a SafeLoader


def of_rules():
    """Every text in the rules that has Chinese in it."""
    for loaded in files_of_rules():
        yield from (text for text in strings(loaded) if traditional.HAN.search(text))


@cache
def texts():
    """All of them, each once."""
    found = {" ".join(text.split()) for text in (*of_code(), *of_rules())}
    return tuple(sorted(text for text in found if not PATTERN.search(text)))


def english(value):
    """The English half of every sentence inside a value of YAML."""
    if isinstance(value, dict):
        yield from (text for key, text in value.items() if key == "en" and isinstance(text, str))
        yield from (text for each in value.values() for text in english(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in english(each))


def terms():
    """Chinese names that our English sentences quote."""
    said = [one for one, _ in WORDS.values()]
    for loaded in files_of_rules():
        said += english(loaded)
    return frozenset(name for text in said for name in traditional.names(text))


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────


def corrected(text, other):
    """What OpenCC made of a text, without its mistakes."""
    assert len(text) == len(other), f"of another length: {text}"
    other = "".join(FORCED.get(one, two) for one, two in zip(text, other, strict=True))
    for phrase, form in CORRECTED.items():
        for found in re.finditer(phrase, text):
            other = other[: found.start()] + form + other[found.end() :]
    return other


@cache
def wanted():
    """Text → what OpenCC makes of it."""
    from opencc import OpenCC  # noqa: PLC0415 - only who makes the table needs it

    made = OpenCC(VARIANT)
    return {text: corrected(text, made.convert(text)) for text in texts()}


def letters():
    """Character → its usual form, over all texts."""
    forms = defaultdict(Counter)
    for text, other in wanted().items():
        for one, two in zip(text, other, strict=True):
            if traditional.HAN.match(one):
                forms[one][two] += 1
    return {
        one: max(sorted(counts), key=lambda two, counts=counts: counts[two]) for one, counts in sorted(forms.items())
    }


def phrase_at(text, at):
    """The shortest phrase around a character that has the same form wherever it stands."""
    for length in range(2, LONGEST):
        for start in range(max(0, at - length + 1), at + 1):
            phrase = text[start : start + length]
            if len(phrase) < length or not all(traditional.HAN.match(letter) for letter in phrase):
                continue
            forms = {
                other[found.start() : found.start() + length]
                for each, other in wanted().items()
                for found in re.finditer(f"(?={re.escape(phrase)})", each)
            }
            if len(forms) == 1:
                return phrase, forms.pop()
    raise AssertionError(f"no phrase tells how to write {text[at]} in {text}")


def phrases(usual):
    """Phrases in which a character has another form than usual."""
    found = {}
    translated = str.maketrans({one: two for one, two in usual.items() if one != two})
    while True:
        table = traditional.Table({}, found, "", frozenset())
        pattern = traditional.pattern(table)
        more = {}
        for text, other in wanted().items():
            made = traditional.convert(text, table, pattern, translated)
            wrong = next((at for at, (one, two) in enumerate(zip(made, other, strict=True)) if one != two), None)
            if wrong is not None:
                phrase, form = phrase_at(text, wrong)
                more[phrase] = form
        if not more.keys() - found.keys():
            assert not more, more
            return found
        found |= more


def wrapped(items, gap=" "):
    """Items over lines."""
    line = ""
    for item in items:
        if line and len(line) + len(item) + len(gap) > WIDTH // 2:
            yield line
            line = ""
        line += (gap if line else "") + item
    if line:
        yield line


def page():
    """shopscore/traditional/table.txt."""
    usual = letters()
    changed = [f"{one}{two}" for one, two in usual.items() if one != two]
    special = [f"{one}={two}" for one, two in sorted(phrases(usual).items())]
    alike = [one for one, two in usual.items() if one == two]
    parts = (
        ("letters", changed, " "),
        ("phrases", special, " "),
        ("alike", alike, ""),
        ("terms", sorted(terms()), " "),
    )
    body = "".join(f"[{name}]\n" + "".join(f"{line}\n" for line in wrapped(each, gap)) for name, each, gap in parts)
    return HEAD.format(variant=VARIANT, again=AGAIN) + body
