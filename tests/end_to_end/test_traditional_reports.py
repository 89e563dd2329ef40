"""Every sample report in traditional characters: nothing of ours stays simplified, nothing of the shop's is changed."""

from __future__ import annotations

import json
import re

import pytest
from end_to_end_world import run

from shopscore import traditional

LETTERS = traditional.read(traditional.TABLE.read_text(encoding="utf-8")).letters
ALSO_TRADITIONAL = frozenset("里面后只表台周回了制复系并准着采志占布余范凭冲挂几注签发")
"""Characters that stand in traditional texts too."""
SIMPLIFIED = frozenset(LETTERS) - ALSO_TRADITIONAL


def called(value):
    """Every name inside a value: reasons and goods as the files call them."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from [each] if key in ("name", "segment") and isinstance(each, str) else called(each)
    elif isinstance(value, list):
        for each in value:
            yield from called(each)


def names(report):
    """Everything in a report that the files, the user and the publishers say and not we."""
    yield from (each["title"] for each in report["sources"].values())
    yield from (each["publisher"] for each in report["sources"].values())
    for account in report["inputs"]:
        yield from account["file"].split("/")
        for each in (*account["cells_refused"], *account["refusals"], *account["notes"]):
            for example in each["examples"]:
                yield from (example["shape"], example["column"])
    for shop in report["shops"]:
        yield shop["shop"]
        yield from called(shop)
        yield from (effect["what"] for effect in shop["effects"])
        yield from (driver["segment"] for metric in shop["metrics"] for driver in metric["drivers"])


@pytest.fixture(scope="module")
def again(outputs, tmp_path_factory):
    """The reports in the other script, each made from the JSON report of another language."""
    folder = tmp_path_factory.mktemp("traditional")
    for kind in ("text", "json", "html"):
        done = run("render", outputs["en"] / "report.json", "--lang", "zh-Hant", "--format", kind, "-o", folder / kind)
        assert (done.code, done.err) == (0, "")
    return folder


@pytest.mark.parametrize("kind", ["text", "json", "html"])
def test_no_simplified_character_of_ours_is_left(again, report, kind):
    text = (again / kind).read_text(encoding="utf-8")
    if kind == "html":
        text = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    if kind == "json":
        told = json.loads(text)
        del told["model"], told["sources"]
        text = json.dumps(told, ensure_ascii=False)
    for name in sorted(set(names(report)), key=len, reverse=True):
        text = text.replace(name, "") if traditional.HAN.search(name) else text
    left = {
        letter: text[max(0, text.index(letter) - 20) : text.index(letter) + 20] for letter in SIMPLIFIED & set(text)
    }
    assert left == {}


def test_what_the_files_say_is_not_changed(again, report):
    text = (again / "text").read_text(encoding="utf-8")
    assert all(shop["shop"] in text for shop in report["shops"])
    told = json.loads((again / "json").read_text(encoding="utf-8"))
    assert [each["file"] for each in told["inputs"]] == [each["file"] for each in report["inputs"]]


def test_a_report_in_traditional_characters_becomes_one_in_simplified_ones_again(again, outputs, tmp_path):
    for language in ("zh-Hans", "en"):
        done = run("render", again / "json", "--lang", language, "--format", "json", "-o", tmp_path / language)
        assert done.code == 0, done.err
        assert (tmp_path / language).read_bytes() == (outputs[language] / "report.json").read_bytes()
