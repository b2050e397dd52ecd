"""The page is shut off: its policy stops the ways to the network and every script but its own. Hostile titles are only words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webb import made
from tests.webb.pages import Phone

pytestmark = pytest.mark.slow

# Within the data address there is nothing to reach for a network, so only a policy can stop it.
WAYS = {
    "fetch": "fetch('data:text/plain,x').then(() => 'fram', () => 'stopp')",
    "xhr": """new Promise(done => { const asked = new XMLHttpRequest(); asked.open('GET', 'data:text/plain,x');
        asked.onload = () => done('fram'); asked.onerror = () => done('stopp'); asked.send(); })""",
    "skript": """new Promise(done => { const it = document.createElement('script'); it.textContent = 'window.ran = 1';
        document.body.appendChild(it); done(window.ran ? 'fram' : 'stopp'); })""",
    "stil": """(() => { const it = document.createElement('style'); it.textContent = 'body { --prov: 1 }';
        document.head.appendChild(it);
        return getComputedStyle(document.body).getPropertyValue('--prov') ? 'fram' : 'stopp'; })()""",
}
HOSTILE = "</script><script>window.bad = 1</script>\"'><img src=x onerror='window.bad = 1'> {{7*7}} ¤{sheet}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("avstangd")
    made.make(folder, "nattvandring")
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_the_policy_stops_what_a_page_without_it_may_do(way: str, root: Path, tmp_path: Path, phone: Phone) -> None:
    bare = tmp_path / "utan.html"
    bare.write_text("<!doctype html><title>Utan</title><body>", "utf-8")
    phone.open(bare)
    assert phone.page.evaluate(WAYS[way]) == "fram"
    phone.open(made.file(root, "nattvandring"))
    assert phone.page.evaluate("window.broken") == []
    assert phone.page.evaluate(WAYS[way]) == "stopp"
    assert phone.page.evaluate("window.broken.length") == 1


def test_fetch_of_a_web_address_is_stopped_by_the_policy_before_it_is_sent(root: Path, phone: Phone) -> None:
    phone.context.set_offline(False)
    page = phone.open(made.file(root, "nattvandring"))
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'fram', () => 'stopp')") == "stopp"
    assert page.evaluate("window.broken") == ["connect-src"]
    assert [address for address in phone.asked if address.startswith("http")] == []


def test_hostile_titles_are_only_words(tmp_path: Path, phone: Phone) -> None:
    page = phone.open(made.make(tmp_path, "nattvandring", title=HOSTILE, plan_title=HOSTILE))
    assert page.inner_text("h1") == HOSTILE
    phone.tap("Inställt")
    phone.tap("Väder")
    phone.tap("Granska")
    assert HOSTILE in page.inner_text("#granska")
    phone.saved()
    assert page.evaluate("window.bad") is None
    assert phone.faults == []
    page = phone.open(tmp_path / "blanketter/index.html")
    assert HOSTILE in page.inner_text("body")
    assert page.evaluate("window.bad") is None


def test_the_checks_can_fail(tmp_path: Path, phone: Phone, axe: str) -> None:
    """A page with faults of each kind is found out, in Swedish."""
    bad = tmp_path / "dalig.html"
    bad.write_text(
        "<!doctype html><html><title>x</title><body><p style='color: #999; width: 900px'>Grå text<button>x</button><input>",
        "utf-8",
    )
    phone.open(bad)
    found = phone.checked_in_both(axe)
    assert {one.partition(":")[0] for one in found} >= {"color-contrast", "html-has-lang", "label"}
    assert any("kontrast" in one for one in found)
    assert phone.widest() > 360
    assert len(phone.small_targets()) == 2
