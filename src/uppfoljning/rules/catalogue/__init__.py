"""The catalogue of rules, a file per subject; it feeds messages, `regel`, documentation and machine formats."""

WARN = {"Q601", "Q602", "M701", "M702", "M704", "N103", "N104"}
NOTE = {"M703", "M705", "N105"}


def level_of(code: str) -> str:
    return "varning" if code in WARN else "notis" if code in NOTE else "fel"
