"""One file per face: terminal, markdown, csv, json."""
