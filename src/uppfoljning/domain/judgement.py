"""A judgement: the status that people set, beside the one the program suggests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.plan import read_period
from uppfoljning.domain.shape import NOTHING, Record, key, part, table, thing
from uppfoljning.domain.words import one_of, parse_id, parse_text

CARRIED_OUT_WORDS = ("genomfört", "delvis", "ändrat", "ej genomfört", "pågår")
RESULT_WORDS = ("gott", "visst", "inget", "negativt", "går inte att bedöma")


class Verdict(Record):
    """What people found of one commitment: how far it was carried out and what came of it, kept apart."""

    carried_out: str = key("genomförande", one_of(CARRIED_OUT_WORDS), ", ".join(CARRIED_OUT_WORDS), default="")
    result: str = key("resultat", one_of(RESULT_WORDS), ", ".join(RESULT_WORDS), default="")
    motive: str = key("motivering", parse_text, "Varför ni bedömer så", default="")

    def __str__(self) -> str:
        return ", ".join(word for word in (self.carried_out, self.result and f"resultat: {self.result}") if word)


class Judgement(Record):
    """The judgement of a plan's commitments for one period."""

    period: Period | TermName = part("bedömning", read_period, "Perioden som bedöms", required=True)
    plan: str = key("plan", parse_id, "Planen", required=True)
    day: date = key("datum", parse_date, "Dagen för bedömningen", required=True)
    by: str = key("av", parse_text, "Gruppen som bedömde", default="")
    verdicts: Mapping[str, Verdict] = part(
        "åtaganden", table(parse_id, thing(Verdict), nested=True), "Bedömningen av varje åtagande", default=NOTHING
    )
