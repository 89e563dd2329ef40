"""Every export format reads a ten-line file in its real layout and encoding."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import yaml

from shopscore.ruleset.format import Format, WordList
from shopscore.schema import TABLES

HERE = Path(__file__).parent
DATA = HERE / "data"
RULES = HERE.parents[1] / "rules"
EXPECTED = {
    file: expected
    for path in sorted(HERE.glob("expected*.yaml"))
    for file, expected in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}
FORMATS = {
    path.stem: Format.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in sorted((RULES / "formats").glob("*.yaml"))
}
WORDS = {
    path.stem: WordList.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in sorted((RULES / "words").glob("*.yaml"))
}
HEADERS = {
    name.strip("[]"): columns
    for name, *columns in (
        block.split("\n")
        for path in (HERE.parents[1] / "sample_data/making/headers.md", *sorted(HERE.glob("headers_*.md")))
        for block in path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    )
}
LAYOUTS = {
    name: next((known for known in sorted(FORMATS, key=len, reverse=True) if name.startswith(known)), "")
    or "tmall_order_lines"
    for name in HEADERS
}
PERSONAL = (
    "姓名",
    "电话",
    "手机",
    "地址",
    "留言",
    "备注",
    "邮编",
    "昵称",
    "评论",
    "说明",
    "收件人",
    "支付宝账号",
    "发票：",
    "备忘",
    "Email",
    "buyer-",
    "recipient",
    "Phone",
    "address",
    "Address",
    "Street",
    "Zip",
    "postal",
    "Notes",
)
ALLOWED_PERSONAL = {
    "buyer_id": {"买家会员昵称", "Email", "buyer-email"},
    "agent_id": {"旺旺昵称", "客服昵称"},
    "review_id": {"评论ID"},
    "created_at": {"评论时间"},
    "kind": {"备注"},
    "reason": {"备注"},
    "order_id": {"备注"},
}
"""Column → headers: buyers become pseudonyms, agents are the shop's own people, a number or a time is no text; of the
notes of a bill no more is kept than what the platform itself writes there."""


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_fills_columns_its_table_has(name):
    item = FORMATS[name]
    table = TABLES[item.table].by_name
    assert item.id == name
    assert {*item.columns, *item.constants, *item.fill_down, *item.from_name, *item.lacks} <= set(table)
    given = {*item.columns, *item.from_name, *item.lacks}
    assert {column.name for column in TABLES[item.table].columns if column.needed} <= given


@pytest.mark.parametrize("name", FORMATS)
def test_words_lead_to_words_the_dictionary_knows(name):
    table = TABLES[FORMATS[name].table].by_name
    for column, spec in FORMATS[name].columns.items():
        for rule in (spec, *getattr(spec, "then", [])):
            made = {*getattr(rule, "words", {}).values(), *getattr(rule, "contains", {}).values()}
            if (listed := getattr(rule, "word_list", None)) is not None:
                made |= {*WORDS[listed].words, *WORDS[listed].contains}
            made |= {rule.default} if getattr(rule, "default", None) else set()
            if table[column].words:
                # A word may be known and stand for nothing.
                assert made - {""} <= set(table[column].words), (column, made)


@pytest.mark.parametrize("name", WORDS)
def test_a_text_stands_for_one_word_only(name):
    texts = [text for group in WORDS[name].words.values() for text in group]
    assert WORDS[name].id == name
    assert len(texts) == len(set(texts))


REACHED = {
    "unpaid": {"to_ship"},
    "to_ship": {"to_ship"},
    "part_shipped": {"to_ship"},
    "shipped": {"shipped", "to_pick_up", "picked_up"},
    "received": {"shipped", "picked_up"},
    "finished": {"shipped"},
    "closed": {None},
    "held": {None},
}
"""What an order of a status can have reached by the wording of an export."""


@pytest.mark.parametrize("name", [name for name in WORDS if name.endswith("_order_reached")])
def test_a_status_says_how_far_an_order_has_come_and_a_click_is_no_scan(name):
    listed, stages = WORDS[name].words, WORDS[name.replace("reached", "status")].words
    reached = {text: word for word, texts in listed.items() for text in texts}
    assert {
        (text, reached.get(text))
        for status, texts in stages.items()
        for text in texts
        if reached.get(text) not in REACHED[status]
    } == set()
    assert set(reached) <= {text for texts in stages.values() for text in texts}
    carriers = {text for text in reached if "揽" in text or "签收" in text}
    assert {text for word in ("to_pick_up", "picked_up") for text in listed.get(word, [])} == carriers


@pytest.mark.parametrize("layout", HEADERS)
def test_every_header_of_a_layout_is_known(layout):
    from shopscore.readers.formats import catalogue, fold_header  # noqa: PLC0415 - the rest needs no Polars

    known = next(item for item in catalogue(FORMATS.values()) if item.format.id == LAYOUTS[layout])
    assert {header for header in HEADERS[layout] if fold_header(header) not in known.headers} == set()


@pytest.mark.parametrize("layout", HEADERS)
def test_a_layout_matches_one_format(layout):
    from shopscore.readers.formats import catalogue, find  # noqa: PLC0415

    fits = [
        item.format.id for item in catalogue(FORMATS.values()) if find([HEADERS[layout]], [item], layout) is not None
    ]
    assert fits == [LAYOUTS[layout]]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_personal_is_not_read(name):
    for column, spec in FORMATS[name].columns.items():
        personal = {header for header in _headers(spec) if any(part in header for part in PERSONAL)}
        assert personal <= ALLOWED_PERSONAL.get(column, set())


def _headers(spec):
    if isinstance(spec, str):
        return [spec]
    if isinstance(spec, list):
        return spec
    return [*spec.column, *(header for rule in spec.then for header in rule.column)]


@pytest.fixture(scope="module")
def rules():
    from shopscore.ruleset.home import default_rules_dir  # noqa: PLC0415
    from shopscore.ruleset.load import load_rules  # noqa: PLC0415

    return load_rules([default_rules_dir()])


@pytest.mark.parametrize("file", EXPECTED)
def test_a_file_becomes_canonical_rows(file, rules, tmp_path):
    from shopscore.readers import plan, read_unit  # noqa: PLC0415

    expected = EXPECTED[file]
    platform = FORMATS[expected["format"]].platform or "tmall"
    zone = f"timezone: {expected['timezone']}\n" if "timezone" in expected else ""
    folder = tmp_path / "exports"
    folder.mkdir()
    shutil.copy(DATA / file, folder / file)
    (folder / "shop.yaml").write_text(f'name: 示例店\nplatform: "{platform}"\n{zone}', encoding="utf-8")

    (unit,) = plan([folder])
    reading = read_unit(unit, rules, key=b"k" * 32, now=dt.datetime(2026, 11, 23, 10, 0))

    account = next(item for item in reading.accounts if item.file.endswith(expected.get("shown", file)))
    assert account.format == expected["format"]
    assert {each.reason: each.count for each in account.refusals} == expected.get("refused", {})
    assert account.rows_accepted + account.rows_duplicate == len(expected["rows"])
    assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused
    assert (account.encoding or "").lower().removesuffix("-sig") == expected.get("encoding", "")
    (shop,) = reading.shops
    frame = shop.tables[FORMATS[expected["format"]].table]
    columns = list(expected["rows"][0])
    assert sorted(_rows(frame, columns)) == sorted(
        tuple(str(row[name]) for name in columns) for row in expected["rows"]
    )


def _rows(frame, columns):
    for row in frame.to_dicts():
        yield tuple(_text(row.get(name)) for name in columns)


def _text(value):
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_made_up_buyers_are_pseudonyms(rules, tmp_path):
    from shopscore.readers import plan, read_unit  # noqa: PLC0415

    shutil.copy(DATA / "1688_orders.xlsx", tmp_path / "1688_orders.xlsx")
    (tmp_path / "shop.yaml").write_text('name: 示例店\nplatform: "1688"\n', encoding="utf-8")
    (unit,) = plan([tmp_path])
    (shop,) = read_unit(unit, rules, key=b"k" * 32, now=dt.datetime(2026, 11, 23, 10, 0)).shops
    buyers = shop.tables["orders"].sort("order_id", "item_count").get_column("buyer_id").to_list()
    assert buyers[0] == buyers[1]
    assert len(set(buyers)) == 3
    assert not any(buyer is None or "示例" in buyer for buyer in buyers)
