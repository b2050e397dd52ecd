"""Reports as they come back: as the offline form gives them, and as phones and mail programs hand them on."""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Mapping
from html import escape
from textwrap import wrap

from uppfoljning.domain.finding import Tree
from uppfoljning.files.yaml_write import write_yaml

BEGIN, END = "--- rapport, ändra inget nedanför ---", "--- slut på rapporten ---"

PLAN = """\
plan: prov-2026
titel: Provplan
typ: åtgärdsplan
period: 2026
parter: {kommunen: Kommunen, klubben: Klubben}
funktioner:
  vandrare: {titel: Vandrare, part: klubben}
  fältare: {titel: Fältare, part: kommunen}
platser: {torget: Torget, hamnen: Hamnen}
åtaganden:
  - id: gång
    titel: Gå tillsammans
    parter: [klubben]
    ansvarig: vandrare
    mål: {minst: 12, enhet: vandringar}
    moment:
      - {id: samling, titel: Samling, varje: tillfälle}
      - {id: återkoppling, titel: Återkoppla, varje: tillfälle}
    snabbrapport: gång
  - id: tillsyn
    titel: Tillsyn
    parter: [kommunen]
    ansvarig: fältare
    mål: {minst: 6, enhet: tillsyner}
    snabbrapport: krogtillsyn
"""
FORM = """\
snabbrapport: gång
titel: Gång
fält:
  samtal: {typ: antal}
  rutt: {typ: text}
  sträcka: {typ: tal}
"""
PROJECT: Mapping[str, str] = {"plans/prov-2026.yaml": PLAN, "plans/snabbrapporter/gang.yaml": FORM}

REPORT: dict[str, Tree] = {
    "åtagande": "gång",
    "plan": "prov-2026",
    "datum": "2026-03-06",
    "start": "20:30",
    "slut": "00:45",
    "plats": ["torget", "hamnen"],
    "funktioner": {"vandrare": "6", "fältare": "1"},
    "uppgifter": {
        "samtal": "23",
        "rutt": "Torget – hamnen: fram och tillbaka, förbi stationen och sedan en gång runt parken igen",
    },
    "moment": {"samling": "ja", "återkoppling": "nej"},
    "avvikelser": [
        {"moment": "återkoppling", "vad": "Ingen återkoppling", "hur": "Ringde dagen efter", "skäl": "resurser", "varför": "Sent"}
    ],
    "iakttagelser": [
        {"text": 'Någon sa "hej"\noch gick', "rapporterad_till_polisen": "nej", "ansvarig": "fältare", "klart": "2026-03-20"},
        {"text": "Trasig lampa", "åtgärd": "Felanmäld"},
    ],
    "timmar": {"planering": "1", "genomförande": "4,25"},
    "text": "Lugn kväll, utom en stund vid midnatt: då kom det många på en gång och det tog tid innan alla hade hittat hem.",
    "inlämnad": "2026-03-07",
    "rapportör": "vandrare",
    "kvitto": "k7m3-9qfx",
    "utgåva": "1a2b3c4d",
}


def mail_text(tree: Mapping[str, Tree]) -> str:
    """What the offline form gives to be mailed."""
    lines = [
        f"Snabbrapport: Gå tillsammans, {tree.get('datum', '')}.",
        "Genomfört, klockan 20:30–00:45.",
        f"Kvittonummer: {tree.get('kvitto', '')}.",
        "",
        "Allt mellan strecken läses av ett program, så låt det stå som det är.",
        "",
    ]
    return "\n".join([*lines, BEGIN]) + f"\n{write_yaml(tree)}{END}\n"


Mangle = Callable[[str], str]


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.split("\n")[:-1])


def quoted_tightly(text: str) -> str:
    return "".join(f">{line}\n" if line.startswith(">") else f"> {line}".rstrip() + "\n" for line in text.split("\n")[:-1])


def hard_spaces(text: str) -> str:
    return text.replace(" ", "\u00a0")


def hard_indentation(text: str) -> str:
    return re.sub(r"(?m)^ +", lambda found: "\u00a0" * len(found[0]), text)


def wrapped(width: int) -> Mangle:
    """Lines broken as mail programs do; what goes on has no indentation."""

    def mangle(text: str) -> str:
        lines = []
        for line in text.split("\n"):
            lead = line[: len(line) - len(line.lstrip(" \t\u00a0"))]
            said = line[len(lead) :]
            parts = wrap(said, width - len(lead), break_long_words=False, break_on_hyphens=False) or [""]
            lines += [lead + parts[0], *parts[1:]]
        return "\n".join(lines)

    return mangle


def curly(text: str) -> str:
    """Straight quotes around a value, and those in it, as a phone makes them."""
    return re.sub(r'(?m)((?:: |- )")(.*)"$', lambda found: f"{found[1][:-1]}“{found[2].replace(chr(34), '”')}”", text)


def doubled(text: str) -> str:
    return text.replace("\n", "\n\n")


def flat(text: str) -> str:
    return re.sub(r"(?m)^([> ]*> )? +", lambda found: found[1] or "", text)


def widened(text: str) -> str:
    return re.sub(r"(?m)^ +", lambda found: found[0] * 2, text)


def tabbed(text: str) -> str:
    return re.sub(r"(?m)^ +", lambda found: "\t" * (len(found[0]) // 2), text)


def answered(text: str) -> str:
    return f"Hej!\n\nHär kommer den.\n\n{text}\n-- \nMed vänlig hälsning\nNågon i klubben\ntfn: finns i växeln\n"


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_mark(text: str) -> str:
    return f"\ufeff{text}"


def coded(text: str) -> str:
    return quopri.encodestring(text.encode()).decode("ascii")


def as_page(text: str) -> str:
    """A letter of HTML, each line a block and each space at its beginning a hard one."""
    lines = (re.sub(r"^ +", lambda found: "&nbsp;" * len(found[0]), escape(line)) or "<br>" for line in text.split("\n"))
    body = "".join(f"<div>{line}</div>\n" for line in lines)
    return f"<html><head><title>Rapport</title><style>p {{color: red}}</style></head><body>{body}</body></html>"


MANGLES: tuple[Mangle, ...] = (hard_indentation, curly, widened, tabbed, flat, wrapped(72), wrapped(60), hard_spaces)
"""What may happen to the lines themselves, in an order in which it does."""
AROUND: tuple[Mangle, ...] = (answered, quoted, quoted_tightly, doubled, crlf, with_mark)
"""What may happen to the whole text, in an order in which it does."""
