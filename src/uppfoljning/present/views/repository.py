"""The files of a new repository as texts by name: the templates, filled with what the user wished for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from string import Template
from typing import NamedTuple

from uppfoljning.domain.date_shift import Move
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.plan import Plan
from uppfoljning.files.text import ascii_name
from uppfoljning.files.yaml_edit import Edit, Note, spliced
from uppfoljning.followup.carry_over import Carried, MovedOn
from uppfoljning.followup.deviations import OpenObservation
from uppfoljning.followup.succession import succession
from uppfoljning.followup.table import Table
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, days, figure, plural
from uppfoljning.present.renderers.markdown import escaped
from uppfoljning.present.views import deviation_cells as cells
from uppfoljning.present.views.schema import KINDS, editor_settings, file_name, schema_text
from uppfoljning.project.plans import BUILT_IN, built_in

_TEMPLATES = Path(__file__).parents[2] / "templates" / "repository"
_COMMON = "common"
_FILLED = ("README.md", "plans/plan.yaml", "plans/snabbrapporter/README.md", "reports/README.md")
"""The templates with places to fill; the others are taken as they stand."""
_PLAN = "plans/plan.yaml"
_SETTINGS = ".vscode/settings.json"
_SCHEMAS = "schema"
_HIDDEN = "dot-"
"""How the template of a hidden file begins, so that it is hidden nowhere but in the new repository."""
_FRIDAY = 4
_WEEK = timedelta(days=7)

_NO_CI = "Ingen kontroll körs av sig själv här. Kör `uppfoljning validera` innan du sparar en ändring."
_VARIABLE = {
    "github": "Settings › Secrets and variables › Actions › Variables",
    "gitlab": "Settings › CI/CD › Variables",
    "forgejo": "Inställningar › Actions › Variabler",
}
"""Where each forge keeps the variable that says where the program is fetched."""
_NAMES = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}


class Wishes(NamedTuple):
    """What a new repository is to be: its plan, whose it is, and the forges that are to check it.

    The texts are the user's, and printable; `period` has two Fridays with a day after each, and `version` is the program's.
    """

    id: str
    title: str
    municipality: str
    period: Period
    ci: Sequence[str]
    version: str


class _Marked(Template):
    """A text with places like `¤{id}`, a sign that neither YAML, Markdown nor a shell has a meaning for."""

    delimiter = "¤"


def repository_files(wishes: Wishes) -> dict[str, str]:
    """Every file of the new repository."""
    places = _places(wishes)
    files = {f"{_SCHEMAS}/{file_name(kind)}": schema_text(kind) for kind in KINDS}
    files[_SETTINGS] = json.dumps({"yaml.schemas": editor_settings(_SCHEMAS)}, ensure_ascii=False, indent=2) + "\n"
    for kind in (_COMMON, *wishes.ci):
        for name, text in _templates(kind):
            file = f"plans/{places['file']}" if name == _PLAN else name
            files[file] = _Marked(text).substitute(places) if name in _FILLED else text
    return files


def _templates(kind: str) -> Iterator[tuple[str, str]]:
    root = _TEMPLATES / kind
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        parts = path.relative_to(root).parts
        name = "/".join("." + part.removeprefix(_HIDDEN) if part.startswith(_HIDDEN) else part for part in parts)
        yield name, path.read_text("utf-8")


def _places(wishes: Wishes) -> dict[str, str]:
    """What each place is filled with: user text is quoted in YAML and escaped in Markdown."""
    friday = first_friday(wishes.period)
    days = {"friday": friday, "next_friday": friday + _WEEK}
    days |= {"saturday": friday + timedelta(days=1), "next_saturday": friday + _WEEK + timedelta(days=1)}
    return {name: day.isoformat() for name, day in days.items()} | {
        "id": wishes.id,
        "file": f"{ascii_name(wishes.id)}.yaml",
        "title": json.dumps(wishes.title, ensure_ascii=False),
        "title_md": escaped(wishes.title),
        "municipality": json.dumps(wishes.municipality, ensure_ascii=False),
        "period": period_name(wishes.period),
        "first": wishes.period.first.isoformat(),
        "last": wishes.period.last.isoformat(),
        "schema": f"../{_SCHEMAS}/{file_name('plan')}",
        "forms": "\n".join(f"- `{name}`: {built_in(name).title}" for name in BUILT_IN),
        "ci": "\n\n".join(_files_told(forge, wishes.version) for forge in wishes.ci) or _NO_CI,
        "version": wishes.version,
    }


def first_friday(period: Period) -> date:
    """The first Friday on or after the first day of a period."""
    return period.first + timedelta(days=(_FRIDAY - period.first.weekday()) % 7)


def _files_told(forge: str, version: str) -> str:
    return (
        f"{_NAMES[forge]} kör `uppfoljning validera` vid varje ändring. Lägg först in varifrån programmet hämtas, en gång:\n"
        f"variabeln `UPPFOLJNING_PAKET` under {_VARIABLE[forge]}, till exempel\n`git+https://…@v{version}`."
    )


# What a commitment leaves open, as comments for the one who writes the next plan. Text from reports is data: one line each.


MOST_OBSERVATIONS = 5
"""So many open observations are written out for a commitment; the rest are counted."""
LONGEST = 140
"""Signs of a report's text; the report itself has the rest."""


