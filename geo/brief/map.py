"""Files -> a map at hand in Python: it draws itself in a notebook, and becomes a picture, a film or an offline page.

shown = geo.open("legs.csv")
shown                                       # in Jupyter and marimo: the player, without a server
shown.at("2023-10-01").picture("plate.png")
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from geo.arrays import ONE_DAY
from geo.brief.plate.plate import Look, Plate, Words, read_frame
from geo.brief.spec import keys
from geo.brief.spec.data import sha256_of
from geo.data_folder import BUNDLED, FOUNDING
from geo.dataset import parts
from geo.dataset.answers import Answers, read_answered
from geo.dataset.dataset import DataSet, data_set
from geo.dataset.selection import Selection, select
from geo.errors import BriefError, SceneError
from geo.gazetteer.places import Places
from geo.library.package import tool_version
from geo.parsing import unit_name
from geo.problems import Problem
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Volumes
from geo.scene import moment as moments
from geo.scene.build import is_drawn, scene_of
from geo.scene.paths import with_routes
from geo.scene.scene import Scene
from geo.timeline import since

if TYPE_CHECKING:
    from geo.brief.plate.difference import RouteDifference
    from geo.explain.explanation import Explanation
    from geo.explain.routes import Grounds
    from geo.scene.deck import Deck
    from geo.tables.read import Reading

HEIGHT_PX = 640
"""Of the map in a notebook."""
_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """Reports of shipments at a moment. `geo.open` makes it; it never changes, and `at` gives another one.

    data      the tables, as `geo.open_data` gives them
    volumes   what the reports say together, in every unit
    scene     what is drawn, in one unit
    moment    before which everything counts, UTC
    window    seconds that a trailing window looks back, or None for everything up to the moment
    readings  what came of each file, with the rows set aside and why
    """

    data: DataSet
    volumes: Volumes
    scene: Scene
    moment: datetime
    window: float | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """Every cell at fault, file by file."""
        return [problem for reading in self.readings for problem in reading.problems]

    def at(self, moment: datetime | str, *, window: str = "") -> Map:
        """The same at another moment: a day, meaning its end, or a time with its zone. window: "30d" for the last 30.

        Raises BriefError for a moment outside the data, MomentError for a datetime without a time zone.
        """
        last = self.scene.start + timedelta(seconds=self.scene.seconds)
        wanted = _instant(moment, self.scene.start, last)
        if not self.scene.start <= wanted <= last:
            rule = f"the data run from {self.scene.start:%Y-%m-%d} to {last - timedelta(seconds=1):%Y-%m-%d}"
            raise BriefError(f"moment {moment}", rule, f"Choose a day within them, such as {_day(last)!r}.")
        length = keys.seconds(window.replace(" ", ""))
        if window and not length:
            raise BriefError(f"window {window!r}", "it is not a length of time", "Write window='30d', '12h' or '2w'.")
        return replace(self, moment=wanted, window=float(length) if length else None)

    def explain(self, flow: str, at: datetime | str | None = None, *, since: str = "", mode: str = "") -> Explanation:
        """Why the figure of a route is what it is: its sums, the reports in them, and what is assumed of them.

        flow: "Rason>Vladivostok", by names or codes, in the unit that is drawn. at: a moment as `Map.at` takes it, its
        own where not given. since: the first day of a period that ends then. mode: where the route has several.
        Raises FlowError, which names the routes that there are; BriefError, MomentError for what is no moment.

        >>> import geo
        >>> why = geo.open("founding").explain("Rason>Vladivostok", "2023-09-06")
        >>> why.high.figure, [(term.report, term.factor * term.figure) for term in why.high.terms]
        (1199.0, [('rok-2000-containers', 2200.0), ('us-1000-containers', -1001.0)])
        """
        from geo.explain.explain import explained

        start = _instant(since) if since else None
        if start and len(since) == len("2023-09-01"):
            start -= ONE_DAY  # a day means its end, and a period that begins on it holds it
        grounds = self._grounds
        return explained(grounds, grounds.route(flow, mode, self.scene.unit), _instant(at or self.moment), start)

    def compare(self, other: datetime | str) -> list[RouteDifference]:
        """Each route at this moment beside another one, the largest first: figures, what moved in between, a sentence.

        other: as `Map.at` takes it. With a window they are two periods, each as long as the window.

        >>> import geo
        >>> geo.open("founding").compare("2023-09-06")[0].sentence.rpartition(". ")[2]
        'In between: 1,001–2,200 containers.'
        """
        from geo.brief.plate import difference
        from geo.scene.comparison import Stretch, compare

        ends = (since(self.scene.start, each.moment) for each in (self, self.at(other)))
        one, two = (Stretch(t, None if self.window is None else t - self.window) for t in ends)
        return difference.routes(self.scene, compare(self.scene, one, two))

    def picture(
        self,
        path: str | Path,
        *,
        beside: datetime | str = "",
        frame: str = "16:9",
        look: Look = "light",
        title: str = "",
        subtitle: str = "",
        note: str = "",
        handling: str = "",
    ) -> Path:
        """Draws a finished picture with title, legend and sources: PNG, JPEG, WebP, SVG or PDF, by the name's ending.

        beside: another moment, on a second map of the same view and scale, with the difference in words.
        Raises BriefError.
        """
        from geo.brief.formats.images import save_plate

        plate = self._plate(frame, look, Words(title, subtitle, handling, note))
        if beside:
            other = since(self.scene.start, self.at(beside).moment)
            plate = replace(plate, moments=tuple(sorted({other, self._seconds})))
        save_plate(plate, path)
        return Path(path)

    def film(
        self, path: str | Path, *, seconds: float = 10.0, frame: str = "16:9", look: Look = "light", title: str = ""
    ) -> Path:
        """Draws a film that runs to the moment: MP4, WebM or GIF, by the name's ending. Raises BriefError."""
        from geo.brief.formats.film import save_film

        save_film(replace(self._plate(frame, look, Words(title)), film=True), path, seconds=seconds)
        return Path(path)

    def page(self, path: str | Path) -> Path:
        """Writes the player as one HTML file that plays offline. Raises BriefError."""
        Path(path).write_bytes(self._html())
        return Path(path)

    def routes(self) -> Map:
        """The same with indicative routes by sea in place of arcs, where there are any; nobody observed them."""
        return replace(self, scene=with_routes(self.scene))

    def to_deck(self) -> Deck:
        """The map at the moment as a pydeck.Deck."""
        from geo.scene.deck import to_deck

        return to_deck(self.scene, self.moment, window=self.window)

    def __repr__(self) -> str:
        held = moments.at(self.scene, self._seconds, self.window)
        said = held.total.said(self.scene.unit)
        routes = f"{self.scene.corridors.id.size:,} route{'' if self.scene.corridors.id.size == 1 else 's'}"
        return f"<geo.Map of {self.data.title}: {said} by the end of {_day(self.moment)}, {routes}{self._aside()}>"

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, str]:
        """The offline page in a frame of its own, which reaches neither the notebook nor any host."""
        del include, exclude
        page = escape(self._html().decode(), quote=True)
        frame = (
            f'<iframe title="{escape(repr(self), quote=True)}" sandbox="{_SANDBOX}" allow="fullscreen" srcdoc="{page}" '
            f'style="width:100%;height:{HEIGHT_PX}px;border:0"></iframe>'
        )
        return {"text/html": frame + self._told_aside(), "text/plain": repr(self)}

    def _html(self) -> bytes:
        from geo.brief.formats.page import Opening, page

        opening = Opening(self._seconds, self.window)
        return page(self.scene, None, self._data_hash(), tool_version(), opening=opening, grounds=self._grounds)

    @property
    def _grounds(self) -> Grounds:
        from geo.explain.routes import Grounds

        return Grounds(self.data, Selection(), select(self.data, Selection()), self.volumes)

    @property
    def _seconds(self) -> float:
        return since(self.scene.start, self.moment)

    def _plate(self, frame: str, look: Look, words: Words) -> Plate:
        return Plate(
            self.scene, (self._seconds,), self.window,
            frame=read_frame(frame), look=look, words=words, version=tool_version(), data_hash=self._data_hash(),
        )  # fmt: skip

    def _data_hash(self) -> str:
        """Of the tables as they were read: the bytes of foreign files alone do not say how."""
        told = "".join(sha256_of(table) for table in (self.data.legs, self.data.totals, self.data.events))
        return hashlib.sha256(told.encode()).hexdigest()

    def _aside(self) -> str:
        aside = sum(len(each.set_aside) for each in self.readings)
        rows = sum(each.rows for each in self.readings)
        return f"; {aside:,} of {rows:,} rows set aside, see .problems" if aside else ""

    def _told_aside(self) -> str:
        aside = self._aside().removeprefix("; ")
        return f"<p>{escape(aside)}</p>" if aside else ""


