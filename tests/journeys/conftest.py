"""One Chromium for all journeys of a process, a fresh profile for each, and the server they talk to."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect, sync_playwright
from playwright.sync_api import Page as Tab

from tests.journeys.browser import KeyboardWalk, Walk, screenshot_folder

# Playwright runs an event loop in this thread; Django's own queries here are nonetheless plain and in turn.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

Visitor = Callable[..., Walk]
PATIENCE = 60_000  # milliseconds before a condition is given up: far beyond what a page takes on a busy machine
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("The journeys need Chromium: install the package chromium, or run with -m 'not browser'.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def relaxed(settings: Any) -> None:
    """As in the demonstration; the second step at sign-in has a journey of its own (test_access.py)."""
    settings.MFA_REQUIRED = False


@pytest.fixture
def visitor(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Makes people in front of a browser of their own: visitor(), visitor(keyboard=True), visitor(scripts=False)."""
    cache.clear()
    pages: list[Tab] = []

    def arrive(*, keyboard: bool = False, scripts: bool = True) -> Walk:
        context = browser.new_context(java_script_enabled=scripts, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        pages.append(page)
        return (KeyboardWalk if keyboard else Walk)(page, live_server.url, scripts=scripts)

    failed_before = request.session.testsfailed
    yield arrive
    for number, page in enumerate(pages):
        if request.session.testsfailed > failed_before:
            page.screenshot(path=screenshot_folder() / f"{request.node.name}-{number}.png", full_page=True)
        page.context.close()
