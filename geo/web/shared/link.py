"""What a link restores. The one table of it is `ENTRIES`: the name in the URL, its type, how it is written and read.

A link comes from anywhere, so what it holds is hostile: a value that cannot be read is ignored, and a plain note says
so. It is read once, when a session opens; from then on the page writes it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from geo.arrays import ONE_DAY
from geo.columns import ABOUT_PERCENT, DEFAULT_UNIT
from geo.data_folder import FOUNDING
from geo.dataset.selection import Selection
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.player import PathKind, Picked
from geo.scene.scene import Scene
from geo.web.shared import link_values
from geo.web.shared.link_values import EVERYTHING, Texts

WIDGETS = "filter_"
"""What the keys of the session begin with that hold what a reader chose: they start anew with each opening."""


@dataclass(frozen=True, slots=True)
class Filters(Selection):
    """Which reports are shown, of which data set, and the unit that is drawn. data: its id; "" is everything loaded."""

    data: str = FOUNDING
    unit: str = DEFAULT_UNIT

    @property
    def with_all(self) -> Filters:
        """The same with nothing switched off."""
        return dataclasses.replace(self, without_claimant=(), without_report=())


@dataclass(frozen=True, slots=True)
class Link:
    """All that a link restores."""

    filters: Filters = field(default_factory=Filters)
    picked: Picked = field(default_factory=Picked)


@dataclass(frozen=True, slots=True)
class LinkField:
    """One value of a link.

    key    its name in the URL
    where  "filters" or "picked", and the name of the field there
    write  value -> texts for the URL; none where the value is the ordinary one
    read   texts from the URL -> value; raises ValueError with what is allowed
    """

    key: str
    where: tuple[str, str]
    write: Callable[[object], Texts]
    read: Callable[[Sequence[str]], object]


ENTRIES = (
    LinkField("data", ("filters", "data"), link_values.write_data_set, link_values.read_data_set),
    LinkField("from", ("filters", "origin"), link_values.as_texts, link_values.read_texts),
    LinkField("to", ("filters", "destination"), link_values.as_texts, link_values.read_texts),
    LinkField("mode", ("filters", "mode"), link_values.write_modes, link_values.read_modes),
    LinkField("cargo", ("filters", "cargo"), link_values.as_texts, link_values.read_texts),
    LinkField("claimant", ("filters", "claimant"), link_values.as_texts, link_values.read_texts),
    LinkField("reliability", ("filters", "reliability"), link_values.write_marks, link_values.read_marks(RELIABILITY)),
    LinkField("credibility", ("filters", "credibility"), link_values.write_marks, link_values.read_marks(CREDIBILITY)),
    LinkField("without", ("filters", "without_claimant"), link_values.as_texts, link_values.read_texts),
    LinkField("without_report", ("filters", "without_report"), link_values.as_texts, link_values.read_texts),
    LinkField("same", ("filters", "same"), link_values.as_texts, link_values.read_texts),
    LinkField("separate", ("filters", "separate"), link_values.as_texts, link_values.read_texts),
    LinkField("apart", ("filters", "apart"), link_values.as_texts, link_values.read_texts),
    LinkField("running", ("filters", "running"), link_values.as_texts, link_values.read_texts),
    LinkField("not_running", ("filters", "not_running"), link_values.as_texts, link_values.read_texts),
    LinkField("about", ("filters", "about"), link_values.writer_unless(str(ABOUT_PERCENT)), link_values.read_about),
    LinkField("unit", ("filters", "unit"), link_values.writer_unless(DEFAULT_UNIT), link_values.read_text),
    LinkField("view", ("picked", "view"), link_values.write_view, link_values.read_view),
    LinkField("at", ("picked", "moment"), link_values.as_texts, link_values.read_moment),
    LinkField("beside", ("picked", "beside"), link_values.as_texts, link_values.read_moment),
    LinkField("play", ("picked", "mode"), link_values.writer_unless("cumulative"), link_values.read_clock_mode),
    LinkField("window", ("picked", "window"), link_values.write_window, link_values.read_window),
    LinkField("layers", ("picked", "layers"), link_values.write_layers, link_values.read_layers),
    LinkField("largest", ("picked", "largest"), link_values.write_number, link_values.read_largest),
    LinkField("width", ("picked", "width"), link_values.write_number, link_values.read_width),
    LinkField("paths", ("picked", "paths"), link_values.writer_unless("arcs"), link_values.read_paths),
    LinkField("colour", ("picked", "colour"), link_values.writer_unless("mode"), link_values.read_colour),
    LinkField("place", ("picked", "place"), link_values.as_texts, link_values.read_text),
    LinkField("side", ("picked", "side"), link_values.as_texts, link_values.read_side),
    LinkField("selected", ("picked", "selected"), link_values.as_texts, link_values.read_texts),
)


def read_link(query: Mapping[str, Sequence[str]]) -> tuple[Link, list[str]]:
    """A link's query (each name with all its values) -> what it restores, and a note for each value ignored."""
    found: dict[str, dict[str, object]] = {"filters": {}, "picked": {}}
    notes = []
    for entry in ENTRIES:
        values = query.get(entry.key)
        if not values:
            continue
        part, name = entry.where
        try:
            found[part][name] = entry.read(values)
        except ValueError as error:
            notes.append(f"“{entry.key}” in the link was ignored: {error}.")
    return Link(Filters(**found["filters"]), Picked(**found["picked"])), notes  # type: ignore[arg-type]


def write_link(link: Link) -> dict[str, list[str]]:
    """The query that restores `link`; what is as usual is left out."""
    query = {}
    for entry in ENTRIES:
        part, name = entry.where
        if texts := entry.write(getattr(getattr(link, part), name)):
            query[entry.key] = list(texts)
    return query


