"""Drafting for any files at all: a mapping that loads and shows nobody, or the sentence why there is none."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import msgspec
from fuzz_files import FILES, PERSON
from hypothesis import HealthCheck, given, settings

from shopscore.catalog import load
from shopscore.drafting import Asked, draft
from shopscore.errors import DataError
from shopscore.ruleset.own_files import load_own_format, load_shop_file

RULES = msgspec.structs.replace(load(), formats=())
"""Without a format every file has to be drafted for."""


@given(FILES)
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_any_files_are_drafted_for_or_named(files):
    root = Path(tempfile.mkdtemp(prefix="fuzz"))
    try:
        for number, (name, content) in enumerate(files):
            (root / f"{number}").mkdir()
            (root / f"{number}" / name).write_bytes(content)
        drafts, refusal = _drafted(root)
        assert PERSON not in refusal
        assert drafts or refusal
        for each in drafts:
            assert each.said.en
            assert each.said.zh
            if each.text is not None:
                path = Path(each.path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(each.text, encoding="utf-8", newline="\n")
                _loads(path)
                assert PERSON not in each.text
    finally:
        shutil.rmtree(root)


def _drafted(root):
    try:
        return draft(Asked((root,), root / "out", force=False, encoding=None, lang="en"), RULES), ""
    except DataError as error:
        return (), str(error)


def _loads(path):
    if path.name == "shop.yaml":
        load_shop_file(path)
    else:
        load_own_format(path, RULES.words)
