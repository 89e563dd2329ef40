"""An old JSON report becomes any format and the other language, and is what the audit would have printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from end_to_end_world import REPOSITORY, Done, run, spawn
from jsonschema import Draft202012Validator

from shopscore.options import FORMATS

LANGUAGES = ("en", "zh-Hans")
TABLES = (
    "read_me", "metrics", "shortfalls", "at_risk", "evidence", "changes", "findings", "advice", "measures", "inputs",
)  # fmt: skip


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_of_an_old_report_is_the_text_of_the_audit(outputs, texts, written, lang):
    done = run("render", outputs[written] / "report.json", "-v", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert done.out == texts[lang]


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_json_of_an_old_report_is_the_json_of_the_audit(outputs, written, lang):
    done = run("render", outputs[written] / "report.json", "--format", "json", "--lang", lang)
    assert done.out == (outputs[lang] / "report.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["report.json", "report.html"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_old_report_becomes_every_format_byte_for_byte(outputs, tmp_path, source, lang):
    other = next(each for each in LANGUAGES if each != lang)
    words = (
        "render",
        outputs[other] / source,
        "-v",
        "--format",
        ",".join(FORMATS),
        "--output",
        tmp_path,
        "--lang",
        lang,
    )
    assert run(*words) == Done(0, "", "")
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in outputs[lang].iterdir()}
    assert len(written) == len(FORMATS) + len(TABLES) - 1
    assert {f"report.{name}.csv" for name in TABLES} < set(written)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_alone_is_the_same_on_the_terminal_in_a_file_and_in_a_folder(outputs, tmp_path, name):
    old, target = outputs["en"] / "report.json", tmp_path / "out.any"
    suffix = {"text": "txt", "csv": "metrics.csv", "md-summary": "summary.md", "junit": "junit.xml"}.get(name, name)
    expected = (outputs["en"] / f"report.{suffix}").read_bytes()
    assert run("render", old, "-v", "--format", name, "--output", target, "--lang", "en").code == 0
    assert target.read_bytes() == expected
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run("render", old, "-v", "--format", name, "--output", folder, "--lang", "en").code == 0
    assert (folder / f"report.{suffix}").read_bytes() == expected
    if name != "xlsx":
        assert run("render", old, "-v", "--format", name, "--lang", "en").out.encode() == expected


def test_a_csv_named_like_a_folder_is_all_tables(outputs, tmp_path):
    done = run("render", outputs["en"] / "report.json", "--format", "csv", "--output", tmp_path / "evidence")
    assert done.code == 0
    assert {path.name for path in (tmp_path / "evidence").iterdir()} == {f"report.{name}.csv" for name in TABLES}


@pytest.mark.parametrize("command", ["audit", "render"])
def test_a_workbook_is_not_printed(outputs, command):
    done = run(command, outputs["en"] / "report.json", "--format", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert done.err == "--format xlsx: say where to: --output report.xlsx\n"


def test_an_audit_of_a_history_is_written_again(outputs, sample, tmp_path):
    kept = tmp_path / "nights.db"
    assert (
        run("audit", sample, "--history", kept, "--format", "md", "--output", tmp_path / "a.md", "--lang", "en").code
        == 0
    )
    shop = json.loads((outputs["en"] / "report.json").read_text(encoding="utf-8"))["shops"][0]["shop"]
    words = ("--history", kept, "--format", "md", "--lang", "en")
    done = run("render", "last", *words)
    assert (done.code, done.err) == (0, "")
    assert done.out == (outputs["en"] / "report.md").read_text(encoding="utf-8")
    one = run("render", "last", "--shop", shop, *words)
    assert (one.code, one.err) == (0, "")
    assert one.out == run("render", outputs["en"] / "report.json", "--shop", shop, *words[2:]).out


@pytest.mark.parametrize("asked", ["shop", "platform"])
def test_one_shop_of_an_old_report_is_what_its_line_of_ndjson_tells(outputs, asked):
    for line in (outputs["en"] / "report.ndjson").read_text(encoding="utf-8").splitlines():
        whole = json.loads(line)
        name = whole["shops"][0][asked]
        done = run("render", outputs["en"] / "report.json", f"--{asked}", name, "--format", "json", "--lang", "en")
        assert (done.code, done.err) == (0, "")
        assert json.loads(done.out) == whole


def test_a_shop_an_old_report_does_not_tell_of_is_a_sentence(outputs):
    done = run("render", outputs["en"] / "report.json", "--shop", "nobody")
    assert (done.code, done.out) == (2, "")
    assert "no shop called nobody in this report; it tells of 1688/" in done.err


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
    done = run(
        "render", outputs["en"] / "report.json", "-v", "--format", "text,json", "--output", out, "--lang", "zh-Hans"
    )
    assert (done.code, done.out) == (0, "")
    for name in ("report.txt", "report.json"):
        assert (out / name).read_text(encoding="utf-8") == (outputs["zh-Hans"] / name).read_text(encoding="utf-8")


def test_one_format_goes_into_a_folder_that_is_there(outputs, tmp_path):
    done = run("render", outputs["en"] / "report.json", "--output", tmp_path, "--lang", "en", "-v")
    assert (done.code, [path.name for path in tmp_path.iterdir()]) == (0, ["report.txt"])


def test_a_process_of_its_own_loads_no_engine_to_render(outputs):
    code = (
        "import sys\nfrom shopscore import console\nfrom shopscore.cli import app\n"
        "code = console.run(lambda: app(sys.argv[1:]))\n"
        "print([code, sorted({'polars', 'fastexcel', 'yaml'} & set(sys.modules))], file=sys.stderr)"
    )
    done = spawn("render", outputs["en"] / "report.json", "-v", "--lang", "en", code=code)
    assert done.err.strip() == "[0, []]"
    assert done.out.startswith("5 shops: 5 with metrics that fail or likely fail")


def test_what_is_no_report_is_a_sentence(tmp_path):
    missing = run("render", tmp_path / "none.json")
    assert (missing.code, missing.out) == (2, "")
    assert "No such file" in missing.err
    picture = tmp_path / "picture.json"
    picture.write_bytes(b"\x89PNG\xff")
    assert run("render", picture).err == f"{picture}: not a JSON report; its text is not UTF-8\n"
    picture.write_text("{}", encoding="utf-8")
    assert run("render", picture).code == 2
