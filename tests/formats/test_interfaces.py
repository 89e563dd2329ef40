"""Answers of platforms' interfaces become the same rows whatever wraps them, and the rows an export gives."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
CASES = {case["format"]: case for case in yaml.safe_load((HERE / "interfaces.yaml").read_text(encoding="utf-8"))}
NOW = dt.datetime(2026, 11, 23, 10, 0)


@pytest.fixture(scope="module")
def rules():
    from shopscore.ruleset.home import default_rules_dir  # noqa: PLC0415
    from shopscore.ruleset.load import load_rules  # noqa: PLC0415

    return load_rules([default_rules_dir()])


@pytest.fixture
def read(rules, tmp_path):
    """Files by name, of one shop of a platform → its tables and the files' accounts."""
    from shopscore.readers import plan, read_unit  # noqa: PLC0415

    def run(platform, files):
        folder = tmp_path / "exports"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        (folder / "shop.yaml").write_text(f"name: 示例店\nplatform: {platform}\n", encoding="utf-8")
        (unit,) = plan([folder])
        reading = read_unit(unit, rules, key=b"k" * 32, now=NOW)
        return reading.shops[0].tables if reading.shops else {}, reading.accounts

    return run


def text(value):
    return json.dumps(value, ensure_ascii=False)


def answer(records, layers):
    """Records in the layers of an answer, the outermost with what stands beside the list."""
    wrapped = records
    for layer in reversed(layers):
        wrapped = {layer: wrapped}
    (inner,) = wrapped.values()
    return {layers[0]: inner | {"request_id": "x1", "total_count": 9} if isinstance(inner, dict) else inner}


WRAPPED = {
    "a list": lambda records, _: {"a.json": text(records)},
    "an answer": lambda records, layers: {"a.json": text(answer(records, layers))},
    "rows of a program": lambda records, _: {"a.json": text({"code": 0, "data": {"total": 9, "rows": records}})},
    "a record a line": lambda records, _: {"a.jsonl": "\n".join(map(text, records))},
    "an answer a line": lambda records, layers: {
        "a.jsonl": "\n".join(text(answer([record], layers)) for record in records)
    },
    "an answer on one record a line": lambda records, layers: {
        "a.jsonl": "\n".join(text({"response": {layers[-1]: record, "request_id": "x1"}}) for record in records)
    },
    "an answer a file": lambda records, layers: {
        f"a{number}.json": text({"response": {layers[-1]: record, "request_id": "x1"}})
        for number, record in enumerate(records)
    },
}


@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("name", CASES)
def test_records_are_the_same_rows_in_any_layers(read, name, wrapped):
    case = CASES[name]
    tables, accounts = read(name.split("_", 1)[0], WRAPPED[wrapped](case["records"], case["wrap"]))
    refused = {each.reason: each.count for account in accounts for each in account.refusals}
    assert sum(refused.values()) == case.get("dropped", 0)
    assert set(refused) <= {"description_row", "total_row"}
    assert {table: shown(tables[table], rows) for table, rows in case["tables"].items()} == {
        table: sorted(tuple(map(str, row.values())) for row in rows) for table, rows in case["tables"].items()
    }
    assert set(case["tables"]) == set(tables) - {"sightings"}


def shown(frame, rows):
    return sorted(tuple(map(cell, row.values())) for row in frame.select(list(rows[0])).to_dicts())


def cell(value):
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("name", CASES)
def test_a_line_cut_off_is_missed_in_every_table(read, name):
    case = CASES[name]
    lines = [*map(text, case["records"]), text(case["records"][0])[:60]]
    _, accounts = read(name.split("_", 1)[0], {"a.jsonl": "\n".join(lines)})
    assert [each.count for account in accounts for each in account.refusals if each.reason == "broken_record"] == [
        1
    ] * len(case["tables"])


def test_a_record_without_its_number_is_refused_and_a_code_nobody_explained_is_named(read):
    case = CASES["pdd_refunds_json"]
    first, second, third = case["records"]
    tables, (account,) = read("pdd", {"a.json": text([first | {"id": ""}, second | {"after_sales_status": 20}, third])})
    assert {each.reason: each.count for each in account.refusals} == {"missing_refund_id": 1}
    assert [(each.column, each.count) for each in account.cells_refused] == [("status", 1)]
    assert sorted(tables["refunds"].get_column("refund_id")) == ["1000002", "1000003"]


def test_trap_39_a_part_of_a_fen_is_no_amount(read):
    record = CASES["pdd_refund_details_json"]["records"][0]
    tables, (account,) = read("pdd", {"a.json": text([record | {"refund_amount": "29.90"}, record | {"id": 2}])})
    assert [(each.column, each.count) for each in account.cells_refused] == [("amount", 1)]
    assert sorted(tables["refunds"].get_column("amount").drop_nulls().cast(str)) == ["29.90"]


EXPORTED = [name for name, case in CASES.items() if "export" in case]


@pytest.mark.parametrize("name", EXPORTED)
def test_an_order_is_the_same_by_interface_and_by_export(read, name, tmp_path):
    platform, rows = name.split("_", 1)[0], CASES[name]["export"]
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    exported, _ = read(platform, {"orders.csv": written.getvalue().encode("gb18030")})
    (tmp_path / "exports/orders.csv").unlink()
    answered, _ = read(platform, {"a.json": text(CASES[name]["records"])})
    columns = CASES[name]["said_by_both"]
    numbers = exported["orders"].get_column("order_id").to_list()
    assert exported["orders"].height == len(rows)
    same = answered["orders"].filter(answered["orders"]["order_id"].is_in(numbers))
    assert exported["orders"].select(columns).sort("order_id").rows() == same.select(columns).sort("order_id").rows()
