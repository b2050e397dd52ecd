"""The templates of the offline form, and the policy that keeps a page to the style and script that it came with."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from uppfoljning.collect.sheet import Choice, Sheet, as_plain, edition_of
from uppfoljning.domain.form import Field
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.report import HOURS

# The script library of the offline form: the rules of a report, in the language that a browser runs.


PARTS = ("text", "answers", "privacy", "report", "handin")
"""In the order they stand: each uses only those before it. None touches the page, the clock, the network or chance."""
_TEMPLATES = Path(__file__).parents[2] / "templates" / "blankett"


def library() -> str:
    """The text of all parts, ready to stand in one script or to be run by itself."""
    return "\n".join((_TEMPLATES / f"{part}.js").read_text("utf-8") for part in PARTS)


_OF_THE_PAGE = ("days", "draft", "controls", "form", "page")
"""After the library, in the order in which each may lean on those before it."""
OUR_OWN = '<!doctype html>\n<html lang="sv" data-uppfoljning="blankett">'
"""How every page begins that the program has made, so that it never writes over another file."""


class _Marked(Template):
    """A text with places like `¤{title}`, a sign that neither HTML, CSS nor JavaScript has a meaning for."""

    delimiter = "¤"


@cache
def text_of(name: str) -> str:
    """A template as it stands."""
    return (_TEMPLATES / name).read_text("utf-8")


@cache
def script() -> str:
    """The form's whole script."""
    return "\n".join((library(), *(text_of(f"{name}.js") for name in _OF_THE_PAGE)))


def filled(name: str, places: Mapping[str, str]) -> str:
    """A template with its places filled; what is filled in is HTML already."""
    return _Marked(text_of(name)).substitute(places)


