"""Personal data in an answer, before it goes any further. What was found is never told."""

from __future__ import annotations

from uppfoljning.domain.finding import Problem
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.rules.privacy import PERSONAL, check_privacy


def personal(text: str, key: str = "svar") -> Problem | None:
    """Why a text cannot be taken because it points at a person, with where in it; None when it does not.

    It is also looked at as it will stand in the file, where the words before it may tell what it is.
    """
    for written in (text, write_yaml({key.rpartition(".")[2]: text})):
        for finding in check_privacy("svar", written, with_waivers=False):
            problem, span = finding.problem, finding.place.span
            if problem.code in PERSONAL:
                where = f"från tecken {span.column}" if span is not None and written is text else "i svaret"
                return Problem(problem.code, problem.message, problem.remedy.partition(";")[0], f"{where}, {problem.note}")
    return None
