"""A run that got through → a small file that says when and how, so that a job that stopped coming is missed.

A file whose name ends in ``.prom`` is one for the textfile collector of Prometheus, any other is JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from shopscore import atomic

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from shopscore.model import Report, ShopReport

_PROM = ".prom"
_NIGHT = 24
_HELP = {
    "shopscore_last_success_timestamp_seconds": "When the last audit got through; old when the job stopped coming.",
    "shopscore_last_exit_code": "How that run ended: 0 well, 1 a gate failed, 4 a delivery failed, 5 a shop failed.",
    "shopscore_last_shops": "Shops in the report of that run.",
    "shopscore_last_shops_failed": "Shops of that run that could not be audited.",
}


def written(path: Path, report: Report, code: int, now: dt.datetime) -> None:
    """Write the heartbeat of a run, whole or not at all.

    Args:
        path: where to.
        report: what the run found.
        code: how it ends.
        now: this moment, with its zone.

    Raises:
        OSError: it cannot be written.
    """
    is_prom = path.suffix == _PROM
    text = _textfile(path.stem, report, code, now) if is_prom else _json(report, code, now)
    atomic.write(path, text.encode())


def _json(report: Report, code: int, now: dt.datetime) -> str:
    told = {
        "at": now.isoformat(timespec="seconds"),
        "at_timestamp": int(now.timestamp()),
        "exit_code": code,
        "audit_id": report.audit_id,
        "tool_version": report.tool_version,
        "shops": [_shop(shop) for shop in report.shops],
        "failed": len(report.failed),
        "rows": sum(file.rows_read for file in report.inputs),
        "rows_refused": sum(file.rows_refused for file in report.inputs),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _shop(shop: ShopReport) -> dict[str, object]:
    return {
        "platform": shop.platform,
        "shop": shop.shop,
        "as_of": shop.as_of.isoformat(timespec="seconds"),
        "trust": shop.trust.level,
        "verdicts": dict(sorted(Counter(metric.verdict for metric in shop.metrics).items())),
        "due_24h": sum(each.hours_left <= _NIGHT for each in shop.due),
    }


def _textfile(run: str, report: Report, code: int, now: dt.datetime) -> str:
    """Gauges without timestamps; the label keeps the jobs of one folder apart, which may not repeat each other."""
    values = (int(now.timestamp()), code, len(report.shops), len(report.failed))
    label = run.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return "".join(
        f'# HELP {name} {text}\n# TYPE {name} gauge\n{name}{{run="{label}"}} {value}\n'
        for (name, text), value in zip(_HELP.items(), values, strict=True)
    )
