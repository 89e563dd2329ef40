import pytest

from shopscore.render.escape import spreadsheet, terminal


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "  =HYPERLINK(1)"])
def test_a_cell_a_spreadsheet_would_run_is_neutralised(cell):
    assert spreadsheet(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-12.50", "+3", "-5%", "2026-11-23", "A-1", "张三"])
def test_numbers_and_plain_text_stay_as_they_are(cell):
    assert spreadsheet(cell) == cell


def test_line_breaks_and_controls_become_visible_dots():
    assert terminal("a\r\nb\x00c\u2028d") == "a··b·c·d"
