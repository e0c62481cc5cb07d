"""`waybill demo`: the embedded data as a picture and as an offline page, in the working folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.console import KEPT, LONGEST_SENTENCE, ended_in_words, reason_and_hint, say, shown, tell, watched

NAMES = ("waybill-demo.png", "waybill-demo.html")
NEXT = (
    "Open waybill-demo.html: it plays in any browser, without a server or the internet. Then:",
    "  waybill serve               # the page, to explore and load files",
    "  waybill check YOUR.csv      # what a file of yours is understood to be",
    "  python -c \"import geo; geo.open('YOUR.csv').picture('plate.png')\"",
)


def demo(force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False) -> None:
    """Write the founding article as a picture and as a page that plays offline, into this folder.

    Exit code: 0 written, 2 nothing was written.
    """

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        say(shown(f"{reason}. {hint}".strip(), LONGEST_SENTENCE))

    with ended_in_words(told, "Nothing was written."):
        from geo.brief import outputs
        from geo.brief.pictures import prepared
        from geo.brief.spec.brief import Brief

        targets = [Path(name) for name in NAMES]
        outputs.check_targets(targets, replace=force)
        with watched("demo") as progress:
            planned = outputs.planned(prepared(Brief(), progress=progress), targets)
            outputs.write(planned, replace=force, progress=progress)
        for each in targets:
            tell(f"Written: {each}")
        for line in NEXT:
            say(line)
        raise typer.Exit(KEPT)
