"""A bug of ours takes no other shop down and is owned up to in a sentence."""

from __future__ import annotations

import pytest
from end_to_end_world import run, small_shop

from shopscore import audit as program


@pytest.fixture
def fleet(tmp_path, monkeypatch):
    """Two shops, one of which a bug brings down."""
    small_shop(tmp_path, "好店")
    small_shop(tmp_path, "坏店")
    assess = program.assess

    def failing(shop, losses, other, **options):
        if shop.tables.shop == "坏店":
            raise ZeroDivisionError("by nought")
        return assess(shop, losses, other, **options)

    monkeypatch.setattr(program, "assess", failing)
    return tmp_path


def test_a_shop_that_fails_takes_no_other_down_and_ends_in_5(fleet):
    done = run("audit", fleet, "--format", "json", "--lang", "en", "--fail-on", "fail")
    assert done.code == 5, "a failed shop outweighs a failed gate"
    assert [shop["shop"] for shop in done.report["shops"]] == ["好店"]
    assert "坏店" in done.report["failed"][0]
    assert "ZeroDivisionError" in done.report["warnings"][0]
    text = run("audit", fleet, "--lang", "en")
    assert (text.code, "坏店" in text.out, "好店" in text.out.splitlines()[0]) == (5, True, True)


def test_a_bug_is_owned_up_to_without_a_traceback(fleet):
    done = run("audit", fleet, "--shop", "坏店")
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("This is a bug of shopscore, not of your data")
    assert "Traceback" not in done.err


def test_a_failed_shop_is_never_quiet(fleet):
    done = run("audit", fleet, "--quiet")
    assert done.code == 5
    assert "坏店" in done.out + done.err
