"""From a file nobody described to its rows: ``init``, then ``read``, then what ``audit`` says."""

from __future__ import annotations

import json

import pytest
from end_to_end_world import run, small_shop

from shopscore.ruleset.home import default_rules_dir

EXPORT = (
    "Sales Record Number,Order Number,Buyer Name,Total Price,Sale Date,Ship By Date\n"
    "1,27-1-1,Ines Example,$25.00,Sep-27-26,Sep-29-26\n"
    "2,27-1-2,Ines Example,$26.00,Sep-28-26,Sep-30-26\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_way_from_an_unknown_file_to_its_rows(folder):
    unknown = run("read", folder)
    assert (unknown.code, unknown.out) == (3, "")
    assert "`shopscore init FILE` proposes a mapping" in unknown.err

    drafted = run("init", folder, "--lang", "en")
    assert (drafted.code, drafted.err) == (0, "")
    assert "Taken for the table orders: 4 columns filled" in drafted.out
    assert "shopscore read PATH" in drafted.out
    assert "Ines" not in drafted.out
    assert names(folder) == ["export.csv", "export.format.yaml", "shop.yaml"]

    read = run("read", folder, "--lang", "en")
    assert (read.code, read.err) == (0, "")
    assert "2 rows: 2 used, 0 repeated, 0 left out" in read.out
    assert "format: export  table: orders  encoding: utf-8  platform: ebay" in read.out
    assert "promised_ship_at <- Ship By Date" in " ".join(read.out.split())
    assert "Ines" not in read.out

    audit = run("audit", folder)
    assert audit.code == 3
    assert audit.err.startswith("these files can be read (shopscore read PATH), but none of their shops can be audited")
    assert "no rule pack for this platform; there are 1688, " in audit.err


def test_what_was_edited_is_never_overwritten(folder):
    run("init", folder)
    mapping = folder / "export.format.yaml"
    edited = mapping.read_text(encoding="utf-8").replace('"Total Price"', '"Total"')
    mapping.write_text(edited, encoding="utf-8")
    again = run("init", folder, "--lang", "en")
    assert again.code == 0
    assert mapping.read_text(encoding="utf-8") == edited
    assert run("init", folder, "--force").code == 0
    assert mapping.read_text(encoding="utf-8") != edited


def test_a_folder_that_cannot_be_written_to_is_a_mistake(folder):
    (folder / "blocked").write_text("a file, no folder", encoding="utf-8")
    done = run("init", folder, "--output", folder / "blocked")
    assert done.code == 2
    assert "blocked" in done.err
    assert "Traceback" not in done.err


def test_rows_that_all_were_left_out_are_still_accounted_for(folder):
    run("init", folder)
    (folder / "export.csv").write_text(EXPORT.replace("Sep-", "Sept "), encoding="utf-8")
    read = run("read", folder, "--lang", "en")
    assert (read.code, read.err) == (3, "")
    assert "2 rows: 0 used, 0 repeated, 2 left out" in read.out
    assert "export.csv: all its 2 rows are left out: 2 unreadable created at" in run("audit", folder).err


def test_the_audit_s_id_follows_a_format_of_one_s_own(tmp_path):
    small_shop(tmp_path)
    (orders,) = tmp_path.rglob("orders*.csv")
    header, rows = orders.read_text(encoding="utf-8").split("\n", 1)
    renamed = header.replace("order_id", "My order").replace("created_at", "My time")
    orders.with_name("mine.csv").write_text(f"{renamed}\n{rows}", encoding="utf-8")
    orders.unlink()
    mapping = orders.with_name("mine.format.yaml")
    columns = ", ".join(
        f"{name}: {name}" for name in header.strip().split(",") if name not in {"order_id", "created_at"}
    )
    mapping.write_text(
        "id: mine\ntable: orders\ntitle: {en: mine, zh: 我的}\nmust: [[My order, My time]]\n"
        f"columns: {{order_id: My order, created_at: My time, {columns}}}\n"
        "export: {menu: {en: there, zh: 那里}, confidence: low, source: [invented]}\n",
        encoding="utf-8",
    )

    def audit_id():
        done = run("audit", tmp_path, "--format", "json")
        assert done.code == 0, done.err
        return json.loads(done.out)["audit_id"]

    first = audit_id()
    assert audit_id() == first
    mapping.write_text(mapping.read_text(encoding="utf-8") + "# looked at\n", encoding="utf-8")
    assert audit_id() != first


def test_checks_of_the_user_s_own_decide_the_id_of_an_audit(tmp_path, sample):
    said = (default_rules_dir() / "integrity.yaml").read_text(encoding="utf-8")
    ids = []
    for text in (said, said + "\n# looked at\n", said.replace("window: 30 days", "window: 31 days", 1)):
        rules = tmp_path / f"rules {len(ids)}"
        rules.mkdir()
        (rules / "integrity.yaml").write_text(text, encoding="utf-8")
        done = run("audit", sample / "1688", "--rules", rules, "--format", "json")
        assert done.code == 0, done.err
        ids.append(json.loads(done.out)["audit_id"])
    assert ids[0] == ids[1] != ids[2]
