"""The files of a new repository as texts by name: the templates, filled with what the user wished for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from string import Template
from typing import NamedTuple

from uppfoljning.domain.period import Period, period_name
from uppfoljning.files.characters import ascii_name
from uppfoljning.present.renderers.markdown import escaped
from uppfoljning.present.schema.documents import KINDS, editor_settings, file_name, schema_text
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
        "ci": "\n\n".join(_told(forge, wishes.version) for forge in wishes.ci) or _NO_CI,
        "version": wishes.version,
    }


def first_friday(period: Period) -> date:
    """The first Friday on or after the first day of a period."""
    return period.first + timedelta(days=(_FRIDAY - period.first.weekday()) % 7)


def _told(forge: str, version: str) -> str:
    return (
        f"{_NAMES[forge]} kör `uppfoljning validera` vid varje ändring. Lägg först in varifrån programmet hämtas, en gång:\n"
        f"variabeln `UPPFOLJNING_PAKET` under {_VARIABLE[forge]}, till exempel\n`git+https://…@v{version}`."
    )
