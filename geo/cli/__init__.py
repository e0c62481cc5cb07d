"""The command line: `waybill check`, `load`, `library`, `volumes`, `explain`, `route`, `sum`, `legs`, `brief`, `demo`,
`serve`.

Exit codes: 0 all rows kept, 1 some set aside, 2 nothing could be done, 130 stopped by Ctrl+C. What comes from a file is
shown as text: markup, escape sequences and invisible characters in it have no effect on the terminal.
"""

from __future__ import annotations

from typing import Annotated

import typer

from geo import __version__
from geo.cli.brief import brief
from geo.cli.check import check
from geo.cli.demo import demo
from geo.cli.explain import explain
from geo.cli.legs import legs
from geo.cli.library import library
from geo.cli.load import load
from geo.cli.route import route
from geo.cli.serve import serve
from geo.cli.sum import sum_
from geo.cli.volumes import volumes

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"waybill {__version__}")
        raise typer.Exit


@app.callback()
def waybill(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Waybill maps reported shipments. A picture never says more than the reports do."""


app.command()(check)
app.command()(load)
app.add_typer(library, name="library")
app.command()(volumes)
app.command()(explain)
app.command()(route)
app.command("sum")(sum_)
app.command()(legs)
app.command()(brief)
app.command()(demo)
app.command()(serve)
