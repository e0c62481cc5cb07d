"""What page.js reads: a scene with its land, as JSON that says nothing to a reader of HTML."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.brief.plate.fonts import tame
from geo.brief.plate.plate import Callout
from geo.errors import BriefError

if TYPE_CHECKING:
    import pyarrow as pa

# Found by its place: importing geo.player brings Streamlit, and a page needs only these files.
BUNDLE = Path(__file__).parents[2] / "player" / "dist"

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
    return json.loads(text_of("basemap.json", BUNDLE))


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


def world_land() -> bytes:
    """The file of the world's land beside the player's bundle. Raises BriefError."""
    try:
        return (BUNDLE / "land-50m.bin").read_bytes()
    except OSError as error:
        raise no_bundle() from error


def no_bundle() -> BriefError:
    return BriefError(str(BUNDLE), "the player's bundle is not there, or not one we know", "Run make player.")


@cache
def text_of(name: str, folder: Path) -> str:
    """A file of ours; its line ends are the page's, since the browser hashes the script as it reads it."""
    try:
        return (folder / name).read_text("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise BriefError(
            str(folder / name), f"it cannot be read: {error.strerror}", "Install Waybill again."
        ) from error
