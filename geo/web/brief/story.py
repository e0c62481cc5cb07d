"""The story on the Brief page: views kept as steps, in an order, with texts; shown one after another, and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo.brief.outputs import planned, render
from geo.brief.pictures import prepared
from geo.brief.plate.plate import Words
from geo.brief.spec.brief import Brief, Choice
from geo.brief.spec.keys import LONGEST_WORDS, instant
from geo.brief.spec.story import LEAST_STEPS, MOST_STEPS, Step
from geo.brief.spec.story_keys import prose
from geo.safe_text import legible
from geo.web.brief import downloads, draft
from geo.web.brief.picture import filters_of
from geo.web.shared import link as links
from geo.web.shared import tables
from geo.web.shared.escaping import in_html, in_markdown
from geo.web.shared.link import Filters, Link

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.brief.outputs import Format
    from geo.player import Picked
    from geo.web.brief.picture import Pictures

WRONG, PRESENTING = "briefing_story_wrong", "briefing_presenting"
FILES = {"pptx": "Slides (PPTX)", "html": "Offline page (HTML)"}
FILM = "mp4"
KEY = "story"
"""A film that is asked for by it is of the story, whatever it is in the next run."""


@dataclass(frozen=True, slots=True)
class StoryFilm:
    """The film of a story, and where its bar has room."""

    brief: Brief
    data_hash: str
    room: DeltaGenerator

    @property
    def key(self) -> str:
        """Tells it from every other."""
        return f"{KEY}-{self.brief.sha256}-{self.data_hash}"

    def content(self, form: Format, progress: Callable[[float], None] | None = None) -> bytes:
        """The bytes, as `waybill brief` makes them. Raises BriefError."""
        return _rendered(self.brief, f"{KEY}.{form.suffixes[0]}", progress)


def steps() -> tuple[Step, ...]:
    """Those of the page's story, each complete in itself."""
    held: tuple[Step, ...] = draft.draft()["steps"]
    return held


def step_of(brief: Brief) -> Step:
    """What a picture shows as a step of a story whose brief says nothing of moment, view and filters."""
    said: list[tuple[str, str | tuple[float, ...] | tuple[str, ...] | int]] = []
    if brief.moments:
        said.append(("moment", brief.moments[-1]))
    if brief.window:
        said.append(("window", brief.window))
    if brief.view:
        said.append(("view", brief.view))
    plain = Choice()
    names = [each.name for each in fields(Choice)]
    said += [
        (f"filters.{name}", value) for name in names if (value := getattr(brief.filters, name)) != getattr(plain, name)
    ]
    return Step(brief.words.title, brief.words.subtitle, tuple(said), brief.callouts)


def whole(page: Brief) -> Brief:
    """What is saved: the page's brief with its story, or as it is where there is none. Raises BriefError."""
    if len(steps()) < LEAST_STEPS:
        return page
    words = Words(draft.draft()["story_title"], "", page.words.handling, page.words.note)
    return replace(
        page, filters=Choice(), moments=(), window="", clock="cumulative", view=(), together=False, callouts=(),
        words=words, steps=steps(),
    )  # fmt: skip


def opened(brief: Brief) -> dict[str, object]:
    """What the draft holds of the story of a brief that is opened: every step with all that it has from the brief."""
    found = []
    for number, own in enumerate(brief.steps, start=1):
        flat = step_of(brief.step(number))
        found.append(replace(flat, title=own.title))
    return {"steps": tuple(found), "story_title": brief.words.title, "at_step": 1 if found else 0}


