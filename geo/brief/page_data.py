"""What the player of a one-file page is given, as JSON: the tables of `geo.scene.wire` and the world's land.

A column is a list of texts, or {"type": "u1" … "f8", "base64": little-endian numbers}. Its twin is page.js.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

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


def packed(wire: Mapping[str, str | pa.Table], opening: Mapping[str, object], land: bytes) -> str:
    """Everything for page.js. `opening` is what the player shows first; `land` is the file beside its bundle."""
    texts = {name: value for name, value in wire.items() if isinstance(value, str)}
    tables = {name: _table(value) for name, value in wire.items() if not isinstance(value, str)}
    texts["initial"] = json.dumps(opening, separators=(",", ":"), allow_nan=False)
    return in_script({"texts": texts, "tables": tables, "world": _land(land)})


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
