"""Write the fixtures of Pinduoduo into ``data/``: invented rows in its layouts and encodings.

Run once (``python tests/formats/make_pdd.py``) and committed; the tests read the bytes, never this file.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

HERE = Path(__file__).parent
HEADERS = {
    name.strip("[]"): columns
    for name, *columns in (
        block.split("\n") for block in (HERE / "headers_pdd.md").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    )
}


def scores() -> list[dict[str, str]]:
    """Two days of figures, some of them not shown."""
    return [
        {"日期": "2026-11-20", "近30天3分钟人工回复率": "52.17%", "近30天平台求助率": "2.46%",
         "近30天成团-签收时效": "2.45", "近30天积极评论率": "-", "严重劣质率": "0.08%", "平均退款时长": "1.2"},
        {"日期": "2026-11-21", "近30天3分钟人工回复率": "98.20%", "近30天平台求助率": "--", "纠纷退款率": "0.00%"},
    ]  # fmt: skip


def write_csv(name: str, header: list[str], rows: list[dict[str, str]], encoding: str) -> None:
    """A CSV file as the back office writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    (HERE / "data" / name).write_bytes(text.getvalue().encode(encoding))


def main() -> None:
    """All fixtures."""
    write_csv("pdd_scores.csv", HEADERS["pdd_scores"], scores(), "utf-8-sig")


if __name__ == "__main__":
    main()
