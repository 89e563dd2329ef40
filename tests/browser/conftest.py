from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def browser():
    """One browser for all pages."""
    from browser_world import CHROMIUM, playwright  # noqa: PLC0415 - without one there is nothing to import

    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """Open a file in a window so large; what it asks for and complains of is remembered."""
    contexts = []

    def opened(path, width, height, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
