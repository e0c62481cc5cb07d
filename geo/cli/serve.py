"""`waybill serve`: the page, served on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.ending import NOTHING
from geo.cli.showing import say


def serve(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = False,
) -> None:
    """Show the page at http://localhost:PORT."""
    page = _page()
    if page is None:
        say("app.py is not there. Install Waybill again, or run this in the repository.")
        raise typer.Exit(NOTHING)
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
    package = Path(__file__).resolve().parent.parent
    return next((page for page in (package.parent / "app.py", package / "app.py") if page.is_file()), None)
