"""The documentation holds: nothing is left out, the generated parts are fresh, every example runs and says what it gives."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple, get_args

import pytest
import typer

from docs import gor
from tests.files.test_git import Repository
from tests.rules.project_pieces import files_with, project, source, spots
from uppfoljning.cli import errors
from uppfoljning.cli.main import main
from uppfoljning.domain.form import TYPES
from uppfoljning.domain.number import half_up
from uppfoljning.domain.target import OPERATORS
from uppfoljning.followup.status import TABLE
from uppfoljning.project.load import load_project
from uppfoljning.rules.catalogue import level_of, rules
from uppfoljning.rules.rule import Level, Where

HOME = Path(__file__).resolve().parents[1]
DOCS = HOME / "docs"
TEXTS = {page.name: page.read_text("utf-8") for page in gor.pages()}
FENCE = re.compile(r"(?ms)^( *)```(\w+)\n(.*?)^\1```$")
BY_HAND = ("kom-igang.md", "filformat.md", "berakningar.md")


class Block(NamedTuple):
    """A fenced block: its language, its text, and the line before it, which says where a file lies."""

    language: str
    text: str
    lead: str

    @property
    def file(self) -> str:
        """The file that it is, if it is one."""
        found = re.fullmatch(r"`([\w./-]+\.(?:yaml|csv))`", self.lead)
        return found[1] if found else ""

    @property
    def piece_of(self) -> str:
        """What kind of file it is a piece of, as `Rule.where` has it."""
        found = re.fullmatch(r"<!-- prov:(\w+) -->", self.lead)
        return found[1] if found else ""


def blocks(text: str) -> list[Block]:
    return [Block(one[2], dedent(one[3]), last_line(text[: one.start()])) for one in FENCE.finditer(text)]


def last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2].strip()


def files(text: str) -> dict[str, str]:
    return {block.file: block.text for block in blocks(text) if block.file}


def command_lines(text: str) -> list[str]:
    return [line for block in blocks(text) if block.language == "console" for line in block.text.splitlines()]


def sections(text: str) -> dict[str, str]:
    """The text under every heading of the second level."""
    parts = re.split(r"(?m)^## (.+)$", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def write(folder: Path, content: Mapping[str, str]) -> None:
    for name, text in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


@pytest.mark.parametrize("page", TEXTS)
def test_the_generated_parts_are_fresh(page: str) -> None:
    assert gor.renewed(TEXTS[page]) == TEXTS[page], f"docs/{page} är inte aktuell; kör: {gor.COMMAND}"


def test_every_writer_is_used_and_every_part_has_a_writer() -> None:
    used = {found[1] for text in TEXTS.values() for found in gor.PART.finditer(text)}
    assert used == gor.WRITERS.keys()
    opened = {name for text in TEXTS.values() for name in re.findall(r"(?m)^<!-- (\w+)(?::\w+)? -->$", text)}
    assert opened - {"prov"} == used


def test_a_stale_part_is_written_anew_and_the_rest_is_left() -> None:
    text = "# Rubrik\n\n<!-- ord:timmar -->\ngammalt\n<!-- /ord -->\n\nfor hand\n"
    assert gor.renewed(text) == (
        "# Rubrik\n\n<!-- ord:timmar -->\n\n`planering`, `genomförande`, `efterarbete`\n\n<!-- /ord -->\n\nfor hand\n"
    )


def test_signs_that_cannot_be_seen_are_told_by_number() -> None:
    assert not [sign for text in TEXTS.values() for sign in text if sign != "\n" and not sign.isprintable() and sign != "\xa0"]
    assert "⟨U+2028⟩" in TEXTS["regler.md"]


def test_every_command_and_option_is_documented() -> None:
    shown = sections(TEXTS["kommandon.md"])
    program = gor._program()
    for name, command in {"Programmet": program, **program.commands}.items():
        context = typer.Context(command)
        for param in command.get_params(context):
            for written in (*param.opts, *param.secondary_opts) if param.param_type_name == "option" else ():
                assert re.search(rf"(?m)^  .*{re.escape(written)}\b", shown[name]), (name, written)


def test_every_exit_status_is_documented() -> None:
    stated = {int(number) for number in re.findall(r"(?m)^\| (\d+) \|", TEXTS["kommandon.md"])}
    assert stated == {0, 1, errors.MISUSE, errors.FAULT, errors.INTERRUPTED, errors.PIPE_CLOSED}


def test_every_rule_is_documented() -> None:
    parts = re.split(r"(?m)^### (\w+)$", TEXTS["regler.md"])
    documented = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert documented.keys() == rules().keys()
    for code, rule in rules().items():
        assert f" · {rule.level}\n" in documented[code]


def test_every_level_and_place_has_words() -> None:
    assert gor.PLACES.keys() == set(get_args(Where))
    assert [level for level in get_args(Level) if f"- **{level}**: " not in TEXTS["regler.md"]] == []


def test_every_key_is_documented() -> None:
    documented = re.findall(r"<!-- nycklar:(\w+) -->", TEXTS["filformat.md"])
    assert sorted(documented) == sorted(gor.records())


def test_every_closed_list_of_words_is_shown_or_told_beside_its_key() -> None:
    text = TEXTS["filformat.md"]
    assert [word for listed in gor.WORDS.values() for word in listed if word not in text] == []


def test_every_kind_of_answer_and_every_operator_is_explained() -> None:
    assert [kind for kind in TYPES if f"| `{kind}` |" not in TEXTS["filformat.md"]] == []
    shown = [next(iter(re.findall(r"\w+", target))) for target in targets()]
    assert set(shown) == set(OPERATORS)


def test_the_statuses_stand_in_the_order_they_are_tried() -> None:
    shown = re.findall(r"(?m)^\| ([^|`-][^|]*) \|", sections(TEXTS["berakningar.md"])["Status"])
    assert shown[1:] == list(dict.fromkeys(status.value for status, _ in TABLE))


def test_the_start_page_has_a_line_for_every_page() -> None:
    listed = re.findall(r"(?m)^- \[[^\]]+\]\(([\w-]+\.md)\): .+\.$", TEXTS["README.md"])
    assert sorted([*listed, "README.md"]) == sorted(TEXTS)


@pytest.mark.parametrize("page", TEXTS)
def test_a_link_to_a_heading_leads_to_one(page: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", TEXTS[page]):
        if "://" not in target:
            text = (DOCS / target).read_text("utf-8") if target else TEXTS[page]
            assert anchor in {gor._anchor(heading) for heading in re.findall(r"(?m)^#+ (.+)$", text)}, (target, anchor)


@pytest.mark.parametrize("page", BY_HAND)
def test_no_example_is_left_out_of_the_tests(page: str) -> None:
    text = TEXTS[page]
    assert len(blocks(text)) == len(re.findall(r"(?m)^ *```\w+$", text))
    assert [block for block in blocks(text) if block.language in ("yaml", "csv") and not block.file and not block.piece_of] == []
    assert [block for block in blocks(text) if block.language not in ("yaml", "csv", "console")] == []
    assert [line for line in command_lines(text) if not line.startswith(f"{errors.PROGRAM} ")] == []
    for part in sections(text).values() if page == "berakningar.md" else [text]:
        assert len(files(part)) == sum(bool(block.file) for block in blocks(part))


def test_the_files_of_the_format_page_are_sound() -> None:
    memory = source(files(TEXTS["filformat.md"]))
    checked = load_project(memory)
    assert [found for found in spots(checked, memory) if level_of(found[1]) != "notis"] == []
    assert checked.plans.keys() == {"lunda-2026"}
    counts = {name: len(entries) for name, entries in checked.entries["lunda-2026"].items()}
    assert counts == {"krogtillsyn": 4, "nattvandring": 3}
    assert len(checked.judgements) == 1


def targets() -> list[str]:
    """The targets in the table of the format page, as they stand within their braces."""
    return re.findall(r"(?m)^\| `\{((?:\w+): [^`]*)\}` \|", TEXTS["filformat.md"].partition("### Mål\n")[2].partition("<!--")[0])


FORM = """\
snabbrapport: kvällsvandring
titel: Kvällsvandring
fält:
  samtal: {typ: antal}
  besök: {typ: antal}
  besök_ute: {typ: antal}
  rutt: {typ: text}
  stämning: {typ: val, av: [lugnt, livligt, oroligt]}
  larm: {typ: tidpunkt}
  svarstid: {typ: längd}
  arbetstid: {typ: längd}
  trygga: {typ: andel}
  klart: {typ: tidpunkt}
