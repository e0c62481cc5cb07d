"""One HTML file that plays offline: the player, the data and the sources, opened by double click.

The file asks nothing of any host: its policy allows the one script whose hash it names, and no connection at all.
Equal arguments give equal bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING

from geo.brief.formats.files import MOST_CARRIED, CarriesTooMuch, put
from geo.brief.formats.page_data import (
    BUNDLE,
    beside,
    callouts_in_wire,
    facts_in_wire,
    in_script,
    no_bundle,
    packed,
    text_of,
    world_land,
)
from geo.brief.formats.page_why import why
from geo.brief.plate import captions, cited
from geo.brief.plate.fonts import tame
from geo.brief.plate.plate import Callout, Plate, Words
from geo.safe_text import web_link
from geo.scene.moment import at
from geo.scene.scene import Scene
from geo.scene.view import Bounds, view_state
from geo.scene.wire import to_wire
from geo.sea.basemap import ORDINARY_LAYERS

if TYPE_CHECKING:
    from geo.explain.routes import Grounds

_HERE = Path(__file__).parent
_FACTS, _FACTS_END = b'<script type="application/json" id="waybill-facts">', b"</script>"
_MOST_LETTERS = 4_000
"""Of one text of a report or a note."""
_UNSAFE_IN_SCRIPT = re.compile(r"<(?=/?script|!--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page shows when it is opened.

    moment  seconds since the scene's start, or None for the end, from where Play begins at the start
    window  seconds that a trailing window looks back, or None for everything up to the moment
    view    degrees, EPSG:4326, or None for all of the scene
    largest how many corridors are drawn, the largest first; 0 is all
    layers  of the base map: of `geo.sea.basemap.LAYERS`
    callouts an author's notes on the map
    """

    moment: float | None = None
    window: float | None = None
    view: Bounds | None = None
    largest: int = 0
    layers: tuple[str, ...] = ORDINARY_LAYERS
    callouts: tuple[Callout, ...] = ()


def save_page(
    scene: Scene,
    out: str | Path | IO[bytes],
    words: Words | None = None,
    data_hash: str = "",
    version: str = "",
    *,
    opening: Opening | None = None,
    carry: Mapping[str, str] | None = None,
    grounds: Grounds | None = None,
) -> None:
    """Writes the page into a file, or an open one.

    carry: further texts for the file's block of facts, such as the brief that the page is from; see `facts_of`.
    grounds: what the scene is of; then the page says why its figures are what they are.
    Raises BriefError.
    """
    put(page(scene, words, data_hash, version, opening=opening, carry=carry, grounds=grounds), out)


def page(
    scene: Scene,
    words: Words | None = None,
    data_hash: str = "",
    version: str = "",
    *,
    opening: Opening | None = None,
    carry: Mapping[str, str] | None = None,
    grounds: Grounds | None = None,
) -> bytes:
    """The page as UTF-8; see `save_page`."""
    words, opening = words or Words(), opening or Opening()
    moment = scene.seconds if opening.moment is None else opening.moment
    # A plate refuses what no picture can show, in the same words.
    plate = Plate(
        scene, (float(moment),), opening.window, words=words, view=opening.view, version=version, data_hash=data_hash
    )
    held = at(scene, moment, opening.window)
    facts = {
        "title": tame(words.title) or captions.sentence(scene, held, moment, opening.window),
        "description": captions.figures(scene, held),
        "software": f"Waybill {version}".strip(),
        "page": _asked(plate, opening),
        "data": data_hash,
        **(carry or {}),
    }
    reasons = why(grounds, scene, moment, opening.window) if grounds else ""
    land = world_land()
    told = shown_first(scene, opening)
    more = callouts_in_wire(opening.callouts) | facts_in_wire(facts, version)
    return filled(
        told_parts(facts, words)
        | {"story": "", "reports": f"<ol>\n{sources_of(scene)}\n</ol>\n{reasons}"}
        | {"scene": in_script(packed(to_wire(scene), told, more) | beside(land))}
    )


def filled(parts: Mapping[str, str]) -> bytes:
    """The page of its parts, with our own script and style."""
    script = _script()
    whole = {
        **parts,
        "policy": _policy(script),
        "style": text_of("page.css", _HERE),
        "licences": text_of("LICENSES.txt", BUNDLE).replace("<", "&lt;"),
        "script": script,
    }
    # One pass: what a text brings is never taken for a slot.
    return re.sub(r"\{(\w+)\}", lambda slot: whole[slot[1]], text_of("page.html", _HERE)).encode("utf-8", "replace")


