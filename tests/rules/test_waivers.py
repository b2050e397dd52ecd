"""A waiver lets one kind of warning pass on its line, says why, and is itself told of when it does nothing."""

from __future__ import annotations

import pytest

from tests.rules.project_pieces import REPORT, base, codes, project
from uppfoljning.rules.privacy import check_privacy

MAIL, PHONE, NUMBER = "trygghet@exempelkoping.example", "08-465 004 00", "850704-9990"


def found(text: str, file: str = "reports/x.yaml") -> list[str]:
    return [finding.problem.code for finding in check_privacy(file, text)]


@pytest.mark.parametrize(
    "text",
    [
        f"text: {MAIL}  # undantag I102: funktionsbrevlåda",
        f"text: {MAIL} # undantag I102 funktionsbrevlåda",
        f"- {MAIL}\t# undantag I102: funktionsbrevlåda\nx: y",
        f"text: {MAIL}, {MAIL}  # undantag I102: två funktionsbrevlådor",
        f"text: {MAIL}, {PHONE}  # undantag I102, I103: brevlåda och växel",
        "text: bil ABC 123 # undantag I104: kommunens buss, står på bilden",
        "text: ärende 850704-9991  # undantag I105: ett ärendenummer",
        f"text: |  # undantag I102: funktionsbrevlåda\n  Hej\n\n  {MAIL}\nannat: x",
        f"text: >-  # undantag I103: växel\n  Hej\n  {PHONE}",
        f"a:\n  - text: |2 # undantag I103: växel\n      {PHONE}\n",
        f"- |  # undantag I103: växel\n  {PHONE}\n",
    ],
)
def test_it_lets_a_warning_pass(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"text: {MAIL}  # undantag I102", ["I102", "I106"]),
        (f"text: {MAIL}  # undantag I102:  ", ["I102", "I106"]),
        (f"text: {MAIL}  # undantag I103: växel", ["I102", "I106"]),
        (f"text: {MAIL}  # undantag I102, I103: växel", ["I106"]),
        ("text: Lugnt  # undantag I102: blev över", ["I106"]),
        (f"text: {NUMBER}  # undantag I101: behövs", ["I101", "I106"]),
        ("text: 02:75  # undantag S104: vet inte", ["I106"]),
        (f"# undantag I102: på raden ovanför\ntext: {MAIL}", ["I102", "I106"]),
        (f"text: {MAIL}\n# undantag I102: på raden under", ["I102", "I106"]),
        (f"text: Lugnt  # undantag I102: {MAIL}", ["I102", "I106"]),
        (f"text: {MAIL}  # undantag: funktionsbrevlåda", ["I102"]),
        (f"text: {MAIL}  # utan undantag I102: x", ["I102"]),
        (f"text: {MAIL}# undantag I102: inget mellanslag före", ["I102"]),
        (f"text: |  # undantag I102: brevlåda\n  {MAIL}\nannat: {MAIL}", ["I102"]),
        (f"a:\n  text: |  # undantag I102: brevlåda\n    Lugnt\n  b: {MAIL}", ["I102", "I106"]),
        ("# undantag I102, I101: båda", ["I106"]),
    ],
)
def test_it_says_what_it_does_not_do(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_what_is_wrong_is_said() -> None:
    texts = ["x: y # undantag I101, S104: skäl", "x: y # undantag I102", "x: y # undantag I102, I103: skäl"]
    assert [check_privacy("a.yaml", text)[0].problem.message for text in texts] == [
        "I101 och S104 kan inte undantas",
        "undantaget saknar skäl",
        "undantaget behövs inte: I102 och I103 gäller inget på raden",
    ]


def test_rows_have_no_comments() -> None:
    text = f"text;id\n{MAIL} # undantag I102: brevlåda;1\n"
    (finding,) = check_privacy("reports/x.csv", text)
    assert finding.problem.code == "I102"
    assert "skriv raden som en YAML-fil med # undantag I102: varför" in finding.problem.remedy


@pytest.mark.parametrize("comment", ["# undantag I102: brevlåda", "# undantag I103: växel"])
def test_in_a_whole_project(comment: str) -> None:
    checked = project(base(), {"reports/x.yaml": f"{REPORT}text: {MAIL}  {comment}\n"})
    assert codes(checked) == ([] if "I102" in comment else ["I102", "I106"])
    assert checked.left_out == ()


def test_one_that_is_left_over_is_seen_though_nothing_else_is() -> None:
    assert codes(project(base(), {"reports/x.yaml": f"{REPORT}text: Lugnt  # undantag I102: brevlåda\n"})) == ["I106"]