"""


def faults(piece: str, where: Any) -> list[str]:
    checked = project(files_with(where, piece), {"plans/snabbrapporter/kvallsvandring.yaml": FORM})
    return [finding.problem.message for finding in checked.findings if level_of(finding.problem.code) == "fel"]


@pytest.mark.parametrize("target", targets())
def test_a_target_of_the_format_page_is_sound(target: str) -> None:
    assert faults(f"mål: {{{target}}}", "åtagande") == []


@pytest.mark.parametrize("block", [block for block in blocks(TEXTS["filformat.md"]) if block.piece_of])
def test_a_piece_of_the_format_page_is_sound(block: Block) -> None:
    assert faults(block.text, block.piece_of) == []


def test_an_unsound_piece_would_be_seen() -> None:
    assert faults("mål: {minst: 8, högst: 9}", "åtagande")


CALCULATED = {name: text for name, text in sections(TEXTS["berakningar.md"]).items() if files(text)}
FIGURES = {
    "Utfall": "utfall",
    "Väntat": "förväntat",
    "Mål": "värde",
    "Mot planen": "takt",
    "Andel": "andel",
    "Prognos": "prognos",
    "Villkor ej visat": "villkor_ej_visat",
    "Status": "status",
    "Fullständighet": "fullständighet",
    "Punktlighet": "punktlighet",
}
"""The columns of the page, by what the figure is called in JSON."""


def as_stated(value: object, stated: str) -> str:
    """A figure written as precisely as the page states it: `–`, `71`, `19,8`, `77 %` or a word."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    assert isinstance(value, (int, float))
    exact = Fraction(value)
    if stated.endswith(" %"):
        return f"{half_up(exact * 100)} %"
    decimals = len(stated.partition(",")[2])
    return f"{half_up(exact * 10**decimals) / 10**decimals:.{decimals}f}".replace(".", ",")


