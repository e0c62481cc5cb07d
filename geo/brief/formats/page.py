"""One HTML file that plays offline: the player, the data and the sources, opened by double click.

The file asks nothing of any host: its policy allows the one script whose hash it names, and no connection at all.
Equal arguments give equal bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.brief.formats.files import MOST_CARRIED, CarriesTooMuch, put
from geo.brief.formats.page_why import why
from geo.brief.plate import captions, cited
from geo.brief.plate.fonts import tame
from geo.brief.plate.plate import Callout, Plate, Words
from geo.errors import BriefError
from geo.safe_text import web_link
from geo.scene.moment import at
from geo.scene.scene import Scene
from geo.scene.view import Bounds, view_state
from geo.scene.wire import to_wire
from geo.sea.basemap import ORDINARY_LAYERS

if TYPE_CHECKING:
    import pyarrow as pa

    from geo.explain.routes import Grounds

_HERE = Path(__file__).parent
# Found by its place: importing geo.player brings Streamlit, and a page needs only these files.
_BUNDLE = _HERE.parents[1] / "player" / "dist"
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
        "style": _file("page.css"),
        "licences": _file("LICENSES.txt", _BUNDLE).replace("<", "&lt;"),
        "script": script,
    }
    # One pass: what a text brings is never taken for a slot.
    return re.sub(r"\{(\w+)\}", lambda slot: whole[slot[1]], _file("page.html")).encode("utf-8", "replace")


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


def world_land() -> bytes:
    """The file of the world's land beside the player's bundle. Raises BriefError."""
    try:
        return (_BUNDLE / "land-50m.bin").read_bytes()
    except OSError as error:
        raise _no_bundle() from error


@cache
def _script() -> str:
    """The page's one script: the player's bundle as a function, then page.js."""
    source = _file("index.js", _BUNDLE).rstrip()
    body, exported = re.subn(r"export\s*\{\s*([\w$]+) as default\s*\};?$", r"return \1;", source)
    body, placed = re.subn(r"\bimport\.meta\.url\b", "address", body)
    if (exported, placed) != (1, 1) or re.search(r"\bimport\.meta\b", body):
        raise _no_bundle()
    # In a string or a pattern "\x3c" is "<"; nowhere else can a tag stand in the bundle.
    return _UNSAFE_IN_SCRIPT.sub(r"\\x3c", f"const player = (fetch, address) => {{{body}\n}};\n{_file('page.js')}")


def _no_bundle() -> BriefError:
    return BriefError(str(_BUNDLE), "the player's bundle is not there, or not one we know", "Run make player.")


@cache
def _file(name: str, folder: Path = _HERE) -> str:
    """A file of ours; its line ends are the page's, since the browser hashes the script as it reads it."""
    try:
        return (folder / name).read_text("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise BriefError(
            str(folder / name), f"it cannot be read: {error.strerror}", "Install Waybill again."
        ) from error


Packed = dict[str, str] | list[str]
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def in_script(value: object) -> str:
    """JSON that says nothing to a reader of HTML, wherever its texts are from. Keys keep their order."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate is no UTF-8.
    text = text.encode("utf-8", "replace").decode("utf-8")
    for letter, written in _IN_SCRIPT.items():
        text = text.replace(letter, written)
    return text


def facts_in_wire(facts: Mapping[str, str], version: str) -> dict[str, str]:
    """What pictures that the player makes say of themselves; see player/src/facts.ts."""
    told = {"version": version, "data": facts["data"], "brief": facts.get("brief", "")}
    return {"facts": json.dumps(told, separators=(",", ":"))}


def packed(
    wire: Mapping[str, str | pa.Table], opening: Mapping[str, object], more: Mapping[str, str]
) -> dict[str, object]:
    """A scene for page.js. `opening` is what the player shows first; more: further texts of its data."""
    texts = {name: value for name, value in wire.items() if isinstance(value, str)} | dict(more)
    tables = {name: _table(value) for name, value in wire.items() if not isinstance(value, str)}
    texts["initial"] = json.dumps(opening, separators=(",", ":"), allow_nan=False)
    return {"texts": texts, "tables": tables}


def beside(land: bytes) -> dict[str, object]:
    """What lies beside the player's bundle, where it is served."""
    return {"world": _land(land), "basemap": _basemap()}


def callouts_in_wire(callouts: Sequence[Callout]) -> dict[str, str]:
    """An author's notes as the player reads them; see player/src/callouts.ts."""
    if not callouts:
        return {}
    told = [
        {"text": tame(each.text), "lon": each.lon, "lat": each.lat, "offset": list(each.offset)} for each in callouts
    ]
    return {"callouts": json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)}


@cache
def _basemap() -> object:
    """Borders and names of the map, as they lie beside the player's bundle."""
    return json.loads(_file("basemap.json", _BUNDLE))


def _table(table: pa.Table) -> dict[str, object]:
    return {"rows": table.num_rows, "columns": {name: _column(table.column(name)) for name in table.column_names}}


def _column(column: pa.ChunkedArray) -> Packed:
    values = column.to_numpy()
    return values.tolist() if values.dtype == object else numbers(values)


def numbers(values: NDArray[np.generic]) -> dict[str, str]:
    """Whole numbers in as few bytes as hold them: the player widens them again."""
    if values.dtype.kind == "u":
        values = values.astype(np.min_scalar_type(int(values.max(initial=0))))
    flat = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
    name = f"{flat.dtype.kind}{flat.dtype.itemsize}"
    return {"type": name, "base64": base64.b64encode(flat.tobytes()).decode("ascii")}


def _land(file: bytes) -> dict[str, dict[str, str]]:
    """See `readTriangles` in player/src/layers/land.ts: two counts, positions, triangles."""
    vertices = int(np.frombuffer(file, "<u4", 1)[0])
    positions = np.frombuffer(file, "<f4", 2 * vertices, 8)
    return {"positions": numbers(positions), "triangles": numbers(np.frombuffer(file, "<u4", offset=8 + 8 * vertices))}