def opening_link() -> tuple[Link, list[str]]:
    """The link that this session was opened with. Read once: later the URL is only written."""
    if "opening" not in st.session_state:
        query = {key: st.query_params.get_all(key) for key in st.query_params}
        st.session_state["opening"] = read_link(query)
        st.session_state[BARE] = not any(entry.key in query for entry in ENTRIES)
    opening: tuple[Link, list[str]] = st.session_state["opening"]
    return opening


BARE = f"{WIDGETS}bare"
LAST_USED = "waybill_data"
"""The cookie in which the browser keeps the data set that its reader last looked at: geo/player/src/last-used.ts."""


def with_last_used(filters: Filters, known: Collection[str]) -> Filters:
    """`filters` with the data set that was last used here, where the session began at a bare address. known: ids."""
    last = st.context.cookies.get(LAST_USED, "") if st.session_state.get(BARE) else ""
    data = "" if last == EVERYTHING else last
    return dataclasses.replace(filters, data=data) if last and data in known else filters


_SHOWN_DATA = f"{WIDGETS}shown_data"
OF_A_VIEW = f"{WIDGETS}view_"
"""What the keys of widgets begin with that say something of moments or views: another data set begins them anew."""


def data_changed(data: str) -> bool:
    """Whether the reader has chosen another data set than the page last showed. Then nothing of the view applies."""
    before = st.session_state.get(_SHOWN_DATA, data)
    st.session_state[_SHOWN_DATA] = data
    if before == data:
        return False
    link, notes = opening_link()
    st.session_state["opening"] = (
        dataclasses.replace(link, picked=Picked(layers=link.picked.layers, paths=link.picked.paths)),
        notes,
    )
    for name in [str(name) for name in st.session_state if str(name).startswith(OF_A_VIEW)]:
        del st.session_state[name]
    for name in ("settled", "cards_all_for"):
        st.session_state.pop(name, None)
    return True


def open_with(link: Link, notes: Sequence[str] = ()) -> None:
    """The next page opens with `link`, its widgets and its player anew. notes are told there."""
    st.session_state["opening"] = (link, list(notes))
    for name in [str(name) for name in st.session_state if str(name).startswith(WIDGETS)]:
        del st.session_state[name]
    for name in ("settled", "cards_all_for", "notes_told", "published"):
        st.session_state.pop(name, None)


def enter(page: str) -> None:
    """A page begins. Where it is another than before, it opens with what its reader left the other with."""
    before = st.session_state.get("page")
    st.session_state["page"] = page
    if before not in (None, page) and "published" in st.session_state:
        open_with(st.session_state["published"])


def publish(link: Link) -> None:
    """Puts `link` into the address bar, where it differs from what is there; other parameters stay.

    An address that a page was opened with and that says the same in other words stays as well: writing it would be a
    step of the browser's history from which Back leads nowhere. Later steps the player keeps to one entry.
    """
    opening = "published" not in st.session_state
    st.session_state["published"] = link
    ours = {entry.key for entry in ENTRIES}
    now = {key: st.query_params.get_all(key) for key in st.query_params}
    wanted = {key: values for key, values in now.items() if key not in ours} | write_link(link)
    if wanted != now and not (opening and read_link(now)[0] == link):
        st.query_params.from_dict(wanted)


def initial(picked: Picked) -> dict[str, object]:
    """`picked` as the player takes it when it mounts: JSON, absent what the link does not say."""
    given = dataclasses.asdict(picked)
    ordinary = dataclasses.asdict(Picked())
    return {name: value for name, value in given.items() if value != ordinary[name]}


def now_paths(first: Picked) -> PathKind:
    """What is drawn between places: as the reader chose it last, else as the session began."""
    published: Link | None = st.session_state.get("published")
    return (published.picked if published is not None else first).paths


def seconds_of(scene: Scene, moment: str | None) -> float:
    """A moment as a link has it -> seconds since the scene's start; the end of the span where there is none."""
    if moment is None:
        return float(scene.seconds)
    when = datetime.fromisoformat(moment)
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
    return float(min(max((when - scene.start).total_seconds(), 0.0), scene.seconds))


AT, _DAY_KEY = f"{OF_A_VIEW}at", f"{OF_A_VIEW}day"
_INSTANT = timedelta(microseconds=1)


def now(scene: Scene, given: str | None) -> int:
    """The moment in epoch seconds: as the reader set it, else as `given` (ISO 8601), else the end of the span."""
    chosen: str | None = st.session_state.setdefault(AT, given)
    end = scene.start + timedelta(seconds=scene.seconds)
    moment = end if chosen is None else datetime.fromisoformat(chosen)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return int(min(max(moment, scene.start), end).timestamp())


def in_link() -> str | None:
    """The moment as a link says it; None where nobody has set any."""
    found: str | None = st.session_state.get(AT)
    return found


def move_to(moment: datetime) -> None:
    """Sets the moment."""
    st.session_state[AT] = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def slider(scene: Scene, moment: int) -> None:
    """A slider over the days of the span. A day stands for its end, as everywhere."""
    first = scene.start.date()
    last = (scene.start + timedelta(seconds=scene.seconds) - _INSTANT).date()
    if last <= first:
        return
    shown = (datetime.fromtimestamp(moment, UTC) - _INSTANT).date()
    st.session_state[_DAY_KEY] = min(max(shown, first), last)
    st.slider("By the end of", first, last, key=_DAY_KEY, format="D MMM YYYY", on_change=_moved)


def _moved() -> None:
    day: date | None = st.session_state.get(_DAY_KEY)
    # A page that opens with another link lets go of the slider, whose last word may still be on its way.
    if day is None:
        return
    move_to(datetime.combine(day, time(), UTC) + ONE_DAY)
