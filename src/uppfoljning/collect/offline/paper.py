"""The paper version of a form: the same questions with boxes to tick and lines to write on, shown when the page is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from uppfoljning.collect.sheet import Choice, Sheet
from uppfoljning.domain.form import Field
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.report import HOURS

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
