"""Drafting for invented exports, and reading with what was drafted."""

from __future__ import annotations

import datetime as dt
import functools
from types import SimpleNamespace

import msgspec
import pytest
from drafting_world import FILES

from shopscore.catalog import load
from shopscore.drafting import Asked, draft
from shopscore.readers import plan, read_unit
from shopscore.ruleset.own_files import load_own_format

KNOWN_PLATFORMS = {"tmall", "1688", None}


@pytest.fixture(scope="session")
def rules():
    """The rules shipped, without the formats of the platforms that are drafted here."""
    shipped = load()
    formats = tuple(loaded for loaded in shipped.formats if loaded.format.platform in KNOWN_PLATFORMS)
    return msgspec.structs.replace(shipped, formats=formats)


@pytest.fixture
def drafted(tmp_path, rules):
    """Write files below one folder and draft for it: path of a draft, or name of a file without one → the draft."""
    return lambda files, **options: drafts_of(tmp_path, rules, files, **options)


def drafts_of(folder, rules, files, paths=(".",), **options):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    asked = {"output": None, "force": False, "encoding": None, "lang": "en"} | options
    drafts = draft(Asked(tuple(folder / path for path in paths), **asked), rules)
    return {each.file if each.text is None else each.path.removeprefix(f"{folder}/"): each for each in drafts}


@pytest.fixture(scope="session")
def proposal(tmp_path_factory, rules):
    """The format drafted for one of ``FILES``, and the rows it gives, unedited; the shop's zone is stated."""

    @functools.cache
    def run(key):
        folder = tmp_path_factory.mktemp(key)
        name, made = FILES[key]
        found = drafts_of(
            folder, rules, {f"shop/{name}": made(), "shop/shop.yaml": b"name: Example\ntimezone: America/New_York\n"}
        )
        (path,) = [each for each in found if each.endswith(".format.yaml")]
        (folder / path).write_text(found[path].text, encoding="utf-8")
        form = load_own_format(folder / path, rules.words).format
        (unit,) = plan([folder])
        reading = read_unit(unit, rules, key=b"k" * 32, now=dt.datetime(2026, 11, 1))
        return SimpleNamespace(
            form=form,
            text=found[path].text,
            doubtful=set(found[path].doubtful),
            account=next(each for each in reading.accounts if each.file == f"shop/{name}"),
            rows=reading.shops[0].tables[form.table].sort("order_id", "line_id").to_dicts(),
        )

    return run
