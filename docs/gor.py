"""Writes the generated parts of the documentation anew, each in its place between `<!-- namn -->` and `<!-- /namn -->`.

    python docs/gor.py

Run it with the Python that has uppfoljning installed, after a change of a command, an option, a rule, a key or a built-in form.
`tests/test_docs.py` fails until that is done. Where a part is about one thing, a colon stands before it: `<!-- nycklar:Plan -->`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from textwrap import wrap
from unicodedata import category

import typer
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

import uppfoljning.domain
from uppfoljning.api.columns import FrameColumn
from uppfoljning.api.follow_up import TARGETS
from uppfoljning.api.lists import DEVIATIONS, FINDINGS, HISTORY, OUTSTANDING, SERIES
from uppfoljning.api.reports import REPORTS
from uppfoljning.cli.app import app_for
from uppfoljning.cli.errors import PROGRAM
from uppfoljning.domain import form, judgement, mapping, plan, report, scalars, target
from uppfoljning.domain.period import SUB_PERIODS
from uppfoljning.domain.schema import Record
from uppfoljning.followup.status import WORST_FIRST
from uppfoljning.national.schema import SAME, TABLES
from uppfoljning.present.views import effect_words as said
from uppfoljning.present.views import parts
from uppfoljning.project.plans import BUILT_IN, built_in
from uppfoljning.rules.catalogue import rules
from uppfoljning.rules.rule import Rule

HERE = Path(__file__).resolve().parent
COMMAND = ".venv/bin/python docs/gor.py"
PART = re.compile(r"(?ms)^<!-- (\w+)(?::(\w+))? -->\n.*?^<!-- /\1 -->$")
ROOM = 120

SUBJECTS = {
    "F": "Filer och tecken",
    "Y": "YAML",
    "C": "CSV",
    "N": "Filernas namn och mappar",
    "S": "Nycklar och värden",
    "P": "Mål och blanketter som inte går ihop",
    "R": "Namn som ska finnas",
    "D": "Dagar och perioder",
    "T": "Summor som inte stämmer",
    "Q": "Rapporter som kan vara samma",
    "M": "Innehåll",
    "I": "Personuppgifter",
    "H": "Historiken i git",
    "K": "Kolumnerna i en mappning",
}
"""What the rules of a letter are about, in the order of the page."""

PLACES = {
    "rapport": "i en rapport",
    "plan": "i en plan",
    "åtagande": "i ett åtagande",
    "blankett": "i en blankett",
    "bedömning": "i en bedömning",
    "mappning": "i en mappning",
    "csv": "i en CSV-fil",
    "projekt": "",
}
"""Where the example of a rule stands, by `Rule.where`."""

WORDS = {
    "skäl": scalars.REASONS,
    "typ": plan.KINDS,
    "läge": report.STATES,
    "timmar": report.HOURS,
    "genomförande": judgement.CARRIED_OUT_WORDS,
    "resultat": judgement.RESULT_WORDS,
    "fälttyper": form.TYPES,
    "datumordning": mapping.DATE_ORDERS,
    "delperioder": SUB_PERIODS,
    "utan_tal": target.NO_NUMBER,
}
"""The closed lists of words, by the name that the page gives them."""

FRAMES: dict[str, tuple[FrameColumn, ...]] = {
    "uppföljning": TARGETS,
    "rapporter": REPORTS,
    "avvikelser": DEVIATIONS,
    "saknas": OUTSTANDING,
    "historik": HISTORY,
    "fynd": FINDINGS,
    "serier": SERIES,
}
"""The frames of the Python API, by the name that the page gives them."""


def renewed(text: str) -> str:
    """A page with every generated part written anew. A part that nobody knows how to write is a `KeyError`."""
    return PART.sub(_part, text)


def _part(found: re.Match[str]) -> str:
    name, about = found[1], found[2] or ""
    opening = found[0].partition("\n")[0]
    return "\n".join([opening, "", *WRITERS[name](about), "", f"<!-- /{name} -->"])


def records() -> dict[str, type[Record]]:
    """Every declaration of keys, by its name without a leading underscore."""
    for module in iter_modules(uppfoljning.domain.__path__):
        import_module(f"uppfoljning.domain.{module.name}")
    ours = (one for one in _below(Record) if one.__module__.startswith("uppfoljning.domain."))
    return {one.__name__.removeprefix("_"): one for one in ours if one.KEYS}


def _below(cls: type[Record]) -> Iterator[type[Record]]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def keys(name: str) -> list[str]:
    """The keys of one declaration as a table."""
    rows = ["| nyckel | krävs | betyder |", "| --- | --- | --- |"]
    for written, (_, declared) in records()[name].KEYS.items():
        default = declared.default
        stated = isinstance(default, (str, int)) and not isinstance(default, bool) and default
        about = f"{declared.about}. Annars: {default}" if stated else declared.about
        rows.append(f"| `{written}` | {'ja' if declared.required else ''} | {_plain(about)} |")
    return rows


def closed_words(name: str) -> list[str]:
    """A closed list of words as running text."""
    return _folded(", ".join(f"`{word}`" for word in WORDS[name]))


def forms(_: str) -> list[str]:
    """The built-in forms with their fields."""
    lines: list[str] = []
    for name in sorted(BUILT_IN):
        one = built_in(name)
        fields = (f"`{field}` ({about.type}{', krävs' if about.required else ''})" for field, about in one.fields.items())
        lines += _item(f"**`{name}`** – {_plain(one.title)}: {', '.join(fields)}")
    return lines


def rule_pages(_: str) -> list[str]:
    """Every rule, by subject and code."""
    by_letter: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules().values():
        by_letter[rule.code[0]].append(rule)
    lines = [f"- [{heading}](#{_anchor(heading)})" for letter, heading in SUBJECTS.items() if letter in by_letter]
    for letter in sorted(by_letter, key=list(SUBJECTS).index):
        lines += ["", f"## {SUBJECTS[letter]}"]
        for rule in by_letter[letter]:
            lines += _rule(rule)
    return lines


def _rule(rule: Rule) -> list[str]:
    where = PLACES[rule.where]
    lines = ["", f"### {rule.code}", "", f"**{_plain(rule.name[0].upper() + rule.name[1:])}** · {rule.level}", ""]
    lines += _folded(_plain(rule.why))
    for heading, example in ((f"Fel{where and f', {where}'}:", rule.wrong), ("Rätt:", rule.right)):
        language = "text" if rule.where in ("csv", "projekt") else "yaml"
        lines += ["", heading, "", f"```{language}", *_seen(example).rstrip("\n").split("\n"), "```"]
    return lines


def codes(_: str) -> list[str]:
    """What `effekt` and `analys` have for codes in JSON, with the sentence that a reader gets instead."""
    told: list[tuple[str, str]] = [*said.WARNINGS.items(), *said.REFUSALS.items(), *parts.CODES.items()]
    return [line for code, text in told for line in _item(f"`{code}` – {_plain(text)}")]


def command_pages(_: str) -> list[str]:
    """The help of the program and of every command, as it looks in a terminal of 80 columns."""
    program = _program()
    outer = typer.Context(program, info_name=PROGRAM, terminal_width=80)
    lines = ["## Programmet", "", "```text", *outer.get_help().split("\n"), "```"]
    for name, command in program.commands.items():
        shown = typer.Context(command, info_name=name, parent=outer).get_help()
        lines += ["", f"## {name}", "", "```text", *shown.split("\n"), "```"]
    return lines


def common_options(_: str) -> list[str]:
    """Every option that means the same in several commands, with the commands that have it."""
    used: dict[tuple[str, str], list[str]] = {}
    for name, command in _program().commands.items():
        for option in command.params:
            if isinstance(option, TyperOption) and not option.hidden:
                value = "" if option.is_flag else f" {option.metavar}"
                used.setdefault((", ".join(option.opts) + value, option.help or ""), []).append(f"`{name}`")
    lines: list[str] = []
    for (written, about), names in used.items():
        if len(names) > 1:
            lines += _item(f"`{written}` – {_plain(about)} Finns i {', '.join(names)}.")
    return lines


def partial_sums(name: str) -> list[str]:
    """The columns of a table of partial sums, those that are the same in all tables first."""
    table = TABLES[name]
    rows = (f"| `{column.name}` | {column.type} | {_plain(column.about)} |" for column in (*table.keys, *table.values))
    return [f"{table.about}.", "", "| kolumn | typ | betyder |", "| --- | --- | --- |", *rows]


def same_columns(_: str) -> list[str]:
    """The columns that every table of partial sums begins with."""
    return _folded(", ".join(f"`{column.name}` ({column.about[0].lower()}{column.about[1:]})" for column in SAME) + ".")


def frame_columns(name: str) -> list[str]:
    """The columns of a frame with their dtypes; a closed list of words is told where it is short."""
    rows = ["| kolumn | dtype | betyder |", "| --- | --- | --- |"]
    for column in FRAMES[name]:
        words = ", ".join(column.kind) if isinstance(column.kind, tuple) else ""
        about = f"{column.about}: {words}" if words and len(words) <= ROOM // 2 else column.about
        exact = ", exakt bredvid" if column.kind == "figure" else ""
        rows.append(f"| `{column.name}` | {column.dtype}{exact} | {_plain(about)} |")
    return rows


def status_words(_: str) -> list[str]:
    """Every status with its name in the code, worst first."""
    return ["| svenska | i koden |", "| --- | --- |", *(f"| {one.value} | `Status.{one.name}` |" for one in WORST_FIRST)]


def _program() -> TyperGroup:
    program = get_command(app_for([]))
    assert isinstance(program, TyperGroup)
    return program


def _item(text: str) -> list[str]:
    """One item of a list, folded."""
    return _folded(f"- {text}", "  ")


def _folded(text: str, indent: str = "") -> list[str]:
    """Running text in lines; no word is broken, so that an option or a date stays whole."""
    return wrap(text, ROOM, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _anchor(heading: str) -> str:
    """The address of a heading within its page, as GitHub and GitLab make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _plain(text: str) -> str:
    """Text that Markdown shows as it is written."""
    return re.sub(r"([\\`*_|\[])", r"\\\1", text).replace("<", "&lt;")


def _seen(text: str) -> str:
    """An example with its invisible signs told by number, since it is about them."""
    return "".join(sign if sign in "\n " or category(sign)[0] not in "CZ" else f"⟨U+{ord(sign):04X}⟩" for sign in text)


WRITERS: dict[str, Callable[[str], list[str]]] = {
    "nycklar": keys,
    "ord": closed_words,
    "blanketter": forms,
    "regler": rule_pages,
    "kommandon": command_pages,
    "flaggor": common_options,
    "koder": codes,
    "delsummor": partial_sums,
    "gemensamma": same_columns,
    "kolumner": frame_columns,
    "statusord": status_words,
}
"""How each generated part is written, by the name in its marks."""


def pages() -> Iterable[Path]:
    """The pages of the documentation."""
    return sorted(HERE.glob("*.md"))


def main() -> None:
    """Rewrite the pages that are not as they should be, and name them."""
    for page in pages():
        text = page.read_text("utf-8")
        if (new := renewed(text)) != text:
            page.write_bytes(new.encode())
            print(f"skrev {page.name}")


if __name__ == "__main__":
    main()
