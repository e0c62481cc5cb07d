"""`make bench`, or `python -m benchmarks`: the options, and the order of things."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from benchmarks.browser import chromium, renderer
from benchmarks.figures import Figure
from benchmarks.machine import load, machine
from benchmarks.published import write_peers
from benchmarks.report import show, write_json
from benchmarks.run import APART, GROUPS, PEER_SIZES, SIZES, Run, Settings
from benchmarks.served import served
from benchmarks.views import WORLD, Size

BUSY = 0.5
"""Processes per processor before we start, above which figures are called noisy."""


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError:
        sizes = ()
    if not sizes or sizes[0] < 1 or sizes[-1] > 10_000_000:
        raise typer.BadParameter("give numbers of legs from 1 to 10,000,000, separated by commas")
    return sizes


def _only(text: str) -> frozenset[str]:
    wanted = frozenset(part.strip() for part in text.split(","))
    known = (*GROUPS, *APART)
    if unknown := wanted - set(known):
        raise typer.BadParameter(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    return wanted


def main(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    json: Annotated[Path | None, typer.Option(help="Write all figures to this file.")] = None,
    only: Annotated[str, typer.Option(help=f"Which of {','.join((*GROUPS, *APART))}.")] = ",".join(GROUPS),
    sizes: Annotated[str, typer.Option(help="Numbers of legs; of peers 10000,100000 where left out.")] = "",
    repeat: Annotated[int, typer.Option(min=1, max=9, help="Visits and calls that a median is of.")] = 3,
    map: Annotated[str, typer.Option(help="CSS px of the map, the same for all.")] = "820x482",  # noqa: A002
    moments: Annotated[str, typer.Option(help="Departures at whole days, or at minutes.")] = "days",
    sessions: Annotated[int, typer.Option(min=1, max=1_000, help="Opened and closed, in group sessions.")] = 50,
    gpu: Annotated[bool, typer.Option("--gpu", help="Draw on the GPU; software GL without.")] = False,
    publish: Annotated[bool, typer.Option("--publish", help="Write what is published to docs/benchmarks.md.")] = False,
) -> None:
    """Measures Waybill beside its peers. README.md in this folder tells what each figure means."""
    if moments not in ("days", "minutes"):
        raise typer.BadParameter("days or minutes")
    kept: Literal["days", "minutes"] = "minutes" if moments == "minutes" else "days"
    wanted = _only(only)
    many = _sizes(sizes) if sizes else PEER_SIZES if wanted <= set(APART) else SIZES
    settings = Settings(many, wanted, Size.read(map), WORLD, kept, repeat, gpu, sessions)
    console, began = _console(), time.monotonic()
    before = load()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        run = Run(settings, Path(folder), lambda words: console.print(f"== {words}", style="dim", highlight=False))
        drawing, program = "not used", "not used"
        if settings.drives_chromium:
            run.browser = stack.enter_context(chromium(gpu=gpu))
            drawing, program = renderer(run.browser), run.browser.version
        if settings.opens_pages:
            run.address = stack.enter_context(served(run.folder)).address
        figures: list[Figure] = list(run.figures())
    about = machine(drawing, program)
    notes = [_conditions(settings, before, int(about["cpus"]), time.monotonic() - began), *run.notes]
    show(console, figures, about, notes)
    if publish and run.peers:
        write_peers(run.peers, about, settings, notes[0])
    if json:
        write_json(json, figures, about, notes)


def _console() -> Console:
    # Where nobody looks on, such as in a log, rich would take 80 columns.
    console = Console()
    return console if console.is_terminal else Console(width=120)


def _conditions(settings: Settings, before: float | None, cpus: int, seconds: float) -> str:
    said = f"Map {settings.size.width}x{settings.size.height}, medians of {settings.repeat}, {seconds:.0f} s in all."
    if before is not None:
        said += f" Load before the start {before:g} on {cpus} processors"
        said += (
            "; other programs were using them, so that times are noisy and too long." if before > BUSY * cpus else "."
        )
    return said


if __name__ == "__main__":
    typer.run(main)
