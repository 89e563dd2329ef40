"""An audit of files that have not changed is the audit that was made before, and every other one is made anew."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore import audit as program
from shopscore import unchanged
from shopscore.asked import Request, plan_paths
from shopscore.audit import audit
from shopscore.cache import Cache
from shopscore.errors import DataError

NOW = dt.datetime(2026, 11, 23, 10)
DAY = dt.timedelta(days=1)
ORDERS = "order_id,buyer_id,created_at,paid_at,shipped_at,picked_up_at,status"
SHOP = {
    "orders.csv": [
        "\n".join([ORDERS, *(f"{at},b{at},{day} 10:00:00,{day} 10:05:00,{day} 20:00:00,,shipped" for at in range(4))])
        for day in ("2026-11-03", "2026-11-20", "2026-12-03")
    ],
    "more_20261122.csv": [
        f"{ORDERS}\n9,b9,2026-11-21 10:00:00,2026-11-21 10:00:00,,,to_ship\n",
        f"{ORDERS}\n1,b1,2026-11-21 10:00:00,2026-11-21 10:00:00,,,to_ship\n",
    ],
    "traffic.csv": [f"date,exposures,clicks\n{day},100,3\n" for day in ("2026-11-21", "2026-11-23")],
    "broken.csv": ["no such header\n1\n", ""],
    "shop.yaml": ["name: a\nplatform: tmall\n", "name: b\nplatform: tmall\ncutoffs: {}\n"],
}
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(sorted(SHOP)), st.integers(0, 2)),
        st.tuples(st.just("remove"), st.sampled_from(sorted(SHOP)), st.just(0)),
        st.tuples(st.just("days"), st.just(""), st.integers(-3, 30)),
        st.tuples(st.just("nothing"), st.just(""), st.just(0)),
    ),
    min_size=2,
    max_size=5,
)


def edit(folder, what, name, number, now):
    if what == "write":
        (folder / name).write_text(SHOP[name][number % len(SHOP[name])], encoding="utf-8")
    elif what == "remove":
        (folder / name).unlink(missing_ok=True)
    return now + number * DAY if what == "days" else now


def asking(folder, now=NOW, **more):
    return Request(
        paths=(folder,), rules_dirs=(), platform=None, shop=None, as_of=None, rules_as_of=None, encoding=None,
        key=b"k" * 32, now=now, workers=1, **more,
    )  # fmt: skip


def made(request):
    try:
        return audit(request)
    except DataError as error:
        return str(error)


@pytest.fixture
def folder(tmp_path):
    return filled(tmp_path)


def filled(home):
    folder = home / "shops" / "tmall" / "shop"
    folder.mkdir(parents=True)
    for name in ("orders.csv", "shop.yaml"):
        edit(folder, "write", name, 0, NOW)
    return folder


@pytest.fixture
def audited(monkeypatch):
    """How often a set of files was audited, and not remembered."""
    done = []
    anew = program._audited

    def counting(unit, *words, **options):
        done.append(unit.name)
        return anew(unit, *words, **options)

    monkeypatch.setattr(program, "_audited", counting)
    return done


@given(EDITS)
@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cached_is_uncached_for_any_sequence_of_edits(tmp_path_factory, edits):
    folder, kept, now = filled(tmp_path_factory.mktemp("shops")), Cache(tmp_path_factory.mktemp("cache")), NOW
    for each in (("nothing", "", 0), *edits):
        now = edit(folder, *each, now)
        plain = asking(folder, now)
        assert made(replace(plain, cache=kept)) == made(plain)


def test_what_has_not_changed_is_not_audited_again(folder, tmp_path, audited):
    kept = asking(folder, cache=Cache(tmp_path / "cache"))
    first = audit(kept)
    assert audit(replace(kept, now=NOW + 40 * DAY)) == first
    assert len(audited) == 1
    edit(folder, "write", "orders.csv", 1, NOW)
    assert audit(kept) != first
    assert len(audited) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"now": NOW - DAY},
        {"key": b"o" * 32},
        {"as_of": dt.datetime(2026, 11, 10)},
        {"rules_as_of": dt.date(2024, 1, 1)},
        {"rules_beside": dt.date(2024, 1, 1)},
        {"live": True},
        {"encoding": "utf-8"},
        {"platform": "tmall"},
        {"shop": "a"},
    ],
)
def test_what_is_asked_otherwise_is_audited_again(folder, tmp_path, audited, change):
    kept = asking(folder, cache=Cache(tmp_path / "cache"))
    audit(kept)
    audit(replace(kept, **change))
    assert len(audited) == 2


@pytest.mark.parametrize(("name", "number"), [("orders.csv", 2), ("traffic.csv", 1)])
def test_what_may_yet_happen_is_audited_until_it_has(folder, tmp_path, audited, name, number):
    edit(folder, "write", name, number, NOW)
    kept = asking(folder, cache=Cache(tmp_path / "cache"))
    audit(kept)
    audit(kept)
    later = replace(kept, now=NOW + 30 * DAY)
    audit(later)
    assert len(audited) == 3
    audit(later)
    assert len(audited) == 3


def test_a_file_written_to_while_it_is_read_is_not_kept(folder, tmp_path, monkeypatch):
    kept = asking(folder, cache=Cache(tmp_path / "cache"))
    anew = program._audited

    def meanwhile(unit, *words, **options):
        found = anew(unit, *words, **options)
        edit(folder, "write", "orders.csv", 1, NOW)
        return found

    monkeypatch.setattr(program, "_audited", meanwhile)
    audit(kept)
    monkeypatch.undo()
    assert audit(kept) == audit(replace(kept, cache=None))


@pytest.mark.parametrize("damage", [b"", b"no zlib", None])
def test_a_damaged_entry_is_made_anew(folder, tmp_path, audited, damage):
    kept = asking(folder, cache=Cache(tmp_path / "cache"))
    first = audit(kept)
    (entry,) = (tmp_path / "cache" / "audits").iterdir()
    entry.write_bytes(entry.read_bytes()[:-20] if damage is None else damage)
    assert audit(kept) == first
    assert len(audited) == 2


def test_a_file_that_cannot_be_read_has_no_name(folder):
    (unit,) = plan_paths((folder,), program.load((), None))
    assert unchanged.name_of(unit, {}) == unchanged.name_of(unit, {})
    (folder / "orders.csv").unlink()
    assert unchanged.name_of(unit, {}) is None
