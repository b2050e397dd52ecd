"""One browser for all tests of the pages: Debian's Chromium, driven by Playwright, with no network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.webb.pages import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DEMANDED = os.environ.get("UPPFOLJNING_WEBB") == "1"


def missing(what: str) -> NoReturn:
    """Without a browser the tests are skipped, but never where they are demanded."""
    if DEMANDED:
        pytest.fail(f"UPPFOLJNING_WEBB=1, men {what}")
    pytest.skip(f"{what}; med UPPFOLJNING_WEBB=1 är det ett fel")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright saknas, installera med .[webb]")
    if not CHROMIUM.exists():
        missing(f"{CHROMIUM} saknas")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    """A phone of 360 × 740 on the evening of the sixth of March 2026."""
    with Phone(browser) as held:
        yield held


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core with its Swedish words, from npm."""
    home = os.environ.get("UPPFOLJNING_NODE", "")
    script = Path(home) / "node_modules/axe-core/axe.min.js"
    if not home or not script.exists():
        missing("axe-core saknas, installera med npm och peka ut mappen med UPPFOLJNING_NODE")
    words = (script.parent / "locales/sv.json").read_text("utf-8")
    return f"{script.read_text('utf-8')};axe.configure({{locale: {words}}})"
