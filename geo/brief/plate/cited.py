"""Which reports a plate cites, and in which words."""

from __future__ import annotations

from dataclasses import dataclass

from geo.brief.plate.fonts import tame
from geo.safe_text import web_link
from geo.scene.scene import Scene

NOBODY = "Source not named"
MOST_NUMBERS = 3
"""Of reports that are told on one line."""


@dataclass(frozen=True, slots=True)
class Cited:
    """numbers as on the page's cards (row + 1): several where they share a line.

    urls: of each number, "" where there is no web address.
    """

    numbers: tuple[int, ...]
    text: str
    urls: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address that the whole line leads to; "" where its reports have several."""
        return self.urls[0] if len(set(self.urls)) == 1 else ""


def sources(scene: Scene, rows: list[int]) -> list[Cited]:
    """Claimant, outlet and date of each report, and what it says."""
    found = []
    for row, who in zip(rows, _speakers(scene, rows), strict=True):
        summary = tame(str(scene.reports.summary[row]))
        text = f"{who}{f': {summary}' if summary else ''}"
        found.append(Cited((row + 1,), tame(text), (_address(scene, row),)))
    return found


def brief_sources(scene: Scene, rows: list[int]) -> list[Cited]:
    """Date and claimant alone, the date first so that it is never cut; reports that share them share a line: "1, 2"."""
    shared: dict[str, list[int]] = {}
    for row in rows:
        claimant, said_on = (tame(str(column[row]), 160) for column in (scene.reports.claimant, scene.reports.said_on))
        shared.setdefault(", ".join(filter(None, (said_on, claimant or NOBODY))), []).append(row)
    found = []
    for who, of in shared.items():
        for first in range(0, len(of), MOST_NUMBERS):
            part = of[first : first + MOST_NUMBERS]
            urls = tuple(_address(scene, row) for row in part)
            found.append(Cited(tuple(row + 1 for row in part), who, urls))
    return found


def claimant_sources(scene: Scene, rows: list[int], *, years: bool) -> list[Cited]:
    """A line for each claimant with all its reports: from the date of the first to that of the last, or their years."""
    shared: dict[str, list[int]] = {}
    for row in rows:
        shared.setdefault(tame(str(scene.reports.claimant[row]), 160) or NOBODY, []).append(row)
    found = []
    for who, of in shared.items():
        dates = [tame(str(scene.reports.said_on[row]), 160) for row in of]
        told = [date.rpartition(" ")[2] if years else date for date in dates if date]
        span = ("–" if years else " to ").join(dict.fromkeys([*told[:1], *told[-1:]]))
        urls = tuple(_address(scene, row) for row in of)
        found.append(Cited(tuple(row + 1 for row in of), ", ".join(filter(None, (who, span))), urls))
    return found


def _address(scene: Scene, row: int) -> str:
    """Where a line of the sources leads; "" for what is no link."""
    link = web_link(str(scene.reports.url[row]))
    return link.address if link else ""


def _speakers(scene: Scene, rows: list[int]) -> list[str]:
    found, reports = [], scene.reports
    for row in rows:
        claimant, outlet, said_on = (
            tame(str(column[row]), 160) for column in (reports.claimant, reports.outlet, reports.said_on)
        )
        told = (claimant, "" if outlet == claimant else outlet, said_on)
        found.append(", ".join(filter(None, told)) or NOBODY)
    return found
