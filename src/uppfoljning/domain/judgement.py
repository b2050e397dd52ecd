"""A judgement: the status that people set, beside the one the program suggests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.plan import read_period
from uppfoljning.domain.scalars import one_of, parse_id, parse_text
from uppfoljning.domain.schema import NOTHING, Record, field, nested, table, thing

CARRIED_OUT_WORDS = ("genomfört", "delvis", "ändrat", "ej genomfört", "pågår")
RESULT_WORDS = ("gott", "visst", "inget", "negativt", "går inte att bedöma")


class Verdict(Record):
    """What people found of one commitment: how far it was carried out and what came of it, kept apart."""

    carried_out: str = field("genomförande", one_of(CARRIED_OUT_WORDS), ", ".join(CARRIED_OUT_WORDS), default="")
    result: str = field("resultat", one_of(RESULT_WORDS), ", ".join(RESULT_WORDS), default="")
    motive: str = field("motivering", parse_text, "Varför ni bedömer så", default="")

    def __str__(self) -> str:
        return ", ".join(word for word in (self.carried_out, self.result and f"resultat: {self.result}") if word)


class Judgement(Record):
    """The judgement of a plan's commitments for one period."""

    period: Period | TermName = nested("bedömning", read_period, "Perioden som bedöms", required=True)
    plan: str = field("plan", parse_id, "Planen", required=True)
    day: date = field("datum", parse_date, "Dagen för bedömningen", required=True)
    by: str = field("av", parse_text, "Gruppen som bedömde", default="")
    verdicts: Mapping[str, Verdict] = nested(
        "åtaganden", table(parse_id, thing(Verdict), nested=True), "Bedömningen av varje åtagande", default=NOTHING
    )
