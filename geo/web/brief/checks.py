"""The picture drawn once, and what a careful reader would ask of it, as `geo.brief.checks` and the grades have it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from geo.brief import checks
from geo.brief.formats.images import encode
from geo.brief.outputs import carry_of
from geo.brief.plate import captions
from geo.brief.plate.figure import compose
from geo.brief.plate.projection import MapView
from geo.brief.plate.viewfinder import Spot, spots
from geo.safe_text import web_link
from geo.web.brief.picture import Made
from geo.web.shared.cache import cache_for


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """png: the very file that PNG gives. reports: ids of those behind the picture; unlinked: how many have no link.

    view: of the map, the first of several; spots: where its words stand; size: of the frame. Layout px.
    """

    png: bytes
    title: str
    description: str
    reports: tuple[str, ...]
    unlinked: int
    told: tuple[str, ...]
    view: MapView
    spots: tuple[Spot, ...]
    size: tuple[float, float]


def preview(made: Made) -> Preview:
    """The picture, drawn where it was not drawn before. Raises BriefError."""
    return cache_for(private=made.base.private).get("picture", made.key, lambda: _drawn(made))


def _drawn(made: Made) -> Preview:
    plate = made.shown.plate
    drawn = compose(plate)
    rows = checks.behind(plate)
    size = plate.frame.layout
    reports = plate.scene.reports
    return Preview(
        encode(drawn, plate, "png", _carried(made)),
        drawn.title,
        drawn.description,
        tuple(str(reports.id[row]) for row in rows),
        sum(web_link(str(reports.url[row])) is None for row in rows),
        tuple(checks.told(plate, drawn)),
        drawn.panels[0].view,
        spots(drawn.layout, size),
        size,
    )


def _carried(made: Made) -> dict[str, str]:
    if made.base.why:
        return {}
    return carry_of(made.shown.brief, (made.shown,), "png")


def warnings(found: Preview, graded: Collection[str]) -> list[str]:
    """Sentences about the picture. graded: ids of the reports with a grade."""
    told = list(found.told)
    count = len(found.reports)
    if count and found.unlinked:
        told.append(f"{found.unlinked} of {captions.several(count, 'report')} behind it have no link to their source.")
    if bare := sum(each not in graded for each in found.reports):
        told.append(
            f"{bare} of {captions.several(count, 'report')} behind it are not graded yet: see the Evidence page."
        )
    return told
