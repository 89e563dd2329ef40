import datetime as dt

import pytest

from shopscore import options
from shopscore.errors import UsageError


def test_a_bare_day_means_its_last_second():
    assert options.moment("--as-of", "2026-11-23") == dt.datetime(2026, 11, 23, 23, 59, 59)
    assert options.moment("--as-of", "2026-11-23T10:00") == dt.datetime(2026, 11, 23, 10)
    assert options.moment("--as-of", None) is None


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-11-23T10:00+08:00"])
def test_a_time_that_cannot_be_read_says_how_to_write_it(text):
    with pytest.raises(UsageError, match=r"--as-of .*: (not a time; write it like|leave the offset out)"):
        options.moment("--as-of", text)


@pytest.mark.parametrize(
    ("environment", "system", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "", "zh-Hans"),
        ({"LANG": "en_US.UTF-8"}, "", "en"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "", "zh-Hant"),
        ({}, "Chinese (Simplified)_China", "zh-Hans"),
        ({}, "", "en"),
    ],
)
def test_the_locale_chooses_the_language(environment, system, lang):
    assert options.language(None, environment, system) == lang


@pytest.mark.parametrize(
    ("given", "lang"),
    [
        ("zh-Hans", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("en", "en"),
        ("zh", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("ZH-hk", "zh-Hant"),
        ("zh_TW.UTF-8", "zh-Hant"),
        ("en-GB", "en"),
    ],
)
def test_a_language_may_be_called_as_a_locale_calls_it(given, lang):
    assert options.language(given, {"LANG": "en_US.UTF-8"}, "") == lang


def test_what_is_not_known_names_what_is():
    with pytest.raises(UsageError, match="--lang fr: not known; write one of zh-Hans, zh-Hant, en"):
        options.language("fr", {}, "")
    with pytest.raises(UsageError, match="--format pdf"):
        options.formats("text,pdf", None)
    with pytest.raises(UsageError, match="--fail-on bad"):
        options.gates(["fail,bad"])


def test_several_formats_need_a_folder(tmp_path):
    with pytest.raises(UsageError, match="several formats need --output FOLDER"):
        options.formats("text,json", None)
    assert options.formats("text, json", tmp_path) == ("text", "json")
