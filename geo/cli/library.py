"""`waybill library …`: what is kept, what happened to it, and whether it is whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import (
    LONGEST_SENTENCE,
    NOTHING,
    Heading,
    counted,
    ended_in_words,
    list_lines,
    reason_and_hint,
    say,
    show_problems,
    shown,
    tell,
    watched,
)

if TYPE_CHECKING:
    from geo.library import Fault, HistoryEntry, Import

library = typer.Typer(
    help="What was loaded: list it, withdraw it, check that it is intact.", no_args_is_help=True, rich_markup_mode=None
)
Id = Annotated[str, typer.Argument(metavar="ID", help="The import's id, or the beginning of it.")]
Why = Annotated[str, typer.Option("--why", help="For the history.")]
AsJson = Annotated[bool, typer.Option("--json", help="Everything as JSON.")]
WHOLE = "Nothing was changed."


@library.command(name="list")
def list_imports(as_json: AsJson = False) -> None:
    """List all imports, in the order they were made. Piped on, it is a line for each: cells between tabs."""
    with ended_in_words(_told, WHOLE):
        from geo.library import Library

        opened = Library.open()
        imports, unlisted = opened.imports(), opened.unlisted()
        if as_json:
            typer.echo(json.dumps([import_json(made) for made in imports]))
        elif not imports:
            tell(f"No import is kept in {shown(opened.where, LONGEST_SENTENCE)} yet. `waybill load FILE` keeps one.")
        else:
            _show_imports(imports)
        for fault in unlisted:
            say(f"{fault.id} is not listed: {shown(fault.what, LONGEST_SENTENCE)}")
        if unlisted:
            raise typer.Exit(NOTHING)


@library.command()
def show(identifier: Id, as_json: AsJson = False) -> None:
    """Show one import: where it is from, how it was read, its problems, and what happened to it."""
    with ended_in_words(_told, WHOLE):
        from geo.library import Library

        opened = Library.open()
        made = opened.get(identifier)
        history = [entry for entry in opened.history() if entry.id == made.id]
        mapping, dialect = opened.mapping(made.id), opened.dialect(made.id)
        if as_json:
            more = {"mapping": mapping.as_json(), "dialect": dialect.as_json(), "history": [_entry(e) for e in history]}
            typer.echo(json.dumps(import_json(made) | more))
            return
        counts = f"{counted(made.rows, 'row')} read, {made.kept:,} kept, {made.set_aside:,} set aside"
        tell(f"{made.id}: {shown(made.name)} ({made.kind}): {counts}")
        tell(f"SHA-256 {made.sha256}, by Waybill {shown(made.version)}")
        tell("Columns: " + ", ".join(f"{shown(header)} → {column}" for header, column in mapping.columns.items()))
        for entry in history:
            why = f": {shown(entry.why, LONGEST_SENTENCE)}" if entry.why else ""
            tell(f"{entry.when:%Y-%m-%d %H:%M} UTC {entry.what}{why}")
        if problems := opened.problems(made.id):
            show_problems(problems)


@library.command()
def withdraw(identifier: Id, why: Why = "", as_json: AsJson = False) -> None:
    """Take an import back. It stays in the library, and `restore` takes it in again."""
    _change(identifier, why, "withdraw", as_json=as_json)


@library.command()
def restore(identifier: Id, why: Why = "", as_json: AsJson = False) -> None:
    """Take a withdrawn import in again."""
    _change(identifier, why, "restore", as_json=as_json)


@library.command()
def verify(as_json: AsJson = False) -> None:
    """Compute all hashes anew, and name what is missing or changed.

    Remnants of imports that were cut short are named too: they do not count, and harm nothing.

    Exit code: 0 all is whole, 2 something is not.
    """
    with ended_in_words(_told, WHOLE):
        from geo.library import Library

        opened = Library.open()
        with watched("library") as progress:
            faults = opened.verify(progress)
        if as_json:
            typer.echo(json.dumps([asdict(fault) for fault in faults]))
        else:
            _show_faults(faults, len(opened.imports()))
        if any(fault.severity == "fault" for fault in faults):
            raise typer.Exit(NOTHING)


@library.command()
def export(
    identifier: Id,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Made if it is not there.")],
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write an import's original, its rows, those set aside, its problems and its mapping into a folder."""
    with ended_in_words(_told, "Files in the folder are complete."):
        from geo.library import Library
        from geo.library.export import export as write_export

        written = [str(path) for path in write_export(Library.open(), identifier, folder, replace=force)]
        if as_json:
            typer.echo(json.dumps(written))
        else:
            for path in written:
                tell(f"Written: {shown(path, LONGEST_SENTENCE)}")


def import_json(made: Import) -> dict[str, object]:
    """What `list` says of an import; the sizes of its parts are the manifest's matter."""
    names = ("id", "name", "kind", "rows", "kept", "set_aside", "warnings", "sha256", "version", "withdrawn")
    return {name: getattr(made, name) for name in names} | {"made": made.made.isoformat()}


def _change(identifier: str, why: str, what: str, *, as_json: bool) -> None:
    with ended_in_words(_told, WHOLE):
        from geo.library import Library

        opened = Library.open()
        before = opened.get(identifier)
        made = opened.withdraw(before.id, why) if what == "withdraw" else opened.restore(before.id, why)
        if as_json:
            typer.echo(json.dumps(import_json(made)))
            return
        state = "withdrawn" if made.withdrawn else "in the library"
        changed = "is now" if made.withdrawn != before.withdrawn else "was already"
        tell(f"{made.id} ({shown(made.name)}) {changed} {state}.")


def _show_imports(imports: list[Import]) -> None:
    list_lines(
        [
            Heading("id", whole=True),
            Heading("made, UTC", whole=True),
            Heading("file", 40),
            Heading("kind"),
            Heading("kept", right=True),
            Heading("set aside", right=True),
            Heading("", whole=True),
        ],
        [
            (
                made.id,
                f"{made.made:%Y-%m-%d %H:%M}",
                shown(made.name),
                made.kind,
                f"{made.kept:,}",
                f"{made.set_aside:,}",
                "withdrawn" if made.withdrawn else "",
            )
            for made in imports
        ],
    )


def _show_faults(faults: list[Fault], imports: int) -> None:
    for fault in faults:
        where = " ".join(filter(None, (fault.id, shown(fault.part, LONGEST_SENTENCE))))
        note = "Note: " if fault.severity == "note" else ""
        tell(f"{note}{where}: {shown(fault.what, LONGEST_SENTENCE)}")
    wrong = sum(fault.severity == "fault" for fault in faults)
    tell(f"{counted(imports, 'import')}: {counted(wrong, 'fault') if wrong else 'every part is intact'}.")


def _entry(entry: HistoryEntry) -> dict[str, str]:
    return {"when": entry.when.isoformat(), "what": entry.what, "why": entry.why}


def _told(error: Exception) -> None:
    reason, hint = reason_and_hint(error)
    say(shown(f"{reason}. {hint}".strip(), LONGEST_SENTENCE))