def section(made: Pictures, chosen: Filters, picked: Picked) -> StoryFilm | None:
    """The heading, the steps, and what can be done with them. -> what can be filmed, if anything."""
    held, page, why = draft.draft(), made.brief, made.base.why
    of = held["story_of"]
    here = (chosen.data, chosen.unit)
    st.html('<h2 class="wb-heading">Story</h2>')
    if wrong := st.session_state.pop(WRONG, ""):
        st.error(in_markdown(wrong))
    refused = _refused(page, here, of, why)
    with st.container(key="brief_story_add", horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Add this view as a step", key="brief_step_add", on_click=_add, args=(page, here),
            disabled=bool(refused) or len(steps()) >= MOST_STEPS, icon=":material/add:",
        )  # fmt: skip
        at = held["at_step"]
        if 0 < at <= len(steps()):
            st.button(
                f"Replace step {at} with this view", key="brief_step_replace", on_click=_replace, args=(page, at),
                disabled=bool(refused),
            )  # fmt: skip
    st.html(f'<p class="wb-plain wb-note" role="status">{in_html(refused or _count())}</p>')
    if not steps():
        return None
    draft.words(
        "story_title",
        "Title of the story",
        "None",
        "Stands over the steps on the offline page, and over those without a title.",
    )
    for turn in range(len(steps())):
        _row(turn, picked)
    _present(picked)
    return _files(made) if len(steps()) >= LEAST_STEPS and not why and of == here else None


def _files(made: Pictures) -> StoryFilm:
    """Slides and page at once, and the film with its progress and a way to stop it."""
    story = whole(made.brief)
    with st.container(key="brief_story_files", horizontal=True, gap="small"):
        for kind, label in FILES.items():
            name = f"{KEY}.{kind}"
            mime = downloads.MIME[kind]
            tables.download(label, partial(_rendered, story, name), name, mime, f"brief_story_{kind}")
    film = StoryFilm(story, made.base.data_hash, st.container(key="brief_story_room"))
    row = st.container(key="brief_story_film", horizontal=True)
    title = draft.draft()["story_title"] or KEY
    if FILM in downloads.every() and downloads.show_outcome(film, title, film.room, row, key=KEY):
        label = f"Make the film ({downloads.NAMES[FILM]})"
        row.button(label, key="brief_story_make", on_click=downloads.ask, args=(FILM, KEY))
    return film


def _refused(page: Brief, here: tuple[str, str], of: tuple[str, str], why: str) -> str:
    """Why this view cannot be a step; "" where it can."""
    if why:
        return f"This view cannot be a step. {why}"
    if steps() and of and of != here:
        return "The steps are of another data set or unit. Go back to it, or delete the steps to begin another story."
    if page.together:
        return "A step has one map: choose 1 under “Maps” to add this view."
    return ""


def _count() -> str:
    count = len(steps())
    if not count:
        return "Keep views in an order, each with its title and subtitle, as slides, a page with arrow keys, or a film."
    if count < LEAST_STEPS:
        return "One step. A story has 2 to 12, and can be saved and exported from the second step on."
    return f"{count} steps. “Save”, under Briefs, keeps the story with the picture’s settings."


def _row(turn: int, picked: Picked) -> None:
    step, last = steps()[turn], len(steps()) - 1
    at = draft.draft()["at_step"] == turn + 1
    with st.container(key=f"brief_step_{turn}", horizontal=True, gap="small", vertical_alignment="center"):
        title = legible(step.title) or "Untitled"
        st.button(
            f"{turn + 1}. {in_markdown(title[:80])}", key=f"brief_step_go_{turn}", on_click=go, args=(turn, picked),
            type="primary" if at else "secondary", help="Show this step", width="stretch",
        )  # fmt: skip
        for sign, name, act, off in (
            ("↑", "up", partial(_move, turn, -1), turn == 0),
            ("↓", "down", partial(_move, turn, 1), turn == last),
        ):
            st.button(
                sign, key=f"brief_step_{name}_{turn}", on_click=act, disabled=off, help=f"Move step {turn + 1} {name}"
            )
        st.button("Delete", key=f"brief_step_drop_{turn}", on_click=_drop, args=(turn,), help=f"Delete step {turn + 1}")
    if at:
        _texts(turn)


def _texts(turn: int) -> None:
    """Title and text of the step that is shown."""
    step = steps()[turn]
    for name, label in (("title", "Step title"), ("text", "Step text")):
        key = f"{draft.PREFIX}step_{name}_{turn}"
        st.session_state.setdefault(key, getattr(step, name))
        write: Callable[..., object] = st.text_input if name == "title" else st.text_area
        write(label, key=key, max_chars=LONGEST_WORDS, on_change=_write, args=(turn, name, key))


