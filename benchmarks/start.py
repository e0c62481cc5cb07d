"""What it takes to start: processor time of whole processes, beside a bare typer program and `import pandas`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import targets
from benchmarks.figures import Figure

ROOT = Path(__file__).parents[1]
FILE = "origin,destination,depart,containers\nNajin,Vladivostok,2023-09-07,about 300\n"
TYPER = """import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def one(name: str = "") -> None: ...


@app.command()
def other(name: str = "") -> None: ...


app()
"""
WAYBILL = ("-m", "geo.cli")


def start_figures(folder: Path, repeat: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """`import geo`, `waybill --help`, and `waybill check` of one row."""
    say("start: import geo, waybill --help, waybill check of one row")
    file, program = folder / "start.csv", folder / "bare.py"
    file.write_text(FILE, "utf-8")
    program.write_text(TYPER, "utf-8")
    pandas_s = _seconds(["-c", "import pandas"], folder, repeat)
    typer_s = _seconds([str(program), "--help"], folder, repeat)
    lines = (
        ("import geo", ["-c", "import geo"], pandas_s, "import pandas", targets.import_geo()),
        ("waybill --help", [*WAYBILL, "--help"], typer_s, "a bare typer program", targets.help_of_commands()),
        ("waybill check", [*WAYBILL, "check", str(file)], pandas_s, "import pandas", targets.check_of_a_row()),
    )
    for name, arguments, beside, peer, target in lines:
        ours = _seconds(arguments, folder, repeat)
        yield Figure(1, name, "s", ours, beside, peer, target, "processor time of a process", of="row")


def _seconds(arguments: Sequence[str], folder: Path, repeat: int) -> float | None:
    """The median of user and system seconds of a Python process; None where the system does not tell."""
    if not hasattr(os, "wait4"):
        return None
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Compiled once, as in any installation: the first run is not counted.
    environment |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": str(ROOT)}
    environment["WAYBILL_LIBRARY"] = str(folder / "library")
    spent = []
    for _ in range(repeat + 1):
        process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"python {' '.join(arguments)} ended with {process.returncode}")
        spent.append(used.ru_utime + used.ru_stime)
    return statistics.median(spent[1:])
