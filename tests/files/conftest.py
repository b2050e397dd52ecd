"""Both YAML parsers, so that every YAML test runs under each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from uppfoljning.files import yaml_edit as places
from uppfoljning.files import yaml_parser


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of the parser in use during the test."""
    if request.param == "libyaml" and yaml_parser.libyaml() is None:
        pytest.skip("PyYAML är byggt utan libyaml")
    chosen = yaml_parser.libyaml() if request.param == "libyaml" else yaml_parser.PureParser
    monkeypatch.setattr(yaml_parser, "parser", chosen)
    places._document.cache_clear()
    yield request.param
    places._document.cache_clear()
