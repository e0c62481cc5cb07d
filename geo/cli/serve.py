"""`waybill serve`: the page, served on this machine, or to a team."""

from __future__ import annotations

import os
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from geo import hosts
from geo.cli.console import NOTHING, say
from geo.errors import HostError

HERE = "127.0.0.1"


def serve(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = False,
    address: Annotated[
        str,
        typer.Option(
            envvar="STREAMLIT_SERVER_ADDRESS",
            metavar="IP",
            help="Address of this machine to listen at; 0.0.0.0 is all of them, for a team.",
        ),
    ] = HERE,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=f"Name or address by which others open the page; may be repeated. Or set {hosts.VARIABLE}.",
        ),
    ] = None,
) -> None:
    """Show the page at http://localhost:PORT."""
    page = _page()
    if page is None:
        say("app.py is not there. Install Waybill again, or run this in the repository.")
        raise typer.Exit(NOTHING)
    further = _further_names(address, allow_host or [])
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += [f"--server.port={port}", f"--server.address={address}", f"--server.headless={str(not browser).lower()}"]
    command += ["--browser.gatherUsageStats=false"]
    if not ip_address(address).is_loopback:
        say(_said_of_team(address, port, further))
        # What Streamlit prints and a browser opens.
        command += [f"--browser.serverAddress={_in_address((further or ['localhost'])[0])}"]
    environment = {**os.environ, hosts.VARIABLE: ",".join(further)}
    # Streamlit looks for .streamlit/config.toml in the working folder.
    os.chdir(page.parent)
    if os.name == "posix":
        # In place of this process, so that a signal sent to it reaches the server.
        os.execve(sys.executable, command, environment)  # noqa: S606 -- a fixed command, no shell
    raise typer.Exit(subprocess.call(command, env=environment))  # noqa: S603 -- the same


def _page() -> Path | None:
    """app.py of the installed wheel, or of the checkout; beside an installed package lies anybody's."""
    package = Path(__file__).resolve().parent.parent
    return next((page for page in (package / "app.py", package.parent / "app.py") if page.is_file()), None)


def _further_names(address: str, allowed: list[str]) -> list[str]:
    """The names beside the loopback ones: as given, and the address itself where it is a single one."""
    try:
        single = [] if ip_address(address).is_unspecified else [address]
    except ValueError:
        raise typer.BadParameter(
            f"{address!r} is not an IP address. Give one of this machine, or 0.0.0.0 for all; names go to --allow-host."
        ) from None
    try:
        given = hosts.given_names(allowed)
    except HostError as error:
        raise typer.BadParameter(f"--allow-host: {error}") from None
    try:
        names = hosts.answered(os.environ)
    except HostError as error:
        raise typer.BadParameter(f"{hosts.VARIABLE}: {error}") from None
    return sorted((names | given | hosts.given_names(single)) - hosts.LOOPBACK)


def _said_of_team(address: str, port: int, further: list[str]) -> str:
    """What a server that other machines reach will answer."""
    if not further:
        answers = (
            "It answers only to localhost, 127.0.0.1 and [::1], so nobody on another machine can open it yet: "
            "give the name that they will use with --allow-host NAME"
        )
    else:
        named = ", ".join(_in_address(name) for name in further)
        answers = f"It answers to localhost, 127.0.0.1, [::1] and {named}; any other name is refused"
    return (
        f"Listening at {address}, port {port}. {answers}. "
        "There are no accounts: everyone who can open the page sees all that is loaded, and can load and withdraw."
    )


def _in_address(name: str) -> str:
    """A name as it stands in a web address."""
    return f"[{name}]" if ":" in name else name
