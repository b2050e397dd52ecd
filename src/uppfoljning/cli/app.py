"""The program: its commands, each in a file of its own."""

from __future__ import annotations

from uppfoljning.cli import swedish
from uppfoljning.cli.deviations import avvikelser
from uppfoljning.cli.diff import diff
from uppfoljning.cli.explain import underlag
from uppfoljning.cli.history import historik
from uppfoljning.cli.init import init
from uppfoljning.cli.judge import bedom
from uppfoljning.cli.options import program
from uppfoljning.cli.outstanding import saknas
from uppfoljning.cli.rule import regel
from uppfoljning.cli.status import status
from uppfoljning.cli.validate import validera

app = swedish.app(
    help="Följ upp vad ni lovat: planer och snabbrapporter i en mapp blir en uppföljning som går att lita på.",
    callback=program,
)
app.command("status", cls=swedish.Command)(status)
app.command("avvikelser", cls=swedish.Command)(avvikelser)
app.command("saknas", cls=swedish.Command)(saknas)
app.command("diff", cls=swedish.Command)(diff)
app.command("underlag", cls=swedish.Command)(underlag)
app.command("historik", cls=swedish.Command)(historik)
app.command("bedom", cls=swedish.Command)(bedom)
app.command("init", cls=swedish.Command)(init)
app.command("validera", cls=swedish.Command)(validera)
app.command("regel", cls=swedish.Command)(regel)
