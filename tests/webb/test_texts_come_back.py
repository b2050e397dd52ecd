"""Whatever is written comes back from the file: a sample by the page's own functions, and some filled in and downloaded."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.webb import made
from tests.webb.pages import Phone, put
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.files.yaml_write import tidy, write_yaml
from uppfoljning.rules.privacy import cover

pytestmark = pytest.mark.slow

WORDS = (
    "NO", "21:30", "0180", "1.500", "null", "~", "- a", "? b", "a: b", "{a: b}", "[x]", "# c", "'", '"', "\\", "\\n", "|", ">",
    "%", "@", "`", "&a", "*a", "!!str", "---", "...", "å", "Ö", "é", "e\u0301", "😀", "\U0001f469\u200d\U0001f467", "ﬁ",
    "\t", "\n", "\r\n", " ", "\u00a0", "\u2028", "\u200b", "\x07", "\x85", "\ufeff", "=1+1", "+46", "ca", "</script>", "<!--",
    "--- slut på rapporten ---", "¤{x}", "ja", "\U0001f1f8\U0001f1ea", "𝄞",
)  # fmt: skip
TYPED = 48


def texts(count: int, seed: int) -> list[str]:
    """Random texts that are no blank and point at no one."""
    chance = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        text = "".join(chance.choice((*WORDS, chr(chance.randrange(0x20, 0x3000)))) for _ in range(chance.randrange(1, 14)))
        if tidy(text) and cover(text) == text and cover(write_yaml({"text": tidy(text)})) == write_yaml({"text": tidy(text)}):
            found.append(text)
    return found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texter")
    made.make(folder, "texter")
    return folder


def test_by_the_pages_own_functions(root: Path, phone: Phone) -> None:
    page = phone.open(made.file(root, "texter"))
    sample = texts(400, 1)
    written = page.evaluate("all => all.map(text => Text.write(new Map([['text', Text.tidy(text)]])))", sample)
    assert [read_yaml("a.yaml", text.encode())[0] for text in written] == [{"text": tidy(text)} for text in sample]
    assert written == [write_yaml({"text": tidy(text)}) for text in sample]


def test_filled_in_and_downloaded(root: Path, phone: Phone, tmp_path: Path) -> None:
    page = phone.open(made.file(root, "texter"))
    sample = iter(texts(TYPED, 2))
    made.write(tmp_path, ("texter",))
    sent: list[dict[str, str]] = []
    for _ in range(TYPED // 12):
        phone.tap("Ja")
        filled = {f"text{at}": next(sample) for at in range(12)}
        for name, text in filled.items():
            page.get_by_label(name.replace("text", "Text "), exact=True).fill(text)
        phone.tap("Granska")
        put(tmp_path, phone.saved())
        sent.append({name: tidy(text) for name, text in filled.items()})
        phone.tap("Ny rapport")
    entries = made.read(tmp_path).entries["prov-2026"]["texter"]
    assert len(entries) == TYPED // 12
    assert sorted(map(str, (dict(entry.facts) for entry in entries))) == sorted(map(str, sent))
