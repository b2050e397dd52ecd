"""How the tests hold a phone: a page opened from a file, and filled in with a finger or with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Page

SWEDEN = timezone(timedelta(hours=1))
EVENING = datetime(2026, 3, 6, 23, 30, tzinfo=SWEDEN)
WATCHED = """
window.broken = [];
document.addEventListener("securitypolicyviolation", event => window.broken.push(event.effectiveDirective));
"""
"""Notes what the policy of the page stops."""
_STOPS_PER_CONTROL = 8
"""A native date has a stop for each of its parts."""
ACTIVE = "document.activeElement"


@dataclass
class Phone:
    """A browser window the size of a phone, without a network.

    `asked` are the addresses it asked for, `faults` its errors, `taps` how often a finger has tapped.
    """

    browser: Browser
    width: int = 360
    height: int = 740
    now: datetime = EVENING
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    taps: int = 0

    def __enter__(self) -> Self:
        self.context = self.browser.new_context(
            viewport={"width": self.width, "height": self.height},
            offline=True,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            accept_downloads=True,
        )
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(WATCHED)
        self.page = self.context.new_page()
        self.page.clock.set_fixed_time(self.now)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.context.close()

    def open(self, file: Path, before: str = "") -> Page:
        """Open a file; `before` is a script that runs before those of the page."""
        if before:
            self.page.add_init_script(before)
        self.page.goto(file.as_uri())
        return self.page

    # With a finger.

    def tap(self, name: str, within: str = "body") -> None:
        """Tap a button, a link, or one of the choices by the text on it."""
        self.taps += 1
        self.page.locator(within).locator("button:visible, a:visible, summary:visible, label.val:visible").filter(
            has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")
        ).first.click()

    def tap_in(self, question: str, name: str) -> None:
        """Tap one of the choices of a question."""
        self.taps += 1
        group = self.page.locator("fieldset:visible").filter(has=self.page.locator("legend", has_text=question)).last
        group.locator("label.val").filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")).click()

    def write(self, label: str, text: str) -> None:
        """Write in the field of a label."""
        self.page.get_by_label(label, exact=True).locator("visible=true").first.fill(text)

    def saved(self, name: str = "Spara som fil") -> Download:
        """Save the report and take the file."""
        with self.page.expect_download() as waited:
            self.tap(name)
        return waited.value

    # With the keyboard alone.

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def walk_to(self, script: str, what: str) -> None:
        """Press Tab until what has the focus is what `script` says of `it`."""
        here = f"it => {script}"
        for _ in range(400):
            if self.page.evaluate(f"({here})({ACTIVE})"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"tangentbordet når inte {what}")

    def walk_to_field(self, label: str) -> None:
        self.walk_to(f"it.labels && it.labels.length && it.labels[0].textContent === {_js(label)} && !it.closest('.val')", label)

    def walk_to_button(self, name: str) -> None:
        self.walk_to(f"['BUTTON', 'SUMMARY', 'A'].includes(it.tagName) && it.textContent === {_js(name)}", name)

    def choose(self, question: str, at: int) -> None:
        """Choose one of a group by its place in it, with the arrow keys."""
        self.walk_to(
            f"it.type === 'radio' && it.closest('fieldset').querySelector('legend').textContent === {_js(question)}", question
        )
        self.press("Space", *["ArrowDown"] * at)

    def tick(self, choice: str) -> None:
        self.walk_to(f"it.type === 'checkbox' && it.labels[0].textContent === {_js(choice)}", choice)
        self.press("Space")

    def type_in(self, label: str, text: str) -> None:
        """Type in the field of a label, in place of what stands there."""
        self.walk_to_field(label)
        kind = self.page.evaluate(f"{ACTIVE}.type")
        if kind in _ORDER:
            self.page.keyboard.type(_typed(kind, text))
            assert self.page.evaluate(f"{ACTIVE}.value") == text.replace(" ", "T"), label
        else:
            self.press("Control+a")
            self.page.keyboard.type(text)

    def type_moment(self, label: str, text: str) -> None:
        """Type a day and a clock time; the year ends first when the next part is asked for."""
        day, _, clock = text.partition(" ")
        self.walk_to_field(label)
        self.page.keyboard.type(_typed("date", day))
        self.press("Tab")
        self.page.keyboard.type(_typed("time", clock))
        assert self.page.evaluate(f"{ACTIVE}.value") == f"{day}T{clock}", label

    # What the page is.

    def widest(self) -> int:
        """How wide the page is when nothing is cut."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def checked_in_both(self, axe: str) -> list[str]:
        """What axe-core finds in light, and in dark, where only the colours are others."""
        found = self.checked(axe)
        self.page.emulate_media(color_scheme="dark")
        found += self.checked(axe, "{runOnly: ['color-contrast']}")
        self.page.emulate_media(color_scheme="light")
        return found

    def checked(self, axe: str, options: str = "{resultTypes: ['violations']}") -> list[str]:
        """What axe-core finds: each rule with the first element that breaks it."""
        self.page.evaluate(f"window.axe || (() => {{ {axe} }})()")
        found = self.page.evaluate(f"axe.run(document, {options})")
        return [f"{one['id']}: {one['help']} {one['nodes'][0]['html'][:200]}" for one in found["violations"]]

    def small_targets(self) -> list[str]:
        """Buttons, choices and fields lower or narrower than 44 px, links in running text apart."""
        return list(
            self.page.evaluate(
                """() => [...document.querySelectorAll(`button, .knapp, .val, input:not([type=radio]):not([type=checkbox]),
                textarea, select, summary, .lankar a`)].filter(it => it.offsetParent)
                .map(it => [it.outerHTML.slice(0, 100), it.getBoundingClientRect()])
                .filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"""
            )
        )


_ORDER: Mapping[str, Sequence[int]] = {"date": (5, 6, 8, 9, 0, 1, 2, 3), "time": ()}
"""The order in which this Chromium, which has no Swedish of its own, takes the signs of a date."""


def _typed(kind: str, text: str) -> str:
    if kind == "date":
        return "".join(text[at] for at in _ORDER[kind])
    hour = int(text[:2])
    return f"{hour % 12 or 12:02}{text[3:]}{'PM' if hour >= 12 else 'AM'}"


def _js(text: str) -> str:
    import json

    return json.dumps(text)


def put(root: Path, download: Download) -> Path:
    """Put a downloaded file where its name says: its underlines part the folders."""
    path = root / "reports" / download.suggested_filename.replace("_", "/")
    path.parent.mkdir(parents=True, exist_ok=True)
    download.save_as(path)
    return path
