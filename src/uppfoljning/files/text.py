"""Bytes to text: the encoding is found out, and line breaks and accents get one form.

In every text from here `\\n` is the only line break and characters are composed (NFC), so that lines and columns are the
same for the reader, the excerpt and the editor."""

from __future__ import annotations

import codecs
import re
from unicodedata import is_normalized, normalize

from uppfoljning.domain.finding import Finding, Problem, Span
from uppfoljning.files.source import Source, is_csv, noted, stretch

# Characters that must not be in a file: each is found at its place and replaced by a space before parsing.


MOST_OF_A_KIND = 10
"""As many findings of one code are given for a file; the last one says how many lines there were besides."""

_HARD_SPACE = "\u00a0\u2007\u202f"
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_YAML = re.compile(rf"(?P<F007>\t)|(?P<F008>{_CONTROL})|(?P<F009>[\x85\u2028\u2029])|(?P<F011>\ufeff)")
_CSV = re.compile(rf"(?P<F008>{_CONTROL}|\x85)|(?P<F011>\ufeff)")
_ANY_HARD_SPACE = re.compile(f"[{_HARD_SPACE}]")
# A hard space after a colon in running text is harmless; here it stands in the indentation, after a dash or after a key.
_BREAKING_SPACE = re.compile(
    rf"^ *(?:- +)*(?P<F010>[{_HARD_SPACE}]+)|^ *(?:- +)*(?:[^\s:#{{}}\[\]\"']+:|-)(?P<after_key>[{_HARD_SPACE}]+)", re.MULTILINE
)
_BREAKING_SPACE_IN_BRACES = re.compile(rf"(?<=[\w\"']:)(?P<F010>[{_HARD_SPACE}]+)")
_MERGE_MARK = re.compile(r"^(?P<F012>(?:<{7}|>{7}|\|{7}|={7})(?= |$)[^\n]*)", re.MULTILINE)
# libyaml refuses these escapes and the pure parser does not; neither is a character.
# A backslash that another one stands before is itself a character, and what follows is plain text.
_IMPOSSIBLE_ESCAPE = re.compile(
    r"(?<!\\)(?:\\\\)*(?P<Y010>\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\U(?!000[0-9a-fA-F]|0010)[0-9a-fA-F]{8})"
)

_PROBLEMS = {
    "F007": Problem("F007", "tabbtecken i filen", "byt varje tabb mot mellanslag", "här står en tabb"),
    "F008": Problem("F008", "styrtecken i filen", "ta bort tecknet; det syns inte men följde med när texten klistrades in"),
    "F009": Problem("F009", "osynlig radbrytning inne i texten", "ta bort den och gör en vanlig radbrytning om det behövs"),
    "F010": Problem("F010", "hårt mellanslag i stället för vanligt", "skriv ett vanligt mellanslag där"),
    "F011": Problem("F011", "osynligt tecken (BOM) inne i filen", "ta bort tecknet; det hör bara hemma allra först i en fil"),
    "F012": Problem(
        "F012", "sammanslagningen är inte klar", "välj vad som ska gälla och ta bort raderna med <<<<<<<, ======= och >>>>>>>"
    ),
    "Y010": Problem("Y010", "koden efter \\ är inget tecken", "skriv själva tecknet i stället"),
}


def clean_yaml(file: str, text: str) -> tuple[str | None, list[Finding]]:
    """The text without what YAML cannot have, and the findings; None where a merge was left unfinished."""
    findings: list[Finding] = []
    # Cheap questions first: nearly every file is sound.
    if not text.replace("\n", "").isprintable():
        text = _Blanking(file, text, findings).all(_YAML)
        if _ANY_HARD_SPACE.search(text):
            text = _Blanking(file, text, findings).all(_BREAKING_SPACE)
            text = _Blanking(file, text, findings).all(_BREAKING_SPACE_IN_BRACES, only_in_braces=True)
    if "\\" in text:
        text = _Blanking(file, text, findings).all(_IMPOSSIBLE_ESCAPE)
    return _without_merge_marks(file, text, findings)


def clean_csv(file: str, text: str) -> tuple[str | None, list[Finding]]:
    """As `clean_yaml`, for CSV, where tabs and hard spaces are welcome."""
    findings: list[Finding] = []
    if not text.replace("\n", "").isprintable():
        text = _Blanking(file, text, findings).all(_CSV)
    return _without_merge_marks(file, text, findings)


class _Blanking:
    """One pass over a text that replaces what a pattern finds; places are counted on the way, so it takes linear time."""

    def __init__(self, file: str, text: str, findings: list[Finding]) -> None:
        self._file = file
        self._text = text
        self._findings = findings
        self._counted = 0
        self._line = 1
        self._begin = 0
        self._brace = False
        self._lines: dict[str, list[Finding]] = {}
        self._last: dict[str, int] = {}
        self._more: dict[str, int] = {}

    def all(self, pattern: re.Pattern[str], only_in_braces: bool = False) -> str:
        """The text with the named groups of `pattern` as spaces; `only_in_braces`: those after a `{` on their line."""
        pieces: list[str] = []
        done = 0
        for match in pattern.finditer(self._text):
            name = match.lastgroup or ""
            start, end = match.span(name)
            self._count_to(start)
            if self._brace or not only_in_braces:
                self._note(name if name in _PROBLEMS else "F010", start - self._begin + 1, end - start)
                pieces += (self._text[done:start], " " * (end - start))
                done = end
        for code in sorted(self._lines):
            self._findings.extend(self._summed(code))
        return "".join([*pieces, self._text[done:]])

    def _count_to(self, start: int) -> None:
        newline = self._text.rfind("\n", self._counted, start)
        if newline >= 0:
            self._line += self._text.count("\n", self._counted, start)
            self._begin = newline + 1
            self._brace = False
        self._brace = self._brace or self._text.find("{", max(self._counted, self._begin), start) >= 0
        self._counted = start

    def _note(self, code: str, column: int, length: int) -> None:
        found = self._lines.setdefault(code, [])
        if self._last.get(code) == self._line:
            return
        self._last[code] = self._line
        if len(found) == MOST_OF_A_KIND:
            self._more[code] = self._more.get(code, 0) + 1
            return
        found.append(noted(self._file, Span(self._line, column, self._line, column + length), _PROBLEMS[code]))

    def _summed(self, code: str) -> list[Finding]:
        found = self._lines[code]
        if code in self._more:
            more = _PROBLEMS[code]._replace(note=f"samma fel finns på {self._more[code]} rader till")
            found[-1] = found[-1]._replace(problem=more)
        return found


