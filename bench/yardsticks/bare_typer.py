"""The least that a program on typer can be: two commands that do nothing."""

import typer

app = typer.Typer()


@app.command()
def one(name: str = "a") -> None:
    """One."""


@app.command()
def two() -> None:
    """Two."""


app()
