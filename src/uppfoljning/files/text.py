"""Bytes to text: the encoding is found out, and line breaks and accents get one form.

In every text from here `\\n` is the only line break and characters are composed (NFC), so that lines and columns are the
same for the reader, the excerpt and the editor.
"""

from __future__ import annotations

import codecs
from unicodedata import is_normalized, normalize

from uppfoljning.domain.finding import Finding, Problem, Span
from uppfoljning.files.characters import clean_csv, clean_yaml
from uppfoljning.files.source import Source, is_csv
from uppfoljning.files.spans import noted, stretch

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
