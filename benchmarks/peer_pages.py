"""Pages of peers that Streamlit does not serve: lonboard and kepler.gl as their widgets, and a plain deck.gl page."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import bare
from benchmarks.served import LOCAL, ROOT
from benchmarks.views import COLOUR, Size, View
from geo.scene.deck import HEIGHT, TILT

WIDGETS = {"lonboard": "lonboard", "keplergl": "kepler.gl"}
"""Name of the package: name of the peer."""
HERE = Path(__file__).parent
ENVIRONMENT = ROOT / ".artifacts" / "peers"
HOW = """see "The peers' environment" in benchmarks/README.md"""
_PLAIN = """fetch("plain.json").then((r) => r.json()).then((asked) => startBare(asked));"""


class NotThere(RuntimeError):
    """A peer that cannot be drawn here; the message says what to do."""


def python() -> Path:
    """The Python that has the dependency group `peers`."""
    if told := os.environ.get("WAYBILL_PEERS"):
        return Path(told)
    own = ENVIRONMENT / "bin" / "python"
    return own if own.exists() else Path(sys.executable)


def write_widget(name: str, arcs: pd.DataFrame, size: Size, view: View, folder: Path) -> str:
    """The page of a widget with these arcs, in `folder`; its version. Raises NotThere."""
    np.savez(folder / "arcs.npz", **{column: arcs[column].to_numpy() for column in arcs.columns})
    asked = {
        "view": _place(view),
        "colour": COLOUR,
        "height": HEIGHT,
        "tilt": TILT,
        "map": (size.width, size.height),
    }
    script = HERE / "widget_files.py"
    command = [str(python()), str(script), name, str(folder / "arcs.npz"), json.dumps(asked), str(folder)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        missing = "ModuleNotFoundError" in made.stderr or "parquet-wasm" in made.stderr
        raise NotThere(f"is not installed: {HOW}" if missing else f"cannot be drawn: {made.stderr.strip()[-300:]}")
    (folder / "widget.js").write_bytes((HERE / "widget.js").read_bytes())
    style = f'<link rel="stylesheet" href="{name}.css">'
    _write_page(folder / f"{name}.html", size, style, '<script type="module" src="widget.js"></script>')
    return str(json.loads((folder / f"{name}.json").read_text("utf-8"))["version"])


def write_plain(arcs: pd.DataFrame, size: Size, view: View, folder: Path) -> None:
    """A page with deck.gl, one ArcLayer and its data as JSON. Raises NotThere."""
    try:
        bare.bundle(folder)
    except bare.NotBuilt as reason:
        raise NotThere(str(reason)) from reason
    asked = {"arcs": arcs.to_dict("records"), "view": _place(view), "height": HEIGHT, "tilt": TILT, "parent": "map"}
    (folder / "plain.json").write_text(json.dumps(asked | {"moved": True}, separators=(",", ":")), "utf-8")
    _write_page(folder / "plain.html", size, "", f'<script src="bare.js"></script><script>{_PLAIN}</script>')


def data_bytes(name: str, folder: Path) -> int:
    """What the page is given of data: its state, and the buffers beside it."""
    return sum(path.stat().st_size for path in (folder / f"{name}.json", folder / f"{name}.bin") if path.exists())


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of `folder` on loopback."""
    server = ThreadingHTTPServer((LOCAL, 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOCAL}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(SimpleHTTPRequestHandler):
    """Programs may be kept by the browser, data not: they come anew at each visit, as over Streamlit's websocket."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        program = path.suffix in (".js", ".css", ".html", ".wasm")
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=3600" if program else "no-store")
        if program:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: the table is the benchmark's output."""


def _write_page(path: Path, size: Size, head: str, scripts: str) -> None:
    box = f'<div id="map" style="position:relative;width:{size.width}px;height:{size.height}px"></div>'
    icon = '<link rel="icon" href="data:,">'
    path.write_text(
        f'<!doctype html><meta charset="utf-8">{icon}{head}<body style="margin:0">{box}{scripts}</body>', "utf-8"
    )


def _place(view: View) -> dict[str, float]:
    return {"longitude": view.longitude, "latitude": view.latitude, "zoom": view.zoom}
