"""The command line: `waybill check`, `load`, `library`, `volumes`, `brief` and `serve`.

Exit codes: 0 all rows kept, 1 some set aside, 2 nothing could be done, 130 stopped by Ctrl+C. What comes from a file is
shown as text: markup, escape sequences and invisible characters in it have no effect on the terminal.
"""

from __future__ import annotations

import typer

from geo.cli.brief import brief
from geo.cli.check import check
from geo.cli.library import library
from geo.cli.load import load
from geo.cli.serve import serve
from geo.cli.volumes import volumes

app = typer.Typer(
    help="Waybill maps reported shipments. A picture never says more than the reports do.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(check)
app.command()(load)
app.add_typer(library, name="library")
app.command()(volumes)
app.command()(brief)
app.command()(serve)
