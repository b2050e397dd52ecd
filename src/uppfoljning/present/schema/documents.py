"""The schema of each kind of document, and its name as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from uppfoljning.domain.form import Form
from uppfoljning.domain.indicator import Indicator
from uppfoljning.domain.judgement import Judgement
from uppfoljning.domain.mapping import TableMapping
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import QuickReport
from uppfoljning.domain.schema import Record
from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.schema.fragments import of_record
from uppfoljning.present.terminal import BLANK, TextLine, plain


class Kind(NamedTuple):
    """A kind of document: what it is called, its class, where its files lie, and the keys that only a CSV row has."""

    title: str
    about: str
    cls: type[Record]
    files: tuple[str, ...]
    only_in_rows: tuple[str, ...] = ()


KINDS = {
    "plan": Kind(
        "Plan",
        "Vad som är lovat, av vem, och hur det följs upp.",
        Plan,
        ("plans/**/*.yaml", "!plans/snabbrapporter/**", "!plans/indikatorer/**", "!plans/mappningar/**"),
    ),
    "snabbrapport": Kind(
        "Snabbrapport",
        "Ett tillfälle, eller totaler för en period.",
        QuickReport,
        ("reports/**/*.yaml", "!reports/bedomningar/**"),
        ("id",),
    ),
    "blankett": Kind("Blankett", "Frågorna i en snabbrapport.", Form, ("plans/snabbrapporter/**/*.yaml",)),
    "indikator": Kind("Utfallsserie", "Vad en serie av månadssiffror är.", Indicator, ("plans/indikatorer/**/*.yaml",)),
    "bedomning": Kind("Bedömning", "Vad ni kommit fram till om varje åtagande.", Judgement, ("reports/bedomningar/**/*.yaml",)),
    "mappning": Kind("Mappning", "Hur en tabell från någon annan blir rapporter.", TableMapping, ("plans/mappningar/**/*.yaml",)),
}
"""The kinds by the word on the command line. Of `files`, those after `!` are left out."""


def schema_text(name: str) -> str:
    """The schema of a kind as JSON, the same every time."""
    kind = KINDS[name]
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind.title,
        "description": kind.about,
        **of_record(kind.cls, kind.only_in_rows),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def file_name(name: str) -> str:
    """What the schema of a kind is called as a file."""
    return f"{name}.schema.json"


def editor_settings(folder: str = "schema") -> dict[str, list[str]]:
    """Which files each schema in a folder of the project is for, as `yaml.schemas` in the settings of VS Code says it."""
    return {f"./{folder}/{file_name(name)}": list(kind.files) for name, kind in KINDS.items()}


def schema_list(room: int | None) -> Iterator[TextLine]:
    """The kinds, and how an editor is told of a schema."""
    width = room or ANY_WIDTH
    wide = max(map(len, KINDS))
    for name, kind in KINDS.items():
        first, *rest = fold(kind.about, width - wide - 2)
        yield ((f"{name:{wide}}", "code"), (f"  {first}", ""))
        yield from (plain(" " * (wide + 2) + text) for text in rest)
    yield BLANK
    yield plain("Visa ett schema:          uppfoljning schema plan")
    yield plain("Skriv alla i en katalog:  uppfoljning schema --skriv schema")
    yield BLANK
    yield from map(
        plain, fold("Redigeraren hittar schemat genom filens första rad, med vägen räknad från filen:", room or ANY_WIDTH)
    )
    yield plain(f"  # yaml-language-server: $schema=../schema/{file_name('plan')}")
    yield BLANK
    yield from map(plain, fold("I VS Code går det för alla filer på en gång, i .vscode/settings.json:", width))
    yield from map(plain, json.dumps({"yaml.schemas": editor_settings()}, ensure_ascii=False, indent=2).splitlines())
