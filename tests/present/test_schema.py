"""The schemas for editors: sound, fresh, in step with the reader, and made of nothing but its declarations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tests.present import editor
from tests.projects import Texts
from tests.rules.test_examples import BAD, GOOD, expected_of, files_of
from uppfoljning.domain.clock import parse_date, parse_end, parse_start, parse_weekday, parse_window, parse_within
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import parse_count, parse_number, parse_quantity, parse_share
from uppfoljning.domain.period import parse_period
from uppfoljning.domain.report import parse_hours, parse_reference, parse_step_answer
from uppfoljning.domain.scalars import (
    parse_address,
    parse_field_id,
    parse_id,
    parse_reason,
    parse_scb_code,
    parse_text,
    parse_yes,
)
from uppfoljning.domain.schema import Parse, Record, field
from uppfoljning.domain.target_reading import parse_amount, parse_open_amount, parse_portion
from uppfoljning.present.views.schema import KINDS, file_name, of_form, of_record, schema_text
from uppfoljning.project.document import take_in

HOME = Path(__file__).resolve().parents[2]
VALIDATORS = {name: Draft7Validator(json.loads(schema_text(name))) for name in KINDS}
SCHEMA_OF = {"plan": "plan", "rapport": "snabbrapport", "blankett": "blankett", "bedömning": "bedomning"}


def faults(name: str, data: bytes) -> list[str] | None:
    """What the schema of a file's kind has against it; None where there is none for it or it is no YAML."""
    kind = SCHEMA_OF.get(take_in(Texts({name: data}), name).kind)
    if kind is None:
        return None
    tree = editor.read(data.decode("utf-8-sig"))
    return [f"{list(error.path)}: {error.message}"[:300] for error in VALIDATORS[kind].iter_errors(tree)]


def sound_files() -> Iterator[tuple[str, bytes]]:
    for folder in ("plans", "reports"):
        for path in sorted((HOME / folder).rglob("*.yaml")):
            yield path.relative_to(HOME).as_posix(), path.read_bytes()
    for path in sorted((HOME / "src/uppfoljning/forms").glob("*.yaml")):
        yield f"plans/snabbrapporter/{path.name}", path.read_bytes()
    for example in GOOD:
        yield from ((name, data) for name, data in files_of(example).items() if name.endswith((".yaml", ".yml")))


@pytest.mark.parametrize("name", KINDS)
def test_a_schema_is_sound_and_swedish(name: str) -> None:
    text = schema_text(name)
    schema = json.loads(text)
    Draft7Validator.check_schema(schema)
    assert text == schema_text(name) and text.endswith("}\n") and not text.endswith("\n\n")
    assert "\\u" not in text
    assert schema["title"] == KINDS[name].title


@pytest.mark.parametrize("name", KINDS)
def test_the_committed_schema_is_fresh(name: str) -> None:
    assert (HOME / "schema" / file_name(name)).read_bytes() == schema_text(name).encode(), (
        "kör: uppfoljning schema --skriv schema"
    )


def test_there_is_no_other_schema() -> None:
    assert {path.name for path in (HOME / "schema").iterdir()} == set(map(file_name, KINDS))


@pytest.mark.parametrize("name", KINDS)
def test_every_key_has_its_name_and_meaning(name: str) -> None:
    declared, properties = KINDS[name].cls.KEYS, json.loads(schema_text(name))["properties"]
    assert [*properties] == [one for one in declared if one not in KINDS[name].only_in_rows]
    for one, schema in properties.items():
        assert (schema["title"], schema["description"]) == (one, declared[one][1].about)


def test_sound_files_are_sound_to_an_editor() -> None:
    seen = {name: faults(name, data) for name, data in sound_files()}
    assert {name: found for name, found in seen.items() if found} == {}
    assert sum(found is not None for found in seen.values()) > 250


def test_faults_of_form_are_faults_to_an_editor() -> None:
    """All but answers, whose type another file tells, and what depends on several values or on quotes."""
    accepted = set()
    refused = 0
    for example in BAD:
        codes = {code for _, code, _, _ in expected_of(example)}
        if example.is_dir() or not all(code.startswith("S") or code in ("P202", "P203") for code in codes):
            continue
        ((name, data),) = files_of(example).items()
        if faults(name, data) == []:
            accepted.add(example.stem)
        else:
            refused += 1
    assert {name for name in accepted if "uppgifter" not in (BAD[0].parent / f"{name}.yaml").read_text("utf-8")} == {
        "S102-ingen-part",
        "S106-baklanges",
        "S106-paus",
        "S106-termin",
        "S112-sekunder",
        "S118",
    }
    assert refused >= 70


