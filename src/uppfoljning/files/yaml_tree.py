"""A YAML file as a plain tree of text, and everything that is wrong with its form."""

from __future__ import annotations

from uppfoljning.domain.finding import Finding, Tree
from uppfoljning.files.yaml_plain import plain_tree


def read_yaml(file: str, data: bytes) -> tuple[Tree | None, list[Finding]]:
    """The document with every value as text (None where it is empty), and what is wrong with it.

    The tree is there whenever the rest of the file can be judged in spite of the findings; otherwise it is None.
    """
    tree = plain_tree(data)
    if tree is not None:
        return tree, []
    # Nearly every file is plain, and to read in the parser takes longer than to read fifty reports.
    from uppfoljning.files.yaml_parsed import read_parsed

    return read_parsed(file, data)
