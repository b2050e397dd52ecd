"""What a project of this kind has for those who meet it: where to report, what to fill in, how to change it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.schemas import refused
from tests.test_readme import HOME

FORMS = sorted(path for path in (HOME / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
CONTRIBUTING = (HOME / "CONTRIBUTING.md").read_text("utf-8")


def test_the_issue_forms_are_forms() -> None:
    assert len(FORMS) >= 3
    assert refused("vendor.github-issue-forms", *FORMS) == ""
    assert refused("vendor.github-issue-config", HOME / ".github" / "ISSUE_TEMPLATE" / "config.yml") == ""


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_every_form_asks_for_no_personal_data_first(form: Path) -> None:
    content = yaml.safe_load(form.read_text("utf-8"))
    first = content["body"][0]
    assert first["type"] == "markdown"
    assert "Inga" in first["attributes"]["value"] and "person" in first["attributes"]["value"]
    assert any(one.get("validations", {}).get("required") for one in content["body"])


def test_the_pull_request_template_leads_to_what_it_names() -> None:
    text = (HOME / ".github" / "pull_request_template.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (HOME / ".github" / target).exists()
    for name in re.findall(r"`([\w./-]+\.md)`", text):
        assert (HOME / name).exists()


def test_security_says_where_to_turn_and_never_to_send_personal_data() -> None:
    text = (HOME / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in text
    assert "Skicka aldrig riktiga personuppgifter" in text


def test_every_place_that_contributing_names_exists() -> None:
    places = re.findall(r"`((?:src|tests|docs|krav|\.ci|bench)/[\w./-]*)`", CONTRIBUTING)
    assert len(places) > 8
    assert [place for place in places if not (HOME / place).exists()] == []


def test_every_floor_of_the_house_is_in_contributing() -> None:
    from tests.test_house import FLOORS

    told = re.findall(r"(?m)^\| `(\w+)` \|", CONTRIBUTING)
    assert set(told) == {room for floor in FLOORS for room in floor}


def test_contributing_has_the_convention_of_commits_and_a_faq() -> None:
    assert "`.git-blame-ignore-revs`" in CONTRIBUTING
    assert re.search(r"`status: show", CONTRIBUTING)
    assert len(re.findall(r"(?m)^\*\*[^*]+\?\*\*", CONTRIBUTING)) >= 8
