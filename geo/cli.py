"""The command line: `waybill check FILE` and `waybill serve`.

Exit codes of check: 0 all rows kept, 1 some set aside, 2 the file cannot be read. What comes from a file is shown as
text: markup, escape sequences and invisible characters in it have no effect on the terminal.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from geo.errors import UnreadableFile
from geo.evidence.problems import Problem
from geo.evidence.reading import Reading, read

SHOWN = 40
"""So many problems are listed for a reader; --json has them all."""
LONGEST_CELL = 60
LONGEST_SENTENCE = 400
"""Characters shown of a cell and of a sentence."""
KEPT, SET_ASIDE, UNREADABLE = 0, 1, 2

app = typer.Typer(
    help="Waybill maps reported shipments. A picture never says more than the reports do.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class KindName(StrEnum):
    """What a file holds."""

    LEGS = "legs"
    TOTALS = "totals"
    PLACES = "places"
    EVENTS = "events"


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A CSV in Waybill's own columns.")],
    kind: Annotated[KindName | None, typer.Option(help="What it holds; told from its header when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Read a CSV and say which rows cannot be taken, and why.

    Exit code: 0 all rows kept, 1 some set aside, 2 the file cannot be read.
    """
    try:
        reading = read(file, kind.value if kind else None)
    except UnreadableFile as error:
        _unreadable(file, kind, error.reason, error.hint, as_json=as_json)
    except Exception as error:  # noqa: BLE001 -- whatever a file does to a parser, its reader gets words, not a traceback
        reason = f"reading it failed ({type(error).__name__}: {error})"
        _unreadable(file, kind, reason, "This is a fault of Waybill; please report it.", as_json=as_json)
    else:
        if as_json:
            typer.echo(json.dumps(_report(file, reading)))
        else:
            _show(file, reading)
        raise typer.Exit(SET_ASIDE if len(reading.set_aside) else KEPT)


@app.command()
def serve(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = False,
) -> None:
    """Show the page at http://localhost:PORT."""
    page = _page()
    if page is None:
        _say("app.py is not there. Install Waybill again, or run this in the repository.")
        raise typer.Exit(UNREADABLE)
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += [f"--server.port={port}", f"--server.headless={str(not browser).lower()}"]
    command += ["--browser.gatherUsageStats=false"]
    # Streamlit looks for .streamlit/config.toml in the working folder.
    os.chdir(page.parent)
    if os.name == "posix":
        # In place of this process, so that a signal sent to it reaches the server.
        os.execv(sys.executable, command)  # noqa: S606 -- a fixed command, no shell
    raise typer.Exit(subprocess.call(command))  # noqa: S603 -- the same


def _page() -> Path | None:
    """app.py of the checkout, or of the installed wheel."""
    package = Path(__file__).resolve().parent
    return next((page for page in (package.parent / "app.py", package / "app.py") if page.is_file()), None)


def _report(file: Path, reading: Reading) -> dict[str, object]:
    return {
        "file": str(file),
        "kind": reading.kind,
        "sha256": reading.sha256,
        "rows": reading.rows,
        "kept": len(reading.table),
        "set_aside": len(reading.set_aside),
        "problems": [asdict(problem) for problem in reading.problems],
    }


def _unreadable(file: Path, kind: KindName | None, reason: str, hint: str, *, as_json: bool) -> None:
    """Says why, and ends with exit code 2. As JSON the reason is the one problem, of row 0."""
    if as_json:
        problem = Problem(0, "", "", reason, hint)
        report = {"file": str(file), "kind": kind.value if kind else None, "sha256": None, "rows": 0, "kept": 0}
        typer.echo(json.dumps(report | {"set_aside": 0, "problems": [asdict(problem)]}))
    else:
        _say(f"{shown(str(file))}: {shown(reason, LONGEST_SENTENCE)}. {shown(hint, LONGEST_SENTENCE)}")
    raise typer.Exit(UNREADABLE)


def _say(sentence: str) -> None:
    Console(stderr=True, highlight=False).print(Text(sentence), soft_wrap=True)


def _show(file: Path, reading: Reading) -> None:
    console = Console(highlight=False)
    counts = f"{reading.rows:,} rows read, {len(reading.table):,} kept, {len(reading.set_aside):,} set aside"
    console.print(Text(f"{shown(str(file))} ({reading.kind}): {counts}"), soft_wrap=True)
    if reading.ignored:
        names = ", ".join(shown(name) for name in reading.ignored)
        console.print(Text(f"Columns that are not ours, ignored: {names}"), soft_wrap=True)
    if not reading.problems:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("column", no_wrap=True)
    table.add_column("given", overflow="fold", max_width=28)
    table.add_column("what is wrong, and what to do", overflow="fold")
    for problem in reading.problems[:SHOWN]:
        advice = shown(f"{problem.rule}. {problem.hint}", LONGEST_SENTENCE)
        cells = (str(problem.row), problem.column, shown(problem.given), advice[:1].upper() + advice[1:])
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    if len(reading.problems) > SHOWN:
        more = f"… and {len(reading.problems) - SHOWN:,} more; --json lists them all."
        console.print(Text(more), soft_wrap=True)


def shown(text: str, longest: int = LONGEST_CELL) -> str:
    """Text from outside as it can be printed, shortened; control, invisible and bidirectional marks as \\u202e."""
    visible = "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape", "surrogatepass").decode("ascii") for mark in text
    )
    return visible if len(visible) <= longest else visible[: longest - 1] + "…"


if __name__ == "__main__":
    app()