def _without_merge_marks(file: str, text: str, findings: list[Finding]) -> tuple[str | None, list[Finding]]:
    if "<<<<<<<" not in text and "=======" not in text and ">>>>>>>" not in text:
        return text, findings
    known = len(findings)
    _Blanking(file, text, findings).all(_MERGE_MARK)
    return (text if len(findings) == known else None), findings


def ascii_name(text: str) -> str:
    """A name as it can stand in a file system anywhere: å, ä and ö without their marks, other signs as hyphens."""
    plain = text.translate(_PLAIN)
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-") or "fil"


_PLAIN = str.maketrans("åäöÅÄÖéÉüÜ", "aaoAAOeEuU")


_SAVE_AS_UTF8 = "spara filen som UTF-8"
EMPTY = Problem("F006", "filen är tom", "fyll i den eller ta bort den")
_BYTE_FALLBACK = "uppfoljning-cp1252"
_UNKNOWN_CHARACTER = "\ufffd"
_WIDE = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252; a file may hold both, and the columns must still be right."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_BYTE_FALLBACK, _as_cp1252)


def yaml_text(file: str, data: bytes) -> tuple[str | None, list[Finding]]:
    """The text to parse, with every character that YAML refuses replaced by a space, and the findings about them.

    None when parsing has no meaning: another encoding altogether, or an unfinished merge.
    """
    text, bad, wide = _decode(data)
    if wide:
        return None, [_wide_finding(file)]
    cleaned, findings = clean_yaml(file, text)
    if bad is not None:
        findings.insert(0, _not_utf8(file, data, bad))
    return cleaned, findings


def csv_text(file: str, data: bytes) -> tuple[str | None, list[Finding]]:
    """As `yaml_text`, but Windows-1252 is accepted with a notice, since that is what Excel saves."""
    text, bad, wide = _decode(data)
    if wide:
        return None, [_wide_finding(file)]
    cleaned, findings = clean_csv(file, text)
    if bad is not None:
        if _UNKNOWN_CHARACTER in text:
            findings.insert(0, _not_utf8(file, data, bad))
        else:
            notice = Problem("F004", "filen är läst som Windows-1252", f"{_SAVE_AS_UTF8}, så blir å, ä och ö säkert rätt")
            findings.insert(0, noted(file, None, notice))
    return cleaned, findings


def decoded(data: bytes) -> str:
    """The text of some bytes in whatever encoding they are, as excerpts show it."""
    return _decode(data)[0]


def text_of(source: Source, name: str) -> str:
    """The text of a file for excerpts, with the lines and columns of the readers; empty when it cannot be read."""
    try:
        return _decode(source.read(name))[0]
    except OSError:
        return ""


def cleaned_for_parsing(text: str, file: str) -> str:
    """The text the parser saw, from the text shown in excerpts; both have the same lines and columns."""
    cleaned, _ = (clean_csv if is_csv(file) else clean_yaml)(file, text)
    return text if cleaned is None else cleaned


def _decode(data: bytes) -> tuple[str, int | None, bool]:
    """The text, the position of the first byte that is not UTF-8, and whether it was UTF-16 or UTF-32."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text, bad = data.decode(), None
    except UnicodeDecodeError as error:
        text, bad = data.decode("utf-8", _BYTE_FALLBACK), error.start
    if bad is not None or b"\0" in data[:2]:
        wide = _wide_encoding(data)
        if wide:
            return _one_form(data.decode(wide, "replace")), None, True
    return _one_form(text), bad, False


def _one_form(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _wide_encoding(data: bytes) -> str | None:
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return encoding
    # Without a mark: Swedish text in UTF-16 has a zero in nearly every second byte.
    if data.count(0) * 3 >= len(data):
        return "utf-16-be" if data[0] == 0 else "utf-16-le"
    return None


def _wide_finding(file: str) -> Finding:
    return noted(file, None, Problem("F005", "filen är sparad som UTF-16 eller UTF-32", _SAVE_AS_UTF8))


def _not_utf8(file: str, data: bytes, bad: int) -> Finding:
    body = data.removeprefix(codecs.BOM_UTF8)
    before = _one_form(body[:bad].decode("utf-8", _BYTE_FALLBACK))
    at = stretch(before, len(before), len(before))
    span = Span(at.line, at.column, at.line, at.column + 1)
    guess = body[bad : bad + 1].decode("cp1252", "replace")
    note = "" if guess == _UNKNOWN_CHARACTER else f"här ska det troligen stå {guess}"
    return noted(file, span, Problem("F003", "filen är inte sparad som UTF-8", _SAVE_AS_UTF8, note))
