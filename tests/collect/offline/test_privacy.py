"""The script finds the same personal data at the same places as the check does, in texts as people and mutations write them."""

from __future__ import annotations

import random
import re
from unicodedata import decimal, ucd_3_2_0

import pytest

from tests.cli.test_ten_thousand_texts import WORDS, planted
from tests.cli.test_ten_thousand_texts import mutated as miswritten
from tests.collect.offline.node import run
from tests.collect.offline.strings import as_told, mutated, noise
from tests.rules.test_privacy import ALMOST, NOT_NUMBERS, NUMBERS
from uppfoljning.rules import contact
from uppfoljning.rules.privacy import PERSONAL, check_privacy

TEXTS = 6000
PARTS = [
    *WORDS, *NUMBERS, *ALMOST, *NOT_NUMBERS, "ring", "telefon", "en mobil", "skylten", "mobil", "stabil", "lastbilen",
    "mopedbil", "RegNr", "reg. nr", "bİl", "bıl", "husbilar", "SMSade", "nås på", "samtal från", "pnr", "personnummer:",
    "Född", "\n", "😀", "𝟙", "https://exempel.example/", "HTTPſ://x", "ABC 123", "MLB84A", "PDF 123", "DAG 12A",
    "git@exempel.example", "a@b.example", "0701740605", "08465004", "0180 12345678", "+4670 174 06 05", "0046(0)701740605",
    "(08)465 004 00", "202611201530", "260306-2131", "641217 2026-06-09", "x", "-", "_", ".", ",", ":", "/", "2026-03-06",
]  # fmt: skip
SIGNS = [*"0123456789-+ –aA(@./)\n78०８٣"]


def text_of(chance: random.Random) -> str:
    match chance.randrange(8):
        case 0 | 1 | 2 | 3:
            parts = [*chance.sample(WORDS, 2), planted(chance)[2]]
            chance.shuffle(parts)
            text = chance.choice([", ", " ", "\n", "", " – "]).join(parts)
            for _ in range(chance.choice([0, 0, 1, 2, 4])):
                text = (miswritten if chance.random() < 0.7 else mutated)(text, chance)
        case 4 | 5:
            text = chance.choice(["", " "]).join(chance.choices(PARTS, k=chance.randrange(1, 6)))
            for _ in range(chance.choice([0, 1, 3])):
                text = mutated(text, chance)
        case 6:
            text = "".join(chance.choices([*SIGNS, *PARTS], k=chance.randrange(40)))
        case _:
            text = noise(chance, 60)
    return as_told(text)