def open_map(
    *sources: str | Path,
    kind: str = "",
    yes: bool = False,
    map: Mapping[str, str] | None = None,  # noqa: A002 -- the words of the command line
    set: Mapping[str, str] | None = None,  # noqa: A002
    dates: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
    unit: str = "",
    title: str = "",
) -> Map:
    r"""Files of any form that Waybill reads, or its own sets ("founding", "wider"), as a map at their latest moment.

    kind     legs, totals, places or events, where the columns do not tell
    yes      columns with other names than ours are what they are guessed to be
    map      a header -> our column: {"POL": "origin"}
    set      our column -> the text of every row: {"mode": "rail"}
    dates    our column -> how its dates are written: {"depart": "day first"}
    places   a spelling -> a code, or "latitude, longitude": {"Razin": "KPRJN"}
    unit     what the figures count where a file does not say it; and the unit that is drawn
    title    of pictures; the names of the files where not given

    Without sources it is the founding article. Raises GeoError: its message says which argument answers.

    >>> import geo
    >>> shown = geo.open("founding")
    >>> shown.at("2023-10-01").moment.isoformat()
    '2023-10-02T00:00:00+00:00'
    """
    given = Answers(kind, yes, map or {}, set or {}, dates or {}, places or {}, unit)
    data, readings = _data(sources or (FOUNDING,), given, title)
    shown = select(data, Selection())
    volumes = reconcile(shown.totals, shown.legs, data.places)
    drawn = [each for each in data.units if is_drawn(shown, volumes, each)]
    scene = scene_of(data, shown, volumes, _unit(unit, drawn, data))
    end = scene.start + timedelta(seconds=scene.seconds)
    return Map(data, volumes, scene, end, readings=tuple(readings))


