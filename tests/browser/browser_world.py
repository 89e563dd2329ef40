"""A real browser, or the reason why there is none; whoever imports this is skipped without one."""

from __future__ import annotations

import datetime as dt
import os
import shutil

import pytest

from shopscore.asked import Request
from shopscore.audit import audit

NEEDED = "the extra `browser` is not installed"
playwright = pytest.importorskip("playwright.sync_api", reason=NEEDED)
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=NEEDED)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NOW = dt.datetime(2026, 11, 23, 10, 0)
GRAVE = ("serious", "critical")

if CHROMIUM is None:
    if os.environ.get("SHOPSCORE_BROWSER") == "required":
        pytest.fail("there is no Chromium, and it is required", pytrace=False)
    pytest.skip("there is no Chromium on this machine", allow_module_level=True)


def report_of(*paths, fleet=None):
    """What an audit of some folders finds."""
    return audit(Request(tuple(paths), (), None, None, None, None, None, b"k" * 32, NOW, workers=1, fleet=fleet))
