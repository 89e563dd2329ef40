"""``shopscore read`` of one large order export in several encodings and kinds, beside DuckDB's reader and ``wc -l``.

    python benchmarks/read.py                       # 200,000 rows
    python benchmarks/read.py --rows 1500000 --repeat 5

The same invented orders as CSV in UTF-8 and in GB18030, the UTF-8 file with every cell in quotes, and a workbook of at
most 200,000 rows. Every program runs as a process of its own, in turns. DuckDB parses the UTF-8 file, reads every cell
as text and adds up their lengths; it cannot read GB18030 without an extension. Before times are taken each program must
find every row.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import invent
import polars as pl
import xlsxwriter
from run import HERE, Taken, timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME = "ExportOrderList202611220900"
BOOK_ROWS = 200_000
AT_ONCE = 100_000
STATUS = {"交易成功": 0.7, "卖家已发货，等待买家确认": 0.2, "买家已付款，等待卖家发货": 0.05, "交易关闭": 0.05}
NAMES = {"张三": 0.5, "李四": 0.3, "王小明": 0.2}
TITLES = {"云朵四件套 纯棉床上用品 1.8米": 0.5, "懒人沙发 豆袋 单人": 0.3, "乳胶枕 成人 泰国": 0.2}
ADDRESS = "浙江省 杭州市 余杭区 某某路{}号 {}幢{}室"
DUCK = """
import duckdb, sys
names = [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM read_csv('{sys.argv[1]}', all_varchar=true)").fetchall()]
lengths = ", ".join(f'sum(length("{name}"))' for name in names)
found = duckdb.sql(f"SELECT count(*), {lengths} FROM read_csv('{sys.argv[1]}', all_varchar=true)").fetchall()[0]
print(f"{found[0]:,} used")
"""


@dataclass(frozen=True)
class Program:
    """What is run, on which file, and whether it says how many rows it found."""

    command: list[str]
    file: Path
    counts: bool = True


def orders(first: int, rows: int) -> pl.DataFrame:
    """Some rows of an order list as the back office writes it, all text."""
    dice = invent.Dice(7)
    created = pl.lit(invent.START) + pl.duration(seconds=dice.whole(invent.DAYS * 86_400))
    numbered = pl.DataFrame({"row": pl.int_range(first, first + rows, eager=True)})
    return numbered.select(
        pl.format("26000{}", pl.col("row") + 10**13).alias("订单编号"),
        pl.format("买家{}号", dice.whole(200_000)).alias("买家会员名"),
        pl.format("{}.{}", (5 + dice.whole(900)), (10 + dice.whole(99))).alias("买家实付金额"),
        dice.one_of(STATUS).alias("订单状态"),
        dice.one_of(NAMES).alias("收货人姓名"),
        pl.format(ADDRESS, (1 + dice.whole(999)), (1 + dice.whole(40)), (101 + dice.whole(2904))).alias("收货地址"),
        pl.format("1380000{}", (1000 + dice.whole(9999))).alias("联系手机"),
        _written(created).alias("订单创建时间"),
        _written(created + pl.duration(seconds=(5 + dice.whole(900)))).alias("订单付款时间"),
        dice.one_of(TITLES).alias("宝贝标题"),
        pl.format("No:YT{}", (10**12 + dice.whole(10**13))).alias("物流单号"),
        dice.one_of(invent.CARRIERS).alias("物流公司"),
        (1 + dice.whole(5)).cast(pl.String()).alias("宝贝总数量"),
        pl.lit("示例家居旗舰店").alias("店铺名称"),
        _written(created + pl.duration(seconds=(3_600 + dice.whole(172_800)))).alias("发货时间"),
        _written(created + pl.duration(seconds=(259_200 + dice.whole(777_600)))).alias("确认收货时间"),
    )


def _written(time: pl.Expr) -> pl.Expr:
    return time.dt.strftime("%Y-%m-%d %H:%M:%S")


def files(folder: Path, rows: int) -> dict[str, Path]:
    """The export in every form, each in a folder of its own; made if they are not there."""
    found = {
        name: folder / name / "tmall" / "shop" / f"{NAME}.{'xlsx' if name == 'xlsx' else 'csv'}"
        for name in ("utf-8", "gb18030", "quoted", "xlsx")
    }
    if all(path.exists() for path in found.values()):
        return found
    for path in found.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    with found["utf-8"].open("wb") as utf8, found["gb18030"].open("wb") as gb, found["quoted"].open("wb") as quoted:
        for number, some in enumerate(_pieces(rows)):
            text = some.write_csv(include_header=number == 0)
            utf8.write(text.encode())
            gb.write(text.encode("gb18030"))
            quoted.write(some.write_csv(include_header=number == 0, quote_style="always").encode())
    with xlsxwriter.Workbook(str(found["xlsx"]), {"constant_memory": True}) as book:
        some = orders(0, min(rows, BOOK_ROWS))
        sheet = book.add_worksheet()
        for at, cells in enumerate((some.columns, *some.rows())):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    return found


def _pieces(rows: int) -> Iterator[pl.DataFrame]:
    return (orders(first, min(AT_ONCE, rows - first)) for first in range(0, rows, AT_ONCE))


def programs(found: dict[str, Path]) -> dict[str, Program]:
    """What is run, by name."""
    read = [sys.executable, "-m", "shopscore", "read", "--no-cache"]
    ours = {f"shopscore read, {name}": Program([*read, str(path.parents[2])], path) for name, path in found.items()}
    return {
        **ours,
        "duckdb read_csv, utf-8": Program([sys.executable, "-c", DUCK, str(found["utf-8"])], found["utf-8"]),
        "wc -l, utf-8": Program(["wc", "-l", str(found["utf-8"])], found["utf-8"], counts=False),
    }


def check(all_programs: dict[str, Program], rows: int) -> None:
    """Stop where a program does not find every row."""
    for name, program in all_programs.items():
        said = subprocess.run(program.command, capture_output=True, text=True, check=True).stdout
        expected = min(rows, BOOK_ROWS) if program.file.suffix == ".xlsx" else rows
        if program.counts and f"{expected:,} used" not in said:
            raise SystemExit(f"{name} does not find {expected:,} rows:\n{said}")


def compare(all_programs: dict[str, Program], repeat: int) -> dict[str, list[Taken]]:
    """Run everything in turns."""
    taken: dict[str, list[Taken]] = defaultdict(list)
    with Path(os.devnull).open("wb") as nowhere:
        for _ in range(repeat):
            for name, program in all_programs.items():
                taken[name].append(timed(program.command, nowhere))
    return taken


def table(all_programs: dict[str, Program], taken: dict[str, Sequence[Taken]]) -> Iterator[str]:
    """Markdown rows: throughput of cores and of the clock, the ratio to shopscore's UTF-8 first."""
    speeds = {}
    for name, runs in taken.items():
        megabytes = all_programs[name].file.stat().st_size / 1e6
        cpu, wall = (statistics.median(getattr(run, unit) for run in runs) for unit in ("cpu", "seconds"))
        speeds[name] = (megabytes, cpu, wall)
    base = next(iter(speeds.values()))
    for name, (megabytes, cpu, wall) in speeds.items():
        seconds = [run.seconds for run in taken[name]]
        peak = statistics.median(run.megabytes for run in taken[name])
        ratio = [megabytes / used / (base[0] / of) for used, of in ((cpu, base[1]), (wall, base[2]))]
        yield (
            f"| {name} | {ratio[0]:.2f} | {ratio[1]:.2f} | {megabytes / cpu:.0f} | {megabytes / wall:.0f} | {cpu:.2f} "
            f"| {wall:.2f} | {min(seconds):.2f} to {max(seconds):.2f} | {peak:.0f} | {megabytes:.0f} | {len(runs)} |"
        )


def main() -> None:
    """Generate what is missing, compare, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    all_programs = programs(files(HERE / "data" / f"read{given.rows}", given.rows))
    check(all_programs, given.rows)
    print("| program | of UTF-8, a core | wall | MB/s a core | MB/s | CPU s | wall s | spread | MB | file MB | runs |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    print("\n".join(table(all_programs, compare(all_programs, given.repeat))))


if __name__ == "__main__":
    main()
