"""What `blankett` settles before it writes: the ways to hand in, which commitments have a form, and the names of the files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from uppfoljning.cli.misuse import Misuse, nearest
from uppfoljning.cli.output import ELSEWHERE, written
from uppfoljning.collect.offline.template import FORGES, OUR_OWN, Link, Ways, form_document, start_page
from uppfoljning.collect.sheet import Sheet, sheet_of
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.files.atomic_write import write_all_over, write_over
from uppfoljning.files.gate import read_given
from uppfoljning.files.text import ascii_name
from uppfoljning.present.escape import shown
from uppfoljning.present.figures import plural
from uppfoljning.project.load import CheckedProject

START = "index.html"
_OWN_FORMS = "plans/snabbrapporter/"
_ADDRESS = re.compile(r"[^\s@<>\"',;:()\[\]\\?&#%]{1,64}@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_HOSTS = {"github": "github", "gitlab": "gitlab", "codeberg": "forgejo", "forgejo": "forgejo", "gitea": "forgejo"}
"""What a part of a host's name tells of its service; Gitea's address is the same as Forgejo's."""


def ways_of(mail: str, link: str, service: str) -> Ways:
    """The ways to hand in as the options say; refused when one cannot be used."""
    if mail and not _ADDRESS.fullmatch(mail):
        raise Misuse("flaggan --mejl: det är ingen e-postadress. Skriv en funktionsadress, som rapporter@exempelkoping.example.")
    if service and not link:
        raise Misuse("flaggan --tjanst hör ihop med --lank. Skriv förrådets adress med --lank URL.")
    return Ways(mail, *_forge(link, service)) if link else Ways(mail)


def _forge(link: str, service: str) -> tuple[str, str]:
    if service and service not in FORGES:
        raise Misuse(f"flaggan --tjanst: tjänsten finns inte{nearest(service, FORGES)} Välj bland {', '.join(FORGES)}.")
    try:
        parts = urlsplit(link)
        host, named = parts.hostname or "", [part for part in parts.path.removesuffix(".git").split("/") if part]
        if parts.username or parts.password:
            raise Misuse("flaggan --lank: adressen innehåller en inloggning, och den skulle stå i blanketten. Skriv den utan.")
    except ValueError:
        host, named = "", []
    if _is_odd(link) or not host or len(named) < 2:
        raise Misuse("flaggan --lank: skriv förrådets adress, som https://github.com/kommun/uppfoljning")
    kind = service or next((kind for word, kind in _HOSTS.items() if word in host), "")
    if not kind:
        raise Misuse(f"flaggan --lank: det syns inte på adressen vilken tjänst det är. Skriv --tjanst {' eller '.join(FORGES)}.")
    return f"https://{parts.netloc}/{'/'.join(named)}", kind


def _is_odd(link: str) -> bool:
    """Whether an address has more to it than a place on the web: a query, a fragment, spaces, or no https."""
    return not link.startswith("https://") or re.search(r"[\s?#<>\"'\\]", link) is not None


def pages(project: CheckedProject, plans: Sequence[Plan], word: str, ways: Ways) -> dict[str, str]:
    """The pages to write by their names: the form of the commitment asked for, or all and a start page."""
    asked = [(plan, one) for plan in plans for one in plan.commitments if _is_asked(plan, one, word)]
    if not asked:
        raise Misuse("inget åtagande i planen har en blankett eller ska rapporteras.")
    sheets = [_sheet(project, plan, one) for plan, one in asked]
    names = _names(sheets)
    files = {name: form_document(sheet, ways) for name, sheet in zip(names, sheets, strict=True)}
    if word:
        return files
    return files | {START: start_page([Link(name, sheet) for name, sheet in zip(names, sheets, strict=True)])}


def _is_asked(plan: Plan, commitment: Commitment, word: str) -> bool:
    if word:
        return word in (commitment.id, f"{plan.id}/{commitment.id}")
    return bool(commitment.form) or commitment.reporting is not None


def _sheet(project: CheckedProject, plan: Plan, commitment: Commitment) -> Sheet:
    form = project.forms.get(commitment.form)
    stems = {file.rpartition("/")[2].rpartition(".")[0] for file in project.left_out if file.startswith(_OWN_FORMS)}
    is_left_out = not stems.isdisjoint((commitment.form, ascii_name(commitment.form)))
    if commitment.form and (form is None or is_left_out):
        raise Misuse(
            f"blanketten {commitment.form} till åtagandet {commitment.id} går inte att använda, så inget är skrivet. "
            "Se felet med: uppfoljning validera"
        )
    return sheet_of(plan, commitment, form)


def _names(sheets: Iterable[Sheet]) -> list[str]:
    """A name for each form: the commitment's, with its plan where two have the same, and a number where that is not enough."""
    short = [_name(sheet.commitment) for sheet in sheets]
    names: list[str] = []
    for sheet, name in zip(sheets, short, strict=True):
        wished = name if short.count(name) == 1 else _name(f"{sheet.plan}-{sheet.commitment}")
        number, free = 1, wished
        while free in names:
            number += 1
            free = wished.replace(".html", f"-{number}.html")
        names.append(free)
    return names


def _name(id: str) -> str:
    return f"blankett-{ascii_name(id).lower()}.html"


def write_one(path: Path, text: str) -> None:
    """Write a form, over an earlier one too, and say what to do with it."""
    _check({path: text})
    with written(shown(path.name), ELSEWHERE):
        write_over(path, text)
    print(f"Skrev {shown(str(path))}.")
    print(
        "Dela filen med dem som ska rapportera: på en webbsida, i Teams eller i ett mejl. "
        "Den öppnas i en webbläsare och fungerar utan uppkoppling; den går också att skriva ut och fylla i på papper."
    )
    _say_next()


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write all forms and their start page in a folder; nothing is written when one of them is in the way of something else."""
    if folder.exists() and not folder.is_dir():
        raise Misuse(f"{shown(str(folder))} är en fil, inte en mapp. Välj en annan mapp med --ut.")
    _check({folder / name: text for name, text in files.items()})
    with written(shown(folder.name), ELSEWHERE):
        write_all_over(folder, {name: text.encode() for name, text in files.items()})
    print(f"Skrev {plural(len(files) - 1, 'blankett', 'blanketter')} och startsidan {shown(str(folder / START))}.")
    print("Lägg hela mappen där de som rapporterar når den, till exempel på en webbsida, och ge dem adressen till startsidan.")
    _say_next()


def _say_next() -> None:
    print("Det som kommer tillbaka, filer eller mejl, tas in med: uppfoljning importera MAPP")
    print("Skriv blanketten igen när planen eller frågorna har ändrats.")


def _check(texts: Mapping[Path, str]) -> None:
    """Refuses to write over what the program has not made."""
    for path in texts:
        if path.is_dir():
            raise Misuse(f"{shown(str(path))} är en mapp. Skriv ett filnamn efter --ut, eller använd --alla.")
        with written(shown(path.name), ELSEWHERE):
            strange = os.path.lexists(path) and read_given(str(path), len(OUR_OWN))[: len(OUR_OWN)] != OUR_OWN.encode()
        if strange:
            raise Misuse(f"{shown(str(path))} finns redan och är ingen blankett, så inget är skrivet. Välj ett annat namn.")
