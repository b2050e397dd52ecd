"""The plan: who has promised what, to whom it falls, and how it is to be followed up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from uppfoljning.domain.clock import Window, parse_date, parse_weekday, parse_window
from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.number import parse_count
from uppfoljning.domain.period import SUB_PERIODS, Days, Period, TermName, parse_period
from uppfoljning.domain.scalars import one_of, parse_address, parse_id, parse_reason, parse_scb_code, parse_text
from uppfoljning.domain.schema import (
    NOTHING,
    REFUSED,
    FieldProblem,
    Record,
    Refused,
    field,
    listing,
    nested,
    read,
    table,
    thing,
    things,
    written_as,
)
from uppfoljning.domain.target import WITHOUT_NUMBER, Target
from uppfoljning.domain.target_reading import read_targets

KINDS = ("samverkansöverenskommelse", "medborgarlöfte", "åtgärdsplan", "annan")
EACH_OCCASION = "tillfälle"
DAYS_OF_GRACE = 7
"""`anstånd` where none is stated: how many days after its day a report still is in time."""


class WrittenPeriod(Record):
    """A period as its first and last day."""

    first: date = field("från", parse_date, "Första dagen", required=True)
    last: date = field("till", parse_date, "Sista dagen", required=True)


@written_as(parse_period, WrittenPeriod)
def read_period(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Period | TermName | Refused:
    """A period as a text, or as its first and last day."""
    if isinstance(tree, str):
        period = parse_period(tree)
        if isinstance(period, Problem):
            out.append((at, False, period))
            return REFUSED
        return period
    written = read(WrittenPeriod, tree, at, out)
    if isinstance(written, Refused):
        return REFUSED
    if written.last < written.first:
        out.append(((*at, "till"), False, Problem("S106", "perioden slutar innan den börjar", "byt plats på från och till")))
        return REFUSED
    return Period(written.first, written.last)


_TERM_DAYS = listing(parse_date)


@written_as(_TERM_DAYS)
def _read_term(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Period | Refused:
    days = _TERM_DAYS(tree, at, out)
    if isinstance(days, Refused):
        return REFUSED
    if len(days) != 2 or days[1] < days[0]:
        out.append((at, False, Problem("S106", "en termin har en första och en sista dag", "skriv [2026-01-08, 2026-06-12]")))
        return REFUSED
    return Period(days[0], days[1])


class Function(Record):
    """A role within a party; never a person."""

    title: str = field("titel", parse_text, "Vad rollen heter", required=True)
    party: str = field("part", parse_id, "Parten som rollen hör till", required=True)


class Decision(Record):
    """When and where the plan was decided; `version` points at a tag or commit when drafts came before."""

    day: date = field("datum", parse_date, "Dagen för beslutet", required=True)
    reference: str = field("referens", parse_text, "Diarienummer eller protokoll", default="")
    version: str = field("version", parse_text, "Märke eller incheckning som beslutet gäller", default="")


class Pause(Record):
    """Days when nothing is expected; it never lowers a target."""

    first: date = field("från", parse_date, "Första dagen", required=True)
    last: date = field("till", parse_date, "Sista dagen", required=True)
    reason: str = field("skäl", parse_reason, "Skälet, ett av de fasta orden", default="")
    why: str = field("varför", parse_text, "Skälet i ord", default="")


class Step(Record):
    """A part of the work with its own responsible function; once, or at every occasion."""

    id: str = field("id", parse_id, "Momentets id", required=True)
    title: str = field("titel", parse_text, "Vad som ska göras", required=True)
    responsible: str = field("ansvarig", parse_id, "Funktion eller part som gör det", default="")
    due: date | None = field("senast", parse_date, "Engångsmoment: sista dagen")
    every: str = field("varje", one_of((EACH_OCCASION,)), "tillfälle: görs vid varje tillfälle", default="")

    @property
    def each_occasion(self) -> bool:
        """Whether it belongs to every occasion rather than being done once."""
        return self.every == EACH_OCCASION


class Reporting(Record):
    """How often a commitment is reported, by whom, and how many days late still is in time."""

    every: str = field("rapporteras", one_of(SUB_PERIODS), "Hur ofta: vecka, månad, tertial …", default="")
    grace: int = field("anstånd", parse_count, "Dagar efter periodens slut som rapporten får dröja", default=DAYS_OF_GRACE)
    reporter: str = field("rapportör", parse_id, "Funktionen som rapporterar", default="")


class Expectation(Record):
    """What is thought beforehand to matter for the result."""

    weekdays: tuple[int, ...] = nested("veckodagar", listing(parse_weekday), "Veckodagar som väntas ge mer", default=())
    window: Window | None = field("tid", parse_window, "Tid på dygnet som väntas ge mer")
    functions: tuple[str, ...] = nested("funktioner", listing(parse_id), "Funktioner som väntas ge mer", default=())


LEVEL, PEAK, ANOTHER = CHOSEN_FOR = ("nivå", "topp", "annat")
"""Why an area was chosen: it had long been bad, it had just been worse than usual, or for something else than its figures."""


class OutcomeGoal(Record):
    """What change one wants to see; with an outcome series it can be estimated."""

    text: str = field("text", parse_text, "Vilken förändring ni vill se", required=True)
    indicator: str = field("indikator", parse_id, "Serien som mäter den", default="")
    direction: str = field("riktning", one_of(("minska", "öka")), "minska eller öka", default="")
    treated: tuple[str, ...] = nested("insats", listing(parse_id), "Platser där arbetet sker", default=())
    comparison: tuple[str, ...] = nested("jämförelse", listing(parse_id), "Platser att jämföra med", default=())
    buffer: tuple[str, ...] = nested("buffert", listing(parse_id), "Platser dit problemet kan flytta", default=())
    start: date | None = field("start", parse_date, "Dagen då arbetet började")
    end: date | None = field("slut", parse_date, "Dagen då arbetet slutade")
    chosen_for: str = field(
        "vald_för",
        one_of(CHOSEN_FOR),
        "Varför området valdes: nivå (länge högt), topp (nyss ovanligt högt) eller annat",
        default="",
    )


class Amendment(Record):
    """A decided change of the plan, with its reason."""

    day: date = field("datum", parse_date, "Dagen för ändringen", required=True)
    what: str = field(
        "vad", parse_text, "Vad som ändrades: mål, mål.<id>, period, parter, moment.<id>, åtagande …", required=True
    )
    before: str = field("före", parse_text, "Hur det var", default="")
    after: str = field("efter", parse_text, "Hur det är", default="")
    reason: str = field("skäl", parse_reason, "Skälet, ett av de fasta orden", required=True)
    why: str = field("varför", parse_text, "Skälet i ord", default="")
    decision: str = field("beslut", parse_text, "Vem som beslutade och när", default="")


class Commitment(Record):
    """What one or more parties have promised. Its period is that of the plan where none is stated."""

    id: str = field("id", parse_id, "Åtagandets id", required=True)
    title: str = field("titel", parse_text, "Vad som lovats, kort", required=True)
    parties: tuple[str, ...] = nested(
        "parter", listing(parse_id), "Parterna som lovat; flera är ett gemensamt åtagande", required=True
    )
    responsible: str = field("ansvarig", parse_id, "Funktion eller part som håller i det", default="")
    causes: tuple[str, ...] = nested("orsaker", listing(parse_text), "Nummer på de orsaker det riktas mot", default=())
    choice: str = field("val", parse_text, "Varför just den här åtgärden valdes", default="")
    purpose: str = field("syfte", parse_text, "Vad ni vill uppnå", default="")
    method: str = field("arbetssätt", parse_text, "Hur ni praktiskt arbetar", default="")
    targets: tuple[Target, ...] = nested("mål", read_targets, "Vad som lovats, med tal där det finns", default=(WITHOUT_NUMBER,))
    period: Period | TermName | None = nested("period", read_period, "Åtagandets egen period")
    pauses: tuple[Pause, ...] = nested("pauser", things(Pause), "Dagar då inget väntas", default=())
    steps: tuple[Step, ...] = nested("moment", things(Step), "Åtgärdens delar, var och en med sin ansvariga", default=())
    form: str = field("snabbrapport", parse_id, "Blanketten som rapporterna följer", default="")
    reporting: Reporting | None = nested("uppföljning", thing(Reporting), "När och av vem det rapporteras")
    expectation: Expectation | None = nested("förväntan", thing(Expectation), "Vad ni på förhand tror spelar roll")
    outcome_goal: OutcomeGoal | None = nested("effektmål", thing(OutcomeGoal), "Vilken förändring ni vill se")
    rota: tuple[date, ...] = nested("tillfällen", listing(parse_date), "Planerade datum", default=())
    amendments: tuple[Amendment, ...] = nested("ändringar", things(Amendment), "Beslutade ändringar av planen", default=())

    @property
    def span(self) -> Period:
        """The commitment's days, once the plan has been read as a whole."""
        assert isinstance(self.period, Period)
        return self.period

    @property
    def grace(self) -> int:
        """How many days after its day a report still is in time."""
        return self.reporting.grace if self.reporting else DAYS_OF_GRACE

    @property
    def reporter(self) -> str:
        """The function or party that is to report."""
        return (self.reporting.reporter if self.reporting else "") or self.responsible or self.parties[0]

    @property
    def paused(self) -> list[Period]:
        """The pauses as periods."""
        return [Period(pause.first, pause.last) for pause in self.pauses if pause.first <= pause.last]

    @cached_property
    def paused_days(self) -> Days:
        """The days of the pauses."""
        return Days(self.paused)

    def step(self, id: str) -> Step | None:
        """The step with an id."""
        at = self.step_places.get(id)
        return None if at is None else self.steps[at]

    @cached_property
    def step_places(self) -> Mapping[str, int]:
        """Where each step stands in the list, by its id; of equal ids the first."""
        return {step.id: at for at, step in reversed(list(enumerate(self.steps)))}

    @cached_property
    def target_places(self) -> Mapping[str | None, int]:
        """Where each target stands in the list, by its id; of equal ids the first."""
        return {target.id: at for at, target in reversed(list(enumerate(self.targets)))}

    @property
    def one_off_steps(self) -> list[Step]:
        """The steps that are done once."""
        return [step for step in self.steps if not step.each_occasion]


