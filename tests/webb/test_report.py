"""The whole report in a browser: nothing for axe to find, readable on the narrowest phone, without colour, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.present.pieces import EVERYTHING, FOOT
from tests.present.web_pages import NASTY, small
from uppfoljning.files.source import FOLDERS, Folder
from uppfoljning.followup.deviations import deviations_of
from uppfoljning.followup.outstanding import outstanding
from uppfoljning.followup.table import follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.report import ReportInput, report_of
from uppfoljning.present.renderers.html import html_text
from uppfoljning.project.load import load_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

HOME = Path(__file__).resolve().parents[2]
PLAN = "exempelkoping-2026"
SMALLEST_LETTERS = 11
LIGHTS = ("●", "▲", "■", "○", "·")


def example() -> Document:
    """The report of the example project."""
    project = load_project(Folder(HOME, FOLDERS))
    entries, judgements = project.entries[PLAN], project.judgements
    table = follow_up(project.plans[PLAN], View(date(2026, 8, 31)), forms=project.forms, entries=entries, judgements=judgements)
    return report_of(
        ReportInput(table, EVERYTHING, deviations_of(table), outstanding(table), None, FOOT, "uppfoljning exportera html")
    )


def nasty() -> Document:
    """A report with a commitment for each nasty text."""
    papers = [small(word, f"nummer-{at}") for at, word in enumerate(NASTY)]
    goals, commitments, sources = papers[0].parts
    every = tuple(inner for paper in papers for inner in paper.parts[1].parts)
    more = tuple(paper.parts[0]._replace(id=f"mal-{at}", heading=NASTY[at]) for at, paper in enumerate(papers))
    return papers[-1]._replace(parts=(goals, *more, commitments._replace(parts=every), sources))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages, written as they are handed out."""
    folder = tmp_path_factory.mktemp("rapport")
    found = {}
    for name, paper in (("exempel", example()), ("elak", nasty())):
        found[name] = folder / f"{name}.html"
        found[name].write_text(html_text(paper), encoding="utf-8")
    return found


WATCHED = """
window.broken = [];
document.addEventListener("securitypolicyviolation", event => window.broken.push(event.effectiveDirective));
"""


@contextmanager
def opened(browser: Browser, file: Path, width: int = 360, dark: bool = False) -> Iterator[Page]:
    """A page in a window of a width, without a network."""
    context = browser.new_context(
        viewport={"width": width, "height": 740}, offline=True, locale="sv-SE", color_scheme="dark" if dark else "light"
    )
    context.add_init_script(WATCHED)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        yield page
    finally:
        context.close()


@pytest.fixture
def page(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    """The example's report on a phone."""
    with opened(browser, files["exempel"]) as held:
        yield held


both = pytest.mark.parametrize("name", ["exempel", "elak"])
WIDEST = "document.documentElement.scrollWidth"
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"


@both
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(browser: Browser, files: dict[str, Path], axe: str, name: str, dark: bool) -> None:
    with opened(browser, files[name], 1280, dark) as page:
        page.evaluate(axe)
        # Only the contrast is another in the dark.
        only = ", runOnly: ['color-contrast']" if dark else ""
        for fold in ("", UNFOLD):
            page.evaluate(fold)
            found = page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{only}}})")["violations"]
            assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


@both
def test_the_page_asks_for_nothing_and_its_policy_is_not_broken(browser: Browser, files: dict[str, Path], name: str) -> None:
    with opened(browser, files[name]) as page:
        asked: list[str] = []
        faults: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.reload()
        assert asked == [files[name].as_uri()]
        assert page.evaluate("window.broken") == [] and faults == []
        assert page.evaluate("getComputedStyle(document.querySelector('.topp')).backgroundColor") == "rgb(12, 74, 77)"


@both
@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways_but_the_frames_of_tables(
    browser: Browser, files: dict[str, Path], name: str, width: int
) -> None:
    with opened(browser, files[name], width) as page:
        page.evaluate(UNFOLD)
        assert page.evaluate(WIDEST) <= width
        beyond = page.evaluate(
            """width => [...document.querySelectorAll("body *")].filter(it =>
            !it.closest(".bred, .innehall ul, svg, .dold, .hopp") && it.getBoundingClientRect().right > width + 0.5
            ).map(it => it.outerHTML.slice(0, 120))""",
            width,
        )
        assert beyond == []


