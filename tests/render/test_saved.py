"""A report read back from its JSON is the report, whatever it holds; what cannot be read is said in a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_reports import reports

from shopscore import saved
from shopscore.errors import UsageError
from shopscore.model import Report, Words
from shopscore.overlay import NOTHING, MismatchError, left, made
from shopscore.render import json as page

LAWS = settings(max_examples=40, suppress_health_check=list(HealthCheck))
EMPTY = Report("1.0.0", "0.1.0", "a1", (), (), ())


@LAWS
@given(reports(), st.sampled_from(["en", "zh"]))
def test_a_report_read_back_is_the_report(report, lang):
    text = page.render(report, lang)
    back = saved.read(text, "report.json")
    assert back == report
    assert page.render(back, lang) == text


@LAWS
@given(reports(), st.sampled_from(["en", "zh"]), st.randoms(use_true_random=False))
def test_whatever_is_told_the_rest_is_left(report, lang, chance):
    told = partly(json.loads(json.dumps(left(Report, report))), lang, chance)
    rest = left(Report, report, told, lang)
    assert made(Report, rest if rest is NOTHING else json.loads(json.dumps(rest)), told, lang) == report


def partly(plain, lang, chance):
    """What somebody might tell of a report: one language, some names, some of them in another way."""
    if isinstance(plain, dict):
        if plain.keys() == {"en", "zh"}:
            return plain[lang]
        told = {name: partly(each, lang, chance) for name, each in plain.items() if chance.random() < 0.8}
        return told if chance.random() < 0.9 else list(told.values())
    if isinstance(plain, list):
        return [partly(each, lang, chance) for each in plain if chance.random() < 0.95]
    return plain if chance.random() < 0.8 else chance.choice([None, 1, 1.0, "1", True, [], {}])


@LAWS
@given(reports())
def test_without_anything_told_everything_is_left(report):
    plain = json.loads(json.dumps(left(Report, report)))
    assert made(Report, plain) == report


def test_what_the_keys_tell_is_not_told_twice():
    told = page.as_dict(EMPTY, "en")
    assert saved.rest(EMPTY, told, "en")["rest"] == {"tool_version": "0.1.0"}
    assert left(Words, Words("late", "迟"), "late", "en") == "迟"
    assert left(Words, Words("late", "迟"), "迟", "zh") == "late"
    assert left(Words, Words("SKU", "SKU"), "SKU", "zh") is NOTHING


def test_a_noun_of_later_has_its_default_in_an_older_report():
    told = json.loads(page.render(EMPTY, "en"))
    del told["failed"], told["warnings"]
    assert saved.read(json.dumps(told), "old.json") == EMPTY


def test_a_text_that_has_two_languages_since_is_read_as_the_same_in_both():
    assert made(Words, "Service stars") == Words("Service stars", "Service stars")
    assert left(Words, Words("Guide", "Guide"), "Guide", "en") is NOTHING  # so nothing was left of a source's title
    assert made(Words, NOTHING, "Guide", "en") == Words("Guide", "Guide")


def written(**changes):
    return json.dumps(json.loads(page.render(EMPTY, "en")) | changes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "r.json: not JSON; give a report written by: shopscore audit PATH --format json"),
        ("[1]", "r.json: not a whole report; give one written by: shopscore audit PATH --format json"),
        ("{}", "r.json: not a whole report; give one written by: shopscore audit PATH --format json"),
        (
            written(model={"version": 99}, tool={"name": "shopscore", "version": "9.0.0"}),
            "r.json: written by another version of shopscore (9.0.0), which this one cannot read",
        ),
        (
            written(model={"version": 1, "lang": "en", "rest": {}}),
            "r.json: cannot be read (report.tool_version: missing); it was written by shopscore 0.1.0",
        ),
        (
            written(model={"version": 1, "lang": "en", "rest": {"tool_version": "0.1.0", "mood": 1}}),
            "r.json: cannot be read (report.mood: not known); it was written by shopscore 0.1.0",
        ),
        (
            written(audit_id=7),
            "r.json: cannot be read (report.audit_id: 7 is not allowed here); it was written by shopscore 0.1.0",
        ),
        (written(warnings=[7]), "report.warnings[0]: should be a text in both languages"),
        (written(inputs="none"), "report.inputs: should be a list"),
        (written(shops=[1]), "report.shops[0]: should be an object"),
    ],
)
def test_what_is_no_report_is_said_in_a_sentence(text, said):
    with pytest.raises(UsageError, match=r"r\.json") as refused:
        saved.read(text, "r.json")
    assert said in str(refused.value)


def test_a_type_the_report_cannot_hold_is_found_at_once():
    with pytest.raises(TypeError, match="cannot hold"):
        left(set[int], {1})


def test_numbers_keep_their_kind():
    assert left(float, 1.0, 1) == 1.0
    assert left(float, 1.0, 1.0) is NOTHING
    with pytest.raises(MismatchError):
        made(int, True)


def test_sentences_of_both_languages_survive_either_way():
    report = replace(EMPTY, warnings=(Words("one", "一"), Words("two", "二")))
    texts = {lang: page.render(report, lang) for lang in ("en", "zh-Hans")}
    for text in texts.values():
        back = saved.read(text, "report.json")
        assert {lang: page.render(back, lang) for lang in texts} == texts
