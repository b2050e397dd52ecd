"""`schema`: the file format as JSON Schema, for editors."""

from __future__ import annotations

from typing import Annotated

import typer


def schema(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(metavar="SLAG", help="plan, snabbrapport, blankett, bedomning eller mappning. Utan slag: vilka."),
    ] = "",
    folder: Annotated[
        str, typer.Option("--skriv", metavar="KATALOG", help="Skriv alla scheman i en katalog, över dem som finns där.")
    ] = "",
) -> int:
    """Visa filformatet som JSON Schema, så att redigeraren hjälper till medan du skriver."""
    from uppfoljning.cli.misuse import Misuse, hint, shown
    from uppfoljning.cli.options import directory
    from uppfoljning.cli.output import standard_output, written
    from uppfoljning.domain.synonyms import fold
    from uppfoljning.files.atomic_write import write_all_over
    from uppfoljning.present.views.schema import KINDS, file_name, schema_list, schema_text

    if folder:
        if kind:
            raise Misuse("flaggan --skriv skriver alla scheman. Ta bort slaget.")
        home = directory(ctx) / folder
        files = {file_name(name): schema_text(name).encode() for name in KINDS}
        with written(f"i {shown(folder)}", "Välj en annan katalog", option="--skriv"):
            same = write_all_over(home, files)
        new = [name for name in files if name not in same]
        print(f"Skrev i {shown(folder)}: {', '.join(new)}." if new else f"Alla scheman i {shown(folder)} stämmer redan.")
        return 0
    if not kind:
        screen = standard_output()
        screen.show(schema_list(screen.width))
        return 0
    named = {fold(name): name for name in KINDS}.get(fold(kind))
    if named is None:
        raise Misuse(f"schemat ”{kind}” finns inte{hint(kind, KINDS)}")
    print(schema_text(named), end="")
    return 0
