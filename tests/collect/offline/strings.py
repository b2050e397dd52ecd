"""Texts as no one would write them, and answers nearly right: seeded, so that every run sees the same."""

from __future__ import annotations

import json
import random
from unicodedata import ucd_3_2_0

# Characters that Unicode has had for long: a newer one is unknown to either program, and then the two may differ.
_KNOWN = [chr(code) for code in range(0x20, 0xFFFE) if ucd_3_2_0.category(chr(code)) not in ("Cn", "Cs", "Co")]
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
_UNSEEN = list("\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff\ufffe\uffff")
_SPACES = list(" \t\n\r\u00a0\u1680\u2002\u2007\u2009\u202f\u205f\u3000\u0085\x1c\x1f\x0b\x0c")
_SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff", "\ud83d", "\ude00"]
_MARKS = list("\u0300\u0301\u0308\u030a\u0327\u0338\u20dd")
_EMOJI = ["👮‍♀️", "🚓", "👍🏽", "🇸🇪", "😀", "𝟙𝟚𝟛", "𐐀"]
_DIGITS = list("٣४５۷９²½Ⅷ①")
_FOLDS = list("İıſKÅßǅﬀ")
PIECES = [
    "</script>", "<!--", "]]>", "&amp;", "=1+1", "=HYPERLINK(\"x\")", "@SUM(A1)", "+46", "-1", "a: b", "a #b",
    "# undantag I102: x", "- x", "{a: b}", "{a:\u00a0b}", "[x]", "'", '"', "\\", "\\n", "\\ud800", "\\U00110000",
    "%YAML 1.2", "---", "...", "? x", "!tag", "&a", "*a", "|", ">", "`", "~", "null", "NO", "on", "ja", "nej", "JA", "true",
    "falſe", "21:30", "1:30", "24:00", "24:01", "0180", "0x1F", "1e3", "1_000", ".5", "5.", "1.500", "1 234,5", "1\u00a0234",
    "1\u202f234", "12 34", "ca 190", "Cirka 3", "c:a 4", "ca. 5", "mİnst 7", "mınſt 2", "cir\u212aa 9", "minst\x1f8",
    "minst\ufeff8", "ca\n6", "−3", "-0", "-0,0", "007", "0,50", "7,50", "75 %", "75%", "7,5\u2009%", "-1 %", "%", "3:45",
    "2 tim 30 min", "45 min.", "1,5 timmar", "2h", "-1 h", "90\u3000min", "9999999 min", "2026-03-06", "2024-02-29",
    "2023-02-29", "1900-02-29", "2000-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "0001-01-01",
    "9999-12-31", "2026-3-6", "20260306", "2026-03-06 21:30", "2026-03-06T21:30", "2026-03-06 \t21.30 ", "2026-03-06 24:00",
    "2026-03-06  ", "2026-02-30 10:00", "21.30", "2130", "9.05", "fast", "Fast", "rörlig", "ro\u0308rlig", "öm", "<<<<<<< x",
    "=======", "ställe", "A\u030a", "a\u200b\u030a", "9" * 40, "9" * 41, "1" + " 000" * 10, "0" * 39 + ",1",
]  # fmt: skip
CHOICES = ("fast", "rörlig", "1", "a: b", "21:30", '"', "</script>")
_ALPHABETS = [
    _KNOWN,
    _CONTROLS,
    _UNSEEN,
    _SPACES,
    _SURROGATES,
    _MARKS,
    _EMOJI,
    _DIGITS,
    _FOLDS,
    list("0123456789"),
    list(":.,-+% Tabc"),
]
_WEIGHTS = [8, 2, 2, 4, 1, 2, 2, 1, 1, 4, 4]


def _sign(chance: random.Random) -> str:
    return chance.choice(chance.choices(_ALPHABETS, _WEIGHTS)[0])


def noise(chance: random.Random, longest: int = 12) -> str:
    """Signs of every sort side by side."""
    return "".join(_sign(chance) for _ in range(chance.randrange(longest)))


def mutated(text: str, chance: random.Random) -> str:
    """The same text with a sign put in, taken away, changed or doubled."""
    at = chance.randrange(len(text) + 1)
    match chance.randrange(4):
        case 0:
            return text[:at] + _sign(chance) + text[at:]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + _sign(chance) + text[at + 1 :]
        case _:
            return text[:at] + text[at : at + 2] * 2 + text[at + 2 :]


def _valid(kind: str, chance: random.Random) -> str:
    whole = str(chance.choice([chance.randrange(10), chance.randrange(1000), chance.randrange(10**7)]))
    if len(whole) > 3 and chance.random() < 0.5:
        gap = chance.choice(" \u00a0\u202f\u2009")
        whole = f"{int(whole):,}".replace(",", gap)
    decimal = whole + chance.choice(",.") + str(chance.randrange(100))
    day = f"{chance.randrange(1, 10000):04}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    clock = f"{chance.randrange(24):{chance.choice(('', '02'))}}{chance.choice(':.')}{chance.randrange(60):02}"
    match kind:
        case "antal":
            return chance.choice(["", "", "ca ", "minst "]) + whole
        case "tal":
            return chance.choice(["", "", "ca ", "-", "−"]) + chance.choice([whole, decimal])
        case "andel":
            return chance.choice([whole, decimal]) + chance.choice([" %", "%", "\u00a0%"])
        case "ja/nej":
            return chance.choice(["ja", "nej", "Ja", "NEJ", "true", "false"])
        case "val":
            return chance.choice(CHOICES)
        case "datum":
            return day
        case "tid":
            return clock
        case "tidpunkt":
            return f"{day}{chance.choice(' T')}{clock}"
        case "längd":
            return chance.choice([clock, f"{whole} min", f"{decimal} tim", f"{whole} h {chance.randrange(60)} min", "1,5timmar"])
        case _:
            return " ".join(chance.choices(PIECES, k=chance.randrange(1, 4)))


def answer(kind: str, chance: random.Random) -> str:
    """An answer to a question of a kind: right, nearly right, or anything at all."""
    match chance.randrange(8):
        case 0 | 1:
            text = _valid(kind, chance)
        case 2 | 3 | 4:
            text = mutated(_valid(kind, chance), chance)
        case 5:
            text = noise(chance) + chance.choice(PIECES) + noise(chance, 3)
        case 6:
            text = chance.choice(PIECES)
        case _:
            text = noise(chance, 30)
    return as_told(text)


def as_told(text: str) -> str:
    """The text as both programs get it: two halves of a character that meet are one."""
    told: str = json.loads(json.dumps(text))
    return told
