"""The draft is kept in the browser and outlives a new edition as far as it fits; a browser that keeps nothing is no hindrance."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webb import made
from tests.webb.pages import Phone

pytestmark = pytest.mark.slow

DENIED = 'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("nej", "SecurityError"); } });'
FULL = 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };'
NONE = 'Object.defineProperty(window, "localStorage", { value: null });'
CANNOT_KEEP = "Webbläsaren kan inte spara ett utkast"
FORM = """\
snabbrapport: allt
titel: Allt
fält:
  antal: {{fråga: Hur många?, typ: antal}}
  sort: {{fråga: Vilken sort?, typ: val, av: [{sorts}]}}
{more}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("utkast")
    made.make(folder, "nattvandring")
    return folder


@pytest.mark.parametrize("script", [DENIED, FULL, NONE], ids=["nekat", "fullt", "inget"])
def test_without_a_place_to_keep_it_the_form_works_and_says_so_once(script: str, root: Path, phone: Phone) -> None:
    page = phone.open(made.file(root, "nattvandring"), before=script)
    phone.tap("Inställt")
    assert page.get_by_text(CANNOT_KEEP).count() == 1
    phone.tap("Väder")
    first, second = phone.saved("Spara som fil direkt"), phone.saved()
    assert first.suggested_filename == second.suggested_filename
    assert Path(first.path()).read_bytes() == Path(second.path()).read_bytes()
    assert page.get_by_text(CANNOT_KEEP).count() == 1
    assert phone.faults == []


def test_a_draft_is_there_after_the_page_was_closed(root: Path, phone: Phone) -> None:
    page = phone.open(made.file(root, "nattvandring"))
    assert not page.locator("#utkast").is_visible()
    phone.tap("Ja")
    phone.write("Hur många ungdomar pratade ni med?", "17")
    phone.tap("Lägg till en iakttagelse")
    phone.write("Vad såg ni?", "Trasig lampa")
    phone.tap_in("Samling före", "Nej")
    receipt = page.evaluate("Page.state().receipt")
    page.reload()
    assert page.get_by_text("Här är utkastet som du började på.").is_visible()
    assert page.get_by_label("Hur många ungdomar pratade ni med?", exact=True).input_value() == "17"
    assert page.get_by_label("Vad såg ni?").input_value() == "Trasig lampa"
    assert page.get_by_text("Varför gjordes inte ”Samling före”?").is_visible()
    assert page.evaluate("Page.state().receipt") == receipt
    phone.tap("Börja om")
    assert page.evaluate("[Page.state().outcome, Page.state().facts.samtal]") == ["", ""]
    assert page.evaluate("Page.state().receipt") != receipt


def test_after_a_report_is_handed_in_the_next_one_is_new_and_the_former_can_be_seen(root: Path, phone: Phone) -> None:
    page = phone.open(made.file(root, "nattvandring"))
    phone.tap("Inställt")
    phone.tap("Väder")
    first = phone.saved("Spara som fil direkt")
    receipt = page.inner_text("#kvitto")
    page.reload()
    assert page.get_by_text(f"Förra rapporten är lämnad, med kvitto {receipt}.").is_visible()
    assert page.evaluate("Page.state().outcome") == ""
    page.reload()
    phone.tap("Visa den förra")
    assert page.inner_text("#kvitto") == receipt
    again = phone.saved()
    page.get_by_text("Rapporten är redan lämnad").wait_for()
    assert Path(first.path()).read_bytes() == Path(again.path()).read_bytes()


@pytest.mark.parametrize(
    "kept", ["{", "null", '{"state": 3}', '{"state": {"outcome": 7, "facts": [], "steps": {"samling": {}}}}']
)
def test_a_broken_draft_is_as_none(kept: str, root: Path, phone: Phone) -> None:
    page = phone.open(made.file(root, "nattvandring"))
    page.evaluate("text => Object.keys(localStorage).forEach(key => { localStorage[key] = text; })", kept)
    page.reload()
    phone.tap("Inställt")
    phone.tap("Väder")
    phone.saved("Spara som fil direkt")
    assert phone.faults == []


def test_of_an_older_editions_draft_what_fits_is_kept(tmp_path: Path, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    old = FORM.format(sorts="fast, rörlig", more="  borta: {fråga: Vad hände?, typ: text}\n")
    new = FORM.format(sorts="fast, annan", more="  ny: {fråga: Något nytt?, typ: text}\n")
    monkeypatch.setitem(made.OWN, "allt", old)
    page = phone.open(made.make(tmp_path, "allt"))
    phone.tap("Ja")
    phone.write("Hur många?", "12")
    phone.tap("Rörlig")
    phone.write("Vad hände?", "Något")
    phone.tap("Torget")
    receipt = page.evaluate("Page.state().receipt")
    monkeypatch.setitem(made.OWN, "allt", new)
    page = phone.open(made.make(tmp_path, "allt"))
    assert page.get_by_text("Blanketten har ändrats sedan du började.").is_visible()
    assert page.get_by_text("2 svar passade inte längre").is_visible()
    state = page.evaluate("Page.state()")
    assert (state["facts"]["antal"], state["facts"]["sort"], state["facts"]["ny"]) == ("12", "", "")
    assert "borta" not in state["facts"]
    assert (state["places"], state["receipt"], state["edition"]) == (["torget"], receipt, page.evaluate("Page.state().edition"))
    phone.tap("Granska")
    text = Path(phone.saved().path()).read_text("utf-8")
    assert f"utgåva: {page.inner_text('.utgava').split()[-1]}" in text
    assert page.evaluate("Object.keys(localStorage).length") == 1


def test_forms_side_by_side_do_not_share_a_draft(tmp_path: Path, phone: Phone) -> None:
    made.make(tmp_path, "nattvandring", "krogtillsyn")
    phone.open(made.file(tmp_path, "nattvandring"))
    phone.tap("Ja")
    page = phone.open(made.file(tmp_path, "krogtillsyn"))
    assert page.evaluate("Page.state().outcome") == ""