def told_parts(facts: Mapping[str, str], words: Words) -> dict[str, str]:
    """What the page says in words, as HTML. The player tells by itself what it shows."""
    title, data = _text(facts["title"]), facts["data"]
    heading = f"<h1>{title}</h1>" if words.title.strip() else f'<h1 class="unseen">{title}</h1>'
    return {
        "title": title,
        "description": _text(facts["description"]),
        "software": _text(facts["software"]),
        "facts": in_script(facts),
        "handling": f'<p class="handling">{_text(words.handling)}</p>' if words.handling.strip() else "",
        "header": heading + (f'<p class="subtitle">{_text(words.subtitle)}</p>' if words.subtitle.strip() else ""),
        "note": f'<p class="note">{_note(words.note)}</p>' if words.note.strip() else "",
        "made": _text(" · ".join(filter(None, (facts["software"], f"data {data[:12]}" if data else "")))),
    }


def facts_of(content: bytes | str) -> dict[str, str]:
    """What a page says that it was made from; empty for other HTML. Raises CarriesTooMuch."""
    text = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    begin = text.find(_FACTS)
    if begin < 0:
        return {}
    begin += len(_FACTS)
    # What has no end after the first beginning has none after a later one.
    end = text.find(_FACTS_END, begin, begin + MOST_CARRIED + len(_FACTS_END))
    if end < 0 and len(text) - begin > MOST_CARRIED:
        raise CarriesTooMuch
    try:
        facts = json.loads(text[begin:end]) if end >= 0 else {}
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in facts.items()} if isinstance(facts, dict) else {}


def _asked(plate: Plate, opening: Opening) -> str:
    """The page in JSON, as a plate tells itself, less what only a picture has."""
    told = json.loads(plate.describe())
    moments = told.pop("moments")
    del told["frame"], told["look"]
    return json.dumps(told | {"moment": None if opening.moment is None else moments[0]}, sort_keys=True)


def shown_first(scene: Scene, opening: Opening) -> dict[str, object]:
    """As the player reads it; see player/src/restore.ts."""
    shown: dict[str, object] = {}
    if opening.moment is not None:
        moment = scene.start + timedelta(seconds=opening.moment)
        shown["moment"] = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if opening.window is not None:
        shown |= {"mode": "window", "window": opening.window}
    if opening.layers != ORDINARY_LAYERS:
        shown["layers"] = list(opening.layers)
    if opening.largest:
        shown["largest"] = opening.largest
    if opening.view is not None:
        shown["view"] = view_state(opening.view)
    return shown


def _text(text: str) -> str:
    return escape(tame(text, _MOST_LETTERS))


def _note(text: str) -> str:
    return "\n".join(_text(line) for line in text.strip().splitlines())


def sources_of(scene: Scene) -> str:
    """Every report, numbered as on a plate."""
    return "\n".join(_source(scene, row) for row in range(scene.reports.id.size))


def _source(scene: Scene, row: int) -> str:
    reports = scene.reports
    names = ("claimant", "outlet", "said_on", "summary", "words", "url")
    claimant, outlet, said_on, summary, said, url = (str(getattr(reports, name)[row]) for name in names)
    when = ", ".join(f"<bdi>{_text(part)}</bdi>" for part in ("" if outlet == claimant else outlet, said_on) if part)
    lines = [
        f'<span class="number">{row + 1}</span><p class="who" dir="auto">{_text(claimant) or cited.NOBODY}</p>',
        f'<p class="when">{when}</p>' if when else "",
        f"<p>{_text(summary)}</p>" if summary else "",
        "" if reports.drawn[row] else '<p class="aside">Not on the map</p>',
        f'<blockquote dir="auto">{_text(said)}</blockquote>' if said else "",
        f"<p>{_link(url)}</p>" if url.strip() else "",
    ]
    return f'<li id="source-{row + 1}">{"".join(lines)}</li>'


def _link(url: str) -> str:
    """A link by its host; what is none stands there as text."""
    link = web_link(url)
    if link is None:
        return f"<bdi>{escape(tame(url))}</bdi>"
    return f'<a href="{escape(link.address)}" target="_blank" rel="noopener noreferrer">{escape(link.host)}</a>'


def _policy(script: str) -> str:
    """Styles stand in the page and are set by the player; nothing they could fetch is allowed."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    rules = ("default-src 'none'", f"script-src 'sha256-{digest}'", "style-src 'unsafe-inline'")
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


@cache
def _script() -> str:
    """The page's one script: the player's bundle as a function, then page.js."""
    source = text_of("index.js", BUNDLE).rstrip()
    body, exported = re.subn(r"export\s*\{\s*([\w$]+) as default\s*\};?$", r"return \1;", source)
    body, placed = re.subn(r"\bimport\.meta\.url\b", "address", body)
    if (exported, placed) != (1, 1) or re.search(r"\bimport\.meta\b", body):
        raise no_bundle()
    # In a string or a pattern "\x3c" is "<"; nowhere else can a tag stand in the bundle.
    return _UNSAFE_IN_SCRIPT.sub(
        r"\\x3c", f"const player = (fetch, address) => {{{body}\n}};\n{text_of('page.js', _HERE)}"
    )
