"""An estimate as a part of a report, for the web page, documents and Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.analysis.effect.result import Study
from uppfoljning.present.document.model import Chart, Part
from uppfoljning.present.effect import words
from uppfoljning.present.effect.account import Account, measured, where
from uppfoljning.present.effect.beside import beside
from uppfoljning.present.effect.spark import series_grid
from uppfoljning.present.effect.table import figures_grid


def effect_part(accounts: Iterable[Account]) -> Part | None:
    """A section with a part for each commitment that has an outcome goal; None where there is none."""
    parts = tuple(map(_part, accounts))
    return Part("effekt", "Effekt", parts=parts) if parts else None


def _part(account: Account) -> Part:
    found, id_ = account.outcome, f"effekt-{account.commitment.id}"
    head = tuple(
        filter(None, (f"Mål: {account.goal.text}. {where(account)}.{words.since(account.goal.start)}", measured(account)))
    )
    if not isinstance(found, Study):
        return Part(id_, account.commitment.title, (*head, words.refusal(found)))
    sentences = (
        *head,
        words.detectable(found),
        *words.counted(found),
        words.estimate(found),
        words.design(found),
        *beside(found),
        *words.reservations(found),
        *words.dose(account.dose.done, account.dose.received),
        words.conclusion(found),
        *words.STANDING,
    )
    title = account.commitment.title
    chart = Chart("serie", title, f"{title}: {words.estimate(found)}", series_grid(found, account.commitment.id))
    return Part(id_, title, sentences, (chart, figures_grid(found, account.commitment.id)))
