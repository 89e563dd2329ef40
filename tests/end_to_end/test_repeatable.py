"""The same shops give the same report, whatever the files are called, ordered, packed or split into."""

from __future__ import annotations

import builtins
import csv
import functools
import io
import math
import operator
import random
import zipfile

import polars as pl
import pytest
from end_to_end_world import (
    A1688,
    SHOPS,
    TMALL,
    copy_of_samples,
    metrics,
    run,
    shop_of,
    small_orders,
    small_shop,
    spawn,
)

CANONICAL = ("orders", "refunds", "disputes", "reviews", "messages", "sessions")
OTHER_NAMES = {
    "退款管理.xlsx": "a.xlsx",
    "商品评价.csv": "zz 评价.csv",
    "快递揽收明细.csv": "0.csv",
    "揽收签收明细.csv": "9.CSV",
    "ExportOrderDetailList25827949301.xlsx": "下载 (3).xlsx",
    "ExportOrderList25827949225.xlsx": "00.xlsx",
}


def is_canonical(path):
    """Whether it is a table of our own, perhaps with its day of export in the name."""
    return path.suffix == ".csv" and path.stem.split("_20")[0] in CANONICAL


def audited(*words):
    done = run("audit", *words, "--format", "json", "--lang", "en")
    assert done.code == 0, done.err
    return done.report


def lines_of(path):
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(list(csv.reader(io.StringIO("\n".join(rows))))), "a cell holds a line end"
    return head, rows


