from __future__ import annotations

import json

import pytest
from end_to_end_world import KEY, NOW, copy_of_samples, run, small_shop

from shopscore import console
from shopscore.asked import Request
from shopscore.explain import explain
from shopscore.options import FORMATS


def pytest_addoption(parser):
    parser.addoption("--rebuild-goldens", action="store_true", help="write the golden reports again")


@pytest.fixture(scope="session", autouse=True)
def _same_everywhere(tmp_path_factory):
    """One key, one clock, one language, one width, no colour and a cache of their own, whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOPSCORE_KEY", KEY)
        patch.setenv("SHOPSCORE_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("SHOPSCORE_STATE", str(tmp_path_factory.mktemp("state")))
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("PYTHONUTF8", "1")
        for name in ("SHOPSCORE_DEBUG", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        patch.setattr(console, "latest_local_time", lambda: NOW)
        patch.setattr(console, "today", NOW.date)
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The two sample shops, in a folder of their own."""
    return copy_of_samples(tmp_path_factory.mktemp("sample") / "exports")


@pytest.fixture(scope="session")
def outputs(sample, tmp_path_factory):
    """Language → the folder with the report of the sample in every format, audited once each."""
    folders = {"en": tmp_path_factory.mktemp("en"), "zh-Hans": tmp_path_factory.mktemp("zh")}
    for language, folder in folders.items():
        words = ("--format", ",".join(FORMATS), "-v", "--lang", language)
        done = run("audit", sample, *words, "--output", folder / "out")
        assert (done.code, done.out, done.err) == (0, "", "")
    return {language: folder / "out" for language, folder in folders.items()}


@pytest.fixture(scope="session")
def texts(outputs):
    """Language → the text report."""
    return {language: (folder / "report.txt").read_text(encoding="utf-8") for language, folder in outputs.items()}


@pytest.fixture(scope="session")
def json_text(outputs):
    """The JSON report, as written."""
    return (outputs["en"] / "report.json").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def report(json_text):
    """The JSON report, read."""
    return json.loads(json_text)


@pytest.fixture(scope="session")
def explanation(sample):
    """Every metric of both shops opened up, with the rows it missed."""
    request = Request((sample,), (), None, None, None, None, None, KEY.encode(), NOW, 1)
    return explain("*", request, "miss")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A small shop that is in order, and fails its targets."""
    folder = tmp_path_factory.mktemp("small")
    small_shop(folder)
    return folder