def _data(sources: Sequence[str | Path], given: Answers, title: str) -> tuple[DataSet, list[Reading]]:
    own = [each for each in sources if str(each) in BUNDLED]
    readings = read_answered([each for each in sources if str(each) not in BUNDLED], given, Places.load())
    made = [part for each in own for part in parts.of_bundled(str(each))]
    made += [parts.of_reading(each, Path(name).name) for name, each in readings.items()]
    named = title or " and ".join(dict.fromkeys(part.name for part in made))
    return data_set(made, named), list(readings.values())


def _unit(asked: str, drawn: Sequence[str], data: DataSet) -> str:
    """The unit to draw: the one asked for, or the first that there is. Raises SceneError."""
    if not drawn:
        raise SceneError(f"{data.title}: there is nothing to draw. Give a file with a row for each leg or total.")
    if not asked:
        return drawn[0]
    wanted = unit_name(asked)
    if wanted not in drawn:
        rule = f"the reports that can be drawn count {', '.join(drawn)}"
        raise BriefError(f"unit {asked!r}", rule, f"Write geo.open(…, unit={drawn[0]!r}).")
    return wanted


def _instant(moment: datetime | str, *span: datetime) -> datetime:
    """span: the first and the last moment of the data, in which a day is looked for."""
    if isinstance(moment, datetime):
        since(moment, moment)  # refuses one without a time zone
        return moment
    try:
        said = keys.moment(moment)
        return keys.clipped(said, *span) if span else keys.instant(said)
    except ValueError as error:
        raise BriefError(f"moment {moment!r}", f"it is not {error}", "Write it so.") from None


def _day(moment: datetime) -> str:
    """The day that ends at a midnight, or in which a moment lies."""
    return f"{moment - timedelta(seconds=1):%Y-%m-%d}"