def test_status_reads_the_same_without_style(page: Page) -> None:
    page.evaluate(UNFOLD)
    page.evaluate("document.querySelectorAll('style').forEach(one => one.remove())")
    marks = page.evaluate("[...document.querySelectorAll('.lage')].map(one => one.innerText.replace('Status: ', ''))")
    assert len(marks) > 40
    assert all(said[0] in LIGHTS and said[1] == " " and said[2:].strip() for said in marks)


def test_letters_in_charts_are_readable_on_a_phone(page: Page) -> None:
    page.evaluate(UNFOLD)
    sizes = page.evaluate(
        """[...document.querySelectorAll(".bild")].flatMap(drawing => [...drawing.querySelectorAll("text")].map(text =>
        parseFloat(getComputedStyle(text).fontSize) * drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width))"""
    )
    assert len(sizes) > 100 and min(sizes) >= SMALLEST_LETTERS


@both
def test_no_word_of_a_chart_lies_upon_another(browser: Browser, files: dict[str, Path], name: str) -> None:
    with opened(browser, files[name]) as page:
        page.evaluate(UNFOLD)
        met = page.evaluate(
            """[...document.querySelectorAll(".bild")].flatMap(drawing => {
                const words = [...drawing.querySelectorAll("text")].map(word => [word.textContent, word.getBBox()]);
                return words.flatMap(([text, one], at) => words.slice(at + 1).filter(([, other]) =>
                    one.x < other.x + other.width - 1 && other.x < one.x + one.width - 1 &&
                    one.y < other.y + other.height - 5 && other.y < one.y + one.height - 5
                ).map(([other]) => `${drawing.getAttribute("aria-label")}: ${text} / ${other}`));
            })"""
        )
        assert met == []


def test_the_first_stop_of_the_keyboard_leads_past_the_top(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till rapporten"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sidan-rapporten"


def test_a_wide_table_can_be_scrolled_with_the_keyboard(page: Page) -> None:
    page.evaluate(UNFOLD)
    page.locator(".bred").first.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(50):
        # The policy of the page lets nothing be evaluated in it, so it cannot wait for itself.
        if page.evaluate("document.querySelector('.bred').scrollLeft"):
            break
        page.wait_for_timeout(50)
    else:
        pytest.fail("tabellen rör sig inte")


def test_the_page_is_short_and_every_status_is_within_two_scrolls(browser: Browser, files: dict[str, Path]) -> None:
    for width, height, most in ((1280, 800, 12), (360, 740, 20)):
        with opened(browser, files["exempel"], width) as page:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollHeight") <= most * height
            lowest = page.evaluate(
                "Math.max(...[...document.querySelectorAll('.fald')].map(it => it.getBoundingClientRect().bottom))"
            )
            assert 0 < lowest <= 3 * height
    assert files["exempel"].stat().st_size <= 250_000


def test_a_link_opens_the_commitment_that_it_leads_to_and_the_bar_stays(page: Page) -> None:
    last = page.locator(".fald > section").last
    assert last.count() == 1 and not last.is_visible()
    page.evaluate("place => { location.hash = place }", last.get_attribute("id"))
    last.wait_for(state="visible", timeout=5000)
    assert page.evaluate("document.querySelector('.innehall').getBoundingClientRect().top") == 0


def test_on_paper_every_table_is_open_and_the_ways_around_are_gone(page: Page) -> None:
    seen = "[...document.querySelectorAll('details table')].map(one => one.checkVisibility())"
    assert set(page.evaluate(seen)) == {False}
    page.emulate_media(media="print")
    on_paper = page.evaluate(seen)
    assert len(on_paper) > 20 and set(on_paper) == {True}
    assert page.evaluate(
        "[...document.querySelectorAll('.innehall, .hopp, summary:not(.rubrik)')].every(one => !one.checkVisibility())"
    )


def test_on_paper_a_dark_page_is_light_and_no_wider_than_the_paper(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["exempel"], width=680, dark=True) as page:
        colour = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(colour) == "rgb(17, 24, 26)"
        page.emulate_media(media="print")
        assert page.evaluate(colour) == "rgb(255, 255, 255)"
        assert page.evaluate(WIDEST) <= 680
