"""`python widget_files.py WIDGET ARCS ASKED FOLDER`: what a notebook would send to the browser, as files.

Runs in an environment of its own that has the dependency group `peers`, and so imports nothing of ours. ARCS is an .npz
of lon0, lat0, lon1, lat1 and w; ASKED a JSON of the view, the colour, the height and tilt of arcs, and the px of the
map. Into FOLDER go the widget's script and style, its state as JSON, and the buffers of the state one after the other.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ipywidgets.embed import dependency_state

if TYPE_CHECKING:
    from ipywidgets import Widget

Arcs = dict[str, np.ndarray]


def lonboard(arcs: Arcs, asked: dict[str, Any]) -> Widget:
    """The same legs as a lonboard user draws them: one row of an ArcLayer each, no base map."""
    import pyarrow as pa
    from lonboard import ArcLayer, Map

    layer = ArcLayer(
        pa.table({"row": np.zeros(arcs["w"].size, np.int8)}),
        get_source_position=np.column_stack([arcs["lon0"], arcs["lat0"]]),
        get_target_position=np.column_stack([arcs["lon1"], arcs["lat1"]]),
        get_width=arcs["w"].astype(np.float32),
        get_height=asked["height"],
        get_tilt=asked["tilt"],
        get_source_color=asked["colour"],
        get_target_color=asked["colour"],
    )
    return Map([layer], basemap=None, view_state=asked["view"], height=asked["map"][1])


def keplergl(arcs: Arcs, asked: dict[str, Any]) -> Widget:
    """The same legs in kepler.gl: one row of its arc layer each, sent as Arrow, no base map."""
    import pandas as pd
    from keplergl import KeplerGl

    columns = {"lng0": "lon0", "lat0": "lat0", "lng1": "lon1", "lat1": "lat1"}
    layer = {
        "id": "arcs",
        "type": "arc",
        "config": {
            "dataId": "legs",
            "label": "legs",
            "color": asked["colour"][:3],
            "columns": columns,
            "isVisible": True,
            "visConfig": {"opacity": 1, "thickness": 2, "sizeRange": [0, float(arcs["w"].max())]},
        },
        "visualChannels": {"sizeField": {"name": "w", "type": "real"}, "sizeScale": "linear"},
    }
    config = {
        "version": "v1",
        "config": {
            "visState": {"layers": [layer], "interactionConfig": {"tooltip": {"enabled": False}}},
            "mapState": {**asked["view"], "pitch": 0, "bearing": 0},
            "mapStyle": {"styleType": "no_map"},
        },
    }
    return KeplerGl(data={"legs": pd.DataFrame(arcs)}, config=config, height=asked["map"][1], use_arrow=True)


WIDGETS = {"lonboard": lonboard, "keplergl": keplergl}
WASM, WASM_FILE = re.compile(r"https://[^`\"'\s]+/(parquet_wasm_bg\.wasm)"), "parquet-wasm/esm/parquet_wasm_bg.wasm"


def offline(script: str, folder: Path) -> str:
    """The script with lonboard's reader of Parquet beside it, from the npm package, and not from elsewhere."""
    if WASM.search(script):
        shutil.copy(Path(sys.prefix) / "node_modules" / WASM_FILE, folder)
    return WASM.sub(r"./\1", script)


def write(name: str, widget: Widget, folder: Path) -> None:
    """Leaves the script and the style apart from the state, as a browser keeps them, and the buffers as bytes."""
    state = dependency_state([widget], drop_defaults=False)
    root = state[widget.model_id]["state"]
    (folder / f"{name}.js").write_text(offline(root.pop("_esm"), folder), "utf-8")
    (folder / f"{name}.css").write_text(root.pop("_css", ""), "utf-8")
    models = {}
    with (folder / f"{name}.bin").open("wb") as file:
        for identity, each in state.items():
            buffers = []
            for buffer in each.get("buffers", ()):
                content = base64.b64decode(buffer["data"])
                buffers.append({"path": buffer["path"], "at": file.tell(), "size": len(content)})
                file.write(content)
            models[identity] = {"state": each["state"], "buffers": buffers}
    told = {"root": widget.model_id, "models": models, "version": version(name)}
    (folder / f"{name}.json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    _, name, arcs_path, asked_text, folder_path = sys.argv
    with np.load(arcs_path) as kept:
        arcs = {column: kept[column] for column in kept.files}
    write(name, WIDGETS[name](arcs, json.loads(asked_text)), Path(folder_path))
