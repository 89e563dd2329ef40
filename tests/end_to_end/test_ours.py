"""What this program writes is known as its own where it lies among exports: every format, every language."""

from __future__ import annotations

import pytest
from end_to_end_world import run, small_shop

from shopscore.options import DUE_FORMATS, FORMATS, HISTORY_FORMATS, LANGUAGES
from shopscore.readers import plan


def taken_for_exports(folder):
    """The files below a folder that would be read."""
    read: set[str] = set()
    for unit in plan([folder], ()):
        read |= {each.name for each in unit.sources} | {each.file for each in unit.skipped}
    return read


@pytest.fixture(scope="module", params=["one", "two", "fleet"])
def exports(request, tmp_path_factory):
    """What is audited: a shop, two shops, a fleet."""
    folder = tmp_path_factory.mktemp(request.param)
    for shop in ("店一", "店二")[: 1 if request.param == "one" else 2]:
        small_shop(folder, shop)
    if request.param == "fleet":
        (folder / "fleet.yaml").write_text(
            "shops:\n  - {folder: 1688/店一}\n  - {folder: 1688/店二}\n", encoding="utf-8"
        )
    return folder / "fleet.yaml" if request.param == "fleet" else folder


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_report_is_known(exports, tmp_path, lang):
    done = run("audit", exports, "--format", ",".join(FORMATS), "--lang", lang, "--output", tmp_path)
    assert done.code in (0, 5), done.err
    assert len(list(tmp_path.iterdir())) >= len(FORMATS)
    assert taken_for_exports(tmp_path) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", ["2026-11-18T10:00", "2026-10-20T10:00"])
def test_every_list_of_what_runs_out_is_known(exports, tmp_path, lang, moment):
    words = ("due", exports, "--as-of", moment, "--lang", lang)
    assert run(*words, "--format", ",".join(DUE_FORMATS), "--output", tmp_path).code in (0, 5)
    assert len(list(tmp_path.iterdir())) == len(DUE_FORMATS)
    assert taken_for_exports(tmp_path) == set()


def test_every_export_of_a_history_is_known(tmp_path):
    small_shop(tmp_path / "exports")
    kept = ("--history", tmp_path / "n.db")
    assert run("audit", tmp_path / "exports", *kept).code == 0
    out = tmp_path / "out"
    out.mkdir()
    for name in HISTORY_FORMATS[1:]:
        for number, metric in enumerate(((), ("1688.ship_fulfil_rate",))):
            said = run("history", *metric, *kept, "--format", name).out
            (out / f"{number}.{name}").write_text(said, encoding="utf-8")
    assert len(list(out.iterdir())) == 4
    assert taken_for_exports(out) == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("chat.txt", "小甲 | 客服 | 2026-11-03 10:00:00\n您好"),
        ("chat.txt", "小甲 2026-11-03 10:00:00\n店一 | 1688 | 截至 2026-11-18 21:00"),
        ("report.txt", "order-id\tpurchase-date\n1\t2026-11-03"),
        ("orders.csv", "\ufeffplatform,shop,order_id,created_at\n"),
        ("scores.csv", "\ufeffplatform,shop,metric,date,value\n"),
        ("report.json", '{"shops": []}'),
        ("report.xlsx", "no workbook"),
    ],
)
def test_what_looks_alike_is_read(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert taken_for_exports(tmp_path) == {name}
