"""10 000 texts with invented personal data planted in them, and as they come out mutated: found, and never echoed."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.running import PLAN, folder
from uppfoljning.cli.main import main
from uppfoljning.cli.options import FindingFormat
from uppfoljning.rules.catalogue import rules
from uppfoljning.rules.contact import mask
from uppfoljning.rules.privacy import PERSONAL, check_privacy, cover
from uppfoljning.rules.privacy_look import may_be_personal

RUNS, TEXTS = 10, 1000
WORDS = (
    "Lugn kväll vid torget",
    "talade med ungdomar",
    "kl 21:30",
    "23 samtal",
    "KS 2025/123",
    "väg E 20",
    "1 234 kr",
    "åtgärd: se ovan",
)
VALIDERA = [["validera", "--format", one.value] for one in FindingFormat]
OTHERS = [
    ["status"], ["status", "--format", "json"], ["status", "gang"], ["underlag", "gang"], ["avvikelser"],
    ["avvikelser", "--format", "json"], ["avvikelser", "--format", "csv"], ["avvikelser", "--format", "md"], ["saknas"],
    ["diff", "--vid", "2026-02-01", "--mot", "2026-08-31"],
    ["diff", "--vid", "2026-02-01", "--mot", "2026-08-31", "--format", "json"],
]  # fmt: skip


def luhn(digits: str) -> int:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return -sum(product // 10 + product % 10 for product in doubled) % 10


def number(chance: random.Random, *, right: bool) -> str:
    """A date before 2016 with digits that no one is given, 980–999, in one of the ways people write it."""
    day = date(1930, 1, 1) + timedelta(days=chance.randrange(31000))
    plain = f"{day:%Y%m}{day.day + 60 * (chance.random() < 0.2):02}"
    birth = chance.randrange(980, 1000)
    last = (luhn(f"{plain[2:]}{birth}") + (not right) * chance.randrange(1, 10)) % 10
    number = f"{plain[chance.choice((0, 2)) :]}{chance.choice(['-', '', ' ', '+', '–', '‑'])}{birth}{last}"
    return number if chance.random() < 0.9 else "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in number)


def phone(chance: random.Random) -> str:
    """One of those that the Post and Telecom Authority keeps for books and films."""
    last = f"{chance.randrange(5, 100):02}"
    return chance.choice(
        [f"070-174 06 {last}", f"070-17406{last}", f"+46 70 174 06 {last}", f"08-465 004 {last}", f"031-390 06 {last}"]
    )


def planted(chance: random.Random) -> tuple[str, str, str]:
    """A code, the value that must give it, and the value with the words it needs around."""
    letters = "".join(chance.choices("ABCDEFGHJKLMNPRSTUWXYZ", k=3))
    match chance.randrange(5):
        case 0:
            value = number(chance, right=True)
            return "I101", value, value
        case 1:
            value = f"namn{chance.randrange(1000)}.{letters.lower()}@exempel.example"
            return "I102", value, value
        case 2:
            value = phone(chance)
            return "I103", value, value
        case 3:
            value = f"{letters}{chance.choice(['', ' '])}{chance.randrange(10, 100)}{chance.choice('0123456789ABCDE')}"
            return "I104", value, chance.choice(["bilen {}", "regnr {}", "en moped ({})"]).format(value)
        case _:
            value = number(chance, right=False)
            return "I105", value, value


def mutated(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(["", " ", "-", "7", "x", "\u00a0", text[at] * 2, "•"]) + text[at + 1 :]


def report(nth: int, text: str, chance: random.Random) -> str:
    """A report with a text somewhere in it."""
    day = date(2026, 1, 5) + timedelta(days=nth % 300)
    quoted = "'" + text.replace("'", "''") + "'"
    head = f"plan: prov-2026\nåtagande: gang\ndatum: {day}\nstart: {nth // 300 + 10}:{nth % 60:02}\n"
    return head + chance.choice(
        [
            f"text: {quoted}\n",
            f"avvikelser:\n  - vad: {quoted}\n    skäl: annat\n    varför: {quoted}\n",
            f"iakttagelser:\n  - text: {quoted}\n",
            f"uppgifter: {{samtal: 3}} # {text}\n",
            f"text: |\n  Kvällen\n  {text}\n",
            f"{quoted}: ja\n",
            f"läge: {quoted}\n",
        ]
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(RUNS))
def test_found_and_never_echoed(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(seed)
    files = {"plans/prov-2026.yaml": PLAN}
    secrets: set[str] = set()
    certain: set[str] = set()
    for nth in range(TEXTS):
        code, value, phrase = planted(chance)
        text = ", ".join([*chance.sample(WORDS, 2), phrase])
        is_mutated = chance.random() < 0.4
        content = report(nth, mutated(text, chance) if is_mutated else text, chance)
        found = check_privacy("x.yaml", content)
        assert may_be_personal(content.encode()) or not found
        assert is_mutated or code in {finding.problem.code for finding in found}, (code, content)
        lines = content.split("\n")
        for finding in found:
            span = finding.place.span
            assert span is not None and span.line == span.end_line and finding.problem.code in PERSONAL
            secret = lines[span.line - 1][span.column - 1 : span.end_column - 1]
            assert is_mutated or finding.problem.code != code or secret == value
            secrets.add(secret)
            assert secret not in cover(content)
            if finding.problem.code == "I101":
                certain.add(secret)
                assert secret not in mask(content)
        files[f"reports/r{nth}.yaml"] = content
    # What a mutation has made unlike anything may hold the same signs as what is found elsewhere, and so may the catalogue's own
    # examples, which SARIF carries along.
    unseen = "\n".join([*map(cover, files.values()), *(rule.wrong + rule.right for rule in rules().values())])
    secrets = {secret for secret in secrets if secret not in unseen}
    monkeypatch.chdir(folder(tmp_path, files))
    assert len(secrets) > TEXTS * 0.8 and len(certain) > TEXTS * 0.15
    others = OTHERS if seed == 0 else OTHERS[seed % 3 :: 3]
    for argv in [*VALIDERA, *others]:
        assert main(argv) in (0, 1)
        out, err = capsys.readouterr()
        said = "\n".join({*out.splitlines(), *err.splitlines()})  # many lines are the same
        hidden = secrets if argv in VALIDERA else certain
        assert [secret for secret in hidden if secret in said] == [], argv
    assert main(["validera", "--format", "kort"]) == 1
    told = re.findall(r" (I10[1-5]) ", capsys.readouterr().out)
    assert set(told) == PERSONAL
