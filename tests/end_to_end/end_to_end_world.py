"""The command line as a function: what it printed, how it ended; and small shops made of text."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import yaml
from rich.cells import cell_len

from shopscore import console
from shopscore.cli import app

REPOSITORY = Path(__file__).parents[2]
SAMPLES = REPOSITORY / "sample_data"
PLANTED = yaml.safe_load((SAMPLES / "planted.yaml").read_text(encoding="utf-8"))
SHOPS = tuple(PLANTED)
TMALL = next(name for name in SHOPS if name.startswith("tmall"))
A1688 = next(name for name in SHOPS if name.startswith("1688"))
NOW = dt.datetime(2026, 11, 23, 10, 0)
KEY = "a key that is the same on every machine"
WIDTH = 100


@dataclass(frozen=True)
class Done:
    """One run of the command line."""

    code: int
    out: str
    err: str

    @property
    def report(self):
        return json.loads(self.out)


def run(*words, workers=1):
    """Run a command in this process; ``audit`` stays in it too unless more workers are asked for."""
    words = [str(word) for word in words]
    if words[0] == "audit" and "--workers" not in words:
        words += ["--workers", str(workers)]
    out, err = io.StringIO(), io.StringIO()
    typed = mock.patch.object(sys, "argv", ["shopscore", *words])
    with typed, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = console.run(lambda: app(words))
    return Done(code, out.getvalue(), err.getvalue())


def spawn(*words, code=None, **environment):
    """Run a command, or a piece of Python, as a process of its own, as a pipe or a cron job would."""
    start = [sys.executable, "-c", code] if code else [sys.executable, "-m", "shopscore"]
    done = subprocess.run(  # noqa: S603 - our own command
        [*start, *(str(word) for word in words)],
        env=os.environ | environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def started(*words):
    """Begin a command as a process of its own, as a job of the night would, with nobody at its input."""
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "shopscore", *map(str, words)],
        env=os.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def refused(done, code, *said):
    """Whether a run ended as a mistake should; what it said is given back."""
    assert done.code == code, done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    assert "This is a bug" not in done.err
    assert done.err.strip()
    for text in said:
        assert text in done.err
    return done.err


def copy_of_samples(target, shops=SHOPS):
    """The sample shops without the code that made them."""
    for shop in shops:
        shutil.copytree(SAMPLES / shop, target / shop)
    return target


def metrics(shop):
    """A shop's metrics by id."""
    return {metric["id"]: metric for metric in shop["metrics"]}


def shop_of(report, name):
    """``platform/shop`` of a report."""
    platform, shop = name.split("/")
    (found,) = [each for each in report["shops"] if (each["platform"], each["shop"]) == (platform, shop)]
    return found


def too_wide(text):
    """The lines that do not fit a terminal."""
    return [line for line in text.splitlines() if cell_len(line) > WIDTH]


# ── a shop small enough to read ──────────────────────────────────────────────────────────────────────────────────

DAY = dt.datetime(2026, 11, 1, 9, 0)
HEADERS = {
    "orders": "order_id,buyer_id,status,created_at,paid_at,shipped_at,amount,product_id,sku,carrier,warehouse",
    "shipments": "order_id,carrier,tracking_no,picked_up_at,delivered_at",
}


def small_orders(count=60, **cells):
    """Orders, one every six hours from the first of November on, as lines of ``orders.csv``."""
    lines = [HEADERS["orders"]]
    for number in range(count):
        paid = DAY + dt.timedelta(hours=6 * number)
        row = {
            "order_id": f"9{number:07}",
            "buyer_id": f"buyer {number % 7}",
            "status": "finished",
            "created_at": paid,
            "paid_at": paid,
            "shipped_at": paid + dt.timedelta(hours=5),
            "amount": "10.00",
            "product_id": "1",
            "sku": "A",
            "carrier": "甲运",
            "warehouse": "仓",
        } | cells
        lines.append(",".join(str(row[name]) for name in HEADERS["orders"].split(",")))
    return "\n".join(lines) + "\n"


def small_scans(count=60, late=range(20)):
    """Their parcels, the ``late`` ones after three days, the others after eighteen hours."""
    lines = [HEADERS["shipments"]]
    for number in range(count):
        paid = DAY + dt.timedelta(hours=6 * number)
        picked = paid + dt.timedelta(hours=72 if number in late else 18)
        lines.append(f"9{number:07},甲运,T{number:07},{picked},{picked + dt.timedelta(days=2)}")
    return "\n".join(lines) + "\n"


def small_shop(folder, shop="小店", platform="1688", **files):
    """Write a shop's folder.

    Args:
        folder: where ``<platform>/<shop>/`` goes.
        shop: the shop's name.
        platform: the platform's.
        files: the stem of a file (``.csv`` unless it has a dot as ``__``) and its text or bytes; orders and scans by
            default, None to leave one out.
    """
    place = folder / platform / shop
    place.mkdir(parents=True, exist_ok=True)
    for stem, content in ({"orders": small_orders(), "shipments": small_scans()} | files).items():
        if content is not None:
            name = stem.replace("__", ".") if "__" in stem else f"{stem}.csv"
            (place / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return place
