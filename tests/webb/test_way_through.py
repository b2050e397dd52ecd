"""The way through a form with a finger: taps counted, what is asked when, errors, the receipt, and the ways to hand in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.webb import made
from tests.webb.pages import SWEDEN, Phone, put
from uppfoljning.domain.period import Period
from uppfoljning.domain.report import QuickReport

if TYPE_CHECKING:
    from playwright.sync_api import Download

pytestmark = pytest.mark.slow

NUMBER = "19900101-0017"
BEGIN, END = "--- rapport, ändra inget nedanför ---\n", "--- slut på rapporten ---"
SHARING = """
window.sent = [];
navigator.share = what => { sent.push(what); return Promise.resolve(); };
navigator.canShare = what => Boolean(what.files);
"""
COPYING = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };"
NO_COPYING = "navigator.clipboard.writeText = () => Promise.reject(new Error('nej'));"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vagen")
    made.make(folder, "nattvandring", "allt", "grannsamverkan")
    return folder


@pytest.fixture
def walk(root: Path, phone: Phone) -> Phone:
    """The form of a night walk, just opened."""
    phone.open(made.file(root, "nattvandring"))
    return phone


def read_back(tmp_path: Path, download: Download, form: str = "nattvandring") -> QuickReport:
    made.write(tmp_path, ("nattvandring", "allt", "grannsamverkan"))
    put(tmp_path, download)
    (entry,) = made.read(tmp_path).entries["prov-2026"][form]
    return entry.report


def text_of(download: Download) -> str:
    return Path(download.path()).read_text("utf-8")


def test_a_night_walk_takes_at_most_twelve_taps_besides_the_figures(walk: Phone, tmp_path: Path) -> None:
    walk.tap("Ja")
    walk.tap("Torget")
    walk.write("Slutade", "00:45")
    walk.write("Nattvandrare", "4")
    walk.write("Hur många ungdomar pratade ni med?", "23")
    walk.write("Var vandrade ni? Gator, parker och torg räcker.", "Storgatan")
    walk.tap("Lugnt")
    walk.tap_in("Såg ni unga", "Nej")
    walk.write("Hur många unga hjälpte ni hem eller ordnade ni skjuts åt?", "1")
    walk.tap_in("Ringde ni polisen", "Nej")
    walk.tap("Alla moment gjorda")
    walk.tap("Granska")
    assert "Tänk efter" not in walk.page.inner_text("#granska")
    report = read_back(tmp_path, walk.saved())
    assert walk.taps == 8 <= 12
    assert dict(report.steps) == {"samling": "ja", "samtal": "ja"}


def test_the_figures_can_be_tapped_too(walk: Phone) -> None:
    walk.tap("Ja")
    field = walk.page.get_by_label("Nattvandrare", exact=True)
    for _ in range(3):
        walk.page.get_by_role("button", name="Öka: Nattvandrare").click()
    assert field.input_value() == "3"
    walk.page.get_by_role("button", name="Minska: Nattvandrare").click()
    assert field.input_value() == "2"
    assert walk.page.get_by_text("Ni var färre än det ska vara").is_visible()


def test_cancelled_by_weather_is_three_taps(walk: Phone, tmp_path: Path) -> None:
    walk.tap("Inställt")
    walk.tap("Väder")
    download = walk.saved("Spara som fil direkt")
    assert walk.taps == 3
    assert walk.page.locator("#kvitto").is_visible()
    report = read_back(tmp_path, download)
    assert (report.state, report.deviations[0].reason, report.start) == ("inställd", "väder", None)


def test_cancelled_by_weather_is_looked_through_in_three_taps(walk: Phone) -> None:
    walk.tap("Inställt")
    walk.tap("Väder")
    walk.tap("Granska")
    assert walk.taps == 3
    assert walk.page.get_by_role("button", name="Spara som fil").is_visible()


@pytest.mark.parametrize("last", ["Granska", "Spara som fil direkt"])
def test_nothing_to_report_is_two_taps(last: str, walk: Phone, tmp_path: Path) -> None:
    walk.tap("Inget att rapportera")
    download = walk.saved(last) if last != "Granska" else None
    if download is None:
        walk.tap("Granska")
    assert walk.taps == 2
    report = read_back(tmp_path, download or walk.saved())
    assert (report.state, report.period) == ("nollrapport", Period(date(2026, 2, 1), date(2026, 2, 28)))


def test_moved_to_another_day(walk: Phone, tmp_path: Path) -> None:
    walk.tap("Flyttat")
    walk.tap("Granska")
    assert walk.page.inner_text("#fel-rubrik") == "2 saker behöver rättas"
    walk.write("Flyttat till vilken dag?", "2026-03-13")
    walk.tap("Säkerhet")
    walk.tap("Granska")
    report = read_back(tmp_path, walk.saved())
    assert (report.state, report.moved_to) == ("flyttad", Period(date(2026, 3, 13), date(2026, 3, 13)))


def test_what_is_no_longer_asked_is_not_handed_in(walk: Phone) -> None:
    walk.tap("Ja")
    walk.tap("Torget")
    walk.write("Slutade", "01:00")
    walk.tap("Inställt")
    walk.tap("Väder")
    text = text_of(walk.saved("Spara som fil direkt"))
    assert not {"start", "slut", "plats"} & {line.partition(":")[0] for line in text.splitlines()}


def test_a_short_crew_and_an_undone_step_ask_why_at_once(walk: Phone, tmp_path: Path) -> None:
    walk.tap("Ja")
    why = walk.page.get_by_text("Ni var färre än det ska vara. Vad berodde det på?")
    undone = walk.page.get_by_text("Varför gjordes inte ”Samling före”?")
    assert (why.is_visible(), undone.is_visible()) == (False, False)
    walk.write("Nattvandrare", "2")
    walk.tap_in("Samling före", "Nej")
    assert (why.is_visible(), undone.is_visible()) == (True, True)
    walk.tap_in("Ni var färre", "Resurser")
    walk.tap_in("Varför gjordes inte", "Väder")
    walk.tap_in("Samtal efter", "Ja")
    walk.write("Hur många ungdomar pratade ni med?", "5")
    walk.tap("Granska")
    walk.saved()
    made.write(tmp_path, ("nattvandring", "allt", "grannsamverkan"))
    text = walk.page.evaluate("Page.made().yaml")
    assert text.count("skäl: ") == 2 and "moment: samling" in text


def test_every_type_of_answer_comes_back(root: Path, phone: Phone, tmp_path: Path) -> None:
    phone.open(made.file(root, "allt"))
    phone.choose("Blev det av?", 0)
    phone.type_in("Hur många?", "ca 1 190")
    phone.type_in("Hur långt i kilometer?", "7,5")
    phone.type_in("Hur stor del?", "75")
    phone.type_in("Vad hände?", "21:30")
    phone.choose("Var det mörkt?", 0)
    phone.choose("Vilken sort?", 1)
    phone.type_in("Vilken dag anmäldes det?", "2026-03-05")
    phone.type_in("Vilken tid?", "21:05")
    phone.type_moment("När åtgärdades det?", "2026-03-06 09:15")
    phone.type_in("Hur länge?", "2 tim 30 min")
    phone.tap("Granska")
    made.write(tmp_path, ("nattvandring", "allt", "grannsamverkan"))
    put(tmp_path, phone.saved())
    (entry,) = made.read(tmp_path).entries["prov-2026"]["allt"]
    assert [str(value) for value in entry.facts.values()] == [
        "Quantity(value=1190, certainty='ca')",
        "Quantity(value=Fraction(15, 2), certainty='')",
        "Quantity(value=Fraction(3, 4), certainty='')",
        "21:30",
        "True",
        "rörlig",
        "2026-03-05",
        str(21 * 60 + 5),
        "2026-03-06 09:15:00",
        "Quantity(value=Fraction(5, 2), certainty='')",
    ]


def test_an_error_is_told_beside_the_answer_and_in_a_list_that_takes_the_focus(walk: Phone, axe: str) -> None:
    page = walk.page
    walk.tap("Ja")
    walk.write("Hur många ungdomar pratade ni med?", "tjugo")
    walk.tap("Granska")
    field = page.get_by_label("Hur många ungdomar pratade ni med?", exact=True)
    assert page.evaluate("document.activeElement.id") == "fel"
    assert page.inner_text("#fel-rubrik") == "En sak behöver rättas"
    assert field.get_attribute("aria-invalid") == "true"
    told = page.inner_text(f"#{(field.get_attribute('aria-describedby') or '').split()[-1]}")
    assert "är inget tal" in told and "skriv siffror" in told.lower()
    assert walk.checked_in_both(axe) == []
    page.locator("#fel-lista a").click()
    assert page.evaluate("document.activeElement.id") == field.get_attribute("id")
    field.fill("20")
    assert field.get_attribute("aria-invalid") is None
    walk.tap("Granska")
    assert page.locator("#granska").is_visible()


def test_nothing_hinders_anyone_all_the_way_through_in_light_and_dark(walk: Phone, axe: str) -> None:
    assert walk.checked_in_both(axe) == []
    walk.tap("Ja")
    walk.write("Nattvandrare", "2")
    walk.tap("Lägg till en iakttagelse")
    walk.tap("Lägg till det som ändrades")
    walk.tap_in("Samling före", "Nej")
    assert walk.checked_in_both(axe) == []
    walk.write("Vad såg ni?", "Trasig lampa")
    walk.write("Vad blev annorlunda?", "Annan väg")
    walk.tap("Resurser")
    walk.tap("Granska")
    assert "Tänk efter en gång till" in walk.page.inner_text("#granska")
    assert walk.checked_in_both(axe) == []
    walk.saved()
    walk.page.get_by_role("status").get_by_text("Filen är sparad").wait_for()
    assert walk.checked_in_both(axe) == []
    walk.tap("Ändra")
    walk.tap("Alla moment gjorda")
    walk.tap("Granska")
    assert walk.checked_in_both(axe) == []


def test_the_start_page(root: Path, phone: Phone, axe: str) -> None:
    page = phone.open(root / "blanketter/index.html")
    assert (phone.checked_in_both(axe), phone.small_targets(), phone.widest()) == ([], [], 360)
    phone.press("Tab", "Enter")
    page.wait_for_url("**/blankett-nattvandring.html")
    assert page.get_by_role("radiogroup", name="Blev det av?").is_visible()


def test_the_focus_can_be_seen(walk: Phone) -> None:
    walk.press("Tab")
    box = "getComputedStyle(document.activeElement.nextElementSibling)"
    assert walk.page.evaluate(f"[{box}.outlineStyle, {box}.outlineWidth]") == ["solid", "3px"]
    walk.walk_to_button("Skriv ut på papper")
    assert walk.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_the_window(width: int, tmp_path: Path, phone: Phone) -> None:
    phone.page.set_viewport_size({"width": width, "height": 740})
    long = "Å" + "produktionsuppföljning" * 14
    phone.open(made.make(tmp_path, "kronobergsmodellen", title=long, plan_title=long))
    assert phone.widest() == width
    phone.tap("Ja")
    phone.tap("Lägg till en iakttagelse")
    phone.tap("Lägg till det som ändrades")
    phone.write("Vad såg ni?", long)
    phone.write("Vad blev annorlunda?", long)
    phone.page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    assert phone.widest() == width
    phone.tap("Granska")
    assert phone.widest() == width
    phone.saved()
    assert phone.widest() == width
    phone.open(tmp_path / "blanketter/index.html")
    assert phone.widest() == width


def test_a_personal_number_is_refused_before_there_is_a_file_and_is_never_kept(walk: Phone) -> None:
    page = walk.page
    walk.tap("Ja")
    walk.write("Hur många ungdomar pratade ni med?", "5")
    walk.write("Var vandrade ni? Gator, parker och torg räcker.", f"Mötte {NUMBER} vid torget")
    assert page.get_by_text("ser ut som ett personnummer").first.is_visible()
    walk.tap("Granska")
    assert page.evaluate("document.activeElement.id") == "fel"
    assert not page.locator("#granska").is_visible()
    told = page.inner_text("body")
    assert "personnummer" in told and NUMBER not in told
    kept = page.evaluate("JSON.stringify(Object.assign({}, localStorage))")
    assert "vid torget" in kept
    assert NUMBER not in kept and NUMBER[-4:] not in kept
    page.reload()
    assert page.get_by_label("Var vandrade ni? Gator, parker och torg räcker.", exact=True).input_value().endswith("vid torget")


def hand_in_ready(phone: Phone) -> None:
    phone.tap("Inställt")
    phone.tap("Väder")
    phone.tap("Granska")


def test_the_mail_has_the_report_that_the_file_has(walk: Phone) -> None:
    hand_in_ready(walk)
    address = walk.page.locator("#mejla").get_attribute("href") or ""
    parts = urlsplit(address)
    body = parse_qs(parts.query)["body"][0].replace("\r\n", "\n")
    assert (parts.scheme, parts.path, parse_qs(parts.query)["subject"]) == ("mailto", "", ["Snabbrapport: Vi gör nattvandring"])
    report = body.partition(BEGIN)[2].partition(END)[0]
    assert report == text_of(walk.saved())


def test_the_mail_goes_to_the_address_that_was_asked_for(tmp_path: Path, phone: Phone) -> None:
    phone.open(made.make(tmp_path, "nattvandring", words=("--mejl", "rapporter+natt@kommun.example")))
    hand_in_ready(phone)
    assert unquote(urlsplit(phone.page.locator("#mejla").get_attribute("href") or "").path) == "rapporter+natt@kommun.example"


def test_the_page_for_a_new_file_is_there_only_when_asked_for_and_short_enough(walk: Phone, tmp_path: Path) -> None:
    hand_in_ready(walk)
    assert walk.page.locator("#ny-fil").count() == 0
    walk.open(made.make(tmp_path, "nattvandring", words=("--lank", "https://github.com/kommun/uppfoljning")))
    hand_in_ready(walk)
    link = walk.page.locator("#ny-fil")
    parts = urlsplit(link.get_attribute("href") or "")
    asked = parse_qs(parts.query)
    assert (parts.netloc, parts.path) == ("github.com", "/kommun/uppfoljning/new/main")
    assert asked["filename"][0].startswith("reports/prov-2026/nattvandring/2026-03-06-")
    assert asked["value"][0] == walk.page.evaluate("Page.made().yaml")
    assert (link.get_attribute("rel"), link.get_attribute("target")) == ("noopener noreferrer", "_blank")
    assert walk.page.get_by_text("står hela rapportens text i adressen").is_visible()
    walk.tap("Ändra")
    walk.write("Något mer att berätta?", "Regn hela kvällen. " * 400)
    walk.tap("Granska")
    assert walk.page.locator("#ny-fil").count() == 0
    assert walk.page.get_by_text("för lång för sidan för ny fil").is_visible()


def test_sharing_is_offered_where_the_phone_can(root: Path, walk: Phone) -> None:
    hand_in_ready(walk)
    assert walk.page.get_by_role("button", name="Dela").count() == 0
    walk.open(made.file(root, "grannsamverkan"), before=SHARING)
    hand_in_ready(walk)
    walk.tap("Dela")
    name, text = walk.page.evaluate("sent[0].files[0].text().then(text => [sent[0].files[0].name, text])")
    assert name.endswith(".txt")
    assert text.partition(BEGIN)[2].partition(END)[0] == walk.page.evaluate("Page.made().yaml")
    assert walk.page.locator("#kvitto").is_visible()


@pytest.mark.parametrize("may", [True, False])
def test_the_text_can_be_copied(may: bool, root: Path, phone: Phone) -> None:
    phone.open(made.file(root, "nattvandring"), before=COPYING if may else NO_COPYING)
    hand_in_ready(phone)
    phone.tap("Kopiera text")
    phone.page.locator("#kvitto").wait_for()
    if may:
        assert BEGIN in phone.page.evaluate("window.copied")
    else:
        phone.page.locator("#kopiera-text").wait_for()
        assert BEGIN in phone.page.evaluate("getSelection().toString() || document.activeElement.value")


def test_saved_twice_it_is_the_same_receipt_and_file(walk: Phone) -> None:
    hand_in_ready(walk)
    first = walk.saved()
    receipt = walk.page.inner_text("#kvitto")
    second = walk.saved()
    assert (first.suggested_filename, text_of(first)) == (second.suggested_filename, text_of(second))
    assert walk.page.inner_text("#kvitto") == receipt
    walk.page.get_by_text("Rapporten är redan lämnad").wait_for()
    walk.tap("Ny rapport")
    hand_in_ready(walk)
    assert receipt not in text_of(walk.saved())


def test_a_changed_report_is_a_correction_or_takes_the_place_of_what_was_not_sent(walk: Phone) -> None:
    hand_in_ready(walk)
    first = walk.saved()
    receipt = walk.page.inner_text("#kvitto")
    walk.tap("Ändra")
    walk.write("Något mer att berätta?", "Det regnade")
    walk.tap("Granska")
    assert walk.page.get_by_role("button", name="Spara som fil").count() == 0
    walk.tap("Nej, den här gäller i stället")
    assert receipt in text_of(walk.saved())
    walk.tap("Ändra")
    walk.write("Något mer att berätta?", "Det blåste")
    walk.tap("Granska")
    walk.tap("Ja, det här är en rättelse")
    text = text_of(walk.saved())
    replaced = first.suggested_filename.removesuffix(".yaml").replace("_", "/")
    assert f"ersätter: {replaced}\n" in text
    assert f"kvitto: {receipt}" not in text


def test_the_way_back_of_the_phone_leads_to_the_questions(walk: Phone) -> None:
    hand_in_ready(walk)
    walk.page.go_back()
    walk.page.get_by_role("radiogroup", name="Blev det av?").wait_for()
    assert walk.page.locator("#blanketten").is_visible()
    walk.page.go_forward()
    walk.page.get_by_text("Stämmer det?").wait_for()


def test_the_night_belongs_to_the_day_it_began(root: Path, phone: Phone) -> None:
    phone.page.clock.set_fixed_time(datetime(2026, 3, 7, 2, 15, tzinfo=SWEDEN))
    phone.open(made.file(root, "nattvandring"))
    phone.tap("Ja")
    assert phone.page.get_by_label("Vilken dag?", exact=True).input_value() == "2026-03-06"
    phone.page.clock.set_fixed_time(datetime(2026, 3, 7, 13, 0, tzinfo=SWEDEN))
    phone.page.evaluate("localStorage.clear()")
    phone.page.reload()
    phone.tap("Ja")
    assert phone.page.get_by_label("Vilken dag?", exact=True).input_value() == "2026-03-07"


def test_a_period_that_is_over_is_told(root: Path, phone: Phone) -> None:
    phone.page.clock.set_fixed_time(datetime(2027, 1, 10, 20, 0, tzinfo=SWEDEN))
    phone.open(made.file(root, "nattvandring"))
    assert phone.page.get_by_text("period är slut sedan torsdag 31 december 2026").is_visible()
    phone.tap("Ja")
    assert phone.page.get_by_label("Vilken dag?", exact=True).input_value() == ""


def test_a_list_grows_and_shrinks(walk: Phone) -> None:
    walk.tap("Ja")
    for text in ("Första", "Andra", "Tredje"):
        walk.tap("Lägg till en iakttagelse")
        assert walk.page.evaluate("document.activeElement.labels[0].textContent") == "Vad såg ni?"
        walk.page.keyboard.type(text)
    walk.page.get_by_role("button", name="Ta bort iakttagelse 2").click()
    assert walk.page.evaluate("Page.state().observations.map(one => one.text)") == ["Första", "Tredje"]
    assert walk.page.evaluate("document.activeElement.textContent") == "Lägg till en iakttagelse"


def test_enter_in_a_field_hands_nothing_in(walk: Phone) -> None:
    walk.tap("Ja")
    walk.write("Nattvandrare", "4")
    walk.press("Enter")
    assert walk.page.locator("#blanketten").is_visible()
    assert not walk.page.locator("#fel").is_visible()


def test_an_answer_can_be_taken_back(walk: Phone) -> None:
    walk.tap("Ja")
    walk.tap("Livligt")
    walk.page.get_by_role("button", name="Ta bort svaret: Hur var det ute i kväll?").click()
    assert walk.page.evaluate("Page.state().facts['stämning']") == ""
    assert walk.page.locator("input[value=livligt]").is_checked() is False


def test_on_paper_the_same_page_is_a_form_to_write_on(walk: Phone) -> None:
    walk.page.emulate_media(media="print")
    seen = walk.page.locator("body").inner_text()
    assert "Skriv inte namn, personnummer, telefonnummer eller bilnummer på pappret." in seen
    assert "Hur många ungdomar pratade ni med?" in seen and "Granska" not in seen
    assert walk.page.locator(".papper .kryss").count() > 20
    walk.page.emulate_media(media="screen")
    assert not walk.page.locator(".papper").is_visible()
