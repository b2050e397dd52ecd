"""A room for each command, a file for each face: terminal, markdown, csv, json."""
