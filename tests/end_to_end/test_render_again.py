"""An old JSON report becomes any format and the other language, and is what the audit would have printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from end_to_end_world import REPOSITORY, run, spawn
from jsonschema import Draft202012Validator

LANGUAGES = ("en", "zh-Hans")


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_of_an_old_report_is_the_text_of_the_audit(outputs, texts, written, lang):
    done = run("render", outputs[written] / "report.json", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert done.out == texts[lang]


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_json_of_an_old_report_is_the_json_of_the_audit(outputs, written, lang):
    done = run("render", outputs[written] / "report.json", "--format", "json", "--lang", lang)
    assert done.out == (outputs[lang] / "report.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["en", "zh-Hans", "golden"])
def test_a_report_fits_the_published_schema(outputs, name):
    published = json.loads((REPOSITORY / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    path = Path(__file__).parent / "golden" / "report.json" if name == "golden" else outputs[name] / "report.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    assert [error.json_path for error in Draft202012Validator(published).iter_errors(report)] == []
    assert json.loads(run("schema").out) == published


def test_what_a_report_keeps_beside_its_keys_does_not_double_it(report):
    def size(value):
        return len(json.dumps(value, ensure_ascii=False).encode())

    whole, kept = size(report), size(report["model"])
    assert kept < (whole - kept) / 2


def test_several_formats_go_into_a_folder(outputs, tmp_path):
    out = tmp_path / "again"
    done = run("render", outputs["en"] / "report.json", "--format", "text,json", "--output", out, "--lang", "zh-Hans")
    assert (done.code, done.out) == (0, "")
    for name in ("report.txt", "report.json"):
        assert (out / name).read_text(encoding="utf-8") == (outputs["zh-Hans"] / name).read_text(encoding="utf-8")


def test_a_process_of_its_own_loads_no_engine_to_render(outputs):
    code = (
        "import sys\nfrom shopscore import console\nfrom shopscore.cli import app\n"
        "code = console.run(lambda: app(sys.argv[1:]))\n"
        "print([code, sorted({'polars', 'fastexcel', 'yaml'} & set(sys.modules))], file=sys.stderr)"
    )
    done = spawn("render", outputs["en"] / "report.json", "--lang", "en", code=code)
    assert done.err.strip() == "[0, []]"
    assert done.out.startswith("示例")


def test_what_is_no_report_is_a_sentence(tmp_path):
    missing = run("render", tmp_path / "none.json")
    assert (missing.code, missing.out) == (2, "")
    assert "No such file" in missing.err
    picture = tmp_path / "picture.json"
    picture.write_bytes(b"\x89PNG\xff")
    assert run("render", picture).err == f"{picture}: not a JSON report; its text is not UTF-8\n"
    picture.write_text("{}", encoding="utf-8")
    assert run("render", picture).code == 2
