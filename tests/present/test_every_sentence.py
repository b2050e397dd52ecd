"""Every piece of text in the words of `effekt` comes out of some estimate: no sentence is there that nothing can say."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from fractions import Fraction
from types import ModuleType
from typing import get_args

import pytest

from tests.present.test_effect import SAID
from uppfoljning.analysis.effect.result import Design
from uppfoljning.present.views import effect_beside as beside
from uppfoljning.present.views import effect_words as words

PIECES_OF = (words, beside)
FEWEST_LETTERS = 9


def pieces(module: ModuleType) -> Iterator[str]:
    """The texts of a module's functions, in the pieces that stand between what is filled in; not what explains it."""
    for function in ast.parse(inspect.getsource(module)).body:
        if isinstance(function, ast.FunctionDef):
            texts = (node.value for node in ast.walk(function) if isinstance(node, ast.Constant) and isinstance(node.value, str))
            for text in texts:
                if text != ast.get_docstring(function, False) and " " in text and len(text.strip()) >= FEWEST_LETTERS:
                    yield text.strip()


@pytest.mark.parametrize("module", PIECES_OF, ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_piece_is_said(module: ModuleType) -> None:
    dose = (*words.dose(Fraction(1, 2), Fraction(1, 2)), *words.REFUSALS.values())
    said = "\n".join([*SAID, *dose, *get_args(Design)])
    assert [piece for piece in pieces(module) if piece not in said] == []