def write_lines(path, head, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def test_another_process_with_two_workers_prints_the_same_bytes(sample, json_text):
    done = spawn("audit", sample, "--format", "json", "--lang", "en", "--workers", "2", "--no-cache")
    assert (done.code, done.err) == (0, "")
    assert done.out == json_text


def test_a_shop_is_told_the_same_by_the_other_engine(sample, json_text):
    how = {"POLARS_ENGINE_AFFINITY": "streaming"}
    done = spawn("audit", sample, "--format", "json", "--lang", "en", "--workers", "1", "--no-cache", **how)
    assert done.out == json_text


def test_every_python_prints_the_same_bytes(sample, json_text, monkeypatch):
    """From 3.12 on `sum` of floats carries what is rounded away; nothing that is told may hang on whether it does."""
    usual = builtins.sum
    carries = usual([1e100, 1.0, -1e100]) == 1.0

    def of_another(items, /, start=0):
        items = list(items)
        if not any(isinstance(each, float) for each in (start, *items)):
            return usual(items, start)
        return functools.reduce(operator.add, items, start) if carries else math.fsum((start, *items))

    monkeypatch.setattr(builtins, "sum", of_another)
    done = run("audit", sample, "--format", "json", "--lang", "en", "--no-cache")
    assert done.out == json_text


def test_file_names_folders_and_the_order_of_rows_change_nothing(tmp_path, report):
    copy_of_samples(tmp_path)
    shuffle = random.Random(20261123).shuffle  # noqa: S311 - an order, not a secret
    for shop in SHOPS:
        folder = tmp_path / shop
        for path in list(folder.iterdir()):
            if is_canonical(path):
                head, rows = lines_of(path)
                shuffle(rows)
                path.unlink()
                write_lines(folder / "表" / path.name, head, rows)
            elif path.name in OTHER_NAMES:
                path.rename(folder / OTHER_NAMES[path.name])
    assert audited(tmp_path)["shops"] == report["shops"]


def test_folders_in_another_order_give_the_same_report(sample, report):
    folders = sorted((sample / shop for shop in SHOPS), reverse=True)
    other = audited(*folders)
    for account in other["inputs"]:
        shop = next(name for name in SHOPS if name.endswith(account["file"].split("/")[0]))
        account["file"] = f"{shop.split('/')[0]}/{account['file']}"
    assert by_file(other) == by_file(report)


def by_file(report):
    """A report whose files, and what is left to tell of them by their place, go by their names."""
    rest = report["model"]["rest"]
    left = {account["file"]: rest["inputs"].get(str(at)) for at, account in enumerate(report["inputs"])}
    inputs = {account["file"]: account for account in report["inputs"]}
    return report | {"inputs": inputs, "model": report["model"] | {"rest": rest | {"inputs": left}}}


def test_paths_in_another_order_print_the_same_bytes(tmp_path):
    shops = [small_shop(tmp_path, f"店{number}") for number in range(3)]
    files = [path for shop in shops for path in shop.iterdir()]
    for paths in (shops, files):
        done = [run("audit", *order, "--format", "json") for order in (paths, paths[::-1], [*paths, paths[0]])]
        assert done[0].code == 0, done[0].err
        assert {each.out for each in done} == {done[0].out}


def test_a_zip_of_everything_counts_the_same(tmp_path, sample, report):
    """Cut-offs do not come along: the account says that the ``shop.yaml`` inside is not used."""
    with zipfile.ZipFile(tmp_path / "exports.zip", "w") as archive:
        for path in sorted(sample.rglob("*"), reverse=True):
            if path.is_file():
                archive.write(path, path.relative_to(sample))
    packed = audited(tmp_path / "exports.zip")
    for shop in SHOPS:
        found, expected = metrics(shop_of(packed, shop)), metrics(shop_of(report, shop))
        assert set(found) == set(expected)
        counted = [name for name in found if expected[name]["kind"] != "composite"]
        for key in ("status", "value", "numerator", "denominator", "pending", "excluded", "undated", "trend"):
            assert {name: found[name][key] for name in counted} == {name: expected[name][key] for name in counted}
    said = [account["message"] for account in packed["inputs"] if account["file"].endswith("shop.yaml")]
    assert len(said) == len(SHOPS)
    assert all("beside the archive" in text for text in said)


def test_names_inside_a_zip_are_read_whoever_packed_it(tmp_path):
    """Info-ZIP writes UTF-8 without saying so."""
    name = "1688/小店/orders.csv"
    plain = "x" * len(name.encode())
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as archive:
        archive.writestr(plain, small_orders())
    content = (tmp_path / "plain.zip").read_bytes()
    (tmp_path / "plain.zip").write_bytes(content.replace(plain.encode(), name.encode()))
    done = run("read", tmp_path / "plain.zip", "--lang", "en")
    assert f"plain.zip/{name}" in done.out
    assert audited(tmp_path / "plain.zip")["shops"][0]["shop"] == "小店"


def test_a_zip_beside_its_shop_file_is_as_good_as_the_folder(tmp_path, sample, report):
    folder = tmp_path / "november"
    folder.mkdir()
    (folder / "shop.yaml").write_bytes((sample / A1688 / "shop.yaml").read_bytes())
    with zipfile.ZipFile(folder / "exports.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in (sample / A1688).iterdir():
            if path.name != "shop.yaml":
                archive.write(path, path.name)
    assert audited(folder)["shops"] == [shop_of(report, A1688)]


def without_files(shop):
    """A shop but for how many files and rows it was read from, the sums below a bill among them."""
    return shop | {"trust": {key: shop["trust"][key] for key in ("level", "reasons")}}


def test_saved_tables_give_the_same_shops(tmp_path, sample, report):
    done = run("read", sample, "--save", tmp_path)
    assert (done.code, done.err) == (0, "")
    again = audited(tmp_path)
    assert [without_files(shop) for shop in again["shops"]] == [without_files(shop) for shop in report["shops"]]
    assert again["inputs"] != report["inputs"]
    assert all(account["rows_refused"] == 0 for account in again["inputs"])
    assert run("read", tmp_path, "--save", tmp_path / "twice").code == 0
    for path in tmp_path.glob("*/*/*.parquet"):
        twice = tmp_path / "twice" / path.relative_to(tmp_path)
        assert pl.read_parquet(twice).equals(pl.read_parquet(path)), path.name


@pytest.mark.parametrize("shop", SHOPS)
def test_two_overlapping_files_are_the_shop_they_were_cut_from(tmp_path, report, shop):
    copy_of_samples(tmp_path, [shop])
    folder = tmp_path / shop
    for path in list(folder.iterdir()):
        if is_canonical(path):
            head, rows = lines_of(path)
            path.unlink()
            write_lines(folder / "early" / path.name, head, rows[: 2 * len(rows) // 3])
            write_lines(folder / "late" / path.name, head, rows[len(rows) // 3 :])
    again = audited(tmp_path)
    assert metrics(shop_of(again, shop)) == metrics(shop_of(report, shop))
    assert without_files(shop_of(again, shop)) == without_files(shop_of(report, shop))
    assert sum(account["rows_duplicate"] for account in again["inputs"]) > 1000


def test_asking_for_one_shop_leaves_the_other_out(sample, report):
    assert audited(sample, "--platform", "tmall")["shops"] == [shop_of(report, TMALL)]


def test_asking_for_a_shop_by_name_finds_it_alone(tmp_path):
    small_shop(tmp_path, "甲")
    small_shop(tmp_path, "乙")
    assert [shop["shop"] for shop in audited(tmp_path, "--shop", "乙")["shops"]] == ["乙"]


def test_reading_what_is_known_from_before_shows_and_saves_the_same(tmp_path, sample, monkeypatch):
    monkeypatch.setenv("SHOPSCORE_CACHE", str(tmp_path / "cache"))
    runs = {"first": (), "second": (), "anew": ("--no-cache",)}
    shown = {name: run("read", sample, "--save", tmp_path / name, *more) for name, more in runs.items()}
    assert any((tmp_path / "cache" / "readings").iterdir())
    assert {each.code for each in shown.values()} == {0}
    assert len({each.out for each in shown.values()}) == 1
    for path in (tmp_path / "anew").glob("*/*/*.parquet"):
        for name in ("first", "second"):
            assert pl.read_parquet(tmp_path / name / path.relative_to(tmp_path / "anew")).equals(pl.read_parquet(path))
