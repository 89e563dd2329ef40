"""A person's own formats lie beside the exports they are for."""

from __future__ import annotations

import pytest
from readers_world import HEADER, archive, order

from shopscore.errors import RuleError

FORMAT = """\
id: my_orders
platform: tmall
table: orders
title: {en: mine, zh: 我的}
must: [[单, 时]]
columns: {order_id: 单, created_at: 时}
export:
  menu: {en: there, zh: 那里}
  confidence: low
  source: [invented]
"""
FILE = "单,时\n1,2026-11-03 10:00:00\n"


def formats(reading):
    return {name: account.format for name, account in reading.accounts.items()}


def test_a_format_is_for_the_files_of_its_folder_and_of_all_below(read):
    reading = read({"a/my.format.yaml": FORMAT, "a/1.csv": FILE, "a/b/2.csv": FILE, "3.csv": FILE})
    assert formats(reading) == {"a/1.csv": "my_orders", "a/b/2.csv": "my_orders", "3.csv": None}


def test_a_format_is_for_the_members_of_an_archive_beside_it(read):
    reading = read({"my.format.yaml": FORMAT, "all.zip": archive({"x/1.csv": FILE.encode()})})
    assert formats(reading) == {"all.zip/x/1.csv": "my_orders"}


def test_its_name_need_not_be_its_id(read):
    assert formats(read({"三月.format.yaml": FORMAT, "1.csv": FILE})) == {"1.csv": "my_orders"}


def test_a_format_shipped_loses_against_one_of_the_person_s_own(read):
    own = FORMAT.replace("[[单, 时]]", "[[订单编号]]").replace(
        "单, created_at: 时", "订单编号, created_at: 订单创建时间"
    )
    files = {"export.csv": f"{HEADER}\n{order('1001')}\n"}
    assert formats(read(files)) == {"export.csv": "tmall_orders"}
    assert formats(read({**files, "my.format.yaml": own})) == {"export.csv": "my_orders"}


def test_the_nearest_of_two_wins(read):
    near = FORMAT.replace("my_orders", "nearer")
    reading = read({"z.format.yaml": FORMAT, "a/b.format.yaml": near, "a/1.csv": FILE, "2.csv": FILE})
    assert formats(reading) == {"a/1.csv": "nearer", "2.csv": "my_orders"}


def test_a_link_is_no_format(read, tmp_path):
    (tmp_path / "elsewhere.yaml").write_text(FORMAT, encoding="utf-8")
    (tmp_path / "店铺甲").mkdir()
    (tmp_path / "店铺甲" / "my.format.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert formats(read({"1.csv": FILE})) == {"1.csv": None}


def test_times_with_an_offset_and_no_zone_are_named(read):
    own = FORMAT.replace("platform: tmall\n", "platform: elsewhere\n")
    files = {"my.format.yaml": own, "1.csv": "单,时\n1,2026-11-03 10:00:00 +0100\n2,2026-11-03\n3,soon +0100\n"}
    account = read(files).accounts["1.csv"]
    assert [(note.reason, note.count) for note in account.notes] == [("no_zone", 1)]
    stated = read({**files, "shop.yaml": "timezone: Europe/Berlin\n"}).accounts["1.csv"]
    assert (stated.notes, stated.rows_accepted) == ((), 2)


def test_what_the_formats_say_is_known_of_the_reading(read, tmp_path, rules):
    from readers_world import KEY, NOW  # noqa: PLC0415 (only here)

    from shopscore.readers import plan, read_unit  # noqa: PLC0415

    read({"my.format.yaml": FORMAT, "unused.format.yaml": FORMAT.replace("my_orders", "other").replace("单", "另")})
    (tmp_path / "店铺甲" / "1.csv").write_text(FILE, encoding="utf-8")

    def used():
        (unit,) = plan([tmp_path], rules.packs)
        return read_unit(unit, rules, key=KEY, now=NOW).own_formats

    first = used()
    assert len(first) == 1
    assert first == used()
    (tmp_path / "店铺甲" / "my.format.yaml").write_text(FORMAT + "# changed\n", encoding="utf-8")
    assert used() != first


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("table: orders", "table: order", "my.format.yaml:3: table: there is no table 'order'"),
        ("order_id: 单, ", "", "my.format.yaml:6: columns: the table 'orders' needs the column 'order_id'"),
        ("columns:", "colums:", "unknown key 'colums'"),
        ("platform: tmall", "platform: 1688", "my.format.yaml:2: platform: text is wanted here"),
        ("created_at: 时", "created_at: {column: [时], word_list: none}", "there is no word list 'none'"),
        ("id: my_orders", "id: [", "this is not YAML"),
    ],
)
def test_a_broken_format_is_a_sentence_with_file_and_line(read, old, new, said):
    with pytest.raises(RuleError) as caught:
        read({"my.format.yaml": FORMAT.replace(old, new), "1.csv": FILE})
    assert said in str(caught.value)
