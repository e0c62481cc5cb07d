"""What the page shows, as a brief and its pictures: the same brief gives the same bytes on the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import formatting
from geo.arrays import ONE_DAY
from geo.brief import checks
from geo.brief.formats.images import encode
from geo.brief.outputs import Format, Output, carry_of, render
from geo.brief.pictures import Picture, picture, prepared, said
from geo.brief.plate import captions, headline
from geo.brief.plate.callouts import Boxed
from geo.brief.plate.figure import compose
from geo.brief.plate.plate import Callout
from geo.brief.plate.projection import MapView
from geo.brief.plate.viewfinder import Handle, spots
from geo.brief.scenes import selection
from geo.brief.spec.brief import Brief, Choice, DataRef, completed
from geo.brief.spec.data import noted
from geo.brief.spec.keys import UNSTATED
from geo.data_folder import BUNDLED
from geo.dataset.dataset import DataSet
from geo.dataset.parts import Part
from geo.errors import GeoError
from geo.explain.routes import Grounds
from geo.library.package import tool_version
from geo.safe_text import web_link
from geo.scene.paths import with_routes
from geo.scene.style import scale
from geo.web.shared import session
from geo.web.shared.cache import SHARED, cache_for
from geo.web.shared.link import Filters
from geo.web.shared.long_work import watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.brief.plate.plate import Plate
    from geo.scene.scene import Scene


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """The data behind the picture, whatever its words and its frame.

    brief: complete, and plain beside data and filters. why: a sentence where the brief cannot say what is shown, so
    that the picture is made of the page's own scene and carries no brief; else "". grounds: what its figures rest on.
    private: it may be of what only this session holds.
    """

    scene: Scene
    brief: Brief
    data_hash: str
    why: str
    grounds: Grounds
    private: bool = False


def base(chosen: Filters, tables: DataSet, shown: session.Shown, parts: Sequence[Part]) -> Base:
    """What the page shows as a brief says it, or else as the page has it."""
    why = _unsaid(chosen, parts)
    # Those of the page in any case: a brief rests on the same, and the cache of its scene need not hold the tables.
    grounds = shown.grounds(tables, chosen)
    if not why:
        try:
            asked = _brief(chosen, parts)
            # The key of the page's tables changes with the library.
            scene, brief, digest = SHARED.get(
                "base of a brief", (asked.toml(), tables.key), lambda: _base(asked, tables)
            )
            return Base(scene, brief, digest, "", grounds)
        except GeoError as error:
            why = str(error)
    digest = _digest(chosen, tables)
    return Base(shown.scene, Brief(version=tool_version(), unit=chosen.unit), digest, why, grounds, tables.private)


def _base(asked: Brief, tables: DataSet) -> tuple[Scene, Brief, str]:
    made = watched("Reconciling", f"{tables.key}-{asked.sha256}", lambda progress: prepared(asked, progress=progress))
    return made.scene, made.brief, made.pictures[0].plate.data_hash


def facts_of(chosen: Filters, tables: DataSet, parts: Sequence[Part]) -> dict[str, str]:
    """What a picture that the browser makes of the map says of itself: the version, the hash of the data, and a brief.

    As those of `base`, but made of what is at hand, without reading or reconciling anything. brief: "" where none can
    say what is shown.
    """
    if not _unsaid(chosen, parts):
        try:
            asked = _brief(chosen, parts)
            brief, digest = SHARED.get("facts of a map", (asked.toml(), tables.key), lambda: _noted(asked, parts))
            return {"version": tool_version(), "data": digest, "brief": brief}
        except GeoError:
            pass
    return {"version": tool_version(), "data": _digest(chosen, tables), "brief": ""}


def _noted(asked: Brief, parts: Sequence[Part]) -> tuple[str, str]:
    refs, gazetteer, digest = noted(asked, {part.id: part for part in parts})
    return completed(asked, data=refs, version=tool_version(), gazetteer=gazetteer).toml(), digest


def _digest(chosen: Filters, tables: DataSet) -> str:
    return hashlib.sha256(f"{tables.key} {chosen!r}".encode()).hexdigest()


def _unsaid(chosen: Filters, parts: Sequence[Part]) -> str:
    """Why no brief can say what is shown; "" where one can."""
    if chosen.reliability or chosen.credibility:
        return "A brief does not filter by grade."
    if any(part.private for part in session.chosen_parts(parts, chosen.data)):
        return "What only this session holds is not in the library."
    return ""


def _brief(chosen: Filters, parts: Sequence[Part]) -> Brief:
    filters = Choice(
        origin=chosen.origin,
        destination=chosen.destination,
        mode=tuple(each or UNSTATED for each in chosen.mode),
        cargo=chosen.cargo,
        claimant=chosen.claimant,
        without_claimant=chosen.without_claimant,
        without_report=chosen.without_report,
        same=chosen.same,
        separate=chosen.separate,
        apart=chosen.apart,
        running=chosen.running,
        not_running=chosen.not_running,
        about=chosen.about,
    )
    return Brief(data=_data(chosen.data, parts), unit=chosen.unit, filters=filters)


def filters_of(brief: Brief, data: str) -> Filters:
    """What the page filters by for a brief of a data set: the way back from `_brief`."""
    chosen = selection(brief)
    return Filters(data=data, unit=brief.unit, **{each.name: getattr(chosen, each.name) for each in fields(chosen)})


def _data(chosen: str, parts: Sequence[Part]) -> tuple[DataRef, ...]:
    ids = dict.fromkeys(part.id for part in session.chosen_parts(parts, chosen))
    return tuple(DataRef("set" if each in BUNDLED else "import", each) for each in ids)


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """The pictures of a brief on one base: the one that is shown, and one for each moment."""

    base: Base
    brief: Brief
    shown: Picture
    apart: tuple[Picture, ...]

    @property
    def key(self) -> str:
        """Tells it from every other."""
        return f"{self.brief.sha256}-{self.base.data_hash}"

    def content(self, form: Format, progress: Callable[[float], None] | None = None) -> bytes:
        """The bytes of a file, as `waybill brief` makes them. Raises BriefError."""
        pictures = self.apart if form.takes == "moments" else (self.shown,)
        if self.base.why:
            return form.render(pictures, form.name, {}, progress or _untold)
        brief = self.shown.brief if len(pictures) == 1 else self.brief
        return render(Output(Path(f"brief.{form.suffixes[0]}"), form, pictures, brief), progress or _untold)


def make(
    on: Base, asked: Mapping[str, Any], *, slide_each: bool = False, callouts: tuple[Callout, ...] = ()
) -> Pictures:
    """asked: values for keys of a brief, raw as in a file. Raises BriefError, also for what no picture can show."""
    brief = said(on.brief, asked)
    brief = replace(brief, together=len(brief.moments) > 1, callouts=callouts)
    scene = _scene_of(on, brief)
    shown = picture(brief, scene, brief.moments, on.data_hash, on.grounds)
    if not slide_each or len(brief.moments) < 2:
        return Pictures(on, brief, shown, (shown,))
    each = replace(brief, together=False)
    return Pictures(
        on, each, shown, tuple(picture(each, scene, (moment,), on.data_hash, on.grounds) for moment in brief.moments)
    )


def _scene_of(on: Base, brief: Brief) -> Scene:
    """The scene with the brief's widths, and with what it draws between places."""
    scene, style = on.scene, on.scene.style
    if (brief.width or brief.scale) and style.full_volume > 0:
        own = scale(0.0, brief.scale or style.full_volume, width=brief.width or style.full_width)
        scene = replace(scene, style=replace(own, opacity=style.opacity))
    if brief.paths != "routes":
        return scene
    key = (on.data_hash, brief.unit, on.brief.sha256, brief.width, brief.scale)

    def routed() -> Scene:
        work = f"routes-{'-'.join(map(str, key))}"
        return watched("Looking for routes by sea", work, lambda progress: with_routes(scene, progress))

    return cache_for(private=on.private).get("routes of a brief", key, routed)


