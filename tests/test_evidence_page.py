"""``docs/evidence.md`` and the parts that fill it belong together."""

from __future__ import annotations

import re

import pytest
from evidence.run import PAGE, parts
from evidence.tables import Table, filled


def test_every_mark_of_the_page_is_of_a_part_and_every_part_has_one():
    page = PAGE.read_text("utf-8")
    opened, closed = (
        re.findall(r"^<!-- (\w\S*) -->$", page, re.MULTILINE),
        re.findall(r"^<!-- /(\S+) -->$", page, re.MULTILINE),
    )
    assert opened == closed
    assert len(set(opened)) == len(opened)
    assert {name.partition(".")[0] for name in opened} == set(parts())


def test_a_table_takes_the_place_of_the_one_before_and_nothing_else():
    page = "above\n\n<!-- a -->\n| old |\n<!-- /a -->\nbetween\n<!-- a.b -->\n<!-- /a.b -->\nbelow"
    table = Table("a.b", ("x", "y"), (("1", "2"),))
    once = filled(page, [table])
    assert once == page.replace("<!-- /a.b -->", "| x | y |\n| --- | --- |\n| 1 | 2 |\n<!-- /a.b -->")
    assert filled(once, [table]) == once
    with pytest.raises(KeyError, match="no place for c"):
        filled(page, [Table("c", ("x",), ())])
