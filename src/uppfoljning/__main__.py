"""`python -m uppfoljning`."""

from uppfoljning.cli.main import entry

entry()