def _present(picked: Picked) -> None:
    """From step to step, by buttons, and by arrow keys once it is switched on."""
    at, count = draft.draft()["at_step"], len(steps())
    keys = bool(st.session_state.get(PRESENTING, False))
    # A button, since a switch keeps the arrow keys for itself while it has the focus.
    label = "Arrow keys go from step to step" if keys else "Present with arrow keys"
    st.button(label, key="brief_story_keys", on_click=_switch, type="primary" if keys else "secondary")
    with st.container(key="brief_story_present", horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Previous step", key="brief_step_previous", on_click=go, args=(at - 2, picked), disabled=at < 2,
            shortcut="Left" if keys else None,
        )  # fmt: skip
        st.html(f'<p class="wb-plain" role="status">{f"{at} of {count}" if at else f"{count} steps"}</p>')
        st.button(
            "Next step", key="brief_step_next", on_click=go, args=(at, picked), disabled=at >= count,
            shortcut="Right" if keys else None,
        )  # fmt: skip


def _switch() -> None:
    st.session_state[PRESENTING] = not st.session_state.get(PRESENTING, False)


def go(turn: int, picked: Picked) -> None:
    """Shows a step: its filters, moment, part of the map, words, callouts. picked: the layers and arcs of the page."""
    if not 0 <= turn < len(steps()):
        return
    held, step = draft.draft(), steps()[turn]
    flat = replace(Brief(), steps=(step, step)).step(1)
    data, unit = held["story_of"]
    filters = filters_of(replace(flat, unit=unit), data)
    moment = f"{instant(flat.moments[-1]):%Y-%m-%dT%H:%M:%SZ}" if flat.moments else None
    mode = "window" if flat.window else "cumulative"
    shown = replace(picked, beside=None, moment=moment, mode=mode, window=flat.seconds)
    links.open_with(Link(filters, shown))
    draft.take(
        held
        | {"title": step.title, "subtitle": step.text, "view": "own" if flat.view else "whole", "own_view": flat.view}
        | {"maps": 1, "days": (), "slides": False, "callouts": step.callouts, "at_step": turn + 1, "beside": None}
    )


def _add(page: Brief, here: tuple[str, str]) -> None:
    if _sound(page.words.title, page.words.subtitle):
        draft.draft()["story_of"] = here
        _keep((*steps(), step_of(page)), len(steps()) + 1)


def _replace(page: Brief, at: int) -> None:
    if _sound(page.words.title, page.words.subtitle):
        held = list(steps())
        held[at - 1] = step_of(page)
        _keep(tuple(held), at)


def _write(turn: int, name: str, key: str) -> None:
    text = str(st.session_state.get(key, ""))
    if not _sound(text):
        return
    held = list(steps())
    held[turn] = replace(held[turn], title=prose(text)) if name == "title" else replace(held[turn], text=prose(text))
    draft.draft()["steps"] = tuple(held)
    if draft.draft()["at_step"] == turn + 1:
        draft.put("title" if name == "title" else "subtitle", prose(text))


def _sound(*texts: str) -> bool:
    """Whether these may stand in a brief; what is wrong is told."""
    for text in texts:
        try:
            prose(text)
        except ValueError as error:
            st.session_state[WRONG] = f"The step was not kept: a text in it must be {error}."
            return False
    return True


def _move(turn: int, by: int) -> None:
    held = list(steps())
    to = turn + by
    if 0 <= to < len(held):
        held[turn], held[to] = held[to], held[turn]
        at = draft.draft()["at_step"] - 1
        _keep(tuple(held), {turn: to, to: turn}.get(at, at) + 1)


def _drop(turn: int) -> None:
    at = draft.draft()["at_step"]
    after = 0 if at == turn + 1 else at - (at > turn + 1)
    _keep(tuple(each for place, each in enumerate(steps()) if place != turn), after)


def _keep(held: Sequence[Step], at: int) -> None:
    draft.draft()["steps"], draft.draft()["at_step"] = tuple(held), at
    # Widgets that hold a step's text by its place begin anew.
    for key in [str(key) for key in st.session_state if str(key).startswith(f"{draft.PREFIX}step_t")]:
        del st.session_state[key]


def _rendered(story: Brief, name: str, progress: Callable[[float], None] | None = None) -> bytes:
    (output,) = planned(prepared(story), [Path(name)])
    return render(output, progress)