def in_check(text: str) -> list[list[object]]:
    """What the check of a file finds, with places as a browser counts them; a line break is one place in both."""
    lines = text.split("\n")
    found = []
    for finding in check_privacy("reports/x.csv", f"{text}\n"):  # CSV has no waivers
        span = finding.place.span
        assert span is not None
        before = sum(map(units, lines[: span.line - 1])) + span.line - 1
        places = (units(lines[span.line - 1][: column - 1]) for column in (span.column, span.end_column))
        found.append([finding.problem.code, *(before + place for place in places)])
    return found


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("seed", range(2))
def test_the_same_findings_at_the_same_places(seed: int) -> None:
    chance = random.Random(seed)
    # What breaks lines otherwise than a browser is tidied away before anything is looked for.
    breaks = dict.fromkeys(map(ord, "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
    texts = [text_of(chance).translate(breaks) for _ in range(TEXTS)]
    expected = [in_check(text) for text in texts]
    (given,) = run(("find", [], [[text] for text in texts]))
    wrong = [(ascii(text), one, other) for text, one, other in zip(texts, given, expected, strict=True) if one != other]
    assert wrong[:5] == []
    assert {one[0] for found in expected for one in found} == PERSONAL
    assert TEXTS * 0.2 < sum(not found for found in expected) < TEXTS * 0.8


def test_every_word_of_the_check_tells_as_much_here() -> None:
    words = {word for pattern in (contact._OF_A_VEHICLE, contact._OF_A_PHONE) for word in re.findall(r"[a-zåäö]{2,}", pattern)}
    letters = re.findall(r"[A-Z]{3}", contact._NOT_A_PLATE.pattern)
    texts = [
        around.format(word, tail)
        for word in words
        for tail in ("MLB 84A", "08465004")
        for around in (
            "{0} {1}",
            "{1} {0}",
            "x{0} {1}",
            "{0}en {1}",
            "{0}x {1}",
            "{0}s {1}",
            "mo{0} {1}",
            "_{0} {1}",
            "{0}\n{1}",
            "å{0} {1}",
        )
    ]
    texts += [f"{gap * ' '}bil{gap * ' '}MLB 84A" for gap in range(50, 64)] + [f"bil {name} 123" for name in letters]
    texts += [f"{word}{gap * ' '}202611201530" for word in ("pnr", "född", "xpnr", "personidx", "person-id", "Personnrx")
              for gap in (1, 30, 34, 36, 37, 38)]  # fmt: skip
    (given,) = run(("find", [], [[text] for text in texts]))
    assert [(text, found) for text, found in zip(texts, given, strict=True) if found != in_check(text)] == []
    assert len(words) > 40 and len(letters) > 20 and sum(map(bool, given)) > 150


def test_moments_and_dates_at_their_bounds() -> None:
    days = [
        f"{year}{day}"
        for year in (1799, 1800, 1899, 2015, 2016, 2039, 2040, 2099, 2100)
        for day in ("0229", "0228", "1231", "0400")
    ]
    days += [
        f"{year}{month:02}{day}"
        for year in (1999, 2000)
        for month in range(14)
        for day in ("01", "30", "31", "32", "61", "91", "92")
    ]
    texts = [
        around.format(f"{written}{joint}{last}")
        for day in days
        for written in (day, day[2:])
        for joint in ("", "-", " ")
        for last in ("2359", "2400", "2360", "1234", "9990", "9991")
        for around in ("{}", "pnr {}", "7,{}", "7;{}", "x{}", "{}x", "{}-01-02", "https://x.example/{}")
    ]
    texts = random.Random(1).sample(texts, 8000)
    (given,) = run(("find", [], [[text] for text in texts]))
    assert [(text, found) for text, found in zip(texts, given, strict=True) if found != in_check(text)][:5] == []
    assert {one[0] for found in given for one in found} == {"I101", "I105"}


def test_digits_of_every_script_count_as_digits() -> None:
    # Those that Unicode has had for long; it once took superscripts for such digits too.
    rows = [at for at in range(0x110000) if ucd_3_2_0.decimal(chr(at), None) == 0 and decimal(chr(at), None) == 0]
    texts = ["".join(chr(start + int(digit)) for digit in "8507049990") for start in rows]
    assert len(rows) > 20
    (given,) = run(("find", [], [[text] for text in texts]))
    assert given == [[["I101", 0, units(text)]] for text in texts]


def test_what_is_found_is_never_in_the_words_about_it() -> None:
    chance = random.Random(7)
    cases = [planted(chance) for _ in range(200)]
    (given,) = run(("found", [], [[f"Kvällen {phrase}."] for _, _, phrase in cases]))
    for (code, value, _), found in zip(cases, given, strict=True):
        assert code in {one["code"] for one in found}
        assert all(value not in one["what"] + one["remedy"] and one["remedy"].startswith("Ta bort") for one in found)


def test_a_long_text_takes_no_time() -> None:
    """A reading that grew by the square of the length would take many minutes; node is stopped long before."""
    parts = ["8507", "07 ", "a@", "a.", "bil ABC 12", "+46 ", "(0", "x-", "0 0 ", "https://", "𝟙", "\n"]
    (given,) = run(("find", [], [[part * (100_000 // len(part))] for part in parts]))
    assert len(given) == len(parts)