def accepts(schema: Any, text: str) -> bool:
    """Whether an editor takes a plain text of YAML."""
    return bool(Draft7Validator(schema).is_valid(editor.value_of(text)))


def is_text(text: str) -> bool:
    """Whether a text is one to an editor too, and not a number or nothing."""
    return isinstance(editor.value_of(text), str)


PARSERS: dict[Parse, str] = {
    parse_id: "fältare a-1 å_b A 2026 0180 -",
    parse_field_id: "fältare å_b A 12",
    parse_date: "2026-02-28 2026-02-29 2024-02-29 1900-02-29 2000-02-29 0000-01-01 2026-13-01 2026-04-31 2026-3-1",
    parse_start: "00:00 7:30 23:59 24:00 20.30 20:60 20:3 2030",
    parse_end: "00:00 24:00 24:01 25:00 20.30 24.00",
    parse_period: "2026 2026-H1 2026-H3 2026-T3 2026-T4 2026-K4 2026-13 2026-12 2026-W00 2026-W53 VT2026 vt2026 2026-02-30",
    parse_share: "75% 75\u00a0% 0,5% -1% -0% 1.500% 75",
    parse_count: "4 1,0 1,5 -1 -0 00 007 1.000 ett",
    parse_number: "4 -4 −4,5 1.5 0.500 1.500 1.234.567 1.500,5 01,5 1\u00a0234,5 12\u00a034",
    parse_quantity: "ca4 ca\u00a0190 C:A\u00a04 cirka.\u00a04 minst\u00a071 minst\u00a0-1",
    parse_yes: "ja NEJ true False j",
    parse_step_answer: "ja Nej EJ\u00a0AKTUELLT 3 -1 kanske",
    parse_reference: "a a/b a/b/c /a A/b",
    parse_reason: "resurser Resurser",
    parse_scb_code: "0180 180x 01800",
    parse_address: "https://a.se http:// ftp://a.se",
    parse_weekday: "fre fredag Fre",
    parse_window: "20:00–02:00 20:00-24:00 24:00-02:00 20-02 20.00—02.00",
    parse_within: "24timmar 3dygn 1,5timmar xdygn",
    parse_hours: "4,25 -1 -0",
    parse_amount: "4 75% 1.500 -3 %",
    parse_open_amount: "löpande 4 ibland",
    parse_portion: "0 4,5 -1",
    parse_text: "hej 12 true",
}


@pytest.mark.parametrize(("parse", "text"), [(parse, text) for parse, texts in PARSERS.items() for text in texts.split(" ")])
def test_a_text_is_right_to_both_or_to_neither(parse: Parse, text: str) -> None:
    taken = not isinstance(parse(text), Problem)
    seen = accepts(of_form(parse), text)
    assert seen == taken if is_text(text) else seen or not taken


@pytest.mark.parametrize("parse", [parse_id, parse_date, parse_start, parse_end, parse_share, parse_period, parse_quantity])
@given(data=st.data())
def test_any_text_is_right_to_both_or_to_neither(parse: Parse, data: st.DataObject) -> None:
    pattern = st.text("0123456789-:. ,%WHTKVca\u00a0åA", max_size=12)
    near = st.sampled_from(PARSERS[parse].split(" ")).flatmap(
        lambda text: st.integers(0, len(text)).flatmap(
            lambda at: st.sampled_from(["", "0", "1", "9", "-", " "]).map(lambda sign: text[:at] + sign + text[at + 1 :])
        )
    )
    text = data.draw(pattern | near)
    assume(text == text.strip() and "W53" not in text)  # only a calendar knows which years have a week 53
    taken = not isinstance(parse(text), Problem)
    seen = accepts(of_form(parse), text)
    assert seen == taken if is_text(text) else seen or not taken


@given(st.dates())
def test_every_day_is_a_day(day: Any) -> None:
    assert accepts(of_form(parse_date), day.isoformat()) and accepts(of_form(parse_period), day.isoformat())


def test_a_key_that_need_not_be_there_may_be_empty_and_one_that_must_may_not() -> None:
    class Sample(Record):
        needed: str = field("a", parse_text, "", required=True)
        other: str = field("b", parse_reason, "", default="")

    schema = Draft7Validator(of_record(Sample))
    assert schema.is_valid({"a": "x", "b": None}) and schema.is_valid({"a": "x", "b": "väder"})
    assert not schema.is_valid({"a": None})
    assert not schema.is_valid({"a": "x", "b": "x"})
    assert not schema.is_valid({"b": "väder"})


def test_a_parser_that_nothing_is_told_of_is_a_fault() -> None:
    with pytest.raises(LookupError):
        of_form(str)