def title_of(made: Pictures) -> str:
    """The title that the data make."""
    return headline.title(made.shown.plate)


def moment_of(scene: Scene, moment: int) -> list[str]:
    """Epoch seconds -> the moment as a brief has it: a day for the midnight that ends it; none for the end."""
    if moment >= int(scene.start.timestamp()) + scene.seconds:
        return []
    when = datetime.fromtimestamp(moment, UTC)
    if (when.hour, when.minute, when.second) == (0, 0, 0) and when - ONE_DAY >= scene.start:
        return [f"{when - ONE_DAY:%Y-%m-%d}"]
    return [f"{when:%Y-%m-%dT%H:%M:%SZ}"]


def window_of(seconds: float) -> str:
    """Seconds -> "36h", "30d"; an hour at least."""
    hours = max(1, round(seconds / 3_600))
    return f"{hours // 24}d" if hours % 24 == 0 else f"{hours}h"


def _untold(share: float) -> None:
    del share


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """png: the very file that PNG gives. reports: ids of those behind the picture; unlinked: how many have no link.

    view: of the map, the first of several; spots: where its words stand; callouts: where the author's notes on that map
    stand; size: of the frame. Layout px.
    """

    png: bytes
    title: str
    description: str
    reports: tuple[str, ...]
    unlinked: int
    told: tuple[str, ...]
    view: MapView
    spots: tuple[Handle, ...]
    callouts: tuple[Boxed, ...]
    size: tuple[float, float]


def preview(made: Pictures) -> Preview:
    """The picture, drawn where it was not drawn before. Raises BriefError."""
    return cache_for(private=made.base.private).get("picture", made.key, lambda: _drawn(made))


def _drawn(made: Pictures) -> Preview:
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
        (*checks.told(plate, drawn), *not_latest(plate)),
        drawn.panels[0].view,
        spots(drawn.layout, size),
        drawn.panels[0].callouts,
        size,
    )


def not_latest(plate: Plate) -> list[str]:
    """A sentence where the data go on after the picture: whoever left the clock somewhere may not know."""
    scene = plate.scene
    if plate.moments[-1] >= scene.seconds:
        return []
    last = formatting.day(scene.start + timedelta(seconds=scene.seconds - 1))
    return [f"This is not the latest moment: the data run to {last}."]


def _carried(made: Pictures) -> dict[str, str]:
    if made.base.why:
        return {}
    return carry_of(made.shown.brief, (made.shown,), "png")


def warnings(found: Preview, graded: Collection[str]) -> list[str]:
    """Sentences about the picture. graded: ids of the reports with a grade."""
    told = list(found.told)
    behind = f"{captions.several(len(found.reports), 'report')} behind it"
    if found.reports and found.unlinked:
        have = "has no link to its source" if found.unlinked == 1 else "have no link to their source"
        told.append(f"{found.unlinked} of {behind} {have}.")
    if bare := sum(each not in graded for each in found.reports):
        told.append(f"{bare} of {behind} {'is' if bare == 1 else 'are'} not graded yet: see the Evidence page.")
    return told
