"""Share what the map shows: its link, a page and a picture of it, and what leaves this machine with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from geo.brief.plate import captions
from geo.brief.plate.captions import several
from geo.data_folder import BUNDLED
from geo.dataset.dataset import DataSet
from geo.dataset.parts import Part
from geo.errors import GeoError
from geo.hosts import LOOPBACK
from geo.player import Picked
from geo.safe_text import legible, web_link
from geo.scene.scene import Scene
from geo.web.brief import downloads, draft
from geo.web.brief import picture as pictures
from geo.web.shared import imports, session
from geo.web.shared.escaping import in_html, in_markdown
from geo.web.shared.link import WIDGETS, Filters, Link, seconds_of, write_link

KEY = f"{WIDGETS}share"
MOST_NAMED = 6
"""Sources that the list of what leaves names."""
FRAME = '<iframe src="{}" title="{}" width="100%" height="720" style="border: 0"></iframe>'


def show(shown: session.Shown, tables: DataSet, chosen: Filters, picked: Picked, t: float) -> None:
    """One button; what is behind it is made when it is opened. t: seconds since the start."""
    box = st.popover("Share", icon=":material/share:", type="tertiary", key=KEY, on_change="rerun")
    if not box.open or not shown.scene.corridors.id.size:
        return
    parts = session.chosen_parts(imports.parts()[0], chosen.data)
    with box:
        _link(Link(chosen, picked), parts)
        _files(pictures.base(chosen, tables, shown, parts), asked_of(shown.scene, picked, t))
        st.html(_leaving(shown.scene, parts))


def _link(link: Link, parts: Sequence[Part]) -> None:
    st.html('<h2 class="wb-heading">Link</h2>')
    address = address_of(st.context.url or "", link)
    st.code(address, language=None, wrap_lines=True)
    st.html("".join(f'<p class="wb-plain">{in_html(each)}</p>' for each in needs(address, parts)))


def address_of(url: str, link: Link) -> str:
    """The address of the map with all that a link restores. url: of the page as the browser has it."""
    at = urlsplit(url)
    return urlunsplit((at.scheme, at.netloc, at.path or "/", urlencode(write_link(link), doseq=True, safe=",:"), ""))


def needs(address: str, parts: Sequence[Part]) -> list[str]:
    """What must be true where the link is opened, as sentences."""
    found = []
    if (urlsplit(address).hostname or "") in LOOPBACK:
        found.append("Opens on this computer only, as long as Waybill runs here. Elsewhere, send a file.")
    own = [part for part in parts if part.id not in BUNDLED]
    if any(part.private for part in own):
        found.append("Nobody else can open it: what it shows is held by this session alone.")
    elif own:
        names = ", ".join(dict.fromkeys(legible(part.name) for part in own))
        found.append(f"Opens only where the same data are loaded: {names}.")
    return found


def _files(base: pictures.Base, asked: Mapping[str, Any]) -> None:
    st.html('<h2 class="wb-heading">Files</h2>')
    try:
        made = pictures.make(base, asked)
    except GeoError as error:
        st.error(in_markdown(error))
        return
    title = pictures.title_of(made)
    name, about = downloads.safe_name(title), captions.subject(base.scene)
    with st.container(key="share_files", horizontal=True, gap="small"):
        for kind in ("html", "png"):
            downloads.one(made, kind, title)
    st.html('<p class="wb-plain">The page opens without internet. To embed it, put it beside your own page:</p>')
    st.code(FRAME.format(f"{name}.html", in_html(about)), language="html", wrap_lines=True)


def asked_of(scene: Scene, picked: Picked, t: float) -> dict[str, Any]:
    """What the map shows, as keys of a brief. t: seconds since the start of the scene."""
    return {
        "time.moments": _moments(scene, picked, t),
        "time.window": pictures.window_of(picked.window) if picked.mode == "window" and picked.window else "",
        "picture.largest": picked.largest,
        "picture.width": picked.width,
        "picture.paths": picked.paths,
        "picture.view": list(draft.bounds_of(picked.view)) if picked.view is not None else [],
        "picture.layers": list(picked.layers),
    }


def _moments(scene: Scene, picked: Picked, t: float) -> list[str]:
    """As a brief has them: the one that is shown, or both of two, each by its own name, the end too."""
    shown = pictures.moment_of(scene, int(scene.start.timestamp() + t))
    if picked.beside is None:
        return shown
    both = sorted({seconds_of(scene, picked.beside), t})
    named = (pictures.moment_of(scene, int(scene.start.timestamp() + each)) for each in both)
    last = f"{scene.start + timedelta(seconds=scene.seconds - 1):%Y-%m-%d}"
    return [*dict.fromkeys(each[0] if each else last for each in named)]


def _leaving(scene: Scene, parts: Sequence[Part]) -> str:
    told = "".join(f"<li>{in_html(each)}</li>" for each in leaving(scene, parts))
    return f'<h2 class="wb-heading">What leaves with the files</h2><ul class="wb-checks">{told}</ul>'


def leaving(scene: Scene, parts: Sequence[Part]) -> list[str]:
    """What the page and the picture carry, as sentences."""
    reports = scene.reports
    claimants = [name for name in dict.fromkeys(legible(str(each)) for each in reports.claimant) if name]
    named = ", ".join(claimants[:MOST_NAMED]) + (
        f" and {len(claimants) - MOST_NAMED:,} more" if len(claimants) > MOST_NAMED else ""
    )
    addresses = len({str(url) for url in reports.url if web_link(str(url))})
    quoted = sum(bool(str(words).strip()) for words in reports.words)
    files = list(dict.fromkeys(legible(part.name) for part in parts if part.id not in BUNDLED))
    found = [f"{several(reports.id.size, 'report')} of {named or 'unnamed sources'}, {quoted:,} with their words."]
    found.append(f"{addresses:,} web address{'' if addresses == 1 else 'es'} of reports.")
    found.append(f"{several(scene.places.code.size, 'place')} and {several(scene.corridors.id.size, 'route')}.")
    found.append("The filters, and a hash of the data; no path of this computer and no name of its user.")
    if files:
        found.append(f"The title may name what was loaded: {', '.join(files)}.")
    return found
