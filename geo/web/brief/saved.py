"""Briefs that were saved: files beside the library, never changed, each for the command line too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from geo.brief.outputs import written_brief
from geo.brief.plate.plate import PRESETS
from geo.brief.spec.brief import Brief, read_brief
from geo.brief.spec.keys import instant
from geo.dataset.parts import Part
from geo.errors import BriefError, GeoError
from geo.player import Picked
from geo.safe_text import legible
from geo.web.brief import draft as drafts
from geo.web.brief import story
from geo.web.brief.downloads import safe_name
from geo.web.brief.picture import filters_of
from geo.web.shared import imports
from geo.web.shared import link as links
from geo.web.shared.escaping import in_markdown
from geo.web.shared.link import Link

FOLDER = "briefs"
MOST = 100
NOTE, CHOSEN = "briefing_note", "brief_reopen"


def folder() -> Path:
    """Where briefs lie. Raises LibraryError."""
    return Path(imports.library().where) / FOLDER


def listed() -> list[Path]:
    """The newest first."""
    try:
        found = [path for path in folder().glob("*.toml") if path.is_file()]
        return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))[:MOST]
    except (OSError, GeoError):
        return []


def save(brief: Brief, name: str) -> Path:
    """A file of its own; one that holds the same under the same name is there already. Raises LibraryError."""
    path = folder() / f"{safe_name(name)}-{brief.sha256[:8]}.toml"
    for each, content in written_brief(brief, path).items():
        imports.library().store.put_once(f"{FOLDER}/{each.name}", content)
    return path


def show(brief: Brief, title: str, parts: Sequence[Part]) -> None:
    """A line to save this one, and the list of all that were."""
    with st.container(key="brief_save", horizontal=True, vertical_alignment="bottom", gap="small"):
        key = drafts.key_of("name")
        drafts.keep("name", st.text_input("Save as", key=key, placeholder=title[:60], max_chars=80, autocomplete="off"))
        st.button("Save", key="brief_save_it", on_click=_save, args=(brief, drafts.draft()["name"] or title))
    there = {path.name: path for path in listed()}
    if there:
        with st.container(key="brief_open", horizontal=True, vertical_alignment="bottom", gap="small"):
            st.selectbox("Saved briefs", list(there), key=CHOSEN, format_func=_called)
            st.button("Open", key="brief_open_it", on_click=_open, args=(there, parts))
    if note := st.session_state.pop(NOTE, ""):
        st.info(in_markdown(note))


def _called(name: str) -> str:
    return legible(name.removesuffix(".toml"))


def _save(brief: Brief, name: str) -> None:
    try:
        path = save(brief, name)
        st.session_state[NOTE] = f"Saved: {path.name}"
        st.session_state[CHOSEN] = path.name
    except GeoError as error:
        st.session_state[NOTE] = str(error)


def _open(there: dict[str, Path], parts: Sequence[Part]) -> None:
    path = there.get(st.session_state.get(CHOSEN, ""))
    if path is None:
        return
    try:
        brief = read_brief(path)
        # Of a story the page shows the first step, and holds all of them.
        shown = brief.step(1) if brief.steps else brief
        link, draft = link_of(shown, parts), draft_of(shown)
        if brief.steps:
            draft |= {**story.opened(brief), "story_of": (link.filters.data, link.filters.unit)}
            draft["title"] = brief.steps[0].title
        draft["opened"] = (path.name, brief.data, brief.gazetteer)
    except GeoError as error:
        st.session_state[NOTE] = str(error)
        return
    links.open_with(link)
    drafts.take(draft)
    steps = f", a story of {len(brief.steps)} steps" if brief.steps else ""
    st.session_state[NOTE] = f"Opened: {path.name}{steps}"
    st.session_state[CHOSEN] = path.name


def changed(brief: Brief) -> list[str]:
    """What is not as it was when the brief that was opened was saved: a sentence, or none."""
    name, *then = drafts.draft()["opened"] or ("",)
    now = [brief.data, brief.gazetteer]
    same_data = bool(name) and [str(each) for each in then[0]] == [str(each) for each in brief.data]
    return [f"The data are not as they were when {name} was saved."] if same_data and then != now else []


def link_of(brief: Brief, parts: Sequence[Part]) -> Link:
    """What the page shows for a brief. Raises BriefError where the page cannot show its data."""
    wanted = {(part.what, part.name) for part in brief.data}
    kinds = {part.id: part.kind for part in parts}
    all_loaded = {("set", "founding"), *(("import", part.id) for part in parts)}
    alone = [name for what, name in wanted if what == "set" or kinds.get(name, "") != "places"]
    if any(what == "import" and name not in kinds for what, name in wanted) or any(w == "file" for w, _ in wanted):
        rule = "it is made of files or imports that are not loaded here"
        raise BriefError("this brief", rule, "Load them on the Data page, or run `waybill brief` on it.")
    if len(wanted) > 1 and wanted == all_loaded:
        data = ""
    elif len(alone) == 1:
        data = alone[0]
    else:
        raise BriefError("this brief", "the page shows one data set, or all", "Run `waybill brief` on it.")
    filters = filters_of(brief, data)
    moment = f"{instant(brief.moments[-1]):%Y-%m-%dT%H:%M:%SZ}" if brief.moments else None
    mode = "window" if brief.window else "cumulative"
    picked = Picked(
        moment=moment,
        mode=mode,
        window=brief.seconds,
        layers=brief.layers,
        largest=brief.largest,
        width=brief.width,
        paths=brief.paths,
    )
    return Link(filters, picked)


def draft_of(brief: Brief) -> dict[str, Any]:
    """What the page's widgets hold for a brief."""
    own = brief.frame not in PRESETS
    count = len(brief.moments)
    together = count if count in drafts.MAPS else 1
    return {
        "frame": drafts.OWN if own else brief.frame,
        **({"size": brief.frame} if own else {}),
        "look": brief.look,
        "view": "own" if brief.view else "whole",
        "own_view": brief.view,
        "maps": together,
        "slides": together > 1 and not brief.together,
        "locator": brief.locator,
        "seconds": brief.film_seconds,
        "scale": brief.scale,
        "callouts": brief.callouts,
        "days": brief.moments if together > 1 else (),
        **{name: getattr(brief.words, name) for name in ("title", "subtitle", "handling", "note")},
    }