def notes_of(left: Carried, plan: Plan, as_of: str) -> tuple[str, ...]:
    """The comments of one commitment, under a heading that says where they come from; none when it leaves nothing open."""
    told = [f"- {line}" for line in _notes_told(left, plan)]
    return (f"Från {plan.id}/{left.line.commitment.id}, per {as_of}:", *told) if told else ()


def _notes_told(left: Carried, plan: Plan) -> Iterator[str]:
    yield from map(_moved, left.moved)
    for one in left.one_offs:
        which = f"mål {one.target.id} " if one.target.id else ""
        if one.done is None:
            yield f"{which}inte klart {days(plan.span, year=True)}"
        else:
            yield f"{which}klart {one.done}; ta bort {'målet' if which else 'åtagandet'} om det inte ska göras igen"
    for level in left.levels:
        if level.reached:
            which = f" för {level.target.id}" if level.target.id else ""
            yield f"nivån{which} är redan {figure(level.value)}, så målet är nått från början; skriv ett nytt mål"
    yield from _open(left.observations, plan)


def _moved(one: MovedOn) -> str:
    count = one.entry.report.count
    number = plural(int(count.value) if count is not None else 1, "tillfälle flyttat", "tillfällen flyttade")
    reasons = (": ".join(filter(None, (told.reason, told.why))) for told in one.entry.report.deviations)
    return f"{number} från {days(one.entry.span, year=True)} till {period_name(one.to)} ({_short(', '.join(reasons))})"


def _open(observations: Sequence[OpenObservation], plan: Plan) -> Iterator[str]:
    for one in observations[:MOST_OBSERVATIONS]:
        place = cells.place(one, plan)
        where = "" if place == UNKNOWN else f", {_short(place)}"
        who = _short(cells.who(one.observation.responsible, plan))
        yield f"öppet sedan {one.entry.span.first}{where}: {_short(one.observation.text)} ({who})"
    if (more := len(observations) - MOST_OBSERVATIONS) > 0:
        counted = plural(more, "öppen iakttagelse", "öppna iakttagelser")
        yield f"och {counted} till; alla visas av uppfoljning avvikelser --plan {plan.id}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()} …"


# The file of the next plan: the old one's own text with the new period's dates, and what is open as comments.


def next_plan(text: str, tree: Mapping[str, Tree], table: Table, move: Move, id: str, carried: Sequence[Carried]) -> str:
    """The text of the new file. `text` and `tree` are what the table's plan was read from."""
    plan = table.plan
    changes: list[Edit] = []
    for at, left in enumerate(carried):
        if notes := notes_of(left, plan, str(table.view.as_of)):
            changes.append(Note(("åtaganden", at), notes))
    return spliced(text, plan.id, [*changes, *succession(tree, plan, move, id, carried)])


def summary(carried: Sequence[Carried]) -> str:
    """What came along besides the promises, in a sentence; empty when nothing did."""
    counts = (
        (sum(len(one.moved) for one in carried), "flyttat tillfälle", "flyttade tillfällen"),
        (sum(len(one.undone) for one in carried), "moment som inte är gjort", "moment som inte är gjorda"),
        (sum(done.done is None for one in carried for done in one.one_offs), "mål som inte är klart", "mål som inte är klara"),
        (sum(len(one.observations) for one in carried), "öppen iakttagelse", "öppna iakttagelser"),
    )
    parts = [plural(number, one, many) for number, one, many in counts if number]
    return f"Med följde {', '.join(parts)}." if parts else ""