def policy(style: str, script: str = "") -> str:
    """The content security policy of a page: its own style and script, known by their hashes, and nothing from anywhere."""
    runs = f"script-src '{_hash(script)}'; " if script else ""
    return f"default-src 'none'; style-src '{_hash(style)}'; {runs}img-src data:; form-action 'none'; base-uri 'none'"


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def embedded(value: Any) -> str:
    """A value as JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


# The paper version of a form: the same questions with boxes to tick and lines to write on, shown when the page is printed.


_STEP_ANSWERS = ("Ja", "Nej", "Ej aktuellt")
_OBSERVATIONS, _DEVIATIONS = 2, 2
_PRIVACY = "Skriv inte namn, personnummer, telefonnummer eller bilnummer på pappret."


def paper(sheet: Sheet, edition: str) -> str:
    """The paper form as HTML; every text of the plan is escaped."""
    return "\n".join(_lines(sheet, edition))


def _lines(sheet: Sheet, edition: str) -> Iterator[str]:
    span = period_name(Period(sheet.first, sheet.last))
    yield f'<header><p class="plan">{escape(sheet.plan_title)} · gäller {escape(span)}</p>'
    yield f"<p>Snabbrapport</p><h1>{escape(sheet.title)}</h1></header>"
    yield f'<p class="viktigt">{_PRIVACY}</p>'
    yield from _section("Blev det av?", _happened())
    if sheet.places:
        yield from _section("Var var ni?", [_boxes(_titles(sheet.places))])
    if sheet.functions:
        yield from _section("Hur många var med?", _crew(sheet))
    if sheet.fields:
        yield from _section("Frågor", (_question(name, field) for name, field in sheet.fields.items()))
    if sheet.steps:
        yield from _section("Blev momenten gjorda?", _steps(sheet.steps))
    if sheet.once:
        yield from _section("Blev något gjort som bara görs en gång?", [_boxes(_titles(sheet.once))])
    yield from _section("Blev något annat än planerat?", [_deviation(sheet.reasons)] * _DEVIATIONS)
    yield from _section("Såg ni något som någon behöver göra något åt?", [_observation()] * _OBSERVATIONS)
    yield from _section("Arbetade timmar och annat", _rest())
    yield "<section><h2>När pappret är ifyllt</h2>"
    yield f"<p>Lämna det till den som rapporterar: {escape(sheet.reporter_title)}. Uppgifterna förs in i blanketten, "
    yield 'och kvittonumret skrivs här: <span class="kort-rad"></span></p>'
    yield f'<p class="smatt">{escape(sheet.plan)}/{escape(sheet.commitment)} · utgåva {escape(edition)}</p></section>'


def _section(heading: str, content: Iterable[str]) -> Iterator[str]:
    yield f"<section><h2>{escape(heading)}</h2>"
    yield from content
    yield "</section>"


def _happened() -> Iterator[str]:
    yield f"<p>{_boxes(('Ja', 'Inställt', 'Flyttat', 'Inget att rapportera'))}</p>"
    yield f"<p>{_blank('Dag')}{_blank('Började')}{_blank('Slutade')}</p>"
    yield f"<p>{_blank('Flyttat till dag')}{_blank('Inget att rapportera för perioden')}</p>"


def _crew(sheet: Sheet) -> Iterator[str]:
    usual = sheet.usual_functions or [function.id for function in sheet.functions]
    for function in sheet.functions:
        if function.id in usual:
            least = sheet.least_crew.get(function.id)
            yield f"<p>{_blank(function.title)}{f'minst {least}' if least else ''}</p>"
    if len(usual) < len(sheet.functions):
        yield f"<p>{_blank('Andra funktioner, och hur många')}{_blank('')}</p>"


def _question(name: str, field: Field) -> str:
    asked = field.question or name.replace("_", " ").capitalize()
    match field.type:
        case "ja/nej":
            answer = _boxes(("Ja", "Nej"))
        case "val":
            answer = _boxes(map(_capital, field.choices))
        case "text":
            answer = _ROW * 2
        case _:
            return f'<div class="fraga"><p>{_blank(asked)}</p></div>'
    return f'<div class="fraga"><p>{escape(asked)}</p>{answer}</div>'


def _steps(steps: Iterable[Choice]) -> Iterator[str]:
    for step in steps:
        yield f'<div class="fraga"><p>{escape(step.title)}</p>{_boxes(_STEP_ANSWERS)}<p>Om nej, varför?</p>{_ROW}</div>'


def _deviation(reasons: Iterable[str]) -> str:
    return f'<div class="fraga"><p>Vad, hur och varför?</p>{_ROW * 2}<p>{_boxes(map(_capital, reasons))}</p></div>'


def _observation() -> str:
    told = f"<p>Rapporterad till polisen? {_boxes(('Ja', 'Nej'))}</p>"
    return (
        f'<div class="fraga"><p>Vad såg ni?</p>{_ROW * 2}{told}<p>Vad görs åt det, av vilken funktion, och när?</p>{_ROW}</div>'
    )


def _rest() -> Iterator[str]:
    yield f"<p>{''.join(_blank(word.capitalize()) for word in HOURS)}</p>"
    yield f"<p>Något mer att berätta?</p>{_ROW * 3}"


_ROW = '<span class="rad"></span>'


def _blank(label: str) -> str:
    return f'{escape(label)} <span class="kort-rad"></span>'


def _boxes(texts: Iterable[str]) -> str:
    return "".join(f'<span class="kryss">{escape(text)}</span> ' for text in texts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _titles(choices: Iterable[Choice]) -> list[str]:
    return [choice.title for choice in choices]


# The offline form of a commitment as one self-contained HTML file.


FORGES = ("github", "gitlab", "forgejo")
"""The services whose page for a new file can be opened with the report in it."""


class Ways(NamedTuple):
    """What a form offers besides the file: an address to mail to, and a repository's page for a new file.

    `forge` is the repository's address, empty where that is not wished for, and `kind` one of `FORGES`.
    """

    mail: str = ""
    forge: str = ""
    kind: str = ""


def form_document(sheet: Sheet, ways: Ways | None = None) -> str:
    """The whole file. The same sheet and ways give the same bytes."""
    chosen = ways or Ways()
    style, edition = text_of("page.css"), edition_of(sheet)
    forge = {"base": chosen.forge, "kind": chosen.kind} if chosen.forge else None
    return filled(
        "page.html",
        {
            "policy": policy(style, script()),
            "title": escape(sheet.title),
            "plan_title": escape(sheet.plan_title),
            "style": style,
            "edition": edition,
            "paper": paper(sheet, edition),
            "sheet": embedded(as_plain(sheet) | {"edition": edition}),
            "options": embedded({"mail": chosen.mail, "forge": forge}),
            "script": script(),
        },
    )


# The start page: a big link to every form.


class Link(NamedTuple):
    """A form beside the start page: the name of its file, and what it asks."""

    file: str
    sheet: Sheet


def start_page(links: Sequence[Link]) -> str:
    """The whole file. The links stand in their order, under the title of their plan."""
    plans: dict[str, list[Link]] = {}
    for link in links:
        plans.setdefault(link.sheet.plan, []).append(link)
    style = text_of("page.css")
    parts = [_plan(group) for group in plans.values()]
    return filled("start.html", {"policy": policy(style), "style": style, "plans": "\n".join(parts)})


def _plan(links: Sequence[Link]) -> str:
    items = "".join(_item(link) for link in links)
    return f'<section><h2>{escape(links[0].sheet.plan_title)}</h2>\n<ul class="lankar">\n{items}</ul></section>'


def _item(link: Link) -> str:
    sheet = link.sheet
    about = "" if sheet.form_title == sheet.title else f"{sheet.form_title} · "
    told = f"{about}rapporteras av {sheet.reporter_title}"
    return f'<li><a href="{escape(link.file)}"><strong>{escape(sheet.title)}</strong> <span>{escape(told)}</span></a></li>\n'