class Plan(Record):
    """A document with promises, and the names it gives to parties, roles, places and causes."""

    id: str = field("plan", parse_id, "Planens id, samma som filens namn", required=True)
    title: str = field("titel", parse_text, "Planens namn", required=True)
    kind: str = field("typ", one_of(KINDS), "Slag av dokument: " + ", ".join(KINDS), default="annan")
    period: Period | TermName = nested("period", read_period, "Planens period", required=True)
    readings: tuple[date, ...] = nested("avläsningar", listing(parse_date), "Dagar då styrgruppen informeras", default=())
    municipality: str = field("kommun", parse_scb_code, "Kommunkod, fyra siffror", default="")
    decision: Decision | None = nested("beslut", thing(Decision), "När planen beslutades")
    sources: tuple[str, ...] = nested("källor", listing(parse_address), "Var dokumentet finns", default=())
    parties: Mapping[str, str] = nested("parter", table(parse_id, parse_text), "Organisationer som binder sig", required=True)
    functions: Mapping[str, Function] = nested(
        "funktioner", table(parse_id, thing(Function), nested=True), "Roller inom parterna", default=NOTHING
    )
    places: Mapping[str, str] = nested("platser", table(parse_id, parse_text), "Platser", default=NOTHING)
    causes: Mapping[str, str] = nested(
        "orsaker", table(parse_text, parse_text), "Orsaker till problemet, numrerade", default=NOTHING
    )
    terms: Mapping[str, Period] = nested(
        "terminer", table(parse_text, _read_term, nested=True), "Skolterminernas första och sista dag", default=NOTHING
    )
    commitments: tuple[Commitment, ...] = nested("åtaganden", things(Commitment), "Det som lovats", default=())
    amendments: tuple[Amendment, ...] = nested(
        "ändringar", things(Amendment), "Beslutade ändringar av det som inte står på ett åtagande", default=()
    )

    @property
    def span(self) -> Period:
        """The plan's days."""
        assert isinstance(self.period, Period)
        return self.period

    def commitment(self, id: str) -> Commitment | None:
        """The commitment with an id."""
        at = self.commitment_places.get(id)
        return None if at is None else self.commitments[at]

    @cached_property
    def commitment_places(self) -> Mapping[str, int]:
        """Where each commitment stands in the list, by its id; of equal ids the first."""
        return {one.id: at for at, one in reversed(list(enumerate(self.commitments)))}

    def name_of(self, who: str) -> str:
        """The written name of a party or function."""
        if (function := self.functions.get(who)) is not None:
            return function.title
        return self.parties.get(who, who)