@pytest.mark.parametrize(
    ("value", "stated", "written"),
    [(None, "–", "–"), (71, "71", "71"), (19.835, "19,8", "19,8"), (0.7717, "77 %", "77 %"), ("efter", "i fas", "efter")],
)
def test_how_a_figure_is_compared(value: object, stated: str, written: str) -> None:
    assert as_stated(value, stated) == written


def tables(text: str) -> list[tuple[str, list[dict[str, str]]]]:
    """Each command line of a section with the rows of the table below it."""
    found = []
    for line, table in re.findall(r"(?ms)^```console\n([^\n]+)\n```\n\n((?:\|[^\n]+\n)+)", text):
        head, _, *rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
        found.append((line, [dict(zip(head, row, strict=True)) for row in rows]))
    return found


def followed(content: str) -> dict[str, dict[str, Any]]:
    """The figures of every target, by commitment or `åtagande, mål`; those of the commitment are beside them."""
    figures = {}
    for commitment in json.loads(content)["åtaganden"]:
        for target in commitment["mål"]:
            name = commitment["id"] if target["id"] is None else f"{commitment['id']}, {target['id']}"
            figures[name] = commitment | target
    return figures


@pytest.mark.parametrize("name", CALCULATED)
def test_the_page_states_what_the_program_computes(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CALCULATED[name]
    write(tmp_path, files(text))
    assert len(tables(text)) == len(command_lines(text)) > 0
    for line, rows in tables(text):
        assert main(["-C", str(tmp_path), *shlex.split(line)[1:], "--format", "json"]) == 0
        figures = followed(capsys.readouterr().out)
        assert [row["Åtagande"] for row in rows] == list(figures)
        for row in rows:
            stated = {column: cell for column, cell in row.items() if column != "Åtagande"}
            computed = figures[row["Åtagande"]]
            assert stated == {column: as_stated(computed[FIGURES[column]], cell) for column, cell in stated.items()}


@pytest.mark.parametrize("name", CALCULATED)
def test_the_files_of_an_example_are_sound(name: str) -> None:
    memory = source(files(CALCULATED[name]))
    assert [found for found in spots(load_project(memory), memory) if level_of(found[1]) == "fel"] == []


def test_the_ways_in_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    day = {"GIT_AUTHOR_DATE": "2026-11-25T12:00:00+0100", "GIT_COMMITTER_DATE": "2026-11-25T12:00:00+0100"}
    repository = Repository(tmp_path / "kommun")
    for folder in ("plans", "reports"):
        shutil.copytree(HOME / folder, repository.folder / folder)
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Planen", **day)
    repository.git("checkout", "-q", "-b", "rapporter")
    assert not [name for name in files(TEXTS["kom-igang.md"]) if (repository.folder / name).exists()]
    write(repository.folder, files(TEXTS["kom-igang.md"]))
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Rapporter", **day)
    monkeypatch.chdir(repository.folder)
    for line in command_lines(TEXTS["kom-igang.md"]):
        assert main(shlex.split(line)[1:]) == 0, line
        assert "".join(capsys.readouterr()).strip(), line


@pytest.mark.parametrize("name", files(TEXTS["kom-igang.md"]))
def test_the_reports_to_copy_are_sound(name: str) -> None:
    plan = "plans/exempelkoping-2026.yaml"
    memory = source({plan: (HOME / plan).read_bytes()}, {name: files(TEXTS["kom-igang.md"])[name]})
    assert [found for found in spots(load_project(memory), memory) if found[0] == name] == []


def test_every_way_in_has_something_to_do() -> None:
    ways = sections(TEXTS["kom-igang.md"])
    assert list(ways) == ["Din egen kommun", "Du är samordnare", "Du är ute och arbetar", "Du granskar en ändring"]
    assert [way for way, text in ways.items() if not command_lines(text)] == []
