"""Personal identity numbers are found however they are written, and never shown. All numbers here are invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.project_pieces import REPORT, base, codes, project, source
from uppfoljning.project.load import load_project
from uppfoljning.rules.catalogue import rules
from uppfoljning.rules.contact import mask, personal_numbers
from uppfoljning.rules.privacy import check_name, check_privacy, cover
from uppfoljning.rules.privacy_look import may_be_personal, may_be_personal_name

NUMBERS = [
    "850760-9991",
    "850060-9998",
    "850073-9993",
    "18850704-9990",
    "850704-9990",
    "188507049990",
    "8507049990",
    "850704+9990",
    "850704 9990",
    "850704–9990",
    "850704—9990",
    "850704\u20119990",
    "850704\u22129990",
    "850704\u00a09990",
    "850704 - 9990",
    "850764-9997",
    "18850764-9997",
    "198001011231",
    "20200229-1231",
    "850704\u20159990",
    "850704\uff0d9990",
    "850704\u00ad9990",
    "850704\uff0b9990",
    "850704\u20099990",
    "850704\u202f-\u202f9990",
    "８５０７０４-９９９０",
    "１８８５０７０４９９９０",
    "188507649997",
    "850764+9997",
]
ALMOST = [
    "850704-9991",
    "18850704-9991",
    "188507049991",
    "8507049991",
    "850704+9991",
    "850704 9991",
    "850764-9990",
    "850704–9991",
]
"""The check digit is wrong."""
NOT_NUMBERS = [
    "851304-9992",
    "850732-9996",
    "850700-9994",
    "850792-9993",
    "16850704-9990",
    "20210229-1230",
    "1850704-99901",
    "850704-99901",
    "8507-049990",
    "2026-03-06",
    "KS 2025/123",
    "202603062130",
    "20260306 2130",
]


def luhn(digits: str) -> int:
    """The check digit of nine digits, worked out in another way than the program does."""
    doubled = [int(digit) * (2 if position % 2 == 0 else 1) for position, digit in enumerate(digits)]
    return -sum(int(digit) for product in doubled for digit in str(product)) % 10


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("around", ["{}", "Talade med {} vid torget", "x:{},", "namn-{}.yaml", "2026-03-06-{}", "({})"])
def test_found_and_masked(number: str, around: str) -> None:
    text = around.format(number)
    assert list(personal_numbers(text)) == [(around.index("{"), around.index("{") + len(number))]
    assert mask(text) == around.format(re.sub(r"\d", "•", number))


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_left_alone(text: str) -> None:
    assert list(personal_numbers(text)) == []
    assert mask(text) == text
    assert check_privacy("reports/x.yaml", text) == []


@pytest.mark.parametrize("number", ALMOST)
@pytest.mark.parametrize("around", ["{}", "Talade med {} vid torget", "x:{},", "({})"])
def test_one_with_a_slip_is_a_warning(number: str, around: str) -> None:
    text = around.format(number)
    (finding,) = check_privacy("reports/x.yaml", text)
    assert finding.problem.code == "I105"
    assert list(personal_numbers(text)) == [] and mask(text) == text
    assert cover(text) == around.format(re.sub(r"\d", "•", number))
    assert may_be_personal(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "641217 2026-06-09",
        "641217 2026-03-06",
        "260306-2131",
        "20260306-2131",
        "1.850704-9991",
        "12,8507049991",
        "a8507049991",
        "8507049991b",
        "x/1/850704-9991",
    ],
)
def test_what_only_happens_to_look_so(text: str) -> None:
    assert check_privacy("reports/x.yaml", text) == []


@pytest.mark.parametrize("word", ["personnummer", "Personnr:", "pnr", "person-id", "född", "samordningsnummer"])
def test_a_moment_is_a_number_where_the_words_say_so(word: str) -> None:
    moment = "202611201530"
    assert list(personal_numbers(moment)) == []
    assert mask(f"{word} {moment}") == f"{word} ••••••••••••"
    assert mask(f"{word}\n{moment}") == f"{word}\n{moment}"


@pytest.mark.parametrize("number", [*NUMBERS, *ALMOST])
def test_the_quick_look_misses_none(number: str) -> None:
    for data in (number.encode(), f"text: {number}\n".encode(), f"\ufefftext: {number}".encode("utf-16-le")):
        assert may_be_personal(data)


TELLING_NAME = re.compile(r"\d{5}|(?<!\d)0\d\d\d?-\d{3}|08-\d{3}|[A-Z]{3}|[ @+]|[^\x00-\x7f]")


@given(st.text(alphabet="0018-aAB/.", max_size=20), st.sampled_from(["", "å", " ", "+", "@", "\udcff", "٣"]))
def test_the_quick_look_at_a_name_asks_for_all_its_signs(name: str, odd: str) -> None:
    assert may_be_personal_name(name + odd) == (TELLING_NAME.search(name + odd) is not None)
    assert may_be_personal_name(name) or not check_name(name)


@pytest.mark.slow
@given(
    st.dates().filter(lambda day: 1800 <= day.year <= 2015),
    st.integers(0, 999),
    st.booleans(),
    st.sampled_from(["-", "", " ", "+"]),
)
def test_every_number_is_found(day: object, birth: int, coordination: bool, separator: str) -> None:
    plain = f"{day:%Y%m%d}"
    plain = f"{plain[:6]}{int(plain[6:]) + 60 * coordination:02}"
    number = f"{plain}{separator}{birth:03}{luhn(f'{plain[2:]}{birth:03}')}"
    assert mask(f"a {number} b") == f"a ••••••••{separator}•••• b"
    assert mask(f"a {number[2:]} b") == f"a ••••••{separator}•••• b"


@given(st.text(st.sampled_from("0123456789-+ –a\n8"), max_size=60))
def test_a_masked_text_has_no_numbers(text: str) -> None:
    assert list(personal_numbers(mask(text))) == []


@given(st.lists(st.sampled_from([*NUMBERS, *NOT_NUMBERS, "-", " ", "1", "x"]), max_size=8))
def test_nor_has_one_of_numbers_side_by_side(parts: list[str]) -> None:
    assert list(personal_numbers(mask("".join(parts)))) == []


def test_every_number_has_its_place_and_none_is_in_the_finding() -> None:
    text = "text: 850704-9990 och\nannat: '18850704-9990'\n"
    found = check_privacy("reports/x.yaml", text)
    assert [(finding.place.span.line, finding.place.span.column) for finding in found if finding.place.span] == [(1, 7), (2, 9)]
    assert not any("9990" in str(finding) for finding in found)
    assert [finding.problem.note for finding in found] == ["10 siffror, visas inte", "12 siffror, visas inte"]


def test_a_name_of_a_file() -> None:
    (finding,) = check_name("reports/2026-03-06-850704-9990.yaml")
    assert finding.problem.code == "I101"
    assert "9990" not in str(finding.problem)
    assert check_name("reports/2026-03-06-nattvandring.yaml") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("reports/2026-03-06-0701740605.yaml", "I103"),
        ("reports/ring 08-465 004 00.csv", "I103"),
        ("reports/(08)4650040.csv", "I103"),
        ("reports/namn@exempel.example.yaml", "I102"),
        ("reports/bil ABC 123/a.yaml", "I104"),
        ("reports/a-850704-9991.yaml", "I105"),
        ("reports/a-850704–9990.yaml", "I101"),
        ("plans/+46 70 174 06 05.yaml", "I103"),
    ],
)
def test_names_of_files_and_folders(name: str, code: str) -> None:
    checked = project(base(), {name: REPORT})
    about = [finding.problem for finding in checked.findings if finding.problem.code == code]
    assert len(about) == 1
    assert about[0].remedy == "byt namn på filen"


@pytest.mark.parametrize("place", ["rapport", "plan", "blankett", "kommentar", "trasig"])
def test_found_wherever_it_stands(place: str) -> None:
    number = "850704-9990"
    files = {
        "rapport": {"reports/x.yaml": f"{REPORT}text: {number}\n"},
        "plan": {"plans/x.yaml": f"plan: x\ntitel: {number}\nperiod: 2026\nparter: {{kommunen: Kommunen}}\n"},
        "blankett": {"plans/snabbrapporter/x.yaml": f"snabbrapport: x\ntitel: {number}\n"},
        "kommentar": {"reports/x.yaml": f"{REPORT}# {number}\n"},
        "trasig": {"reports/x.yaml": f'{REPORT}text: "{number}\n'},
    }[place]
    checked = project(base(), files)
    assert "I101" in codes(checked)
    assert checked.left_out == tuple(files)


@pytest.mark.parametrize("number", [*NUMBERS, "850704\u00a0–\u00a09990"])
def test_found_however_it_is_written_in_a_file(number: str) -> None:
    assert codes(project(base(), {"reports/x.yaml": f'{REPORT}text: "Ring {number}"\n'})) == ["I101"]


@pytest.mark.parametrize("dash", ["-", "–"])
def test_only_the_row_with_a_number_is_left_out(dash: str) -> None:
    rows = (
        "åtagande;datum;start;uppgifter.samtal;text\n"
        f"nattvandring;2026-03-06;21:00;3;850704{dash}9990\n"
        "nattvandring;2026-03-06;23:00;4;Lugnt\n"
    )
    memory = source(base(), {"reports/x.csv": rows.encode("cp1252")})
    checked = load_project(memory)
    assert codes(checked) == ["F004", "I101"]
    assert checked.rows_left_out == 1
    assert checked.left_out == ()
    assert [entry.id for entry in checked.entries["exempel-2026"]["nattvandring"] if entry.file == "reports/x.csv"] == ["x#2"]


PAGE = Path(__file__).parents[2] / "docs" / "personuppgifter.md"


def test_the_page_tells_of_every_rule_as_it_is() -> None:
    told = re.findall(r"(?m)^\| (I\d{3}) \| (\w+) \|", PAGE.read_text("utf-8"))
    assert told == [(rule.code, rule.level) for rule in rules().values() if rule.code.startswith("I")]


def test_the_examples_of_the_page() -> None:
    text = PAGE.read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert codes(project(base(), {"reports/x.yaml": REPORT + example})) == []
    assert codes(project(base(), {"reports/x.yaml": REPORT + example.partition("  #")[0] + "\n"})) == ["I102"]
    assert check_privacy("x.md", text.replace(example, "")) == []


@pytest.mark.parametrize(
    "text",
    [
        "1985-07-04-9990", "850704-\n9990", "de fyra sista är 9990", "bilen abc 123", "Björn Alm", "174 06 05",
        "namn (at) exempel.example",
    ],
)  # fmt: skip
def test_what_the_page_says_is_not_found(text: str) -> None:
    assert check_privacy("x.yaml", text) == []
